"""The extractive engine as a `Writer`: no key, no network, no cost."""

import asyncio
from collections.abc import AsyncGenerator, Mapping

from bot.briefing.documents import Excerpt
from bot.briefing.draft import DraftItem
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import EXTRACTIVE
from bot.briefing.tasks import AnswerTask, FailedItem, RepairedItem, Usage, WritingTask
from bot.service.ports import ChangeFinder, Selector


class ExtractiveWriter:
    """A `Writer` whose every line is a sentence of the source."""

    engine = EXTRACTIVE
    model: str | None = None
    budget: int | None = None
    prompts: Mapping[str, str] = {}
    secrets: tuple[str, ...] = ()
    selector: Selector | None = None
    change_finder: ChangeFinder | None = None

    def count(self, text: str) -> int:
        return 0

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        return True

    async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        """Nothing for a question: only a model can say whether a sentence answers it."""
        if isinstance(task, AnswerTask):
            return
        # In a thread: a book takes seconds, and others are waiting.
        drafted = await asyncio.to_thread(lambda: list(extract(task.excerpts, task.wishes)))
        for item in drafted:
            yield item

    async def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[FailedItem, ...]
    ) -> AsyncGenerator[RepairedItem | Usage]:
        """Nothing: a sentence of the source can't be rewritten."""
        nothing: tuple[RepairedItem, ...] = ()
        for each in nothing:
            yield each
