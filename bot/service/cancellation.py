"""How does a request end before it is done: stopped by the asker, or withdrawn with its message?"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.briefing.catalogue import catalogue
from bot.briefing.lines import Answer, Briefing
from bot.service.deadline import standing
from bot.service.ports import Archive, Mention, Notice, Outcome, Replies

# Is a request still wanted while somebody works on it?
#
# Another process may have stopped or deleted it, so the archive is asked twice a second: once for
# everything this process works on, since a hundred requests may be waiting for a model.

_EVERY_SECONDS = 0.5

_log = logging.getLogger(__name__)


class CancellationWatch:
    """What is worked at in this process."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._working: dict[str, asyncio.Task[Any]] = {}
        self._looking: asyncio.Task[None] | None = None

    @contextmanager
    def watched(self, key: str, work: asyncio.Task[Any]) -> Iterator[None]:
        """In the block, ``work`` is cancelled once the request ``key`` is not wanted any more."""
        self._working[key] = work
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            del self._working[key]

    async def _look(self) -> None:
        while self._working:
            # Not those that are begun while the archive is asked: it was not asked about them.
            asked = dict(self._working)
            try:
                wanted = await self._archive.wanted(list(asked))
            except Exception:  # noqa: BLE001 - whatever it was, work goes on and is looked after
                _log.exception("could not look up whether the request is still wanted")
            else:
                for key in asked.keys() - wanted:
                    if not asked[key].cancelling():  # else it would not come to its end
                        asked[key].cancel()
            await asyncio.sleep(_EVERY_SECONDS)


# The ending is stored as the reply to the request, unless it has one: whichever comes first, the
# ending or the finished reply, counts. Any worker on the request sees that within a fraction of a
# second and says nothing more; only then does the ending say so in the thread, so that nothing
# comes after it.

_STOPPED = "Stopped."
_NOTHING_TO_STOP = "You have nothing running here to stop."
_TOO_LATE = "That has already finished, so there is nothing to stop."


@dataclass(frozen=True)
class Cancellation:
    """Ends requests, each once, however often it is asked for. ``job_ended`` returns once nobody is
    at the job of the mention of that key."""

    archive: Archive
    replies: Replies
    job_ended: Callable[[str], Awaitable[None]]

    async def meant_by(self, mention: Mention) -> Notice:
        """Which requests ``mention`` is to end: the one that it is about; all of a message that is
        gone; or those of the asker in the thread, outside a thread in the channel."""
        if mention.about is not None:
            ends = [mention.about]
        elif mention.intent == "withdraw":
            place = (mention.team, mention.channel, mention.thread)
            arisen = await self.archive.arisen_from(*place, mention.message)
            ends = [each.key for each in arisen if each != mention]
        else:
            own = await self.archive.unfinished(mention.team, mention.channel, mention.person)
            is_everywhere = mention.thread == mention.message
            meant = (each for each in own if is_everywhere or each.thread == mention.thread)
            ends = [each.key for each in meant if not each.is_about_others]
        return Notice("", ends=tuple(ends))

    async def carry_out(self, mention: Mention, meant: Outcome) -> None:
        """End them, and say so; what can't be ended any more is told to the asker alone."""
        ends = meant.ends if isinstance(meant, Notice) else ()
        targets = [each for each in [await self.archive.mention(key) for key in ends] if each]
        if mention.intent == "withdraw":
            for target in targets:
                await self._withdraw(target, mention)
            await self.archive.delete(mention.key)
        elif not targets:
            await self.replies.to(mention).aside(_NOTHING_TO_STOP)
        elif not [target async for target in self._stopped(targets, mention)]:
            await self.replies.to(mention).aside(_TOO_LATE)

    async def _stopped(self, targets: list[Mention], by: Mention) -> AsyncIterator[Mention]:
        """Those that are stopped now, or were by somebody else a moment ago."""
        end = Notice(_STOPPED, retry=True, ended_by=by.key)
        for target in targets:
            kept = await self.archive.keep_outcome(target, end)
            if kept == end:
                await self.job_ended(target.key)
                await self.replies.to(target).done(end)
            is_ended = isinstance(kept, Notice) and kept.ended_by is not None
            if is_ended or await self._awaits_no_more(target, kept):
                yield target

    async def _awaits_no_more(self, target: Mention, kept: Outcome | None) -> bool:
        """Whether it was still to be replaced by a model's version, for which nobody waits now."""
        if not isinstance(kept, Briefing | Answer):
            return False
        stopped = catalogue(kept.language).model_stopped
        if kept.awaits is not None:
            await self.job_ended(target.key)
            is_now = await self.archive.supersede(target, kept, standing(kept, stopped))
        else:
            is_now = kept.notes[:1] == (stopped,)
        if is_now:
            await self.replies.to(target).again(standing(kept, stopped))
        return is_now

    async def _withdraw(self, target: Mention, by: Mention) -> None:
        """Take back what we said to it, and delete what was kept for it."""
        await self.archive.keep_outcome(target, Notice("", ended_by=by.key))
        await self.job_ended(target.key)
        await self.replies.to(target).take_back()
        await self.archive.delete(target.key)
