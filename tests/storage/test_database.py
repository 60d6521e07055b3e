"""Opening a database: address, tables, locks, and rows of older versions."""

import asyncio
import json
import logging
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, QueuePool, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.service.errors import SettingsError
from bot.storage.archive import DatabaseArchive
from bot.storage.database import ServerLock, engine_for, open_database, transaction
from bot.storage.retention import Retention
from bot.storage.tables import mentions, metadata, threads
from tests.storage.examples import mention


async def test_migrations_create_exactly_the_tables_that_the_code_defines(empty: str) -> None:
    database = await open_database(empty)
    async with database.engine.begin() as connection:
        assert await connection.run_sync(_differences) == []
    await database.close()


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "include_name": _is_in_the_metadata}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


def _is_in_the_metadata(name: str | None, _kind: str, _parents: object) -> bool:
    """Each database has its own kind of full-text index, with extra tables; what workers share
    exists only on a server."""
    return not (name or "").startswith(("findings_words", "call_budgets"))


async def test_reopening_a_database_finds_its_rows(
    empty: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    asked = mention()
    for first_time in (True, False):
        database = await open_database(empty)
        archive = DatabaseArchive(database.engine, Retention(30))
        assert await archive.record(asked) is first_time
        await database.close()
    assert caplog.records == []


async def test_a_file_is_locked_by_one_process(sqlite: str) -> None:
    database = await open_database(sqlite)
    with pytest.raises(SettingsError, match="Another Readout already serves this database"):
        await open_database(sqlite)
    await database.close()
    await (await open_database(sqlite)).close()


async def test_a_database_of_a_newer_readout_is_refused(address: str) -> None:
    database = await open_database(address)
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(SettingsError, match="newer Readout"):
        await open_database(address)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("mysql://localhost/readout", id="another kind"),
        pytest.param("sqlite+aiosqlite:////tmp/x.sqlite", id="with a driver"),
        pytest.param("postgresql+psycopg://localhost/readout", id="server with a driver"),
        pytest.param("sqlite://", id="in memory"),
        pytest.param("postgresql://localhost", id="no database named"),
        pytest.param("readout.sqlite", id="a bare path"),
    ],
)
async def test_an_unsupported_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="READOUT_DATABASE_URL must be"):
        await open_database(address)


async def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1 can't be reached") as refused:
        await open_database("postgresql://someone:secret@127.0.0.1:1/readout")
    assert "secret" not in refused.value.message


async def test_an_unwritable_path_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="is not writable"):
        await open_database(f"sqlite:///{tmp_path}/file/readout.sqlite")


async def test_the_file_is_private_and_flushed_at_each_commit(tmp_path: Path) -> None:
    path = tmp_path / "new" / "readout.sqlite"
    database = await open_database(f"sqlite:///{path}")
    expected = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    async with database.engine.begin() as connection:
        for pragma, value in expected.items():
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value, pragma
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    await database.close()


async def test_concurrent_writers_lose_nothing(address: str) -> None:
    database = await open_database(address)
    row = {"team": "T", "channel": "C", "thread": "1", "person": "U", "created": 0, "expires": 0}
    async with database.engine.begin() as connection:
        await connection.execute(insert(threads).values(**row, muted=False))
    await asyncio.gather(*(_read_then_write(database.engine) for _ in range(50)))
    async with database.engine.begin() as connection:
        assert await connection.scalar(select(threads.c.expires)) == 50
    await database.close()


async def _read_then_write(engine: AsyncEngine) -> None:
    async with transaction(engine) as connection:
        count = await connection.scalar(select(threads.c.expires).with_for_update())
        await connection.execute(update(threads).values(expires=(count or 0) + 1))


