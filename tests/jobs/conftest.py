"""The databases that the job tests run on, and jobs that run in them."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.jobs.durable import DurableJobs, JobSettings
from bot.ports import Story
from tests.fakes import MemoryArchive
from tests.postgres import new_database, running_server

Running = Callable[[Story], AbstractAsyncContextManager[DurableJobs]]


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


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive()


@pytest.fixture
def running(address: str, archive: MemoryArchive) -> Running:
    @asynccontextmanager
    async def run(story: Story) -> AsyncIterator[DurableJobs]:
        jobs = DurableJobs(story, archive, JobSettings(address, patience=0.01))
        await jobs.start()
        try:
            yield jobs
        finally:
            await jobs.close(0)

    return run
