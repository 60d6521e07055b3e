"""How are a channel's settings changed, and who is told? Everybody in it.

Whether somebody may change them is checked before the modal opens, and again when it is submitted.
"""

import asyncio
import logging

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NO_ANSWER, SlackFailure
from bot.home import Channels
from bot.slack.access import Access
from bot.slack.boxes import NotFilledIn, about, notice, refused
from bot.slack.calling import SENTENCES, slack_errors
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import rich_text, section, words
from bot.slack.settings_view import TITLE, settings_in, settings_view, told

ASKED_FOR = "settings"
"""What follows the command that opens the box."""

_SECONDS_TO_ASK = 2.0  # of the 3 that Slack allows until we answer
_log = logging.getLogger(__name__)


class SettingsOfChannels:
    """Listeners for the box with a channel's settings."""

    def __init__(self, channels: Channels, access: Access, *, has_model: bool) -> None:
        self._channels = channels
        self._access = access
        self._has_model = has_model

    async def open(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Show the box to who typed the command, if they may change what is in it."""
        team, channel, person = (str(body[name]) for name in ("team_id", "channel_id", "user_id"))
        if refusal := await self._refusal(team, channel, person, client):
            await ack(refusal)
            return
        settings = await self._channels.of(team, channel)
        try:
            with slack_errors():
                view = settings_view(channel, settings, has_model=self._has_model)
                await client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackFailure as failure:
            await ack(failure.message)
        else:
            await ack()

    async def saved(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Remember what was saved, and tell the channel."""
        channel, person = about(body["view"]), str(body["user"]["id"])
        team = str(body["team"]["id"])
        try:
            settings = settings_in(body["view"])
        except NotFilledIn as error:
            await ack(**refused(error.action, error.why))
            return
        if refusal := await self._refusal(team, channel, person, client):
            await ack(response_action="update", view=notice(TITLE, words(refusal)))
            return
        await self._channels.keep(team, channel, person, settings)
        await ack()
        said = f" changed how I work here: {told(settings)}."
        blocks = [rich_text(section([{"type": "user", "user_id": person}, words(said)]))]
        try:
            with slack_errors():
                await client.chat_postMessage(
                    channel=channel, text=f"Somebody{said}", blocks=blocks, parse="none"
                )
        except SlackFailure as failure:
            _log.info("could not tell a channel about its settings: %s", failure.code)

    async def _refusal(
        self, team: str, channel: str, person: str, client: AsyncWebClient
    ) -> str | None:
        try:
            async with asyncio.timeout(_SECONDS_TO_ASK):
                return await self._access.refusal_to_change(team, channel, person, client)
        except TimeoutError:
            return SENTENCES[NO_ANSWER]
