"""How are reminders set in a channel, listed, and marked as done or missed?"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncApp

from bot.briefing.catalogue import ENGLISH
from bot.briefing.lines import Briefing
from bot.briefing.text import defang
from bot.service.digest_times import zone_of as known_zone
from bot.service.errors import SlackFailure
from bot.service.intake import Intake
from bot.service.ports import HomeMemory, Mark, Mention, Outcome, Reminder
from bot.service.reminders import AT, fill, reminders_in, reply_of, tomorrow, up_to_date
from bot.slack.access import Access, refusal_to_post, zone_of
from bot.slack.blocks import MESSAGE_SIZE, commitment, mark_elements, text_block
from bot.slack.buttons import DUE_CALENDAR, actions, button_element
from bot.slack.interactions import GONE, Interaction, display_name, on_press
from bot.slack.payloads import JsonObject
from bot.slack.posting import Poster, RequestDeleted
from bot.slack.rich_text import bullets, heading, rich_text, size, words
from bot.slack.sharing import Exports
from bot.slack.statements import Elements

NOTHING = "Nothing is due."

_FLEETING = (
    "What I write in this channel is kept for only an hour, so I can’t remind anybody of it."
)
_PAST = "There is nothing to remind you of: the dates in this briefing have passed."
_KNOWN = "This channel already has a reminder for this. /brief due lists what is due."
_KEPT = "This channel will be reminded on {days}, at {time} ({zone}). /brief due lists what is due."
_MARKED = "Somebody has already marked this one."
_UPLOADED = "The calendar file is in the channel."
_MOST_LISTED = 40


@dataclass(frozen=True)
class ReminderListeners:
    """Handles the buttons for reminders, the list of what is due, and its calendar file."""

    access: Access
    intake: Intake
    memory: HomeMemory
    exports: Exports

    def listen(self, app: AsyncApp) -> None:
        app.action(DUE_CALENDAR)(on_press(self.calendar))

    async def remind(
        self, pressed: Interaction, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Set reminders of the commitments in a briefing. Returns the message for the presser."""
        if not isinstance(outcome, Briefing):
            return GONE
        settings = await self.access.settings(mention)
        if mention.fleeting or settings.is_fleeting:
            return _FLEETING
        if refusal := await refusal_to_post("reminders", mention.channel, pressed.client):
            return refusal
        await pressed.ack()
        zone = settings.zone or await zone_of(pressed.person, pressed.client)
        reply = await reply_of(mention, self.intake.postings)
        found = list(reminders_in(mention, outcome, reply, zone, self.memory.clock()))
        if not found:
            return _PAST
        if not await self.memory.reminders.keep(mention, found):
            return _KNOWN
        days = ENGLISH.join_list(
            [ENGLISH.date(day) for day in sorted({each.day for each in found})]
        )
        return _KEPT.format(days=days, time=AT, zone=zone)

    async def mark(
        self, pressed: Interaction, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Mark a commitment as the button says, and show that in the reminder. Returns a message
        for the presser, or None."""
        mark: Mark = pressed.action_id.partition(".")[0]  # type: ignore[assignment]  # one of three ids
        if outcome is None:
            return GONE
        await pressed.ack()
        reminders, archive = self.memory.reminders, self.intake.archive
        due = await reminders.told_by(mention.key)
        own = [each for each in due if each.id == pressed.argument]
        again = [tomorrow(each, self.memory.clock()) for each in own] if mark == "tomorrow" else []
        is_new = False
        for each in own[:1]:
            now = datetime.fromtimestamp(self.memory.clock(), known_zone(each.zone))
            name = defang(display_name(pressed.user))
            marked = replace(
                each, mark=mark, by=pressed.person, name=name, marked=now.date().isoformat()
            )
            is_new = await reminders.mark(mention.key, marked, again)
        poster = Poster(pressed.client, self.intake.postings, mention)
        shown = await poster.messages(await fill(outcome, mention, reminders, archive))
        try:
            with suppress(RequestDeleted):
                await poster.replace_all(shown, f"{pressed.argument}:{mark}")
        except SlackFailure as failure:
            return failure.message
        return None if is_new else (_MARKED if own else GONE)

    async def open(self, typed: Interaction) -> str | None:
        """List what is due in a channel, for the person who typed the command. Returns a message
        if there is no list."""
        if refusal := await self._refusal(typed):
            return refusal
        kept = await self.memory.reminders.of(typed.team, "", [typed.channel])
        kept.sort(key=lambda each: each.mark is not None)
        due = await up_to_date(kept[:_MOST_LISTED], self.intake.archive)
        if not due:
            return NOTHING
        left = len(kept[_MOST_LISTED:])
        blocks = due_blocks(due, left, self.memory.clock())
        await typed.ack()
        await typed.respond(text="What is due in this channel", blocks=blocks)
        return None

    async def calendar(self, pressed: Interaction) -> str:
        """Post what is due in a channel there as a calendar file. Returns the message for the
        presser."""
        await pressed.ack()
        channel = pressed.channel
        refusal = await self._refusal(pressed)
        if refusal := refusal or await refusal_to_post("calendar files", channel, pressed.client):
            return refusal
        kept = await self.memory.reminders.of(pressed.team, "", [channel])
        due = await up_to_date(kept, self.intake.archive)
        lines = tuple(each.line for each in due if not each.mark)
        if not lines:
            return NOTHING
        failed = await self.exports.upload(lines, "due", (channel, None), pressed.client)
        return failed or _UPLOADED

    async def _refusal(self, by: Interaction) -> str | None:
        request = Mention("", by.team, by.channel, "", "", by.person, "due")
        return await self.access.refusal_of(request)


def due_blocks(due: Sequence[Reminder], left: int, now: float) -> list[JsonObject]:
    """Blocks with what is due this week or still unmarked, what is due later and what was marked,
    as much as fits; the number of those that are ``left`` out; and a button for a calendar file."""
    lists = {
        "Due this week": [each for each in due if not each.mark and is_soon(each, now)],
        "Due later": [each for each in due if not each.mark and not is_soon(each, now)],
        "Marked lately": [each for each in due if each.mark],
    }
    blocks = [block for title, some in lists.items() for block in due_list(title, some)]
    if size(blocks) > MESSAGE_SIZE:
        fewer = due[: len(due) // 2]
        return due_blocks(fewer, left + len(due) - len(fewer), now)
    if left:
        blocks.append(text_block(f"and {left} more"))
    if all(each.mark for each in due):
        return blocks
    return [*blocks, actions(button_element(DUE_CALENDAR, "Calendar file", value="due"))]


def is_soon(reminder: Reminder, now: float) -> bool:
    """Whether it is due within a week of ``now``, or already was."""
    last = datetime.fromtimestamp(now, known_zone(reminder.zone)).date() + timedelta(days=6)
    return reminder.day <= last.isoformat()


def due_list(title: str, due: Sequence[Reminder]) -> Iterator[JsonObject]:
    """Yield blocks with a title and a list of what is due, with days; none if ``due`` is empty."""
    if due:
        yield heading(title)
        yield rich_text(bullets(map(_due_item, due)))


def _due_item(reminder: Reminder) -> Elements:
    behind = [words(" · "), *mark_elements(reminder)] if reminder.mark else []
    return [words(f"{ENGLISH.date(reminder.day)}: ", "bold"), *commitment(reminder), *behind]
