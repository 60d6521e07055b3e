"""How is an event acknowledged at once, on disk, and handled later?"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from bot.briefing.lines import Answer, Briefing
from bot.service import metrics
from bot.service.log_context import about
from bot.service.ports import ROOT, Archive, Inbox, InboxEvent, Jobs, Mention, Postings
from bot.slack.mentions import event_key
from bot.slack.payloads import JsonObject


@dataclass(frozen=True)
class Intake:
    """Takes mentions in, with the neighbours that outlive a crash."""

    archive: Archive
    postings: Postings
    jobs: Jobs
    inbox: Inbox
    _taking: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def take(
        self,
        mention: Mention,
        known: Briefing | Answer | None = None,
        *,
        has_own_root: bool = False,
    ) -> None:
        """Keep a mention and its job; once more, even at the same time, changes nothing, unless it
        was deleted since. Where its sources are ``known`` from an earlier reply they are not read
        again. ``has_own_root``: its thread stands under a message of ours, which goes with its
        reply.

        Raises:
            ReadoutError: they are not on disk.
        """
        key = mention.key
        if (taking := self._taking.get(key)) is None:
            with about(key):
                taking = asyncio.create_task(self._keep(mention, known, has_own_root))
            self._taking[key] = taking
            taking.add_done_callback(lambda _: self._taking.pop(key))
        await asyncio.shield(taking)

    async def _keep(
        self, mention: Mention, known: Briefing | Answer | None, has_own_root: bool
    ) -> None:
        # The job is accepted even if the mention was there already: the process may have died
        # between the two.
        is_new = await self.archive.record(mention)
        if has_own_root:
            await self.postings.intend(mention, ROOT, mention.channel)
            await self.postings.posted(mention, ROOT, mention.thread)
        if is_new and known:
            await self.archive.keep_reading(mention, known.documents, known.unread)
        metrics.MENTIONS.labels("new" if is_new else "again").inc()
        await self.jobs.accept(mention, first=is_new)


# How is an event acknowledged at once and handled later?
#
# Events are put on disk as received, whole batches at a time, and acknowledged. Then each is
# understood (`listeners`): only so many at a time, those of a channel one after the other, and not
# while others are still arriving. Events that fail, or that a crash left behind, are tried again.
# Most come twice: Slack makes two of a message that mentions us, and a lost acknowledgement brings
# one again.

Understand = Callable[[JsonObject], Awaitable[bool]]
"""Does what an event asks for, and says whether it asked for anything; raises an error where that
failed."""

_AT_ONCE = 4
_LONGEST_STREAM_SECONDS = 0.5
"""So long those that arrive go first."""
_PAUSES = (0.5, 5.0, 60.0)  # before what failed is tried again
_TIDY_SECONDS = 1.0
_LEFT_SECONDS = 120.0
"""Who has not understood an event by then is dead."""
_SECONDS_TO_END = 2.0
_REMEMBERED = 1_000  # of those that asked something of us

_log = logging.getLogger(__name__)


class EventInbox:
    """What Slack sends, from its arrival until it is understood."""

    def __init__(self, inbox: Inbox, understand: Understand) -> None:
        self._inbox = inbox
        self._understand = understand
        self._coming: list[tuple[InboxEvent, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._taken_up: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._understood: set[str] = set()
        """Those that are still on disk."""
        self._lately: deque[str] = deque(maxlen=_REMEMBERED)
        self._is_closed = False

    async def keep(self, body: JsonObject) -> None:
        """Put the event on disk, with the others that come in the same moment; one that is there
        already, or was lately, is understood once.

        Raises:
            Exception: it is not there; what the database said.
        """
        key = event_key(body)
        if key in self._lately:
            metrics.MENTIONS.labels("again").inc()
            return
        kept = asyncio.get_running_loop().create_future()
        self._coming.append((InboxEvent(key, json.dumps(body)), kept))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await kept

    @asynccontextmanager
    async def understood(self) -> AsyncIterator[None]:
        """While the block runs, what arrives is understood; first of all what was left before."""
        tidying = asyncio.create_task(self._tidy_up())
        try:
            yield
        finally:
            self._is_closed = True
            if self._taken_up:
                await asyncio.wait(self._taken_up, timeout=_SECONDS_TO_END)
            for each in (tidying, *self._taken_up):
                each.cancel()
            await asyncio.gather(tidying, *self._taken_up, return_exceptions=True)
            await self._forget()

    async def _write(self) -> None:
        """Keep what comes; what comes meanwhile is kept together, next."""
        while self._coming:
            coming, self._coming = self._coming, []
            failure: Exception | None = None
            arrivals = {arrival.id: arrival for arrival, _ in coming}
            try:
                new = await self._inbox.keep(list(arrivals.values()))
                metrics.MENTIONS.labels("again").inc(len(coming) - len(new))
            except Exception as error:  # noqa: BLE001 - who waits is told, and says so to Slack
                failure, new = error, frozenset()
            for _, kept in coming:
                if kept.done():  # who waited has gone
                    continue
                if failure is None:
                    kept.set_result(None)
                else:
                    kept.set_exception(failure)
            for arrival in arrivals.values():
                if arrival.id in new:
                    self._take_up(arrival)
        self._writing = None

    def _take_up(self, arrival: InboxEvent, tries: int = 0) -> None:
        if arrival.id in self._lately:  # a copy, written while it was understood
            self._understood.add(arrival.id)
        elif not self._is_closed:
            task = asyncio.create_task(self._understand_in_turn(arrival, tries))
            self._taken_up.add(task)
            task.add_done_callback(self._taken_up.discard)

    async def _understand_in_turn(self, arrival: InboxEvent, tries: int) -> None:
        body = json.loads(arrival.body)
        # What is said in a channel is understood in its order: a "stop" after its request.
        channel = str(body.get("event", {}).get("channel"))
        turn = self._turns.setdefault(channel, asyncio.Lock())
        async with turn, self._places:
            if self._writing is not None:
                await asyncio.wait({self._writing}, timeout=_LONGEST_STREAM_SECONDS)
            try:
                asked = await self._understand(body)
                self._understood.add(arrival.id)
                if asked:
                    self._lately.append(arrival.id)
            except Exception:  # noqa: BLE001 - one event must not stop the others
                _log.exception("could not process an event")
                # What fails even then is on disk, and taken up as what a dead process left is.
                if tries < len(_PAUSES):
                    loop = asyncio.get_running_loop()
                    loop.call_later(_PAUSES[tries], self._take_up, arrival, tries + 1)
        if len(self._taken_up) == 1:
            await self._forget()

    async def _tidy_up(self) -> None:
        seconds = 0.0
        while True:
            try:
                for arrival in await self._inbox.left(seconds):
                    self._take_up(arrival)
                seconds = _LEFT_SECONDS
                for _ in range(int(_LEFT_SECONDS / _TIDY_SECONDS)):
                    await asyncio.sleep(_TIDY_SECONDS)
                    await self._forget()
            except Exception:  # noqa: BLE001 - the database may be back in a second
                _log.exception("could not clean up the inbox")
                await asyncio.sleep(_TIDY_SECONDS)

    async def _forget(self) -> None:
        understood, self._understood = self._understood, set()
        try:
            if understood:
                await self._inbox.forget(understood)
        except Exception:  # noqa: BLE001 - to understand an event twice does no harm
            self._understood |= understood
            _log.exception("could not delete processed events yet")
