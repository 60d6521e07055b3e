"""A stage on each of the databases."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.life.stage import Stage
from tests.templates import database_with_tables, file_with_tables


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Stage]:
    numbers = count()

    stage = Stage(lambda: file_with_tables(tmp_path / f"{next(numbers)}.sqlite"))
    with stage.runner:
        yield stage


@pytest.fixture
def on_postgresql(postgres: str) -> Iterator[Stage]:
    stage = Stage(lambda: database_with_tables(postgres))
    with stage.runner:
        yield stage
