"""Selects the passages to be read from a source that is longer than its writer's budget.

All parts are read in parallel, and the sentences that matter are chosen from each: not retold, so
nothing is a summary of a summary, and what is written in the end cites sentences of the source as
always. If the choice is still too long, it is narrowed down in the same way.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from bot.briefing.documents import Excerpt, fit_excerpts, merge_excerpts
from bot.briefing.tasks import AnswerTask, Selection, SelectionTask, Usage, WritingTask
from bot.service.errors import ModelFailure
from bot.service.ports import Reply, Selector, Writer

# The fewest sentences selected from a part, since fewer say nothing; and a share of the
# budget, since selected sentences may cost more than the average one.
_FEWEST = 3
_SHARE_OF_THE_BUDGET = 0.85
_TRIES = 2
_HOPELESS = 4
_SAMPLE = 200
# Slack allows few changes of a status, and nobody reads faster.
_SECONDS_BETWEEN_PROGRESS = 3.0


@dataclass(frozen=True)
class SelectedPassages:
    """``shown`` fits the writer's budget; ``read`` is what it was chosen from."""

    shown: tuple[Excerpt, ...]
    read: tuple[Excerpt, ...]
    usage: Usage = field(default_factory=lambda: Usage(0, 0))
    failure: ModelFailure | None = None


@dataclass(frozen=True)
class PassageSelection:
    """Selects from the excerpts of ``task`` if they are too long for ``writer``; ``reply`` is told
    of the progress."""

    writer: Writer
    task: WritingTask | AnswerTask
    reply: Reply
    clock: Callable[[], float]

    async def select(self) -> SelectedPassages:
        """The part of the excerpts that fits the writer. Parts that failed twice are not in
        ``read``; if all did, ``failure`` says why, and the rest is done without a model."""
        excerpts, selector = self.task.excerpts, self.writer.selector
        if selector is None or self.writer.fits(excerpts):
            return SelectedPassages(excerpts, excerpts)
        first = await self._round(selector, excerpts)
        if first.failure or self.writer.fits(first.shown):
            return first
        second = await self._round(selector, first.shown)
        shown = self._cut(second.shown or first.shown)
        return replace(first, shown=shown, usage=first.usage.plus(second.usage))

    async def _round(self, selector: Selector, excerpts: tuple[Excerpt, ...]) -> SelectedPassages:
        parts = await asyncio.to_thread(lambda: [p for e in excerpts for p in selector.parts(e)])
        tasks = list(self._tasks(parts))
        progress = _Progress(self.reply, len(tasks), self.clock)
        results = await asyncio.gather(*(_select(selector, task, progress) for task in tasks))
        good = [each for each in results if isinstance(each, Selection)]
        failed = [each for each in results if isinstance(each, ModelFailure)]
        if not good:
            return SelectedPassages(self._cut(excerpts), excerpts, failure=failed[0])
        read = [
            t.part for t, each in zip(tasks, results, strict=True) if isinstance(each, Selection)
        ]
        usage = reduce(Usage.plus, (each.usage for each in good))
        return SelectedPassages(
            merge_excerpts([each.chosen for each in good]), merge_excerpts(read), usage
        )

    def _tasks(self, parts: Sequence[Excerpt]) -> Iterator[SelectionTask]:
        numbers = [(part.document, number) for part in parts for number in part.numbers]
        sample = numbers[:: max(1, len(numbers) // _SAMPLE)]
        each = sum(self.writer.count(d.sentence(n)) for d, n in sample) / len(sample)
        room = _SHARE_OF_THE_BUDGET * (self.writer.budget or 0) / each
        for part in parts:
            most = max(_FEWEST, int(room * len(part.numbers) / len(numbers)))
            yield SelectionTask(part, most, self.task.wishes, self.task.question)

    def _cut(self, excerpts: tuple[Excerpt, ...]) -> tuple[Excerpt, ...]:
        return fit_excerpts(excerpts, self.writer.budget or 0, self.writer.count)


@dataclass
class _Progress:
    """Reports every few seconds how many of the ``parts`` are read, and counts failures."""

    reply: Reply
    parts: int
    clock: Callable[[], float]
    read: int = 0
    failed: int = 0

    def __post_init__(self) -> None:
        self._reported = self.clock()

    @property
    def is_hopeless(self) -> bool:
        """Whether only failures came so far, and several: a key is wrong, or nobody is there."""
        return not self.read and self.failed >= _HOPELESS

    async def add_read(self) -> None:
        self.read += 1
        if self.clock() - self._reported >= _SECONDS_BETWEEN_PROGRESS:
            self._reported = self.clock()
            await self.reply.progress(f"reading, {self.read} of {self.parts} parts")


async def _select(
    selector: Selector, task: SelectionTask, progress: _Progress
) -> Selection | ModelFailure:
    """The sentences selected from a part; if the first try fails, there is a second."""
    tries_left = _TRIES
    while True:
        try:
            selection = await selector.select(task)
        except ModelFailure as failure:
            progress.failed += 1
            tries_left -= 1
            if progress.is_hopeless or not tries_left:
                return failure
        else:
            await progress.add_read()
            return selection
