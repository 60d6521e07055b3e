"""Does the asker know that their request is waiting for its turn?"""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bot.replies import Reply
from bot.turns import Flow

_EVERY_SECONDS = 4.0
_AGAIN_AFTER_SECONDS = 90.0
"""Slack takes a status away after two minutes; each change of the number would be a call."""


@dataclass
class Told:
    """When an asker was told last how many are ahead (`time.monotonic`), if ever."""

    at: float = -math.inf

    def is_due(self) -> bool:
        """Whether to say it now; then it counts as said."""
        now = time.monotonic()
        if is_due := now - self.at > _AGAIN_AFTER_SECONDS:
            self.at = now
        return is_due


@asynccontextmanager
async def told_while_waiting(
    flow: Flow, reply: Reply, every: float = _EVERY_SECONDS
) -> AsyncIterator[None]:
    """While ``flow`` waits for a model inside the block, ``reply`` says how many come before it,
    not more often than ``every`` so many seconds."""
    over = asyncio.Event()
    telling = asyncio.create_task(_tell(flow, reply, every, over))
    try:
        yield
    finally:
        # What is on its way is waited for: a status that came after the reply would outlast it.
        over.set()
        await telling


async def _tell(flow: Flow, reply: Reply, every: float, over: asyncio.Event) -> None:
    told, is_shown = Told(), False
    while not over.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(every):
                await over.wait()
                return
        if (ahead := flow.ahead) is None:
            if is_shown:
                is_shown = False
                await reply.progress("writing")
        elif told.is_due():
            is_shown = True
            await reply.waiting(ahead)
