"""What becomes of jobs that another version of Readout accepted or began?

dbos picks up only jobs with the version of the process (`engine.VERSION`), since other code may
have other steps. So jobs of another version start over under ours: the archive says what was
already read, written and posted, so that none of it is done twice.
"""

import logging
import time
from collections.abc import Iterable

from dbos import DBOS, WorkflowStatus, WorkflowStatusString

from bot import metrics
from bot.jobs.engine import VERSION
from bot.jobs.queue import AT_ONCE, QUEUE

_PENDING = WorkflowStatusString.PENDING.value
_WAITING = [WorkflowStatusString.ENQUEUED.value, WorkflowStatusString.DELAYED.value]
_CANCELLED = WorkflowStatusString.CANCELLED.value
# A crash between the cancelling of a job and its new beginning leaves this mark.
_MARK = {"begun_anew": True}
# A worker of the other version that lives and is idle takes up sooner what waits for it.
_LEFT_MS = 5_000

_log = logging.getLogger(__name__)


async def begin_anew(jobs: Iterable[WorkflowStatus]) -> None:
    """Put those of ``jobs`` that bear another version into the queue as ours, from their first
    step on. No worker may be at them."""
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


async def begin_waiting_anew() -> None:
    """Do so with the jobs that wait for workers of another version, once there are none."""
    known = await DBOS.list_application_versions_async()
    others = [each["version_name"] for each in known if each["version_name"] != VERSION]
    if not others:
        return
    at_work = {job.app_version for job in await _listed(others, [_PENDING])}
    now = time.time() * 1000
    waiting = await _listed(others, _WAITING)
    await begin_anew(
        job
        for job in waiting
        # What was put there in the future was so before the clock was set back.
        if job.app_version not in at_work and abs(now - (job.updated_at or 0)) > _LEFT_MS
    )
    cancelled = await _listed(others, [_CANCELLED])
    await begin_anew(job for job in cancelled if _MARK.items() <= (job.attributes or {}).items())


async def _listed(versions: list[str], status: list[str]) -> list[WorkflowStatus]:
    return await DBOS.list_workflows_async(
        app_version=versions, status=status, load_input=False, load_output=False
    )
