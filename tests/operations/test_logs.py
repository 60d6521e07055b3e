"""Log lines name their mention, and leave out what is private."""

import asyncio
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.operations.logs import log_handler
from bot.service.errors import SettingsError
from bot.service.log_context import about

SECRET = "s3cr3t-of-the-house"
SENTENCE = "The clerk took the ledger home."


def logger(name: str, stream: StringIO, secret: str = SECRET) -> logging.Logger:
    alone = logging.Logger(name)  # noqa: LOG001 - known to nobody else, so gone after the test
    alone.addHandler(log_handler(stream, [secret]))
    return alone


class Log:
    """The output of one of Readout's loggers and one of a library's."""

    def __init__(self) -> None:
        self.stream = StringIO()
        self.ours = logger("bot.somewhere", self.stream)
        self.theirs = logger("library", self.stream)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def log() -> Log:
    return Log()


async def test_every_log_line_about_a_mention_has_its_key(log: Log) -> None:
    async def work(key: str) -> None:
        with about(key):
            log.ours.info("begun")
            await asyncio.create_task(asyncio.sleep(0))
            await asyncio.create_task(asyncio.to_thread(log.theirs.warning, "slow"))

    await asyncio.gather(work("msg:T1:C1:1.0"), work("msg:T1:C1:2.0"))
    log.ours.info("idle")
    said = sorted((line["event"], line.get("mention", "")) for line in log.lines)

    assert said == [
        ("begun", "msg:T1:C1:1.0"),
        ("begun", "msg:T1:C1:2.0"),
        ("idle", ""),
        ("slow", "msg:T1:C1:1.0"),
        ("slow", "msg:T1:C1:2.0"),
    ]


def test_libraries_are_logged_from_warning_on(log: Log) -> None:
    for level in (logging.DEBUG, logging.INFO, logging.WARNING):
        log.theirs.log(level, "theirs")
        log.ours.log(level, "ours")

    assert [(line["event"], line["level"]) for line in log.lines] == [
        ("ours", "debug"),
        ("ours", "info"),
        ("theirs", "warning"),
        ("ours", "warning"),
    ]


class Claim(BaseModel):
    year: int


def _refused() -> None:
    Claim.model_validate({"year": SENTENCE})


def _quoted() -> None:
    raise ValueError(SENTENCE)


@pytest.mark.parametrize("fault", [_refused, _quoted])
def test_a_library_s_error_is_logged_without_its_text(log: Log, fault: Callable[[], None]) -> None:
    try:
        try:
            fault()
        except ValueError as error:
            raise SettingsError("Set another year.") from error
    except SettingsError as error:
        log.ours.exception("failed, %s", error)
    (line,) = log.lines

    assert SENTENCE not in str(line)
    assert "bot.service.errors.SettingsError: Set another year." in line["exception"]
    assert f"in {fault.__name__}" in line["exception"], "where it was raised"


def test_values_in_a_library_s_own_message_are_left_out(log: Log) -> None:
    try:
        _refused()
    except ValidationError as error:
        log.theirs.warning("a listener failed (error: %s)", error)
    statement = f"[SQL: INSERT INTO claims VALUES (?)]\n[parameters: ('{SENTENCE}',)]\n(Background)"
    log.theirs.error("a listener failed (error: %s)", statement)
    log.theirs.error(
        "Task exception was never retrieved: <Task exception=ValueError('%s')>", SENTENCE
    )

    assert [line["event"][:8] for line in log.lines] == ["a listen", "a listen", "Task exc"]
    assert SENTENCE not in log.stream.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        "xoxb-12345-abcde",
        "xoxe.xoxp-1-abcdef",
        "xapp-1-A0-12345-abc",
        "sk-proj-abcdefgh",
        "https://hooks.slack.com/commands/T1/2/three",
        "Bearer abc.def",
        "postgresql://bot:pass-word@db/readout",
        "wss://wss-primary.slack.com/link/?ticket=abc-def&app_id=1",
        "https://files.example.org/a.pdf?X-Signature=abcdef",
    ],
)
def test_secrets_are_hidden_anywhere_in_a_line(log: Log, secret: str) -> None:
    log.theirs.error("no answer from %s", secret, extra={"tried": secret})
    log.theirs.error("no answer", exc_info=OSError(secret))

    assert secret not in log.stream.getvalue()
    assert log.stream.getvalue().count("[hidden]") == 3


@given(
    st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=9), st.text(), st.text()
)
def test_no_secret_from_the_settings_is_logged(secret: str, before: str, after: str) -> None:
    stream = StringIO()
    logger("bot.somewhere", stream, secret).info("%s", f"{before} {secret} {after}")

    assert secret not in json.loads(stream.getvalue())["event"]


def test_a_short_password_is_hidden_only_in_addresses() -> None:
    stream = StringIO()
    logger("bot.somewhere", stream, "bot").info("postgresql://bot:bot@db/readout is not reached")
    (line,) = map(json.loads, stream.getvalue().splitlines())

    assert line["event"] == "postgresql://[hidden]db/readout is not reached"
    assert line["logger"] == "bot.somewhere"


def test_a_log_entry_is_always_one_line(log: Log) -> None:
    log.ours.info("one\ntwo\r\x1b[31m")

    assert log.stream.getvalue().count("\n") == 1
    assert "\x1b" not in log.lines[0]["event"]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_readable_lines() -> None:
    terminal = Terminal()
    with about("msg:T1:C1:1.0"):
        logger("bot.somewhere", terminal).error("no answer", exc_info=SettingsError("Set it."))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())

    assert "no answer" in shown
    assert "mention=msg:T1:C1:1.0" in shown
    assert shown.endswith("bot.service.errors.SettingsError: Set it.\n")


CRASHES = {
    "main": "fail()",
    "thread": "thread = threading.Thread(target=fail); thread.start(); thread.join()",
    "finaliser": "Failing()",
    "task": "asyncio.run(leave())",
}
CRASHING = """
import asyncio, threading
from bot.operations.logs import write_logs

def fail(*_):
    raise ValueError("the clerk" + " took the ledger home")

class Failing:
    __del__ = fail

async def leave():
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0.1)

write_logs(20)
"""


@pytest.mark.parametrize("crash", CRASHES)
def test_a_crash_is_logged_with_its_place_and_without_its_text(crash: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CRASHING + CRASHES[crash]],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "in fail" in ended.stderr
    assert "builtins.ValueError" in ended.stderr
    assert "the clerk took" not in ended.stderr
    assert [json.loads(line)["level"] for line in ended.stderr.splitlines()] == ["error"]
