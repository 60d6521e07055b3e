"""What was posted where? The intent is on disk before the call, so that a crash is noticed."""

from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Select, delete, insert, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ports import HIDDEN, ROOT, SIGN, STREAM, Mention, Posting
from bot.storage.conversation import versions_of
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
            parts = _ROWS.where(postings.c.key == mention.key, postings.c.part.in_([part, HIDDEN]))
            found = {row.part: row for row in await connection.execute(parts)}
            if HIDDEN in found:
                return "deleted"
            earlier = found.get(part)
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

    async def take_over(self, mention: Mention) -> bool:
        async with transaction(self._engine) as connection:
            if not await is_kept(connection, mention):
                return False
            others = [each.key for each in await versions_of(connection, mention)]
            others = [key for key in others if key != mention.key]
            of_others = postings.c.key.in_(others)
            showing = select(postings.c.key).where(of_others, postings.c.part > SIGN).distinct()
            for other in (await connection.scalars(showing)).all():
                await self._hand_over(connection, other, mention)
            own = (postings.c.key == mention.key, postings.c.part > SIGN)
            return await connection.scalar(select(postings.c.key).where(*own).limit(1)) is not None

    async def _hand_over(self, connection: AsyncConnection, other: str, mention: Mention) -> None:
        """A first sign or a stream of the other has become its first message long ago."""
        of_other, of_own = postings.c.key == other, postings.c.key == mention.key
        stands = or_(postings.c.part > SIGN, postings.c.part == ROOT)
        is_past = postings.c.part.in_([SIGN, STREAM])
        await connection.execute(delete(postings).where(of_other, is_past))
        await connection.execute(delete(postings).where(of_own, postings.c.part == HIDDEN))
        await connection.execute(update(postings).where(of_other, stands).values(key=mention.key))
        await hide(connection, replace(mention, key=other), self._retention)


async def hide(connection: AsyncConnection, mention: Mention, retention: Retention) -> None:
    """Mark the reply to ``mention`` as one that is not shown, since another version is."""
    row = {"key": mention.key, "part": HIDDEN, "place": mention.channel, "ts": ""}
    await connection.execute(insert(postings).values(**row, **retention.owned(mention)))


def _unsure(mention: Mention, part: int, channel: str) -> Select[Any]:
    """An intent for a mention that came here in a backup; no row for any other."""
    marked = (postings.c.key == mention.key, postings.c.part == ANY_PART)
    return select(postings.c.key, literal(part), literal(channel), null()).where(*marked)


_ROWS = select(postings.c.key, postings.c.part, postings.c.place, postings.c.ts)
