"""Copies the files of a database in use, so that a Readout can continue from the copies.

Both files are copied as they were at one moment, as if after a crash. But the copies don't know
what was posted since. So each mention in them is marked with `archive.ANY_PART`, and its thread is
checked before anything is posted.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url

from bot.service.errors import ReadoutError, UsageError
from bot.service.ports import SIGN, STREAM
from bot.storage.archive import ANY_PART

_WAIT_SECONDS = 30.0
_MARK = """
INSERT INTO postings (key, part, place, team, channel, person, created, expires)
SELECT key, ?, channel, team, channel, person, created, expires FROM mentions WHERE true
ON CONFLICT DO NOTHING
"""


def archive_file(address: str) -> Path:
    """The file of the database at ``address``.

    Raises:
        UsageError: it is on a server.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "")
    shown = URL.create(
        url.drivername, url.username, host=url.host, port=url.port, database=url.database
    )
    raise UsageError(
        "PostgreSQL makes its own backups, with archive and jobs in one snapshot; "
        "docs/operating.md says what to do after pg_restore. Run: pg_dump "
        f"--format=custom --file=readout.dump {shown.render_as_string()}"
    )


def back_up(archive: Path, jobs: Path, folder: Path) -> tuple[Path, Path]:
    """Copy both files of a database into ``folder`` under their names; returns their paths.

    Raises:
        UsageError: there is nothing to copy, or the copies exist already.
        ReadoutError: the copies could not be written, or are damaged.
    """
    sources = (archive, jobs)
    if missing := next((path for path in sources if not path.is_file()), None):
        raise UsageError(
            f"There is no database at {missing}. readout serve creates it; READOUT_DATABASE_URL "
            "says where."
        )
    targets = archive_copy, jobs_copy = (folder / archive.name, folder / jobs.name)
    try:
        with _new_files(folder, targets):
            _copy_at_one_moment(sources, targets)
            with _connect(archive_copy) as connection:
                connection.executemany(_MARK, [(ANY_PART,), (SIGN,), (STREAM,)])
            _check(targets)
    except (sqlite3.Error, OSError) as error:
        raise ReadoutError(
            f"The backup could not be written to {folder}. Check that there is space, and that "
            "you can read the database and write there."
        ) from error
    return archive_copy, jobs_copy


@contextmanager
def _new_files(folder: Path, files: tuple[Path, ...]) -> Iterator[None]:
    """Create empty ``files`` in ``folder``, for their owner only; delete them if the block
    fails."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as undo:
        for file in files:
            try:
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError as error:
                raise UsageError(
                    f"{file} already exists and won't be overwritten. Choose a new folder."
                ) from error
            undo.callback(file.unlink, missing_ok=True)
        yield
        undo.pop_all()


def _copy_at_one_moment(sources: tuple[Path, ...], targets: tuple[Path, ...]) -> None:
    with ExitStack() as stack:
        readers = [stack.enter_context(_connect(source)) for source in sources]
        with ExitStack() as write_locks:
            for source in sources:
                write_locks.enter_context(_connect(source)).execute("BEGIN IMMEDIATE")
            for reader in readers:
                # A reader keeps seeing the state at its first query.
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for reader, target in zip(readers, targets, strict=True):
            reader.backup(stack.enter_context(_connect(target)))


def _check(files: tuple[Path, ...]) -> None:
    """Flush the files to disk; raises `sqlite3.DatabaseError` if one is damaged."""
    for file in files:
        with _connect(file) as connection:
            # Copied in WAL mode as its source is; without a separate log, one file can be moved.
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
        with file.open("rb") as written:
            os.fsync(written.fileno())


@contextmanager
def _connect(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection to an existing file, without implicit transactions."""
    address = f"{file.absolute().as_uri()}?mode=rw"
    with closing(
        sqlite3.connect(address, timeout=_WAIT_SECONDS, isolation_level=None, uri=True)
    ) as connection:
        yield connection
