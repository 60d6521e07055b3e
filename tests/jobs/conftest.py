"""Jobs that run on each kind of database."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from bot.jobs.durable import JobSettings, durable_jobs
from bot.service.intake import Intake
from tests.fakes import MemoryArchive, MemoryInbox, OnlySlot, Transcript
from tests.jobs.recording import Jobs, RecordingSteps, Running


@pytest.fixture(autouse=True)
def no_job_is_queued_twice(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Check that no job is put into the queue twice, of which dbos would warn."""
    yield
    said = [each.getMessage() for each in caplog.get_records("call")]
    assert [each for each in said if "already exists in queue" in each] == []


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive()


@pytest.fixture
def step_seconds() -> float:
    """How many seconds a step may take."""
    return 600.0


@pytest.fixture
def patience() -> float:
    """How many seconds pass before a step is retried."""
    return 0.01


@pytest.fixture
def seconds_to_end() -> float:
    """How many seconds jobs in progress get when closing."""
    return 0.0


@pytest.fixture
def running(
    address: str,
    archive: MemoryArchive,
    step_seconds: float,
    patience: float,
    seconds_to_end: float,
) -> Running:
    settings = JobSettings(
        address, patience=patience, step_seconds=step_seconds, seconds_to_end=seconds_to_end
    )

    @asynccontextmanager
    async def run(recorder: RecordingSteps) -> AsyncIterator[Jobs]:
        async with durable_jobs(recorder, archive, Transcript(), OnlySlot(), settings) as done:
            intake = Intake(
                archive, archive, MemoryInbox(), recorder.sign, done.accept, patience=0.01
            )
            recorder.archive = archive
            try:
                yield Jobs(done, intake)
            finally:
                await intake.close()

    return run
