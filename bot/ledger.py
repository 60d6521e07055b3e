"""What did each request to a model use, and for whom?"""

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.briefing.tasks import Usage
from bot.ports import Mention

Kind = Literal["briefing", "answer", "repair", "selection", "judge"]
Role = Literal["writer", "judge"]


@dataclass(frozen=True)
class Attempt:
    """One request to a model. ``seconds`` is wall time to its end, ``first`` to the first thing
    that it gave (None: nothing). It ``failed`` where no whole answer came, but not where it was
    stopped. The usage is estimated where the endpoint did not tell."""

    kind: Kind
    model: str
    usage: Usage
    seconds: float
    first: float | None
    failed: bool


@dataclass(frozen=True)
class Spent:
    """What a model took of a team on a day (in UTC, as 2026-01-31). ``requests`` holds the
    ``failed`` ones as well; ``seconds`` is their wall time. ``role`` is what it was asked as."""

    day: str
    team: str
    model: str
    role: Role
    requests: int
    failed: int
    usage: Usage
    seconds: float


@dataclass(frozen=True)
class Taken:
    """The tokens, read and written, that models took for a ``person`` and for their ``team``."""

    person: int
    team: int


class Ledger(Protocol):
    """Remembers what the models took. The figures outlive the request that they were for."""

    async def enter(self, mention: Mention, attempt: Attempt) -> None:
        """Keep the figures of one attempt made for ``mention``."""

    async def taken(self, mention: Mention, since: float) -> Taken:
        """What was taken for who asked, and for their team, ``since`` then (seconds since 1970).
        What somebody has deleted counts for the team alone."""
