"""Usage of models, and what of it survives the request; on SQLite and PostgreSQL."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.briefing.tasks import Usage
from bot.service.errors import SettingsError
from bot.service.ports import Attempt, Taken
from bot.storage.archive import DatabaseArchive
from bot.storage.database import Database, open_database
from bot.storage.retention import Retention
from bot.storage.tables import attempts
from bot.storage.usage import DatabaseLedger, usage_since
from tests.fakes import Clock
from tests.storage.examples import mention

DAY = 86_400.0
NOON = 1_767_960_000.0  # 2026-01-09 12:00 UTC


@dataclass
class Stores:
    """A database with its archive and ledger."""

    address: str
    database: Database
    clock: Clock
    archive: DatabaseArchive
    ledger: DatabaseLedger

    async def owners(self) -> list[tuple[str | None, str, str, str]]:
        owner = select(attempts.c.key, attempts.c.team, attempts.c.channel, attempts.c.person)
        async with self.database.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(owner)]


@pytest.fixture
async def stores(address: str) -> AsyncIterator[Stores]:
    database, clock = await open_database(address), Clock(NOON)
    retention = Retention(30, clock)
    yield Stores(
        address,
        database,
        clock,
        DatabaseArchive(database.engine, retention),
        DatabaseLedger(database.engine, retention),
    )
    await database.close()


def attempt(model: str = "large-1", failed: bool = False, **used: float) -> Attempt:
    tokens = {"tokens_in": 100, "tokens_out": 10, **used}
    usage = Usage(**tokens)  # type: ignore[arg-type] # named by the tests
    return Attempt("briefing", model, usage, 1.5, 0.2, failed)


async def test_usage_is_summed_by_day_team_and_model(stores: Stores) -> None:
    asked, others = mention(), mention("2.0", key="msg:T2:C1:2.0", team="T2")
    for each in (asked, others):
        await stores.archive.record(each)
    await stores.ledger.enter(asked, attempt(cost_usd=0.5))
    await stores.ledger.enter(asked, attempt(tokens_in=0, tokens_out=0, failed=True))
    await stores.ledger.enter(asked, attempt("small-1"))
    await stores.ledger.enter(others, attempt(estimated=True))
    stores.clock.now += DAY
    await stores.ledger.enter(asked, attempt(cost_usd=0.25))
    spent = await usage_since(stores.address, NOON)

    assert [(each.day, each.team, each.model) for each in spent] == [
        ("2026-01-09", "T1", "large-1"),
        ("2026-01-09", "T1", "small-1"),
        ("2026-01-09", "T2", "large-1"),
        ("2026-01-10", "T1", "large-1"),
    ]
    first, _, of_others, _ = spent
    assert (first.requests, first.failed, first.seconds) == (2, 1, 3.0)
    assert first.usage == Usage(100, 10, cost_usd=0.5)
    assert of_others.usage == Usage(100, 10, estimated=True)
    assert [each.day for each in await usage_since(stores.address, NOON + 1)] == ["2026-01-10"]


async def test_usage_that_is_entered_after_midnight_counts_for_the_day_before(
    stores: Stores,
) -> None:
    stores.clock.now += DAY / 2 + 60
    late = replace(attempt(), ago=120.0)
    await stores.ledger.enter(mention(), late)
    assert [each.day for each in await usage_since(stores.address, NOON)] == ["2026-01-09"]
    assert await stores.ledger.taken(mention(), NOON + DAY / 2) == Taken(0, 0)


async def test_a_deleted_request_leaves_its_usage_without_the_person(stores: Stores) -> None:
    gone, stays = mention(), mention("2.0")
    for each in (gone, stays):
        await stores.archive.record(each)
        await stores.ledger.enter(each, attempt())
    await stores.archive.delete(gone.key)
    await stores.ledger.enter(gone, attempt())  # it was being worked on

    assert Counter(await stores.owners()) == {
        (None, "T1", "", ""): 2,
        (stays.key, "T1", "C1", "U1"): 1,
    }
    assert [each.requests for each in await usage_since(stores.address, 0)] == [3]


async def test_an_expired_request_leaves_its_usage_for_a_year(stores: Stores) -> None:
    await stores.archive.record(mention())
    await stores.ledger.enter(mention(), attempt())
    await stores.archive.purge(NOON + 31 * DAY)
    assert await stores.owners() == [(None, "T1", "", "")]
    await stores.archive.purge(NOON + 401 * DAY)
    assert await stores.owners() == []


async def test_an_ephemeral_request_leaves_its_usage(stores: Stores) -> None:
    await stores.archive.record(mention(fleeting=True))
    await stores.ledger.enter(mention(fleeting=True), attempt())
    await stores.archive.purge(NOON + 31 * DAY)
    assert await stores.owners() == [(None, "T1", "", "")]


async def test_without_a_database_there_is_no_usage_and_none_is_created(tmp_path: Path) -> None:
    path = tmp_path / "readout.db"
    with pytest.raises(SettingsError, match="has no usage figures"):
        await usage_since(f"sqlite:///{path}", 0)
    assert not path.exists()
    path.touch()
    with pytest.raises(SettingsError, match="has no usage figures"):
        await usage_since(f"sqlite:///{path}", 0)


async def test_tokens_of_a_person_and_their_team_are_counted_since_a_moment(
    stores: Stores,
) -> None:
    ann, bob, elsewhere = mention(key="a"), mention(key="b", person="U2"), mention(team="T2")
    for each in (ann, bob, elsewhere):
        await stores.archive.record(each)
        await stores.ledger.enter(each, attempt())
    stores.clock.now += 60
    await stores.ledger.enter(ann, attempt())

    assert await stores.ledger.taken(ann, NOON) == Taken(220, 330)
    assert await stores.ledger.taken(ann, NOON + 1) == Taken(110, 110)
    await stores.archive.delete("a")
    assert await stores.ledger.taken(ann, NOON) == Taken(0, 330)
    assert await stores.ledger.taken(mention(team="T3"), NOON) == Taken(0, 0)
