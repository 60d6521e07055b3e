"""How does a reply grow in its thread while it is written?"""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from bot.briefing.documents import Document
from bot.briefing.draft import Place
from bot.briefing.lines import Briefing, Line
from bot.briefing.text import defang
from bot.service.errors import OUT_OF_ORDER, SlackFailure
from bot.service.ports import STREAM, Mention, Outcome, Postings, StreamPlaces
from bot.slack.blocks import suggestions
from bot.slack.client import (
    APPEND,
    SESSION,
    START,
    WORKSPACE_REFUSALS,
    RateLimitedClient,
    Refusals,
    slack_errors,
    try_call,
)
from bot.slack.manifest import SUGGESTED_AT_FIRST
from bot.slack.payloads import JsonObject
from bot.slack.posting import PlacedLine, Poster, StreamContent, delete_message, stop_stream
from bot.slack.rich_text import shortened

# What does Slack's agent view add? A button that stops a reply while it is written, titles of
# threads, and suggestions.
#
# Slack has them only for apps that are agents, some only on some plans, with the scope
# assistant:write. If it refuses one, nothing else is affected, and we don't try again for an hour.
# It shows the button while the status of a thread's session is "processing".
# https://docs.slack.dev/reference/methods/agents.sessions.setStatus
# https://docs.slack.dev/reference/events/agent_session_stopped
# https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
# https://docs.slack.dev/reference/methods/assistant.threads.setTitle

LONGEST_TITLE = 200
_SECONDS = 5.0
"""How long, at most, anything waits for it."""
_TITLE = "assistant.threads.setTitle"
_SUGGEST = "assistant.threads.setSuggestedPrompts"

_log = logging.getLogger(__name__)


class AgentView:
    """Calls that only the agent view has; their failures are only logged."""

    def __init__(self, client: RateLimitedClient, refusals: Refusals | None = None) -> None:
        self._client = client
        self._refusals = refusals or Refusals()

    async def begin(self, mention: Mention, title: str) -> bool:
        """Say that the reply is being written. Returns whether Slack now shows its stop button."""
        return await self._set_session(mention, "processing", _as_title(title))

    async def end(self, mention: Mention) -> None:
        await self._set_session(mention, "active")

    async def suggest_first(self, team: str, channel: str) -> None:
        """Suggest first messages when somebody opens their direct messages with Readout."""
        await self._call(_SUGGEST, team, channel_id=channel, prompts=SUGGESTED_AT_FIRST)

    async def suggest(self, mention: Mention, outcome: Outcome) -> None:
        """After a briefing in direct messages, set the thread's title and suggest messages."""
        if not (mention.direct and mention.thread and isinstance(outcome, Briefing)):
            return
        place = {"channel_id": mention.channel, "thread_ts": mention.thread}
        title = _as_title(outcome.title)
        if title and not await self._set_session(mention, "active", title):
            # The older kind of panel has no sessions.
            await self._call(_TITLE, mention.team, **place, title=title)
        # In a thread: finding the questions for a whole book takes a second.
        if suggested := await asyncio.to_thread(suggestions, outcome, mention):
            prompts = [{"title": each, "message": each} for each in suggested]
            await self._call(_SUGGEST, mention.team, **place, prompts=prompts)

    async def _set_session(self, mention: Mention, status: str, title: str = "") -> bool:
        if not await self._client.has_room(SESSION):
            return False
        named = {"title": title} if title else {}
        return await self._call(
            SESSION,
            mention.team,
            channel_id=mention.channel,
            thread_ts=mention.thread,
            status=status,
            initiator_user_id=mention.person,
            **named,
        )

    async def _call(self, method: str, team: str, **arguments: object) -> bool:
        """Make a call, unless it was refused lately. Returns whether Slack accepted it."""
        if self._refusals.is_refused(method, team):
            return False
        try:
            with slack_errors():
                async with asyncio.timeout(_SECONDS):
                    await self._client.api_call(method, json=arguments)
        except SlackFailure as failure:
            if failure.code in WORKSPACE_REFUSALS:
                self._refusals.record(method, team)
            return False
        return True


def _as_title(words: str) -> str:
    """Untrusted ``words`` as a title: on one line, without links or mentions."""
    return shortened(defang(words), LONGEST_TITLE)


