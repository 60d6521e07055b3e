"""What was pressed, by whom and where, and how is only the presser told something?"""

import logging
from dataclasses import dataclass

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.slack.calling import slack_errors
from bot.slack.payloads import JsonObject

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pressed:
    """A button or an entry of a menu; ``key`` is that of the mention that it stands under."""

    key: str
    body: JsonObject
    client: AsyncWebClient
    respond: AsyncRespond

    @property
    def user(self) -> JsonObject:
        """Who pressed, as Slack tells of them."""
        user: JsonObject = self.body["user"]
        return user

    @property
    def person(self) -> str:
        """Their id."""
        return str(self.user["id"])

    @property
    def message(self) -> str:
        """The timestamp of the message that the button stands in."""
        return str(self.body["container"]["message_ts"])

    @property
    def channel(self) -> str:
        """The channel that the button was pressed in."""
        return str(self.body["container"]["channel_id"])

    @property
    def thread(self) -> str:
        """The thread that the message stands in, or that it opens."""
        return str(self.body["container"].get("thread_ts") or self.message)

    async def tell(self, text: str) -> None:
        """Tell who pressed, and nobody else."""
        await self.respond(text, response_type="ephemeral", replace_original=False)

    async def open(self, view: JsonObject) -> str | None:
        """Show a modal, or say why it can't be shown; its id where it is."""
        try:
            with slack_errors():
                answer = await self.client.views_open(trigger_id=self.body["trigger_id"], view=view)
        except SlackFailure as failure:
            await self.tell(failure.message)
            return None
        return str(answer["view"]["id"])


def button(body: JsonObject, client: AsyncWebClient, respond: AsyncRespond) -> Pressed:
    """The button that ``body`` tells of."""
    return Pressed(str(body["actions"][0]["value"]), body, client, respond)


def entry(body: JsonObject, client: AsyncWebClient, respond: AsyncRespond) -> tuple[str, Pressed]:
    """The entry of a menu that ``body`` tells of, and its name."""
    value = str(body["actions"][0]["selected_option"]["value"])
    name, _, key = value.partition(":")
    return name, Pressed(key, body, client, respond)


async def update(
    view: JsonObject, view_id: str, client: AsyncWebClient, view_hash: str | None = None
) -> bool:
    """Show ``view`` in the modal of that id, if it is still as it was at the hash; whether it is
    shown."""
    try:
        with slack_errors():
            await client.views_update(view_id=view_id, view=view, hash=view_hash)
    except SlackFailure as failure:  # it may be closed by now, or show something newer
        _log.info("could not change a modal: %s", failure.code)
        return False
    return True
