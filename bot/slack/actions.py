"""What do the buttons under a reply do?

Each carries the key of the mention that it stands under. What makes new work is recorded before
the acknowledgement, under a key of the button and its message: a second press is the same job.
"""

from collections.abc import Callable

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.lines import Briefing
from bot.briefing.requests import Length
from bot.ports import Mention
from bot.slack.anew import resized
from bot.slack.boxes import about, refused, typed
from bot.slack.changes import anew
from bot.slack.deleting import delete
from bot.slack.durable import Durable
from bot.slack.evidence import GONE, evidence_view, turned_to
from bot.slack.mentions import again, as_briefing, stopping
from bot.slack.pasting import EMPTY, TEXT, paste_view, with_text
from bot.slack.payloads import JsonObject
from bot.slack.pressed import Pressed, button

_NOT_YOURS_TO_STOP = "Only the person who asked can stop this."


class Actions:
    """Listeners for the buttons."""

    def __init__(self, durable: Durable) -> None:
        self._durable = durable

    async def show_evidence(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        pressed = button(body, client, respond)
        outcome = await self._durable.archive.outcome(pressed.key)
        await pressed.open(evidence_view(outcome, pressed.key))

    async def turn_evidence(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        key, page = turned_to(button(body, client, respond).key)
        view = evidence_view(await self._durable.archive.outcome(key), key, page)
        await client.views_update(view_id=body["view"]["id"], view=view)

    async def open_box(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        pressed = button(body, client, respond)
        await pressed.open(paste_view(pressed.key))

    async def pasted(self, ack: AsyncAck, view: JsonObject) -> None:
        mention = await self._durable.archive.mention(about(view))
        if mention is None:
            await ack(**refused(TEXT, GONE))
        elif not typed(view, TEXT).strip():
            await ack(**refused(TEXT, EMPTY))
        else:
            await self._durable.take(with_text(mention, view))
            await ack()

    async def retry(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._work_on(pressed, lambda mention: again(mention, "retry", pressed.message))
        await ack()

    async def brief(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._work_on(pressed, lambda mention: as_briefing(mention, pressed.message))
        await ack()

    async def shorter(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self._resize(button(body, client, respond), "short")
        await ack()

    async def longer(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self._resize(button(body, client, respond), "long")
        await ack()

    async def anew(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._work_on(pressed, lambda mention: anew(mention, pressed.message))
        await ack()

    async def stop(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        mention = await self._durable.archive.mention(pressed.key)
        if mention is None:
            await pressed.tell(GONE)
        elif mention.person != pressed.person:
            await pressed.tell(_NOT_YOURS_TO_STOP)
        else:
            await self._durable.take(stopping(mention, pressed.message))
        await ack()

    async def delete(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        await delete(button(body, client, respond), self._durable)

    async def _work_on(self, pressed: Pressed, change: Callable[[Mention], Mention]) -> None:
        mention = await self._durable.archive.mention(pressed.key)
        if mention:
            await self._durable.take(change(mention))
        else:
            await pressed.tell(GONE)

    async def _resize(self, pressed: Pressed, length: Length) -> None:
        mention = await self._durable.archive.mention(pressed.key)
        outcome = await self._durable.archive.outcome(pressed.key)
        if mention and isinstance(outcome, Briefing):
            anew = resized(mention, length, pressed.message, pressed.person)
            await self._durable.take(anew, outcome)
        else:
            await pressed.tell(GONE)