LIFETIME = 230.0
"""The seconds that a stream may last. Slack ends it after about five minutes, even while it is
appended to (github.com/slackapi/python-slack-sdk/issues/1859)."""


_PLACES = StreamPlaces(many=15, lifetime=LIFETIME, between=60.0)
"""A place is free again a minute after its stream ended, so that no more streams are started or
stopped in a minute than there are places. Slack allows 20 of each a minute
(https://docs.slack.dev/reference/methods/chat.startStream); workers that count at the same moment
may start one more each."""


@dataclass(frozen=True)
class Pace:
    """When a stream starts and ends, in seconds. It starts once writing has taken ``worth_while``,
    unless the reply is done ``soon`` after its first line, and ends before ``lifetime``. Lines that
    come in the time ``between`` two chunks are sent together. The reply waits for the stream's last
    call for ``last_call`` at most."""

    worth_while: float = 0.7
    soon: float = 0.1
    between: float = 1.0
    lifetime: float = LIFETIME
    last_call: float = 3.0


PACE = Pace()


# A stream is one message, which is started with the first verified line and takes more lines as
# they come. https://docs.slack.dev/reference/methods/chat.startStream
#
# It must not delay anything. So it starts only if writing takes a while and there is room, any
# refusal ends it, and the reply waits only for a call in progress. In the end the complete reply
# takes its place.

_PERSON_CODES = {"user_not_found", "team_not_found"}


class Streams:
    def __init__(
        self, client: RateLimitedClient, postings: Postings, pace: Pace, refusals: Refusals
    ) -> None:
        self.pace = pace
        self.client = client
        self.postings = postings
        self.agent_view = AgentView(client, refusals)
        self.refusals = refusals
        self._growing: dict[str, Stream] = {}
        self._ending: dict[str, asyncio.Task[None]] = {}

    def begin(
        self, mention: Mention, documents: tuple[Document, ...], language: str | None
    ) -> None:
        """Prepare a stream for the reply to ``mention``; it starts with its first line."""
        if mention.thread:
            streamed = StreamContent(mention.key, documents, language)
            self._growing[mention.key] = Stream(self, mention, streamed)

    def of(self, mention: Mention) -> "Stream | None":
        """The stream of the reply to ``mention``; None unless that is being written."""
        return self._growing.get(mention.key)

    async def stop(self, mention: Mention) -> None:
        """End the stream, and wait for its last call, but not longer than `Pace.last_call`."""
        stream = self._growing.pop(mention.key, None)
        if stream and (sending := stream.end()):
            self._ending[mention.key] = sending
            sending.add_done_callback(lambda _: self._ending.pop(mention.key, None))
            await asyncio.wait({sending}, timeout=self.pace.last_call)

    async def wait_stopped(self, mention: Mention) -> None:
        """Wait for the last call of a stream, however long it takes."""
        if sending := self._ending.get(mention.key):
            await asyncio.wait({sending})


