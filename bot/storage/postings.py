"""What was posted where? The intent is on disk before the call, so that a crash is noticed."""

from typing import Any, Literal

from sqlalchemy import Select, insert, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import Mention, Posting
from bot.storage.ownership import Retention, is_kept
from bot.storage.tables import postings
from bot.storage.transactions import snapshot, transaction

ANY_PART = -1_000
"""The part that stands for all others in a backup: since it was made, any may have been posted."""


class DatabasePostings:
    """The postings (`ports.Postings`) in the database."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = retention

    async def intend(
        self, mention: Mention, part: int, channel: str
    ) -> Posting | Literal["new", "deleted"]:
        row = {"key": mention.key, "part": part, "place": channel}
        owned = self._retention.owned(mention)
        async with transaction(self._engine) as connection:
            if not await is_kept(connection, mention):
                return "deleted"
            earlier = (
                await connection.execute(
                    _ROWS.where(postings.c.key == mention.key, postings.c.part == part)
                )
            ).one_or_none()
            if earlier is None:
                await connection.execute(insert(postings).values(**row, **owned))
                earlier = (await connection.execute(_unsure(mention, part, channel))).one_or_none()
        return "new" if earlier is None else Posting(*earlier)

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        row = update(postings).where(postings.c.key == mention.key, postings.c.part == part)
        async with transaction(self._engine) as connection:
            return (await connection.execute(row.values(ts=ts))).rowcount > 0

    async def of(self, key: str) -> tuple[Posting, ...]:
        rows = _ROWS.where(postings.c.key == key, postings.c.part != ANY_PART)
        async with snapshot(self._engine) as connection:
            parts = await connection.execute(rows.order_by(postings.c.part))
            return tuple(Posting(*row) for row in parts)


def _unsure(mention: Mention, part: int, channel: str) -> Select[Any]:
    """An intent for a mention that came here in a backup; no row for any other."""
    marked = (postings.c.key == mention.key, postings.c.part == ANY_PART)
    return select(postings.c.key, literal(part), literal(channel), null()).where(*marked)


_ROWS = select(postings.c.key, postings.c.part, postings.c.place, postings.c.ts)
