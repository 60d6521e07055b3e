"""What if the model takes too long?

At the deadline, the asker gets what can be said without it, and the model goes on. If its version
comes within ten minutes, it replaces the first; otherwise the first says that it is final. What the
model writes meanwhile is only in memory: after a crash, it is asked again.
"""

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.briefing.catalogue import catalogue
from bot.briefing.lines import Answer, Briefing
from bot.service.errors import ModelFailure
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.model_scheduler import Flow, current_flow
from bot.service.ports import (
    LONGEST_AWAITED,
    Archive,
    DetachableReply,
    Mention,
    Notice,
    Outcome,
    Reply,
)
from bot.service.request_handler import RequestHandler

_FAULT = "Readout could not finish the model's version because of an internal error."
_SECONDS_BETWEEN_LOOKS = 0.5


@dataclass
class DeadlineReplies:
    """The replies of a request handler, by a deadline: ``seconds`` after the beginning of its work
    a model has to be done, or the extractive engine answers first; so it does for who has waited
    ``in_line`` seconds for a place at the model. ``clock`` tells the seconds since 1970."""

    request_handler: RequestHandler
    archive: Archive
    seconds: float = math.inf
    clock: Callable[[], float] = time.time
    in_line: float = 300.0
    _writing: dict[str, asyncio.Task[Outcome]] = field(default_factory=dict)

    async def in_time(self, mention: Mention, reply: Reply) -> Outcome:
        """The reply to ``mention``: the model's, or at the deadline one that awaits it. ``reply``
        hears how far the first of them is."""
        handler = replace(self.request_handler, reply=reply)
        if handler.briefing_service.writer.model is None:
            return await handler.outcome(mention)
        await self.drop(mention.key)  # what an earlier try has left, whose reply was not kept
        heard = DetachableReply(reply)
        writing = asyncio.create_task(replace(handler, reply=heard).outcome(mention))
        try:
            await self._until_late(writing)
            interim = None if writing.done() else await self._interim(mention)
            if interim is None or writing.done():
                return await writing
            heard.reply = None
            self._writing[mention.key] = writing
            return interim
        finally:
            if mention.key not in self._writing:
                await _ended(writing)

    async def without_model(self, mention: Mention, reply: Reply) -> Outcome:
        """The reply after a fault of ours, which a model's answer may have led to."""
        await self.drop(mention.key)
        handler = self.request_handler
        service = handler.briefing_service.without_model(ModelFailure(_FAULT))
        return await replace(handler, briefing_service=service, reply=reply).outcome(mention)

    async def catch_up(self, mention: Mention) -> bool:
        """Wait for what the model still writes, and keep what the reply says then; False where it
        was ended, or deleted, by somebody else."""
        at = await self.archive.answered_at(mention.key)
        earlier = await self.archive.outcome(mention.key)
        if not isinstance(earlier, Briefing | Answer) or earlier.awaits is None:
            await self.drop(mention.key)
            return False
        version = await self._version(mention, at, earlier.awaits)
        return await self.archive.supersede(mention, earlier, self._then(earlier, version))

    async def drop(self, key: str) -> None:
        """Let the model stop, if it still writes for a mention."""
        if writing := self._writing.pop(key, None):
            await _ended(writing)

    async def _until_late(self, writing: asyncio.Task[Outcome]) -> None:
        """Return once it is written, or at the deadline."""
        flow, started = current_flow(), time.monotonic()
        while not writing.done() and (left := self._left(flow, started)) > 0:
            await asyncio.wait({writing}, timeout=min(left, _SECONDS_BETWEEN_LOOKS))

    def _left(self, flow: Flow, started: float) -> float:
        """The seconds until the deadline, for what was ``started`` then (`time.monotonic`)."""
        is_in_line = flow.begun is None and flow.ahead is not None
        seconds = max(self.in_line, self.seconds) if is_in_line else self.seconds
        return (flow.begun or started) + seconds - time.monotonic()

    async def _interim(self, mention: Mention) -> Briefing | Answer | None:
        """What can be said without the model, if anything."""
        handler = self.request_handler
        stopgap = replace(
            handler.briefing_service, writer=ExtractiveWriter(), fallback=None, judge=None
        )
        outcome = await replace(handler, briefing_service=stopgap).outcome(mention)
        if isinstance(outcome, Notice):
            return None
        notes = (catalogue(outcome.language).model_follows, *outcome.notes)
        return replace(outcome, notes=notes, awaits=self.clock() + LONGEST_AWAITED)

    async def _version(
        self, mention: Mention, at: float | None, until: float
    ) -> Briefing | Answer | None:
        """The model's version, if it comes before ``until`` and while the reply kept ``at`` that
        time stands."""
        writing = self._writing.pop(mention.key, None)
        if writing is None:
            writing = asyncio.create_task(self.request_handler.outcome(mention))
        try:
            while (left := until - self.clock()) > 0:
                if (await asyncio.wait({writing}, timeout=min(left, _SECONDS_BETWEEN_LOOKS)))[0]:
                    return _by_a_model(writing)
                if await self.archive.answered_at(mention.key) != at:
                    return None
            return None
        finally:
            await _ended(writing)

    def _then(
        self, earlier: Briefing | Answer, version: Briefing | Answer | None
    ) -> Briefing | Answer:
        if version is None:
            return standing(earlier, catalogue(earlier.language).model_stayed_away)
        at = datetime.fromtimestamp(self.clock(), UTC).strftime("%H:%M UTC")
        came = catalogue(version.language).model_came.format(time=at)
        return replace(version, notes=(came, *version.notes))


def standing(earlier: Briefing | Answer, why: str) -> Briefing | Answer:
    """A reply that no model's version replaces any more, and ``why``, in place of the note that
    announced one."""
    return replace(earlier, notes=(why, *earlier.notes[1:]), awaits=None)


def _by_a_model(writing: asyncio.Task[Outcome]) -> Briefing | Answer | None:
    """What was written, if a model wrote it."""
    if writing.cancelled() or writing.exception():
        return None
    outcome = writing.result()
    return None if isinstance(outcome, Notice) or outcome.receipt.model is None else outcome


async def _ended(writing: asyncio.Task[Outcome]) -> None:
    writing.cancel()
    await asyncio.wait({writing})
