"""What the models took, and what of it outlives the request; the same on SQLite and PostgreSQL."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.briefing.tasks import Usage
from bot.service.errors import SettingsError
from bot.service.ports import AskedIn, Attempt, Notice, Outcome, Taken, TeamFigures
from bot.storage.archive import DatabaseArchive
from bot.storage.database import Database, open_database
from bot.storage.retention import Retention
from bot.storage.tables import attempts
from bot.storage.usage import DatabaseFigures, DatabaseLedger, spent_since
from tests.storage.examples import answer, briefing, document, mention

DAY = 86_400.0
NOON = 1_767_960_000.0  # 2026-01-09 12:00 UTC


@dataclass
class Clock:
    now: float = NOON

    def __call__(self) -> float:
        return self.now


@dataclass
class Books:
    """What a database knows of requests and of what models took for them."""

    address: str
    database: Database
    clock: Clock
    archive: DatabaseArchive
    ledger: DatabaseLedger
    figures: DatabaseFigures

    async def owners(self) -> list[tuple[str | None, str, str, str]]:
        owner = select(attempts.c.key, attempts.c.team, attempts.c.channel, attempts.c.person)
        async with self.database.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(owner)]

    async def replied(self, channel: str, outcome: Outcome, team: str = "T1") -> str:
        """The key of a request in that channel that was answered so."""
        self.clock.now += 1
        ts = f"{self.clock.now - NOON}"
        key = f"msg:{team}:{channel}:{ts}"
        asked = replace(mention(ts, key=key, team=team), channel=channel)
        await self.archive.record(asked)
        await self.archive.keep_outcome(asked, outcome)
        return key

    async def took(self, usage: Usage, team: str = "T1") -> None:
        attempt = Attempt("briefing", "large-1", usage, 1.0, None, failed=False)
        await self.ledger.enter(mention("0.5", team=team), attempt)


@pytest.fixture
async def books(address: str) -> AsyncIterator[Books]:
    database, clock = await open_database(address), Clock()
    retention = Retention(30, clock)
    yield Books(
        address,
        database,
        clock,
        DatabaseArchive(database.engine, retention),
        DatabaseLedger(database.engine, retention),
        DatabaseFigures(database.engine, clock),
    )
    await database.close()


def attempt(model: str = "large-1", failed: bool = False, **used: float) -> Attempt:
    tokens = {"tokens_in": 100, "tokens_out": 10, **used}
    usage = Usage(**tokens)  # type: ignore[arg-type] # named by the tests
    return Attempt("briefing", model, usage, 1.5, 0.2, failed)


async def test_figures_are_told_by_day_team_and_model(books: Books) -> None:
    asked, others = mention(), mention("2.0", key="msg:T2:C1:2.0", team="T2")
    for each in (asked, others):
        await books.archive.record(each)
    await books.ledger.enter(asked, attempt(cost_usd=0.5))
    await books.ledger.enter(asked, attempt(tokens_in=0, tokens_out=0, failed=True))
    await books.ledger.enter(asked, attempt("small-1"))
    await books.ledger.enter(others, attempt(estimated=True))
    books.clock.now += DAY
    await books.ledger.enter(asked, attempt(cost_usd=0.25))
    spent = await spent_since(books.address, NOON)

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
    assert [each.day for each in await spent_since(books.address, NOON + 1)] == ["2026-01-10"]


async def test_what_is_deleted_leaves_its_figures_and_not_whose_they_were(books: Books) -> None:
    gone, stays = mention(), mention("2.0")
    for each in (gone, stays):
        await books.archive.record(each)
        await books.ledger.enter(each, attempt())
    await books.archive.delete(gone.key)
    await books.ledger.enter(gone, attempt())  # it was being worked on

    assert Counter(await books.owners()) == {
        (None, "T1", "", ""): 2,
        (stays.key, "T1", "C1", "U1"): 1,
    }
    assert [each.requests for each in await spent_since(books.address, 0)] == [3]


async def test_what_expires_leaves_its_figures_for_a_year(books: Books) -> None:
    await books.archive.record(mention())
    await books.ledger.enter(mention(), attempt())
    await books.archive.purge(NOON + 31 * DAY)
    assert await books.owners() == [(None, "T1", "", "")]
    await books.archive.purge(NOON + 401 * DAY)
    assert await books.owners() == []


async def test_the_figures_stay_of_what_is_kept_for_an_hour_only(books: Books) -> None:
    await books.archive.record(mention(fleeting=True))
    await books.ledger.enter(mention(fleeting=True), attempt())
    await books.archive.purge(NOON + 31 * DAY)
    assert await books.owners() == [(None, "T1", "", "")]


async def test_without_a_database_there_are_no_figures_and_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "readout.db"
    with pytest.raises(SettingsError, match="has no usage figures"):
        await spent_since(f"sqlite:///{path}", 0)
    assert not path.exists()
    path.touch()
    with pytest.raises(SettingsError, match="has no usage figures"):
        await spent_since(f"sqlite:///{path}", 0)


async def test_what_was_taken_for_a_person_and_their_team_is_counted_since_then(
    books: Books,
) -> None:
    ann, bob, elsewhere = mention(key="a"), mention(key="b", person="U2"), mention(team="T2")
    for each in (ann, bob, elsewhere):
        await books.archive.record(each)
        await books.ledger.enter(each, attempt())
    books.clock.now += 60
    await books.ledger.enter(ann, attempt())

    assert await books.ledger.taken(ann, NOON) == Taken(220, 330)
    assert await books.ledger.taken(ann, NOON + 1) == Taken(110, 110)
    await books.archive.delete("a")
    assert await books.ledger.taken(ann, NOON) == Taken(0, 330)
    assert await books.ledger.taken(mention(team="T3"), NOON) == Taken(0, 0)


# What a team asks for and takes, as its admins are told; the same on SQLite and PostgreSQL.


BRIEFING, ANSWER = briefing(document("A")), answer(document("A"))
PRICED, FREE = Usage(100, 10, cost_usd=0.5), Usage(0, 0)


async def test_replies_are_counted_by_channel_the_busiest_first(books: Books) -> None:
    await books.replied("C1", BRIEFING)
    for outcome in (BRIEFING, ANSWER, Notice("Help.")):
        await books.replied("C2", outcome)
    await books.replied("D1", BRIEFING)
    await books.replied("D2", ANSWER)
    await books.replied("C9", BRIEFING, team="T2")

    assert await books.figures.of("T1", NOON) == TeamFigures(
        (AskedIn("C2", 1, 1), AskedIn("C1", 1, 0)), direct=2
    )


async def test_what_is_deleted_expired_or_of_another_month_is_not_counted(books: Books) -> None:
    await books.replied("C1", BRIEFING)
    later = books.clock.now + 0.5
    deleted = await books.replied("C2", BRIEFING)
    await books.archive.delete(deleted)

    assert await books.figures.of("T1", later) == TeamFigures()
    books.clock.now = NOON + 31 * DAY
    assert await books.figures.of("T1", NOON) == TeamFigures()


async def test_what_models_took_is_added_up_for_the_team_alone(books: Books) -> None:
    for usage in (PRICED, PRICED, FREE):
        await books.took(usage)
    await books.took(Usage(7, 7, estimated=True), team="T2")
    figures = await books.figures.of("T1", NOON)

    assert (figures.requests, figures.usage) == (3, Usage(200, 20, cost_usd=1.0))


async def test_a_cost_is_told_only_where_each_one_is_known(books: Books) -> None:
    await books.took(PRICED)
    await books.took(Usage(5, 5, estimated=True))
    figures = await books.figures.of("T1", NOON)

    assert figures.usage == Usage(105, 15, estimated=True, cost_usd=None)
