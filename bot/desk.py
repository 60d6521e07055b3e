"""The story: from sources to a briefing, from a question to an answer.

It knows only ports and the core. Whatever the model does, the asker gets a briefing: what does
not stand is withheld, what is then missing is filled with sentences of the sources.
"""

import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Generic, TypeVar

from bot.briefing.composition import Composition
from bot.briefing.documents import Document, label
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.extractive.answering import found_answer
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Answer, Briefing, Line, Receipt, Unread
from bot.briefing.passages import Excerpt, whole
from bot.briefing.presenting import presentable
from bot.briefing.requests import Source, Turn, Wishes
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.condensing import Condensing
from bot.errors import ModelFailure, SourceError
from bot.notes import (
    UNSUPPORTED,
    answer_notes,
    briefing_notes,
    no_opinion,
    not_repaired,
    opinion_note,
    unread_notes,
)
from bot.ports import Reader, Reply
from bot.writers import Judge, Writer


@dataclass(frozen=True)
class Reading:
    """What came of the sources: the ``documents``, and what is ``unread``, in order.
    ``failures`` says the same of the unread ones, for an exit status."""

    documents: tuple[Document, ...]
    unread: tuple[Unread, ...] = ()
    failures: tuple[SourceError, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Reads, writes and checks. ``version`` is Readout's own; ``clock`` counts seconds.

    ``fallback`` writes where the first writer fails before any line stands; ``judge`` gives a
    second opinion on what passed the checks.
    """

    reader: Reader
    writer: Writer
    version: str
    clock: Callable[[], float] = time.monotonic
    fallback: Writer | None = None
    judge: Judge | None = None

    async def read(self, sources: tuple[Source, ...], after: int = 0) -> Reading:
        """The documents of ``sources``, labelled in their order, the first with label ``after``
        (counted from 0). One unreadable source never spoils the others."""
        documents: list[Document] = []
        failures: list[SourceError] = []
        for source in sources:
            try:
                name = label(after + len(documents))
                documents.append(presentable(await self.reader.read(source, name)))
            except SourceError as failure:
                failures.append(failure)
        return Reading(tuple(documents), as_unread(failures), tuple(failures))

    async def brief(self, reading: Reading, wishes: Wishes, reply: Reply) -> Briefing:
        """A verified briefing; each line goes to ``reply`` as soon as it stands."""
        started = self.clock()
        await reply.progress("writing")
        written = await self._written(lambda e: WritingTask(e, wishes), reading, wishes, reply)
        composition = written.composition
        lines = [composition.settle(), composition.fill(extract(written.excerpts, wishes.length))]
        for line in chain(*lines, composition.cover()):
            await reply.line(line)
        receipt = self._receipt(written, started)
        if not composition.written:
            receipt = _by_source(receipt)
        notes = briefing_notes(composition, written.writer, written.failure)
        unread = unread_notes(reading.unread, composition.language)
        return composition.briefing(receipt, unread, (*notes, *written.notes))

    async def answer(
        self,
        reading: Reading,
        question: str,
        wishes: Wishes,
        reply: Reply,
        turns: tuple[Turn, ...] = (),
    ) -> Answer:
        """What the documents say to ``question``, line by line with passages, or that they do
        not say. ``turns`` help to read the question and are no evidence."""
        started = self.clock()
        await reply.progress("looking in the sources")
        written = await self._written(
            lambda e: AnswerTask(e, question, wishes, turns), reading, wishes, reply
        )
        composition, excerpts = written.composition, written.excerpts
        lines = composition.lines("answer")
        found = found_answer(question, excerpts, turns)
        receipt = self._receipt(written, started)
        if written.failure is not None and not lines:
            lines, receipt = _standing(composition, found.lines), _by_source(receipt)
        nearest = [] if lines else _standing(composition, found.nearest or found.lines[:2])
        return Answer(
            documents=reading.documents,
            question=question,
            receipt=replace(receipt, lines=len(lines), withheld=len(composition.withheld)),
            lines=tuple(lines),
            nearest=tuple(nearest),
            withheld=composition.withheld,
            unread=unread_notes(reading.unread, composition.language),
            notes=(*answer_notes(composition, excerpts, written.failure), *written.notes),
            language=composition.language,
        )

    async def _written(
        self, task: "_MakesTask", reading: Reading, wishes: Wishes, reply: Reply
    ) -> "_Written":
        """What the writer, or the one behind it, gave that stands."""
        first = await self._by(self.writer, task, reading, wishes, reply)
        if self.fallback is None or first.failure is None or first.composition.written:
            return first
        second = await self._by(self.fallback, task, reading, wishes, reply)
        return replace(second, usage=first.usage.plus(second.usage))

    async def _by(
        self,
        writer: Writer,
        task: "_MakesTask",
        reading: Reading,
        wishes: Wishes,
        reply: Reply,
    ) -> "_Written":
        question = getattr(task(()), "question", None)
        condensing = Condensing(writer, wishes, question, reply, self.clock)
        condensed = await condensing.condensed(whole(reading.documents))
        composition = Composition(condensed.read, wishes, writer.secrets)
        if condensed.failure is not None:
            return _Written(writer, None, composition, condensed.usage, condensed.failure)
        asked = task(condensed.shown)
        shown = _Shown(reply, is_waiting=self.judge is not None)
        stream = writer.brief(asked) if isinstance(asked, WritingTask) else writer.answer(asked)
        draft = _Draft(stream)
        async for item in draft:
            await shown.line(composition.take(item))
        given = draft.usage.shown or condensed.shown
        if condensed.read == condensed.shown:
            composition.excerpts = given
        prompt, usage = writer.prompts.get(asked.prompt), condensed.usage.plus(draft.usage)
        written = _Written(writer, prompt, composition, usage, draft.failure)
        if composition.failed and draft.failure is None:
            written = await _repaired(written, task(given), shown)
        if self.judge is not None:
            written = await _judged(written, self.judge)
        await shown.rest(composition)
        return written

    def _receipt(self, written: "_Written", started: float) -> Receipt:
        return Receipt(
            engine=written.writer.engine,
            version=self.version,
            model=written.writer.model,
            prompt=written.prompt,
            words_read=sum(excerpt.words for excerpt in written.excerpts),
            tokens_in=written.usage.tokens_in,
            tokens_out=written.usage.tokens_out,
            tokens_estimated=written.usage.estimated,
            cost_usd=written.usage.cost_usd,
            seconds=round(self.clock() - started, 3),
        )


_MakesTask = Callable[[tuple[Excerpt, ...]], WritingTask | AnswerTask]


@dataclass(frozen=True)
class _Written:
    """What a writer gave, as far as it stands, and what it took."""

    writer: Writer
    prompt: str | None
    composition: Composition
    usage: Usage
    failure: ModelFailure | None
    notes: tuple[str, ...] = ()

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """What was read of the documents."""
        return self.composition.excerpts

    def after(self, usage: Usage, *notes: str) -> "_Written":
        """The same after one more request."""
        return replace(self, usage=self.usage.plus(usage), notes=(*self.notes, *notes))


@dataclass
class _Shown:
    """What goes to a reply: at once, or where a judge is asked first, in the end."""

    reply: Reply
    is_waiting: bool
    _lines: list[Line] = field(default_factory=list)

    async def line(self, verdict: object) -> None:
        """Show a line that stands, now or later."""
        if isinstance(verdict, Line):
            self._lines.append(verdict)
            if not self.is_waiting:
                await self.reply.line(verdict)

    async def rest(self, composition: Composition) -> None:
        """Show what was kept back and still stands, and what does not stand."""
        withheld = composition.withheld
        refused = {line.text for line in withheld}
        for line in self._lines if self.is_waiting else ():
            if line.text not in refused:
                await self.reply.line(line)
        for each in withheld:
            await self.reply.withheld(each)


async def _repaired(written: _Written, task: WritingTask | AnswerTask, shown: _Shown) -> _Written:
    """The same after the failed lines went back to their writer once, all together."""
    repairs = _Draft(written.writer.repair(task, written.composition.failed))
    async for repaired in repairs:
        await shown.line(written.composition.mend(repaired))
    return written.after(
        repairs.usage, *not_repaired(repairs.failure, written.composition.language)
    )


async def _judged(written: _Written, judge: Judge) -> _Written:
    """The same after a second opinion, which can only withhold."""
    lines = written.composition.own_lines()
    if not lines:
        return written
    try:
        opinion = await judge.opinion(lines)
    except ModelFailure as failure:
        return written.after(Usage(0, 0), no_opinion(failure, written.composition.language))
    for place in sorted(opinion.unsupported & set(range(len(lines)))):
        written.composition.refuse(lines[place], UNSUPPORTED)
    note = opinion_note(judge, opinion, written.composition.language)
    return written.after(opinion.usage, note)


def as_unread(failures: Iterable[SourceError]) -> tuple[Unread, ...]:
    """The failures as they are shown beside a briefing."""
    return tuple(Unread(failed.source, _kind(failed), failed.message) for failed in failures)


def _kind(failed: SourceError) -> str:
    """What a reader does about it: a fault of the network may pass, whatever its verdict."""
    return failed.kind if failed.kind == "network" else failed.verdict


def _by_source(receipt: Receipt) -> Receipt:
    """The receipt of what holds sentences of the sources alone."""
    return replace(receipt, engine="extractive", model=None, prompt=None)


_Piece = TypeVar("_Piece")


class _Draft(Generic[_Piece]):
    """A writer's stream with its usage and its failure set aside."""

    def __init__(self, stream: AsyncIterator[_Piece | Usage]) -> None:
        self._stream = stream
        self.usage = Usage(0, 0)
        self.failure: ModelFailure | None = None

    async def __aiter__(self) -> AsyncIterator[_Piece]:
        try:
            async for item in self._stream:
                if isinstance(item, Usage):
                    self.usage = item
                else:
                    yield item
        except ModelFailure as failure:
            self.failure = failure


def _standing(composition: Composition, drafted: tuple[DraftLine, ...]) -> list[Line]:
    verdicts = (composition.verdict(DraftItem("answer", line)) for line in drafted)
    return [verdict for verdict in verdicts if isinstance(verdict, Line)]
