"""Backups: made while others write, consistent, and private."""

import asyncio
import re
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.service.errors import ReadoutError, UsageError
from bot.service.ports import Posting
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.backup import archive_file, back_up
from bot.storage.database import open_database
from bot.storage.retention import Retention
from tests.storage.examples import document, mention

OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"
SECONDS = 60


async def filled(folder: Path) -> tuple[Path, Path]:
    """Make the files of a database with one mention, answered in one message."""
    archive, jobs = folder / "readout.db", folder / "readout.jobs.sqlite"
    database = await open_database(f"sqlite:///{archive}")
    kept, posted = DatabaseArchive(database.engine, Retention(30)), mention()
    await kept.record(posted)
    await kept.keep_reading(posted, (document("A"),), ())
    postings = DatabasePostings(database.engine, Retention(30))
    await postings.intend(posted, 0, "C1")
    await postings.posted(posted, 0, "1.5")
    await database.close()
    with closing(sqlite3.connect(jobs)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE counted (n INTEGER);")
    return archive, jobs


async def test_a_backup_can_be_opened_as_a_database(tmp_path: Path) -> None:
    archive, jobs = await filled(tmp_path)
    copies = back_up(archive, jobs, tmp_path / "new" / "folder")
    assert [path.name for path in copies] == ["readout.db", "readout.jobs.sqlite"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in copies} == {0o600}
    assert sorted(path.name for path in copies[0].parent.iterdir()) == [c.name for c in copies]
    database = await open_database(f"sqlite:///{copies[0]}")
    try:
        kept = DatabaseArchive(database.engine, Retention(30))
        assert await kept.mention(mention().key) == mention()
        assert await kept.reading(mention().key) == ((document("A"),), ())
    finally:
        await database.close()


async def test_a_backup_treats_later_posts_as_possibly_made(tmp_path: Path) -> None:
    archive, jobs = await filled(tmp_path)
    copy, _ = back_up(archive, jobs, tmp_path / "copy")
    asked, later = mention(), mention("2.0")
    database = await open_database(f"sqlite:///{copy}")
    try:
        postings = DatabasePostings(database.engine, Retention(30, clock=lambda: 3.0))
        assert await postings.intend(asked, 0, "C1") == Posting(asked.key, 0, "C1", "1.5")
        assert await postings.intend(asked, 7, "C1") == Posting(asked.key, 7, "C1", None)
        assert [posting.part for posting in await postings.of(asked.key)] == [-3, -1, 0, 7]
        await DatabaseArchive(database.engine, Retention(30)).record(later)
        assert await postings.intend(later, 0, "C1") == "new"
    finally:
        await database.close()


async def test_both_files_are_consistent_while_others_write(tmp_path: Path) -> None:
    """The writer counts in the archive first and then in the jobs: copies made at different moments
    would differ by more than one, or the other way round."""
    archive, jobs = await filled(tmp_path)
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("CREATE TABLE counted (n INTEGER)")
    with counting(archive, jobs):
        for n in range(10):
            copies = await asyncio.to_thread(back_up, archive, jobs, tmp_path / f"copy{n}")
            first, second = map(counted, copies)
            assert second <= first <= second + 1
    assert first > 0


async def test_a_backup_overwrites_nothing_and_leaves_no_partial_files(tmp_path: Path) -> None:
    archive, jobs = await filled(tmp_path)
    target = tmp_path / "copy"
    target.mkdir()
    (target / jobs.name).write_text("precious")
    with pytest.raises(UsageError, match=r"readout\.jobs\.sqlite already exists"):
        back_up(archive, jobs, target)
    assert [path.name for path in target.iterdir()] == [jobs.name]
    assert (target / jobs.name).read_text() == "precious"


async def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
    archive, jobs = await filled(tmp_path)
    with archive.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)
    with pytest.raises(ReadoutError, match="could not be written"):
        back_up(archive, jobs, tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []


async def test_without_a_database_no_backup_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no database at"):
        back_up(tmp_path / "no.db", tmp_path / "no.jobs.sqlite", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_for_a_server_the_pg_dump_command_is_shown_without_the_password() -> None:
    with pytest.raises(UsageError, match=r"pg_dump .*//ana@db\.test/readout$") as refused:
        archive_file("postgresql://ana:secret@db.test/readout")
    assert "secret" not in refused.value.message


async def test_after_the_documented_sql_a_restored_server_treats_later_posts_as_possibly_made(
    postgresql: str, postgres: str
) -> None:
    """A template copy stands for a restored dump."""
    database = await open_database(postgresql)
    await DatabaseArchive(database.engine, Retention(30)).record(mention())
    await database.close()
    restored = copy_of(postgresql, postgres)
    (said,) = re.findall(r"```sql\n(.*?)```", OPERATING.read_text(), re.DOTALL)
    with psycopg.connect(restored) as connection:
        connection.execute(said.encode())
    database = await open_database(restored)
    try:
        postings = DatabasePostings(database.engine, Retention(30))
        assert await postings.intend(mention(), 0, "C1") == Posting(mention().key, 0, "C1", None)
        assert [posting.part for posting in await postings.of(mention().key)] == [-3, -1, 0]
    finally:
        await database.close()


def copy_of(address: str, server: str) -> str:
    """The address of a copy of a database on ``server``."""
    url = make_url(address)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {url.database}_copy TEMPLATE {url.database}".encode())
    return url.set(database=f"{url.database}_copy").render_as_string(hide_password=False)


@contextmanager
def counting(archive: Path, jobs: Path) -> Iterator[None]:
    """Count in both files, without a pause, while the block runs."""
    enough = threading.Event()

    def count() -> None:
        with (
            closing(sqlite3.connect(archive, timeout=SECONDS)) as first,
            closing(sqlite3.connect(jobs, timeout=SECONDS)) as second,
        ):
            while not enough.is_set():
                for connection in (first, second):
                    connection.execute("INSERT INTO counted VALUES (1)")
                    connection.commit()

    thread = threading.Thread(target=count)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def counted(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM counted").fetchone()[0])
