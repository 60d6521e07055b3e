"""How is dbos set up, so that a restart resumes what was left and nothing else happens?

- The executor id is that of the worker's slot and the application version is fixed: dbos resumes
  only what bears its own, and would otherwise derive the version from the source.
- On SQLite dbos gets an engine of ours: it sets no write-ahead log itself, and from Python 3.12
  on it needs SQLite 3.42.
- Arguments and results are JSON; they would be pickled.
- No Conductor, and telemetry only where it was asked for; its messages go where ours go, from
  WARNING on.
"""

import importlib
import logging
import sqlite3
import sys
from pathlib import Path
from types import ModuleType

from dbos import DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.service.errors import SettingsError

VERSION = "1"
"""Of what the steps of a job are, see `workflows`; what jobs of another become, see `takeover`."""

_CONNECTIONS, _CONNECTIONS_OF_A_CLIENT = 6, 2
"""To a server, where dbos would open 20 and 5."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=30000",
    "foreign_keys=ON",
    "secure_delete=ON",
)


def configured(address: str, executor_id: str, *, traced: bool) -> DBOSConfig:
    """The settings of dbos for the worker ``executor_id`` on the database at ``address``; beside
    it where it is a file. ``traced``: its jobs and their steps are told to `tracing`.

    Raises:
        SettingsError: this Python's SQLite is too old for dbos.
    """
    _route_messages()
    config = DBOSConfig(
        name="readout",
        executor_id=executor_id,
        application_version=VERSION,
        serializer=DBOSPortableJSONSerializer(),
        # dbos makes its threads the loop's own for `asyncio.to_thread`, and knows no limit.
        max_executor_threads=32,
        log_level="WARNING",
        enable_otlp=traced,
        otel_attribute_format="semconv",
    )
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        config["system_database_engine"] = _engine_beside(url)
    else:
        config["system_database_url"] = address
        config["sys_db_pool_size"] = _CONNECTIONS
    return config


def client_of(address: str) -> DBOSClient:
    """The way to the jobs in the database at ``address``, once its tables are there.

    Raises:
        SettingsError: this Python's SQLite is too old for dbos.
    """
    _route_messages()
    url, serializer = make_url(address), DBOSPortableJSONSerializer()
    if url.get_backend_name() == "sqlite":
        return DBOSClient(system_database_engine=_engine_beside(url), serializer=serializer)
    return DBOSClient(
        system_database_url=address,
        system_database_pool_size=_CONNECTIONS_OF_A_CLIENT,
        serializer=serializer,
    )


def sqlite_module() -> ModuleType:
    """The SQLite that the jobs' file is opened with: Python's, or pysqlite3 where that is too old.

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


def _engine_beside(url: URL) -> Engine:
    path = jobs_file(Path(url.database or ""))
    # Few connections: whoever waits for one gets it in turn, and not by luck as inside SQLite.
    engine = create_engine(f"sqlite:///{path}", module=sqlite_module(), pool_size=4, max_overflow=0)
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = "IMMEDIATE"
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _route_messages() -> None:
    # dbos writes to the terminal by itself only while its logger has nowhere else to write.
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
