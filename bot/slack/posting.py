"""How is each message of a reply posted exactly once, even after a crash?"""

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from zlib import crc32

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import catalogue
from bot.briefing.documents import Document
from bot.briefing.draft import Place
from bot.briefing.lines import Briefing, Difference, Line
from bot.service import metrics
from bot.service.errors import SlackFailure
from bot.service.ports import HIDDEN, ROOT, SIGN, STREAM, Mention, Outcome, Posting, Postings
from bot.slack import statements
from bot.slack.blocks import Message, announcement, difference_sections, messages, source_paragraphs
from bot.slack.client import (
    Call,
    is_format_rejected,
    is_place_closed,
    pages,
    slack_errors,
    try_call,
)
from bot.slack.payloads import JsonObject, permalink, workspace_address
from bot.slack.rich_text import bullets, heading, pieces, rich_text, section, words

# Which parts of a reply are shown while it is being written?
#
# Cards that say what is being done, the sources, then each line once it is verified. The cards are
# in our own words; everything else is sent as `blocks` chunks, with the words of a source in
# rich_text: Slack would look for mentions and links in a `markdown_text` chunk.
# https://docs.slack.dev/reference/methods/chat.appendStream

MOST_BYTES = 8_500
"""In one stream. Slack's limit isn't documented; others measured about 10,600 bytes in UTF-8
(github.com/openclaw/openclaw/pull/143882)."""
MOST_BLOCKS = 45
"""In one stream; Slack allows 50 in a message."""
_MOST_SOURCES = 3

PlacedLine = tuple[Place, Line]
"""The place of a line in the reply, and the line."""


class StreamContent:
    """Builds the chunks of one stream, one call after the other. ``is_full`` becomes true once
    chunks didn't fit, and stays so."""

    def __init__(self, key: str, documents: Sequence[Document], language: str | None) -> None:
        self.is_full = False
        self._key = key
        self._documents = documents
        self._fixed = catalogue(language)
        self._stages = ["reading"]
        self._place: Place | None = None
        self._bytes = self._blocks = 0

    @property
    def title(self) -> str:
        """The title of the first source that has one; else empty."""
        return next((each.title for each in self._documents if each.title), "")

    def opening(self, stage: str, lines: Iterable[PlacedLine]) -> list[JsonObject]:
        """The first chunks: the stage, the sources and ``lines``."""
        first = self._documents[:_MOST_SOURCES]
        paragraphs = source_paragraphs(first, self._fixed, has_title=False)
        blocks = [rich_text(*paragraphs)] if paragraphs else []
        return self._fitting([*self._cards(stage), *_chunk(blocks), *self._lines_chunk(lines)])

    def next(self, stage: str, lines: Iterable[PlacedLine]) -> list[JsonObject]:
        """Further chunks, with a card if the stage is new; empty if they don't fit any more."""
        return self._fitting([*self._cards(stage), *self._lines_chunk(lines)])

    def _cards(self, stage: str) -> Iterator[JsonObject]:
        if stage == self._stages[-1]:
            return
        yield self._card("complete")
        self._stages.append(stage)
        yield self._card("in_progress")

    def _card(self, status: str) -> JsonObject:
        id_, stage = _card_id(self._key, len(self._stages) - 1), self._stages[-1]
        title = f"{stage[:1].upper()}{stage[1:]}"
        return {"type": "task_update", "id": id_, "title": title, "status": status}

    def _lines_chunk(self, lines: Iterable[PlacedLine]) -> list[JsonObject]:
        blocks: list[JsonObject] = []
        for place, group in groupby(lines, key=lambda each: each[0]):
            blocks += self._block(place, [line for _, line in group])
            self._place = place
        return _chunk(blocks)

    def _block(self, place: Place, lines: list[Line]) -> Iterator[JsonObject]:
        fixed = self._fixed
        match place:
            case "headline":
                yield from (rich_text(section(statements.headline(each, fixed))) for each in lines)
            case "differences":
                differences = (each for each in lines if isinstance(each, Difference))
                for each in difference_sections(differences, self._documents, fixed):
                    yield heading(each.title or "")
                    yield rich_text(bullets(each.lines))
            case "bottom_line" | "answer":
                yield from (rich_text(section(statements.statement(each, fixed))) for each in lines)
            case _:
                if place != self._place:
                    yield heading(fixed.headings[place])
                told = (statements.of_its_kind(each, fixed) for each in lines)
                yield rich_text(bullets(told))

    def _fitting(self, chunks: list[JsonObject]) -> list[JsonObject]:
        taken = len(json.dumps(chunks, ensure_ascii=False).encode())
        blocks = sum(len(each.get("blocks", ["a card"])) for each in chunks)
        self.is_full |= self._bytes + taken > MOST_BYTES or self._blocks + blocks > MOST_BLOCKS
        if self.is_full:
            return []
        self._bytes, self._blocks = self._bytes + taken, self._blocks + blocks
        return chunks


