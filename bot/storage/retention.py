"""The columns that say whose a row is and when it expires."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.service.ports import Mention
from bot.storage.tables import mentions

Clock = Callable[[], float]

FLEETING_SECONDS = 3_600.0
"""How long rows of fleeting mentions stay: as long as somebody may want to see the evidence of a
reply."""


@dataclass(frozen=True)
class Retention:
    """How many ``days`` a row stays; ``clock`` returns seconds since 1970."""

    days: float
    clock: Clock = time.time

    def owner_columns(self, mention: Mention) -> dict[str, str | float]:
        """The columns that every row has, for a row that belongs to ``mention`` and is stored
        now."""
        now = self.clock()
        seconds = min(self.days * 86_400, FLEETING_SECONDS if mention.fleeting else float("inf"))
        return {
            "team": mention.team,
            "channel": mention.channel,
            "person": mention.person,
            "created": now,
            "expires": now + seconds,
        }


def extended_expiry(
    expires: ColumnElement[float], owned: dict[str, str | float]
) -> ColumnElement[float]:
    """The later of the column ``expires`` and the expiry in ``owned``."""
    return case((expires > owned["expires"], expires), else_=owned["expires"])


async def is_kept(connection: AsyncConnection, mention: Mention) -> bool:
    """Whether the mention hasn't been deleted; if it has, nothing may be stored for it.

    Its row stays locked until the transaction ends, so that a Delete waits.
    """
    row = select(mentions.c.key).where(mentions.c.key == mention.key).with_for_update()
    return await connection.scalar(row) is not None
