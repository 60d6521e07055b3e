"""Does the asker know that their request is waiting for its turn?"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bot.replies import Reply
from bot.turns import Flow

_EVERY_SECONDS = 4.0
_NEARER = 0.8
"""Far back the number changes with each look, and says little."""
_AGAIN_AFTER_SECONDS = 90.0
"""Slack takes a status away after two minutes."""


@dataclass
class Told:
    """What an asker was told last of how many are ``ahead``, and when (`time.monotonic`)."""

    ahead: int | None = None
    at: float = 0.0

    def is_news(self, ahead: int) -> bool:
        """Whether to say it: it is a fifth nearer, or may not be seen any more."""
        if self.ahead is None or time.monotonic() - self.at > _AGAIN_AFTER_SECONDS:
            return True
        return ahead <= _NEARER * self.ahead and ahead != self.ahead

    def note(self, ahead: int) -> None:
        """It is said now."""
        self.ahead, self.at = ahead, time.monotonic()


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
    told = Told()
    while not over.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(every):
                await over.wait()
                return
        if (ahead := flow.ahead) is not None and told.is_news(ahead):
            told.note(ahead)
            await reply.waiting(ahead)
        elif ahead is None and told.ahead is not None:
            told = Told()
            await reply.progress("writing")
