"""Ends requests before they are done: stopped by the asker, or withdrawn with their message."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.briefing.catalogue import catalogue
from bot.briefing.lines import Answer, Briefing
from bot.service.deadline import as_final
from bot.service.ports import Archive, Mention, Notice, Outcome, Replies

# Is a request still wanted while somebody works on it?
#
# Another process may have stopped or deleted it, so the archive is asked twice a second: once for
# everything this process works on, since a hundred requests may be waiting for a model.

_EVERY_SECONDS = 0.5

_log = logging.getLogger(__name__)


class CancellationWatch:
    """Cancels the work in this process whose request was stopped or deleted."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._working: dict[str, asyncio.Task[Any]] = {}
        self._polling: asyncio.Task[None] | None = None

    @contextmanager
    def cancelling(self, key: str, work: asyncio.Task[Any]) -> Iterator[None]:
        """While the block runs, cancel ``work`` once the request ``key`` is not wanted any more."""
        self._working[key] = work
        if self._polling is None or self._polling.done():
            self._polling = asyncio.create_task(self._poll())
        try:
            yield
        finally:
            del self._working[key]

    async def _poll(self) -> None:
        while self._working:
            # A copy: the archive is not asked about work that starts meanwhile.
            asked = dict(self._working)
            try:
                wanted = await self._archive.wanted(list(asked))
            except Exception:  # noqa: BLE001 - the work goes on, and so does this
                _log.exception("could not look up whether the request is still wanted")
            else:
                for key in asked.keys() - wanted:
                    if not asked[key].cancelling():  # a second time would interrupt its clean-up
                        asked[key].cancel()
            await asyncio.sleep(_EVERY_SECONDS)


# The end is stored as the reply to the request, unless it has one: whichever is stored first, the
# end or the finished reply, counts. A worker on the request sees that within half a second and
# posts nothing more; only then is the end posted in the thread, so that nothing comes after it.

_STOPPED = "Stopped."
_NOTHING_TO_STOP = "You have nothing running here to stop."
_TOO_LATE = "That has already finished, so there is nothing to stop."


@dataclass(frozen=True)
class Cancellation:
    """Ends requests, each once, however often it is asked for. ``wait_for_job`` returns once no
    worker is running the job of the mention with that key."""

    archive: Archive
    replies: Replies
    wait_for_job: Callable[[str], Awaitable[None]]

    async def targets_of(self, mention: Mention) -> Notice:
        """A notice whose ``ends`` are the requests that ``mention`` is to end: the one that it is
        about; all of a deleted message; or those that the asker had made before in the thread,
        outside a thread in the channel."""
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
            ends = [
                each.key
                for each in meant
                if not (each.is_about_others or _is_said_after(each, mention))
            ]
        return Notice("", ends=tuple(ends))

    async def carry_out(self, mention: Mention, meant: Outcome) -> None:
        """End them, and say so; only the asker is told that there was nothing left to end.

        Raises:
            SlackFailure: something could not be posted or deleted; where the messages of a deleted
                request are stays stored until they are gone.
        """
        ends = meant.ends if isinstance(meant, Notice) else ()
        targets = [each for each in [await self.archive.mention(key) for key in ends] if each]
        if mention.intent == "withdraw":
            for target in targets:  # all of them end, even if Slack fails below
                await self._end(target, Notice("", ended_by=mention.key))
            for target in targets:
                await self._withdraw(target)
            await self.archive.delete(mention.key)
        elif not targets:
            await self.replies.to(mention).aside(_NOTHING_TO_STOP)
        elif not [target async for target in self._stop(targets, mention)]:
            await self.replies.to(mention).aside(_TOO_LATE)

    async def _stop(self, targets: list[Mention], by: Mention) -> AsyncIterator[Mention]:
        """Stop ``targets``, and yield those that are stopped now or were just stopped by somebody
        else."""
        end = Notice(_STOPPED, retry=True, ended_by=by.key)
        for target in targets:
            kept = await self.archive.keep_outcome(target, end)
            if kept == end:
                await self.wait_for_job(target.key)
                await self.replies.to(target).done(end)
            is_ended = isinstance(kept, Notice) and kept.ended_by is not None
            if is_ended or await self._stop_waiting_for_model(target, kept):
                yield target

    async def _stop_waiting_for_model(self, target: Mention, kept: Outcome | None) -> bool:
        """Whether the reply was still waiting for a model's version, and is final now."""
        if not isinstance(kept, Briefing | Answer):
            return False
        stopped = catalogue(kept.language).model_stopped
        if kept.awaits is not None:
            await self.wait_for_job(target.key)
            is_now = await self.archive.supersede(target, kept, as_final(kept, stopped))
        else:
            is_now = kept.notes[:1] == (stopped,)
        if is_now:
            await self.replies.to(target).again(as_final(kept, stopped))
        return is_now

    async def _end(self, target: Mention, end: Notice) -> None:
        """End the work on ``target``. A reply that it has is no longer found or shown, and nothing
        more is answered from what it brought."""
        kept = await self.archive.keep_outcome(target, end)
        if kept is not None and kept != end:
            await self.archive.supersede(target, kept, end)
        await self.archive.keep_reading(target, (), ())

    async def _withdraw(self, target: Mention) -> None:
        """Delete what was posted for it, and then what is stored, which says where that is."""
        await self.wait_for_job(target.key)
        await self.replies.to(target).take_back()
        await self.archive.delete(target.key)


def _is_said_after(request: Mention, stop: Mention) -> bool:
    """Whether Slack delivered ``stop`` late: the message ``request`` was sent after it."""
    # A command to stop has no message. A request is never older than the message that it is about.
    is_timed = bool(request.message and stop.message) and not request.is_unasked
    return is_timed and float(request.message) > float(stop.message)
