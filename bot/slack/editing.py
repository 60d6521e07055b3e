"""How does the asker drop or rewrite a line, in the modal that shows what it rests on?

What is pressed there is recorded before it is acknowledged, as a job of its own: it corrects the
reply, shows it in the thread and in the modal, and goes on where it was after a crash. A second
delivery is the same job.
"""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.briefing.catalogue import catalogue
from bot.briefing.edits import fingerprint, found, line_now, longest
from bot.briefing.lines import Answer, Briefing, Line
from bot.briefing.text import count_words
from bot.service.ports import Correction, Mention, Outcome
from bot.slack.buttons import actions, labelled, plain
from bot.slack.event_inbox import Intake
from bot.slack.evidence import (
    AFTER,
    BEFORE,
    GONE,
    OF_A_LINE,
    WITHHELD,
    Page,
    evidence_view,
    page_of,
    passages,
    turned_to,
)
from bot.slack.mentions import again
from bot.slack.modals import about, field, modal, notice, refused, text_field, typed
from bot.slack.payloads import JsonObject
from bot.slack.pressed import (
    Pressed,
    name_of,
    on_press,
    on_submit,
    refusal_of_another,
    replied,
    update,
)
from bot.slack.rich_text import words

REWRITTEN = "rewritten.v1"
"""The callback id of the modal for rewriting a line."""
EDIT_FIRST = "edit_lines.v1"
"""The button that opens the evidence from another modal."""
NEW_TEXT = "text"
"""The field in the modal."""
_CHANGED = "This line has changed in the meantime. Close this to see what it says now."
_NO_LINE = "The line is empty. To remove it, close this and press Drop."
_UNCHANGED = "That’s what the line already says."
_TOO_LONG = "That’s {words} words; the limit here is {most}."
_LONGEST_FIELD = 600


class Editing:
    """Listeners for what stands in the modal with the evidence."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def listen(self, app: AsyncApp) -> None:
        """Let ``app`` hear what is pressed there."""
        app.action(BEFORE)(on_press(self.turned))
        app.action(AFTER)(on_press(self.turned))
        app.action(WITHHELD)(on_press(self.folded))
        app.action(EDIT_FIRST)(on_press(self.opened))
        app.action(OF_A_LINE)(on_press(self.line_pressed))
        app.view(REWRITTEN)(on_submit(self.rewritten))

    async def turned(self, pressed: Pressed) -> None:
        """Turn to another page."""
        await pressed.ack()
        key, page = turned_to(pressed.value)
        at = page_of(pressed.view) or Page(key)
        await self._show(replace(at, number=page), pressed)

    async def folded(self, pressed: Pressed) -> None:
        """Show the withheld lines, or fold them again."""
        await pressed.ack()
        if at := page_of(pressed.view):
            await self._show(replace(at, is_unfolded=not at.is_unfolded), pressed)

    async def opened(self, pressed: Pressed) -> None:
        """Open the evidence on top of another modal."""
        await pressed.ack()
        await pressed.open(await self._evidence(Page(pressed.value), pressed))

    async def line_pressed(self, pressed: Pressed) -> None:
        """Open the modal for a line, or begin the job that drops or restores it, or keeps one of
        two."""
        action, number = _of_a_line(pressed.action)
        at = page_of(pressed.view)
        mention, outcome = await replied(at.key, self._intake.archive) if at else (None, None)
        refusal = _refusal(mention, outcome, pressed)
        if refusal or at is None or mention is None:
            await pressed.open(notice(pressed.view["title"]["text"], words(refusal or GONE)))
            return
        line = line_now(outcome, number) if isinstance(outcome, Briefing | Answer) else None
        if action == "rewrite":
            view = evidence_view(outcome, at, is_askers=True, told=_CHANGED)
            if line and isinstance(outcome, Briefing | Answer):
                view = _rewriting_view(line, number, outcome, pressed.view)
            await pressed.open(view)
            return
        seen, dialog = fingerprint(line) if line else "", pressed.view["id"]
        correction = Correction(action, number, seen, name_of(pressed.user), dialog, at.number)
        once = pressed.body["trigger_id"]
        await self._intake.take(_correcting(mention, correction, once, pressed.user))

    async def rewritten(self, sent: Pressed) -> JsonObject | None:
        """Begin the job that proves the asker's words, and say so under the line."""
        number, seen, dialog, dialog_hash, at = _rewriting(sent.view)
        mention, outcome = await replied(at.key, self._intake.archive)
        text = " ".join(typed(sent.view, NEW_TEXT).split())
        refusal = _refusal(mention, outcome, sent) or _objection(text, number, seen, outcome)
        if refusal or mention is None:
            return refused(NEW_TEXT, refusal or GONE)
        by = name_of(sent.user)
        correction = Correction("rewrite", number, seen, by, dialog, at.number, text=text)
        await self._intake.take(_correcting(mention, correction, sent.view["id"], sent.user))
        await sent.ack()
        shown = evidence_view(outcome, at, is_askers=True, checking=number)
        # Only while it shows what it did before: the job may be done by now.
        await update(shown, dialog, sent.client, dialog_hash)
        return None

    async def _evidence(self, at: Page, pressed: Pressed) -> JsonObject:
        mention, outcome = await replied(at.key, self._intake.archive)
        is_askers = mention is not None and mention.person == pressed.person
        return evidence_view(outcome, at, is_askers=is_askers)

    async def _show(self, at: Page, pressed: Pressed) -> None:
        view = await self._evidence(at, pressed)
        await update(view, pressed.view["id"], pressed.client)


