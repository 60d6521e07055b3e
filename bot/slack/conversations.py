"""Which sources are in the messages that a mention refers to, and how are files downloaded?"""

import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import AttachedFile, LinkedMessage, PastedText, Source
from bot.briefing.text import count_words
from bot.service.errors import (
    NO_ANSWER,
    Refused,
    SlackFailure,
    SourceError,
    Unreachable,
    Unreadable,
)
from bot.service.ports import Mention
from bot.slack.access import (
    NOT_IN_SHARED_CHANNELS,
    is_closed,
    is_shared,
    visible_channel,
    workspace_of,
)
from bot.slack.client import message_at, pages, slack_errors
from bot.slack.mentions import (
    FILE_ID_PREFIX,
    PASTED_WORDS,
    MessagePlace,
    mentions_bot,
    place_of,
    sources_in,
    text_as_source,
)
from bot.slack.payloads import JsonObject, thread_root
from bot.slack.posting import EVENT_TYPE

_FILE_HOSTS = {"slack.com": "files.slack.com", "slack-gov.com": "files.slack-gov.com"}
_CHUNK = 64 * 1024
_CLOSED = "I’m not in the channel, or not allowed to post there."
_ARCHIVED = "The channel is archived, so I can’t post digests there."
_NOT_PROVIDED = "Slack did not provide the file. Please try again."
_LOGIN_TITLE = re.compile(rb"<title>[^<]*\bSlack\s*</title>")


class SlackAttachments:
    """Downloads files with the bot's token (`ports.Attachments`).

    The token is only sent to the host of the API and, for Slack itself, to its host for files;
    redirects are not followed.
    """

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session
        api = urlsplit(client.base_url)
        self._hosts = {(api.scheme, api.netloc)}
        if file_host := _FILE_HOSTS.get(api.netloc.removeprefix("www.")):
            self._hosts.add(("https", file_host))

    async def content(self, file: AttachedFile, limit: int) -> bytes:
        if file.size is not None and file.size > limit:
            raise _too_large(file, limit)
        address = await self._address(file)
        target = urlsplit(address)
        if (target.scheme, target.netloc) not in self._hosts:
            message = "That file isn’t stored in Slack. Paste the text, or attach the file itself."
            raise Refused(message, source=file.name)
        try:
            return await self._downloaded(address, file, limit)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unreachable(_NOT_PROVIDED, source=file.name) from error

    async def _address(self, file: AttachedFile) -> str:
        if not file.location.startswith(FILE_ID_PREFIX):
            return file.location
        id_ = file.location.removeprefix(FILE_ID_PREFIX)
        try:
            with slack_errors():
                answer = await self._client.files_info(file=id_)
        except SlackFailure as failure:
            raise Unreachable(failure.message, source=file.name) from failure
        known = answer["file"]
        return str(known.get("url_private_download") or known.get("url_private") or "")

    async def _downloaded(self, address: str, file: AttachedFile, limit: int) -> bytes:
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with self._session.get(address, headers=headers, allow_redirects=False) as response:
            if response.status != 200:
                raise _download_error(file, response.status)
            content = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise _too_large(file, limit)
        if response.content_type == "text/html" and _LOGIN_TITLE.search(content[:_CHUNK]):
            raise _login_page(file)
        return bytes(content)


def _too_large(file: AttachedFile, limit: int) -> SourceError:
    return Unreadable(
        f"The file is larger than the {limit / 1e6:.0f} MB I can read. Send part of it.",
        source=file.name,
        verdict="unsupported",
    )


def _download_error(file: AttachedFile, status: int) -> SourceError:
    if status in (404, 410):
        message = "The file is gone. Please send it again."
        return Unreadable(message, source=file.name, verdict="error")
    return Unreachable(_NOT_PROVIDED, source=file.name)


def _login_page(file: AttachedFile) -> SourceError:
    return Unreadable(
        "Slack sent a login page instead of the file: I’m not allowed to read files here. An "
        "admin can add the scope files:read to the app and reinstall it.",
        source=file.name,
        verdict="login",
    )


