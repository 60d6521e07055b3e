"""Which database is it, how is it reached, and does it have today's tables?"""

import asyncio
import fcntl
import math
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, Engine, event, func, inspect, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from bot.service.errors import SettingsError
from bot.service.ports import Slot
from bot.storage.tables import VERSION

# How is SQLite queried without a thread for every step?
#
# aiosqlite hands each step of a statement to its thread, four or five for one SELECT. SQLite has
# answered long before the thread is woken, and each hand-over waits for the interpreter: under load
# that was most of what a mention cost. This connection takes its steps where they are called, the
# commit included: half a millisecond on a local disk, which is where a SQLite file belongs.
#
# Only waiting for another process that is writing to the file yields to the event loop: SQLite
# itself would block it for as long as that takes.

Given = ParamSpec("Given")
Result = TypeVar("Result")

_LONGEST_WAIT = 30.0
_SECONDS_BETWEEN_TRIES = 0.005

# As `aiosqlite.connect` has it; rows are always fetched whole here.
_ROWS_AT_ONCE = 64


class InPlaceConnection(aiosqlite.Connection):
    """For one task at a time, as the pool lends it."""

    async def _execute(
        self, fn: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        if fn == self._conn.close:
            result: Result = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
            return result
        until = time.monotonic() + _LONGEST_WAIT
        while True:
            try:
                return fn(*args, **kwargs)
            except sqlite3.OperationalError as error:
                # What found the file locked has changed nothing, and may be done once more.
                is_locked = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_locked or time.monotonic() > until:
                    raise
            await asyncio.sleep(_SECONDS_BETWEEN_TRIES)


async def connected(path: Path) -> InPlaceConnection:
    """A connection to the file at ``path``."""
    connect = partial(sqlite3.connect, path, check_same_thread=False, timeout=0)
    connection = InPlaceConnection(connect, _ROWS_AT_ONCE)
    await connection
    return connection


# How is a transaction run without yielding to the event loop in the middle?
#
# SQLAlchemy's own context manager ends a transaction in a task of its own, several turns of the
# loop later. On SQLite's one connection everybody else waits for that: fifty mentions a second
# waited 150 ms each for a statement of 2 ms. Here nothing is awaited that has not happened, so on
# SQLite a transaction is over before the loop turns.

READS = "readout_reads"
"""The execution option of a connection that only reads: it keeps no writer waiting."""


@asynccontextmanager
async def transaction(
    engine: AsyncEngine, options: Mapping[str, object] | None = None
) -> AsyncIterator[AsyncConnection]:
    """A connection whose work is committed at the end of the block, or undone if it fails;
    ``options`` are those of its execution."""
    if options is None and engine.dialect.name != "sqlite":
        options = {"isolation_level": "READ COMMITTED"}
    async with _connection(engine, options) as connection:
        begun = await connection.begin().start()
        try:
            yield connection
        except BaseException:
            await begun.rollback()
            raise
        await begun.commit()


@asynccontextmanager
async def _connection(
    engine: AsyncEngine, options: Mapping[str, object] | None = None
) -> AsyncIterator[AsyncConnection]:
    connection = await engine.connect().start()
    try:
        if options:
            await connection.execution_options(**options)
        yield connection
    finally:
        await connection.close()


def snapshot(engine: AsyncEngine) -> AbstractAsyncContextManager[AsyncConnection]:
    """A connection that only reads: on SQLite what stands in the file as the block begins, on a
    server what stands there at each statement."""
    is_sqlite = engine.dialect.name == "sqlite"
    return transaction(engine, {READS: True}) if is_sqlite else _connection(engine)


def statement(engine: AsyncEngine) -> AbstractAsyncContextManager[AsyncConnection]:
    """A connection for one statement that writes."""
    return transaction(engine) if engine.dialect.name == "sqlite" else _connection(engine)


# Which Readout is it, among those on its database?
#
# A SQLite file has one: a second would answer every mention twice. A PostgreSQL database has as
# many as there are, each in a slot of its own, which names what it works on: the lowest that is
# free. The slot goes with the process, however that ends: the system drops a file's lock, and
# PostgreSQL the advisory locks of a closed session. So whoever gets the lock of a slot knows that
# its worker is dead. One that is stopped, or cut off from the server, keeps its session open and
# says nothing: PostgreSQL ends that after a while (from version 14 on).

# An arbitrary number that means Readout among the advisory locks of one database.
_ADVISORY = 0x52454144
_MOST_SLOTS = 256
# More than `processes` gives a process that hangs: then it is dead when another takes over.
_SILENT_SECONDS = 90.0
_TRY = text("SELECT pg_try_advisory_lock(:readout, :slot)")
_TRY_FOR_A_WHILE = text("SELECT pg_try_advisory_xact_lock(:readout, :slot)")
_LET_GO = text("SELECT pg_advisory_unlock_all()")
_END_WHEN_SILENT = text(
    "SELECT set_config(name, :milliseconds, false) FROM pg_settings"
    " WHERE name = 'idle_session_timeout'"
)


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
        os.close(self._descriptor)

    async def keep(self) -> None:
        """Nothing: the system keeps it."""

    @asynccontextmanager
    async def left_by(self, slot: int) -> AsyncIterator[bool]:
        yield False  # there is no other slot


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
    # The server notices some time later that it is closed.
    if not session.invalidated:
        with suppress(SQLAlchemyError):
            await session.execute(_LET_GO)
    await session.invalidate()
    await session.close()


async def _is_taken(session: AsyncConnection, slot: int) -> bool:
    return bool(await session.scalar(_TRY, {"readout": _ADVISORY, "slot": slot}))


# SQLite is opened as durable state needs it: a write-ahead log that is flushed at each commit,
# every transaction that may write begun as a writer (a reader that turns writer would lose the
# other's update), and freed pages overwritten. PostgreSQL does all that anyway.

_MIGRATING = 0x5245414D
# Of a process; what waits for one gets it in milliseconds. With all that a worker has, four workers
# need fewer than the hundred that a server takes by itself.
_CONNECTIONS = 4
_USED, _IDLE_SECONDS = "readout_used", 1.0
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
    lock: Slot

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
        server = create_async_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=_CONNECTIONS,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",  # to begin and to end a transaction are two questions
        )
        event.listen(server.sync_engine, "checkin", _note_use)
        event.listen(server.sync_engine, "checkout", partial(_look_at, server.sync_engine))
        return server
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


def _note_use(_: object, entry: ConnectionPoolEntry) -> None:
    entry.info[_USED] = time.monotonic()


def _look_at(
    engine: Engine, connection: DBAPIConnection, entry: ConnectionPoolEntry, _: object
) -> None:
    """Whether the server is still there, asked of a connection that nobody used for a while: a
    restart of it ends all, and what finds that out fails."""
    if time.monotonic() - entry.info.get(_USED, -math.inf) > _IDLE_SECONDS:
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error


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
        async with transaction(database.engine) as connection:
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
    with suppress(ArgumentError):
        url = make_url(address)
        is_known = url.drivername in ("sqlite", "postgresql", "postgres")
        if is_known and url.database and url.database != ":memory:":
            return url
    raise SettingsError(
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
