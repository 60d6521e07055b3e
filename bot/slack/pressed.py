"""What was pressed, by whom, under which reply, and how is only the presser told something?"""

import logging
from dataclasses import dataclass, replace

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.errors import SlackFailure
from bot.service.ports import Archive, Mention, Notice, Outcome
from bot.slack.buttons import carried
from bot.slack.client import slack_errors
from bot.slack.evidence import GONE
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import parsed

# How is somebody told something privately, without a button or command to respond to?
#
# https://docs.slack.dev/reference/methods/chat.postEphemeral

_log = logging.getLogger(__name__)


def name_of(user: JsonObject) -> str:
    """What a person is called, as plain words: an element that names them would notify them
    wherever it is shown."""
    return str(user.get("name") or user.get("username") or user["id"])


async def tell(
    client: AsyncWebClient, channel: str, person: str, text: str, thread: str | None = None
) -> None:
    """Tell ``person`` alone; where that can't be, nothing is said."""
    try:
        with slack_errors():
            await client.chat_postEphemeral(
                channel=channel, user=person, thread_ts=thread, text=parsed(text)
            )
    except SlackFailure as failure:
        _log.info("could not send a private message: %s", failure.code)


@dataclass(frozen=True)
class Pressed:
    """A button or an entry of a menu; ``key`` is that of the mention that it stands under, and
    ``beside`` what its value carries beside that."""

    key: str
    beside: str
    body: JsonObject
    ack: AsyncAck
    client: AsyncWebClient
    respond: AsyncRespond

    @classmethod
    def of(
        cls,
        value: str,
        ack: AsyncAck,
        body: JsonObject,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> "Pressed":
        """What was pressed, by the ``value`` that it carries."""
        key, beside = carried(value)
        return cls(key, beside, body, ack, client, respond)

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
        """Acknowledge, and show a modal, or say why it can't be shown; its id where it is."""
        await self.ack()
        try:
            with slack_errors():
                answer = await self.client.views_open(trigger_id=self.body["trigger_id"], view=view)
        except SlackFailure as failure:
            await self.tell(failure.message)
            return None
        return str(answer["view"]["id"])


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


async def replied(key: str, archive: Archive) -> tuple[Mention | None, Outcome | None]:
    """The mention of that ``key``, with all the wishes of its reply, and the reply; None for what
    was deleted or has expired."""
    mention = await archive.mention(key)
    outcome = await archive.outcome(key) if mention else None
    if isinstance(outcome, Notice) and not outcome.text:
        return None, None  # its sources were deleted, and its words with them
    if mention is None or outcome is None or isinstance(outcome, Notice) or not outcome.wishes:
        return mention, outcome
    return replace(mention, wishes=outcome.wishes, settled=True), outcome


NOT_YOURS = "Only the person who asked for this reply, or shared it here, can {deed}."


def refusal_of_another(mention: Mention | None, person: str, deed: str) -> str | None:
    """Why ``person`` may not do that ``deed`` to what came of ``mention``: only who asked may."""
    if mention is None:
        return GONE
    return None if mention.person == person else NOT_YOURS.format(deed=deed)