@dataclass(eq=False)
class Stream:
    """One reply while it is written. Its failures never reach the writer.

    ``ts`` is None until it has started, and is stored then. Calls in progress are never cancelled,
    which could leave a stream that nobody knows of. ``has_stop`` if Slack shows its own stop
    button.
    """

    streams: Streams
    mention: Mention
    content: StreamContent
    stage: str = "writing"
    ts: str | None = None
    has_stop: bool = False
    _began: float = field(default_factory=time.monotonic)
    _lines: list[PlacedLine] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _sending: asyncio.Task[None] | None = None

    def line(self, line: Line, place: Place) -> None:
        """Show the line with the next chunk."""
        self._lines.append((place, line))
        self._news.set()
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())

    def progress(self, stage: str) -> bool:
        """Show what is being done. Returns whether the stream has started, and so shows it."""
        self.stage = stage
        self._news.set()
        return self.ts is not None

    def end(self) -> asyncio.Task[None] | None:
        """Show no more. Returns the task that sends, if there was a line."""
        self._over.set()
        self._news.set()
        return self._sending

    async def _send(self) -> None:
        try:
            await self._stream()
        except Exception:  # noqa: BLE001 - whatever it is, the complete reply comes in the end
            _log.exception("could not stream a reply")

    async def _stream(self) -> None:
        pace = self.streams.pace
        pause = max(pace.soon, self._began + pace.worth_while - time.monotonic())
        if await _is_set_within(self._over, pause):
            return
        opening = self.content.opening(self.stage, self._take_lines())
        if not opening or not await self._may_begin():
            return
        ends = time.monotonic() + pace.lifetime
        self.ts = await self._start(opening)
        if self.ts is not None and not self._over.is_set():
            self.has_stop = await self.streams.agent_view.begin(self.mention, self.content.title)
            await self._append(self.ts, ends)

    async def _may_begin(self) -> bool:
        """Whether Slack accepts streams there, as far as we know, and there is room."""
        team, channel, person = self.mention.team, self.mention.channel, self.mention.person
        places = ((team,), (channel,), (channel, person))
        if any(self.streams.refusals.is_refused(START, *place) for place in places):
            return False
        return await self.streams.client.has_room(START)

    async def _start(self, chunks: list[JsonObject]) -> str | None:
        """Start the stream, unless it was started before, there is no place for it, the request was
        deleted or the reply is posted. Returns its timestamp, or None."""
        mention, client, postings = self.mention, self.streams.client, self.streams.postings
        if not await postings.intend_stream(mention, _PLACES):
            return None
        if self._over.is_set():
            await postings.posted(mention, STREAM, "")
            return None
        try:
            with slack_errors():
                answer = await client.chat_startStream(
                    channel=mention.channel,
                    thread_ts=mention.thread,
                    recipient_user_id=mention.person,
                    recipient_team_id=mention.home or mention.team,
                    chunks=chunks,
                )
        except SlackFailure as failure:
            await self._record_refusal(failure)
            return None
        ts = str(answer["ts"])
        if not await postings.posted(mention, STREAM, ts):
            await stop_stream(client, mention.channel, ts)
            await delete_message(client, mention.channel, ts)
            return None
        if self._over.is_set():
            # The reply may have been posted meanwhile; if not, it will look for the stream.
            await try_call(Poster(client, postings, mention).delete_signs())
        return ts

    async def _record_refusal(self, failure: SlackFailure) -> None:
        """Store that no stream was started, if that is certain, and remember the refusal."""
        mention, refusals = self.mention, self.streams.refusals
        if failure.code not in OUT_OF_ORDER:
            await self.streams.postings.posted(mention, STREAM, "")
        if failure.code in WORKSPACE_REFUSALS:
            refusals.record(START, mention.team)
        elif failure.code in _PERSON_CODES:
            refusals.record(START, mention.channel, mention.person)
        elif not failure.is_transient:
            refusals.record(START, mention.channel)

    async def _append(self, ts: str, ends: float) -> None:
        """Append lines until the reply is done, the stream is full, or its time is up."""
        sent, channel = time.monotonic(), self.mention.channel
        append = self.streams.client.chat_appendStream
        while await self._wait_for_news(ends) and await self._wait_for_room(sent):
            chunks = self.content.next(self.stage, self._take_lines())
            if chunks and not await try_call(append(channel=channel, ts=ts, chunks=chunks)):
                return
            sent = time.monotonic()
            if self.content.is_full:
                break
        if not await _is_set_within(self._over, ends - time.monotonic()):
            await stop_stream(self.streams.client, channel, ts)

    def _take_lines(self) -> list[PlacedLine]:
        self._news.clear()
        lines, self._lines = self._lines, []
        return lines

    async def _wait_for_news(self, ends: float) -> bool:
        """Wait for something to append; False if the stream ends first."""
        if self._over.is_set():
            return False
        is_news = await _is_set_within(self._news, ends - time.monotonic())
        return is_news and not self._over.is_set()

    async def _wait_for_room(self, sent: float) -> bool:
        """Wait until another chunk may be sent; False if the stream ends first."""
        between = self.streams.pace.between
        pause = sent + between - time.monotonic()
        while not await _is_set_within(self._over, pause):
            if await self.streams.client.has_room(APPEND):
                return True
            pause = between
        return False


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(max(0.0, seconds)):
            await event.wait()
    except TimeoutError:
        return False
    return True
