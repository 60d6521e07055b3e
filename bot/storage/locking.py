"""Which Readout is it, among those on its database?

A SQLite file has one: a second would answer every mention twice. A PostgreSQL database has as
many as there are, each in a slot of its own, which names what it works on: the lowest that is
free. The slot goes with the process, however that ends: the system drops a file's lock, and
PostgreSQL the advisory locks of a closed session. So whoever gets the lock of a slot knows that
its worker is dead. One that is stopped, or cut off from the server, keeps its session open and
says nothing: PostgreSQL ends that after a while (from version 14 on).
"""

import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import SettingsError
from bot.storage.transactions import transaction
from bot.work import Slot

# An arbitrary number that means Readout among the advisory locks of one database.
_ADVISORY = 0x52454144
_MOST_SLOTS = 256
# More than `processes` gives a process that hangs: then it is dead when another takes over.
_SILENT_SECONDS = 90.0
_TRY = text("SELECT pg_try_advisory_lock(:readout, :slot)")
_TRY_FOR_A_WHILE = text("SELECT pg_try_advisory_xact_lock(:readout, :slot)")
_END_WHEN_SILENT = text(
    "SELECT set_config(name, :milliseconds, false) FROM pg_settings"
    " WHERE name = 'idle_session_timeout'"
)


class DatabaseLock(Slot, Protocol):
    """Our hold on a slot, until `release` or the end of the process."""

    async def release(self) -> None:
        """Let another have it."""


class FileLock:
    """The only slot of a SQLite database, as a file beside it.

    Raises:
        SettingsError: another process holds it.
    """

    number = 0

    def __init__(self, database: Path) -> None:
        beside = database.with_name(f"{database.name}.lock")
        self._descriptor = os.open(beside, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise SettingsError(
                "Another Readout already serves this database. Stop it, give this one a database "
                "of its own with READOUT_DATABASE_URL, or use PostgreSQL, which can have many."
            ) from error

    async def release(self) -> None:
        """Let another have it."""
        os.close(self._descriptor)

    async def keep(self) -> None:
        """Nothing: the system keeps it."""

    @asynccontextmanager
    async def left_by(self, slot: int) -> AsyncIterator[bool]:
        """False: there is no other slot."""
        yield False


class ServerLock:
    """A slot of a PostgreSQL database, held by a session of its own. It is another's after so
    many ``seconds`` without `keep`."""

    def __init__(self, engine: AsyncEngine, seconds: float = _SILENT_SECONDS) -> None:
        self._engine = engine
        self._seconds = seconds
        self._session: AsyncConnection | None = None
        self.number = -1

    async def take(self) -> None:
        """Take the lowest slot that is free.

        Raises:
            SettingsError: none is.
            SQLAlchemyError: the server can't be reached.
        """
        async with self._session_to_keep() as session:
            for slot in range(_MOST_SLOTS):
                if await _is_taken(session, slot):
                    self.number = slot
                    return
            raise SettingsError(f"{_MOST_SLOTS} Readouts are using this database. Stop some.")

    async def release(self) -> None:
        """Let another have it."""
        session, self._session = self._session, None
        if session is not None:
            await _end(session)

    async def keep(self) -> None:
        """Take the slot again if the server has dropped it, as a restart of it does.

        Raises:
            SettingsError: another has it.
            SQLAlchemyError: the server can't be reached.
        """
        try:
            if self._session is not None:
                await self._session.execute(text("SELECT 1"))
                return
        except SQLAlchemyError:
            await self.release()
        async with self._session_to_keep() as session:
            if not await _is_taken(session, self.number):
                raise SettingsError(
                    "Another Readout took over the work of this one. Start it again."
                )

    @asynccontextmanager
    async def left_by(self, slot: int) -> AsyncIterator[bool]:
        """Whether the worker of ``slot`` is dead; nobody takes it while the block runs."""
        # A lock of the transaction goes with it, however the block ends.
        async with transaction(self._engine) as connection:
            named = {"readout": _ADVISORY, "slot": slot}
            yield bool(await connection.scalar(_TRY_FOR_A_WHILE, named))

    @asynccontextmanager
    async def _session_to_keep(self) -> AsyncIterator[AsyncConnection]:
        """A session that is ours once the block has taken the slot in it, and ends if it fails."""
        session = await self._engine.connect()
        try:
            await session.execution_options(isolation_level="AUTOCOMMIT")
            milliseconds = str(int(self._seconds * 1000))
            await session.execute(_END_WHEN_SILENT, {"milliseconds": milliseconds})
            yield session
        except BaseException:
            await _end(session)
            raise
        self._session = session


async def _end(session: AsyncConnection) -> None:
    """Close it for good: back in the pool it would keep its lock."""
    await session.invalidate()
    await session.close()


async def _is_taken(session: AsyncConnection, slot: int) -> bool:
    return bool(await session.scalar(_TRY, {"readout": _ADVISORY, "slot": slot}))
