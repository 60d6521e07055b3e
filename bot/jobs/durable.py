"""How does a job outlive the process that accepted it?

A job is two workflows of dbos. `hear`, named by the job's key, starts at once and gives the first
sign; `serve` waits in a queue that runs one job of a thread at a time. Both are on disk before
they begin.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from dbos import DBOS, SetWorkflowID
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ReadoutError, SettingsError
from bot.jobs.engine import configured
from bot.jobs.housekeeping import forget, keep_house
from bot.jobs.workflows import QUEUE, Workflows, registered
from bot.ports import Archive, Story

# Slack waits three seconds for an acknowledgement, and delivers again without one.
_ACCEPT_SECONDS = 2.5
# The newest jobs, known to be on disk without looking.
_REMEMBERED = 1_000

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
        self._starting: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Resume what an earlier process left, and take new jobs.

        Blocks the loop for up to a second. The caller holds the database for itself alone.

        Raises:
            SettingsError: the database can't be used.
        """
        DBOS(config=configured(self._settings.database_url))
        self._workflows = registered(self._story, self._archive, self._settings.patience)
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

    async def accept(self, key: str) -> None:
        """Put the job on disk and start it; once more changes nothing.

        Raises:
            ReadoutError: it is not on disk after 2.5 seconds, or we are closing.
        """
        if self._workflows is None:
            raise ReadoutError("Readout is restarting. Please ask again in a minute.")
        # The same event comes twice at once, as a message and as a mention.
        starting = self._starting.get(key)
        if starting is None:
            starting = asyncio.create_task(_start(self._workflows, key))
            self._starting[key] = starting
            starting.add_done_callback(partial(self._started, key))
        try:
            # Shielded: a start that comes late must still run, as the next delivery of the
            # same event finds it on disk and leaves it alone.
            await asyncio.wait_for(asyncio.shield(starting), _ACCEPT_SECONDS)
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
        await asyncio.gather(*self._starting.values(), return_exceptions=True)
        if workflows is not None:
            await workflows.progress.end(seconds)
        threads = ThreadPoolExecutor(thread_name_prefix="readout")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, partial(DBOS.destroy, destroy_registry=True))
        # dbos had made its own threads the loop's, and has ended them.
        loop.set_default_executor(threads)

    def _started(self, key: str, starting: asyncio.Task[None]) -> None:
        error = None if starting.cancelled() else starting.exception()
        if starting.cancelled() or error:
            del self._starting[key]
        elif len(self._starting) > _REMEMBERED:
            del self._starting[next(iter(self._starting))]
        if error:
            _log.error("a job could not be started", exc_info=error)


async def _start(workflows: Workflows, key: str) -> None:
    with SetWorkflowID(key), workflows.precedence.first():
        await DBOS.start_workflow_async(workflows.hear, key)
