"""What a person's Home needs from memory: what was briefed, and how they like it.

Implemented in `storage`, shown in `slack`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.briefing.requests import Wishes


@dataclass(frozen=True)
class Found:
    """A reply that is kept: ``title`` is its headline or its question, ``opening`` what it says
    first, ``at`` when it was written (seconds since 1970)."""

    key: str
    channel: str
    thread: str
    permalink: str | None
    kind: Literal["briefing", "answer"]
    title: str
    opening: str
    at: float


class Finder(Protocol):
    """Finds replies again."""

    async def found(
        self, team: str, person: str, channels: Iterable[str], words: str, limit: int
    ) -> tuple[Found, ...]:
        """What ``person`` asked for and what stands in ``channels``, the newest first, with every
        one of ``words`` in it (or words that begin so); with no words, all of it."""


class Defaults(Protocol):
    """Remembers how people like their briefings."""

    async def of(self, team: str, person: str) -> Wishes:
        """What ``person`` wishes unless they say otherwise."""

    async def keep(self, team: str, person: str, wishes: Wishes) -> None:
        """Remember it, in place of what was."""


class Oblivion(Protocol):
    """Deletes what is kept of a person."""

    async def forget(self, team: str, person: str) -> tuple[str, ...]:
        """Delete all that ``person`` asked for, and how they like it; the keys deleted."""


@dataclass(frozen=True)
class HomeMemory:
    """All of it together."""

    finder: Finder
    defaults: Defaults
    oblivion: Oblivion
