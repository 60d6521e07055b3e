"""How does a job outlive the process that accepted it?

A job is a workflow of dbos, `serve`, named by the mention's key, in a queue in which no team can
take the places of the others. If a crash comes before it is queued, the mention in the archive
survives: mentions without a reply are found there.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from dbos import DBOS
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SettingsError
from bot.jobs.backlog import backlog_of
from bot.jobs.engine import client_of, configured
from bot.jobs.housekeeping import LeftBehind, keep_house
from bot.jobs.order import ThreadOrder
from bot.jobs.polling import Looks
from bot.jobs.queue import AT_ONCE, QUEUE, JobQueue, forget
from bot.jobs.takeover import executor, watch_over_others
from bot.jobs.waiting_room import WaitingRoom
from bot.jobs.workflows import Workflows, registered
from bot.ports import Archive
from bot.replies import Replies
from bot.work import Slot, Story

_TEAMS_AT_ONCE = 16
"""Where more of them are busy, the next free place is anybody's."""

_LAST_SECONDS = 2.0
"""What is on its way into the queue gets this long when we close; the record outlives it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobSettings:
    """``database_url`` as for the archive; ``retention_days`` after which finished jobs are
    forgotten; ``model_calls`` of its jobs can ask a model at the same time; ``patience`` is the
    seconds before a failed step is tried again, and a step fails that takes longer than
    ``step_seconds``; ``traced`` jobs are told to a collector."""

    database_url: str
    retention_days: float = 30
    model_calls: int = 16
    patience: float = 2.0
    step_seconds: float = 600.0
    traced: bool = False

    @property
    def team_places(self) -> int:
        """How many jobs of one team this worker begins: as many as can ask a model, and a quarter
        more that read and post meanwhile. With more, one worker would take what others could do.
        """
        return self.model_calls + max(2, self.model_calls // 4)


class DurableJobs:
    """Does the jobs on disk. One at a time in a process: dbos has one state for all."""

    def __init__(
        self, story: Story, archive: Archive, replies: Replies, slot: Slot, settings: JobSettings
    ) -> None:
        self._story = story
        self._archive = archive
        self._replies = replies
        self._slot = slot
        self._settings = settings
        self._looks = Looks()
        self._workflows: Workflows | None = None
        self._queue: JobQueue | None = None
        self._room: WaitingRoom | None = None
        self._housekeeping: list[asyncio.Task[None]] = []
        self._watching: asyncio.Task[None] | None = None
        self._accepting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Resume what an earlier process in our slot left, and do what is in the queue.

        Blocks the loop for up to a second. The caller holds the slot.

        Raises:
            SettingsError: the database can't be used.
        """
        address, name = self._settings.database_url, executor(self._slot.number)
        dbos = DBOS(config=configured(address, name, traced=self._settings.traced))
        DBOS.listen_queues([])  # `polling` does
        try:
            client = client_of(address)
            self._queue = queue = JobQueue(client, self._archive, self._looks.ring)
            order = ThreadOrder(queue, self._archive)
            kept = self._settings
            self._workflows = registered(self._story, order, kept.patience, kept.step_seconds)
            DBOS.launch()
        except (refusal.DBOSException, SQLAlchemyError) as error:
            await self.close(0)
            raise SettingsError(
                "Jobs can't be stored in the database at READOUT_DATABASE_URL. Readout must be "
                "allowed to create tables in it; see the log."
            ) from error
        threads = await DBOS.register_queue_async(
            QUEUE,
            worker_concurrency=self._settings.team_places * _TEAMS_AT_ONCE,
            partition_worker_concurrency=self._settings.team_places,
            polling_interval_sec=1.0,  # for what another worker has queued and can't do itself
            on_conflict="always_update",
        )
        at_once = await DBOS.register_queue_async(
            AT_ONCE,
            worker_concurrency=8,
            polling_interval_sec=5.0,  # for what a worker that died has left
            on_conflict="always_update",
        )
        for each in (threads, at_once):
            self._looks.begin(dbos, each)
            self._looks.ring(each.name)  # for what was left
        self._room = WaitingRoom(client, self._archive, self._replies)
        tidying = keep_house(LeftBehind(queue, self._archive), self._archive, kept.retention_days)
        self._housekeeping = [asyncio.create_task(each) for each in (tidying, self._room.tell())]
        self._watching = asyncio.create_task(watch_over_others(self._slot))

    def accept(self, key: str, is_first: bool) -> None:
        """Begin the job of the recorded mention ``key``; once more changes nothing. If the queue
        can't be reached, it is tried again until it can."""
        task = asyncio.create_task(self._accepted(key, is_first))
        self._accepting.add(task)
        task.add_done_callback(self._accepting.discard)

    async def _accepted(self, key: str, is_first: bool) -> None:
        while self._queue is not None and self._room is not None:
            try:
                if (mention := await self._archive.mention(key)) is None:
                    return
                if is_first and not mention.is_a_message:
                    # The same button may have been pressed before, and its reply deleted.
                    await forget(self._queue.client, [key])
                self._room.enter(mention)
                await self._queue.put(mention)
            except (refusal.DBOSException, SQLAlchemyError):
                _log.exception("the job could not be queued yet")
                await asyncio.sleep(self._settings.patience)
            else:
                return

    async def watched(self) -> None:
        """Wait for as long as the jobs are ours to do.

        Raises:
            ReadoutError: they are no longer.
        """
        if self._watching is not None:
            await asyncio.shield(self._watching)

    async def is_queue_taken_up(self) -> bool:
        """Whether what waits in the queue is being done, by whichever worker."""
        return self._queue is not None and (await backlog_of(self._queue.client)).is_taken_up

    async def close(self, seconds: float) -> None:
        """Begin no new jobs, let the running ones finish for up to ``seconds``, and stop.

        What is not done by then is resumed by the next `start`.
        """
        workflows, self._workflows = self._workflows, None
        if self._accepting:
            await asyncio.wait(self._accepting, timeout=_LAST_SECONDS)
        for task in (*self._accepting, *self._housekeeping, self._watching):
            if task is not None:
                task.cancel()
        await self._looks.stop()
        if workflows is not None:
            await workflows.progress.end(seconds)
        if self._queue is not None:
            self._queue.client.destroy()
        threads = ThreadPoolExecutor(thread_name_prefix="readout")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, partial(DBOS.destroy, destroy_registry=True))
        # dbos had made its own threads the loop's, and has ended them.
        loop.set_default_executor(threads)
