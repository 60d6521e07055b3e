"""From a writer's stream to what of it stands: shown as it comes, repaired once, judged once."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from bot.briefing.composition import Composition
from bot.briefing.lines import Line
from bot.briefing.passages import Excerpt
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.errors import ModelFailure
from bot.notes import UNSUPPORTED, no_opinion, not_repaired, opinion_note
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

    def after(self, usage: Usage, *notes: str) -> "Written":
        """The same after one more request."""
        return replace(self, usage=self.usage.plus(usage), notes=(*self.notes, *notes))


@dataclass
class Shown:
    """What goes to a reply: at once, or where a judge is asked first, in the end."""

    reply: Reply
    composition: Composition
    is_waiting: bool
    _lines: list[Line] = field(default_factory=list)

    async def line(self, verdict: object) -> None:
        """Show a line that stands, now or later."""
        if isinstance(verdict, Line):
            self._lines.append(verdict)
            if not self.is_waiting:
                await self.reply.line(verdict, self.composition.place_of(verdict))

    async def rest(self) -> None:
        """Show what was kept back and still stands, and what does not stand."""
        withheld = self.composition.withheld
        refused = {line.text for line in withheld}
        for line in self._lines if self.is_waiting else ():
            if line.text not in refused:
                await self.reply.line(line, self.composition.place_of(line))
        for each in withheld:
            await self.reply.withheld(each)


async def repaired(written: Written, task: WritingTask | AnswerTask, shown: Shown) -> Written:
    """The same after the failed lines went back to their writer once, all together."""
    repairs = Draft(written.writer.repair(task, written.composition.failed))
    async with aclosing(repairs.pieces()) as pieces:
        async for each in pieces:
            await shown.line(written.composition.mend(each))
    return written.after(
        repairs.usage, *not_repaired(repairs.failure, written.composition.language)
    )


async def judged(written: Written, judge: Judge) -> Written:
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
