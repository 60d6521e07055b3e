"""What do the buttons under a reply do?

Each carries the key of the mention that it stands under. What makes new work is recorded before
the acknowledgement, under a key of the button and its message: a second press is the same job.
"""

from collections.abc import Callable

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.ports import Mention, Posting
from bot.slack.calling import slack_errors
from bot.slack.durable import Durable
from bot.slack.evidence import GONE, evidence_view, turned_to
from bot.slack.mentions import again, as_briefing
from bot.slack.pasting import EMPTY, key_of, paste_view, refused, text_of, with_text
from bot.slack.payloads import JsonObject

_NOT_YOURS = "Only the person who asked can delete this."
_STAYS = "What was kept for this request is deleted, but a message of mine stays: {reason}"
_ALREADY_GONE = {"message_not_found", "channel_not_found", "thread_not_found"}


class Actions:
    """Listeners for the buttons."""

    def __init__(self, durable: Durable) -> None:
        self._durable = durable

    async def show_evidence(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        outcome = await self._durable.archive.outcome(_key(body))
        await _open(evidence_view(outcome, _key(body)), body, client, respond)

    async def turn_evidence(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        await ack()
        key, page = turned_to(_key(body))
        view = evidence_view(await self._durable.archive.outcome(key), key, page)
        await client.views_update(view_id=body["view"]["id"], view=view)

    async def open_box(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        await _open(paste_view(_key(body)), body, client, respond)

    async def pasted(self, ack: AsyncAck, view: JsonObject) -> None:
        mention = await self._durable.archive.mention(key_of(view))
        if mention is None:
            await ack(**refused(GONE))
        elif not text_of(view).strip():
            await ack(**refused(EMPTY))
        else:
            await self._durable.take(with_text(mention, view))
            await ack()

    async def retry(self, ack: AsyncAck, body: JsonObject, respond: AsyncRespond) -> None:
        await self._work_on(lambda mention: again(mention, "retry", _message(body)), body, respond)
        await ack()

    async def brief(self, ack: AsyncAck, body: JsonObject, respond: AsyncRespond) -> None:
        await self._work_on(lambda mention: as_briefing(mention, _message(body)), body, respond)
        await ack()

    async def delete(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        mention = await self._durable.archive.mention(_key(body))
        if mention is None:
            await _tell(respond, GONE)
        elif mention.person != body["user"]["id"]:
            await _tell(respond, _NOT_YOURS)
        else:
            await self._delete(mention, body, client, respond)

    async def _work_on(
        self, change: Callable[[Mention], Mention], body: JsonObject, respond: AsyncRespond
    ) -> None:
        mention = await self._durable.archive.mention(_key(body))
        if mention:
            await self._durable.take(change(mention))
        else:
            await _tell(respond, GONE)

    async def _delete(
        self, mention: Mention, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """The message with the button goes last, so that what is cut off can be done again."""
        pressed = (str(body["container"]["channel_id"]), _message(body))
        postings = await self._durable.postings.of(mention.key)
        others = _places(postings, mention, pressed[0]) - {pressed}
        failures = [await _delete_message(client, *place) for place in sorted(others, reverse=True)]
        await self._durable.archive.delete(mention.key)
        failures.append(await _delete_message(client, *pressed))
        if failed := next(filter(None, failures), None):
            await _tell(respond, _STAYS.format(reason=failed.message))


async def _open(
    view: JsonObject, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
) -> None:
    try:
        with slack_errors():
            await client.views_open(trigger_id=body["trigger_id"], view=view)
    except SlackFailure as failure:
        await _tell(respond, failure.message)


def _key(body: JsonObject) -> str:
    return str(body["actions"][0]["value"])


def _message(body: JsonObject) -> str:
    return str(body["container"]["message_ts"])


def _places(postings: tuple[Posting, ...], mention: Mention, here: str) -> set[tuple[str, str]]:
    """Channel and timestamp of each message. Direct messages were posted to the person; their
    channel is the one that the button was pressed in."""
    return {
        (here if posting.channel == mention.person else posting.channel, posting.ts)
        for posting in postings
        if posting.ts
    }


async def _delete_message(client: AsyncWebClient, channel: str, ts: str) -> SlackFailure | None:
    try:
        with slack_errors():
            await client.chat_delete(channel=channel, ts=ts)
    except SlackFailure as failure:
        return None if failure.code in _ALREADY_GONE else failure
    return None


async def _tell(respond: AsyncRespond, text: str) -> None:
    await respond(text, response_type="ephemeral", replace_original=False)
