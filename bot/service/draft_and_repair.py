"""Has a draft written, checks and judges its lines as they arrive, and has failed ones repaired."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot.briefing.composition import AT_THE_TOP, Composition
from bot.briefing.draft import DraftItem
from bot.briefing.lines import Line
from bot.briefing.tasks import AnswerTask, Judgement, RepairedItem, Usage, WritingTask
from bot.service.errors import ModelFailure
from bot.service.notes import not_judged, not_repaired
from bot.service.ports import Judge, Reply, Writer

# Who judges the lines of a draft, and when is each shown?
#
# Lines go to the judge while the writer is still writing, in batches cut by position and never by
# timing, so that the same draft is always put to the judge in the same words: headline and bottom
# line, then three at a time. They are shown in order, each once it has been judged.

_LINES_OF_A_BATCH = 3


@dataclass
class Judging:
    """Decides which lines of a draft go into ``composition`` and to ``reply``. Without a ``judge``,
    a line with nothing against it is shown at once, and a doubtful one is withheld.

    ``unjudged`` counts the lines that the judge should have judged and did not; ``failure`` is why,
    if it failed.
    """

    judge: Judge | None
    composition: Composition
    reply: Reply
    usage: Usage = field(default_factory=lambda: Usage(0, 0))
    unjudged: int = 0
    failure: ModelFailure | None = None
    _batch: list[Line] = field(default_factory=list)
    _batches: list[asyncio.Task[None]] = field(default_factory=list)

    async def read(
        self, stream: AsyncGenerator[DraftItem | RepairedItem | Usage]
    ) -> tuple[Usage, ModelFailure | None]:
        """Check each item of a writer's stream as it arrives, and add its line if it holds; other
        items of a draft wait for repair. Returns the usage, and why the stream failed, if it did,
        once all lines have been decided."""
        usage, failure = Usage(0, 0), None
        try:
            async with aclosing(stream):  # left open, it would keep its place at the model
                async for piece in stream:
                    if isinstance(piece, Usage):
                        usage = piece
                    elif line := await self._line_of(piece):
                        await self.add(line)
        except ModelFailure as error:
            failure = error
        await self.settle()
        return usage, failure

    async def _line_of(self, piece: DraftItem | RepairedItem) -> Line | None:
        # In a thread: what looks at a whole book takes a second, and others are waiting.
        if isinstance(piece, RepairedItem):
            verdict = await asyncio.to_thread(self.composition.verdict, piece.item)
            return self.composition.apply_repair(piece, verdict)
        verdict = await asyncio.to_thread(self.composition.verdict, piece)
        line = self.composition.add(piece, verdict)
        return line if isinstance(line, Line) else None

    async def add(self, line: Line) -> None:
        """Judge and show a line that is proved."""
        if self.judge is None:
            await self._show([self.composition.accept_unjudged(line)])
            return
        place = self.composition.place_of(line)
        if self._batch and place not in AT_THE_TOP and self._is_at_the_top(self._batch[-1]):
            self._close_batch(self.judge)
        self._batch.append(line)
        if place == "bottom_line" or len(self._batch) == _LINES_OF_A_BATCH:
            self._close_batch(self.judge)

    async def settle(self) -> None:
        """Return once all lines so far are decided on, and shown if they stand."""
        if self._batch and self.judge:
            self._close_batch(self.judge)
        for batch in self._batches:
            await batch

    async def aclose(self) -> None:
        """Cancel what is still in progress."""
        for batch in self._batches:
            batch.cancel()
        await asyncio.gather(*self._batches, return_exceptions=True)

    def _is_at_the_top(self, line: Line) -> bool:
        return self.composition.place_of(line) in AT_THE_TOP

    def _close_batch(self, judge: Judge) -> None:
        before = self._batches[-1] if self._batches else None
        self._batches.append(asyncio.create_task(self._decide(judge, self._batch, before)))
        self._batch = []

    async def _decide(
        self, judge: Judge, lines: list[Line], before: asyncio.Task[None] | None
    ) -> None:
        asked = [line for line in lines if line.needs_judgement]
        problems = (await self._judgement(judge, asked)).problems if asked else {}
        places = {id(line): place for place, line in enumerate(asked)}
        standing: list[Line | None] = []
        for line in lines:
            place = places.get(id(line))
            if place is None:
                standing.append(line)
            elif place in problems:
                standing.append(
                    self.composition.apply_judgement(line, judge.model, problems[place])
                )
            else:
                self.unjudged += 1
                standing.append(self.composition.accept_unjudged(line))
        if before:
            await before
        await self._show(standing)

    async def _judgement(self, judge: Judge, lines: Sequence[Line]) -> Judgement:
        try:
            judgement = await judge.judge(lines, self.composition.documents)
        except ModelFailure as failure:
            self.failure = failure
            return Judgement({}, Usage(0, 0))
        self.usage = self.usage.plus(judgement.usage)
        return judgement

    async def _show(self, lines: Iterable[Line | None]) -> None:
        for line in filter(None, lines):
            await self.reply.line(line, self.composition.place_of(line))


@dataclass(frozen=True)
class DraftResult:
    """The ``composition`` of the lines that hold, how they were written, and the usage."""

    writer: Writer
    prompt: str | None
    composition: Composition
    usage: Usage
    failure: ModelFailure | None
    notes: tuple[str, ...] = ()


async def draft_and_repair(
    writer: Writer,
    judge: Judge | None,
    task: WritingTask | AnswerTask,
    composition: Composition,
    reply: Reply,
) -> DraftResult:
    """Have ``task`` written, and put the lines that hold into ``composition``; each is shown to
    ``reply`` at once."""
    async with aclosing(Judging(judge, composition, reply)) as judging:
        usage, failure = await judging.read(writer.write(task))
        for line in composition.add_waiting():
            await judging.add(line)
        await judging.settle()
        if usage.shown:  # the writer had to read less than it was given
            if composition.excerpts == task.excerpts:
                composition.excerpts = usage.shown
            task = replace(task, excerpts=usage.shown)
        failed, not_mended = composition.collect_failed(), None
        if failed and failure is None:
            await reply.progress("checking")
            used, not_mended = await judging.read(writer.repair(task, failed))
            usage = usage.plus(used)
    notes = (
        *not_repaired(not_mended, composition.language),
        *not_judged(judging.unjudged, judging.failure, composition.language),
    )
    prompt = writer.prompts.get(task.prompt)
    return DraftResult(writer, prompt, composition, usage.plus(judging.usage), failure, notes)
