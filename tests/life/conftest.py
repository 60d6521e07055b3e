"""A harness for each kind of database."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.life.harness import Harness
from tests.templates import database_with_tables, file_with_tables


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Harness]:
    numbers = count()

    harness = Harness(lambda: file_with_tables(tmp_path / f"{next(numbers)}.sqlite"))
    with harness:
        yield harness


@pytest.fixture
def on_postgresql(postgres: str) -> Iterator[Harness]:
    harness = Harness(lambda: database_with_tables(postgres))
    with harness:
        yield harness
