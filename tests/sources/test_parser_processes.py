"""A page that takes too long or kills its process is refused, and the next one is read."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.service.errors import SourceError, SourceFault, Unreadable
from bot.sources.parser_processes import BYTES, ParserProcesses


@asynccontextmanager
async def a_worker(seconds: float) -> AsyncIterator[ParserProcesses]:
    """One process that may work that long on a page."""
    workers = ParserProcesses(1, seconds=seconds)
    try:
        yield workers
    finally:
        workers.close()


@pytest.fixture
async def workers() -> AsyncIterator[ParserProcesses]:
    async with a_worker(seconds=600) as workers:
        yield workers


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eat() -> None:
    bytearray(2 * BYTES)


def refuse(name: str) -> None:
    raise Unreadable("There is no text in it.", source=name, verdict="empty")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


class Odd(Exception):
    """An error that no other process can make again, and that quotes what it was given."""

    def __init__(self, where: str, quoted: str) -> None:
        super().__init__(f"{where}: {quoted}")


def fail() -> None:
    raise Odd("line 1", "Kept to ourselves")


async def refusal(workers: ParserProcesses, work: str, *arguments: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await workers.run("a.html", work if ":" in work else f"{__name__}:{work}", *arguments)
    return caught.value


async def test_whatever_a_page_does_to_its_process_the_next_page_is_read(
    workers: ParserProcesses,
) -> None:
    for work in ("kill", "eat", "fail", "crash"):
        error = await refusal(workers, work)
        assert error.source == "a.html"

    assert await workers.run("b.html", "builtins:len", "read") == 4


@pytest.mark.parametrize("work", ["kill", "eat"])
async def test_work_that_the_system_or_a_limit_ends_took_too_much(
    workers: ParserProcesses, work: str
) -> None:
    error = await refusal(workers, work)

    assert (type(error), error.verdict) == (Unreadable, "too_much")
    assert "too much time or memory" in error.message


async def test_an_error_of_a_parser_is_a_fault_of_ours_and_the_log_says_where(
    workers: ParserProcesses, caplog: pytest.LogCaptureFixture
) -> None:
    error = await refusal(workers, "fail")

    assert (type(error), error.verdict) == (SourceFault, "fault")
    assert "an error on our side" in error.message
    assert "in fail" in caplog.text
    assert "Odd" in caplog.text
    assert "Kept to ourselves" not in caplog.text.replace('raise Odd("line 1", "Kept', "")


async def test_a_parser_that_crashes_is_a_fault_of_ours_and_the_log_says_how(
    workers: ParserProcesses, caplog: pytest.LogCaptureFixture
) -> None:
    error = await refusal(workers, "crash")

    assert type(error) is SourceFault
    assert f"exit status {-signal.SIGSEGV}" in caplog.text


async def test_work_that_takes_too_long_is_ended_and_the_next_page_is_read() -> None:
    async with a_worker(seconds=5) as workers:
        error = await refusal(workers, "time:sleep", 600)

        assert error.verdict == "too_much"
        assert await workers.run("b.html", "builtins:len", "read") == 4


async def test_a_refusal_is_passed_on_completely(workers: ParserProcesses) -> None:
    error = await refusal(workers, "refuse", "a.html")

    assert (error.message, error.verdict) == ("There is no text in it.", "empty")


async def test_cancelling_ends_the_work(workers: ParserProcesses) -> None:
    await workers.run("a.html", "builtins:len", "started")
    waiting = asyncio.create_task(workers.run("a.html", "time:sleep", 600))
    await asyncio.sleep(0.05)
    assert waiting.cancel()

    async with asyncio.timeout(60):
        assert await workers.run("b.html", "builtins:len", "read") == 4