# A thread is read at most once, and only if a mention has no sources of its own: Slack allows some
# apps only one such call a minute. https://docs.slack.dev/apis/web-api/rate-limits/

_MOST_MESSAGES = 200


class SlackConversations:
    """Looks up messages (`ports.Conversations`)."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def above(self, mention: Mention) -> tuple[Source, ...]:
        """As the port says; a discussion without links or long texts is a source itself.

        Raises:
            SourceError: the thread can't be read.
            SlackFailure: Slack did not answer; a second attempt may succeed.
        """
        try:
            workspace = await workspace_of(mention.team, self._client)
            messages = [message async for message in self._before(mention)]
        except SlackFailure as failure:
            if failure.code == NO_ANSWER:
                raise
            raise Unreachable(failure.message, source="the messages above") from failure
        placed = [(each, place_of(each, mention.channel, workspace)) for each in messages]
        found = [source for message, place in placed for source in sources_in(message, place)]
        return tuple(dict.fromkeys(found)) or _discussion(placed)

    async def is_shared(self, mention: Mention) -> bool:
        """Whether the channel of ``mention`` is now shared with other organisations; False if we
        aren't allowed to ask.

        Raises:
            SlackFailure: Slack doesn't say at the moment; a second attempt may succeed.
        """
        return is_shared(await visible_channel(mention.channel, self._client))

    async def refusal_of_digests(self, mention: Mention) -> str | None:
        """Why the channel of ``mention`` may no longer get digests; None if it may, or if we aren't
        allowed to ask.

        Raises:
            SlackFailure: Slack doesn't say at the moment; a second attempt may succeed.
        """
        found = await visible_channel(mention.channel, self._client)
        if is_shared(found):
            return NOT_IN_SHARED_CHANNELS.format(what="digests")
        if found.get("is_archived"):
            return _ARCHIVED
        return _CLOSED if is_closed(found) else None

    async def linked(self, message: LinkedMessage, mention: Mention) -> tuple[Source, ...]:
        if message.channel != mention.channel:
            raise Refused(
                "I only read messages from the channel I’m asked in. Paste the text instead.",
                source=message.url,
            )
        try:
            workspace = await workspace_of(mention.team, self._client)
            root = thread_root(message)
            found = await message_at(self._client, message.channel, message.ts, root)
        except SlackFailure as failure:
            raise Unreachable(failure.message, source=message.url) from failure
        sources: tuple[Source, ...] = ()
        if found:
            place = place_of(found, mention.channel, workspace)
            sources = sources_in(found, place) or text_as_source(found, place)
        if not sources:
            raise Unreadable(
                "The linked message has no text, or it has been deleted.",
                source=message.url,
                verdict="empty",
            )
        return sources

    async def _before(self, mention: Mention) -> AsyncIterator[JsonObject]:
        """The messages above the mention in its thread, oldest first, without our own."""
        left = _MOST_MESSAGES
        place = {"channel": mention.channel, "ts": mention.thread, "latest": mention.message}
        replies = pages(
            self._client.conversations_replies, **place, include_all_metadata=True, limit=100
        )
        async for page in replies:
            for message in page["messages"]:
                # Slack always includes the root, which may be the mention itself.
                if not _is_ours(message) and message["ts"] < mention.message:
                    yield message
            left -= len(page["messages"])
            if left <= 0:
                return


def _is_ours(message: JsonObject) -> bool:
    return bool((message.get("metadata") or {}).get("event_type") == EVENT_TYPE)


def _discussion(placed: list[tuple[JsonObject, MessagePlace]]) -> tuple[Source, ...]:
    texts = [
        source.text
        for message, place in placed
        if not mentions_bot(message, place.workspace.bot)
        for source in text_as_source(message, place)
        if isinstance(source, PastedText)
    ]
    text = "\n".join(texts)
    if count_words(text) < PASTED_WORDS:
        return ()
    return (PastedText(text, name="the messages above", url=placed[0][1].link),)
