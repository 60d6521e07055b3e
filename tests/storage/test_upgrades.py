"""A database that an earlier Readout filled is brought to today's tables, and read by today's code.

`filled/NNNN.sql` holds rows as the Readout whose newest migration was NNNN wrote them: the same
few mentions each time, under timestamps that begin with the number. Whoever adds a migration adds
the rows of the version before it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.briefing.catalogue import LANGUAGES
from bot.briefing.lines import Answer, Briefing
from bot.operations.exports import export_files
from bot.service.ports import Mention, Notice, Posting
from bot.slack.blocks import messages
from bot.slack.evidence import Page, evidence_view
from bot.storage import migrations
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.database import engine_for, open_database
from bot.storage.retention import Retention
from bot.storage.tables import VERSION
from bot.storage.usage import usage_since
from tests.storage.examples import FULL_MENTION, UNREAD, answer, briefing, document

FILLED = Path(__file__).with_name("filled")
MIGRATIONS = Path(migrations.__file__).parent
STORED_AT = 1_764_000_000.0
RETENTION = Retention(36_500, lambda: STORED_AT)


def configured(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


VERSIONS = [
    str(script.revision)
    for script in reversed(list(ScriptDirectory.from_config(configured()).walk_revisions()))
]


# The last one includes the rows of all the others.
*EARLIER, LAST = (path.stem for path in sorted(FILLED.iterdir()))
EACH_VERSION = pytest.mark.parametrize(
    "version", [*(pytest.param(each, marks=pytest.mark.slow) for each in EARLIER), LAST]
)


def test_the_tables_have_the_version_of_the_last_migration() -> None:
    assert VERSIONS[-1] == VERSION


def test_every_version_has_a_file_of_rows() -> None:
    rows = sorted(path.stem for path in FILLED.iterdir())
    assert rows in (VERSIONS, VERSIONS[:-1])


@EACH_VERSION
async def test_rows_of_an_earlier_version_are_read_by_today_s_code(
    empty: str, version: str
) -> None:
    await fill(empty, until=version)
    async with opened(empty) as engine:
        for earlier in versions_up_to(version):
            await StoredRows(engine, str(int(earlier))).check_all()
    if version >= "0003":
        await check_ledger(empty)


@EACH_VERSION
async def test_rows_of_an_earlier_version_can_be_deleted(empty: str, version: str) -> None:
    await fill(empty, until=version)
    async with opened(empty) as engine:
        archive = DatabaseArchive(engine, RETENTION)
        for earlier in versions_up_to(version):
            await archive.delete(f"msg:T1:C1:{int(earlier)}.0")
            left = await archive.outcome(f"msg:T1:C1:{int(earlier)}.3")
            assert left == Notice("", ended_by=f"msg:T1:C1:{int(earlier)}.0")
        purged: list[str] = []
        while keys := await archive.purge(RETENTION.clock() + 36_500 * 86_400):
            purged += keys
        assert len(purged) == 4 * int(version)
        async with engine.begin() as connection:
            for table in ("mentions", "documents", "outcomes", "postings", "threads"):
                counted = await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
                assert counted.scalar() == 0, table


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[AsyncEngine]:
    database = await open_database(address)
    try:
        yield database.engine
    finally:
        await database.close()


def versions_up_to(until: str) -> list[str]:
    return [version for version in VERSIONS if version <= until]


async def fill(address: str, *, until: str) -> None:
    """Make a database that was used from the first version to ``until``."""
    engine = engine_for(address)
    for version in versions_up_to(until):
        async with engine.begin() as connection:
            await connection.run_sync(upgrade, version)
        await insert_rows(engine, (FILLED / f"{version}.sql").read_text())
    await engine.dispose()


def upgrade(connection: Connection, version: str) -> None:
    command.upgrade(configured(connection), version)


async def insert_rows(engine: AsyncEngine, script: str) -> None:
    statements = script.split("\nINSERT ")[1:]
    async with engine.begin() as connection:
        for statement in statements:
            # A per cent sign starts a parameter for the driver of PostgreSQL.
            safe = (
                statement if connection.dialect.name == "sqlite" else statement.replace("%", "%%")
            )
            await connection.exec_driver_sql(f"INSERT {safe}")


class StoredRows:
    """Checks the rows of one version."""

    def __init__(self, engine: AsyncEngine, number: str) -> None:
        self._archive = DatabaseArchive(engine, RETENTION)
        self._postings = DatabasePostings(engine, RETENTION)
        self._number = number

    async def check_all(self) -> None:
        await self._check_mentions()
        await self._check_outcomes()
        await self._check_thread()
        await self._check_postings()

    def _key(self, part: int) -> str:
        return f"msg:T1:C1:{self._number}.{part}"

    async def _mention(self, part: int) -> Mention:
        mention = await self._archive.mention(self._key(part))
        assert mention is not None
        return mention

    async def _check_mentions(self) -> None:
        asked = await self._mention(0)
        assert (asked.sources, asked.wishes) == (FULL_MENTION.sources, FULL_MENTION.wishes)
        assert (asked.question, asked.response_url) == ("Who?", "https://slack.test/r")
        waiting = await self._archive.unanswered()
        assert await self._mention(6) in waiting
        assert await self._archive.reading(self._key(0)) == ((document("A"),), UNREAD)
        read = await self._archive.reading(self._key(6))
        assert read is not None
        assert read[0][0].text == "Rain — fell. It's “cold” 100% :x."

    async def _check_outcomes(self) -> None:
        made = await self._archive.outcome(self._key(0))
        assert isinstance(made, Briefing)
        assert made.headline == briefing(document("A")).headline
        found = briefing(document("A")).differences if self._number > "1" else ()
        assert made.differences == found
        assert made.cautions == briefing(document("A")).cautions[:1]
        assert made.receipt.cost_usd == 0.5
        assert made.documents == (document("A"),)
        said = await self._archive.outcome(self._key(3))
        assert isinstance(said, Answer)
        assert said.lines == answer(document("A")).lines
        check_what_is_shown(made, await self._mention(0))
        check_what_is_shown(said, await self._mention(3))
        if self._number >= "5":
            check_reasons(made)
        notice = await self._archive.outcome(self._key(5))
        assert isinstance(notice, Notice)
        assert notice.retry
        if self._number >= "2":
            assert await self._archive.made_before(f"made-from-{self._number}") == made

    async def _check_thread(self) -> None:
        memory = await self._archive.thread("T1", "C1", f"{self._number}.0")
        assert memory is not None
        assert memory.muted
        assert memory.documents == (document("A"),)
        assert [turn.question for turn in memory.turns][-1:] == ["What fell?"]
        assert await self._archive.answered_directly("U2", f"{self._number}.4") == (
            await self._mention(3)
        )

    async def _check_postings(self) -> None:
        posted = await self._postings.of(self._key(0))
        assert posted == (
            Posting(self._key(0), -1, "C1", f"{self._number}.1"),
            Posting(self._key(0), 0, "C1", f"{self._number}.2"),
            Posting(self._key(0), 1, "C1", None),
        )


def check_what_is_shown(outcome: Briefing | Answer, mention: Mention) -> None:
    """Check the messages, the evidence and the exported files."""
    *_, last = messages(outcome, mention)
    assert "not judged" not in str(last.blocks)
    view = str(evidence_view(outcome, Page(mention.key))["blocks"])
    assert "Snow fell." in view
    assert "judged" not in view  # nobody kept whether somebody did
    markdown, word, text = export_files(outcome)
    assert "judged" not in markdown.content.decode() + text.content.decode()
    assert word.content


def check_reasons(made: Briefing) -> None:
    """Check that each reason of that version is shown, in every language."""
    assert len(made.withheld) == 14
    unfolded = Page("k", is_unfolded=True)
    for language in LANGUAGES:
        view = str(evidence_view(replace(made, language=language), unfolded)["blocks"])
        assert view.count("strike") == 13  # not the words that the output filter stopped
    view = str(evidence_view(made, unfolded)["blocks"])
    assert "Failed a check: What hedges found." in view
    assert "Rejected by the judge: “What second_opinion found.”" in view


async def check_ledger(address: str) -> None:
    (spent,) = await usage_since(address, 0)
    assert (spent.team, spent.model, spent.requests, spent.failed) == ("T1", "some-model", 2, 1)
    assert (spent.usage.tokens_in, spent.usage.cost_usd) == (1300, 0.75)
