"""The work for one mention, in steps that a crash may repeat: read, write, post.

Each step starts from what the archive holds and stores its result, so that another process can
repeat it. A mention that was deleted in the meantime ends quietly; one that was stopped is ended by
the stop.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from typing import TypeVar

from bot.service import metrics
from bot.service.cancellation import Cancellation, CancellationWatch
from bot.service.corrections import Corrections
from bot.service.deadline import DeadlineReplies
from bot.service.digest_jobs import DigestJobs
from bot.service.errors import SlackFailure
from bot.service.model_scheduler import begin_flow, current_flow, report_position
from bot.service.ports import Archive, Mention, Notice, Outcome, Replies, is_awaited
from bot.service.reminders import ReminderJobs
from bot.service.request_handler import RequestHandler

_GIVEN_UP = (
    "This briefing could not be finished after several tries. Nothing you sent was lost: press "
    "Retry, or paste the text if a link caused the trouble."
)

_VERSION_GIVEN_UP = (
    "That version could not be made after several tries, so the briefing is unchanged. Try again "
    "later."
)

_UNASKED_GIVEN_UP = {
    "digest": "The digest could not be made after several tries. The next one will include what is "
    "new now.",
    "due": "Today’s reminder failed after several tries. /brief due lists what is due.",
}

# If a step takes longer, a button is offered that stops it.
_SECONDS_BEFORE_AN_OFFER = 10.0


Result = TypeVar("Result")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobSteps:
    """Implements `ports.Steps`: the steps of a job."""

    request_handler: RequestHandler
    deadline_replies: DeadlineReplies
    cancellation: Cancellation
    corrections: Corrections
    archive: Archive
    replies: Replies
    watch: CancellationWatch
    digests: DigestJobs
    reminders: ReminderJobs

    async def read(self, key: str) -> None:
        """Read what the mention brings and store it; what was read before is not read again."""
        mention = await self._mention(key) if await self.archive.wanted([key]) else None
        if mention is None or mention.is_about_others or mention.is_unasked:
            return
        if await self.archive.reading(key) is None:
            reading = self.request_handler.read(mention)
            if read := await self._unless_cancelled(mention, "Reading…", reading):
                await self.archive.keep_reading(mention, read.documents, read.unread)

    async def write(self, key: str, *, with_model: bool = True) -> None:
        """Write the reply and store it; what was written before is not written again."""
        mention = await self._mention(key) if await self.archive.wanted([key]) else None
        if mention is None:
            return
        if mention.intent == "correct":
            await self.archive.keep_outcome(mention, await self.corrections.make(mention))
        elif mention.intent == "digest":
            await self.digests.write(mention, with_model=with_model)
        elif mention.intent == "due":
            await self.reminders.write(mention)
        elif mention.is_about_others:
            await self.archive.keep_outcome(mention, await self.cancellation.targets_of(mention))
        else:
            reply = self.replies.to(mention)
            try:
                async with report_position(current_flow(), reply):
                    writing = self.deadline_replies.write(mention, reply, with_model=with_model)
                    outcome = await self._unless_cancelled(mention, "Writing…", writing)
                kept = outcome and await self.archive.keep_outcome(mention, outcome)
                if kept is None or not is_awaited(kept):
                    await self.deadline_replies.drop(key)
            finally:
                await reply.rest()

    async def post(self, key: str) -> bool:
        """Post the stored reply; returns whether a model's version of it may still come."""
        mention, outcome = await self._mention(key), await self.archive.outcome(key)
        if mention is None or outcome is None or _is_ended(outcome):
            await self.deadline_replies.drop(key)
            return False
        if mention.intent == "correct":
            await self.corrections.show(mention, outcome)
            return False
        if mention.is_about_others:
            await self.cancellation.carry_out(mention, outcome)
            return False
        await self.replies.to(mention).done(await self.reminders.fill(mention, outcome))
        await self.corrections.post_errata(mention, outcome)
        metrics.REPLIES.labels(type(outcome).__name__.lower()).inc()
        if mention.is_a_message:
            metrics.REPLY.observe(metrics.seconds_since(mention.message))
        if is_awaited(outcome):
            return True
        await self.reminders.keep_from(mention, outcome)
        return False

    async def catch_up(self, key: str, *, with_model: bool = True) -> bool:
        """Wait for the model's version of a reply that was posted without it; returns whether there
        may be something new to show. Without the model, the first version becomes final."""
        mention = await self._mention(key)
        if mention is None:
            await self.deadline_replies.drop(key)
            return False
        return await self.deadline_replies.catch_up(mention, with_model=with_model)

    async def post_again(self, key: str) -> None:
        """Show the reply as it is stored by now, in place of the one that was posted."""
        mention, outcome = await self._mention(key), await self.archive.outcome(key)
        if mention is not None and outcome is not None and not _is_ended(outcome):
            await self.replies.to(mention).again(outcome)
            await self.reminders.keep_from(mention, outcome)
            await self.corrections.post_errata(mention, outcome)

    def due(self, now: float) -> tuple[AsyncIterator[Mention], ...]:
        """Record and yield what is due at ``now`` (seconds since 1970): digests, then reminders."""
        return self.digests.due(now), self.reminders.due(now)

    async def update_outdated_messages(self) -> None:
        """Change the posted reminders and digests that name deleted reminders. If Slack can't be
        reached, the next call tries again."""
        for gone in await self.reminders.reminders.outdated():
            try:
                for key in gone.tellers:
                    await self._update_message(key, gone.day)
            except SlackFailure as failure:
                _log.info("could not take a deleted reminder out of a message: %s", failure.code)
                if failure.is_transient:
                    continue
            await self.reminders.reminders.settle(gone)

    async def _update_message(self, key: str, day: str) -> None:
        mention, outcome = await self._mention(key), await self.archive.outcome(key)
        if mention is None or outcome is None:
            return
        shown = await self.reminders.fill(mention, outcome)
        if isinstance(shown, Notice) and shown.due and shown.due.day == day:
            await self.replies.to(mention).again(shown)

    async def give_up(self, key: str) -> None:
        """Post a notice that the work failed, in place of the first sign."""
        mention = await self._mention(key)
        if mention is not None and mention.intent == "correct":
            await self.corrections.give_up(mention)
        if mention is None or mention.is_about_others:
            await self.deadline_replies.drop(key)
            return
        notice = Notice(_VERSION_GIVEN_UP if mention.version_of else _GIVEN_UP, retry=True)
        if mention.is_unasked:
            notice = Notice(_UNASKED_GIVEN_UP[mention.intent])
        kept = await self.archive.keep_outcome(mention, notice)
        await self.deadline_replies.drop(key)  # if that failed, the job may run again
        if kept is not None and not _is_ended(kept):
            await self.replies.to(mention).done(notice)
            metrics.REPLIES.labels("given_up").inc()

    async def _mention(self, key: str) -> Mention | None:
        """The mention; from now on this task works for its person."""
        mention = await self.archive.mention(key)
        if mention is not None:
            begin_flow(mention.team, mention.person)
        return mention

    async def _unless_cancelled(
        self, mention: Mention, stage: str, work: Coroutine[None, None, Result]
    ) -> Result | None:
        """The result of ``work``; None if it was cancelled because the request was stopped or
        deleted. If it takes long, a button is offered that stops it."""
        task = asyncio.create_task(work)
        with self.watch.cancelling(mention.key, task):
            try:
                done, _ = await asyncio.wait({task}, timeout=_SECONDS_BEFORE_AN_OFFER)
                if not done:
                    await self._offer_stop(mention, stage)
                    await asyncio.wait({task})
                return None if task.cancelled() else task.result()
            finally:
                task.cancel()
                await asyncio.wait({task})

    async def _offer_stop(self, mention: Mention, stage: str) -> None:
        try:
            await self.replies.to(mention).offer_stop(stage)
        except Exception:  # noqa: BLE001 - a model's work is worth more than the offer
            _log.exception("could not offer to stop the request")


def _is_ended(outcome: Outcome) -> bool:
    """Whether the request was ended: then the request that ended it says so."""
    return isinstance(outcome, Notice) and outcome.ended_by is not None
