"""A stage on each of the databases."""

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from sqlalchemy import make_url

from bot.storage.database import open_database
from tests.life.stage import Stage
from tests.postgres import new_database


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty file with today's tables."""
    path = tmp_path_factory.mktemp("life") / "template.sqlite"
    asyncio.run(_made(f"sqlite:///{path}"))
    return path


async def _made(address: str) -> None:
    database = await open_database(address)
    await database.close()


@pytest.fixture
def on_sqlite(template: Path, tmp_path: Path) -> Iterator[Stage]:
    numbers = count()

    def fresh() -> str:
        path = tmp_path / f"{next(numbers)}.sqlite"
        copyfile(template, path)
        return f"sqlite:///{path}"

    stage = Stage(fresh)
    with stage.runner:
        yield stage


@pytest.fixture
def on_postgresql(postgres: str) -> Iterator[Stage]:
    template = new_database(postgres)
    asyncio.run(_made(template))
    name, numbers = make_url(template).database, count()

    def fresh() -> str:
        made = f"{name}_{next(numbers)}"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made} TEMPLATE {name}".encode())
        return make_url(postgres).set(database=made).render_as_string(hide_password=False)

    stage = Stage(fresh)
    with stage.runner:
        yield stage