def is_stream_of(key: str, message: JsonObject) -> bool:
    """Whether ``message`` is a stream of the reply to the mention ``key``, judging by its cards."""
    blocks = message.get("blocks") or []
    return any(each.get("task_id") == _card_id(key, 0) for each in blocks)


def _card_id(key: str, number: int) -> str:
    return f"{key}:{number}"


def _chunk(blocks: list[JsonObject]) -> list[JsonObject]:
    return [{"type": "blocks", "blocks": blocks}] if blocks else []


# The intent to post is stored before the call, and the message's timestamp after it. If there is
# only the intent, nobody knows whether the message was posted: then the thread is searched for it
# before it is posted again. Each message has its job's key and its part as metadata.
# https://docs.slack.dev/messaging/message-metadata/

EVENT_TYPE = "readout_reply"
_LAST_ERRATUM_PART = -10_000
"""The highest part number of notices below a reply. They are not messages of the reply itself, but
are deleted with it."""
_LATER_PARTS = 5_000  # keeps what follows a direct message apart from that message's own parts
_ALREADY_GONE = {"message_not_found", "channel_not_found", "thread_not_found"}
_NOT_EDITABLE = {
    "cant_update_message",
    "edit_window_closed",
    "message_not_found",
    "streaming_state_conflict",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Spot:
    """Where a message goes. ``channel`` may be a person's id, for direct messages; ``part`` is the
    number of the message within the reply."""

    channel: str
    thread: str | None
    part: int = 0

    def after(self, ts: str, parts: int = 1) -> "Spot":
        """The spot of the next message: in the same thread, or in that of the message ``ts``."""
        return replace(self, thread=self.thread or ts, part=self.part + parts)


class RequestDeleted(Exception):
    """The request was deleted, so nothing is posted for it any more."""


class Poster:
    """Posts the messages of one mention's reply. ``has_found`` if a message had been posted before
    a crash; ``has_streamed`` if there was a stream, which `find_sign` looks up.

    Methods that post or change a message raise `SlackFailure` if Slack refuses it. Those that post
    also raise `RequestDeleted` if the request was deleted or another version of its reply is shown;
    then the message isn't there, nor a sign that it was to replace.
    """

    def __init__(self, client: AsyncWebClient, postings: Postings, mention: Mention) -> None:
        self._client = client
        self._postings = postings
        self._mention = mention
        self.has_found = False
        self.has_streamed = False

    async def messages(self, outcome: Outcome) -> tuple[Message, ...]:
        """The messages of the reply, with links to the earlier replies that it mentions, as far as
        they still exist."""
        threads = _replies_linked_in(outcome, self._mention.thread)
        links = await reply_links(self._postings, self._mention, threads)
        # In a thread: finding the questions for a whole book takes a second.
        return await asyncio.to_thread(messages, outcome, self._mention, links)

    async def post(self, message: Message, spot: Spot) -> str:
        """Post ``message``, unless that part is posted already. Returns its timestamp."""
        return await self.resume(message, spot, await self._intend(spot))

    async def resume(self, message: Message, spot: Spot, begun: Posting | None) -> str:
        """Post ``message``, whose intent is stored, unless the ``begun`` posting succeeded. Returns
        its timestamp."""
        if begun and begun.ts:
            self.has_found = True
            return begun.ts
        found = await self._recover(spot) if begun else None
        return found or await self._send(message, spot)

    async def post_sign(self, message: Message, spot: Spot) -> None:
        """Post ``message`` as the first sign, unless that was tried before: no sign does less harm
        than a second one that nobody knows of."""
        if await self._postings.intend(self._mention, SIGN, spot.channel) == "new":
            await self._send(message, replace(spot, part=SIGN))
            # The reply may have been posted meanwhile; if not, it will look for the sign.
            if await self.has_replied():
                await self.delete_signs()

    async def change_sign(self, message: Message) -> None:
        """Show ``message`` in place of the first sign, unless posting the reply has begun."""
        parts = await self._postings.of(self._mention.key)
        if any(posting.part > SIGN for posting in parts):
            return
        for posting in parts:
            if posting.part == SIGN and posting.ts:
                spot = Spot(posting.channel, self._mention.thread, SIGN)
                await self._update(posting.ts, message, spot)

    async def replace_sign(self, sign: str, message: Message, spot: Spot) -> str:
        """Show ``message`` in place of the message ``sign``, or post it if that can't be edited,
        unless it is posted already; then ``sign`` is left to `delete_signs`. Returns the timestamp
        of ``message``."""
        try:
            found = await self._recover(spot) if await self._intend(spot) else None
            if found is None and await self._update(sign, message, spot):
                await self._record(spot.channel, sign, spot.part)
                return sign
            return found or await self._send(message, spot)
        except RequestDeleted:
            await self._delete(spot.channel, sign)
            raise

    async def replace_all(self, shown: tuple[Message, ...], edit: str = "") -> None:
        """Show the messages in place of those that the reply has, deleting or adding some if their
        number changes; as plain text if Slack rejects their blocks. Direct messages can't be
        changed: the new ones follow them, once for each ``edit``."""
        try:
            await self._replace_all(shown, edit)
        except SlackFailure as failure:
            if not is_format_rejected(failure):
                raise
            texts = (each for message in shown for each in pieces(message.blocks))
            await self._replace_all(tuple(Message(text, ()) for text in texts), edit)

    async def _replace_all(self, shown: tuple[Message, ...], edit: str) -> None:
        parts = await self._postings.of(self._mention.key)
        standing = [posting for posting in parts if posting.part > SIGN and posting.ts]
        if not standing:
            return
        first, last = standing[0], standing[-1]
        spot = Spot(last.channel, self._mention.thread, last.part + 1)
        if last.channel != self._mention.channel:
            spot = Spot(last.channel, first.ts, first.part + _LATER_PARTS + _edit_offset(edit))
            standing = []
        for message, posting in zip(shown, standing, strict=False):
            place = Spot(posting.channel, self._mention.thread, posting.part)
            await self._update(posting.ts or "", message, place)
        for posting in standing[len(shown) :]:
            await self._delete_part(posting, posting.ts or "")
        for message in shown[len(standing) :]:
            spot = spot.after(await self.post(message, spot))

    async def post_below(self, message: Message, about: str) -> None:
        """Post ``message`` in the thread of the reply, once for each ``about``."""
        parts = await self._postings.of(self._mention.key)
        first = next((each for each in parts if each.part > SIGN and each.ts), None)
        if first is not None:
            is_there = first.channel == self._mention.channel
            in_thread = is_there and not self._mention.is_unasked
            thread = self._mention.thread if in_thread else first.ts
            part = _LAST_ERRATUM_PART - crc32(about.encode()) % 1_000_000
            await self.post(message, Spot(first.channel, thread, part))

    async def has_begun(self) -> bool:
        """Whether posting a first sign or the reply has begun."""
        parts = await self._postings.of(self._mention.key)
        return any(posting.part >= SIGN for posting in parts)

    async def has_replied(self) -> bool:
        """Whether posting the reply has begun."""
        parts = await self._postings.of(self._mention.key)
        return any(posting.part > SIGN or posting.part == HIDDEN for posting in parts)

    async def find_sign(self) -> str | None:
        """The timestamp of a stream, which is stopped, or else of a first sign; None if there is
        none or the reply has replaced it."""
        parts = await self._postings.of(self._mention.key)
        self.has_streamed = any(posting.part == STREAM and posting.ts != "" for posting in parts)
        if any(posting.part > SIGN and posting.ts for posting in parts):
            return None
        for posting in parts:
            if posting.part in {STREAM, SIGN} and (ts := await self._locate(posting)):
                if posting.part == STREAM:
                    await stop_stream(self._client, posting.channel, ts)
                return ts
        return None

    async def delete_signs(self) -> None:
        """Delete the first sign and the stream if the reply has messages besides them; those of a
        later version are always besides the messages of the first."""
        parts = await self._postings.of(self._mention.key)
        standing = {posting.ts for posting in parts if posting.part > SIGN and posting.ts}
        is_beside = standing or self._mention.version_of
        signs = [each for each in parts if each.part in {STREAM, SIGN}] if is_beside else []
        for posting in signs:
            ts = await self._locate(posting)
            if ts and ts not in standing:
                if posting.part == STREAM:
                    await stop_stream(self._client, posting.channel, ts)
                await self._delete_part(posting, ts)

    async def end_stream(self) -> None:
        """Delete the stream if the reply is posted; if nobody knows whether a stream was started,
        note that it wasn't."""
        await self.delete_signs()
        for posting in await self._postings.of(self._mention.key):
            if posting.part == STREAM and posting.ts is None:
                await self._postings.posted(self._mention, STREAM, "")

    async def delete_all(self) -> None:
        """Delete all messages, the newest first. Direct messages stay: their channel is only known
        when a button in them is pressed.

        Raises:
            SlackFailure: one may still be there, and another try may succeed.
        """
        parts = await self._postings.of(self._mention.key)
        await self.find_sign()  # stops a stream
        found = [(posting.channel, await self._locate(posting)) for posting in reversed(parts)]
        for channel, ts in dict.fromkeys(found):
            await self._delete_or_raise(channel, ts)

    async def _intend(self, spot: Spot) -> Posting | None:
        """Store the intent to post that part. Returns the posting if there was one before."""
        intended = await self._postings.intend(self._mention, spot.part, spot.channel)
        if intended == "deleted":
            raise RequestDeleted
        if intended == "late" and (found := await self._find(spot)):
            await self._record(spot.channel, found, spot.part)
            return Posting(self._mention.key, spot.part, spot.channel, found)
        return intended if isinstance(intended, Posting) else None

    async def _record(self, channel: str, ts: str, part: int) -> None:
        """Store where the message of that part is, or delete it if the request was deleted."""
        if not await self._postings.posted(self._mention, part, ts):
            await self._delete(channel, ts)
            raise RequestDeleted

    async def _recover(self, spot: Spot) -> str | None:
        """The timestamp of a message whose posting was interrupted; None if it wasn't posted."""
        found = await self._find(spot)
        metrics.SLACK_UNSURE.labels("found" if found else "sent").inc()
        if found:
            self.has_found = True
            await self._record(spot.channel, found, spot.part)
        return found

    async def _locate(self, posting: Posting) -> str | None:
        """The timestamp of a message, which is searched for if only its intent is stored; None if
        it isn't there, or if we can't read that place any more."""
        if posting.ts is not None:
            return posting.ts or None
        try:
            return await self._find(Spot(posting.channel, self._mention.thread, posting.part))
        except SlackFailure as failure:
            if not is_place_closed(failure):
                raise
            return None

    async def _delete_part(self, posting: Posting, ts: str) -> None:
        """Delete the message of that part. Where it is stays stored if it can be deleted later.

        Raises:
            SlackFailure: it may still be there, and another try may succeed.
        """
        await self._delete_or_raise(posting.channel, ts)
        await self._postings.posted(self._mention, posting.part, "")

    async def _delete_or_raise(self, channel: str, ts: str | None) -> None:
        failure = await self._delete(channel, ts)
        if failure and failure.is_transient:
            raise failure

    async def _delete(self, channel: str, ts: str | None) -> SlackFailure | None:
        """Delete a message, if there is one. Returns the failure if it is still there."""
        failure = await delete_message(self._client, channel, ts) if ts else None
        if failure:
            _log.info("could not delete one of our messages: %s", failure.code)
        return failure

    async def _update(self, ts: str, message: Message, spot: Spot) -> bool:
        """Show ``message`` in place of the one at ``ts``; False if that can't be edited."""
        try:
            with slack_errors():
                await self._client.chat_update(
                    channel=spot.channel,
                    ts=ts,
                    text=message.text,
                    blocks=list(message.blocks),
                    metadata=metadata(self._mention.key, spot.part),
                    parse="none",
                )
        except SlackFailure as failure:
            if failure.code not in _NOT_EDITABLE:
                raise
            return False
        return True

    async def _send(self, message: Message, spot: Spot) -> str:
        data = metadata(self._mention.key, spot.part)
        channel, ts = await post_message(self._client, spot.channel, message, data, spot.thread)
        await self._record(channel, ts, spot.part)
        return ts

    async def _find(self, spot: Spot) -> str | None:
        """The timestamp of the message of that part, which is searched for below the mention in its
        thread, or in the channel if it is in none."""
        wanted = metadata(self._mention.key, spot.part)
        if not self._may_look(spot):
            return None
        look: Call = self._client.conversations_history
        if spot.thread:
            look = partial(self._client.conversations_replies, ts=spot.thread)
        asked = {"channel": spot.channel, "oldest": self._mention.message, "limit": 200}
        try:
            async for page in pages(look, **asked, include_all_metadata=True):
                for message in page["messages"]:
                    # The call that starts a stream takes no metadata.
                    if message.get("metadata") == wanted or (
                        spot.part == STREAM and is_stream_of(self._mention.key, message)
                    ):
                        return str(message["ts"])
        except SlackFailure as failure:
            # If we aren't allowed to look, posting twice is better than not at all.
            if failure.code != "missing_scope":
                raise
        return None

    def _may_look(self, spot: Spot) -> bool:
        """Whether its channel can be searched: that of direct messages isn't known."""
        is_at_the_top = self._mention.is_unasked or spot.part == ROOT
        return spot.channel == self._mention.channel and (bool(spot.thread) or is_at_the_top)


async def reply_links(
    postings: Postings, mention: Mention, threads: Mapping[str, str]
) -> dict[str, str]:
    """The addresses of replies in the channel of ``mention``, by the keys of their mentions, as far
    as they still exist; ``threads`` maps the same keys to their threads' timestamps."""
    links: dict[str, str] = {}
    if mention.permalink:
        workspace, place = workspace_address(mention.permalink), mention.channel
        for key, thread in threads.items():
            parts = await postings.of(key)
            stands = (p.ts for p in parts if p.part > SIGN and p.ts and p.channel == place)
            if first := next(stands, None):
                links[key] = permalink(workspace, place, first, thread)
    return links


def _replies_linked_in(outcome: Outcome, thread: str) -> dict[str, str]:
    """The threads of the replies that ``outcome`` mentions, by the keys of their mentions."""
    if not isinstance(outcome, Briefing):
        return {}
    remade = {outcome.remake.of: thread} if outcome.remake else {}
    replies = outcome.since.replies if outcome.since else ()
    return remade | {each.key: each.thread for each in replies}


def _edit_offset(edit: str) -> int:
    return (crc32(edit.encode()) % 1_000_000 + 1) * 1_000 if edit else 0


def metadata(key: str, part: int) -> JsonObject:
    """The metadata of a message of ours: the key of its job, and the part of the reply."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key, "part": part}}


async def post_message(
    client: AsyncWebClient,
    channel: str,
    message: Message,
    data: JsonObject | None = None,
    thread: str | None = None,
) -> tuple[str, str]:
    """Post a message whose words Slack doesn't parse, with ``data`` as its metadata. Returns its
    channel and timestamp.

    Raises:
        SlackFailure: Slack refused it.
    """
    with slack_errors():
        answer = await client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            text=message.text,
            blocks=list(message.blocks) or None,
            metadata=data,
            mrkdwn=False,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
    return str(answer["channel"]), str(answer["ts"])


async def announce(client: AsyncWebClient, channel: str, person: str, did: str) -> None:
    """Tell a channel what ``person`` ``did``; failures are only logged."""
    await try_call(post_message(client, channel, announcement(person, [words(did)])))


async def stop_stream(client: AsyncWebClient, channel: str, ts: str) -> None:
    """End a stream. A refusal is ignored: the stream may have ended already, and if it hasn't, a
    later call fails."""
    await try_call(client.chat_stopStream(channel=channel, ts=ts))


async def delete_message(client: AsyncWebClient, channel: str, ts: str) -> SlackFailure | None:
    """Delete a message of ours. Returns the failure if it is still there."""
    try:
        with slack_errors():
            await client.chat_delete(channel=channel, ts=ts)
    except SlackFailure as failure:
        return None if failure.code in _ALREADY_GONE else failure
    return None
