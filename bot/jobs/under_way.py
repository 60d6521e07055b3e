"""Is anybody working on a mention's job?"""

import asyncio

from dbos import DBOS, WorkflowStatusString

_SECONDS_BETWEEN_LOOKS = 0.1
_MOST_LOOKS = 100
# A job that is not there is on its way into the queue, behind its first sign, or waits for another
# of its thread.
_LOOKS_FOR_ONE_THAT_IS_NOT_THERE = 5


class JobsUnderWay:
    """The jobs in progress (`work.UnderWay`), while `DurableJobs` runs."""

    async def ended(self, key: str) -> None:
        for look in range(_MOST_LOOKS):
            status = await _status(key)
            is_on_its_way = status is None and look < _LOOKS_FOR_ONE_THAT_IS_NOT_THERE
            if status != WorkflowStatusString.PENDING.value and not is_on_its_way:
                return
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)


async def _status(key: str) -> str | None:
    jobs = await DBOS.list_workflows_async(workflow_ids=[key], load_input=False, load_output=False)
    return jobs[0].status if jobs else None
