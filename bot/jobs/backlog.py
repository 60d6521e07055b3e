"""How much work is waiting, is anybody picking it up, and how often was it started?"""

import time
from dataclasses import dataclass

from dbos import DBOSClient, WorkflowStatusString

from bot import metrics
from bot.jobs.queue import QUEUE, QUEUED_AT

_MOST_COUNTED = 1_000
_BEGUN = "begun"
"""The attribute of a job that says how often it was begun."""
_LONGEST_SECONDS = 60.0


@dataclass(frozen=True)
class Backlog:
    """``waiting`` counts the jobs in the queue, to 1000; ``oldest`` is the seconds that the first
    of them waits; ``is_anybody_busy`` tells whether any process is at a job."""

    waiting: int
    oldest: float
    is_anybody_busy: bool

    @property
    def is_taken_up(self) -> bool:
        """A job may wait for long, for those before it, and never while nobody does any."""
        return self.is_anybody_busy or self.oldest < _LONGEST_SECONDS


async def backlog_of(client: DBOSClient) -> Backlog:
    """The backlog of all processes on the database; counted into the figures of this one."""
    waiting = await client.list_workflows_async(
        queue_name=QUEUE,
        status=WorkflowStatusString.ENQUEUED.value,
        limit=_MOST_COUNTED,
        load_input=False,
        load_output=False,
    )
    busy = await client.list_workflows_async(
        status=WorkflowStatusString.PENDING.value, limit=1, load_input=False, load_output=False
    )
    metrics.WAITING.set(len(waiting))
    first = min((job.created_at or 0 for job in waiting), default=None)
    oldest = 0.0 if first is None else time.time() - first / 1000
    return Backlog(len(waiting), oldest, bool(busy))


async def times_begun(client: DBOSClient, name: str) -> int:
    """How often the job ``name`` was begun before; the first time, how long it has waited in the
    queue is counted."""
    jobs = await client.list_workflows_async(
        workflow_ids=[name], load_input=False, load_output=False
    )
    known = next((job.attributes or {} for job in jobs), {})
    if _BEGUN not in known and QUEUED_AT in known:
        metrics.QUEUED.observe(max(0.0, time.time() - known[QUEUED_AT]))
    return int(known.get(_BEGUN, 0))


async def count_begin(client: DBOSClient, name: str, times: int) -> None:
    """Keep that the job was begun so many ``times`` by now."""
    await client.update_workflow_attributes_async(name, {_BEGUN: times}, merge=True)
