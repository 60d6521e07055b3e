"""How does a mention become a job?

The process that listens says which mention it recorded, and this one puts the job into the queue.
No asker waits for the queue: the mention in the archive survives a crash, and leads to a job that
wasn't queued.
"""

import time
from collections.abc import Callable, Sequence

from dbos import DBOS, DBOSClient, EnqueueOptions, WorkflowStatusString

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


class JobQueue:
    """The way into the queue. ``ring`` has the worker look at once into the one of that name."""

    def __init__(self, client: DBOSClient, archive: Archive, ring: Callable[[str], None]) -> None:
        self.client = client
        self._archive = archive
        self.ring = ring

    async def put(self, mention: Mention) -> None:
        """Put in the queue what is next in the thread of ``mention``, or the end of another in the
        queue that waits for nobody; once more changes nothing.

        The others of the thread follow one by one, each as the one before it ends (`order`). A team
        has a part of the queue to itself, and there the first request of each person comes before
        the second of anybody.
        """
        await self.enqueue(await next_of(self._archive, mention))

    async def enqueue(self, next_: Mention) -> None:
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
            options["priority"] = 1 + await self._archive.waiting_before(next_)
        await self.client.enqueue_async(options, next_.key)
        self.ring(options["queue_name"])


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
