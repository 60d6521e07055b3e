"""`readout play`: a page, a pretended Slack, and a real Readout that ends with them."""

import asyncio
import os
import signal
import socket
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.cli.main import run
from bot.operations.settings import Settings
from bot.service.errors import ReadoutError, UsageError
from sandbox.news import FEEDS
from sandbox.playground import first_mode, running_playground
from sandbox.slack import page
from sandbox.slack.state import ZONE

ROOT = Path(__file__).parents[2]
PLAY = (sys.executable, "-c", "from bot.__main__ import main; main()", "play", "--port", "0")
SECONDS = 90.0


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page, whatever is in it."""
    monkeypatch.setattr(page, "FOLDER", tmp_path)
    (tmp_path / "index.html").touch()


def test_without_its_page_it_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "FOLDER", tmp_path)

    assert run(["play"]) == UsageError.exit_status
    assert "make page" in capsys.readouterr().err


@pytest.mark.usefixtures("built")
async def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=str(port)):
            async with running_playground(port, Settings()):
                pass


@pytest.mark.parametrize(
    ("settings", "mode"),
    [
        ({}, "recorded"),
        ({"OPENAI_MODEL": "m"}, "recorded"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "OPENAI_MODEL": "m"}, "configured"),
        ({"OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"}, "configured"),
        (
            {"OPENAI_API_KEY": "k", "OPENAI_MODEL": "m", "READOUT_ENGINE": "extractive"},
            "extractive",
        ),
    ],
)
def test_it_starts_with_the_configured_engine_or_the_recorded_model(
    settings: dict[str, str], mode: str
) -> None:
    assert first_mode(Settings.model_validate(settings)) == mode


@pytest.mark.slow
@pytest.mark.usefixtures("built")
async def test_if_readout_does_not_start_the_playground_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("READOUT_LOG_LEVEL_OF_OLD", "x")  # a setting that there is not

    with pytest.raises(ReadoutError, match="did not start"):
        async with running_playground(0, Settings()):
            pass


@pytest.mark.slow
@pytest.mark.usefixtures("built")
async def test_a_digest_comes_when_the_clock_is_set_forward_to_its_morning() -> None:
    async with running_playground(0, Settings(engine="extractive")) as slack:
        slack.command("Ana", "city-desk", "/brief digest")
        box = await slack.wait_for(lambda: slack.modal("Ana"), seconds=SECONDS)
        feeds = "\n".join(f"{slack.url}news/{name}" for name in FEEDS)
        slack.submit(box, {"feeds": feeds})
        messages = partial(slack.state.messages, slack.channel("city-desk").id)
        await slack.wait_for(messages, seconds=SECONDS)
        async with (
            aiohttp.ClientSession(slack.url) as session,
            session.post("/page/restart", json={"forward": "morning"}) as answer,
        ):
            assert (await answer.json())["ok"]
        await slack.wait_for(lambda: len(messages()) == 2, seconds=SECONDS)

    _, digest = messages()
    assert "Lorrimar Courier · 9 April 2026" in str(digest.blocks)
    assert 9 <= datetime.fromtimestamp(float(digest.ts), ZoneInfo(ZONE)).hour < 10


@pytest.mark.slow
@pytest.mark.skipif(not page.is_built(), reason="The page is not built: make page.")
async def test_it_ends_on_sigterm_and_leaves_nothing(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *PLAY,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(180):
            assert process.stdout is not None
            assert b"http://127.0.0.1:" in await process.stdout.readline()
            assert list(tmp_path.glob("readout-play-*/readout.db"))
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.terminate()  # it ends what it has started
            await process.wait()

    assert list(tmp_path.glob("readout-play-*")) == []
