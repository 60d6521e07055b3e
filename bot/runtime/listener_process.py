"""The process that listens to Slack, as the one that does the work sees it.

There are two, because one interpreter does one thing at a time: while a briefing is checked, nobody
would be heard. The other process gets the settings through a socket, which stays open for as long
as this one lives: when it closes, however this one ended, the other ends. If the other ends first,
for whatever reason, it is started again, and the work goes on meanwhile. Which mentions it has
recorded it says through the same socket, one a line.
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
_DEAF = "Readout can't listen to Slack. See the log for the reason, then start it again."
_MOST_ENDS, _WITHIN_SECONDS = 5, 60.0
"""What ends so often within that time is not started again."""

Heard = Callable[[str, bool], None]
"""Told of a mention that was recorded: its key, and whether it is its first time."""
Begun = tuple[BaseProcess, socket.socket]
"""A process that waits to be told where to listen, and our end of the socket to it."""

_log = logging.getLogger(__name__)


def forked() -> Begun:
    """A listening process that shares the memory of all that was imported before. No thread may
    run yet, since the copy would never get what it holds."""
    if sys.platform != "linux":  # the system's own libraries may not be used in a copy
        return _spawned()
    ours, theirs = socket.socketpair()
    copy = multiprocessing.get_context("fork").Process(target=_listen, args=(theirs, ours))
    return _begun(copy, ours, theirs)


def _spawned() -> Begun:
    ours, theirs = socket.socketpair()
    process = multiprocessing.get_context("spawn").Process(target=_listen, args=(theirs,))
    return _begun(process, ours, theirs)


def _begun(process: BaseProcess, ours: socket.socket, theirs: socket.socket) -> Begun:
    process.start()
    theirs.close()
    return process, ours


def _listen(told: socket.socket, others: socket.socket | None = None) -> None:
    if others is not None:
        others.close()  # else it would not close when the one that works ends
    from bot.runtime.listener import main

    main(told)


def machine_clock() -> float:
    """The seconds since 1970. By this name the other process finds it, whatever `time.time` is."""
    return time.time()


@dataclass
class ListenerProcess:
    """The listening process, what it says and what it is told; another one takes its place where
    it ends. By the ``clock`` both processes know the time."""

    process: BaseProcess
    said: asyncio.StreamReader
    told: asyncio.StreamWriter
    clock: Callable[[], float] = machine_clock
    seconds_to_start: float = 60.0
    _settings: Settings | None = None
    _heard: Heard | None = None
    _hearing: asyncio.Task[None] | None = None
    _ends: deque[float] = field(default_factory=lambda: deque(maxlen=_MOST_ENDS))

    def begin(self, settings: Settings) -> None:
        """Have it listen to Slack; what it hears lies in the database of ``settings``, which
        is open and has today's tables."""
        self._settings = settings
        level = logging.getLogger("bot").getEffectiveLevel()
        self.told.write(pickle.dumps((settings, level, self.clock)))

    async def listening(self, heard: Heard) -> None:
        """Return once it listens; from now on ``heard`` is told of each mention.

        Raises:
            ReadoutError: it can't listen.
        """
        self._heard = heard
        listening = asyncio.Event()
        # It reads on where the start took too long: what is heard later is to be done as well.
        self._hearing = asyncio.create_task(_hear(self.said, heard, listening))
        waiting = asyncio.create_task(listening.wait())
        await asyncio.wait(
            {waiting, self._hearing},
            timeout=self.seconds_to_start,
            return_when=asyncio.FIRST_COMPLETED,
        )
        waiting.cancel()
        if not listening.is_set():
            raise ReadoutError(_DEAF)

    async def listen_until(self, told: asyncio.Event) -> None:
        """Return once ``told`` is set.

        Raises:
            ReadoutError: the process ended too often, or can't listen any more.
        """
        waiting = asyncio.create_task(told.wait())
        try:
            while not told.is_set():
                ending = asyncio.create_task(_end(self.process))
                await asyncio.wait({waiting, ending}, return_when=asyncio.FIRST_COMPLETED)
                ending.cancel()
                if not told.is_set():
                    await self._start_again()
        finally:
            waiting.cancel()

    async def _start_again(self) -> None:
        now, status = time.monotonic(), self.process.exitcode
        is_too_often = len(self._ends) == _MOST_ENDS and now - self._ends[0] < _WITHIN_SECONDS
        if is_too_often or self._settings is None or self._heard is None:
            raise ReadoutError(_DEAF)
        self._ends.append(now)
        _log.warning("the listening process ended with status %s; starting another", status)
        self.told.close()
        self.process, ours = _spawned()
        self.said, self.told = await asyncio.open_connection(sock=ours)
        self.begin(self._settings)
        # What ends once more is started once more; what can't reach Slack yet goes on trying.
        with suppress(ReadoutError):
            await self.listening(self._heard)

    async def stop(self) -> None:
        """Have it hear nothing more, and end once what it heard is on its way."""
        if self.told.is_closing():
            return
        with suppress(OSError):  # it has ended
            self.told.write_eof()
        try:
            async with asyncio.timeout(_SECONDS_TO_STOP):
                await _end(self.process)
        except TimeoutError:
            self.process.kill()
            await _end(self.process)
        if self._hearing is not None:
            await self._hearing
        self.told.close()


@asynccontextmanager
async def started(
    begun: Begun | None = None, clock: Callable[[], float] = machine_clock
) -> AsyncIterator[ListenerProcess]:
    """The process that was ``begun``, or a new one, which waits to be told where to listen, and
    ends with the block."""
    process, ours = begun or _spawned()
    listener = ListenerProcess(process, *await asyncio.open_connection(sock=ours), clock)
    try:
        yield listener
    finally:
        await listener.stop()


async def _hear(said: asyncio.StreamReader, heard: Heard, listening: asyncio.Event) -> None:
    with suppress(ConnectionError):  # its end
        if await said.readline():
            listening.set()
        async for line in said:
            heard(*json.loads(line))


async def _end(process: BaseProcess) -> None:
    """Return once ``process`` has ended."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()
