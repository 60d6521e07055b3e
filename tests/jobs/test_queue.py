"""The queue: waiting jobs report their place; whether it is served."""

import asyncio
from dataclasses import replace

from dbos import DBOSClient, EnqueueOptions

from bot.jobs.durable import JobSettings
from bot.jobs.engine import client_of, jobs_engine
from bot.jobs.queue import QUEUE, SERVE, JobQueue, WaitNotices, is_queue_served, wait_for_job
from bot.service.ports import Mention, Notice, ThreadReply
from tests.fakes import MemoryArchive, Transcript
from tests.jobs.recording import SECONDS, RecordingSteps, Running, on_sqlite

PLACES = JobSettings("").team_places


class Transcripts:
    """`ports.Replies` with a transcript for each mention."""

    def __init__(self) -> None:
        self.of: dict[str, Transcript] = {}

    def to(self, mention: Mention) -> ThreadReply:
        return self.of.setdefault(mention.key, Transcript())

    async def until(self, key: str, stage: str) -> None:
        async with asyncio.timeout(SECONDS):
            while key not in self.of or stage not in self.of[key].stages:
                await asyncio.sleep(0.01)


def mention(key: str, person: str = "U1") -> Mention:
    return Mention(key, "T1", "C1", key, key, person, "brief")


async def until_waiting(client: DBOSClient, count: int) -> None:
    async with asyncio.timeout(SECONDS):
        while len(await client.list_workflows_async(status="ENQUEUED")) < count:
            await asyncio.sleep(0.01)


@on_sqlite
async def test_waiting_jobs_report_their_place_in_the_queue(
    running: Running, address: str, archive: MemoryArchive
) -> None:
    recorder, replies = RecordingSteps(hold=asyncio.Event()), Transcripts()
    assert recorder.hold is not None
    client = client_of(jobs_engine(address))
    notices = WaitNotices(JobQueue(client, archive, print), replies, every=0.05)
    async with running(recorder) as jobs:
        for number in range(PLACES):
            await jobs.accept(mention(f"held {number}"))
        for number in range(PLACES):
            await recorder.until("held", f"held {number}")
        late = [mention("held late"), mention("held last"), mention("held other", "U2")]
        late.append(replace(mention("held elsewhere"), team="T2"))
        stopped = mention("held stopped")
        for each in (*late, stopped):
            notices.add(each)
            await jobs.accept(each)
        await archive.keep_outcome(stopped, Notice("Stopped."))
        await until_waiting(client, 4)
        telling = asyncio.create_task(notices.run())
        await replies.until("held other", f"{PLACES} ahead")
        await replies.until("held late", f"{PLACES + 1} ahead")
        await replies.until("held last", f"{PLACES + 2} ahead")
        recorder.hold.set()
        await recorder.until("post", "held last")
        telling.cancel()
    client.destroy()
    assert "held elsewhere" not in replies.of
    assert "held stopped" not in replies.of


# Whether the queue is being served.


@on_sqlite
async def test_a_queue_counts_as_served_while_a_worker_is_busy_or_jobs_are_new(
    running: Running, address: str
) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    assert recorder.hold is not None
    client = client_of(jobs_engine(address))
    async with running(recorder) as jobs:
        assert await is_queue_served(client, patience=0.0), "nothing to do"
        await jobs.accept(mention("held 1"))
        await recorder.until("held", "held 1")
        assert await is_queue_served(client, patience=0.0), "somebody is busy"
        recorder.hold.set()
        await wait_for_job("held 1")
    left = EnqueueOptions(workflow_name=SERVE, queue_name=QUEUE, queue_partition_key="T1")
    await client.enqueue_async(left, "left")
    assert await is_queue_served(client), "a new job counts as served"
    await asyncio.sleep(0.01)
    assert not await is_queue_served(client, patience=0.0), "no worker is left"
    client.destroy()
