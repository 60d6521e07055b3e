"""What do the entries of the menu behind the buttons do?

Each entry carries its own name and the key of the mention that it stands under.
"""

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.lines import Answer, Briefing
from bot.errors import SlackFailure
from bot.ports import Exporter, Mention, Notice
from bot.slack.anew import translated, translating_view
from bot.slack.asking import asking_view, with_question
from bot.slack.boxes import about
from bot.slack.calling import NO_ANSWER, SENTENCES
from bot.slack.durable import Durable
from bot.slack.evidence import GONE
from bot.slack.exporting import export
from bot.slack.payloads import JsonObject
from bot.slack.pressed import entry
from bot.slack.sharing import (
    choosing_view,
    chosen,
    confirmed,
    confirming_view,
    for_channel,
    share,
    told_view,
)

_VIEW_SECONDS = 2.0  # of the 3 that Slack allows until a box is acknowledged


class More:
    """Listeners for the menu and its boxes."""

    def __init__(self, durable: Durable, exporter: Exporter) -> None:
        self._durable = durable
        self._exporter = exporter

    async def choose(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Do what the chosen entry says."""
        await ack()
        name, pressed = entry(body, client, respond)
        match name:
            case "translate":
                await pressed.open(translating_view(pressed.key))
            case "ask":
                await pressed.open(asking_view(pressed.key))
            case "share":
                await pressed.open(choosing_view(pressed.key))
            case "export":
                await export(pressed, self._durable, self._exporter)

    async def language_chosen(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a briefing in another language."""
        mention, outcome = await self._kept(about(view))
        if mention is None or outcome is None:
            await ack(response_action="update", view=told_view(GONE))
            return
        await self._durable.take(translated(mention, body), outcome)
        await ack()

    async def asked(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a question that was asked in the box."""
        mention = await self._durable.archive.mention(about(view))
        if mention is None:
            await ack(response_action="update", view=told_view(GONE))
            return
        await self._durable.take(with_question(mention, body))
        await ack()

    async def channel_chosen(self, ack: AsyncAck, view: JsonObject) -> None:
        """Ask once more, naming the channel."""
        key = about(view)
        await ack(response_action="update", view=confirming_view(key, chosen(view)))

    async def channel_confirmed(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient
    ) -> None:
        """Share, and say how it went."""
        key, channel = confirmed(body["view"])
        try:
            async with asyncio.timeout(_VIEW_SECONDS):
                told = await self._shared(key, channel, body, client)
        except SlackFailure as failure:
            told = told_view(failure.message)
        except TimeoutError:
            told = told_view(SENTENCES[NO_ANSWER])
        await ack(response_action="update", view=told)

    async def _shared(
        self, key: str, channel: str, body: JsonObject, client: AsyncWebClient
    ) -> JsonObject:
        mention, outcome = await self._kept(key)
        if mention is None or outcome is None:
            return told_view(GONE)
        await share(outcome, for_channel(mention, channel, body), self._durable, client)
        return told_view("It stands in", channel)

    async def _kept(self, key: str) -> tuple[Mention | None, Briefing | Answer | None]:
        mention = await self._durable.archive.mention(key)
        outcome = await self._durable.archive.outcome(key)
        return mention, None if isinstance(outcome, Notice) else outcome
