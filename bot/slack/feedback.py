"""What do people think of a reply, and why?

"Not useful" is stored at once, and again with its reason if one is given.
"""

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.home import Feedback
from bot.ports import Archive
from bot.slack.access import Access
from bot.slack.boxes import about, box, field, picked, refused, text_field, typed
from bot.slack.buttons import BAD, GOOD, plain
from bot.slack.evidence import GONE
from bot.slack.payloads import JsonObject
from bot.slack.pressed import button

REASONED = "reasoned.v1"
"""The name of the box for a reason."""

_KIND, _WORDS = "kind", "words"
_MOST = 1_000
_READ_BY = "The people who run Readout here can read this."
_REASONS = {
    "unsupported": "A line isn’t supported by the source",
    "missing": "Something important is missing",
    "unclear": "It is hard to read",
    "other": "Something else",
}
_NONE_CHOSEN = "Choose what is wrong with it."
_THANKS = "Thank you. The people who run Readout here can see this."


class Thumbs:
    """Listeners for the thumbs."""

    def __init__(self, archive: Archive, feedback: Feedback, access: Access) -> None:
        self._archive = archive
        self._feedback = feedback
        self._access = access

    async def given(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Keep a thumb; ask why, where it is down."""
        await ack()
        pressed = button(body, client, respond)
        if refusal := self._access.refusal_in(pressed.channel):
            await pressed.tell(refusal)
            return
        is_good = pressed.key.startswith(GOOD)
        key = pressed.key.removeprefix(GOOD).removeprefix(BAD)
        mention = await self._archive.mention(key)
        if mention is None:
            await pressed.tell(GONE)
            return
        is_new = await self._feedback.give(mention, pressed.person, is_good=is_good, reason="")
        if is_new:
            metrics.FEEDBACK.labels("good" if is_good else "bad").inc()
        if not is_good:
            await pressed.open(_why(key))
        elif is_new:
            await pressed.tell(_THANKS)

    async def reasoned(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Keep the reason for a thumb down."""
        mention, kind = await self._archive.mention(about(view)), picked(view, _KIND)
        if kind is None:
            await ack(**refused(_KIND, _NONE_CHOSEN))
            return
        if mention is not None:
            said = typed(view, _WORDS)
            reason = f"{kind}: {said}" if said else kind
            await self._feedback.give(mention, body["user"]["id"], is_good=False, reason=reason)
        await ack()


def _why(key: str) -> JsonObject:
    options = [{"text": plain(text), "value": kind} for kind, text in _REASONS.items()]
    kinds = {"type": "radio_buttons", "action_id": _KIND, "options": options}
    words = text_field(_WORDS, _MOST, is_long=True)
    fields = (
        field("What is wrong with it?", kinds),
        field("In your words", words, hint=_READ_BY, is_optional=True),
    )
    return box(REASONED, key, "Not useful", "Send", fields)
