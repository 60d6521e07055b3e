"""How does a mention become a job, in a process that does no jobs itself?

The listening process puts jobs into the queue, the working one takes them out; the jobs' database
connects the two. No asker waits for the queue: the mention in the archive survives a crash, and
leads to a job that wasn't queued.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from dbos import DBOS, DBOSClient, EnqueueOptions, WorkflowStatusString
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics
from bot.errors import ReadoutError
from bot.jobs.engine import VERSION
from bot.ports import Archive, Mention

QUEUE = "threads"
SERVE = "serve"
AT_ONCE = "at_once"
"""The queue of what must not wait for others: the end of a job that may be waiting itself."""
QUEUED_AT = "queued_at"
"""The attribute of a job that says since when it waits; the database's own clock has no fractions
of a second."""
LATE = ":late"
"""What is added to the name of a job for the one that waits for the model's version."""
FINISHED = [
    WorkflowStatusString.SUCCESS.value,
    WorkflowStatusString.ERROR.value,
    WorkflowStatusString.CANCELLED.value,
]
MOST_AT_ONCE = 500
"""Jobs that are looked up or deleted together."""
# What is on its way into the queue gets this long when we close; the record outlives it.
_QUEUE_SECONDS = 2.0

_log = logging.getLogger(__name__)

Sign = Callable[[Mention], Awaitable[None]]
"""Gives the first sign that a mention was heard."""


class JobQueue:
    """The way into the queue (`work.Jobs`). ``patience``: the seconds between two tries."""

    def __init__(
        self, client: DBOSClient, archive: Archive, sign: Sign, patience: float = 2.0
    ) -> None:
        self._client = client
        self._archive = archive
        self._sign = sign
        self._patience = patience
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self, mention: Mention, *, first: bool) -> None:
        """Begin the job of a recorded mention; once more changes nothing. It is on its way, and
        the ``first`` time its first sign too, when this returns.

        Raises:
            ReadoutError: we are closing.
        """
        if self._closed:
            raise ReadoutError("Readout is restarting. Please ask again in a minute.")
        self._background(self._begun(mention, first=first))

    async def close(self) -> None:
        """Take no new jobs; what is on its way gets two seconds."""
        self._closed = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_QUEUE_SECONDS)
        for task in list(self._tasks):
            task.cancel()
        self._client.destroy()

    async def _begun(self, mention: Mention, *, first: bool) -> None:
        # In this order: a sign that came after the reply would outlast it.
        if first:
            try:
                await self._sign(mention)
                if mention.is_a_message:
                    metrics.FIRST_SIGN.observe(metrics.seconds_since(mention.message))
            except Exception:  # noqa: BLE001 - the reply may still succeed, and says more
                _log.exception("the first sign could not be posted")
        elif mention.is_a_message:
            # Another process may be about to give the sign; this one is for a crash of that.
            await asyncio.sleep(self._patience)
        await self._queued(mention, first=first)

    async def _queued(self, mention: Mention, *, first: bool) -> None:
        while True:
            try:
                if first and not mention.is_a_message:
                    # The same button may have been pressed before, and its reply deleted.
                    await forget(self._client, [mention.key])
                await put(self._client, self._archive, mention)
            except (refusal.DBOSException, SQLAlchemyError):
                _log.exception("the job could not be queued yet")
                await asyncio.sleep(self._patience)
            else:
                return

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def put(client: DBOSClient, archive: Archive, mention: Mention) -> None:
    """Put in the queue what is next in the thread of ``mention``, or the end of another in the
    queue that waits for nobody; once more changes nothing.

    The others of the thread follow one by one: a job puts the next there as it ends. A team has a
    part of the queue to itself, and there the first request of each person comes before the
    second of anybody.
    """
    await enqueue(client, archive, await next_of(archive, mention))


async def enqueue(client: DBOSClient, archive: Archive, next_: Mention) -> None:
    """Put the job of ``next_`` itself in the queue; once more changes nothing."""
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
        options["priority"] = 1 + await archive.waiting_before(next_)
    await client.enqueue_async(options, next_.key)


async def next_of(archive: Archive, mention: Mention) -> Mention:
    """What is next in the thread of ``mention``; itself where it only ends others."""
    if mention.is_about_others:
        return mention
    found = await archive.next_in_thread(mention.team, mention.channel, mention.thread)
    return found or mention


async def forget(client: DBOSClient | type[DBOS], keys: Sequence[str]) -> None:
    """Delete what is on disk of the finished jobs among ``keys``."""
    ids = [key + part for key in keys for part in ("", LATE)]
    for start in range(0, len(ids), MOST_AT_ONCE):
        jobs = await client.list_workflows_async(
            workflow_ids=ids[start : start + MOST_AT_ONCE],
            status=FINISHED,
            load_input=False,
            load_output=False,
        )
        if finished := [job.workflow_id for job in jobs]:
            await client.delete_workflows_async(finished)
