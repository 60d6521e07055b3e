"""Who continues the work of a worker that died?

dbos resumes an executor's jobs when one of the same name starts. If a worker never comes back, its
jobs would wait forever: so each worker checks every two seconds whose jobs are in progress, and
whether that worker's slot is free. If so, they go back into the queue.
"""

import asyncio
import logging

from dbos import DBOS, WorkflowStatusString

from bot import metrics
from bot.errors import ReadoutError
from bot.jobs.versions import begin_anew, begin_waiting_anew
from bot.work import Slot

_EVERY_SECONDS = 2.0
_NAME = "readout"

_log = logging.getLogger(__name__)


def executor(slot: int) -> str:
    """The name under which the worker of ``slot`` works."""
    return f"{_NAME}-{slot}" if slot else _NAME


async def watch_over_others(slot: Slot) -> None:
    """Keep our slot and take over what the dead leave, until cancelled.

    Raises:
        ReadoutError: another has our slot, so that its jobs are no longer ours to do.
    """
    while True:
        try:
            await slot.keep()
            await take_over(slot)
            await begin_waiting_anew()
        except ReadoutError:
            raise
        except Exception:  # noqa: BLE001 - the database may be back in two seconds
            _log.exception("could not check on the other workers")
        await asyncio.sleep(_EVERY_SECONDS)


async def take_over(slot: Slot) -> None:
    """Put the jobs of workers that are dead back into the queue."""
    jobs = await DBOS.list_workflows_async(
        status=WorkflowStatusString.PENDING.value, load_input=False, load_output=False
    )
    ours = executor(slot.number)
    await begin_anew(job for job in jobs if job.executor_id == ours)
    for name in {job.executor_id for job in jobs if job.executor_id} - {ours}:
        async with slot.left_by(_slot(name)) as is_dead:
            if is_dead:
                await begin_anew(job for job in jobs if job.executor_id == name)
                # No public call keeps the count of recoveries (dbos 3.4): `resume_workflows`
                # starts it from nought. A test with a killed process holds that this one works.
                await asyncio.to_thread(DBOS._recover_pending_workflows, [name])  # noqa: SLF001
                metrics.TAKEOVERS.inc()
                _log.warning("took over the work of %s, which died", name)


def _slot(name: str) -> int:
    number = name.removeprefix(_NAME).removeprefix("-")
    return int(number) if number.isdecimal() else 0
