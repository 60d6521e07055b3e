"""Is anybody at the job of a mention?"""

import asyncio

from dbos import DBOS, WorkflowStatusString

_SECONDS_BETWEEN_LOOKS = 0.1
_MOST_LOOKS = 100
# A job that is not there yet is on its way into the queue, behind its first sign.
_AT_IT = {None, WorkflowStatusString.PENDING.value}


class JobsUnderWay:
    """The jobs in progress (`work.UnderWay`), while `DurableJobs` runs."""

    async def ended(self, key: str) -> None:
        for _ in range(_MOST_LOOKS):
            if await _status(key) not in _AT_IT:
                return
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)


async def _status(key: str) -> str | None:
    jobs = await DBOS.list_workflows_async(workflow_ids=[key], load_input=False, load_output=False)
    return jobs[0].status if jobs else None
