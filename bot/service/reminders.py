"""Reminders: what a channel is reminded of, and the morning message that says what is due.

The message is a mention of its own, named by its channel and the day, and then a job like any
other. It claims its reminders before it is posted; their text is stored separately.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.briefing.due import current_commitment, dated_commitments, with_ids
from bot.briefing.lines import Briefing
from bot.service.digest_times import slot_of, zone_of
from bot.service.ports import (
    SIGN,
    Archive,
    Channels,
    Due,
    Mention,
    Notice,
    Outcome,
    Postings,
    Reminder,
    Reminders,
)

AT = "09:00"
"""When a reminder comes, in the time zone of its channel."""
_SHARED = (
    "Something is due, but I don’t post reminders in channels that are shared with other "
    "organisations."
)


def reminders_in(
    mention: Mention, briefing: Briefing, reply: str | None, zone: str, now: float
) -> Iterator[Reminder]:
    """Yield reminders of the commitments in ``briefing`` that are due after ``now``. The briefing
    is the reply to ``mention``; its first message has the timestamp ``reply``."""
    for id_, line in with_ids(dated_commitments(briefing)):
        day = line.deadline_date or ""
        at = slot_of(date.fromisoformat(day), AT, zone)
        if at > now:
            yield Reminder(
                mention.key,
                id_,
                day,
                at,
                zone,
                mention.team,
                mention.channel,
                mention.person,
                line,
                briefing.language,
                mention.thread,
                reply,
                mention.permalink,
            )


def tomorrow(reminder: Reminder, now: float) -> Reminder:
    """The same reminder, due a day after ``now`` (seconds since 1970) or after its own day,
    whichever is later."""
    today = datetime.fromtimestamp(now, zone_of(reminder.zone)).date()
    day = max(today, date.fromisoformat(reminder.day)) + timedelta(days=1)
    at = slot_of(day, AT, reminder.zone)
    return replace(reminder, day=day.isoformat(), at=at, mark=None, by=None, name="", marked="")


async def reply_of(mention: Mention, postings: Postings) -> str | None:
    """The timestamp of the first message of the reply to ``mention`` in its channel."""
    posted = await postings.of(mention.key)
    stands = (p.ts for p in posted if p.part > SIGN and p.ts and p.channel == mention.channel)
    return next(stands, None)


async def up_to_date(reminders: Sequence[Reminder], archive: Archive) -> tuple[Reminder, ...]:
    """``reminders`` with each line as its reply has it now, each commitment once, and without lines
    that were dropped or turned out wrong. If the reply has expired, the line stays as it was."""
    outcomes = {key: await archive.outcome(key) for key in {each.key for each in reminders}}
    found: dict[tuple[str, str, str], Reminder] = {}
    for each in reminders:
        if (now := _up_to_date(each, outcomes[each.key])) is not None:
            found.setdefault((each.channel, each.id, each.day), now)
    return tuple(found.values())


def _up_to_date(reminder: Reminder, outcome: Outcome | None) -> Reminder | None:
    if outcome is None:
        return reminder
    if not isinstance(outcome, Briefing):
        return None  # its source was deleted
    line = current_commitment(reminder.id, reminder.line, outcome)
    return replace(reminder, line=line) if line else None


async def fill(
    outcome: Outcome, mention: Mention, reminders: Reminders, archive: Archive
) -> Outcome:
    """``outcome``, the reply to ``mention``, with its reminders filled in if it is a reminder or a
    digest; a digest has those of its channel for that day."""
    match outcome:
        case Notice(due=Due(day=day)):
            told = await reminders.told_by(mention.key)
        case Notice(digest=digest) if digest is not None:
            day = digest.at[:10]
            there = await reminders.of(mention.team, "", [mention.channel])
            told = [each for each in there if each.day == day and each.mark is None]
        case _:
            return outcome
    return replace(outcome, due=Due(day, await up_to_date(told, archive)))


@dataclass(frozen=True)
class ReminderJobs:
    """Makes reminders. ``is_shared`` tells whether the channel of a mention is shared with other
    organisations, ``zone_of`` the time zone of a person."""

    reminders: Reminders
    archive: Archive
    postings: Postings
    channels: Channels
    is_shared: Callable[[Mention], Awaitable[bool]]
    zone_of: Callable[[str], Awaitable[str]]
    clock: Callable[[], float] = time.time

    async def due(self, now: float) -> AsyncIterator[Mention]:
        """Record and yield a mention for each channel and day with reminders due by ``now``. They
        stay due until a mention has claimed them."""
        first: dict[tuple[str, str, str], Reminder] = {}
        for each in await self.reminders.due(now):
            first.setdefault((each.team, each.channel, each.day), each)
        for (team, channel, day), reminder in first.items():
            key = f"due:{team}:{channel}:{day}:{reminder.at:.0f}"
            if await self.archive.outcome(key) is not None:
                key += f":{reminder.id}"  # stored later, if the clock was ahead and was corrected
            # It is nobody's: no one person's Stop or Delete takes it from the whole channel.
            place = (team, channel, key, f"{reminder.at:.6f}", "")
            mention = Mention(key, *place, "due", about=day, direct=channel.startswith("D"))
            await self.archive.record(mention)
            yield mention

    async def write(self, mention: Mention) -> None:
        """Claim what is due and store a reply that says so, or an empty one if nothing is left."""
        await self.reminders.claim(mention)
        due = await up_to_date(await self.reminders.told_by(mention.key), self.archive)
        if not due:
            await self.archive.keep_outcome(mention, Notice("", ended_by=mention.key))
        elif await self.is_shared(mention):
            await self.archive.keep_outcome(mention, Notice(_SHARED))
        else:
            told = "1 commitment is due." if len(due) == 1 else f"{len(due)} commitments are due."
            await self.archive.keep_outcome(mention, Notice(told, due=Due(mention.about or "")))

    async def keep_from(self, mention: Mention, outcome: Outcome) -> None:
        """Store reminders of the commitments in a posted briefing, if its channel wants to be
        reminded of all of them. Another version or a copy of a briefing adds nothing."""
        is_first = not (mention.version_of or mention.remakes or mention.fleeting)
        if not (isinstance(outcome, Briefing) and is_first and any(dated_commitments(outcome))):
            return
        settings = await self.channels.of(mention.team, mention.channel)
        if settings.reminds_of_all and not settings.is_fleeting:
            zone = settings.zone or await self.zone_of(mention.person)
            reply = await reply_of(mention, self.postings)
            found = reminders_in(mention, outcome, reply, zone, self.clock())
            await self.reminders.keep(mention, list(found))

    async def fill(self, mention: Mention, outcome: Outcome) -> Outcome:
        """``outcome`` with its reminders filled in, if it is a reminder or a digest."""
        return await fill(outcome, mention, self.reminders, self.archive)
