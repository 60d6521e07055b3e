"""Empty databases with today's tables. Making the tables takes longer than most tests, so it is
done once in a process, and each test gets a copy."""

import asyncio
import atexit
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from sqlalchemy import make_url

from bot.storage.database import open_database
from tests.postgres import new_database


def file_with_tables(path: Path) -> str:
    """The address of a new SQLite file at ``path``."""
    shutil.copy(_file(), path)
    return f"sqlite:///{path}"


def database_with_tables(server: str) -> str:
    """The address of a new database on ``server``, a PostgreSQL."""
    return new_database(server, template=_database(server))


@cache
def _file() -> Path:
    folder = tempfile.mkdtemp(prefix="readout-sqlite-")
    atexit.register(shutil.rmtree, folder)
    path = Path(folder, "template.sqlite")
    _make_tables(f"sqlite:///{path}")
    return path


@cache
def _database(server: str) -> str:
    address = new_database(server)
    _make_tables(address)
    return str(make_url(address).database)


def _make_tables(address: str) -> None:
    # The caller may be in a running event loop.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _opened(address)).result()


async def _opened(address: str) -> None:
    database = await open_database(address)
    await database.close()
