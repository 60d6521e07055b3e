"""The process that listens to Slack, as the one that does the work sees it.

There are two, because one interpreter does one thing at a time: while a briefing is checked, nobody
would be heard. The other process gets the settings through its standard input, which stays open for
as long as this one lives: when it closes, however this one ended, the other ends. If the other ends
first, for whatever reason, it is started again, and the work goes on meanwhile. Which mentions it
has recorded it says on its standard output, one a line.
"""

import asyncio
import json
import logging
import pickle
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from bot.operations.settings import Settings
from bot.service.errors import ReadoutError

# Nothing that an import makes is garbage: to look for it takes a fifth of the start.
_LISTEN = "import gc; gc.disable(); from bot.runtime.listener import main; main()"
_SECONDS_TO_STOP = 10.0
_DEAF = "Readout can't listen to Slack. See the log for the reason, then start it again."
_MOST_ENDS, _WITHIN_SECONDS = 5, 60.0
"""What ends so often within that time is not started again."""

Heard = Callable[[str, bool], None]
"""Told of a mention that was recorded: its key, and whether it is its first time."""

_log = logging.getLogger(__name__)


@dataclass
class ListenerProcess:
    """The listening process; another one takes its place where it ends."""

    process: Process
    seconds_to_start: float = 60.0
    _told: tuple[Settings, Heard] | None = None
    _hearing: asyncio.Task[None] | None = None
    _ends: deque[float] = field(default_factory=lambda: deque(maxlen=_MOST_ENDS))

    async def listen(self, settings: Settings, heard: Heard) -> None:
        """Have it listen to Slack; what it hears lies in the database of ``settings``, which
        is open and has today's tables, and ``heard`` is told of each mention.

        Raises:
            ReadoutError: it can't.
        """
        self._told = settings, heard
        said, hears = self.process.stdin, self.process.stdout
        if said is None or hears is None:
            raise TypeError("the process was started with pipes")
        said.write(pickle.dumps((settings, logging.getLogger("bot").getEffectiveLevel())))
        listening = asyncio.Event()
        # It reads on where the start took too long: what is heard later is to be done as well.
        self._hearing = asyncio.create_task(_hear(hears, heard, listening))
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
                ending = asyncio.create_task(self.process.wait())
                await asyncio.wait({waiting, ending}, return_when=asyncio.FIRST_COMPLETED)
                if not told.is_set():
                    await self._start_again()
        finally:
            waiting.cancel()

    async def _start_again(self) -> None:
        now, status = time.monotonic(), self.process.returncode
        is_too_often = len(self._ends) == _MOST_ENDS and now - self._ends[0] < _WITHIN_SECONDS
        if is_too_often or self._told is None:
            raise ReadoutError(_DEAF)
        self._ends.append(now)
        _log.warning("the listening process ended with status %s; starting another", status)
        self.process = await _spawned()
        # What ends once more is started once more; what can't reach Slack yet goes on trying.
        with suppress(ReadoutError):
            await self.listen(*self._told)

    async def stop(self) -> None:
        """Have it hear nothing more, and end once what it heard is on its way."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            async with asyncio.timeout(_SECONDS_TO_STOP):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
        if self._hearing is not None:
            await self._hearing


@asynccontextmanager
async def started() -> AsyncIterator[ListenerProcess]:
    """A process that waits to be told where to listen, and ends with the block."""
    listener = ListenerProcess(await _spawned())
    try:
        yield listener
    finally:
        await listener.stop()


async def _hear(said: asyncio.StreamReader, heard: Heard, listening: asyncio.Event) -> None:
    if await said.readline():
        listening.set()
    async for line in said:
        heard(*json.loads(line))


async def _spawned() -> Process:
    # -P: a folder named bot where Readout is started is not ours.
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", _LISTEN, stdin=PIPE, stdout=PIPE
    )
