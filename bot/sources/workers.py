"""Where pages and files are taken apart: in processes of their own, with limits.

A page that takes too long, eats memory or kills its process must harm neither the next page nor
whoever waits for it. Each process does one thing at a time, so that its end hurts nobody else.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import ParamSpec, TypeVar

from bot.errors import ReadoutError, Unreadable

SECONDS = 15.0
"""The most time for one page or file; a page of 5 MB takes 3 s (measured)."""

BYTES = 2_000_000_000
"""The most address space of a process, most of which is never touched."""

_PAGES_A_PROCESS = 200  # what a parser leaks goes with its process

_TOO_MUCH = (
    "It takes too much time or memory to read. Paste the text that matters, "
    "or attach it as a plain text file."
)

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """As many processes as ``count``, started when they are needed first."""

    def __init__(self, count: int = 2, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._free: asyncio.Queue[_Lane] = asyncio.Queue()
        self._lanes = [_Lane() for _ in range(count)]
        for lane in self._lanes:
            self._free.put_nowait(lane)

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for lane in self._lanes:
            lane.end()

    async def run(
        self, source: str, work: Callable[P, T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """What ``work`` returns; ``source`` is what an error calls the thing worked on.

        Raises:
            ReadoutError: what ``work`` raised of that kind.
            Unreadable: it took too long or too much, or failed in another way.
        """
        lane = await self._free.get()
        try:
            process = await lane.process()
            future = asyncio.wrap_future(process.submit(work, *arguments, **named))
            return await asyncio.wait_for(future, self._seconds)
        except ReadoutError:
            raise
        except (TimeoutError, BrokenProcessPool) as error:
            lane.end()
            raise self._gave_up(source, error) from error
        except asyncio.CancelledError:
            lane.end()
            raise
        except Exception as error:  # whatever a parser raises is no fault of the asker
            raise self._gave_up(source, error) from error
        finally:
            self._free.put_nowait(lane)

    @staticmethod
    def _gave_up(source: str, error: Exception) -> Unreadable:
        _log.warning("gave up on taking a source apart: %s", type(error).__name__)
        return Unreadable(_TOO_MUCH, source=source, verdict="unsupported")


class _Lane:
    """One process, replaced after it was ended."""

    def __init__(self) -> None:
        self._process: ProcessPoolExecutor | None = None
        self._id: int | None = None

    async def process(self) -> ProcessPoolExecutor:
        if self._process is None:
            self._process = ProcessPoolExecutor(
                1,
                # A copy of this process would hold its threads' locks.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_limited,
                max_tasks_per_child=_PAGES_A_PROCESS,
            )
        # Asked each time: a process that has done its share was replaced by another.
        self._id = await asyncio.wrap_future(self._process.submit(os.getpid))
        return self._process

    def end(self) -> None:
        """Kill the process, whatever it is at."""
        process, self._process = self._process, None
        if self._id is not None:
            with suppress(ProcessLookupError):
                os.kill(self._id, signal.SIGKILL)
        self._id = None
        if process is not None:
            process.shutdown(wait=False, cancel_futures=True)


def _limited() -> None:
    """Limit this process's memory, keep what its libraries would print of a source, and end it
    with the one that it works for."""
    logging.disable()
    with suppress(ImportError, ValueError, OSError):  # there is no such limit everywhere
        resource = __import__("resource")
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
