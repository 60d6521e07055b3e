"""When a worker polls its queues."""

import asyncio
import queue
import threading
from typing import cast

import pytest
from dbos import DBOS, Queue

from bot.jobs import polling
from bot.jobs.polling import QueuePolling
from tests.jobs.recording import SECONDS, RecordingSteps, Running

LOOKED: queue.Queue[str] = queue.Queue()


class Named:
    """Stands in for a queue of dbos."""

    def __init__(self, name: str) -> None:
        self.name = name


def look_every_hour(stop: threading.Event, _dbos: DBOS, of: Queue) -> None:
    """Polls as dbos does, but hourly."""
    while not stop.wait(3_600):
        LOOKED.put(of.name)


async def test_an_idle_worker_polls_a_queue_at_once_when_asked_and_stops_when_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(polling, "queue_worker_thread", look_every_hour)
    looks = QueuePolling()
    for name in ("one", "other"):
        looks.begin(cast("DBOS", None), cast("Queue", Named(name)), 3_600)
    looks.poll_now("other")
    looks.poll_now("of nobody")
    assert {LOOKED.get(timeout=SECONDS) for _ in range(3)} == {"other"}
    await looks.stop()
    looks.poll_now("one")
    assert "one" not in LOOKED.queue


async def test_an_idle_worker_runs_no_unused_dbos_threads(running: Running) -> None:
    async with running(RecordingSteps()), asyncio.timeout(SECONDS):
        while unused := [each for each in threading.enumerate() if is_unused(each)]:
            await asyncio.sleep(0.02)
    assert not unused


def is_unused(thread: threading.Thread) -> bool:
    """Whether it polls for schedules, delays, timeouts or new queues."""
    named = ("queue_thread", "dynamic_scheduler_loop", "dbos-background-jobs", "queue-worker-")
    return any(name in thread.name for name in named)
