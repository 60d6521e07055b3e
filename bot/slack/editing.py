"""How does the asker drop or rewrite a line, in the modal that shows what it rests on?

What is pressed there is recorded before it is acknowledged, as a job of its own: it corrects the
reply, shows it in the thread and in the modal, and goes on where it was after a crash. A second
delivery is the same job.
"""

import logging
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import catalogue
from bot.briefing.edits import fingerprint, found, line_now, longest
from bot.briefing.lines import Answer, Briefing, Line
from bot.briefing.text import count_words
from bot.service.errors import SlackFailure
from bot.service.ports import Correction, Mention, Outcome
from bot.slack.buttons import plain
from bot.slack.client import slack_errors
from bot.slack.event_inbox import Intake
from bot.slack.evidence import GONE, OF_A_LINE, Page, evidence_view, page_of, passages, turned_to
from bot.slack.mentions import again
from bot.slack.modals import about, field, modal, notice, refused, text_field, typed
from bot.slack.payloads import JsonObject
from bot.slack.pressed import name_of, refusal_of_another, replied, update
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

_log = logging.getLogger(__name__)


class Editing:
    """Listeners for what stands in the modal with the evidence."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def turned(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Turn to another page."""
        await ack()
        key, page = turned_to(_value(body))
        at = page_of(body["view"]) or Page(key)
        await self._show(replace(at, number=page), body, client)

    async def folded(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Show the withheld lines, or fold them again."""
        await ack()
        if at := page_of(body["view"]):
            await self._show(replace(at, is_unfolded=not at.is_unfolded), body, client)

    async def opened(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Open the evidence on top of another modal."""
        await ack()
        key = _value(body)
        mention, outcome = await replied(key, self._intake.archive)
        is_askers = mention is not None and mention.person == _person(body)
        await _push(evidence_view(outcome, Page(key), is_askers=is_askers), body, client)

    async def line_pressed(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Open the modal for a line, or begin the job that drops or restores it, or keeps one of
        two."""
        if _pressed(body)[0] == "rewrite":
            await self._asked_to_rewrite(ack, body, client)
        else:
            await self._corrected(ack, body, client)

    async def _asked_to_rewrite(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient
    ) -> None:
        await ack()
        if at := page_of(body["view"]):
            _, number = _pressed(body)
            mention, outcome = await replied(at.key, self._intake.archive)
            if refusal := _refusal(mention, outcome, body):
                view = notice(body["view"]["title"]["text"], words(refusal))
            elif isinstance(outcome, Briefing | Answer) and (line := line_now(outcome, number)):
                view = _rewriting_view(line, number, outcome, body["view"])
            else:
                view = evidence_view(outcome, at, is_askers=True, told=_CHANGED)
            await _push(view, body, client)

    async def rewritten(
        self, ack: AsyncAck, body: JsonObject, view: JsonObject, client: AsyncWebClient
    ) -> None:
        """Begin the job that proves the asker's words, and say so under the line."""
        number, seen, dialog, dialog_hash, at = _rewriting(view)
        mention, outcome = await replied(at.key, self._intake.archive)
        text = " ".join(typed(view, NEW_TEXT).split())
        refusal = _refusal(mention, outcome, body) or _objection(text, number, seen, outcome)
        if refusal or mention is None:
            await ack(**refused(NEW_TEXT, refusal or GONE))
            return
        correction = Correction(
            "rewrite", number, seen, name_of(body["user"]), dialog, at.number, text=text
        )
        await self._intake.take(_correcting(mention, correction, view["id"], body))
        await ack()
        shown = evidence_view(outcome, at, is_askers=True, checking=number)
        # Only while it shows what it did before: the job may be done by now.
        await update(shown, dialog, client, dialog_hash)

    async def _corrected(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        at = page_of(body["view"])
        mention, outcome = await replied(at.key, self._intake.archive) if at else (None, None)
        refusal = _refusal(mention, outcome, body)
        if refusal or at is None or mention is None:
            await ack()
            view = notice(body["view"]["title"]["text"], words(refusal or GONE))
            await _push(view, body, client)
            return
        action, number = _pressed(body)
        line = line_now(outcome, number) if isinstance(outcome, Briefing | Answer) else None
        seen = fingerprint(line) if line else ""
        correction = Correction(
            action, number, seen, name_of(body["user"]), body["view"]["id"], at.number
        )
        await self._intake.take(_correcting(mention, correction, body["trigger_id"], body))
        await ack()

    async def _show(self, at: Page, body: JsonObject, client: AsyncWebClient) -> None:
        mention, outcome = await replied(at.key, self._intake.archive)
        is_askers = mention is not None and mention.person == _person(body)
        view = evidence_view(outcome, at, is_askers=is_askers)
        await update(view, body["view"]["id"], client)


def editing_button(key: str) -> JsonObject:
    """A block for a modal, with a button that opens the lines of the reply to the mention ``key``
    on top of it."""
    name = plain("Edit lines")
    button = {"type": "button", "action_id": EDIT_FIRST, "text": name, "value": key}
    return {"type": "actions", "elements": [button]}


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


def _correcting(mention: Mention, correction: Correction, once: str, body: JsonObject) -> Mention:
    """The job that corrects the reply to ``mention``; what is sent ``once`` is one job."""
    key = again(mention, "correct", once, body["user"]).key
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


def _refusal(mention: Mention | None, outcome: Outcome | None, body: JsonObject) -> str | None:
    """Why who pressed may not change the lines: only who asked may."""
    if not isinstance(outcome, Briefing | Answer):
        return GONE
    return refusal_of_another(mention, _person(body), "change its lines")


def _person(body: JsonObject) -> str:
    return str(body["user"]["id"])


def _pressed(body: JsonObject) -> tuple[Any, int]:
    """What a button under a line does, and the line's number."""
    match = OF_A_LINE.match(str(body["actions"][0]["action_id"]))
    if match is None:
        raise ValueError("no button of a line")
    return match[1], int(match[2])


def _value(body: JsonObject) -> str:
    return str(body["actions"][0].get("value") or "")


async def _push(view: JsonObject, body: JsonObject, client: AsyncWebClient) -> None:
    try:
        with slack_errors():
            await client.views_push(trigger_id=body["trigger_id"], view=view)
    except SlackFailure as failure:
        _log.info("could not open a modal on top of another: %s", failure.code)
