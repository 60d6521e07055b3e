"""Continues the jobs of workers that died, and of other versions of Readout."""

import asyncio
import logging
import time
from collections.abc import Iterable

from dbos import DBOS, WorkflowStatus

from bot.jobs.engine import VERSION
from bot.jobs.queue import AT_ONCE, CANCELLED, QUEUE, RUNNING, WAITING, find_jobs
from bot.service import metrics
from bot.service.errors import ReadoutError
from bot.service.ports import Slot

# What happens to jobs that another version of Readout accepted or started?
#
# dbos picks up only jobs with the version of the process (`engine.VERSION`), since other code may
# have other steps. So jobs of another version start over under ours: the archive says what was
# already read, written and posted, so that none of it is done twice.

# A crash between cancelling a job and restarting it leaves this mark.
_MARK = {"begun_anew": True}
# An idle, living worker of the other version picks up its own jobs sooner than this.
_LEFT_MS = 5_000

_log = logging.getLogger(__name__)


async def restart(jobs: Iterable[WorkflowStatus]) -> None:
    """Queue those of ``jobs`` with another version as ours, from their first step on. No worker may
    be running them."""
    for job in jobs:
        if job.app_version != VERSION:
            name = job.workflow_id
            await DBOS.update_workflow_attributes_async(name, _MARK, merge=True)
            await DBOS.cancel_workflows_async([name])
            await DBOS.rewind_workflow_async(
                name,
                application_version=VERSION,
                queue_name=QUEUE if job.queue_partition_key else AT_ONCE,
                queue_partition_key=job.queue_partition_key,
            )
            metrics.BEGUN_ANEW.inc()
            _log.warning("restarting a job from another version", extra={"mention": name})


async def restart_waiting_jobs() -> None:
    """Restart the jobs that wait for workers of another version, once there are none."""
    known = await DBOS.list_application_versions_async()
    others = [each["version_name"] for each in known if each["version_name"] != VERSION]
    if not others:
        return
    running = await find_jobs(DBOS, app_version=others, status=RUNNING)
    at_work = {job.app_version for job in running}
    now = time.time() * 1000
    waiting = await find_jobs(DBOS, app_version=others, status=WAITING)
    await restart(
        job
        for job in waiting
        # What was put there in the future was so before the clock was set back.
        if job.app_version not in at_work and abs(now - (job.updated_at or 0)) > _LEFT_MS
    )
    cancelled = await find_jobs(DBOS, app_version=others, status=CANCELLED)
    await restart(job for job in cancelled if _MARK.items() <= (job.attributes or {}).items())


# Who continues the work of a worker that died?
#
# dbos resumes an executor's jobs when one of the same name starts. If a worker never comes back,
# its jobs would wait forever: so each worker checks every two seconds whose jobs are in progress,
# and whether that worker's slot is free. If so, they go back into the queue.

_EVERY_SECONDS = 2.0
_NAME = "readout"


def executor_id(slot: int) -> str:
    """The executor id of the worker in ``slot``."""
    return f"{_NAME}-{slot}" if slot else _NAME


async def look_after_other_workers(slot: Slot) -> None:
    """Keep our slot and take over the jobs of dead workers, until cancelled.

    Raises:
        ReadoutError: another worker has our slot, so its jobs are no longer ours.
    """
    while True:
        try:
            await slot.keep()
            await take_over(slot)
            await restart_waiting_jobs()
        except ReadoutError:
            raise
        except Exception:  # noqa: BLE001 - the database may be back in two seconds
            _log.exception("could not check on the other workers")
        await asyncio.sleep(_EVERY_SECONDS)


async def take_over(slot: Slot) -> None:
    """Put the jobs of dead workers back into the queue."""
    jobs = await find_jobs(DBOS, status=RUNNING)
    ours = executor_id(slot.number)
    await restart(job for job in jobs if job.executor_id == ours)
    for name in {job.executor_id for job in jobs if job.executor_id} - {ours}:
        async with slot.left_by(_slot(name)) as is_dead:
            if is_dead:
                await restart(job for job in jobs if job.executor_id == name)
                # No public call keeps the count of recoveries (dbos 3.4): `resume_workflows` starts
                # again at zero. A test with a killed process proves that this one works.
                await asyncio.to_thread(DBOS._recover_pending_workflows, [name])  # noqa: SLF001
                metrics.TAKEOVERS.inc()
                _log.warning("took over the work of %s, which died", name)


def _slot(name: str) -> int:
    number = name.removeprefix(_NAME).removeprefix("-")
    return int(number) if number.isdecimal() else 0
