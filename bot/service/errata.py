"""Corrections: when a line turns out wrong, mark every reply that rests on it and say so in its
thread."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.briefing.errata import Erratum, otherwise
from bot.briefing.lines import Briefing
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.ports import Archive, Mention, Notice, Outcome, Replies, is_awaited
from bot.service.reminders import ReminderJobs

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Errata:
    """Posts each correction once in a thread, however often a step is repeated. ``clock`` gives
    seconds since 1970."""

    archive: Archive
    replies: Replies
    reminders: ReminderJobs
    clock: Callable[[], float] = time.time

    async def tell_of_source(self, mention: Mention, outcome: Outcome) -> None:
        """Post corrections of what a page used to say, if ``outcome``, the reply to ``mention``, is
        a briefing of the same address that now says otherwise.

        Raises:
            SlackFailure: Slack asks to wait, or does not answer.
        """
        if not isinstance(outcome, Briefing) or outcome.since is None:
            return
        for change, then in ((each, then) for each in outcome.since.changes for then in each.then):
            before = await self.archive.outcome(then.reply.key)
            known = before if isinstance(before, Briefing) else None
            if known and (erratum := otherwise(change, outcome, then, known)):
                await self.tell(mention, erratum)

    async def tell(self, mention: Mention, erratum: Erratum) -> None:
        """Post ``erratum`` wherever a reply rests on the wrong line: in the channel of ``mention``
        and where such replies were shared.

        Raises:
            SlackFailure: Slack asks to wait, or does not answer.
        """
        later: SlackFailure | None = None
        for target in await self.archive.resting_on(mention, erratum.document):
            try:
                await self._tell_in(target, erratum, is_elsewhere=target.channel != mention.channel)
            except SlackFailure as failure:
                _log.info("could not post a correction in a thread: %s", failure.code)
                if failure.code == NO_ANSWER or failure.retry_after:
                    later = failure
        if later is not None:
            raise later

    async def _tell_in(self, target: Mention, erratum: Erratum, *, is_elsewhere: bool) -> None:
        day = datetime.fromtimestamp(self.clock(), UTC).date().isoformat()
        while outcome := await self.archive.outcome(target.key):
            reply = outcome.digest if isinstance(outcome, Notice) else outcome
            # A reply that a model's version may still replace is left alone.
            if reply is None or is_awaited(outcome) or not erratum.concerns(reply):
                return
            if isinstance(outcome, Notice):
                marked = outcome.digest and erratum.marked_in_digest(outcome.digest, day)
                later: Outcome = replace(outcome, digest=marked)
            else:
                later = erratum.marked(outcome, day)
            if later == outcome or await self.archive.supersede(target, outcome, later):
                thread = self.replies.to(target)
                await thread.again(await self.reminders.filled(target, later))
                told = erratum.sentence(reply, day, is_elsewhere=is_elsewhere)
                await thread.below(told, erratum.line)
                return
