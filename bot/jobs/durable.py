"""Runs durable jobs: what was accepted is done, even if the process dies in between."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from dbos import DBOS
from dbos import error as refusal
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs.engine import client_of, configured, jobs_engine
from bot.jobs.polling import QueuePolling, queue_of_recovered
from bot.jobs.queue import (
    AT_ONCE,
    DONE,
    FAILED,
    FINISHED,
    QUEUE,
    DurableJobs,
    JobQueue,
    WaitNotices,
    delete_finished,
    find_jobs,
)
from bot.jobs.takeover import executor_id, look_after_other_workers
from bot.jobs.workflows import register_workflows
from bot.service.errors import SettingsError, SlackFailure
from bot.service.model_scheduler import begin_flow
from bot.service.ports import Archive, Mention, Replies, Slot, Steps

_EVERY_SECONDS = 60
_MOST_AT_ONCE = 500
"""Jobs that are looked up or deleted together."""
_PAUSE = 0.02
"""The seconds between two parts of a purge: long enough for others who want to write."""

_log = logging.getLogger(__name__)


async def housekeeping(
    abandoned: "AbandonedMentions",
    archive: Archive,
    replies: Replies,
    steps: Steps,
    settings: "JobSettings",
) -> None:
    """Clean up now and every minute, until cancelled; first of all, pick up abandoned mentions."""
    while True:
        try:
            await abandoned.enqueue()
            await steps.update_outdated_messages()
            await end_streams(archive, replies)
            await purge(archive, settings)
        except Exception:  # noqa: BLE001 - one bad minute must not be the last
            _log.exception("cleaning up failed; trying again in a minute")
        await asyncio.sleep(_EVERY_SECONDS)


async def begin_due_jobs(
    steps: Steps, accept: Callable[[str, bool], None], clock: Callable[[], float]
) -> None:
    """Begin the jobs of what is due, at the start of every minute, until cancelled."""
    while True:
        for due in steps.due(clock()):
            try:
                async for mention in due:
                    accept(mention.key, False)  # noqa: FBT003 - it has no first sign
            except Exception:  # noqa: BLE001 - one bad minute must not be the last
                _log.exception("looking for what is due failed; trying again in a minute")
        await asyncio.sleep(_EVERY_SECONDS - clock() % _EVERY_SECONDS)


async def end_streams(archive: Archive, replies: Replies) -> None:
    """End streams that weren't known when their replies were posted, and take back the first signs
    of requests that have expired before that."""
    for mention in await archive.streams_left():
        begin_flow(mention.team, mention.person)
        with suppress(SlackFailure):  # the next minute will do
            await replies.to(mention).end_stream()
    for mention in await archive.expired_at_work():
        begin_flow(mention.team, mention.person)
        with suppress(SlackFailure):
            await replies.to(mention).take_back()


@dataclass
class AbandonedMentions:
    """Mentions without a reply that nobody is working on: a crash came before they were queued,
    their message was deleted and then delivered again, or no reply could be stored."""

    queue: JobQueue
    _seen: frozenset[str] | None = None

    async def enqueue(self) -> None:
        """Queue mentions without a reply: the first time all of them, later those already seen the
        time before, since the others are on their way. One with a job keeps it, unless that is
        done, or failed and could not even say so: it would hold up its thread for ever. A
        withdrawal is run again until it deletes itself, which is the last thing it does."""
        unanswered = await self.queue.archive.unanswered()
        left = [each for each in unanswered if self._seen is None or each.key in self._seen]
        next_ = {each.key: each for each in [await self.queue.next_in_its_thread(m) for m in left]}
        jobs = await self._jobs(list(next_))
        ended = [key for key, status in jobs.items() if status in (DONE, FAILED)]
        # Asked after the jobs: what was replied to meanwhile is no longer among them.
        wanted = set(await self.queue.archive.wanted(ended) if ended else ())
        wanted.update(key for key in ended if next_[key].intent == "withdraw")
        for key, mention in next_.items():
            if key not in jobs:
                await self.queue.enqueue(mention)
            elif key not in wanted:
                continue
            elif mention.intent == "withdraw" or (
                jobs[key] == FAILED and not mention.is_about_others
            ):
                await delete_finished(self.queue.client, [key])
                await self.queue.enqueue(mention)
            elif jobs[key] == DONE:
                await self._withdraw(mention)
        self._seen = frozenset(mention.key for mention in unanswered)

    async def _withdraw(self, mention: Mention) -> None:
        """Delete a mention that came again after its job was done, and its first sign."""
        await self.queue.archive.record(mention.withdrawal)
        await delete_finished(self.queue.client, [mention.withdrawal.key])
        await self.queue.enqueue(mention.withdrawal)

    async def _jobs(self, keys: list[str]) -> dict[str, str]:
        """The status of each job that was ever queued, by key."""
        jobs = [
            job
            for start in range(0, len(keys), _MOST_AT_ONCE)
            for job in await find_jobs(
                self.queue.client, workflow_ids=keys[start : start + _MOST_AT_ONCE]
            )
        ]
        return {job.workflow_id: job.status for job in jobs}


async def purge(archive: Archive, settings: "JobSettings") -> None:
    """Delete what has expired in the archive, and jobs that finished as long ago, including those
    of mentions that were deleted while they ran."""
    async for keys in purge_archive(archive, settings.clock()):
        await delete_finished(DBOS, keys)
    # By the machine's clock, which dbos uses.
    seconds = time.time() - settings.retention_days * 86_400
    then = datetime.fromtimestamp(seconds, UTC).isoformat()
    while jobs := await find_jobs(
        DBOS, completed_before=then, status=FINISHED, limit=_MOST_AT_ONCE
    ):
        await DBOS.delete_workflows_async([job.workflow_id for job in jobs])


async def purge_archive(archive: Archive, now: float) -> AsyncIterator[tuple[str, ...]]:
    """Delete what has expired in the archive, a few at a time so that others can write in between,
    and yield the keys."""
    while keys := await archive.purge(now):
        yield keys
        await asyncio.sleep(_PAUSE)


# A job is a dbos workflow, `serve`, named by the mention's key, in a queue where no team can take
# other teams' places. If a crash comes before it is queued, the mention survives in the archive:
# mentions without a reply are found there.

_TEAMS_AT_ONCE = 16
"""If more teams are busy, the next free place is anybody's."""

