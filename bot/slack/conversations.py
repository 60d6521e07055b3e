"""Which sources are in the messages that a mention refers to?

A thread is read at most once, when a mention brings no sources of its own: for some apps Slack
allows one such call a minute. https://docs.slack.dev/apis/web-api/rate-limits/
"""

from collections.abc import AsyncIterator

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import LinkedMessage, PastedText, Source
from bot.briefing.words import count_words
from bot.errors import NO_ANSWER, Refused, SlackFailure, Unreachable, Unreadable
from bot.ports import Mention
from bot.slack.calling import slack_errors
from bot.slack.material import PASTED_WORDS, Place, is_to, material, place_of, whole_text
from bot.slack.payloads import JsonObject
from bot.slack.permalinks import Workspace, thread_of, workspace_of
from bot.slack.posting import EVENT_TYPE

_MOST_MESSAGES = 200


class SlackConversations:
    """Looks up messages (`ports.Conversations`)."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def above(self, mention: Mention) -> tuple[Source, ...]:
        """As the port says; a discussion without links or long texts is one source itself.

        Raises:
            SourceError: the thread can't be read.
            SlackFailure: nobody knows whether it can, and a second try may tell.
        """
        try:
            workspace = await self._workspace(mention)
            messages = [message async for message in self._before(mention)]
        except SlackFailure as failure:
            if failure.code == NO_ANSWER:
                raise
            raise Unreachable(failure.message, source="the messages above") from failure
        places = [place_of(message, mention.channel, workspace) for message in messages]
        found = [
            source
            for message, place in zip(messages, places, strict=True)
            for source in material(message, place)
        ]
        return tuple(dict.fromkeys(found)) or _discussion(messages, places)

    async def linked(self, message: LinkedMessage, mention: Mention) -> tuple[Source, ...]:
        if message.channel != mention.channel:
            raise Refused(
                "I only read messages from the channel I’m asked in. Paste the text instead.",
                source=message.url,
            )
        try:
            workspace = await self._workspace(mention)
            found = await self._message(message)
        except SlackFailure as failure:
            raise Unreachable(failure.message, source=message.url) from failure
        place = place_of(found, mention.channel, workspace) if found else None
        sources = (material(found, place) or whole_text(found, place)) if found and place else ()
        if not sources:
            raise Unreadable(
                "The linked message has no text, or it has been deleted.",
                source=message.url,
                verdict="empty",
            )
        return sources

    async def _workspace(self, mention: Mention) -> Workspace:
        with slack_errors():
            bot = (await self._client.auth_test())["user_id"]
        url = workspace_of(mention.permalink) if mention.permalink else None
        return Workspace(mention.team, bot, url)

    async def _before(self, mention: Mention) -> AsyncIterator[JsonObject]:
        """The messages of the mention's thread before it, oldest first, without our own."""
        cursor, left = "", _MOST_MESSAGES
        while left > 0:
            page = await self._page(mention.channel, mention.thread, mention.message, cursor)
            for message in page["messages"]:
                # Slack gives the root too, whatever the limits: it may be the mention itself.
                if not _is_ours(message) and message["ts"] < mention.message:
                    yield message
            left -= len(page["messages"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _message(self, link: LinkedMessage) -> JsonObject | None:
        with slack_errors():
            answer = await self._client.conversations_replies(
                channel=link.channel,
                ts=thread_of(link),
                oldest=link.ts,
                latest=link.ts,
                inclusive=True,
                limit=2,
            )
        found = [each for each in answer["messages"] if each["ts"] == link.ts]
        return found[0] if found else None

    async def _page(self, channel: str, thread: str, latest: str, cursor: str) -> JsonObject:
        with slack_errors():
            answer = await self._client.conversations_replies(
                channel=channel,
                ts=thread,
                latest=latest,
                cursor=cursor or None,
                include_all_metadata=True,
                limit=100,
            )
        return dict(answer.data) if isinstance(answer.data, dict) else {"messages": []}


def _is_ours(message: JsonObject) -> bool:
    return bool((message.get("metadata") or {}).get("event_type") == EVENT_TYPE)


def _discussion(messages: list[JsonObject], places: list[Place]) -> tuple[Source, ...]:
    texts = [
        source.text
        for message, place in zip(messages, places, strict=True)
        if not is_to(place.workspace.bot, message)
        for source in whole_text(message, place)
        if isinstance(source, PastedText)
    ]
    text = "\n".join(texts)
    if count_words(text) < PASTED_WORDS:
        return ()
    return (PastedText(text, name="the messages above", url=places[0].link),)
