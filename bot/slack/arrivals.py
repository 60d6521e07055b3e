"""How is an event acknowledged at once, and understood in turn?

What comes is put on disk as it came, together with all that came with it, and is acknowledged.
Then it goes through Bolt once more, to whoever listens to it: only so many at a time, those of a
channel one after the other, and not while others are still arriving. What fails is tried again,
and what a crash left behind too.
"""

import asyncio
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from weakref import WeakValueDictionary

from bot.inbox import Arrival, Inbox
from bot.slack.payloads import JsonObject

Understand = Callable[[JsonObject], Awaitable[bool]]
"""Does what an event asks for; whether that succeeded."""

_AT_ONCE = 4
_LULL_SECONDS = 0.02
"""After so long without another arrival there is time to understand one."""
_MOST_LULLS = 25  # that are waited for in a stream without one
_PAUSES = (0.5, 5.0, 60.0)  # before what failed is tried again
_TIDY_SECONDS = 1.0
_LEFT_SECONDS = 120.0
"""Who has not understood an event by then is dead."""
_SECONDS_TO_END = 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Waiting:
    arrival: Arrival
    tries: int = 0


class Arrivals:
    """What Slack sends, from its arrival until it is understood."""

    def __init__(self, inbox: Inbox, understand: Understand) -> None:
        self._inbox = inbox
        self._understand = understand
        self._coming: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._writing: set[asyncio.Task[None]] = set()
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._understood: set[str] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._latest = 0.0

    async def keep(self, body: JsonObject) -> None:
        """Put the event on disk, with the others that come in the same moment.

        Raises:
            Exception: it is not there; what the database said.
        """
        kept = asyncio.get_running_loop().create_future()
        self._coming.append((Arrival(uuid.uuid4().hex, json.dumps(body)), kept))
        self._latest = time.monotonic()
        if len(self._coming) == 1:
            writing = asyncio.create_task(self._write())
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)
        await kept

    @asynccontextmanager
    async def understood(self) -> AsyncIterator[None]:
        """While the block runs, what arrives is understood; first of all what was left before."""
        tasks = [asyncio.create_task(self._tidy_up())]
        tasks += [asyncio.create_task(self._understand_each()) for _ in range(_AT_ONCE)]
        try:
            yield
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(_SECONDS_TO_END):
                    await self._waiting.join()
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._forget()

    async def _write(self) -> None:
        coming, self._coming = self._coming, []
        try:
            await self._inbox.keep([arrival for arrival, _ in coming], ())
        except Exception as error:  # noqa: BLE001 - each of them is told, and says so to Slack
            for _, kept in coming:
                kept.set_exception(error)
            return
        for arrival, kept in coming:
            self._waiting.put_nowait(_Waiting(arrival))
            if not kept.cancelled():
                kept.set_result(None)

    async def _understand_each(self) -> None:
        while True:
            waiting = await self._waiting.get()
            body = json.loads(waiting.arrival.body)
            try:
                async with self._turn_in(_channel(body)):
                    await self._lull()
                    if await self._is_understood(body):
                        self._understood.add(waiting.arrival.id)
                    else:
                        self._put_off(waiting)
            finally:
                self._waiting.task_done()
            if self._waiting.empty():
                await self._forget()

    async def _lull(self) -> None:
        for _ in range(_MOST_LULLS):
            if time.monotonic() - self._latest >= _LULL_SECONDS:
                break
            await asyncio.sleep(_LULL_SECONDS)

    def _turn_in(self, channel: str) -> asyncio.Lock:
        """What is said in a channel is understood in its order: a "stop" after its request."""
        return self._turns.setdefault(channel, asyncio.Lock())

    async def _is_understood(self, body: JsonObject) -> bool:
        try:
            return await self._understand(body)
        except Exception:  # noqa: BLE001 - one event must not stop the others
            _log.exception("an event could not be understood")
            return False

    def _put_off(self, waiting: "_Waiting") -> None:
        """What fails at last stays on disk, for the next start."""
        if waiting.tries < len(_PAUSES):
            again = _Waiting(waiting.arrival, waiting.tries + 1)
            loop = asyncio.get_running_loop()
            loop.call_later(_PAUSES[waiting.tries], self._waiting.put_nowait, again)

    async def _tidy_up(self) -> None:
        seconds = 0.0
        while True:
            try:
                for arrival in await self._inbox.left(seconds):
                    self._waiting.put_nowait(_Waiting(arrival))
                seconds = _LEFT_SECONDS
                for _ in range(int(_LEFT_SECONDS / _TIDY_SECONDS)):
                    await asyncio.sleep(_TIDY_SECONDS)
                    await self._forget()
            except Exception:  # noqa: BLE001 - the database may be back in a second
                _log.exception("the inbox could not be tidied up")
                await asyncio.sleep(_TIDY_SECONDS)

    async def _forget(self) -> None:
        understood, self._understood = self._understood, set()
        try:
            if understood:
                await self._inbox.keep((), understood)
        except Exception:  # noqa: BLE001 - to understand an event twice does no harm
            self._understood |= understood
            _log.exception("what was understood could not be forgotten yet")


def _channel(body: JsonObject) -> str:
    """Where it happened, as far as that is said."""
    event = body.get("event")
    return str(event.get("channel") or "") if isinstance(event, dict) else ""
