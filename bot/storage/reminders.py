"""Stores reminders, and how people marked them."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.service.ports import Mention, Outdated, Reminder
from bot.storage import codec
from bot.storage.database import snapshot, transaction
from bot.storage.retention import Retention, is_kept
from bot.storage.tables import channel_settings, mentions, outcomes, reminders

_REMINDERS = TypeAdapter(Reminder)
_MOST_DUE = 1_000
_SECONDS_AFTER = 7 * 86_400.0


class DatabaseReminders:
    """Stores reminders (`ports.Reminders`) in the database."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = retention

    async def keep(self, mention: Mention, reminders_: Sequence[Reminder]) -> int:
        known_ids = select(reminders.c.id).where(reminders.c.key == mention.key)
        reply = select(outcomes.c.kind).where(outcomes.c.key == mention.key)
        place = {"team": mention.team, "channel": mention.channel}
        settings = select(channel_settings.c.settings).filter_by(**place)
        async with transaction(self._engine) as connection:
            # A Delete of it, or of one of its sources, waits for this and deletes these as well.
            if not await is_kept(connection, mention):
                return 0
            if await connection.scalar(reply.with_for_update()) != "briefing":
                return 0
            # A change of these settings waits too, but the first ones of a channel don't.
            content = await connection.scalar(settings.with_for_update(read=True))
            if content and codec.channel_settings.validate_json(content).is_fleeting:
                return 0
            known = set(await connection.scalars(known_ids))
            new = {each.id: self._row(each) for each in reminders_ if each.id not in known}
            if new:
                await connection.execute(insert(reminders), list(new.values()))
        return len(new)

    async def due(self, now: float) -> list[Reminder]:
        is_due = (reminders.c.at <= now, reminders.c.told_by.is_(None))
        rows = _ROWS.where(*is_due).order_by(reminders.c.at)
        return await self._found(rows.limit(_MOST_DUE))

    async def claim(self, mention: Mention) -> None:
        of_the_day = update(reminders).filter_by(
            team=mention.team, channel=mention.channel, day=mention.about, told_by=None
        )
        by_then = of_the_day.where(reminders.c.at <= float(mention.message))
        async with transaction(self._engine) as connection:
            await connection.execute(by_then.values(told_by=mention.key))

    async def told_by(self, key: str) -> list[Reminder]:
        return await self._found(_ROWS.where(reminders.c.told_by == key))

    async def tellers(self, key: str) -> list[str]:
        told_by = select(reminders.c.told_by).distinct()
        own = (reminders.c.key == key, reminders.c.told_by.is_not(None))
        async with snapshot(self._engine) as connection:
            return list(await connection.scalars(told_by.where(*own)))

    async def mark(self, key: str, marked: Reminder, again: Sequence[Reminder] = ()) -> bool:
        own = (reminders.c.told_by == key, reminders.c.id == marked.id)
        asked = select(mentions.c.expires).where(mentions.c.key == reminders.c.key)
        later = asked.where(mentions.c.expires > reminders.c.expires).scalar_subquery()
        values = {
            "mark": marked.mark,
            "marked_by": marked.by,
            "expires": func.coalesce(later, reminders.c.expires),
        }

        async def with_mark(reminder: Reminder) -> Reminder:
            return replace(reminder, name=marked.name, marked=marked.marked)

        async with transaction(self._engine) as connection:
            unmarked = (*own, _IS_KEPT, reminders.c.mark.is_(None))
            row = update(reminders).where(*unmarked).values(values)
            if (await connection.execute(row)).rowcount == 0:
                return False
            await rewrite_reminders(connection, with_mark, *own)
            if again:
                await connection.execute(insert(reminders), [self._row(each) for each in again])
        return True

    async def marked(self, team: str, channel: str) -> list[Reminder]:
        is_alive = reminders.c.expires > self._retention.clock()
        is_marked = reminders.c.mark.in_(["done", "missed"])
        there = _ROWS.filter_by(team=team, channel=channel)
        return await self._found(there.where(is_marked, is_alive))

    async def of(self, team: str, person: str, channels: Iterable[str]) -> list[Reminder]:
        shown = or_(reminders.c.person == person, reminders.c.channel.in_(list(channels)))
        is_last = or_(reminders.c.mark.is_(None), reminders.c.mark != "tomorrow")
        is_recent = reminders.c.at > self._retention.clock() - _SECONDS_AFTER
        return await self._found(_ROWS.where(reminders.c.team == team, shown, is_last, is_recent))

    async def forget(self, key: str) -> None:
        own = or_(reminders.c.key == key, reminders.c.key.startswith(f"{key}:", autoescape=True))
        async with transaction(self._engine) as connection:
            await clear_reminders(connection, own)

    async def outdated(self) -> list[Outdated]:
        is_in_team = mentions.c.team == reminders.c.team
        is_there = mentions.c.channel == reminders.c.channel
        is_digest = mentions.c.key.startswith("digest:")
        may_say_it = or_(mentions.c.key == reminders.c.told_by, is_digest)
        rows = (
            select(reminders.c.key, reminders.c.id, reminders.c.day, mentions.c.key.label("teller"))
            .outerjoin(mentions, and_(is_in_team, is_there, may_say_it))
            .where(reminders.c.content == "")
        )
        found: dict[tuple[str, str, str], list[str]] = {}
        async with snapshot(self._engine) as connection:
            for *name, teller in await connection.execute(rows):
                found.setdefault((name[0], name[1], name[2]), []).append(teller)
        return [Outdated(*name, tuple(filter(None, keys))) for name, keys in found.items()]

    async def settle(self, gone: Outdated) -> None:
        row = delete(reminders).filter_by(key=gone.key, id=gone.id, day=gone.day, content="")
        async with transaction(self._engine) as connection:
            await connection.execute(row)

    def _row(self, reminder: Reminder) -> dict[str, object]:
        return {
            "key": reminder.key,
            "id": reminder.id,
            "day": reminder.day,
            "team": reminder.team,
            "channel": reminder.channel,
            "person": reminder.person,
            "created": self._retention.clock(),
            "expires": reminder.at + _SECONDS_AFTER,
            "at": reminder.at,
            "content": codec.to_json(_REMINDERS, reminder),
        }

    async def _found(self, rows: Select[Any]) -> list[Reminder]:
        in_order = rows.order_by(reminders.c.day, reminders.c.created, reminders.c.id)
        async with snapshot(self._engine) as connection:
            found = (await connection.execute(in_order)).all()
        return [
            replace(_REMINDERS.validate_json(content), mark=mark, by=by)
            for content, mark, by in found
        ]


_IS_KEPT = reminders.c.content != ""
_ROWS = select(reminders.c.content, reminders.c.mark, reminders.c.marked_by).where(_IS_KEPT)


async def rewrite_reminders(
    connection: AsyncConnection,
    changed: Callable[[Reminder], Awaitable[Reminder | None]],
    *which: ColumnElement[bool],
) -> None:
    """Replace each selected reminder with what ``changed`` returns for it; None deletes it."""
    for row in (await connection.execute(select(reminders).where(_IS_KEPT, *which))).all():
        reminder = _REMINDERS.validate_json(row.content)
        own = [column == getattr(row, column.name) for column in reminders.primary_key]
        if (new := await changed(reminder)) is None:
            await connection.execute(delete(reminders).where(*own))
        elif new != reminder:
            content = codec.to_json(_REMINDERS, new)
            await connection.execute(update(reminders).where(*own).values(content=content))


async def clear_reminders(connection: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Delete the content of the reminders; the rows stay until no message names them."""
    # Wait for a press of Tomorrow in another transaction, to find what it stores too.
    await connection.execute(select(reminders.c.key).where(which).with_for_update())
    values = {"content": "", "person": "", "mark": None, "marked_by": None}
    await connection.execute(update(reminders).where(which).values(values))
