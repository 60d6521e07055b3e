"""Stores the preferences of people and channels, and people's feedback."""

from collections.abc import Mapping

from sqlalchemy import Table, and_, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.briefing.requests import Wishes
from bot.service.ports import ChannelSettings, Mention
from bot.storage import codec
from bot.storage.database import snapshot, transaction
from bot.storage.reminders import clear_reminders
from bot.storage.retention import Clock, Retention, is_kept
from bot.storage.tables import channel_settings, defaults, feedback, reminders


class DatabaseFeedback:
    """Stores feedback (`ports.Feedback`) in the database, as long as its reply."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = retention

    async def give(self, mention: Mention, person: str, *, is_good: bool) -> bool:
        owned = {**self._retention.owner_columns(mention), "person": person}
        row = {"key": mention.key, "is_good": is_good, "reason": "", **owned}
        async with transaction(self._engine) as connection:
            own = {"key": mention.key, "person": person}
            earlier = await connection.scalar(select(feedback.c.is_good).filter_by(**own))
            is_new = earlier is not is_good
            if is_new and await is_kept(connection, mention):
                await connection.execute(delete(feedback).filter_by(**own))
                await connection.execute(insert(feedback), row)
        return is_new

    async def of(self, key: str) -> dict[str, bool]:
        rows = select(feedback.c.person, feedback.c.is_good)
        async with snapshot(self._engine) as connection:
            found = await connection.execute(rows.where(feedback.c.key == key))
        return {row.person: row.is_good for row in found}


class DatabasePreferences:
    """Stores people's wishes (`ports.Preferences`) in the database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def of(self, team: str, person: str) -> Wishes:
        row = select(defaults.c.wishes).filter_by(team=team, person=person)
        async with snapshot(self._engine) as connection:
            content = await connection.scalar(row)
        return Wishes() if content is None else codec.wishes.validate_json(content)

    async def keep(self, team: str, person: str, wishes: Wishes) -> None:
        row = {"team": team, "person": person, "wishes": codec.to_json(codec.wishes, wishes)}
        async with transaction(self._engine) as connection:
            await _put(connection, defaults, row)


class DatabaseChannels:
    """Stores the settings of channels (`ports.Channels`) in the database."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def of(self, team: str, channel: str) -> ChannelSettings:
        row = select(channel_settings.c.settings).filter_by(team=team, channel=channel)
        async with snapshot(self._engine) as connection:
            content = await connection.scalar(row)
        if content is None:
            return ChannelSettings()
        return codec.channel_settings.validate_json(content)

    async def keep(self, team: str, channel: str, person: str, settings: ChannelSettings) -> None:
        row = {
            "team": team,
            "channel": channel,
            "person": person,
            "changed": self._clock(),
            "settings": codec.to_json(codec.channel_settings, settings),
        }
        async with transaction(self._engine) as connection:
            await _put(connection, channel_settings, row)
            if settings.is_fleeting:
                there = and_(reminders.c.team == team, reminders.c.channel == channel)
                await clear_reminders(connection, there)


async def _put(connection: AsyncConnection, table: Table, row: Mapping[str, object]) -> None:
    """Store ``row`` in place of the one with the same primary key, if there is one."""
    # Of two workers that delete and insert at once, one would fail.
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    new = insert(table).values(row)
    own = table.primary_key.columns
    await connection.execute(new.on_conflict_do_update(index_elements=own, set_=row))
