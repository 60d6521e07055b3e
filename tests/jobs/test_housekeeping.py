"""Housekeeping: abandoned, expired and deleted jobs."""

import asyncio
import time
from dataclasses import replace

import pytest
from dbos import DBOS

from bot.jobs.durable import AbandonedMentions, JobSettings, housekeeping, purge
from bot.jobs.engine import client_of, jobs_engine
from bot.jobs.queue import JobQueue, delete_finished
from bot.service.ports import Mention, Notice, StreamPlaces
from tests.fakes import MemoryArchive, Transcript
from tests.jobs.on_disk import leave_after_crashes, statuses, until_status
from tests.jobs.recording import RecordingSteps, Running, on_sqlite


def mention(key: str) -> Mention:
    return Mention(key, "T1", "C1", key, key, "U1", "brief")


async def test_only_finished_jobs_are_deleted(running: Running, address: str) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    async with running(recorder) as jobs:
        await jobs.accept(mention("done"))
        await jobs.accept(mention("held"))
        await until_status(address, "done", "SUCCESS")
        await recorder.until("held", "held")
        await delete_finished(DBOS, ["done", "held", "unknown"])
        assert statuses(address) == {"held": "PENDING"}


@on_sqlite
async def test_a_purge_deletes_expired_jobs(
    running: Running, address: str, archive: MemoryArchive
) -> None:
    await archive.record(mention("done"))
    async with running(RecordingSteps()) as jobs:
        await jobs.accept(mention("done"))
        await jobs.accept(mention("deleted"))
        await jobs.accept(mention("awaited"))
        for key in ("done", "deleted", "awaited", "awaited:late"):
            await until_status(address, key, "SUCCESS")
        leave_after_crashes(address, "awaited:late")
        await purge(archive, JobSettings(address, retention_days=1))
        assert statuses(address) != {}
        await asyncio.to_thread(time.sleep, 1)  # Python 3.11's job times are whole seconds
        await purge(archive, JobSettings(address, retention_days=0))
        assert statuses(address) == {}


@on_sqlite
async def test_a_recorded_mention_without_a_job_is_queued_a_minute_later(
    running: Running, address: str, archive: MemoryArchive
) -> None:
    recorder = RecordingSteps()
    async with running(recorder):
        left = AbandonedMentions(JobQueue(client_of(jobs_engine(address)), archive, print))
        await left.enqueue()
        await archive.record(mention("late"))
        await left.enqueue()
        assert "late" not in statuses(address)
        await left.enqueue()
        await recorder.until("post", "late")


@on_sqlite
async def test_a_job_that_could_not_even_be_given_up_is_run_again_and_frees_its_thread(
    running: Running, address: str
) -> None:
    broken = RecordingSteps(failing=frozenset({"read", "give_up"}))
    async with running(broken) as jobs:
        await jobs.accept(mention("1"))
        await until_status(address, "1", "ERROR")
        await jobs.accept(replace(mention("2"), thread="1"))
    recorder = RecordingSteps()
    async with running(recorder):
        await recorder.until("post", "2")
    assert ("post", "1") in recorder.calls


@on_sqlite
async def test_a_job_whose_reply_is_stored_but_cannot_be_posted_is_not_run_again(
    running: Running, address: str, archive: MemoryArchive
) -> None:
    refused = RecordingSteps(failing=frozenset({"post", "give_up"}))
    asked = mention("refused")
    async with running(refused) as jobs:
        await jobs.accept(asked)
        await until_status(address, "refused", "ERROR")
        before = JustBefore(archive)
        await AbandonedMentions(JobQueue(client_of(jobs_engine(address)), before, print)).enqueue()
        assert statuses(address) == {"refused": "ERROR"}


@on_sqlite
async def test_a_message_delivered_again_after_its_deletion_is_deleted_again(
    running: Running, address: str, archive: MemoryArchive
) -> None:
    asked = mention("again")
    async with running(RecordingSteps()) as jobs:
        await jobs.accept(asked)
        await until_status(address, "again", "SUCCESS")
        await archive.delete("again")
        await archive.record(asked)
        left = AbandonedMentions(JobQueue(client_of(jobs_engine(address)), archive, print))
        await left.enqueue()
        await until_status(address, "gone:again", "SUCCESS")
    assert await archive.mention("gone:again") == asked.withdrawal


@on_sqlite
async def test_a_reply_that_came_back_at_the_same_button_is_withdrawn_again(
    running: Running, address: str, archive: MemoryArchive
) -> None:
    withdrawal, recorder = mention("press:retry:1").withdrawal, RecordingSteps()
    async with running(recorder) as jobs:
        await jobs.accept(withdrawal)
        await until_status(address, withdrawal.key, "SUCCESS")
        await archive.delete(withdrawal.key)  # as it does itself
        recorder.calls.clear()
        await jobs.accept(withdrawal)
        await AbandonedMentions(JobQueue(client_of(jobs_engine(address)), archive, print)).enqueue()
        await recorder.until("post", withdrawal.key)
        assert set(statuses(address)) == {withdrawal.key}


@on_sqlite
@pytest.mark.parametrize(
    ("broken", "status"),
    [({"write"}, "SUCCESS"), ({"write", "give_up"}, "ERROR"), ({"post"}, "SUCCESS")],
)
async def test_a_withdrawal_that_was_given_up_is_run_again(
    running: Running, address: str, broken: set[str], status: str
) -> None:
    withdrawal = mention("asked").withdrawal
    failing = frozenset({*broken, "write without a model"})
    async with running(RecordingSteps(failing=failing)) as jobs:
        await jobs.accept(withdrawal)
        await until_status(address, withdrawal.key, status)
    recorder = RecordingSteps()
    async with running(recorder):
        await recorder.until("post", withdrawal.key)
        assert set(statuses(address)) == {withdrawal.key}


@on_sqlite
async def test_a_dead_process_s_stream_is_ended_by_the_next(running: Running, address: str) -> None:
    now, asked, replies = [0.0], mention("left"), Transcript()
    archive = MemoryArchive(clock=lambda: now[0])
    await archive.record(asked)
    await archive.intend_stream(asked, StreamPlaces(1, 230.0, 60.0))
    await archive.keep_outcome(asked, Notice("Stopped."))
    now[0] = 61.0
    async with running(RecordingSteps()):
        left = AbandonedMentions(JobQueue(client_of(jobs_engine(address)), archive, print))
        settings, steps = JobSettings(address), RecordingSteps()
        tidying = asyncio.create_task(housekeeping(left, archive, replies, steps, settings))
        async with asyncio.timeout(60):
            while not replies.ended_streams:
                await asyncio.sleep(0.01)
        tidying.cancel()


@on_sqlite
async def test_a_mention_answered_meanwhile_is_not_deleted(
    running: Running, address: str, archive: MemoryArchive
) -> None:
    async with running(RecordingSteps()) as jobs:
        await jobs.accept(mention("done"))
        await until_status(address, "done", "SUCCESS")
        before = JustBefore(archive)
        await AbandonedMentions(JobQueue(client_of(jobs_engine(address)), before, print)).enqueue()
        assert set(statuses(address)) == {"done"}


class JustBefore(MemoryArchive):
    """An archive that lists mentions as unanswered just before they are answered."""

    def __init__(self, of: MemoryArchive) -> None:
        super().__init__()
        self.__dict__.update(of.__dict__)

    async def unanswered(self) -> tuple[Mention, ...]:
        return tuple(self._mentions.values())
