"""Makes briefings from sources, and answers questions about them."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from bot.briefing.catalogue import catalogue
from bot.briefing.changes import EarlierBriefing
from bot.briefing.comparison import answer_with_support, compare_sources
from bot.briefing.composition import Composition, total_shown_words
from bot.briefing.documents import Document, label, whole_excerpts
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.extractive.answering import closest_sentences
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import EXTRACTIVE, Answer, Briefing, Line, Receipt, Unread
from bot.briefing.requests import Source, Turn, Wishes
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.briefing.verification import without_unsafe_metadata
from bot.service import styles
from bot.service.compare_with_earlier import EarlierComparison
from bot.service.draft_and_repair import DraftResult, draft_and_repair
from bot.service.errors import ModelFailure, ReadoutError, SourceError, SourceFault, Unreadable
from bot.service.notes import answer_notes, briefing_notes, unread_notes
from bot.service.ports import Judge, Reader, Reply, Writer
from bot.service.select_passages import PassageSelection, SelectedPassages

_MOST_SOURCES = 20
"""What one briefing can set side by side and a reader still follow."""
_AT_ONCE = 6

_log = logging.getLogger(__name__)


async def read_sources(reader: Reader, sources: Sequence[Source]) -> list[Document | SourceError]:
    """The document of each of ``sources``, or why it could not be read, in order."""
    limit = asyncio.Semaphore(_AT_ONCE)
    read = (_read(reader, source, label(n), limit) for n, source in enumerate(sources))
    return await asyncio.gather(*read)


async def _read(
    reader: Reader, source: Source, name: str, limit: asyncio.Semaphore
) -> Document | SourceError:
    async with limit:
        try:
            return without_unsafe_metadata(await reader.read(source, name))
        except SourceError as failure:
            return failure
        except ReadoutError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other sources are read
            _log.exception("a source could not be read: %s", type(error).__name__)
            return SourceFault(source=source.name)


def _too_many(source: Source) -> SourceError:
    message = (
        f"Only {_MOST_SOURCES} sources can be read together, so this one was left out. Send it in "
        "a separate message in this thread."
    )
    return Unreadable(message, source=source.name, verdict="too_many")


# It knows only ports and the core. Whatever the model does, the asker gets a briefing: lines that
# fail are withheld, and what is then missing is filled in with sentences of the sources.


@dataclass(frozen=True)
class Reading:
    """The ``documents`` read from the sources, and what is ``unread``, in order. ``failures`` are
    the errors of the unread ones, for an exit status."""

    documents: tuple[Document, ...]
    unread: tuple[Unread, ...] = ()
    failures: tuple[SourceError, ...] = ()


@dataclass(frozen=True)
class BriefingService:
    """Reads, writes and checks. ``version`` is Readout's own; ``clock`` counts seconds.

    ``fallback`` writes if the first writer fails before any line is proved; ``judge`` judges what a
    model wrote. ``refusal`` is why the writer may not be asked, if so.
    """

    reader: Reader
    writer: Writer
    version: str
    clock: Callable[[], float] = time.monotonic
    fallback: Writer | None = None
    judge: Judge | None = None
    refusal: ModelFailure | None = None

    async def read(self, sources: tuple[Source, ...], after: int = 0) -> Reading:
        """The documents of ``sources``, labelled in their order, the first with label ``after``
        (counted from 0). One unreadable source never spoils the others; those after the twentieth
        are not read."""
        results = await read_sources(self.reader, sources[:_MOST_SOURCES])
        results += map(_too_many, sources[_MOST_SOURCES:])
        read = [each for each in results if isinstance(each, Document)]
        failures = tuple(each for each in results if isinstance(each, SourceError))
        documents = (replace(each, label=label(after + n)) for n, each in enumerate(read))
        return Reading(tuple(documents), as_unread(failures), failures)

    async def brief(
        self,
        reading: Reading,
        wishes: Wishes,
        reply: Reply,
        known: tuple[Document, ...] = (),
        earlier: tuple[EarlierBriefing, ...] = (),
    ) -> Briefing:
        """A verified briefing; each line goes to ``reply`` as soon as it is proved. It is also
        compared with the documents that were ``known`` before, and says what is new since the
        ``earlier`` briefings of the same story."""
        started = self.clock()
        await reply.begins(reading.documents, _language(reading, wishes))
        await reply.progress("writing")
        task = WritingTask(whole_excerpts(reading.documents), wishes)
        comparison = EarlierComparison(reading.documents, earlier, wishes, self.writer, self.judge)
        async with aclosing(comparison):
            written = await self._write(task, reply, comparison)
            composition = written.composition
            # What looks at whole sources is done in threads: a book takes seconds, others wait.
            for line in await asyncio.to_thread(_missing_lines, written, wishes):
                await reply.line(line, composition.place_of(line))
            found = await comparison.end(has_draft=bool(composition.written))
        written = replace(written, usage=written.usage.plus(found.usage))
        receipt = self._receipt(written, started)
        if not composition.written:
            receipt = _as_extractive(receipt)
        notes = briefing_notes(composition, written.writer, written.failure)
        unread = unread_notes(reading.unread, composition.language)
        briefing = await asyncio.to_thread(
            composition.briefing, receipt, unread, (*notes, *written.notes)
        )
        order = styles.of(wishes.style).order
        is_whole = written.failure is None and not written.notes
        briefing = replace(briefing, order=order, wishes=wishes, is_whole=is_whole)
        briefing = await asyncio.to_thread(
            compare_sources, briefing, composition.excerpts, wishes.language, known
        )
        briefing = await asyncio.to_thread(found.added_to, briefing)
        shown = total_shown_words(briefing, catalogue(briefing.language))
        return replace(briefing, receipt=replace(briefing.receipt, words_shown=shown))

    async def answer(
        self,
        reading: Reading,
        question: str,
        wishes: Wishes,
        reply: Reply,
        turns: tuple[Turn, ...] = (),
    ) -> Answer:
        """What the documents say to ``question``, line by line with passages, or that they don't
        say. This takes a model: without one, the closest passages are all there is. ``turns`` help
        to understand the question and are no evidence."""
        started = self.clock()
        await reply.begins(reading.documents, _language(reading, wishes))
        await reply.progress("searching the sources")
        task = AnswerTask(whole_excerpts(reading.documents), question, wishes, turns)
        written = await self._write(task, reply)
        composition, excerpts = written.composition, written.composition.excerpts
        lines = composition.lines("answer")
        receipt = self._receipt(written, started)
        if written.failure is not None and not lines:
            receipt = _as_extractive(receipt)
        near = (
            () if lines else await asyncio.to_thread(closest_sentences, question, excerpts, turns)
        )
        answer = Answer(
            documents=reading.documents,
            question=question,
            receipt=receipt.with_counts(lines, composition.withheld),
            lines=tuple(lines),
            nearest=tuple(_lines_that_hold(composition, near)),
            withheld=composition.withheld,
            unread=unread_notes(reading.unread, composition.language),
            notes=(*answer_notes(composition, excerpts, written.failure), *written.notes),
            is_known=receipt.is_by_model and not composition.withheld,
            language=composition.language,
            wishes=wishes,
        )
        answer = await asyncio.to_thread(answer_with_support, answer, wishes.language)
        shown = total_shown_words(answer, catalogue(answer.language))
        return replace(answer, receipt=replace(answer.receipt, words_shown=shown))

    def without_model(self, why: ModelFailure | None) -> "BriefingService":
        """A briefing service that asks no model and says ``why``; itself if there is no reason."""
        if why is None or self.writer.model is None:
            return self
        return replace(self, refusal=why, fallback=None, judge=None)

    async def _write(
        self,
        task: WritingTask | AnswerTask,
        reply: Reply,
        comparison: EarlierComparison | None = None,
    ) -> DraftResult:
        """What the writer made of ``task``, or the fallback if that wrote no line. The
        ``comparison`` begins along with the draft."""
        usage = Usage(0, 0)
        for writer in filter(None, (self.writer, self.fallback)):
            selected = SelectedPassages(task.excerpts, task.excerpts, failure=self.refusal)
            if self.refusal is None:
                selected = await PassageSelection(writer, task, reply, self.clock).select()
            composition = await asyncio.to_thread(
                Composition, selected.read, task.wishes, writer.secrets
            )
            if selected.failure is None:
                judge = self.judge if writer.model is not None else None
                shown = replace(task, excerpts=selected.shown)
                if comparison:  # its task starts later, so a model's only place is the draft's
                    comparison.begin()
                written = await draft_and_repair(writer, judge, shown, composition, reply)
            else:
                written = DraftResult(writer, None, composition, Usage(0, 0), selected.failure)
            usage = usage.plus(selected.usage).plus(written.usage)
            if written.failure is None or composition.written:
                break
        return replace(written, usage=usage)

    def _receipt(self, written: DraftResult, started: float) -> Receipt:
        return Receipt(
            engine=written.writer.engine,
            version=self.version,
            model=written.writer.model,
            prompt=written.prompt,
            words_read=sum(excerpt.words for excerpt in written.composition.excerpts),
            tokens_in=written.usage.tokens_in,
            tokens_out=written.usage.tokens_out,
            tokens_estimated=written.usage.estimated,
            cost_usd=written.usage.cost_usd,
            seconds=round(self.clock() - started, 3),
        )


def as_unread(failures: Iterable[SourceError]) -> tuple[Unread, ...]:
    """The failures as they are shown with a briefing."""
    return tuple(Unread(failed.source, _kind(failed), failed.message) for failed in failures)


def _language(reading: Reading, wishes: Wishes) -> str | None:
    return wishes.language or next((each.language for each in reading.documents), None)


def _kind(failed: SourceError) -> str:
    """The kind that decides what to do about it: a fault of the network may pass."""
    return failed.kind if failed.kind == "network" else failed.verdict


def _missing_lines(written: DraftResult, wishes: Wishes) -> list[Line]:
    """Sentences of the sources for what the writer's own lines leave open; none for the extractive
    engine, which has written what it can."""
    is_extracted = written.writer.engine == EXTRACTIVE
    drafted = () if is_extracted else extract(written.composition.excerpts, wishes)
    return list(written.composition.fill_gaps(drafted))


def _as_extractive(receipt: Receipt) -> Receipt:
    """The receipt of a reply that has only sentences of the sources."""
    return replace(receipt, engine=EXTRACTIVE, model=None, prompt=None)


def _lines_that_hold(composition: Composition, drafted: tuple[DraftLine, ...]) -> list[Line]:
    verdicts = (composition.verdict(DraftItem("answer", line)) for line in drafted)
    return [verdict for verdict in verdicts if isinstance(verdict, Line)]
