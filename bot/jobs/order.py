"""How are the requests of one thread answered in the order in which they were made?

The archive knows the order, from the messages' timestamps; the queue holds only the next request of
each thread, and the end of a job brings the one after it. So nothing waits in a place that another
thread could use. Only if two messages came within milliseconds can the later one have been recorded
first: then it waits in its job for the other.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from dbos import error as refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs.queue import QUEUE, JobQueue, next_of
from bot.ports import Archive, Mention

_LOOK_SECONDS = 0.1
_LONGEST_SECONDS = 60.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ThreadOrder:
    """The order of the requests in each thread."""

    queue: JobQueue
    archive: Archive

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Run the block, which ends when there is a reply, in its turn; then bring the next.

        Whatever the database does, the block runs: order is worth less than a reply.
        """
        mention = await self._begun(key)
        try:
            yield
        finally:
            if mention is not None:
                await self._bring_next(mention)

    async def _begun(self, key: str) -> Mention | None:
        """The mention, once those before it have a reply; for a minute at most."""
        try:
            mention = await self.archive.mention(key)
            async with asyncio.timeout(_LONGEST_SECONDS):
                # Whoever replies may be another process, which no event tells of.
                while mention and await self._is_before(mention):  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_SECONDS)
        except TimeoutError:
            _log.warning("an earlier message in the thread has no reply yet")
            return mention
        except SQLAlchemyError:
            _log.exception("the earlier messages of the thread could not be looked up")
            return None
        return mention

    async def _is_before(self, mention: Mention) -> bool:
        """Whether another comes before ``mention``."""
        if mention.is_about_others:
            return False
        first = await self.archive.next_in_thread(mention.team, mention.channel, mention.thread)
        return first is not None and first.key != mention.key

    async def _bring_next(self, mention: Mention) -> None:
        try:
            next_ = await next_of(self.archive, mention)
            if next_.key != mention.key:
                await self.queue.enqueue(next_)
            self.queue.ring(QUEUE)  # in any case there is a place again
        except (refusal.DBOSException, SQLAlchemyError):
            _log.exception("the next request of the thread will be queued in a minute")
