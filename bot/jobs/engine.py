"""Sets up dbos, so that a restart resumes what was left and nothing else happens.

- The executor id is that of the worker's slot and the application version is fixed: dbos resumes
  only jobs with its own ids, and would otherwise derive the version from the source.
- dbos gets our engine. For SQLite it sets no write-ahead log itself, and from Python 3.12 on it
  needs SQLite 3.42; it would ping a server before each statement.
- Arguments and results are JSON instead of pickles.
- No Conductor, and telemetry only if the settings ask for it; its log messages go where ours go,
  from WARNING on.
"""

import importlib
import logging
import sqlite3
import sys
from pathlib import Path
from types import ModuleType

from dbos import DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.service.errors import SettingsError

VERSION = "1"
"""The version of a job's steps (`workflows`); jobs of another version start over (`takeover`)."""

_CONNECTIONS = 6
"""To a server; dbos would open 20. It repeats a statement if a connection was lost."""
_CONNECTIONS_TO_A_FILE = 4
"""Few, so that people wait for a connection in turn, and not by luck inside SQLite."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=30000",
    "foreign_keys=ON",
    "secure_delete=ON",
)


def jobs_engine(address: str) -> Engine:
    """The engine for the jobs: in the database at ``address``, or next to it if that is a file.

    Raises:
        SettingsError: this Python's SQLite is too old for dbos.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=_CONNECTIONS,
            max_overflow=0,
            connect_args={"connect_timeout": 10},
        )
    engine = create_engine(
        f"sqlite:///{jobs_file(Path(url.database or ''))}",
        module=sqlite_module(),
        pool_size=_CONNECTIONS_TO_A_FILE,
        max_overflow=0,
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def configured(engine: Engine, executor_id: str, *, traced: bool) -> DBOSConfig:
    """The settings of dbos for the worker ``executor_id``, with its jobs in ``engine``. With
    ``traced`` its jobs and steps are sent to `tracing`."""
    _route_messages()
    return DBOSConfig(
        name="readout",
        executor_id=executor_id,
        application_version=VERSION,
        serializer=DBOSPortableJSONSerializer(),
        system_database_engine=engine,
        # For messages between jobs, which we don't use: it would look for them 100 times a second.
        use_listen_notify=False,
        # dbos makes its threads the loop's default for `asyncio.to_thread`, with no limit.
        max_executor_threads=32,
        log_level="WARNING",
        enable_otlp=traced,
        otel_attribute_format="semconv",
    )


def client_of(engine: Engine) -> DBOSClient:
    """A client for the queue in ``engine``, whose tables must exist."""
    _route_messages()
    return DBOSClient(system_database_engine=engine, serializer=DBOSPortableJSONSerializer())


def sqlite_module() -> ModuleType:
    """The SQLite that opens the file of the jobs: Python's, or pysqlite3 if that is too old.

    Never open the file with the other one in the same process: closing it would drop this one's
    locks (https://www.sqlite.org/howtocorrupt.html §2.2.1).

    Raises:
        SettingsError: neither will do.
    """
    needed = (3, 42) if sys.hexversion >= 0x030C0000 else (3, 35)
    if sqlite3.sqlite_version_info >= needed:
        return sqlite3
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"This Python has SQLite {sqlite3.sqlite_version}, and jobs need 3.42 or newer. "
            "Install pysqlite3-binary, use Python 3.11, or set READOUT_DATABASE_URL to PostgreSQL."
        ) from error


def jobs_file(archive: Path) -> Path:
    """Where the jobs are kept, beside the file of the archive."""
    return archive.with_suffix(".jobs.sqlite")


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = "IMMEDIATE"
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _route_messages() -> None:
    # dbos writes to the terminal only while its logger has no handler.
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
