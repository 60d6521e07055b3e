"""What must be on disk before Slack is told that we have heard?"""

import asyncio
from functools import partial

from bot import metrics
from bot.briefing.lines import Answer, Briefing
from bot.inbox import Inbox
from bot.logs import about
from bot.ports import ROOT, Archive, Mention, Postings
from bot.work import Jobs

# The newest mentions, known to be on disk without looking: most come twice at once, as a
# message and as a mention, and a lost acknowledgement brings them again.
_REMEMBERED = 1_000


class Durable:
    """The neighbours that outlive a crash."""

    def __init__(self, archive: Archive, postings: Postings, jobs: Jobs, inbox: Inbox) -> None:
        self.archive = archive
        self.postings = postings
        self.jobs = jobs
        self.inbox = inbox
        self._taken: dict[str, asyncio.Task[None]] = {}

    async def take(
        self,
        mention: Mention,
        known: Briefing | Answer | None = None,
        *,
        has_own_root: bool = False,
    ) -> None:
        """Keep a mention and its job; once more changes nothing, unless what a button had asked for
        was deleted since. Where its sources are ``known`` from an earlier reply they are not read
        again. ``has_own_root``: its thread stands under a message of ours, which goes with its
        reply.

        Raises:
            ReadoutError: they are not on disk.
        """
        is_taken = await self.has(mention.key)
        if is_taken and not (mention.is_a_message or mention.is_about_others):
            is_taken = await self.archive.mention(mention.key) is not None
        if not is_taken:
            with about(mention.key):
                taking = asyncio.create_task(self._keep(mention, known, has_own_root))
            self._taken[mention.key] = taking
            taking.add_done_callback(partial(self._forget, mention.key))
            await asyncio.shield(taking)

    async def has(self, key: str) -> bool:
        """Whether the mention ``key`` was taken lately; waits for one that is being taken.

        Raises:
            ReadoutError: it was being taken and could not be.
        """
        taking = self._taken.get(key)
        if taking is not None:
            metrics.MENTIONS.labels("again").inc()
            await asyncio.shield(taking)
        return taking is not None

    async def _keep(
        self, mention: Mention, known: Briefing | Answer | None, has_own_root: bool
    ) -> None:
        # The job is accepted even if the mention was there already: the process may have died
        # between the two.
        is_new = await self.archive.record(mention)
        if has_own_root:
            await self.postings.intend(mention, ROOT, mention.channel)
            await self.postings.posted(mention, ROOT, mention.thread)
        if is_new and known:
            await self.archive.keep_reading(mention, known.documents, known.unread)
        metrics.MENTIONS.labels("new" if is_new else "again").inc()
        await self.jobs.accept(mention, first=is_new)

    def _forget(self, key: str, taking: asyncio.Task[None]) -> None:
        if taking.cancelled() or taking.exception():
            del self._taken[key]
        elif len(self._taken) > _REMEMBERED:
            del self._taken[next(iter(self._taken))]
