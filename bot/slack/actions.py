"""What do the buttons under a reply do?

Each carries the key of the mention it is under. A press that makes new work is recorded before the
acknowledgement, under a key made of the button and its message: a second press is the same job.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.ports import Mention
from bot.slack import private
from bot.slack.access import Access, begin
from bot.slack.asking import asking_view, suggested, with_suggested
from bot.slack.boxes import about, notice, refused
from bot.slack.changes import anew
from bot.slack.deleting import NOT_YOURS, confirmed, confirming_view, delete
from bot.slack.durable import Durable
from bot.slack.evidence import GONE, Page, evidence_view
from bot.slack.mentions import again, as_briefing, stopping
from bot.slack.pasting import TEXT, against, numbered, paste_view, with_text
from bot.slack.payloads import JsonObject
from bot.slack.pressed import Pressed, button
from bot.slack.replied import refusal_of_another, refusal_under, replied
from bot.slack.rich_text import words
from bot.slack.versions import Wanted, asked_for, show

_NOT_YOURS_TO_STOP = "Only the person who asked can stop this."

_log = logging.getLogger(__name__)


class Actions:
    """Listeners for the buttons."""

    def __init__(self, durable: Durable, access: Access) -> None:
        self._durable = durable
        self._access = access

    async def show_evidence(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        pressed = button(body, client, respond)
        if refusal := self._access.refusal_in(pressed.channel):
            await pressed.tell(refusal)
            return
        mention, outcome = await replied(pressed.key, self._durable.archive)
        is_askers = mention is not None and mention.person == pressed.person
        await pressed.open(evidence_view(outcome, Page(pressed.key), is_askers=is_askers))

    async def open_box(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        pressed = button(body, client, respond)
        number, key = numbered(pressed.key)
        pressed = replace(pressed, key=key)
        if refusal := await refusal_under(pressed, self._access, self._durable.archive):
            await pressed.tell(refusal)
        else:
            outcome = await self._durable.archive.outcome(key)
            await pressed.open(paste_view(key, number, outcome))

    async def pasted(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        _, key = numbered(about(view))
        mention, outcome = await replied(key, self._durable.archive)
        if mention is None:
            refusal: str | None = GONE
        elif (refusal := against(view)) is None:
            refusal = await begin(with_text(mention, outcome, body), self._access, self._durable)
        await (ack(**refused(TEXT, refusal)) if refusal else ack())

    async def retry(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._begin(ack, pressed, lambda m: again(m, "retry", pressed.message, pressed.user))

    async def brief(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._begin(ack, pressed, lambda m: as_briefing(m, pressed.message, pressed.user))

    async def shorter(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self.version(ack, button(body, client, respond), "short")

    async def longer(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self.version(ack, button(body, client, respond), "long")

    async def first(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self.version(ack, button(body, client, respond), None)

    async def version(self, ack: AsyncAck, pressed: Pressed, wanted: Wanted) -> None:
        """Show the briefing at another length, or its first version again."""
        asked = await asked_for(pressed, wanted, self._durable)
        refusal: str | None = GONE
        if asked and asked.is_kept:
            refusal = await self._access.refusal_of(asked.mention)
        elif asked:
            refusal = await begin(asked.mention, self._access, self._durable, asked.briefing)
        await ack()
        if refusal:
            await pressed.tell(refusal)
        elif asked and asked.is_kept:
            try:
                await show(asked, self._durable, pressed.client)
            except SlackFailure as failure:
                await pressed.tell(failure.message)

    async def ask(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Open the box for a question."""
        await ack()
        pressed = button(body, client, respond)
        if refusal := await refusal_under(pressed, self._access, self._durable.archive):
            await pressed.tell(refusal)
        else:
            await pressed.open(asking_view(pressed.key))

    async def ask_suggested(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Ask the question on the button."""
        pressed = button(body, client, respond)
        key, question = suggested(pressed.key)
        await self._begin(
            ack,
            replace(pressed, key=key),
            lambda m: with_suggested(m, question, pressed.message, pressed.user),
        )

    async def anew(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._begin(ack, pressed, lambda m: anew(m, pressed.message, pressed.user))

    async def stop(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        mention = await self._durable.archive.mention(pressed.key)
        refusal = refusal_of_another(mention, pressed.person, _NOT_YOURS_TO_STOP)
        if mention and not refusal:
            await self._durable.take(stopping(mention, pressed.message, pressed.user))
        await ack()
        if refusal:
            await pressed.tell(refusal)

    async def ask_to_delete(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Ask who asked, and nobody else, whether the reply shall go."""
        await ack()
        await self.confirm_deletion(button(body, client, respond))

    async def confirm_deletion(self, pressed: Pressed) -> None:
        """The same, by an entry of the menu."""
        mention = await self._durable.archive.mention(pressed.key)
        if refusal := refusal_of_another(mention, pressed.person, NOT_YOURS):
            await pressed.open(notice("Delete", words(refusal)))
        else:
            outcome = await self._durable.archive.outcome(pressed.key)
            await pressed.open(confirming_view(pressed, outcome))

    async def deletion_confirmed(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient
    ) -> None:
        """Delete the reply."""
        view, person = body["view"], str(body["user"]["id"])
        channel, ts, key = confirmed(view)
        mention = await self._durable.archive.mention(key)
        if refusal := refusal_of_another(mention, person, NOT_YOURS):
            told = notice(view["title"]["text"], words(refusal))
            await ack(response_action="update", view=told)
            return
        await ack()
        if mention and (stays := await delete(mention, (channel, ts), self._durable, client)):
            await private.tell(client, channel, person, stays)

    async def delete(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Delete a reply whose button Slack itself has asked about: those of earlier versions."""
        await ack()
        pressed = button(body, client, respond)
        mention = await self._durable.archive.mention(pressed.key)
        told = refusal_of_another(mention, pressed.person, NOT_YOURS)
        if mention and not told:
            here = (pressed.channel, pressed.message)
            told = await delete(mention, here, self._durable, client)
        if told:
            await pressed.tell(told)

    async def _begin(
        self, ack: AsyncAck, pressed: Pressed, change: Callable[[Mention], Mention]
    ) -> None:
        mention, _ = await replied(pressed.key, self._durable.archive)
        refusal: str | None = GONE
        if mention:
            refusal = await begin(change(mention), self._access, self._durable)
        await ack()
        if refusal:
            await pressed.tell(refusal)
