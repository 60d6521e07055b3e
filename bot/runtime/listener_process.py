"""The process that listens to Slack, as the worker process that starts it sees it.

There are two processes because one interpreter does one thing at a time: while a briefing is
checked, no request would be picked up. The listener gets the settings through a socket that stays
open for as long as the worker lives: when it closes, however the worker ended, the listener ends.
If the listener ends first, for whatever reason, another one is started, and the work goes on
meanwhile. Through the same socket it sends the key of each mention that it has recorded, one a
line.
"""

import asyncio
import json
import logging
import multiprocessing
import pickle
import socket
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from bot.operations.settings import Settings
from bot.service.errors import ReadoutError

_SECONDS_TO_STOP = 10.0
_CANNOT_LISTEN = "Readout can't listen to Slack. See the log for the reason, then start it again."
_MOST_ENDS, _WITHIN_SECONDS = 5, 60.0
"""A listener that ends so often within that time is not started again."""

BeginJob = Callable[[str, bool], None]
"""Queues the job of the mention with that key; the flag says whether the mention is new."""
StartedProcess = tuple[BaseProcess, socket.socket]
"""A process that waits for its settings, and our end of the socket to it."""

_log = logging.getLogger(__name__)


def fork_listener() -> StartedProcess:
    """Start a listener that shares the memory of everything imported so far. No thread may run yet,
    since the copy would never get the locks that it holds."""
    if sys.platform != "linux":  # the system's own libraries may not be used in a copy
        return _spawn_listener()
    ours, theirs = socket.socketpair()
    copy = multiprocessing.get_context("fork").Process(target=_listen, args=(theirs, ours))
    return _start(copy, ours, theirs)


def _spawn_listener() -> StartedProcess:
    ours, theirs = socket.socketpair()
    process = multiprocessing.get_context("spawn").Process(target=_listen, args=(theirs,))
    return _start(process, ours, theirs)


def _start(process: BaseProcess, ours: socket.socket, theirs: socket.socket) -> StartedProcess:
    process.start()
    theirs.close()
    return process, ours


def _listen(worker: socket.socket, others: socket.socket | None = None) -> None:
    if others is not None:
        others.close()  # else it would not close when the worker ends
    from bot.runtime.listener import main

    main(worker)


def machine_clock() -> float:
    """The seconds since 1970. By this name the other process finds it, whatever `time.time` is."""
    return time.time()


@dataclass
class ListenerProcess:
    """The listening process, and the socket to it; if it ends, another one takes its place. Both
    processes know the time by ``clock``."""

    process: BaseProcess
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    clock: Callable[[], float] = machine_clock
    seconds_to_start: float = 60.0
    _settings: Settings | None = None
    _begin_job: BeginJob | None = None
    _reading: asyncio.Task[None] | None = None
    _ends: deque[float] = field(default_factory=lambda: deque(maxlen=_MOST_ENDS))

    def begin(self, settings: Settings) -> None:
        """Let it listen to Slack. It stores what arrives in the database of ``settings``, which is
        open and has today's tables."""
        self._settings = settings
        level = logging.getLogger("bot").getEffectiveLevel()
        self.writer.write(pickle.dumps((settings, level, self.clock)))

    async def wait_until_listening(self, begin_job: BeginJob) -> None:
        """Return once it listens; from now on ``begin_job`` is called for each mention.

        Raises:
            ReadoutError: it can't listen.
        """
        self._begin_job = begin_job
        listening = asyncio.Event()
        # It reads on if the start took too long: what arrives later is to be done as well.
        self._reading = asyncio.create_task(_read(self.reader, begin_job, listening))
        waiting = asyncio.create_task(listening.wait())
        await asyncio.wait(
            {waiting, self._reading},
            timeout=self.seconds_to_start,
            return_when=asyncio.FIRST_COMPLETED,
        )
        waiting.cancel()
        if not listening.is_set():
            raise ReadoutError(_CANNOT_LISTEN)

    async def keep_running_until(self, stop: asyncio.Event) -> None:
        """Return once ``stop`` is set.

        Raises:
            ReadoutError: the process ended too often, or can't listen any more.
        """
        waiting = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                ending = asyncio.create_task(_end(self.process))
                await asyncio.wait({waiting, ending}, return_when=asyncio.FIRST_COMPLETED)
                ending.cancel()
                if not stop.is_set():
                    await self._start_again()
        finally:
            waiting.cancel()

    async def _start_again(self) -> None:
        now, status = time.monotonic(), self.process.exitcode
        is_too_often = len(self._ends) == _MOST_ENDS and now - self._ends[0] < _WITHIN_SECONDS
        if is_too_often or self._settings is None or self._begin_job is None:
            raise ReadoutError(_CANNOT_LISTEN)
        self._ends.append(now)
        _log.warning("the listening process ended with status %s; starting another", status)
        self.writer.close()
        self.process, ours = _spawn_listener()
        self.reader, self.writer = await asyncio.open_connection(sock=ours)
        self.begin(self._settings)
        # One that ends again is started again; one that can't reach Slack yet goes on trying.
        with suppress(ReadoutError):
            await self.wait_until_listening(self._begin_job)

    async def stop(self) -> None:
        """Let it take nothing more, and end once what it took is on its way."""
        if self.writer.is_closing():
            return
        with suppress(OSError):  # it has ended
            self.writer.write_eof()
        try:
            async with asyncio.timeout(_SECONDS_TO_STOP):
                await _end(self.process)
        except TimeoutError:
            self.process.kill()
            await _end(self.process)
        if self._reading is not None:
            await self._reading
        self.writer.close()


@asynccontextmanager
async def listener_process(
    started: StartedProcess | None = None, clock: Callable[[], float] = machine_clock
) -> AsyncIterator[ListenerProcess]:
    """The listener that was ``started``, or a new one. It waits for its settings, and ends with the
    block."""
    process, ours = started or _spawn_listener()
    listener = ListenerProcess(process, *await asyncio.open_connection(sock=ours), clock)
    try:
        yield listener
    finally:
        await listener.stop()


async def _read(
    reader: asyncio.StreamReader, begin_job: BeginJob, listening: asyncio.Event
) -> None:
    with suppress(ConnectionError):  # its end
        if await reader.readline():
            listening.set()
        async for line in reader:
            begin_job(*json.loads(line))


async def _end(process: BaseProcess) -> None:
    """Return once ``process`` has ended."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()
