"""How does a job outlive the process that accepted it?

A job is a workflow of dbos, `serve`, named by the mention's key, in a queue that runs one job of a
thread at a time. What outlives a crash before it stands there is the mention in the archive: who
is without a reply is found by it. So nobody who asks waits for the queue, and the first sign is
given at once.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from dbos import DBOS
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ReadoutError, SettingsError
from bot.jobs.engine import configured
from bot.jobs.housekeeping import forget, keep_house
from bot.jobs.workflows import QUEUE, Workflows, queue, registered
from bot.ports import Archive, Mention, Story

# What is on its way into the queue gets this long when we close; the record outlives it.
_QUEUE_SECONDS = 2.0

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
        """Begin the job of a recorded mention; once more changes nothing. It is on its way, and
        the ``first`` time its first sign too, when this returns.

        Raises:
            ReadoutError: we are closing.
        """
        if self._workflows is None:
            raise ReadoutError("Readout is restarting. Please ask again in a minute.")
        if first:
            self._background(self._sign(self._workflows, mention))
        self._background(self._queued(self._workflows, mention))

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
        await _ended(self._tasks)
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

    async def _queued(self, workflows: Workflows, mention: Mention) -> None:
        while True:
            try:
                await queue(workflows, mention)
            except (refusal.DBOSException, SQLAlchemyError):
                _log.exception("the job %s could not be queued yet", mention.key)
                await asyncio.sleep(self._settings.patience)
            else:
                return

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _ended(tasks: set[asyncio.Task[None]]) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=_QUEUE_SECONDS)
    for task in list(tasks):
        task.cancel()
