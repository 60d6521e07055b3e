"""Who writes, who selects from what is too long, and who judges: the ports to a model.

Implemented in `llm`, and without a model in `extracting`.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Literal, Protocol

from bot.briefing.documents import Document
from bot.briefing.draft import DraftItem
from bot.briefing.failed import Failed, Repaired
from bot.briefing.lines import Line
from bot.briefing.passages import Excerpt
from bot.briefing.tasks import (
    AnswerTask,
    Judgement,
    Selection,
    SelectionTask,
    Usage,
    WritingTask,
)


class Selector(Protocol):
    """Chooses from what is longer than a writer's budget what it has to read."""

    def parts(self, excerpt: Excerpt) -> list[Excerpt]:
        """``excerpt`` in parts that can be read, in order; takes a second for a book."""

    async def select(self, task: SelectionTask) -> Selection:
        """The sentences of a part that matter.

        Raises:
            ModelFailure: none could be chosen.
        """


class Writer(Protocol):
    """Turns numbered passages into draft lines, one by one as they come.

    ``budget`` is the number of tokens of source text it can read (None: no limit); ``prompts``
    are the versions of its prompt files by name; ``secrets`` are texts of its own of which
    nothing may be shown; ``selector`` chooses from what is longer (None where nothing is).
    """

    engine: Literal["extractive", "openai"]
    model: str | None
    prompts: Mapping[str, str]
    secrets: tuple[str, ...]
    selector: Selector | None

    @property
    def budget(self) -> int | None: ...

    def count(self, text: str) -> int:
        """The tokens that ``text`` costs."""

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        """Whether it can read them whole."""

    def brief(self, task: WritingTask) -> AsyncGenerator[DraftItem | Usage]:
        """The items of a briefing as they arrive, then the usage.

        Raises:
            ModelFailure: the writer stopped; the items given so far remain good.
        """

    def answer(self, task: AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        """The lines of an answer (none: the sources do not say), then the usage.

        Raises:
            ModelFailure: as in `brief`.
        """

    def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[Failed, ...]
    ) -> AsyncGenerator[Repaired | Usage]:
        """Second tries at what failed of a draft for ``task``, all in one request, then the usage.

        Raises:
            ModelFailure: as in `brief`.
        """


class Judge(Protocol):
    """Says whether passages hold the lines that rest on them: it sees both, and nothing of how a
    line came about. ``prompt`` is the version of its instructions."""

    model: str
    prompt: str

    async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
        """What it says of ``lines``, which rest on ``documents``, from one request.

        Raises:
            ModelFailure: it says nothing.
        """

    async def close(self) -> None:
        """Close the connections to it; it is not asked any more."""
