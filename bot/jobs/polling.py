"""How does a job begin at once, though an idle worker looks into its queues only now and then?

dbos looks into a queue every so often, however idle it is, and ten looks a second take 7 % of a
processor. So its loop runs in threads of ours here, whose wait ends early when somebody rings:
whoever has put a job into the queue. After that they look a few times more, ever later, since
another worker may have held the queue at the first look.

Its own loops are not begun: what they look for (schedules, delays, time limits of jobs, new
queues) is not there, and takes 1 % of a processor.
"""

import asyncio
import math
import threading

import dbos._dbos as launching
from dbos import DBOS, Queue

# dbos has no public way to begin a look (3.4).
from dbos._queue import queue_worker_thread

_SOON_SECONDS = 0.1


# Nor has it a public way to do without its own loops; its recovery at the launch is none of them.
for _loop in ("queue_thread", "background_jobs_thread", "dynamic_scheduler_loop"):
    setattr(launching, _loop, lambda *_: None)


def queue_of_recovered(dbos: DBOS) -> Queue:
    """The queue in which ``dbos`` puts jobs that had none when it recovers them."""
    return dbos._registry.get_internal_queue()  # noqa: SLF001


class QueuePolling:
    """The looks into the queues of this worker, until stopped."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[threading.Thread, _Pause]] = {}

    def begin(self, dbos: DBOS, queue: Queue, seconds: float) -> None:
        """Look into one more queue; every so many ``seconds`` where nobody rings."""
        pause = _Pause(seconds)
        thread = threading.Thread(
            target=queue_worker_thread, args=(pause, dbos, queue), name=queue.name, daemon=True
        )
        self._begun[queue.name] = thread, pause
        thread.start()

    def ring(self, queue: str) -> None:
        """Look into that queue at once, if it is looked into at all."""
        if queue in self._begun:
            self._begun[queue][1].end()

    async def stop(self) -> None:
        """Look no more; no look is under way when this returns."""
        begun, self._begun = self._begun, {}
        for thread, pause in begun.values():
            pause.set()
            await asyncio.to_thread(thread.join)


class _Pause(threading.Event):
    """The wait between two looks, which may be ended early; once it is set there are no more."""

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
        # What the last look has begun counts as running a moment later.
        super().wait(_SOON_SECONDS / 2)
        seconds, self._seconds = self._seconds, 4 * self._seconds
        # dbos asks for more than a second where workers get into each other's way.
        self._ended.wait(min(seconds, max(self._longest, timeout or 0)))
        self._ended.clear()
        return self.is_set()
