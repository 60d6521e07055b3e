"""Who writes into the ledger?

A writer or a judge that is `metered` works as before and tells of each of its requests as that
ends. One that was cut off by a stop of the process is not told of, since nobody knows what it took.
"""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from bot import metrics
from bot.briefing.draft import DraftItem
from bot.briefing.failed import Failed, Repaired
from bot.briefing.lines import Line
from bot.briefing.passages import Excerpt
from bot.briefing.tasks import (
    AnswerTask,
    Opinion,
    Selection,
    SelectionTask,
    Usage,
    WritingTask,
)
from bot.errors import ModelFailure
from bot.ledger import Attempt, Kind
from bot.writers import Judge, Selector, Writer

Piece = TypeVar("Piece")


Enter = Callable[[Attempt], Awaitable[None]]


def metered(writer: Writer, enter: Enter) -> Writer:
    """``writer``, telling of each request; itself where it asks no model."""
    return writer if writer.model is None else _MeteredWriter(writer, _Meter(writer.model, enter))


def metered_judge(judge: Judge, enter: Enter) -> Judge:
    """``judge``, telling of each request."""
    return _MeteredJudge(judge, _Meter(judge.model, enter))


@dataclass
class _Reading:
    """What is known so far of one attempt."""

    begun: float
    usage: Usage = field(default_factory=lambda: Usage(0, 0))
    first: float | None = None


@dataclass(frozen=True)
class _Meter:
    model: str
    enter: Enter

    @asynccontextmanager
    async def attempt(self, kind: Kind) -> AsyncGenerator[_Reading]:
        """One attempt, entered at the end of the block."""
        reading = _Reading(time.monotonic())
        try:
            yield reading
        except ModelFailure:
            await self._end(kind, reading, failed=True)
            raise
        await self._end(kind, reading, failed=False)

    async def stream(self, kind: Kind, pieces: AsyncIterator[Piece]) -> AsyncGenerator[Piece]:
        """``pieces``, and then the entry of the attempt that they came from."""
        async with self.attempt(kind) as reading:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    reading.usage = reading.usage.plus(piece)
                elif reading.first is None:
                    reading.first = time.monotonic() - reading.begun
                yield piece

    async def _end(self, kind: Kind, reading: _Reading, *, failed: bool) -> None:
        seconds = time.monotonic() - reading.begun
        attempt = Attempt(kind, self.model, reading.usage, seconds, reading.first, failed)
        _count(attempt)
        await self.enter(attempt)


def _count(attempt: Attempt) -> None:
    """Into the figures for Prometheus."""
    model, used = attempt.model, attempt.usage
    outcome = "failed" if attempt.failed else "ok"
    metrics.REQUESTS.labels(model, attempt.kind, outcome).inc()
    metrics.REQUEST.labels(model, attempt.kind).observe(attempt.seconds)
    metrics.TOKENS.labels(model, "in").inc(used.tokens_in)
    metrics.TOKENS.labels(model, "out").inc(used.tokens_out)
    if used.cost_usd is not None:
        metrics.COST.labels(model).inc(used.cost_usd)
    if attempt.first is not None:
        metrics.FIRST_PIECE.labels(model).observe(attempt.first)


class _MeteredWriter:
    """`Writer`."""

    def __init__(self, writer: Writer, meter: _Meter) -> None:
        self._writer = writer
        self._meter = meter
        self.engine = writer.engine
        self.model = writer.model
        self.prompts = writer.prompts
        self.secrets = writer.secrets
        selector = writer.selector
        self.selector: Selector | None = selector and _MeteredSelector(selector, meter)

    @property
    def budget(self) -> int | None:
        return self._writer.budget

    def count(self, text: str) -> int:
        return self._writer.count(text)

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        return self._writer.fits(excerpts)

    def brief(self, task: WritingTask) -> AsyncIterator[DraftItem | Usage]:
        return self._meter.stream("briefing", self._writer.brief(task))

    def answer(self, task: AnswerTask) -> AsyncIterator[DraftItem | Usage]:
        return self._meter.stream("answer", self._writer.answer(task))

    def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[Failed, ...]
    ) -> AsyncIterator[Repaired | Usage]:
        return self._meter.stream("repair", self._writer.repair(task, failed))


@dataclass(frozen=True)
class _MeteredSelector:
    """`Selector`."""

    selector: Selector
    meter: _Meter

    def parts(self, excerpt: Excerpt) -> list[Excerpt]:
        return self.selector.parts(excerpt)

    async def select(self, task: SelectionTask) -> Selection:
        async with self.meter.attempt("selection") as reading:
            selection = await self.selector.select(task)
            reading.usage = selection.usage
            return selection


class _MeteredJudge:
    """`Judge`."""

    def __init__(self, judge: Judge, meter: _Meter) -> None:
        self._judge = judge
        self._meter = meter
        self.model = judge.model

    async def opinion(self, lines: tuple[Line, ...]) -> Opinion:
        async with self._meter.attempt("judge") as reading:
            opinion = await self._judge.opinion(lines)
            reading.usage = opinion.usage
            return opinion
