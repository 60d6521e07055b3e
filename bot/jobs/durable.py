"""How does a job outlive the process that accepted it?

A job is a workflow of dbos, `serve`, named by the mention's key, in a queue in which no team can
take the places of the others. If a crash comes before it is queued, the mention in the archive
survives: mentions without a reply are found there.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from dbos import DBOS, DBOSClient
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SettingsError
from bot.jobs.backlog import backlog_of
from bot.jobs.engine import client_of, configured
from bot.jobs.housekeeping import LeftBehind, keep_house
from bot.jobs.order import ThreadOrder
from bot.jobs.queue import AT_ONCE, QUEUE
from bot.jobs.takeover import executor, watch_over_others
from bot.jobs.workflows import Workflows, registered
from bot.ports import Archive
from bot.work import Slot, Story

_TEAMS_AT_ONCE = 16
"""Where more of them are busy, the next free place is anybody's."""


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

    def __init__(self, story: Story, archive: Archive, slot: Slot, settings: JobSettings) -> None:
        self._story = story
        self._archive = archive
        self._slot = slot
        self._settings = settings
        self._workflows: Workflows | None = None
        self._client: DBOSClient | None = None
        self._housekeeping: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Resume what an earlier process in our slot left, and do what is in the queue.

        Blocks the loop for up to a second. The caller holds the slot.

        Raises:
            SettingsError: the database can't be used.
        """
        address, name = self._settings.database_url, executor(self._slot.number)
        DBOS(config=configured(address, name, traced=self._settings.traced))
        try:
            self._client = client = client_of(address)
            order = ThreadOrder(client, self._archive)
            kept = self._settings
            self._workflows = registered(self._story, order, kept.patience, kept.step_seconds)
            DBOS.launch()
        except (refusal.DBOSException, SQLAlchemyError) as error:
            await self.close(0)
            raise SettingsError(
                "Jobs can't be stored in the database at READOUT_DATABASE_URL. Readout must be "
                "allowed to create tables in it; see the log."
            ) from error
        await DBOS.register_queue_async(
            QUEUE,
            worker_concurrency=self._settings.team_places * _TEAMS_AT_ONCE,
            partition_worker_concurrency=self._settings.team_places,
            polling_interval_sec=0.1,
            on_conflict="always_update",
        )
        await DBOS.register_queue_async(
            AT_ONCE, worker_concurrency=8, polling_interval_sec=0.1, on_conflict="always_update"
        )
        left = LeftBehind(client, self._archive)
        self._housekeeping = asyncio.create_task(
            keep_house(left, self._archive, self._settings.retention_days)
        )
        self._watching = asyncio.create_task(watch_over_others(self._slot))

    async def watched(self) -> None:
        """Wait for as long as the jobs are ours to do.

        Raises:
            ReadoutError: they are no longer.
        """
        if self._watching is not None:
            await asyncio.shield(self._watching)

    async def is_queue_taken_up(self) -> bool:
        """Whether what waits in the queue is being done, by whichever worker."""
        return self._client is not None and (await backlog_of(self._client)).is_taken_up

    async def close(self, seconds: float) -> None:
        """Begin no new jobs, let the running ones finish for up to ``seconds``, and stop.

        What is not done by then is resumed by the next `start`.
        """
        workflows, self._workflows = self._workflows, None
        for task in (self._housekeeping, self._watching):
            if task is not None:
                task.cancel()
        if self._client is not None:
            self._client.destroy()
        if workflows is not None:
            await workflows.progress.end(seconds)
        threads = ThreadPoolExecutor(thread_name_prefix="readout")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, partial(DBOS.destroy, destroy_registry=True))
        # dbos had made its own threads the loop's, and has ended them.
        loop.set_default_executor(threads)
