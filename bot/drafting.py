"""From a writer's stream to the lines that pass: checked and judged as they come, repaired once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.briefing.composition import Composition
from bot.briefing.failed import Failed, Repaired
from bot.briefing.lines import Line
from bot.briefing.passages import Excerpt
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.errors import ModelFailure
from bot.judging import Judging, judging
from bot.notes import not_judged, not_repaired
from bot.replies import Reply
from bot.writers import Judge, Writer


@dataclass(frozen=True)
class Written:
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


async def drafted(
    writer: Writer,
    judge: Judge | None,
    task: WritingTask | AnswerTask,
    composition: Composition,
    reply: Reply,
) -> Written:
    """What of a draft for ``task`` stands in ``composition``; ``reply`` is shown each line."""
    stream = writer.brief(task) if isinstance(task, WritingTask) else writer.answer(task)
    draft, notes = Draft(stream), tuple[str, ...]()
    async with judging(judge, composition, reply) as judged:
        async with aclosing(draft.pieces()) as pieces:
            async for item in pieces:
                # In a thread: what looks at a whole book takes a second, and others are waiting.
                verdict = await asyncio.to_thread(composition.verdict, item)
                await _judge(composition.take(item, verdict), judged)
        await judged.settle()
        for line in composition.late():
            await judged.add(line)
        await judged.settle()
        usage = draft.usage
        if usage.shown:  # the writer had to read less than it was given
            if composition.excerpts == task.excerpts:
                composition.excerpts = usage.shown
            task = replace(task, excerpts=usage.shown)
        failed = composition.give_back()
        if failed and draft.failure is None:
            await reply.progress("checking")
            repairs = await _repaired(writer, task, failed, composition, judged)
            usage = usage.plus(repairs.usage)
            notes = not_repaired(repairs.failure, composition.language)
    for withheld in composition.withheld:
        await reply.withheld(withheld)
    return Written(
        writer,
        writer.prompts.get(task.prompt),
        composition,
        usage.plus(judged.usage),
        draft.failure,
        (*notes, *not_judged(judged.unjudged, judged.failure, composition.language)),
    )


async def _repaired(
    writer: Writer,
    task: WritingTask | AnswerTask,
    failed: tuple[Failed, ...],
    composition: Composition,
    judged: Judging,
) -> "Draft[Repaired]":
    """Send what failed back to its writer once, all together, and prove and judge it again."""
    repairs = Draft(writer.repair(task, failed))
    async with aclosing(repairs.pieces()) as pieces:
        async for each in pieces:
            verdict = await asyncio.to_thread(composition.verdict, each.item)
            await _judge(composition.mend(each, verdict), judged)
    await judged.settle()
    return repairs


async def _judge(verdict: object, judged: Judging) -> None:
    """Have a line that is proved judged and shown; what is none waits for its repair."""
    if isinstance(verdict, Line):
        await judged.add(verdict)


Piece = TypeVar("Piece")


class Draft(Generic[Piece]):
    """A writer's stream with its usage and its failure set aside."""

    def __init__(self, stream: AsyncGenerator[Piece | Usage]) -> None:
        self._stream = stream
        self.usage = Usage(0, 0)
        self.failure: ModelFailure | None = None

    async def pieces(self) -> AsyncGenerator[Piece]:
        """The pieces as they come. To be closed by whoever iterates it: a stream that is left open
        keeps its place at the model."""
        try:
            async with aclosing(self._stream) as stream:
                async for item in stream:
                    if isinstance(item, Usage):
                        self.usage = item
                    else:
                        yield item
        except ModelFailure as failure:
            self.failure = failure
