"""Whose row is it, and how long does it stay?"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.service.ports import Mention
from bot.storage.tables import mentions

Clock = Callable[[], float]

FLEETING = 3_600.0
"""The seconds that the fleeting stays: as long as somebody may need to look at the evidence of what
was just said."""


@dataclass(frozen=True)
class Retention:
    """How many days a row stays, by which clock (seconds since 1970)."""

    days: float
    clock: Clock = time.time

    def owned(self, mention: Mention) -> dict[str, str | float]:
        """The columns that every row has, for a row that ``mention`` gives rise to now."""
        now = self.clock()
        seconds = min(self.days * 86_400, FLEETING if mention.fleeting else float("inf"))
        return {
            "team": mention.team,
            "channel": mention.channel,
            "person": mention.person,
            "created": now,
            "expires": now + seconds,
        }


def at_least(expires: ColumnElement[float], owned: dict[str, str | float]) -> ColumnElement[float]:
    """When a row expires on which something ``owned`` rests from now on: no sooner than before."""
    return case((expires > owned["expires"], expires), else_=owned["expires"])


async def is_kept(connection: AsyncConnection, mention: Mention) -> bool:
    """Whether the mention is still there; nothing may be kept for one that was deleted.

    Its row stays locked until the transaction ends, so that a Delete waits for it.
    """
    row = select(mentions.c.key).where(mentions.c.key == mention.key).with_for_update()
    return await connection.scalar(row) is not None
