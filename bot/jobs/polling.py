"""How does a job begin at once, though an idle worker polls its queues only now and then?

dbos polls a queue at a fixed rate, however idle it is, and ten polls a second take 7 % of a
processor. So its loop runs in our threads here, whose wait ends early when somebody queues a job
(`QueuePolling.poll_now`). After that they poll a few more times, at growing intervals, since
another worker may have held the queue at the first poll.

dbos's other loops are not started: Readout has nothing of what they look for (schedules, delays,
time limits of jobs, new queues), and they take 1 % of a processor.
"""

import asyncio
import math
import threading

import dbos._dbos as launching
from dbos import DBOS, Queue

# dbos has no public way to start a poll (3.4).
from dbos._queue import queue_worker_thread

_SOON_SECONDS = 0.1


# Nor has it a public way to leave out its other loops. Recovery at launch is not one of them.
for _loop in ("queue_thread", "background_jobs_thread", "dynamic_scheduler_loop"):
    setattr(launching, _loop, lambda *_: None)


def queue_of_recovered(dbos: DBOS) -> Queue:
    """The queue into which ``dbos`` puts recovered jobs that had no queue."""
    return dbos._registry.get_internal_queue()  # noqa: SLF001


class QueuePolling:
    """Polls the queues of this worker until stopped."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[threading.Thread, _Pause]] = {}

    def begin(self, dbos: DBOS, queue: Queue, seconds: float) -> None:
        """Poll one more queue: every ``seconds``, and at each `poll_now`."""
        pause = _Pause(seconds)
        thread = threading.Thread(
            target=queue_worker_thread, args=(pause, dbos, queue), name=queue.name, daemon=True
        )
        self._begun[queue.name] = thread, pause
        thread.start()

    def poll_now(self, queue: str) -> None:
        """Poll that queue at once, if it is one of ours."""
        if queue in self._begun:
            self._begun[queue][1].end()

    async def stop(self) -> None:
        """Stop polling; no poll is in progress when this returns."""
        begun, self._begun = self._begun, {}
        for thread, pause in begun.values():
            pause.set()
            await asyncio.to_thread(thread.join)


class _Pause(threading.Event):
    """The wait between two polls, which can be ended early; once set, there are no more polls."""

    def __init__(self, longest: float) -> None:
        super().__init__()
        self._longest = longest
        self._ended = threading.Event()
        self._seconds = math.inf

    def end(self) -> None:
        self._seconds = _SOON_SECONDS
        self._ended.set()

    def set(self) -> None:
        super().set()
        self._ended.set()

    def wait(self, timeout: float | None = None) -> bool:
        # Jobs that the last poll started count as running only a moment later.
        super().wait(_SOON_SECONDS / 2)
        seconds, self._seconds = self._seconds, 4 * self._seconds
        # dbos asks for more than a second if workers get in each other's way.
        self._ended.wait(min(seconds, max(self._longest, timeout or 0)))
        self._ended.clear()
        return self.is_set()
