"""How is an event acknowledged at once, on disk, and handled later?

Events are put on disk as received, whole batches at a time, and acknowledged. Then each is handled
(`listeners`): only a few at a time, those of a channel one after the other, and not while others
are still arriving. Events that fail, or that a crash left behind, are tried again. Most come twice:
Slack makes two of a message that mentions us, and a lost acknowledgement brings one again.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from weakref import WeakValueDictionary

from bot.service import metrics
from bot.service.errors import ReadoutError
from bot.service.ports import Inbox, InboxEvent
from bot.slack.mentions import event_key
from bot.slack.payloads import JsonObject

HandleEvent = Callable[[JsonObject], Awaitable[bool]]
"""Does what an event asks for, and returns whether it asked for anything; raises an error if that
failed."""

_AT_ONCE = 4
_SECONDS_FOR_ARRIVALS = 0.5
"""An event that is next waits at most this long while others are still being stored."""
_PAUSES = (0.5, 5.0, 60.0)  # before what failed is tried again
_TIDY_SECONDS = 1.0
_LEFT_SECONDS = 120.0
"""A process that has neither handled nor renewed an event by then is dead."""
_SECONDS_TO_END = 2.0
_MOST_RECENT = 1_000  # of those that asked something of us

_log = logging.getLogger(__name__)


class EventInbox:
    """What Slack sends, from its arrival until it is handled."""

    def __init__(self, inbox: Inbox, handle: HandleEvent) -> None:
        self._inbox = inbox
        self._handle = handle
        self._unstored: list[tuple[InboxEvent, asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None
        self._handling: set[asyncio.Task[None]] = set()
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._channel_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._unhandled: set[str] = set()
        """Those that are ours to handle."""
        self._handled: set[str] = set()
        """Those that are still on disk."""
        self._recent: deque[str] = deque(maxlen=_MOST_RECENT)
        self._is_closed = False

    async def keep(self, body: JsonObject) -> None:
        """Put the event on disk, with others that arrive at the same moment. One that is there
        already, or was a short while ago, is not handled again.

        Raises:
            Exception: the database's error; the event is not on disk.
            ReadoutError: storing it was cancelled. If it is on disk all the same, it is handled
                with what a dead process left.
        """
        key = event_key(body)
        if key in self._recent:
            metrics.MENTIONS.labels("again").inc()
            return
        stored = asyncio.get_running_loop().create_future()
        self._unstored.append((InboxEvent(key, json.dumps(body)), stored))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        await stored

    @asynccontextmanager
    async def handling(self) -> AsyncIterator[None]:
        """Handle what arrives while the block runs, and first what an earlier process left."""
        tidying = asyncio.create_task(self._tidy_up())
        try:
            yield
        finally:
            self._is_closed = True
            if self._handling:
                await asyncio.wait(self._handling, timeout=_SECONDS_TO_END)
            for each in (tidying, *self._handling):
                each.cancel()
            await asyncio.gather(tidying, *self._handling, return_exceptions=True)
            await self._forget()

    async def _store(self) -> None:
        """Store what has arrived; what arrives meanwhile is stored together, next."""
        batch: list[tuple[InboxEvent, asyncio.Future[None]]] = []
        try:
            while self._unstored:
                batch, self._unstored = self._unstored, []
                await self._store_batch(batch)
        finally:
            # If this task is cancelled, nobody else would answer these: they are refused, so that
            # Slack sends them again.
            for _, stored in (*batch, *self._unstored):
                if not stored.done():
                    stored.set_exception(ReadoutError("The event could not be stored."))
            self._unstored, self._storing = [], None

    async def _store_batch(self, batch: list[tuple[InboxEvent, asyncio.Future[None]]]) -> None:
        failure: Exception | None = None
        events = {event.id: event for event, _ in batch}
        try:
            new = await self._inbox.keep(list(events.values()))
            metrics.MENTIONS.labels("again").inc(len(batch) - len(new))
        except Exception as error:  # noqa: BLE001 - `keep` raises it, and Slack hears of it
            failure, new = error, frozenset()
        for _, stored in batch:
            if stored.done():  # whoever waited has gone
                continue
            if failure is None:
                stored.set_result(None)
            else:
                stored.set_exception(failure)
        for event in events.values():
            if event.id in new:
                self._begin(event)

    def _begin(self, event: InboxEvent, tries: int = 0) -> None:
        if event.id in self._recent:  # a copy, stored while the other one was handled
            self._handled.add(event.id)
            metrics.MENTIONS.labels("again").inc()
        elif not self._is_closed:
            self._unhandled.add(event.id)
            task = asyncio.create_task(self._handle_in_turn(event, tries))
            self._handling.add(task)
            task.add_done_callback(partial(self._end, event))

    def _end(self, event: InboxEvent, task: asyncio.Task[None]) -> None:
        self._handling.discard(task)
        if task.cancelled():  # it stays on disk, like what a dead process left
            self._unhandled.discard(event.id)

    async def _handle_in_turn(self, event: InboxEvent, tries: int) -> None:
        body = json.loads(event.body)
        # What is said in a channel is handled in its order: a "stop" after its request.
        said = body.get("event", {})
        channel = str(said.get("channel") or (said.get("item") or {}).get("channel"))
        turn = self._channel_locks.setdefault(channel, asyncio.Lock())
        async with turn, self._at_once:
            if self._storing is not None:
                await asyncio.wait({self._storing}, timeout=_SECONDS_FOR_ARRIVALS)
            try:
                is_request = await self._handle(body)
                self._unhandled.discard(event.id)
                self._handled.add(event.id)
                if is_request:
                    self._recent.append(event.id)
            except Exception:  # noqa: BLE001 - one event must not stop the others
                _log.exception("could not process an event")
                # After the last try it stays on disk, like what a dead process left.
                if tries < len(_PAUSES):
                    loop = asyncio.get_running_loop()
                    loop.call_later(_PAUSES[tries], self._begin, event, tries + 1)
                else:
                    self._unhandled.discard(event.id)
        if len(self._handling) == 1:
            await self._forget()

    async def _tidy_up(self) -> None:
        seconds = 0.0
        while True:
            try:
                if self._unhandled:
                    await self._inbox.renew(tuple(self._unhandled))
                for event in await self._inbox.left(seconds):
                    self._begin(event)
                seconds = _LEFT_SECONDS
                for _ in range(int(_LEFT_SECONDS / 2 / _TIDY_SECONDS)):
                    await asyncio.sleep(_TIDY_SECONDS)
                    await self._forget()
            except Exception:  # noqa: BLE001 - the database may be back in a second
                _log.exception("could not clean up the inbox")
                await asyncio.sleep(_TIDY_SECONDS)

    async def _forget(self) -> None:
        handled, self._handled = self._handled, set()
        try:
            if handled:
                await self._inbox.forget(handled)
        except Exception:  # noqa: BLE001 - to handle an event twice does no harm
            self._handled |= handled
            _log.exception("could not delete processed events yet")
