"""Where pages and files are parsed: in processes of their own, with limits.

A page that takes too long, eats memory or kills its process must harm neither the next page nor
anybody waiting for it. Each process does one thing at a time, so that its end hurts nobody else.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing.process import BaseProcess
from typing import ParamSpec, TypeVar

from bot.service.errors import ReadoutError, SourceFault, Unreadable

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
            Unreadable: it took too long or too much.
            SourceFault: it failed in another way, which the log tells.
        """
        lane = await self._free.get()
        try:
            process = await lane.process()
            future = asyncio.wrap_future(process.submit(_done, partial(work, *arguments, **named)))
            return await asyncio.wait_for(future, self._seconds)
        except MemoryError as error:
            raise _too_much(source) from error
        except TimeoutError as error:
            lane.end()
            raise _too_much(source) from error
        except BrokenProcessPool as error:
            status = await asyncio.to_thread(lane.exit_status)
            lane.end()
            if status == -signal.SIGKILL:  # nobody else kills it than a system short of memory
                raise _too_much(source) from error
            _log.error("a process ended while parsing a source: exit status %s", status)
            raise SourceFault(source=source) from error
        except _Failure as failure:
            _log.error("parsing a source failed:\n%s", failure)
            raise SourceFault(source=source) from failure
        except asyncio.CancelledError:
            lane.end()
            raise
        finally:
            self._free.put_nowait(lane)


class _Lane:
    """One process, replaced after it was ended."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._process: BaseProcess | None = None

    async def process(self) -> ProcessPoolExecutor:
        try:
            return await self._started()
        except BrokenProcessPool:  # it ended while it had nothing to do
            self.end()
            return await self._started()

    async def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1,
                # A copy of this process would hold its threads' locks.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_limited,
                max_tasks_per_child=_PAGES_A_PROCESS,
            )
        # Asked each time: a process that has done its share was replaced by another.
        number = await asyncio.wrap_future(self._pool.submit(os.getpid))
        running = multiprocessing.active_children()
        self._process = next((each for each in running if each.pid == number), None)
        return self._pool

    def exit_status(self) -> int | None:
        """That of a process which ended by itself; below zero if a signal ended it."""
        if self._pool is not None:
            self._pool.shutdown()  # it asks for the status too, and only one can be told
        return self._process.exitcode if self._process is not None else None

    def end(self) -> None:
        """Kill the process, whatever it is at."""
        if self._process is not None:
            self._process.kill()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._process = self._pool = None


class _Failure(Exception):
    """Where ``work`` failed, and with what kind of error: what the error says may quote the
    source."""


def _done(work: Callable[[], T]) -> T:
    """What ``work`` returns, in its process."""
    try:
        return work()
    except (ReadoutError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a parser may raise anything
        frames = "".join(traceback.format_tb(error.__traceback__))
        raise _Failure(f"{frames}{type(error).__module__}.{type(error).__qualname__}") from None


def _too_much(source: str) -> Unreadable:
    _log.warning("a source takes too much time or memory")
    return Unreadable(_TOO_MUCH, source=source, verdict="too_much")


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
