"""Stores events until they are handled; then they are deleted with what people wrote."""

import logging
from collections.abc import Collection, Sequence

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.service.ports import InboxEvent
from bot.storage.database import statement, transaction
from bot.storage.retention import Clock
from bot.storage.tables import arrivals as table

_MOST_TRIES = 5

_log = logging.getLogger(__name__)


class DatabaseInbox:
    """The inbox (`ports.Inbox`) in the database; ``clock`` returns seconds since 1970."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def keep(self, arrivals: Sequence[InboxEvent]) -> frozenset[str]:
        now = self._clock()
        rows = [
            {"id": each.id, "body": each.body, "arrived": now, "taken": now, "tries": 0}
            for each in arrivals
        ]
        insert = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        new = insert(table).on_conflict_do_nothing().returning(table.c.id)
        async with statement(self._engine) as connection:
            return frozenset(await connection.scalars(new, rows))

    async def forget(self, understood: Collection[str]) -> None:
        async with statement(self._engine) as connection:
            await connection.execute(delete(table).where(table.c.id.in_(understood)))

    async def left(self, seconds: float) -> tuple[InboxEvent, ...]:
        now = self._clock()
        # If an event was taken in the future, the clock has been set back since.
        is_left = or_(table.c.taken <= now - seconds, table.c.taken > now + seconds)
        taken = (
            update(table)
            .where(is_left)
            .values(taken=now, tries=table.c.tries + 1)
            .returning(table.c.id, table.c.body, table.c.tries, table.c.arrived)
        )
        async with transaction(self._engine) as connection:
            found = (await connection.execute(taken)).all()
            hopeless = [row.id for row in found if row.tries > _MOST_TRIES]
            if hopeless:
                await connection.execute(delete(table).where(table.c.id.in_(hopeless)))
                _log.error("dropped %d events after too many attempts", len(hopeless))
        in_order = sorted(found, key=lambda row: row.arrived)
        return tuple(InboxEvent(row.id, row.body) for row in in_order if row.id not in hopeless)

    async def renew(self, waiting: Collection[str]) -> None:
        renewed = update(table).where(table.c.id.in_(waiting)).values(taken=self._clock())
        async with statement(self._engine) as connection:
            await connection.execute(renewed)
