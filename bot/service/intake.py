"""Accepts requests: records each, gives its first sign, and gets its job started.

This runs in the process that listens to Slack. The job itself is done by the other one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.briefing.lines import Answer, Briefing
from bot.service import metrics
from bot.service.errors import ReadoutError
from bot.service.log_context import about
from bot.service.model_scheduler import begin_flow
from bot.service.ports import ROOT, Archive, Inbox, Mention, Postings, Replies

# What is on its way gets this long when we close; the record in the archive outlives it.
_SECONDS_TO_CLOSE = 2.0

_log = logging.getLogger(__name__)

BeginJob = Callable[[str, bool], None]
"""Gets the job of the mention with that key started; the flag says whether the mention is new."""


@dataclass
class Intake:
    """Accepts mentions. ``acknowledge`` gives the first sign of a mention, and ``begin_job``
    passes its key on. ``patience``: the seconds that a second delivery waits for the sign of the
    first."""

    archive: Archive
    postings: Postings
    inbox: Inbox
    acknowledge: Callable[[Mention], Awaitable[None]]
    begin_job: BeginJob
    patience: float = 2.0
    _recording: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _beginning: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closed: bool = False

    async def take(
        self,
        mention: Mention,
        known: Briefing | Answer | None = None,
        *,
        has_own_root: bool = False,
    ) -> None:
        """Record a mention; its first sign and its job are on their way when this returns. A second
        call, even at the same time, changes nothing, unless the mention was deleted since. If its
        sources are ``known`` from an earlier reply, they are not read again. ``has_own_root``: its
        thread stands under a message of ours, which goes with its reply.

        Raises:
            ReadoutError: we are closing; it is on disk, and answered after the restart. What the
                database raises if it is not on disk.
        """
        key = mention.key
        if (recording := self._recording.get(key)) is None:
            with about(key):
                recording = asyncio.create_task(self._record(mention, known, has_own_root))
            self._recording[key] = recording
            recording.add_done_callback(lambda _: self._recording.pop(key))
        await asyncio.shield(recording)

    async def close(self) -> None:
        """Take no new mentions; what is on its way gets two seconds."""
        self._is_closed = True
        if self._beginning:
            await asyncio.wait(self._beginning, timeout=_SECONDS_TO_CLOSE)
        for task in list(self._beginning):
            task.cancel()

    async def _record(
        self, mention: Mention, known: Briefing | Answer | None, has_own_root: bool
    ) -> None:
        # The job is begun even if the mention was there already: the process may have died between
        # the two.
        is_new = await self.archive.record(mention)
        if has_own_root:
            await self.postings.intend(mention, ROOT, mention.channel)
            await self.postings.posted(mention, ROOT, mention.thread)
        if is_new and known:
            await self.archive.keep_reading(mention, known.documents, known.unread)
        metrics.MENTIONS.labels("new" if is_new else "again").inc()
        if self._is_closed:
            raise ReadoutError("Readout is restarting, and will answer you right after that.")
        task = asyncio.create_task(self._begin(mention, is_new))
        self._beginning.add(task)
        task.add_done_callback(self._beginning.discard)

    async def _begin(self, mention: Mention, is_new: bool) -> None:
        # In this order: a sign that came after the reply would outlast it.
        if is_new:
            try:
                await self.acknowledge(mention)
                if mention.is_a_message:
                    metrics.FIRST_SIGN.observe(metrics.seconds_since(mention.message))
            except Exception:  # noqa: BLE001 - the reply may still succeed, and says more
                _log.exception("the first sign could not be posted")
        elif mention.is_a_message:
            # Another process may be about to give the sign; this one is for a crash of that.
            await asyncio.sleep(self.patience)
        self.begin_job(mention.key, is_new)


async def acknowledge(replies: Replies, mention: Mention) -> None:
    """Show the first sign that the mention was received; nothing is looked up for it."""
    if not mention.is_about_others and mention.intent != "edit":
        begin_flow(mention.team, mention.person)
        await replies.to(mention).progress(_first_words(mention))


def _first_words(mention: Mention) -> str:
    if mention.version_of or mention.remakes:
        return "writing"  # its sources were read for the first version
    sources = len(mention.sources)
    if mention.intent in ("help", "mute", "unmute"):
        return "having a look"
    if sources == 0:
        return "searching the sources"
    return "reading the source" if sources == 1 else f"reading {sources} sources"