_OFTEN, _SELDOM = 1.0, 5.0
"""Seconds between two polls of a queue if nobody asks for one."""


@dataclass(frozen=True)
class JobSettings:
    """``database_url`` is as for the archive; finished jobs are deleted after ``retention_days``;
    ``model_calls`` jobs can ask a model at the same time; a failed step is tried again after
    ``patience`` seconds, and a step fails if it takes longer than ``step_seconds``; running jobs
    have ``seconds_to_end`` when we close; with ``traced`` jobs are sent to a collector; ``clock``
    gives seconds since 1970."""

    database_url: str
    retention_days: float = 30
    model_calls: int = 16
    patience: float = 2.0
    step_seconds: float = 600.0
    seconds_to_end: float = 0.0
    traced: bool = False
    clock: Callable[[], float] = time.time

    @property
    def team_places(self) -> int:
        """How many jobs of one team this worker runs: as many as can ask a model, and a quarter
        more that read and post meanwhile. With more, it would take jobs that other workers could
        do."""
        return self.model_calls + max(2, self.model_calls // 4)


@asynccontextmanager
async def durable_jobs(
    steps: Steps, archive: Archive, replies: Replies, slot: Slot, settings: JobSettings
) -> AsyncIterator[DurableJobs]:
    """Resume what an earlier process in our ``slot`` left, and run what is in the queue, until the
    block ends. Then no new jobs begin, and the next start resumes what isn't finished in time.

    Blocks the loop for up to a second. A process can do this only once at a time: dbos has global
    state.

    Raises:
        SettingsError: the database can't be used.
    """
    async with AsyncExitStack() as stack:
        engine, polling = jobs_engine(settings.database_url), QueuePolling()
        stack.push_async_callback(_end_dbos, engine)
        dbos = DBOS(config=configured(engine, executor_id(slot.number), traced=settings.traced))
        DBOS.listen_queues([])  # `polling` does
        try:
            client = client_of(engine)
            stack.callback(client.destroy)
            queue = JobQueue(client, archive, polling.poll_now)
            running = register_workflows(steps, queue, settings.patience, settings.step_seconds)
            DBOS.launch()
        except (refusal.DBOSException, SQLAlchemyError) as error:
            raise SettingsError(
                "Jobs can't be stored in the database at READOUT_DATABASE_URL. Readout must be "
                "allowed to create tables in it; see the log."
            ) from error
        stack.push_async_callback(running.end, settings.seconds_to_end)
        stack.push_async_callback(polling.stop)
        threads = await DBOS.register_queue_async(
            QUEUE,
            worker_concurrency=settings.team_places * _TEAMS_AT_ONCE,
            partition_worker_concurrency=settings.team_places,
            on_conflict="always_update",
        )
        at_once = await DBOS.register_queue_async(
            # One that waits for Slack, for up to a day, keeps its place.
            AT_ONCE,
            worker_concurrency=1_000,
            on_conflict="always_update",
        )
        # For what other workers queue and can't run, or leave when they die; a file has no others.
        often = _SELDOM if engine.dialect.name == "sqlite" else _OFTEN
        queues = ((threads, often), (at_once, _SELDOM), (queue_of_recovered(dbos), _SELDOM))
        for each, seconds in queues:
            polling.begin(dbos, each, seconds)
            polling.poll_now(each.name)  # for what was left
        notices = WaitNotices(queue, replies)
        slot_watch = asyncio.create_task(look_after_other_workers(slot))
        jobs = DurableJobs(queue, notices, slot_watch, settings.patience)
        cleaning = housekeeping(AbandonedMentions(queue), archive, replies, steps, settings)
        background = (cleaning, begin_due_jobs(steps, jobs.accept, settings.clock), notices.run())
        for task in (slot_watch, *map(asyncio.create_task, background)):
            stack.callback(task.cancel)
        stack.push_async_callback(jobs.end_accepting)
        yield jobs


async def _end_dbos(engine: Engine) -> None:
    threads = ThreadPoolExecutor(thread_name_prefix="readout")
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(threads, partial(DBOS.destroy, destroy_registry=True))
    engine.dispose()
    # dbos had made its own threads the loop's, and has ended them.
    loop.set_default_executor(threads)
