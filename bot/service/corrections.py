"""Corrects replies: the asker drops a line, rewrites it, or says that it is wrong.

A line in a person's words is checked and judged like any other. If it is supported, it takes the
place of the earlier one; if not, its writer decides which of the two is shown. When a line turns
out wrong, by a person's word or because its page says otherwise by now, every reply that rests on
it is marked, and a correction is posted in its thread. Each step starts from the reply as it is
then, and stores its result before it posts anything.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.briefing.edits import (
    CheckedEdit,
    check_edit,
    current_line,
    find_line,
    line_fingerprint,
    linked_numbers,
    may_be_rewritten,
    note_other_edits,
    with_edits,
)
from bot.briefing.errata import Erratum, erratum_by_person, erratum_from_change
from bot.briefing.lines import Answer, Briefing, Edit, Edited, Line, Reason
from bot.briefing.text import defang
from bot.service.briefing_service import BriefingService
from bot.service.errors import ModelFailure, SlackFailure
from bot.service.ports import (
    Archive,
    Correction,
    Digests,
    Mention,
    Notice,
    Outcome,
    Replies,
    is_awaited,
)
from bot.service.reminders import ReminderJobs
from bot.service.usage import ModelUsage

_GONE = "Nothing is stored for this reply any more, so nothing was changed."
_CHANGED = "This line has changed in the meantime, so your edit wasn’t saved."
_AWAITED = (
    "The model is still working on this reply. Wait for its version, or press Stop, then edit."
)
_THE_LAST = "This is the last line. To remove the whole reply, press Delete under it."
_COPIED = "These are the source’s own words. You can drop them, but not rewrite them."
_FAILED = "Your edit could not be made. Please try again."
_NOT_SHOWN = (
    "Your edit is stored, but the message in the thread could not be changed. Your next edit will "
    "show both."
)
_JUDGE_SECONDS = 30.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Corrections:
    """Makes each correction once, however often a step is repeated. ``clock`` gives the seconds
    since 1970."""

    briefing_service: BriefingService
    archive: Archive
    replies: Replies
    usage: ModelUsage
    reminders: ReminderJobs
    digests: Digests
    judge_seconds: float = _JUDGE_SECONDS
    clock: Callable[[], float] = time.time

    async def make(self, mention: Mention) -> Notice:
        """Make the correction that ``mention`` asks for. Returns what to tell the asker, if
        anything."""
        target, correction = await self._target(mention), mention.correction
        while target and correction:
            outcome = await self.archive.outcome(target.key)
            if outcome is None or isinstance(outcome, Notice):
                break
            if _has_edit(outcome, mention.key):
                return Notice("")
            if correction.action == "wrong":
                is_late = outcome.awaits is not None
                is_there = _line_as_seen(outcome, correction) is not None
                return Notice(_AWAITED if is_late else "" if is_there else _CHANGED)
            try:
                edits = await self._edits(outcome, correction, target, mention.key)
                later = with_edits(outcome, edits)
            except _Refused as refused:
                return Notice(refused.why)
            if not _has_lines(later):
                return Notice(_THE_LAST)
            if await self.archive.supersede(target, outcome, later):
                return Notice("")
        return Notice(_GONE)

    async def show(self, mention: Mention, told: Outcome) -> None:
        """Show the corrected reply in the thread, and what is ``told`` to the asker. The request
        itself is then deleted."""
        target = await self._target(mention)
        outcome = await self.archive.outcome(target.key) if target else None
        said = told.text if isinstance(told, Notice) else ""
        if mention.correction and mention.correction.action == "wrong":
            if target and isinstance(outcome, Briefing | Answer) and not said:
                await self._mark_as_wrong(target, outcome, mention.correction)
                outcome = await self.archive.outcome(target.key)
        elif target and outcome and not said and _is_shown(outcome, mention.key):
            await self.replies.to(target).again(outcome, mention.key)
            await self._update_other_versions(target)
        await self.replies.to(mention).corrected(outcome, said)
        await self.archive.delete(mention.key)

    async def _mark_as_wrong(
        self, target: Mention, outcome: Briefing | Answer, correction: Correction
    ) -> None:
        line = _line_as_seen(outcome, correction)
        documents = {each.label: each for each in outcome.documents}
        if line and (document := documents.get(line.evidence[0].document)):
            by = defang(correction.by)
            await self.post_erratum(target, erratum_by_person(by, line, document))

    async def _update_other_versions(self, target: Mention) -> None:
        """Update the other versions of the reply, which say whether one was edited. One that a
        model's version may still replace is left alone."""
        versions = await self.archive.versions(target)
        kept = [
            (each, outcome)
            for each in versions
            if isinstance(outcome := await self.archive.outcome(each.key), Briefing)
        ]
        for mention, earlier in kept:
            if earlier.awaits is not None:
                continue
            later = note_other_edits(earlier, [o for each, o in kept if each != mention])
            if later != earlier and await self.archive.supersede(mention, earlier, later):
                await self.replies.to(mention).again(later)

    async def give_up(self, mention: Mention) -> None:
        """Tell the asker that the correction could not be made, or not shown."""
        target = await self._target(mention)
        outcome = await self.archive.outcome(target.key) if target else None
        is_made = isinstance(outcome, Briefing | Answer) and _has_edit(outcome, mention.key)
        await self.replies.to(mention).corrected(outcome, _NOT_SHOWN if is_made else _FAILED)
        await self.archive.delete(mention.key)

    async def post_errata(self, mention: Mention, outcome: Outcome) -> None:
        """Post corrections of what a page used to say, if ``outcome``, the reply to ``mention``, is
        a briefing of the same address that now says otherwise.

        Raises:
            SlackFailure: Slack asks to wait, or does not answer.
        """
        if not isinstance(outcome, Briefing):
            return
        for change, then in ((each, then) for each in outcome.changes for then in each.then):
            before = await self.archive.outcome(then.reply.key)
            known = before if isinstance(before, Briefing) else None
            if known and (erratum := erratum_from_change(change, outcome, then, known)):
                await self.post_erratum(mention, erratum)

    async def post_erratum(self, mention: Mention, erratum: Erratum) -> None:
        """Post ``erratum`` wherever a reply rests on the wrong line: in the channel of ``mention``
        and where such replies were shared.

        Raises:
            SlackFailure: Slack asks to wait, or does not answer.
        """
        later: SlackFailure | None = None
        for target in await self.archive.resting_on(mention, erratum.document):
            try:
                await self._correct_reply(
                    target, erratum, is_elsewhere=target.channel != mention.channel
                )
                await self._correct_reminders(target, erratum)
            except SlackFailure as failure:
                _log.info("could not post a correction in a thread: %s", failure.code)
                if failure.is_transient:
                    later = failure
        if later is not None:
            raise later

    async def _correct_reply(
        self, target: Mention, erratum: Erratum, *, is_elsewhere: bool
    ) -> None:
        day = datetime.fromtimestamp(self.clock(), UTC).date().isoformat()
        while outcome := await self.archive.outcome(target.key):
            reply = outcome.digest if isinstance(outcome, Notice) else outcome
            # A reply that a model's version may still replace is left alone.
            if reply is None or is_awaited(outcome) or not erratum.concerns(reply):
                return
            if isinstance(outcome, Notice):
                marked = outcome.digest and erratum.mark_digest(outcome.digest, day)
                later: Outcome = replace(outcome, digest=marked)
            else:
                later = erratum.mark(outcome, day)
            if later == outcome or await self.archive.supersede(target, outcome, later):
                thread = self.replies.to(target)
                await thread.again(await self.reminders.fill(target, later))
                told = erratum.message(reply, day, is_elsewhere=is_elsewhere)
                await thread.below(told, erratum.line)
                return

    async def _correct_reminders(self, target: Mention, erratum: Erratum) -> None:
        if target.intent == "digest" and target.about:
            await self.digests.forget_due(target.about, erratum.is_about)
        for key in await self.reminders.reminders.tellers(target.key):
            mention, outcome = await self.archive.mention(key), await self.archive.outcome(key)
            if mention and outcome:
                shown = await self.reminders.fill(mention, outcome)
                await self.replies.to(mention).again(shown)

    async def _target(self, mention: Mention) -> Mention | None:
        return await self.archive.mention(mention.about) if mention.about else None

    async def _edits(
        self, outcome: Briefing | Answer, correction: Correction, target: Mention, key: str
    ) -> tuple[Edit, ...]:
        """The edits of the reply with the correction among them."""
        if outcome.awaits is not None:
            raise _Refused(_AWAITED)
        number, numbers = correction.number, linked_numbers(outcome, correction.number)
        rest = tuple(each for each in outcome.edits if each.number != number)
        own = tuple(each for each in outcome.edits if each.number == number)
        decided = tuple(each for each in own if each.is_decided)
        match correction.action:
            case "restore":  # of a difference all sides were dropped, or none
                return tuple(each for each in rest if each.line or each.number not in numbers)
            case "earlier":
                return (*rest, *decided)
            case "mine":
                mine = next((each for each in own if not each.is_decided), None)
                if mine is None:
                    raise _Refused(_CHANGED)
                return (*rest, replace(mine, key=key, is_decided=True))
        if _line_as_seen(outcome, correction) is None:
            raise _Refused(_CHANGED)
        if correction.action == "drop":
            others = tuple(each for each in rest if each.number not in numbers)
            return (*others, *(Edit(each, key) for each in sorted(numbers)))
        rewritten = await self._rewrite(outcome, correction, target)
        edit = Edit(number, key, rewritten, is_decided=rewritten.is_verified)
        return (*rest, *(() if edit.is_decided else decided), edit)

    async def _rewrite(
        self, outcome: Briefing | Answer, correction: Correction, target: Mention
    ) -> Line:
        """The line in the asker's words, with the reasons against it."""
        place = find_line(outcome, correction.number)
        if place is None:
            raise _Refused(_CHANGED)
        if not may_be_rewritten(place[1]):
            raise _Refused(_COPIED)
        # In a thread: what looks at a whole book takes a second, and others are waiting.
        secrets = self.briefing_service.writer.secrets
        draft = await asyncio.to_thread(check_edit, correction.text, place, outcome, secrets)
        reasons, judge = draft.reasons, None
        if not draft.is_refuted:
            reasons, judge = await self._judge(draft, outcome, target)
        line = replace(draft.line, judge=judge, edited=Edited(defang(correction.by), reasons))
        # Words that failed work nowhere, also where a program looks for links in plain text.
        return replace(line, text=defang(line.text)) if reasons else line

    async def _judge(
        self, draft: CheckedEdit, outcome: Briefing | Answer, target: Mention
    ) -> tuple[tuple[Reason, ...], str | None]:
        """The reasons against a line that no check refutes, and the model that found it supported.
        If no judge answers in time, the checks' doubts decide."""
        judge = self.briefing_service.judge
        if judge is None or await self.usage.refusal(target):
            return draft.reasons, None
        try:
            with self.usage.recording(target):
                async with asyncio.timeout(self.judge_seconds):
                    said = await judge.judge([draft.line], outcome.documents)
        except (ModelFailure, TimeoutError) as failure:
            _log.info("a line in the asker's words was not judged: %s", type(failure).__name__)
            return draft.reasons, None
        if 0 not in said.problems:
            return draft.reasons, None
        if (problem := said.problems[0]) is None:
            return (), judge.model
        return (Reason("judge", problem, "judge"),), None


class _Refused(Exception):
    """A correction that can't be made, and ``why``, in a sentence for the asker."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _has_edit(outcome: Briefing | Answer, key: str) -> bool:
    return any(edit.key == key for edit in outcome.edits)


def _line_as_seen(outcome: Briefing | Answer, correction: Correction) -> Line | None:
    """The line that the asker saw, if it still says that."""
    line = current_line(outcome, correction.number)
    return line if line and line_fingerprint(line) == correction.seen else None


def _has_lines(outcome: Briefing | Answer) -> bool:
    if isinstance(outcome, Answer):
        return bool(outcome.lines or outcome.nearest)
    return bool(next(outcome.lines(), None) or outcome.differences or outcome.cautions)


def _is_shown(outcome: Outcome, key: str) -> bool:
    """Whether the thread shows a reply that may be another since the correction ``key``."""
    if isinstance(outcome, Notice):
        return False
    return all(edit.is_decided for edit in outcome.edits if edit.key == key)
