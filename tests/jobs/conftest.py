"""The databases that the job tests run on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import new_database, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_server() as server:
        yield server


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'readout.sqlite'}"


@pytest.fixture
def postgresql(postgres: str) -> str:
    return new_database(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    address: str = request.getfixturevalue(request.param)
    return address
