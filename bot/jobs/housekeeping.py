"""Housekeeping while jobs run: mentions left without a job, and rows that have expired."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from dbos import DBOS, WorkflowStatusString

from bot.jobs.queue import FINISHED, MOST_AT_ONCE, JobQueue, forget, next_of
from bot.ports import Archive, Mention

_EVERY_SECONDS = 60
_PAUSE = 0.02
"""The seconds between two parts of a purge: four tries of who waits to write."""

_SUCCESS = WorkflowStatusString.SUCCESS.value

_log = logging.getLogger(__name__)


async def keep_house(left: "LeftBehind", archive: Archive, retention_days: float) -> None:
    """Tidy up now and every minute, until cancelled; first of all take up what was left."""
    while True:
        try:
            await left.take_up()
            await purge(archive, retention_days)
        except Exception:  # noqa: BLE001 - one bad minute must not be the last
            _log.exception("cleaning up failed; trying again in a minute")
        await asyncio.sleep(_EVERY_SECONDS)


class LeftBehind:
    """The mentions without a reply at which nobody is: a crash came before they were queued, or
    their message was deleted and then delivered once more."""

    def __init__(self, queue: JobQueue, archive: Archive) -> None:
        self._queue = queue
        self._archive = archive
        self._seen: frozenset[str] | None = None

    async def take_up(self) -> None:
        """Queue who has no reply: at the first time everybody, later those seen the time before,
        since the others are on their way. Who has a job keeps that, unless it was done before."""
        waiting = await self._archive.unanswered()
        left = [each for each in waiting if self._seen is None or each.key in self._seen]
        next_ = {each.key: each for each in [await next_of(self._archive, m) for m in left]}
        jobs = await self._jobs(list(next_))
        done = [key for key, status in jobs.items() if status == _SUCCESS]
        # Asked after the jobs: what was replied to meanwhile is no longer among them.
        deleted = await self._archive.wanted(done) if done else frozenset[str]()
        for key, mention in next_.items():
            if key in deleted:
                await self._withdraw(mention)
            elif key not in jobs:
                await self._queue.enqueue(mention)
        self._seen = frozenset(mention.key for mention in waiting)

    async def _withdraw(self, mention: Mention) -> None:
        """Delete a mention that is there again though its job was done, and its sign."""
        await self._archive.record(mention.withdrawal)
        await forget(self._queue.client, [mention.withdrawal.key])
        await self._queue.enqueue(mention.withdrawal)

    async def _jobs(self, keys: list[str]) -> dict[str, str]:
        """How the jobs stand of those of them that were put into the queue at some time."""
        jobs = [
            job
            for start in range(0, len(keys), MOST_AT_ONCE)
            for job in await self._queue.client.list_workflows_async(
                workflow_ids=keys[start : start + MOST_AT_ONCE], load_input=False, load_output=False
            )
        ]
        return {job.workflow_id: job.status for job in jobs}


async def purge(archive: Archive, retention_days: float) -> None:
    """Delete what has expired: in the archive, and the jobs that finished as long ago.

    The latter finds also the jobs of mentions that were deleted while they ran.
    """
    now = time.time()
    async for keys in purged(archive, now):
        await forget(DBOS, keys)
    long_ago = datetime.fromtimestamp(now - retention_days * 86_400, UTC).isoformat()
    while ids := await _finished(long_ago):
        await DBOS.delete_workflows_async(ids)


async def purged(archive: Archive, now: float) -> AsyncIterator[tuple[str, ...]]:
    """The keys of what has expired in the archive, deleted a few at a time; others write in
    between."""
    while keys := await archive.purge(now):
        yield keys
        await asyncio.sleep(_PAUSE)


async def _finished(completed_before: str) -> list[str]:
    jobs = await DBOS.list_workflows_async(
        completed_before=completed_before,
        status=FINISHED,
        limit=MOST_AT_ONCE,
        load_input=False,
        load_output=False,
    )
    return [job.workflow_id for job in jobs]
