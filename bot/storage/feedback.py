"""What do people think of a reply? One opinion each, the latest."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import Mention
from bot.storage.ownership import Retention, is_kept
from bot.storage.tables import feedback
from bot.storage.transactions import snapshot, transaction


class DatabaseFeedback:
    """Keeps opinions (`home.Feedback`) in the database, as long as what they are about."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = retention

    async def give(self, mention: Mention, person: str, *, is_good: bool, reason: str) -> bool:
        own = (feedback.c.key == mention.key, feedback.c.person == person)
        owned = {**self._retention.owned(mention), "person": person}
        row = {"key": mention.key, "is_good": is_good, "reason": reason, **owned}
        async with transaction(self._engine) as connection:
            earlier = await connection.execute(select(feedback.c.is_good).where(*own))
            is_new = bool(reason) or earlier.scalar_one_or_none() is not is_good
            if is_new and await is_kept(connection, mention):
                await connection.execute(delete(feedback).where(*own))
                await connection.execute(insert(feedback).values(row))
        return is_new

    async def of(self, key: str) -> dict[str, tuple[bool, str]]:
        """Each person's opinion of a reply, and the reason."""
        rows = select(feedback.c.person, feedback.c.is_good, feedback.c.reason)
        async with snapshot(self._engine) as connection:
            found = await connection.execute(rows.where(feedback.c.key == key))
        return {row.person: (row.is_good, row.reason) for row in found}
