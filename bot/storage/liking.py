"""What do people and channels prefer, and how is a person forgotten?"""

from sqlalchemy import ColumnElement, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.briefing.requests import Wishes
from bot.home import ChannelSettings
from bot.ports import Archive
from bot.storage import codec
from bot.storage.ownership import Clock
from bot.storage.tables import channel_settings, defaults, mentions, outcomes, threads
from bot.storage.transactions import snapshot, transaction


class DatabaseDefaults:
    """Remembers what people wish (`home.Defaults`) in the database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def of(self, team: str, person: str) -> Wishes:
        row = select(defaults.c.wishes).where(*_of(team, person))
        async with snapshot(self._engine) as connection:
            content = await connection.scalar(row)
        return Wishes() if content is None else codec.wishes.validate_json(content)

    async def keep(self, team: str, person: str, wishes: Wishes) -> None:
        row = {"team": team, "person": person, "wishes": codec.written(codec.wishes, wishes)}
        async with transaction(self._engine) as connection:
            await connection.execute(delete(defaults).where(*_of(team, person)))
            await connection.execute(insert(defaults).values(row))


class DatabaseChannels:
    """Remembers how it works in channels (`home.Channels`) in the database."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def of(self, team: str, channel: str) -> ChannelSettings:
        row = select(channel_settings.c.settings).where(*_in(team, channel))
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
            "settings": codec.written(codec.channel_settings, settings),
        }
        async with transaction(self._engine) as connection:
            await connection.execute(delete(channel_settings).where(*_in(team, channel)))
            await connection.execute(insert(channel_settings).values(row))


class DatabaseOblivion:
    """Forgets people (`home.Oblivion`)."""

    def __init__(self, engine: AsyncEngine, archive: Archive) -> None:
        self._engine = engine
        self._archive = archive

    async def forget(self, team: str, person: str) -> tuple[str, ...]:
        has_a_reply = exists().where(outcomes.c.key == mentions.c.key)
        asked = select(mentions.c.key).where(
            mentions.c.team == team, mentions.c.person == person, has_a_reply
        )
        async with snapshot(self._engine) as connection:
            keys = (await connection.scalars(asked)).all()
        for key in keys:
            await self._archive.delete(key)
        named = (threads.c.team == team, threads.c.person == person)
        async with transaction(self._engine) as connection:
            await connection.execute(delete(defaults).where(*_of(team, person)))
            await connection.execute(delete(threads).where(*named))
        return tuple(keys)


def _of(team: str, person: str) -> tuple[ColumnElement[bool], ...]:
    return defaults.c.team == team, defaults.c.person == person


def _in(team: str, channel: str) -> tuple[ColumnElement[bool], ...]:
    return channel_settings.c.team == team, channel_settings.c.channel == channel
