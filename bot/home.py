"""What is stored for people besides their requests: what was briefed, their preferences, their
feedback.

Implemented in `storage`, shown in `slack`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.briefing.requests import Wishes
from bot.briefing.tasks import Usage
from bot.ports import Mention


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
        """Delete all that ``person`` asked for and has a reply to, and how they like it; the keys
        deleted."""


class Feedback(Protocol):
    """Keeps what people think of a reply."""

    async def give(self, mention: Mention, person: str, *, is_good: bool, reason: str) -> bool:
        """Keep the opinion of ``person``, in place of an earlier one. Whether it is new: the same
        again without a reason leaves the earlier one, and its reason, as they are."""

    async def of(self, key: str) -> dict[str, tuple[bool, str]]:
        """Each person's opinion of a reply, and the reason."""


FollowUps = Literal["all", "mentions"]


@dataclass(frozen=True)
class ChannelSettings:
    """How Readout works in a channel: with which ``wishes`` unless somebody says otherwise, for
    whom (``people``; empty stands for everybody), whether a follow-up needs a mention, and
    whether what is read and written there is kept for an hour only (``is_fleeting``)."""

    wishes: Wishes = Wishes()
    people: tuple[str, ...] = ()
    follow_ups: FollowUps = "all"
    is_fleeting: bool = False


class Channels(Protocol):
    """Remembers how Readout works in each channel."""

    async def of(self, team: str, channel: str) -> ChannelSettings:
        """The settings of a channel."""

    async def keep(self, team: str, channel: str, person: str, settings: ChannelSettings) -> None:
        """Remember what ``person`` set, in place of what was."""


@dataclass(frozen=True)
class AskedIn:
    """How many briefings and answers were written in a channel."""

    channel: str
    briefings: int
    answers: int


@dataclass(frozen=True)
class TeamFigures:
    """What Readout did for a team: in which ``channels``, the busiest first, how much in direct
    messages (``direct``, which are counted together), and what models took in how many
    ``requests``. What was deleted or has expired is not in the first two."""

    channels: tuple[AskedIn, ...] = ()
    direct: int = 0
    requests: int = 0
    usage: Usage = field(default_factory=lambda: Usage(0, 0))


class Figures(Protocol):
    """Knows how much a team asks for."""

    async def of(self, team: str, since: float) -> TeamFigures:
        """The figures from ``since`` on (seconds since 1970)."""


@dataclass(frozen=True)
class Limits:
    """What the operator has set: tokens a day, None for no limit, and how long things are kept."""

    tokens_per_person: int | None = None
    tokens_per_workspace: int | None = None
    days_kept: int = 30


@dataclass(frozen=True)
class AccessRules:
    """What the operator has set: the ``channels`` that Readout may be used in, by their ids (none
    stands for all), and who may change a channel's settings: the workspace's admins and its
    creator, or everybody who may ask there."""

    channels: tuple[str, ...] = ()
    settings_by: Literal["admins", "everybody"] = "admins"


@dataclass(frozen=True)
class HomeMemory:
    """All of it together, with the ``limits`` that admins are told and the ``rules`` that hold
    for everybody. ``has_model``: a model writes, so that what takes one can be asked for."""

    finder: Finder
    defaults: Defaults
    oblivion: Oblivion
    feedback: Feedback
    channels: Channels
    figures: Figures
    limits: Limits
    rules: AccessRules
    has_model: bool
