"""A page that takes too long or kills its process is refused, and the next one is read."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator

import pytest

from bot.errors import Unreadable
from bot.sources.workers import BYTES, Workers


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(1, seconds=2)
    yield workers
    workers.close()


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eat() -> None:
    bytearray(2 * BYTES)


def refuse(name: str) -> None:
    raise Unreadable("There is no text in it.", source=name, verdict="empty")


def fail() -> None:
    raise RecursionError("of a library")


async def refusal(workers: Workers, work: object, *arguments: object) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        await workers.run("a.html", work, *arguments)  # type: ignore[arg-type]
    return caught.value


async def test_whatever_a_page_does_to_its_process_the_next_one_is_read(workers: Workers) -> None:
    for work in (kill, eat, fail):
        error = await refusal(workers, work)
        assert (error.source, error.verdict) == ("a.html", "unsupported")
        assert "library" not in error.message

    assert await workers.run("b.html", len, "read") == 4


async def test_what_takes_too_long_is_ended_and_the_next_one_is_read(workers: Workers) -> None:
    await refusal(workers, time.sleep, 60)

    assert await workers.run("b.html", len, "read") == 4


async def test_a_refusal_comes_through_with_all_that_it_says(workers: Workers) -> None:
    error = await refusal(workers, refuse, "a.html")

    assert (error.message, error.verdict) == ("There is no text in it.", "empty")


async def test_who_stops_waiting_leaves_no_work_behind(workers: Workers) -> None:
    await workers.run("a.html", len, "started")
    waiting = asyncio.create_task(workers.run("a.html", time.sleep, 60))
    await asyncio.sleep(0.05)
    waiting.cancel()

    assert await workers.run("b.html", len, "read") == 4