async def test_a_row_from_before_a_field_was_added_can_be_read(sqlite: str) -> None:
    database = await open_database(sqlite)
    archive = DatabaseArchive(database.engine, Retention(30))
    asked = mention(text="brief this")
    await archive.record(asked)
    async with database.engine.begin() as connection:
        content = json.loads(str(await connection.scalar(select(mentions.c.content))))
        del content["permalink"], content["wishes"]["angle"]
        older = json.dumps(content | {"field_that_has_gone": 1})
        await connection.execute(update(mentions).values(content=older))
    assert await archive.mention(asked.key) == asked
    await database.close()


# On a server each worker has a slot, and a dead worker's slot is known.


SECONDS = 60
_END_THE_SESSIONS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@pytest.fixture
async def engine(postgresql: str) -> AsyncIterator[AsyncEngine]:
    engine = engine_for(postgresql)
    yield engine
    await engine.dispose()


async def taken(engine: AsyncEngine) -> ServerLock:
    lock = ServerLock(engine)
    await lock.take()
    return lock


async def restarted(engine: AsyncEngine) -> None:
    """Make the server drop every session with a slot."""
    async with engine.connect() as connection:
        await connection.execute(_END_THE_SESSIONS)


async def test_each_worker_gets_the_lowest_free_slot(engine: AsyncEngine) -> None:
    first, second, third = [await taken(engine) for _ in range(3)]
    assert [each.number for each in (first, second, third)] == [0, 1, 2]
    await second.release()
    again = await taken(engine)
    assert again.number == 1
    for each in (first, again, third):
        await each.release()


async def test_only_a_dead_worker_s_slot_counts_as_left(engine: AsyncEngine) -> None:
    first, second = [await taken(engine) for _ in range(2)]
    async with first.left_by(1) as is_dead:
        assert not is_dead
    await second.release()
    async with first.left_by(1) as is_dead:
        assert is_dead
        third = await taken(engine)
    fourth = await taken(engine)
    assert (third.number, fourth.number) == (2, 1)
    for each in (first, third, fourth):
        await each.release()


async def test_a_slot_dropped_by_the_server_is_taken_again(engine: AsyncEngine) -> None:
    lock = await taken(engine)
    await restarted(engine)
    await lock.keep()
    other = await taken(engine)
    assert (lock.number, other.number) == (0, 1)
    await lock.release()
    await other.release()


async def test_a_slot_taken_by_another_meanwhile_is_lost(engine: AsyncEngine) -> None:
    lock = await taken(engine)
    await restarted(engine)
    other = await taken(engine)
    assert other.number == 0
    with pytest.raises(SettingsError, match="took over the work of this one"):
        await lock.keep()
    await other.release()


async def test_a_silent_worker_s_slot_counts_as_left(engine: AsyncEngine) -> None:
    silent, other = ServerLock(engine, seconds=3.0), await taken(engine)
    await silent.take()
    async with asyncio.timeout(SECONDS):
        while not await is_left(other, silent.number):
            await asyncio.sleep(0.05)
    await silent.keep()  # it was not taken by another
    assert not await is_left(other, silent.number)
    await other.release()
    await silent.release()


async def test_a_failed_takeover_leaves_the_slot_to_others(
    engine: AsyncEngine, postgresql: str
) -> None:
    first, second = [await taken(engine) for _ in range(2)]
    await second.release()
    with pytest.raises(RuntimeError):
        async with first.left_by(1):
            raise RuntimeError
    another = engine_for(postgresql)
    third = await taken(another)
    assert third.number == 1
    await third.release()
    await another.dispose()
    await first.release()


@pytest.mark.parametrize("how", [ServerLock.take, ServerLock.keep])
async def test_a_slot_that_can_t_be_taken_leaves_no_session_behind(
    engine: AsyncEngine, how: Callable[[ServerLock], Awaitable[None]]
) -> None:
    lock = ServerLock(engine, seconds=-1)  # which the server refuses
    with pytest.raises(SQLAlchemyError):
        await how(lock)
    assert isinstance(engine.pool, QueuePool)
    assert engine.pool.checkedout() == 0


async def is_left(lock: ServerLock, slot: int) -> bool:
    async with lock.left_by(slot) as is_dead:
        return is_dead
