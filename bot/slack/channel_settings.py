"""Who changes how Readout works in a channel, and who hears of it? Everybody in it."""

import logging

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.home import Channels
from bot.slack.boxes import about
from bot.slack.calling import slack_errors
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import rich_text, section, words
from bot.slack.settings_view import no_pair, settings_in, settings_view, told

ASKED_FOR = "settings"
"""What follows the command that opens the box."""

_log = logging.getLogger(__name__)


class SettingsOfChannels:
    """Listeners for the box with a channel's settings."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels

    async def open(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Show the box to who typed the command."""
        channel = str(body["channel_id"])
        settings = await self._channels.of(body["team_id"], channel)
        try:
            with slack_errors():
                view = settings_view(channel, settings)
                await client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackFailure as failure:
            await ack(failure.message)
        else:
            await ack()

    async def saved(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Remember what was saved, and tell the channel."""
        channel, person = about(body["view"]), str(body["user"]["id"])
        try:
            settings = settings_in(body["view"])
        except ValueError as error:
            await ack(**no_pair(str(error)))
            return
        await self._channels.keep(str(body["team"]["id"]), channel, person, settings)
        await ack()
        said = f" changed how I work here: {told(settings)}."
        blocks = [rich_text(section([{"type": "user", "user_id": person}, words(said)]))]
        try:
            with slack_errors():
                await client.chat_postMessage(
                    channel=channel, text=f"Somebody{said}", blocks=blocks, parse="none"
                )
        except SlackFailure as failure:
            _log.info("a channel could not be told of its settings: %s", failure.code)
