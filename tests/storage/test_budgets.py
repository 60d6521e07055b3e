"""Workers on one database share the budget of Slack calls."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.service.ports import Allowance
from bot.storage.archive import DatabaseArchive
from bot.storage.budgets import DatabaseCallBudgets, shared_budgets
from bot.storage.database import Database, open_database
from bot.storage.retention import Retention

BUDGET, SLOW = ("chat.update", "T1"), Allowance(25.0, 3_000.0)


@pytest.fixture
async def server(postgresql: str) -> AsyncIterator[Database]:
    database = await open_database(postgresql)
    yield database
    await database.close()


async def taken(budgets: DatabaseCallBudgets, calls: int) -> int:
    return sum([await budgets.is_taken(BUDGET, SLOW) for _ in range(calls)])


async def statements(server: Database) -> int:
    """How many times a call was counted."""
    async with server.engine.connect() as connection:
        counted = text("SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = :t")
        await connection.execute(text("SELECT pg_stat_clear_snapshot()"))
        return await connection.scalar(counted, {"t": "call_budgets"}) or 0


async def test_workers_together_make_no_more_calls_than_allowed(server: Database) -> None:
    workers = [DatabaseCallBudgets(server.engine) for _ in range(4)]
    made = await asyncio.gather(*(taken(each, 25) for each in workers))
    assert 25 - 3 * len(workers) <= sum(made) <= 25, "some were counted ahead and not made"
    assert await workers[0].room(BUDGET, SLOW) == 0
    assert await workers[0].is_taken(("chat.update", "T2"), SLOW)


async def test_a_single_worker_may_use_the_whole_budget(server: Database) -> None:
    assert await taken(DatabaseCallBudgets(server.engine), 30) == 25


async def test_the_budget_refills_with_time(server: Database) -> None:
    budgets, quick = DatabaseCallBudgets(server.engine), Allowance(3.0, 0.3)
    assert [await budgets.is_taken(BUDGET, quick) for _ in range(3)] == [True] * 3
    async with asyncio.timeout(60):
        while not await budgets.is_taken(BUDGET, quick):
            await asyncio.sleep(0.05)


async def test_a_failing_database_does_not_block_calls(server: Database) -> None:
    async with server.engine.begin() as connection:
        await connection.execute(text("DROP TABLE call_budgets"))
    assert await DatabaseCallBudgets(server.engine).is_taken(BUDGET, SLOW)


async def test_a_budget_unused_for_an_hour_is_deleted(server: Database) -> None:
    await taken(DatabaseCallBudgets(server.engine), 1)
    archive = DatabaseArchive(server.engine, Retention(30))
    async with server.engine.connect() as connection:
        count = text("SELECT count(*), min(at) FROM call_budgets")
        kept, at = (await connection.execute(count)).one()
        assert kept == 1
        await archive.purge(at + 3_599)
        assert (await connection.execute(count)).one()[0] == 1
        await archive.purge(at + 3_601)
        assert (await connection.execute(count)).one()[0] == 0


async def test_sqlite_needs_no_shared_budget(sqlite: str) -> None:
    database = await open_database(sqlite)
    assert shared_budgets(database.engine) is None
    await database.close()
