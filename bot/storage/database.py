"""Which database is it, how is it reached, and does it have today's tables?

SQLite is opened as durable state needs it: a write-ahead log that is flushed at each commit, every
transaction that may write begun as a writer (a reader that turns writer would lose the other's
update), and freed pages overwritten. PostgreSQL does all that anyway.
"""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, event, func, inspect, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from bot.errors import SettingsError
from bot.storage.in_place import connected
from bot.storage.locking import DatabaseLock, FileLock, ServerLock
from bot.storage.tables import VERSION
from bot.storage.transactions import READS, snapshot

_MIGRATING = 0x5245414D
# Of a process; what waits for one gets it in milliseconds. With all that a worker has, four workers
# need fewer than the hundred that a server takes by itself.
_CONNECTIONS = 4
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


@dataclass(frozen=True)
class Database:
    """An open database with today's tables, and our hold on it."""

    engine: AsyncEngine
    lock: DatabaseLock

    async def close(self) -> None:
        """Close every connection and let another process have it."""
        await self.lock.release()
        await self.engine.dispose()


async def open_database(address: str) -> Database:
    """The database at ``address`` (`sqlite:///path` or `postgresql://…`, no driver in it).

    It is created where it is a file, brought to today's tables, and held: a file by this process
    alone, on a server a slot of it.

    Raises:
        SettingsError: the address is none, the database can't be reached, a newer Readout made
            it, or another Readout holds it.
    """
    url, engine = _parsed(address), joined_database(address)
    if url.get_backend_name() == "sqlite":
        return await _open_file(Path(url.database or ""), engine)
    return await _open_server(url, engine)


def joined_database(address: str) -> AsyncEngine:
    """The database at ``address``, which another process of this Readout holds open.

    Raises:
        SettingsError: the address is none.
    """
    url = _parsed(address)
    if url.get_backend_name() != "sqlite":
        return create_async_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=0,
        )
    # One connection: writers wait for each other in the loop, in turn, and not inside SQLite.
    engine = create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=partial(connected, Path(url.database or "")),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


async def is_reached(engine: AsyncEngine) -> bool:
    """Whether the database answers."""
    async with snapshot(engine) as connection:
        return bool(await connection.scalar(text("SELECT 1")))


async def _open_file(path: Path, engine: AsyncEngine) -> Database:
    try:
        _create_for_owner_alone(path)
    except OSError as error:
        raise SettingsError(
            f"The database file {path} is not writable. Set READOUT_DATABASE_URL to a path that is."
        ) from error
    lock = FileLock(path)
    return await _migrated(Database(engine, lock))


async def _open_server(url: URL, engine: AsyncEngine) -> Database:
    lock = ServerLock(engine)
    try:
        await lock.take()
    except SQLAlchemyError as error:
        await engine.dispose()
        raise SettingsError(
            f"The database server at {url.host or 'this machine'} can't be reached. Check that "
            "it runs and that READOUT_DATABASE_URL has the right name and password."
        ) from error
    except SettingsError:
        await engine.dispose()
        raise
    return await _migrated(Database(engine, lock))


async def _migrated(database: Database) -> Database:
    try:
        async with database.engine.begin() as connection:
            if connection.dialect.name != "sqlite":
                # Of two that start at once, the second finds the tables made.
                await connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
            await connection.run_sync(_bring_up_to_date)
    except SettingsError:
        await database.close()
        raise
    except SQLAlchemyError as error:
        await database.close()
        raise SettingsError(
            "The database could not be set up. Readout must be allowed to create tables in it; "
            "see the log."
        ) from error
    return database


def _parsed(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise _unknown_address() from error
    if url.drivername in ("postgresql", "postgres") and url.database:
        return url
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise _unknown_address()


def _unknown_address() -> SettingsError:
    return SettingsError(
        "READOUT_DATABASE_URL must be sqlite:///path/to/file or "
        "postgresql://user:password@host/database."
    )


def _create_for_owner_alone(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # None: the driver begins nothing of its own, so that `_begin` is the only BEGIN.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _bring_up_to_date(connection: Connection) -> None:
    if _version(connection) != VERSION:
        from bot.storage.migrating import migrate

        migrate(connection)


def _version(connection: Connection) -> str | None:
    """Of the tables that are there; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
