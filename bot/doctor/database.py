"""Could the database be written? It is neither made nor locked to find out."""

import tempfile
from pathlib import Path

import psycopg

from bot.doctor.findings import Finding
from bot.settings import Settings

_TIMEOUT_S = 10
_SUBJECT = "READOUT_DATABASE_URL"
_SQLITE = "sqlite:///"
_FIRST_BYTES = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html


async def database_findings(settings: Settings) -> list[Finding]:
    """Whether the file, or the server's schema, can be written."""
    if settings.database_url.startswith(_SQLITE):
        return [_file(Path(settings.database_url.removeprefix(_SQLITE)))]
    return [await _server(settings.database_url)]


def _file(path: Path) -> Finding:
    try:
        beginning = _beginning(path)
    except OSError:
        message = f"{path} can't be written. Set {_SUBJECT} to a place that can."
        return Finding(_SUBJECT, "mend", message)
    if beginning not in {b"", _FIRST_BYTES}:
        message = f"{path} is a file of another kind. Set {_SUBJECT} to a file of its own."
        return Finding(_SUBJECT, "mend", message)
    return Finding(_SUBJECT, "good", f"{path} can be written.")


def _beginning(path: Path) -> bytes:
    """The first bytes of a file that can be written; none where it could be made."""
    if path.exists():
        with path.open("r+b") as file:
            return file.read(len(_FIRST_BYTES))
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    with tempfile.TemporaryFile(dir=folder):
        return b""


async def _server(address: str) -> Finding:
    question = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    try:
        async with await psycopg.AsyncConnection.connect(
            address, connect_timeout=_TIMEOUT_S
        ) as connection:
            row = await (await connection.execute(question)).fetchone()
    except psycopg.Error:
        message = f"The database server can't be used. Check that it runs, and {_SUBJECT}."
        return Finding(_SUBJECT, "mend", message)
    if not (row and row[0]):
        message = "The database user may not create tables. Grant it CREATE on its schema."
        return Finding(_SUBJECT, "mend", message)
    return Finding(_SUBJECT, "good", "The database server answers, and tables can be made.")
