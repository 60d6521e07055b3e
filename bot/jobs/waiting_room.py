"""Do people whose jobs haven't started know how many are ahead?

A job that has started reports its own wait for a model (`waiting`). For those still in the queue,
the worker that put them there does: it checks for as long as one of them is waiting.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from itertools import groupby

from dbos import DBOSClient, WorkflowStatus, WorkflowStatusString
from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs.queue import QUEUE
from bot.ports import Archive, Mention
from bot.replies import Replies
from bot.waiting import Told

_EVERY_SECONDS = 4.0
_MOST_LOOKED_AT = 1_000
_BEGUN, _WAITING = WorkflowStatusString.PENDING.value, WorkflowStatusString.ENQUEUED.value

_log = logging.getLogger(__name__)


class WaitingRoom:
    """Those whose jobs this process put into the queue, until the jobs begin."""

    def __init__(
        self,
        client: DBOSClient,
        archive: Archive,
        replies: Replies,
        every: float = _EVERY_SECONDS,
    ) -> None:
        self._client = client
        self._archive = archive
        self._replies = replies
        self._every = every
        self._waiting: dict[str, tuple[Mention, Told]] = {}
        self._arriving: dict[str, tuple[Mention, Told]] = {}
        self._is_anybody_there = asyncio.Event()

    def enter(self, mention: Mention) -> None:
        """The job of ``mention`` is on its way into the queue."""
        self._arriving[mention.key] = (mention, Told())
        self._is_anybody_there.set()

    async def tell(self) -> None:
        """Tell them, not more often than every few seconds, until cancelled."""
        while True:
            await self._is_anybody_there.wait()
            await asyncio.sleep(self._every)
            try:
                await self._look()
            except (refusal.DBOSException, SQLAlchemyError):
                _log.exception("could not look up who is waiting")
            if not self._waiting:
                self._is_anybody_there.clear()

    async def _look(self) -> None:
        arriving, self._arriving = self._arriving, {}
        jobs = await self._client.list_workflows_async(
            queue_name=QUEUE,
            status=[_BEGUN, _WAITING],
            limit=_MOST_LOOKED_AT,
            load_input=False,
            load_output=False,
        )
        ahead = dict(_places(jobs))
        # Whoever stopped theirs has heard of that already.
        wanted = await self._archive.wanted(list(ahead))
        still = {key: told for key, told in self._waiting.items() if key in wanted}
        self._waiting = {**still, **arriving}
        # Those in front first: a status must not come after the reply.
        for key in sorted(self._waiting.keys() & wanted, key=ahead.__getitem__):
            mention, told = self._waiting[key]
            if ahead[key] and told.is_due():
                await self._replies.to(mention).waiting(ahead[key])


def _places(jobs: Sequence[WorkflowStatus]) -> Iterator[tuple[str, int]]:
    """For each job that has not begun, how many of its team come before it."""
    by_team = sorted(jobs, key=lambda job: job.queue_partition_key or "")
    for _, of_team in groupby(by_team, key=lambda job: job.queue_partition_key or ""):
        in_order = sorted(of_team, key=_turn)
        for ahead, job in enumerate(in_order):
            if job.status == _WAITING:
                yield job.workflow_id, ahead


def _turn(job: WorkflowStatus) -> tuple[bool, int, int]:
    """In the order in which dbos begins them: those that it has begun, by priority, by age."""
    return job.status == _WAITING, job.priority or 0, job.created_at or 0
