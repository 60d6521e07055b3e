"""Replies by a deadline, however long the model takes.

At the deadline, the asker gets what can be said without the model, which goes on writing. If its
version comes within ten minutes, it replaces the first; otherwise the first says that it is final.
What the model writes meanwhile is only in memory: after a crash, it is asked again.
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

_TOO_LATE = "The model did not answer in time."
_FAULT = "Readout could not finish the model's version because of an internal error."
_SECONDS_BETWEEN_LOOKS = 0.5


@dataclass
class DeadlineReplies:
    """The replies of a request handler, by a deadline. If a model isn't done ``seconds`` after it
    began, or after somebody has waited ``in_line`` seconds for it, the extractive engine answers
    first, and ``longest`` seconds after its own start in any case: a step is cut off after ten
    minutes. ``clock`` gives the seconds since 1970."""

    request_handler: RequestHandler
    archive: Archive
    seconds: float = math.inf
    clock: Callable[[], float] = time.time
    in_line: float = 300.0
    longest: float = 540.0
    _writing: dict[str, asyncio.Task[Outcome]] = field(default_factory=dict)
    _written: dict[str, Outcome] = field(default_factory=dict)
    """The replies that are not known to be stored: while the database takes none, each try of the
    step would pay the model again."""

    async def write(self, mention: Mention, reply: Reply, *, with_model: bool) -> Outcome:
        """The reply to ``mention``: the model's, or at the deadline one that awaits it. ``reply``
        is told of the progress until then. It is kept in memory until `drop` or `catch_up`, for a
        second call. ``with_model`` is False after an internal error, which a model's answer may
        have caused."""
        written = self._written.get(mention.key) if with_model else None
        if written is None:
            await self.drop(mention.key)  # left over from an attempt that failed
            written = await self._write(mention, reply, with_model=with_model)
            self._written[mention.key] = written
        return written

    async def _write(self, mention: Mention, reply: Reply, *, with_model: bool) -> Outcome:
        handler = replace(self.request_handler, reply=reply)
        service = handler.briefing_service
        if not with_model:
            without = service.without_model(ModelFailure(_FAULT))
            return await replace(handler, briefing_service=without).outcome(mention)
        if service.writer.model is None:
            return await handler.outcome(mention)
        detachable = DetachableReply(reply)
        writing = asyncio.create_task(replace(handler, reply=detachable).outcome(mention))
        started = time.monotonic()
        try:
            await self._wait_until_late(writing)
            interim = None if writing.done() else await self._interim(mention)
            if interim is None:
                left = started + self.longest - time.monotonic()
                await asyncio.wait({writing}, timeout=max(0.0, left))
                if not writing.done():
                    without = service.without_model(ModelFailure(_TOO_LATE))
                    return await replace(handler, briefing_service=without).outcome(mention)
            if interim is None or writing.done():
                return await writing
            detachable.reply = None
            self._writing[mention.key] = writing
            return interim
        finally:
            if mention.key not in self._writing:
                await _cancel(writing)

    async def catch_up(self, mention: Mention, *, with_model: bool) -> bool:
        """Wait for the model's version, and store what the reply says then. False if the request
        was ended, or deleted, in the meantime; True also if that was stored before. ``with_model``
        is False after crashes that the model's version may have caused: then it isn't waited
        for."""
        at = await self.archive.answered_at(mention.key)
        earlier = await self.archive.outcome(mention.key)
        if not isinstance(earlier, Briefing | Answer) or earlier.awaits is None:
            await self.drop(mention.key)
            # A version that was stored before a crash may not be shown yet.
            return isinstance(earlier, Briefing | Answer)
        until = earlier.awaits if with_model else 0
        try:
            version = await self._wait_for_version(mention, at, until)
            is_new = await self.archive.supersede(mention, earlier, self._later(earlier, version))
        except asyncio.CancelledError:
            await self.drop(mention.key)
            raise
        await self.drop(mention.key)  # not after an error: the next try needs the version
        return is_new

    async def drop(self, key: str) -> None:
        """Forget what was written for the mention ``key``, and cancel what the model still
        writes."""
        self._written.pop(key, None)
        if writing := self._writing.pop(key, None):
            await _cancel(writing)

    async def _wait_until_late(self, writing: asyncio.Task[Outcome]) -> None:
        """Return once the reply is written, or at the deadline."""
        flow, started = current_flow(), time.monotonic()
        while not writing.done() and (left := self._left(flow, started)) > 0:
            await asyncio.wait({writing}, timeout=min(left, _SECONDS_BETWEEN_LOOKS))

    def _left(self, flow: Flow, started: float) -> float:
        """The seconds until the deadline, for work that was ``started`` then (`time.monotonic`)."""
        is_in_line = flow.started is None and flow.ahead is not None
        seconds = max(self.in_line, self.seconds) if is_in_line else self.seconds
        until = (flow.started or started) + seconds
        return min(until, started + self.longest) - time.monotonic()

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

    async def _wait_for_version(
        self, mention: Mention, at: float | None, until: float
    ) -> Briefing | Answer | None:
        """The model's version, if it is there or comes before ``until``, and while the reply that
        was stored ``at`` that time is still the reply."""
        writing = self._writing.get(mention.key)
        if writing is None:
            if self.clock() >= until:
                return None
            writing = asyncio.create_task(self.request_handler.outcome(mention))
            self._writing[mention.key] = writing
        while not writing.done() and (left := until - self.clock()) > 0:
            await asyncio.wait({writing}, timeout=min(left, _SECONDS_BETWEEN_LOOKS))
            if not writing.done() and await self.archive.answered_at(mention.key) != at:
                return None
        return _model_version(writing) if writing.done() else None

    def _later(
        self, earlier: Briefing | Answer, version: Briefing | Answer | None
    ) -> Briefing | Answer:
        if version is None:
            return as_final(earlier, catalogue(earlier.language).model_stayed_away)
        at = datetime.fromtimestamp(self.clock(), UTC).strftime("%H:%M UTC")
        came = catalogue(version.language).model_came.format(time=at)
        return replace(version, notes=(came, *version.notes))


def as_final(reply: Briefing | Answer, why: str) -> Briefing | Answer:
    """``reply`` without a model's version to come, and with ``why`` in place of the note that
    announced one."""
    return replace(reply, notes=(why, *reply.notes[1:]), awaits=None)


def _model_version(writing: asyncio.Task[Outcome]) -> Briefing | Answer | None:
    """The reply that was written, if a model wrote it."""
    if writing.cancelled() or writing.exception():
        return None
    outcome = writing.result()
    return None if isinstance(outcome, Notice) or outcome.receipt.model is None else outcome


async def _cancel(writing: asyncio.Task[Outcome]) -> None:
    writing.cancel()
    await asyncio.wait({writing})
