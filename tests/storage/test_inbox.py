"""What arrived is kept until it is understood, and not for ever."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from bot.service.ports import InboxEvent
from bot.storage.database import Database, open_database
from bot.storage.inbox import DatabaseInbox
from bot.storage.tables import arrivals

ONE, TWO = InboxEvent("1", '{"event": 1}'), InboxEvent("2", '{"event": 2}')


@dataclass
class Clock:
    now: float = 1_764_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = await open_database(address)
    yield database
    await database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(database: Database, clock: Clock) -> DatabaseInbox:
    return DatabaseInbox(database.engine, clock)


async def test_what_is_understood_is_forgotten_and_the_rest_is_left_in_order(
    inbox: DatabaseInbox, clock: Clock
) -> None:
    await inbox.keep([TWO])
    clock.now += 1
    await inbox.keep([ONE])
    assert await inbox.left(0) == (TWO, ONE)
    await inbox.forget({"2"})
    assert await inbox.left(0) == (ONE,)


async def test_what_comes_again_is_not_new_whoever_kept_it(
    database: Database, inbox: DatabaseInbox, clock: Clock
) -> None:
    another = DatabaseInbox(database.engine, clock)
    assert await inbox.keep([ONE]) == {"1"}
    assert await another.keep([ONE, TWO]) == {"2"}
    assert set(await inbox.left(0)) == {ONE, TWO}
    await inbox.forget({"1"})
    assert await another.keep([ONE]) == {"1"}


async def test_what_is_being_understood_is_not_taken_by_another(
    inbox: DatabaseInbox, clock: Clock
) -> None:
    await inbox.keep([ONE])
    clock.now += 119
    assert await inbox.left(120) == ()
    clock.now += 1
    assert await inbox.left(120) == (ONE,)
    assert await inbox.left(120) == ()


@pytest.mark.parametrize("hours", [-5, 5])
async def test_what_a_dead_process_left_is_found_by_a_clock_that_was_set_since(
    inbox: DatabaseInbox, clock: Clock, hours: int
) -> None:
    await inbox.keep([ONE])
    clock.now += hours * 3_600
    assert await inbox.left(0) == (ONE,)
    await inbox.keep([TWO])
    clock.now += hours * 3_600
    assert set(await inbox.left(120)) == {ONE, TWO}
    assert await inbox.left(120) == ()


async def test_what_kills_whoever_takes_it_is_forgotten_in_the_end(
    database: Database, inbox: DatabaseInbox
) -> None:
    await inbox.keep([ONE])
    assert [len(await inbox.left(0)) for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    async with database.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(arrivals)) == 0
