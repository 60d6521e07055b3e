"""Can the database be written, and what is in it? It is neither made nor locked to find out."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg

from bot.doctor.findings import Finding
from bot.settings import Settings
from bot.storage.tables import VERSION

_TIMEOUT_S = 10
_SUBJECT = "READOUT_DATABASE_URL"
_SQLITE = "sqlite:///"
_FIRST_BYTES = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html
_VERSION = "SELECT version_num FROM alembic_version"


async def database_findings(settings: Settings) -> list[Finding]:
    """Whether the file, or the server's schema, can be written; and whose tables it has."""
    if settings.database_url.startswith(_SQLITE):
        return _file(Path(settings.database_url.removeprefix(_SQLITE)))
    return await _server(settings.database_url)


def _file(path: Path) -> list[Finding]:
    try:
        beginning = _beginning(path)
    except OSError:
        message = f"{path} is not writable. Set {_SUBJECT} to a path that is."
        return [Finding(_SUBJECT, "mend", message)]
    if beginning not in {b"", _FIRST_BYTES}:
        message = f"{path} is not a Readout database. Set {_SUBJECT} to another file."
        return [Finding(_SUBJECT, "mend", message)]
    can_be = Finding(_SUBJECT, "good", f"{path} is writable.")
    return [can_be, *_held(_version_in(path) if beginning else None)]


def _beginning(path: Path) -> bytes:
    """The first bytes of a file that can be written; none where it could be made."""
    if path.exists():
        with path.open("r+b") as file:
            return file.read(len(_FIRST_BYTES))
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    with tempfile.TemporaryFile(dir=folder):
        return b""


def _version_in(path: Path) -> str | None:
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, timeout=_TIMEOUT_S, uri=True)) as connection:
            row = connection.execute(_VERSION).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


async def _server(address: str) -> list[Finding]:
    question = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    made = "SELECT to_regclass('alembic_version') IS NOT NULL"
    try:
        async with await psycopg.AsyncConnection.connect(
            address, connect_timeout=_TIMEOUT_S
        ) as connection:
            may_create = await (await connection.execute(question)).fetchone()
            has_tables = await (await connection.execute(made)).fetchone()
            is_made = bool(has_tables and has_tables[0])
            row = await (await connection.execute(_VERSION)).fetchone() if is_made else None
    except psycopg.Error:
        message = (
            f"The database server can't be used. Check that it is running, and check {_SUBJECT}."
        )
        return [Finding(_SUBJECT, "mend", message)]
    if not (may_create and may_create[0]):
        message = "The database user isn't allowed to create tables. Grant it CREATE on its schema."
        return [Finding(_SUBJECT, "mend", message)]
    answers = Finding(_SUBJECT, "good", "The database server is up, and tables can be created.")
    return [answers, *_held(str(row[0]) if row else None)]


def _held(version: str | None) -> list[Finding]:
    """What there is to say of a database with the tables of ``version``; None: it has none."""
    if version is None:
        return []
    if version == VERSION:
        return [Finding(_SUBJECT, "good", f"Its tables are up to date ({VERSION}).")]
    if version < VERSION:
        message = (
            f"Its tables are from an earlier version ({version}). readout serve upgrades them to "
            f"{VERSION}, which can't be undone: make a backup first, with readout backup."
        )
        return [Finding(_SUBJECT, "note", message)]
    message = (
        f"A newer Readout has used it (its tables are at {version}, ours at {VERSION}). Install "
        "that version, or set {_SUBJECT} to another database."
    )
    return [Finding(_SUBJECT, "mend", message)]
