"""What a team asks for and takes, as its admins are told; the same on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from bot.briefing.tasks import Usage
from bot.service.ports import AskedIn, Attempt, Notice, Outcome, TeamFigures
from bot.storage.archive import DatabaseArchive
from bot.storage.database import open_database
from bot.storage.retention import Retention
from bot.storage.usage import DatabaseFigures, DatabaseLedger
from tests.storage.examples import answer, briefing, document, mention

NOW = 1_767_960_000.0
BRIEFING, ANSWER = briefing(document("A")), answer(document("A"))
PRICED, FREE = Usage(100, 10, cost_usd=0.5), Usage(0, 0)


@dataclass
class House:
    archive: DatabaseArchive
    ledger: DatabaseLedger
    figures: DatabaseFigures
    now: list[float]

    async def replied(self, channel: str, outcome: Outcome, team: str = "T1") -> str:
        """The key of a request in that channel that was answered so."""
        ts = f"{len(self.now)}.0"
        self.now.append(self.now[-1] + 1)
        key = f"msg:{team}:{channel}:{ts}"
        asked = replace(mention(ts, key=key, team=team), channel=channel)
        await self.archive.record(asked)
        await self.archive.keep_outcome(asked, outcome)
        return key

    async def took(self, usage: Usage, team: str = "T1") -> None:
        attempt = Attempt("briefing", "large-1", usage, 1.0, None, failed=False)
        await self.ledger.enter(mention("0.5", team=team), attempt)


@pytest.fixture
async def house(address: str) -> AsyncIterator[House]:
    database, now = await open_database(address), [NOW]
    retention = Retention(30, lambda: now[-1])
    yield House(
        DatabaseArchive(database.engine, retention),
        DatabaseLedger(database.engine, retention),
        DatabaseFigures(database.engine, lambda: now[-1]),
        now,
    )
    await database.close()


async def test_replies_are_counted_by_channel_the_busiest_first(house: House) -> None:
    await house.replied("C1", BRIEFING)
    for outcome in (BRIEFING, ANSWER, Notice("Help.")):
        await house.replied("C2", outcome)
    await house.replied("D1", BRIEFING)
    await house.replied("D2", ANSWER)
    await house.replied("C9", BRIEFING, team="T2")

    assert await house.figures.of("T1", NOW) == TeamFigures(
        (AskedIn("C2", 1, 1), AskedIn("C1", 1, 0)), direct=2
    )


async def test_what_is_deleted_expired_or_of_another_month_is_not_counted(house: House) -> None:
    await house.replied("C1", BRIEFING)
    later = house.now[-1] + 0.5
    deleted = await house.replied("C2", BRIEFING)
    await house.archive.delete(deleted)

    assert await house.figures.of("T1", later) == TeamFigures()
    house.now.append(NOW + 31 * 86_400)
    assert await house.figures.of("T1", NOW) == TeamFigures()


async def test_what_models_took_is_added_up_for_the_team_alone(house: House) -> None:
    for usage in (PRICED, PRICED, FREE):
        await house.took(usage)
    await house.took(Usage(7, 7, estimated=True), team="T2")
    figures = await house.figures.of("T1", NOW)

    assert (figures.requests, figures.usage) == (3, Usage(200, 20, cost_usd=1.0))


async def test_a_cost_is_told_only_where_each_one_is_known(house: House) -> None:
    await house.took(PRICED)
    await house.took(Usage(5, 5, estimated=True))
    figures = await house.figures.of("T1", NOW)

    assert figures.usage == Usage(105, 15, estimated=True, cost_usd=None)
