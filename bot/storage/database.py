"""Opens the database, brings its tables up to date, and runs transactions."""

import asyncio
import fcntl
import math
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
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

# Queries SQLite without a thread for each step.
#
# aiosqlite hands each step of a statement to its thread, four or five for one SELECT. SQLite
# answers long before the thread wakes up, and each hand-over waits for the interpreter: under load
# that was most of the cost of a mention. This connection runs each step in the event loop's thread,
# even the commit, which takes half a millisecond on a local disk, where a SQLite file belongs.
#
# Only waiting for another process that is writing to the file yields to the event loop: SQLite
# itself would block it.

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_LONGEST_WAIT = 30.0
_SECONDS_BETWEEN_TRIES = 0.005

# The default of `aiosqlite.connect`; this code always fetches all rows.
_ROWS_AT_ONCE = 64


class InPlaceConnection(aiosqlite.Connection):
    """Runs its statements in the event loop's thread; for one task at a time, as in a pool."""

    async def _execute(
        self, fn: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        if fn == self._conn.close:
            result: Result = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
            return result
        until = time.monotonic() + _LONGEST_WAIT
        while True:
            try:
                return fn(*args, **kwargs)
            except sqlite3.OperationalError as error:
                # A step that found the file locked changed nothing and can be repeated.
                is_locked = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_locked or time.monotonic() > until:
                    raise
            await asyncio.sleep(_SECONDS_BETWEEN_TRIES)


async def connect(path: Path) -> InPlaceConnection:
    """A connection to the file at ``path``."""
    connector = partial(sqlite3.connect, path, check_same_thread=False, timeout=0)
    connection = InPlaceConnection(connector, _ROWS_AT_ONCE)
    await connection
    return connection


# Runs transactions without yielding to the event loop in between.
#
# SQLAlchemy's own context manager ends a transaction in a task of its own, several turns of the
# loop later. SQLite has one connection, so everybody waits for that: with fifty mentions a second,
# each waited 150 ms for a statement of 2 ms. Here a transaction on SQLite ends before the loop
# turns.

READ_ONLY = "readout_reads"
"""The execution option of a connection that only reads, so that no writer waits for it."""


@asynccontextmanager
async def transaction(
    engine: AsyncEngine, options: Mapping[str, object] | None = None
) -> AsyncIterator[AsyncConnection]:
    """A connection whose work is committed at the end of the block, or rolled back if it fails;
    ``options`` are its execution options."""
    if options is None and engine.dialect.name != "sqlite":
        options = {"isolation_level": "READ COMMITTED"}
    async with _connection(engine, options) as connection:
        running = await connection.begin().start()
        try:
            yield connection
        except BaseException:
            await running.rollback()
            raise
        await running.commit()


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
    """A connection that only reads: on SQLite it sees the state at the beginning of the block, on a
    server the state at each statement."""
    is_sqlite = engine.dialect.name == "sqlite"
    return transaction(engine, {READ_ONLY: True}) if is_sqlite else _connection(engine)


def statement(engine: AsyncEngine) -> AbstractAsyncContextManager[AsyncConnection]:
    """A connection for one statement that writes."""
    return transaction(engine) if engine.dialect.name == "sqlite" else _connection(engine)


# Locks that keep the Readouts on one database apart.
#
# A SQLite file has one: a second would answer every mention twice. A PostgreSQL database can have
# several, each in a slot of its own, the lowest free one, which marks its work. The slot is
# released with the process, however that ends: the system drops a file's lock, and PostgreSQL the
# advisory locks of a closed session. So whoever gets the lock of a slot knows that its worker is
# dead. One that is stopped, or cut off from the server, keeps its session open in silence:
# PostgreSQL ends it after a while (from version 14 on).

# An arbitrary number for Readout among the advisory locks of a database.
_ADVISORY = 0x52454144
_MOST_SLOTS = 256
# Longer than `processes` waits for a process that hangs, which is dead when another takes over.
_SILENT_SECONDS = 90.0
_TRY = text("SELECT pg_try_advisory_lock(:readout, :slot)")
_TRY_FOR_A_WHILE = text("SELECT pg_try_advisory_xact_lock(:readout, :slot)")
_LET_GO = text("SELECT pg_advisory_unlock_all()")
_END_WHEN_SILENT = text(
    "SELECT set_config(name, :milliseconds, false) FROM pg_settings"
    " WHERE name = 'idle_session_timeout'"
)


class FileLock:
    """The only slot of a SQLite database: a lock on a file next to it.

    Raises:
        SettingsError: another process holds it.
    """

    number = 0

    def __init__(self, database: Path) -> None:
        lock_file = database.with_name(f"{database.name}.lock")
        self._descriptor = os.open(lock_file, os.O_CREAT | os.O_RDWR, 0o600)
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
        """Do nothing: the system keeps the lock."""

    @asynccontextmanager
    async def left_by(self, slot: int) -> AsyncIterator[bool]:
        yield False  # there is no other slot


class ServerLock:
    """A slot of a PostgreSQL database, held by a session of its own. It is lost after that many
    ``seconds`` without `keep`."""

    def __init__(self, engine: AsyncEngine, seconds: float = _SILENT_SECONDS) -> None:
        self._engine = engine
        self._seconds = seconds
        self._session: AsyncConnection | None = None
        self.number = -1

    async def take(self) -> None:
        """Take the lowest free slot.

        Raises:
            SettingsError: there is none.
            SQLAlchemyError: the server can't be reached.
        """
        async with self._session_to_keep() as session:
            for slot in range(_MOST_SLOTS):
                if await _try_lock(session, slot):
                    self.number = slot
                    return
            raise SettingsError(f"{_MOST_SLOTS} Readouts are using this database. Stop some.")

    async def release(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await _end_session(session)

    async def keep(self) -> None:
        """Take the slot again if the server dropped it, as when it restarts.

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
            if not await _try_lock(session, self.number):
                raise SettingsError(
                    "Another Readout took over the work of this one. Start it again."
                )

    @asynccontextmanager
    async def left_by(self, slot: int) -> AsyncIterator[bool]:
        # The lock is released with the transaction, however the block ends.
        async with transaction(self._engine) as connection:
            named = {"readout": _ADVISORY, "slot": slot}
            yield bool(await connection.scalar(_TRY_FOR_A_WHILE, named))

    @asynccontextmanager
    async def _session_to_keep(self) -> AsyncIterator[AsyncConnection]:
        """A session that is kept if the block takes the slot in it, and ended if it fails."""
        session = await self._engine.connect()
        try:
            await session.execution_options(isolation_level="AUTOCOMMIT")
            milliseconds = str(int(self._seconds * 1000))
            await session.execute(_END_WHEN_SILENT, {"milliseconds": milliseconds})
            yield session
        except BaseException:
            await _end_session(session)
            raise
        self._session = session


async def _end_session(session: AsyncConnection) -> None:
    """Close it for good: in the pool it would keep its lock."""
    # Unlock at once: the server notices only later that the session is closed.
    if not session.invalidated:
        with suppress(SQLAlchemyError):
            await session.execute(_LET_GO)
    await session.invalidate()
    await session.close()


async def _try_lock(session: AsyncConnection, slot: int) -> bool:
    return bool(await session.scalar(_TRY, {"readout": _ADVISORY, "slot": slot}))


# For durable state, SQLite needs a write-ahead log that is flushed at each commit, transactions
# that begin as writers if they may write (a reader that becomes one could lose another's update),
# and freed pages overwritten.

_MIGRATING = 0x5245414D
# For each process; one is free within milliseconds. With all that a worker opens, four workers stay
# below the hundred connections that a server takes by default.
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
    """An open database with up-to-date tables, and the lock on our slot."""

    engine: AsyncEngine
    lock: Slot

    async def close(self) -> None:
        """Close every connection and release the slot."""
        await self.lock.release()
        await self.engine.dispose()


async def open_database(address: str) -> Database:
    """Open the database at ``address`` (`sqlite:///path` or `postgresql://…`, without a driver).

    A file is created if need be. The tables are brought up to date, and the database is locked: a
    file for this process alone, on a server one slot.

    Raises:
        SettingsError: the address is invalid, the database can't be reached, it is from a newer
            Readout, or another Readout has locked it.
    """
    url, engine = _parse_address(address), engine_for(address)
    async with AsyncExitStack() as undo:
        undo.push_async_callback(engine.dispose)
        is_file = url.get_backend_name() == "sqlite"
        lock = _lock_file(Path(url.database or "")) if is_file else await _take_slot(url, engine)
        undo.push_async_callback(lock.release)
        await _migrate(engine)
        undo.pop_all()
    return Database(engine, lock)


def engine_for(address: str) -> AsyncEngine:
    """An engine for the database at ``address``, without a lock and without creating tables.

    Raises:
        SettingsError: the address is invalid.
    """
    url = _parse_address(address)
    if url.get_backend_name() != "sqlite":
        server = create_async_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=_CONNECTIONS,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",  # beginning and ending a transaction are two round trips
        )
        event.listen(server.sync_engine, "checkin", _note_use)
        event.listen(server.sync_engine, "checkout", partial(_ping_if_idle, server.sync_engine))
        return server
    # One connection: writers wait for each other in the event loop, in turn, not inside SQLite.
    engine = create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=partial(connect, Path(url.database or "")),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _note_use(_: object, entry: ConnectionPoolEntry) -> None:
    entry.info[_USED] = time.monotonic()


def _ping_if_idle(
    engine: Engine, connection: DBAPIConnection, entry: ConnectionPoolEntry, _: object
) -> None:
    """Check a connection that nobody used for a while: a restart of the server ends all of them.

    Raises:
        DisconnectionError: it is closed; the pool then opens another.
    """
    if time.monotonic() - entry.info.get(_USED, -math.inf) > _IDLE_SECONDS:
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error


async def is_reachable(engine: AsyncEngine) -> bool:
    """Whether the database answers."""
    async with snapshot(engine) as connection:
        return bool(await connection.scalar(text("SELECT 1")))


def _lock_file(path: Path) -> FileLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # for its owner alone
    except OSError as error:
        raise SettingsError(
            f"The database file {path} is not writable. Set READOUT_DATABASE_URL to a path that is."
        ) from error
    return FileLock(path)


async def _take_slot(url: URL, engine: AsyncEngine) -> ServerLock:
    lock = ServerLock(engine)
    try:
        await lock.take()
    except SQLAlchemyError as error:
        raise SettingsError(
            f"The database server at {url.host or 'this machine'} can't be reached. Check that "
            "it runs and that READOUT_DATABASE_URL has the right name and password."
        ) from error
    return lock


async def _migrate(engine: AsyncEngine) -> None:
    try:
        async with transaction(engine) as connection:
            if connection.dialect.name != "sqlite":
                # If two start at once, the second finds the tables up to date.
                await connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
            await connection.run_sync(_bring_up_to_date)
    except SQLAlchemyError as error:
        raise SettingsError(
            "The database could not be set up. Readout must be allowed to create tables in it; "
            "see the log."
        ) from error


def _parse_address(address: str) -> URL:
    with suppress(ArgumentError):
        url = make_url(address)
        is_known = url.drivername in ("sqlite", "postgresql", "postgres")
        if is_known and url.database and url.database != ":memory:":
            return url
    raise SettingsError(
        "READOUT_DATABASE_URL must be sqlite:///path/to/file or "
        "postgresql://user:password@host/database."
    )


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # None: the driver begins no transactions; `_begin` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    is_read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if is_read_only else "BEGIN IMMEDIATE")


def _bring_up_to_date(connection: Connection) -> None:
    if _version(connection) != VERSION:
        from bot.storage.migrating import migrate

        migrate(connection)


def _version(connection: Connection) -> str | None:
    """The version of the tables; None if there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
