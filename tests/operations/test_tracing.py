"""`READOUT_TRACING`, which needs an extra."""

import sys

import pytest

from bot.cli.main import run


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "bot.operations.tracing", None)
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "READOUT_TRACING": "on",
    }.items():
        monkeypatch.setenv(name, value)

    assert run(["serve"]) == 2
    assert "readout[otel]" in capsys.readouterr().err
