"""The queue of jobs: how a mention becomes a job, when its turn is, how many are waiting, and how
one is accepted and waited for."""

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from dbos import DBOS, DBOSClient, EnqueueOptions, WorkflowStatus, WorkflowStatusString
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs.engine import VERSION
from bot.service import metrics
from bot.service.model_scheduler import NoticeTimer
from bot.service.ports import Archive, Mention, Replies

# How does a mention become a job?
#
# The listening process says which mention it recorded, and the working one queues the job. No asker
# waits for the queue: if a crash comes before the job is queued, the mention is still in the
# archive, and the job is queued from that.

QUEUE = "threads"
SERVE = "serve"
AT_ONCE = "at_once"
"""The queue for jobs that must not wait: those that end another, which may itself be waiting."""
QUEUED_AT = "queued_at"
"""The attribute of a job that says when it was queued; the database's clock has no fractions of a
second."""
LATE = ":late"
"""The suffix of a job's name for the job that waits for the model's version."""
WAITING, RUNNING = WorkflowStatusString.ENQUEUED.value, WorkflowStatusString.PENDING.value
DONE, CANCELLED = WorkflowStatusString.SUCCESS.value, WorkflowStatusString.CANCELLED.value
FAILED = WorkflowStatusString.ERROR.value
FINISHED = [
    DONE,
    FAILED,
    CANCELLED,
    WorkflowStatusString.MAX_RECOVERY_ATTEMPTS_EXCEEDED.value,
]
_LOOK_SECONDS = 0.1
_LONGEST_SECONDS = 60.0
"""For so long a job waits for those before it in its thread."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobQueue:
    """The queues of jobs. ``poll_now`` makes the worker poll the one with that name at once."""

    client: DBOSClient
    archive: Archive
    poll_now: Callable[[str], None]

    async def enqueue(self, next_: Mention) -> None:
        """Queue the job of ``next_``, which is next in its thread; a second call changes nothing.

        The others in the thread follow one by one, each when the one before it ends (`turn`). Each
        team has its own part of the queue, where everybody's first request comes before anybody's
        second. A job that ends another waits for nobody.
        """
        options = EnqueueOptions(
            workflow_name=SERVE,
            queue_name=AT_ONCE,
            workflow_id=next_.key,
            app_version=VERSION,
            attributes={QUEUED_AT: time.time()},
        )
        if not next_.is_about_others:
            options["queue_name"] = QUEUE
            options["queue_partition_key"] = next_.team
            options["priority"] = 1 + await self.archive.waiting_before(next_)
        await self.client.enqueue_async(options, next_.key)
        self.poll_now(options["queue_name"])

    async def next_in_its_thread(self, mention: Mention) -> Mention:
        """The next mention in the thread of ``mention``; itself if it only ends others."""
        if mention.is_about_others:
            return mention
        place = (mention.team, mention.channel, mention.thread)
        return await self.archive.next_in_thread(*place) or mention

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Run the block, which ends when the reply is posted, in its turn; then queue the next.

        The archive knows the order in a thread from the messages' timestamps. The queue holds only
        the next request of each thread, so nothing waits in a place that another thread could use,
        with two exceptions: if two messages came within milliseconds, the later one may have been
        recorded first; and an earlier reply may be stored but not posted yet. Then the job waits
        for the other. Even if the database fails, the block runs: order matters less than a reply.
        """
        mention = None
        try:
            mention = await self.archive.mention(key)
            if mention is not None and not mention.is_about_others:
                async with asyncio.timeout(_LONGEST_SECONDS):
                    await self._wait_for_those_before(mention)
        except TimeoutError:
            _log.warning("an earlier message in the thread has no reply yet")
        except SQLAlchemyError:
            _log.exception("the earlier messages of the thread could not be looked up")
        try:
            yield
        finally:
            if mention is not None:
                await self._bring_next(mention)

    async def _wait_for_those_before(self, mention: Mention) -> None:
        # Whoever replies may be another process, which no event tells of.
        while (await self.next_in_its_thread(mention)).key != mention.key:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
        if mention.message == mention.thread:  # it begins the thread
            return
        before = await self.archive.before_in_thread(mention)
        while before and await find_jobs(self.client, workflow_ids=[before], status=RUNNING):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)

    async def _bring_next(self, mention: Mention) -> None:
        try:
            next_ = await self.next_in_its_thread(mention)
            if next_.key != mention.key:
                await self.enqueue(next_)
            self.poll_now(QUEUE)  # in any case there is a place again
        except (refusal.DBOSException, SQLAlchemyError):
            _log.exception("the next request of the thread will be queued in a minute")


