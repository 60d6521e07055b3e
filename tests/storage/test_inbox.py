"""Events are stored until they are handled, and not for ever."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.service.ports import InboxEvent
from bot.storage.database import Database, open_database
from bot.storage.inbox import DatabaseInbox
from bot.storage.tables import arrivals
from tests.fakes import Clock

ONE, TWO = InboxEvent("1", '{"event": 1}'), InboxEvent("2", '{"event": 2}')


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = await open_database(address)
    yield database
    await database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(1_764_000_000.0)


@pytest.fixture
def inbox(database: Database, clock: Clock) -> DatabaseInbox:
    return DatabaseInbox(database.engine, clock)


async def test_handled_events_are_deleted_and_the_rest_stay_in_order(
    inbox: DatabaseInbox, clock: Clock
) -> None:
    await inbox.keep([TWO])
    clock.now += 1
    await inbox.keep([ONE])
    assert await inbox.left(0) == (TWO, ONE)
    await inbox.forget({"2"})
    assert await inbox.left(0) == (ONE,)


async def test_an_event_delivered_again_is_not_new_to_any_process(
    database: Database, inbox: DatabaseInbox, clock: Clock
) -> None:
    another = DatabaseInbox(database.engine, clock)
    assert await inbox.keep([ONE]) == {"1"}
    assert await another.keep([ONE, TWO]) == {"2"}
    assert set(await inbox.left(0)) == {ONE, TWO}
    await inbox.forget({"1"})
    assert await another.keep([ONE]) == {"1"}


async def test_an_event_in_progress_is_not_taken_by_another_process(
    inbox: DatabaseInbox, clock: Clock
) -> None:
    await inbox.keep([ONE])
    clock.now += 119
    assert await inbox.left(120) == ()
    clock.now += 1
    assert await inbox.left(120) == (ONE,)
    assert await inbox.left(120) == ()


async def test_a_renewed_event_is_left_to_its_process_and_never_dropped(
    inbox: DatabaseInbox, clock: Clock
) -> None:
    await inbox.keep([ONE, TWO])
    for _ in range(10):
        clock.now += 60
        await inbox.renew({"1"})
        assert ONE not in await inbox.left(120)
    clock.now += 120
    assert ONE in await inbox.left(120)


@pytest.mark.parametrize("hours", [-5, 5])
async def test_events_of_a_dead_process_are_found_despite_a_clock_change(
    inbox: DatabaseInbox, clock: Clock, hours: int
) -> None:
    await inbox.keep([ONE])
    clock.now += hours * 3_600
    assert await inbox.left(0) == (ONE,)
    await inbox.keep([TWO])
    clock.now += hours * 3_600
    assert set(await inbox.left(120)) == {ONE, TWO}
    assert await inbox.left(120) == ()


async def test_an_event_that_kills_every_process_is_dropped_in_the_end(
    database: Database, inbox: DatabaseInbox
) -> None:
    await inbox.keep([ONE])
    assert [len(await inbox.left(0)) for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    async with database.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(arrivals)) == 0
