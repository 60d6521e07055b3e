"""How does a job outlive the process that accepted it?

A job is a workflow of dbos, `serve`, named by the mention's key. It is on disk once it stands in
the queue, which runs one job of a thread at a time. The first sign waits for no queue and leaves
no record: it is given at once, and again by the job if a crash swallowed it.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ReadoutError, SettingsError
from bot.jobs.engine import configured
from bot.jobs.housekeeping import forget, keep_house
from bot.jobs.workflows import QUEUE, Workflows, registered
from bot.ports import Archive, Mention, Story

# Slack waits three seconds for an acknowledgement, and delivers again without one.
_ACCEPT_SECONDS = 2.5

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobSettings:
    """``database_url`` as for the archive; ``retention_days`` after which finished jobs are
    forgotten; ``patience`` is the seconds before a failed step is tried again."""

    database_url: str
    retention_days: float = 30
    patience: float = 2.0


class DurableJobs:
    """The jobs (`ports.Jobs`) on disk. One at a time in a process: dbos has one state for all."""

    def __init__(self, story: Story, archive: Archive, settings: JobSettings) -> None:
        self._story = story
        self._archive = archive
        self._settings = settings
        self._workflows: Workflows | None = None
        self._housekeeping: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Resume what an earlier process left, and take new jobs.

        Blocks the loop for up to a second. The caller holds the database for itself alone.

        Raises:
            SettingsError: the database can't be used.
        """
        DBOS(config=configured(self._settings.database_url))
        self._workflows = registered(self._story, self._settings.patience)
        try:
            DBOS.launch()
        except (refusal.DBOSException, SQLAlchemyError) as error:
            await self.close(0)
            raise SettingsError(
                "The jobs can't be kept in the database of READOUT_DATABASE_URL. It must be one "
                "that Readout may create tables in; the log says more."
            ) from error
        await DBOS.register_queue_async(
            QUEUE,
            worker_concurrency=8,
            partition_concurrency=1,
            polling_interval_sec=0.1,
            on_conflict="always_update",
        )
        self._housekeeping = asyncio.create_task(
            keep_house(self._workflows, self._archive, self._settings.retention_days)
        )

    async def accept(self, mention: Mention, *, first: bool) -> None:
        """Put the job on disk; once more changes nothing. Where it is the ``first`` time, the
        first sign is on its way when this returns.

        Raises:
            ReadoutError: it is not on disk after 2.5 seconds, or we are closing.
        """
        if self._workflows is None:
            raise ReadoutError("Readout is restarting. Please ask again in a minute.")
        if first:
            self._background(self._sign(self._workflows, mention))
        queueing = self._background(_queue(self._workflows, mention))
        try:
            # Shielded: a job that is queued late must still run, as the next delivery of the
            # same event finds it on disk and leaves it alone.
            await asyncio.wait_for(asyncio.shield(queueing), _ACCEPT_SECONDS)
        except (TimeoutError, refusal.DBOSException, SQLAlchemyError) as error:
            raise ReadoutError("Readout could not take this down. Please ask again.") from error

    async def forget(self, keys: Sequence[str]) -> None:
        """Delete what is on disk of the finished jobs among ``keys``."""
        await forget(keys)

    async def close(self, seconds: float) -> None:
        """Take no new jobs, let the running ones finish for up to ``seconds``, and stop.

        What is not done by then is resumed by the next `start`.
        """
        workflows, self._workflows = self._workflows, None
        if self._housekeeping is not None:
            self._housekeeping.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if workflows is not None:
            await workflows.progress.end(seconds)
        threads = ThreadPoolExecutor(thread_name_prefix="readout")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, partial(DBOS.destroy, destroy_registry=True))
        # dbos had made its own threads the loop's, and has ended them.
        loop.set_default_executor(threads)

    async def _sign(self, workflows: Workflows, mention: Mention) -> None:
        try:
            with workflows.precedence.first(mention.key):
                await self._story.sign(mention)
        except Exception:  # noqa: BLE001 - the reply may still succeed, and says more than a sign
            _log.exception("no first sign could be given for %s", mention.key)

    def _background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _queue(workflows: Workflows, mention: Mention) -> None:
    thread = f"{mention.team}:{mention.channel}:{mention.thread}"
    with SetWorkflowID(mention.key), SetEnqueueOptions(queue_partition_key=thread):
        await DBOS.enqueue_workflow_async(QUEUE, workflows.serve, mention.key)