async def find_jobs(
    client: DBOSClient | type[DBOS],
    **wanted: Any,  # noqa: ANN401 - as dbos names and types them
) -> list[WorkflowStatus]:
    """The jobs that are as ``wanted``, without what they were given and returned."""
    return await client.list_workflows_async(load_input=False, load_output=False, **wanted)


async def delete_finished(client: DBOSClient | type[DBOS], keys: Sequence[str]) -> None:
    """Delete the finished jobs among ``keys``, of which there are a few and at least one."""
    ids = [key + part for key in keys for part in ("", LATE)]
    jobs = await find_jobs(client, workflow_ids=ids, status=FINISHED)
    if finished := [job.workflow_id for job in jobs]:
        await client.delete_workflows_async(finished)


_MOST_LOOKED_AT = 1_000
_BEGUN = "begun"
"""The attribute of a job that says how often it was started."""


async def is_queue_served(client: DBOSClient, patience: float = 60.0) -> bool:
    """Whether some process takes jobs: one may wait long for those before it, but only
    ``patience`` seconds while none is running. Updates the metric of waiting jobs."""
    waiting = await find_jobs(client, queue_name=QUEUE, status=WAITING, limit=_MOST_LOOKED_AT)
    busy = await find_jobs(client, status=RUNNING, limit=1)
    metrics.WAITING.set(len(waiting))
    oldest = min((job.created_at or 0 for job in waiting), default=math.inf)
    return bool(busy) or time.time() - oldest / 1000 < patience


async def times_started(client: DBOSClient, name: str) -> int:
    """How often the job ``name`` was started before. The first time, this records how long it
    waited in the queue."""
    jobs = await find_jobs(client, workflow_ids=[name])
    known = next((job.attributes or {} for job in jobs), {})
    if _BEGUN not in known and QUEUED_AT in known:
        metrics.QUEUED.observe(max(0.0, time.time() - known[QUEUED_AT]))
    return int(known.get(_BEGUN, 0))


async def record_start(client: DBOSClient, name: str, times: int) -> None:
    """Store how many ``times`` the job has been started."""
    await client.update_workflow_attributes_async(name, {_BEGUN: times}, merge=True)


# Do people whose jobs haven't started know how many are ahead?
#
# A job that has started reports its own wait for a model (`model_scheduler`). For those still in
# the queue, the worker that put them there does: it checks for as long as one of them is waiting.

_EVERY_SECONDS = 4.0


@dataclass
class WaitNotices:
    """Tells people whose jobs this process queued how many are ahead, until the jobs start.
    ``every``: the seconds between two looks at the queue."""

    queue: JobQueue
    replies: Replies
    every: float = _EVERY_SECONDS
    _waiting: dict[str, tuple[Mention, NoticeTimer]] = field(default_factory=dict)
    _is_anybody_there: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, mention: Mention) -> None:
        """From now on, tell the asker of ``mention``, whose job was just queued."""
        self._waiting[mention.key] = (mention, NoticeTimer())
        self._is_anybody_there.set()

    async def run(self) -> None:
        """Tell people, until cancelled."""
        while True:
            await self._is_anybody_there.wait()
            await asyncio.sleep(self.every)
            try:
                await self._tell()
            except (refusal.DBOSException, SQLAlchemyError):
                _log.exception("could not look up who is waiting")
            if not self._waiting:
                self._is_anybody_there.clear()

    async def _tell(self) -> None:
        known = list(self._waiting)
        jobs = await find_jobs(
            self.queue.client, queue_name=QUEUE, status=[RUNNING, WAITING], limit=_MOST_LOOKED_AT
        )
        ahead = dict(_places(jobs))
        # People who stopped their request already know.
        wanted = await self.queue.archive.wanted(list(ahead))
        for key in known:
            if key not in wanted:
                del self._waiting[key]
        # Those in front first: their replies come first.
        for key in sorted(self._waiting.keys() & wanted, key=ahead.__getitem__):
            mention, timer = self._waiting[key]
            if ahead[key] and timer.is_due():
                await self.replies.to(mention).waiting(ahead[key])


