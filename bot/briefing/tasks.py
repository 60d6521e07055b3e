"""The tasks of writers and judges, what these used, and the items that go back to be repaired."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.briefing.documents import Document, Excerpt
from bot.briefing.draft import DraftItem
from bot.briefing.lines import EarlierLine, Reason
from bot.briefing.requests import Turn, Wishes


@dataclass(frozen=True)
class WritingTask:
    """A briefing to write: the excerpts that the writer may read, and the wishes."""

    excerpts: tuple[Excerpt, ...]
    wishes: Wishes
    question: ClassVar[None] = None

    @property
    def prompt(self) -> str:
        """The name of its prompt, which is that of its style."""
        return f"styles/{self.wishes.style}"


@dataclass(frozen=True)
class AnswerTask:
    """A question to answer from the excerpts; ``turns`` help to understand it, as no evidence."""

    excerpts: tuple[Excerpt, ...]
    question: str
    wishes: Wishes
    turns: tuple[Turn, ...] = ()
    prompt: ClassVar[str] = "answer"
    """The name of its prompt."""


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
    """Documents to compare with ``earlier`` lines, numbered from 1; ``language`` is that of the
    changes to write."""

    documents: tuple[Document, ...]
    earlier: tuple[EarlierLine, ...]
    language: str | None = None


@dataclass(frozen=True)
class Usage:
    """What a writer used. ``estimated``: the endpoint did not say; ``shown`` are the excerpts that
    it read, if fewer than it was given."""

    tokens_in: int
    tokens_out: int
    estimated: bool = False
    cost_usd: float | None = None
    shown: tuple[Excerpt, ...] | None = None

    def plus(self, other: "Usage") -> "Usage":
        """The sum of both. The cost is known only if both are; nothing used costs nothing."""
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
    """The sentences chosen from a part, and what that used."""

    chosen: Excerpt
    usage: Usage


@dataclass(frozen=True)
class Judgement:
    """A judge's verdicts on lines, by their places from 0: what is wrong with a line that its
    passages don't support, None for one that they do. A line that it skipped is missing."""

    problems: Mapping[int, str | None]
    usage: Usage


@dataclass(frozen=True)
class FailedItem:
    """An item of a draft that failed, and why."""

    item: DraftItem
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class RepairedItem:
    """A repaired item; ``place`` is that of the failed one among those to repair, from 0."""

    place: int
    item: DraftItem
