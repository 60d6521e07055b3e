"""The story: from sources to a briefing, from a question to an answer.

It knows only ports and the core. Whatever the model does, the asker gets a briefing: what does
not stand is withheld, what is then missing is filled with sentences of the sources.
"""

import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, replace

from bot.briefing.composition import Composition
from bot.briefing.documents import Document, label
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.extractive.answering import found_answer
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Answer, Briefing, Line, Receipt, Unread, Withheld
from bot.briefing.passages import Excerpt, whole, within
from bot.briefing.requests import Source, Turn, Wishes
from bot.briefing.verification import Verifier
from bot.errors import ModelFailure, SourceError
from bot.notes import answer_notes, briefing_notes
from bot.ports import AnswerTask, Reader, Reply, Usage, Writer, WritingTask


@dataclass(frozen=True)
class Reading:
    """What came of the sources: the ``documents``, and what is ``unread``, in order.
    ``failures`` says the same of the unread ones, for an exit status."""

    documents: tuple[Document, ...]
    unread: tuple[Unread, ...] = ()
    failures: tuple[SourceError, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Reads, writes and checks. ``version`` is Readout's own; ``clock`` counts seconds."""

    reader: Reader
    writer: Writer
    version: str
    clock: Callable[[], float] = time.monotonic

    async def read(self, sources: tuple[Source, ...], after: int = 0) -> Reading:
        """The documents of ``sources``, labelled in their order, the first with label ``after``
        (counted from 0). One unreadable source never spoils the others."""
        documents: list[Document] = []
        failures: list[SourceError] = []
        for source in sources:
            try:
                name = label(after + len(documents))
                documents.append(await self.reader.read(source, name))
            except SourceError as failure:
                failures.append(failure)
        return Reading(tuple(documents), as_unread(failures), tuple(failures))

    async def brief(self, reading: Reading, wishes: Wishes, reply: Reply) -> Briefing:
        """A verified briefing; each line goes to ``reply`` as soon as it stands."""
        started = self.clock()
        excerpts = self._excerpts(reading.documents)
        composition = Composition(excerpts, wishes)
        await reply.progress("writing")
        draft = _Draft(self.writer.brief(WritingTask(excerpts, wishes)))
        async for item in draft:
            await _show(reply, composition.take(item))
        composition.excerpts = excerpts = draft.usage.shown or excerpts
        for line in composition.fill(extract(excerpts, wishes.length)):
            await reply.line(line)
        receipt = self._receipt(draft.usage, started, excerpts)
        if not composition.written:
            receipt = _by_source(receipt)
        notes = briefing_notes(composition, self.writer, draft.failure)
        return composition.briefing(receipt, reading.unread, notes)

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
        excerpts = self._excerpts(reading.documents)
        await reply.progress("looking in the sources")
        draft = _Draft(self.writer.answer(AnswerTask(excerpts, question, wishes, turns)))
        verifier = Verifier(reading.documents, wishes.language)
        lines, withheld = await _answer_lines(draft, verifier, reply)
        excerpts = draft.usage.shown or excerpts
        found = found_answer(question, excerpts, turns)
        receipt = self._receipt(draft.usage, started, excerpts)
        if draft.failure is not None and not lines:
            lines, receipt = _standing(verifier, found.lines), _by_source(receipt)
        nearest = [] if lines else _standing(verifier, found.nearest or found.lines[:2])
        return Answer(
            documents=reading.documents,
            question=question,
            receipt=replace(receipt, lines=len(lines), withheld=len(withheld)),
            lines=tuple(lines),
            nearest=tuple(nearest),
            withheld=tuple(withheld),
            unread=reading.unread,
            notes=answer_notes(excerpts, draft.failure),
        )

    def _excerpts(self, documents: tuple[Document, ...]) -> tuple[Excerpt, ...]:
        if self.writer.budget is None:
            return whole(documents)
        return within(documents, self.writer.budget, self.writer.count)

    def _receipt(self, usage: Usage, started: float, excerpts: tuple[Excerpt, ...]) -> Receipt:
        return Receipt(
            engine=self.writer.engine,
            version=self.version,
            model=self.writer.model,
            prompt=self.writer.prompt,
            words_read=sum(excerpt.words for excerpt in excerpts),
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            tokens_estimated=usage.estimated,
            cost_usd=usage.cost_usd,
            seconds=round(self.clock() - started, 3),
        )


def as_unread(failures: Iterable[SourceError]) -> tuple[Unread, ...]:
    """The failures as they are shown beside a briefing."""
    return tuple(Unread(failed.source, failed.verdict, failed.message) for failed in failures)


def _by_source(receipt: Receipt) -> Receipt:
    """The receipt of what holds sentences of the sources alone."""
    return replace(receipt, engine="extractive", model=None, prompt=None)


class _Draft:
    """A writer's stream with its usage and its failure set aside."""

    def __init__(self, stream: AsyncIterator[DraftItem | Usage]) -> None:
        self._stream = stream
        self.usage = Usage(0, 0)
        self.failure: ModelFailure | None = None

    async def __aiter__(self) -> AsyncIterator[DraftItem]:
        try:
            async for item in self._stream:
                if isinstance(item, Usage):
                    self.usage = item
                else:
                    yield item
        except ModelFailure as failure:
            self.failure = failure


async def _show(reply: Reply, verdict: object) -> None:
    match verdict:
        case Line():
            await reply.line(verdict)
        case Withheld():
            await reply.withheld(verdict)


async def _answer_lines(
    draft: _Draft, verifier: Verifier, reply: Reply
) -> tuple[list[Line], list[Withheld]]:
    lines: list[Line] = []
    withheld: list[Withheld] = []
    async for item in draft:
        verdict = verifier.verdict(item)
        await _show(reply, verdict)
        if isinstance(verdict, Withheld):
            withheld.append(verdict)
        elif isinstance(verdict, Line):
            lines.append(verdict)
    return lines, withheld


def _standing(verifier: Verifier, drafted: tuple[DraftLine, ...]) -> list[Line]:
    verdicts = (verifier.verdict(DraftItem("answer", line)) for line in drafted)
    return [verdict for verdict in verdicts if isinstance(verdict, Line)]