def _places(jobs: Sequence[WorkflowStatus]) -> Iterator[tuple[str, int]]:
    """Yield each waiting job, and how many of its team are ahead of it."""
    by_team = sorted(jobs, key=lambda job: job.queue_partition_key or "")
    for _, of_team in groupby(by_team, key=lambda job: job.queue_partition_key or ""):
        in_order = sorted(of_team, key=_start_order)
        for ahead, job in enumerate(in_order):
            if job.status == WAITING:
                yield job.workflow_id, ahead


def _start_order(job: WorkflowStatus) -> tuple[bool, int, int]:
    """The order in which dbos starts jobs: running ones, then by priority, then by age."""
    return job.status == WAITING, job.priority or 0, job.created_at or 0


# How does the worker accept jobs from the listening process?

_SECONDS_TO_CLOSE = 2.0


@dataclass
class DurableJobs:
    """Accepts the jobs that `durable_jobs` runs. ``slot_watch`` ends if the slot is no longer
    ours."""

    queue: JobQueue
    notices: WaitNotices
    slot_watch: asyncio.Task[None]
    patience: float
    _accepting: set[asyncio.Task[None]] = field(default_factory=set)

    def accept(self, key: str, is_new: bool) -> None:
        """Queue the job of the recorded mention ``key``; a second call changes nothing. If the
        queue can't be reached, this tries again until it can."""
        task = asyncio.create_task(self._enqueue(key, is_new))
        self._accepting.add(task)
        task.add_done_callback(self._accepting.discard)

    async def _enqueue(self, key: str, is_new: bool) -> None:
        archive = self.queue.archive
        while True:
            try:
                # If two workers got the same delivery, one of them is enough.
                if not is_new and await _status(key) is not None:
                    return
                if (mention := await archive.mention(key)) is None:
                    return
                if is_new and not mention.is_a_message:
                    # The same button may have been pressed before, and its reply deleted.
                    await delete_finished(self.queue.client, [key])
                await self.queue.enqueue(await self.queue.next_in_its_thread(mention))
                self.notices.add(mention)
            except (refusal.DBOSException, SQLAlchemyError):
                _log.exception("the job could not be queued yet")
                await asyncio.sleep(self.patience)
            else:
                return

    async def end_accepting(self) -> None:
        """Give what is on its way into the queue two seconds; its mentions are stored."""
        if self._accepting:
            await asyncio.wait(self._accepting, timeout=_SECONDS_TO_CLOSE)
        for task in list(self._accepting):
            task.cancel()

    async def wait_while_slot_is_ours(self) -> None:
        """Wait for as long as the slot is ours.

        Raises:
            ReadoutError: it no longer is.
        """
        await asyncio.shield(self.slot_watch)

    async def is_queue_served(self) -> bool:
        """Whether some worker takes jobs from the queue."""
        return await is_queue_served(self.queue.client)


# Is a job still running?

_MOST_LOOKS = 100
# A job that doesn't exist yet is on its way into the queue, after its first sign, or waits for
# another one in its thread.
_LOOKS_FOR_ONE_THAT_IS_NOT_THERE = 5


async def wait_for_job(key: str) -> None:
    """Return once no worker is running the job of a mention: it is done, or waits in the queue. If
    its worker doesn't come back, return after some seconds all the same."""
    for look in range(_MOST_LOOKS):
        status = await _status(key)
        is_on_its_way = status is None and look < _LOOKS_FOR_ONE_THAT_IS_NOT_THERE
        if status != RUNNING and not is_on_its_way:
            return
        await asyncio.sleep(_LOOK_SECONDS)


async def _status(key: str) -> str | None:
    jobs = await find_jobs(DBOS, workflow_ids=[key])
    return jobs[0].status if jobs else None
