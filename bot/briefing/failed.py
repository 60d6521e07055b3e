"""What passes between a writer and the checks when lines fail: the line and why, and its repair."""

from dataclasses import dataclass

from bot.briefing.draft import DraftItem
from bot.briefing.lines import Reason


@dataclass(frozen=True)
class Failed:
    """An item of a draft that does not stand, and why."""

    item: DraftItem
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Repaired:
    """A second try; ``place`` is that of the failed item among those given back, from 0."""

    place: int
    item: DraftItem
