"""What a writer and a judge are asked, what it took them, and what passes between a writer and the
checks when lines fail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.briefing.documents import Document, Excerpt
from bot.briefing.draft import DraftItem
from bot.briefing.lines import EarlierLine, Reason
from bot.briefing.requests import Turn, Wishes


@dataclass(frozen=True)
class WritingTask:
    """What a writer is asked to brief: the part of each document it may read, and the wishes."""

    excerpts: tuple[Excerpt, ...]
    wishes: Wishes
    question: ClassVar[None] = None

    @property
    def prompt(self) -> str:
        """The name of the prompt that does it: that of the file with its style."""
        return f"styles/{self.wishes.style}"


@dataclass(frozen=True)
class AnswerTask:
    """A question to answer from the excerpts; ``turns`` help to read it and are no evidence."""

    excerpts: tuple[Excerpt, ...]
    question: str
    wishes: Wishes
    turns: tuple[Turn, ...] = ()
    prompt: ClassVar[str] = "answer"
    """The name of the prompt that does it."""


@dataclass(frozen=True)
class SelectionTask:
    """A part of a long source, to choose at most ``most`` sentences from: for a briefing, or for
    the answer to ``question``."""

    part: Excerpt
    most: int
    wishes: Wishes
    question: str | None = None


@dataclass(frozen=True)
class ComparisonTask:
    """Documents to compare with ``earlier`` lines, which are counted from 1, and the ``language``
    to say in what is new."""

    documents: tuple[Document, ...]
    earlier: tuple[EarlierLine, ...]
    language: str | None = None


@dataclass(frozen=True)
class Usage:
    """What a writer used. ``estimated`` where the endpoint did not say; ``shown`` where it had to
    read less than it was given."""

    tokens_in: int
    tokens_out: int
    estimated: bool = False
    cost_usd: float | None = None
    shown: tuple[Excerpt, ...] | None = None

    def plus(self, other: "Usage") -> "Usage":
        """Both together. A cost is known only where each is; nothing used costs nothing."""
        used = [each for each in (self, other) if each.tokens_in or each.tokens_out]
        costs = [each.cost_usd for each in used if each.cost_usd is not None]
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            estimated=self.estimated or other.estimated,
            cost_usd=sum(costs) if costs and len(costs) == len(used) else None,
            shown=self.shown or other.shown,
        )


@dataclass(frozen=True)
class Selection:
    """What was chosen of a part, and what it took."""

    chosen: Excerpt
    usage: Usage


@dataclass(frozen=True)
class Judgement:
    """What a judge says of lines, by their places from 0: what is wrong with each that its
    passages do not hold, None for one that they do. A line that it left out is missing."""

    problems: Mapping[int, str | None]
    usage: Usage


@dataclass(frozen=True)
class FailedItem:
    """An item of a draft that does not stand, and why."""

    item: DraftItem
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class RepairedItem:
    """A second try; ``place`` is that of the failed item among those given back, from 0."""

    place: int
    item: DraftItem