def editing_button(key: str) -> JsonObject:
    """A block for a modal, with a button that opens the lines of the reply to the mention ``key``
    on top of it."""
    return actions(labelled(EDIT_FIRST, "Edit lines", value=key))


def _rewriting_view(
    line: Line, number: int, outcome: Briefing | Answer, below: JsonObject
) -> JsonObject:
    """The box with the line and its passages; ``below`` is the modal that it stands on."""
    fixed = catalogue(outcome.language)
    here = f"{number} {fingerprint(line)} {below['id']} {below['hash']} {page_of(below)}"
    text = text_field(NEW_TEXT, _LONGEST_FIELD, is_long=True, initial=line.text[:_LONGEST_FIELD])
    blocks = [*passages(line, outcome, fixed), field(fixed.your_version, text)]
    name = fixed.buttons["rewrite"]
    return {**modal(REWRITTEN, here, name, name, blocks), "close": plain(fixed.close)}


def _rewriting(view: JsonObject) -> tuple[int, str, str, str, Page]:
    """The line and how it stood, the modal below and its state, and the page that it shows."""
    number, seen, dialog, dialog_hash, page = about(view).split(" ", 4)
    at = page_of({"private_metadata": page})
    return int(number), seen, dialog, dialog_hash, at or Page("")


def _objection(text: str, number: int, seen: str, outcome: Outcome | None) -> str | None:
    """Why ``text`` can't take the place of the line of that number, before anything is proved."""
    if not isinstance(outcome, Briefing | Answer):
        return GONE
    place, line = found(outcome, number), line_now(outcome, number)
    if place is None or line is None or fingerprint(line) != seen:
        return _CHANGED
    if not text:
        return _NO_LINE
    if text == line.text:
        return _UNCHANGED
    most = longest(place[0], outcome)
    length = count_words(text)
    return _TOO_LONG.format(words=length, most=most) if length > most else None


def _correcting(mention: Mention, correction: Correction, once: str, user: JsonObject) -> Mention:
    """The job that corrects the reply to ``mention``; what is sent ``once`` is one job."""
    key = again(mention, "correct", once, user).key
    return Mention(
        key=key,
        team=mention.team,
        channel=mention.channel,
        thread=mention.thread,
        message=mention.message,
        person=mention.person,
        intent="correct",
        direct=mention.direct,
        fleeting=mention.fleeting,
        about=mention.key,
        correction=correction,
    )


def _refusal(mention: Mention | None, outcome: Outcome | None, by: Pressed) -> str | None:
    """Why who pressed may not change the lines: only who asked may."""
    if not isinstance(outcome, Briefing | Answer):
        return GONE
    return refusal_of_another(mention, by.person, "change its lines")


def _of_a_line(action: str) -> tuple[Any, int]:
    """What a button under a line does, and the line's number."""
    match = OF_A_LINE.match(action)
    if match is None:
        raise ValueError("no button of a line")
    return match[1], int(match[2])
