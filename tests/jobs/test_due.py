"""Due digests and reminders are looked for each minute, even after a failure."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.briefing.digest import DigestPlan, DigestWishes
from bot.jobs.durable import begin_due_jobs
from bot.service.briefing_service import BriefingService
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import PlannedDigest, Reminder
from tests.fakes import (
    FixedReader,
    MemoryArchive,
    MemoryDigests,
    MemoryReminders,
    Transcript,
    digest_jobs,
    job_steps,
    reminder_jobs,
)
from tests.slack.examples import briefing

SLOT = 1_772_438_400.0  # 2 March 2026, 8:00 UTC
PLAN = DigestPlan(DigestWishes(("https://example.org/feed",)), tuple(range(7)), "08:00")


class BrokenFirst(MemoryDigests):
    """Fails the first time."""

    looks = 0

    async def due(self, now: float) -> list[PlannedDigest]:
        self.looks += 1
        if self.looks == 1:
            raise OSError("The database is away.")
        return await super().due(now)


@asynccontextmanager
async def ticking(
    digests: MemoryDigests, reminders: MemoryReminders | None = None
) -> AsyncIterator[asyncio.Queue[str]]:
    """Yields a queue with the keys of the jobs begun; the clock stands just before the end of a
    minute."""
    begun: asyncio.Queue[str] = asyncio.Queue()

    def accept(key: str, is_first: bool) -> None:
        assert not is_first
        begun.put_nowait(key)

    archive = MemoryArchive(days=36_500)
    service = BriefingService(FixedReader(), ExtractiveWriter(), "1")
    steps = replace(
        job_steps(service, archive, Transcript()),
        digests=digest_jobs(archive, service, digests=digests),
        reminders=reminder_jobs(archive, reminders),
    )
    task = asyncio.create_task(begin_due_jobs(steps, accept, lambda: SLOT + 59.99))
    yield begun
    task.cancel()


@pytest.mark.parametrize("kind", [MemoryDigests, BrokenFirst])
async def test_due_digests_begin_even_after_a_failed_minute(
    kind: type[MemoryDigests],
) -> None:
    digests = kind(MemoryArchive())
    digests.plans = {"d1": PlannedDigest("d1", "T1", "C1", "U1", PLAN, SLOT)}

    async with asyncio.timeout(60), ticking(digests) as begun:
        assert await begun.get() == "digest:d1:1772438400"


async def test_due_reminders_begin_even_if_digests_can_t_be_read() -> None:
    digests, reminders = BrokenFirst(MemoryArchive()), MemoryReminders()
    line = briefing().commitments[0]
    one = Reminder("k", "i", "2026-03-02", SLOT, "UTC", "T1", "C1", "U1", line)
    reminders.kept = {("k", "i", one.day): one}

    async with asyncio.timeout(60), ticking(digests, reminders) as begun:
        assert await begun.get() == "due:T1:C1:2026-03-02:1772438400"
    assert digests.looks == 1
