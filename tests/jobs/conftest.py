"""The databases that the job tests run on, and jobs that run in them."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.jobs.durable import DurableJobs, JobSettings
from bot.jobs.engine import client_of
from bot.jobs.queue import JobQueue
from tests.fakes import MemoryArchive
from tests.jobs.story import Jobs, NotingStory
from tests.postgres import new_database, running_server

Running = Callable[[NotingStory], AbstractAsyncContextManager[Jobs]]


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
    async def run(story: NotingStory) -> AsyncIterator[Jobs]:
        done = DurableJobs(story, archive, JobSettings(address, patience=0.01))
        await done.start()
        queue = JobQueue(client_of(address), story.sign, patience=0.01)
        try:
            yield Jobs(done, queue)
        finally:
            await queue.close()
            await done.close(0)

    return run
