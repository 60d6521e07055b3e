"""On a server each worker has a slot, and one whose worker died is known to be free."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import QueuePool, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.service.errors import SettingsError
from bot.storage.database import ServerLock, joined_database

SECONDS = 20
_END_THE_SESSIONS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@pytest.fixture
async def engine(postgresql: str) -> AsyncIterator[AsyncEngine]:
    engine = joined_database(postgresql)
    yield engine
    await engine.dispose()


async def taken(engine: AsyncEngine) -> ServerLock:
    lock = ServerLock(engine)
    await lock.take()
    return lock


async def restarted(engine: AsyncEngine) -> None:
    """The server drops every session that holds a slot."""
    async with engine.connect() as connection:
        await connection.execute(_END_THE_SESSIONS)


async def test_each_worker_gets_the_lowest_slot_that_is_free(engine: AsyncEngine) -> None:
    first, second, third = [await taken(engine) for _ in range(3)]
    assert [each.number for each in (first, second, third)] == [0, 1, 2]
    await second.release()
    again = await taken(engine)
    assert again.number == 1
    for each in (first, again, third):
        await each.release()


async def test_only_a_slot_whose_worker_is_gone_was_left(engine: AsyncEngine) -> None:
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


async def test_a_slot_that_the_server_dropped_is_taken_again(engine: AsyncEngine) -> None:
    lock = await taken(engine)
    await restarted(engine)
    await lock.keep()
    other = await taken(engine)
    assert (lock.number, other.number) == (0, 1)
    await lock.release()
    await other.release()


async def test_a_slot_that_another_took_meanwhile_is_lost(engine: AsyncEngine) -> None:
    lock = await taken(engine)
    await restarted(engine)
    other = await taken(engine)
    assert other.number == 0
    with pytest.raises(SettingsError, match="took over the work of this one"):
        await lock.keep()
    await other.release()


async def test_a_slot_of_a_worker_that_keeps_silent_is_left(engine: AsyncEngine) -> None:
    silent, other = ServerLock(engine, seconds=0.3), await taken(engine)
    await silent.take()
    async with asyncio.timeout(SECONDS):
        while not await is_left(other, silent.number):
            await asyncio.sleep(0.05)
    await silent.keep()  # it was not taken by another
    assert not await is_left(other, silent.number)
    await other.release()
    await silent.release()


async def test_a_take_over_that_fails_leaves_the_slot_to_others(
    engine: AsyncEngine, postgresql: str
) -> None:
    first, second = [await taken(engine) for _ in range(2)]
    await second.release()
    with pytest.raises(RuntimeError):
        async with first.left_by(1):
            raise RuntimeError
    another = joined_database(postgresql)
    third = await taken(another)
    assert third.number == 1
    await third.release()
    await another.dispose()
    await first.release()


@pytest.mark.parametrize("how", [ServerLock.take, ServerLock.keep])
async def test_a_slot_that_can_not_be_taken_leaves_no_session_behind(
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
