"""How does a reply grow in its thread while it is written?"""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from bot.briefing.documents import Document
from bot.briefing.draft import Place
from bot.briefing.lines import Briefing, Line
from bot.briefing.text import defang
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.ports import STREAM, Mention, Outcome, Postings, StreamPlaces
from bot.slack.blocks import leading_on
from bot.slack.client import (
    APPEND,
    OF_THE_WORKSPACE,
    SESSION,
    START,
    TOO_FAST,
    RateLimitedClient,
    Refusals,
    attempted,
    slack_errors,
)
from bot.slack.manifest import SUGGESTED_AT_FIRST
from bot.slack.payloads import JsonObject
from bot.slack.posting import Poster, Standing, Streamed, delete_message, stop_stream
from bot.slack.rich_text import shortened

# What does Slack's agent view add: a button of its own that stops a reply while it is written,
# titles of threads, and suggestions?
#
# Slack has them only for apps that are agents, partly on some plans, with the scope
# assistant:write. If it refuses one, nothing else is missing, and we don't try again for a while.
# It offers the button while the session of a thread is said to be processing.
# https://docs.slack.dev/reference/methods/agents.sessions.setStatus
# https://docs.slack.dev/reference/events/agent_session_stopped
# https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
# https://docs.slack.dev/reference/methods/assistant.threads.setTitle

LONGEST_TITLE = 200
_SECONDS = 5.0
"""Longer than that nothing waits for it."""
_TITLE = "assistant.threads.setTitle"
_SUGGEST = "assistant.threads.setSuggestedPrompts"

_log = logging.getLogger(__name__)


class AgentView:
    """What is added in the agent view; whatever fails of it fails nothing else."""

    def __init__(self, client: RateLimitedClient, refusals: Refusals | None = None) -> None:
        self._client = client
        self._refusals = refusals or Refusals()

    async def begin(self, mention: Mention, title: str) -> bool:
        """Say that the reply is being written; whether Slack offers to stop it from now on."""
        return await self._is_said(mention, "processing", _as_title(title))

    async def end(self, mention: Mention) -> None:
        """Say that it is not being written any more."""
        await self._is_said(mention, "active")

    async def opened(self, team: str, channel: str) -> None:
        """Suggest what to begin with, when somebody opens their messages with Readout."""
        await self._is_taken(_SUGGEST, team, channel_id=channel, prompts=SUGGESTED_AT_FIRST)

    async def replied(self, mention: Mention, outcome: Outcome) -> None:
        """Give a direct conversation its title after a briefing, and suggest what to go on with."""
        if not (mention.direct and mention.thread and isinstance(outcome, Briefing)):
            return
        place = {"channel_id": mention.channel, "thread_ts": mention.thread}
        title = _as_title(outcome.title)
        if title and not await self._is_said(mention, "active", title):
            # In a panel of the older kind there are no sessions.
            await self._is_taken(_TITLE, mention.team, **place, title=title)
        # In a thread: of a book it takes a second to see what may be asked, and others are waiting.
        if suggested := await asyncio.to_thread(leading_on, outcome, mention):
            prompts = [{"title": each, "message": each} for each in suggested]
            await self._is_taken(_SUGGEST, mention.team, **place, prompts=prompts)

    async def _is_said(self, mention: Mention, status: str, title: str = "") -> bool:
        if not await self._client.has_room(SESSION):
            return False
        named = {"title": title} if title else {}
        return await self._is_taken(
            SESSION,
            mention.team,
            channel_id=mention.channel,
            thread_ts=mention.thread,
            status=status,
            initiator_user_id=mention.person,
            **named,
        )

    async def _is_taken(self, method: str, team: str, **arguments: object) -> bool:
        """Whether Slack took the call; False as well where it would not, and was not asked."""
        if self._refusals.hold(method, team):
            return False
        try:
            with slack_errors():
                async with asyncio.timeout(_SECONDS):
                    await self._client.api_call(method, json=arguments)
        except SlackFailure as failure:
            if failure.code in OF_THE_WORKSPACE:
                self._refusals.note(method, team)
            return False
        return True


def _as_title(words: str) -> str:
    """``words`` of whomever as a title: on one line, and nothing that leads anywhere."""
    return shortened(defang(words), LONGEST_TITLE)


# When is there room for a stream, which a reply can do without?

LIFETIME = 230.0
"""The seconds that a stream may last. Slack ends it after about five minutes, whatever it is at
(github.com/slackapi/python-slack-sdk/issues/1859)."""


_PLACES = StreamPlaces(many=15, lifetime=LIFETIME, between=60.0)
"""A place is free again a minute after its stream ended, so that in no minute more are begun or
stopped than there are places. Slack takes 20 of each a minute
(https://docs.slack.dev/reference/methods/chat.startStream); workers that count at the same moment
may begin one more each."""


@dataclass(frozen=True)
class Pace:
    """When a stream is begun and ended, in seconds: once the writing has taken ``worth_while`` and
    the reply was not done ``soon`` after its first line; and before it has lasted ``lifetime``.
    Lines that come within the time ``between`` two pieces go out together. For a call of it that is
    under way the reply waits as long as ``last_call``."""

    worth_while: float = 0.7
    soon: float = 0.1
    between: float = 1.0
    lifetime: float = LIFETIME
    last_call: float = 3.0


PACE = Pace()


# By Slack's streaming: one message that is begun once a line stands, and that takes more as they
# come. https://docs.slack.dev/reference/methods/chat.startStream
#
# A stream is worth having only while it costs nobody anything. So it starts only if writing takes a
# while and there is room; any refusal of a piece ends it; and nothing waits for it except a call
# under way. In the end the complete reply takes its place.

_OF_THE_PERSON = {"user_not_found", "team_not_found"}
_OF_THE_MOMENT = {NO_ANSWER, TOO_FAST, "fatal_error", "internal_error", "service_unavailable"}


class Streams:
    """The streams of this process, and where Slack takes none."""

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
        """From now on lines of the reply to ``mention`` may be shown."""
        if mention.thread:
            streamed = Streamed(mention.key, documents, language)
            self._growing[mention.key] = Stream(self, mention, streamed)

    def of(self, mention: Mention) -> "Stream | None":
        """The stream of the reply to ``mention`` while it is written."""
        return self._growing.get(mention.key)

    async def rest(self, mention: Mention) -> None:
        """Let the stream take no more, and return once nothing of it is under way, or that takes
        long."""
        stream = self._growing.pop(mention.key, None)
        if stream and (sending := stream.end()):
            self._ending[mention.key] = sending
            sending.add_done_callback(lambda _: self._ending.pop(mention.key, None))
            await asyncio.wait({sending}, timeout=self.pace.last_call)

    async def settled(self, mention: Mention) -> None:
        """Return once nothing of the stream is under way, however long that takes."""
        if sending := self._ending.get(mention.key):
            await asyncio.wait({sending})


@dataclass(eq=False)
class Stream:
    """One reply while it is written. Nothing that goes wrong with it is told to the writer.

    ``ts`` is None until it has begun, which is on disk then; what is under way is never cut off:
    that would leave a stream that nobody knows of. ``has_stop`` where Slack itself offers to stop
    it.
    """

    streams: Streams
    mention: Mention
    streamed: Streamed
    stage: str = "writing"
    ts: str | None = None
    has_stop: bool = False
    _began: float = field(default_factory=time.monotonic)
    _lines: list[Standing] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _sending: asyncio.Task[None] | None = None

    def line(self, line: Line, place: Place) -> None:
        """Show the line, soon."""
        self._lines.append((place, line))
        self._news.set()
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())

    def progress(self, stage: str) -> bool:
        """Say what is being done; whether that is said here."""
        self.stage = stage
        self._news.set()
        return self.ts is not None

    def end(self) -> asyncio.Task[None] | None:
        """Show no more; what is still under way, if anything was begun."""
        self._over.set()
        self._news.set()
        return self._sending

    async def _send(self) -> None:
        try:
            await self._grow()
        except Exception:  # noqa: BLE001 - whatever it was, the whole reply is shown in the end
            _log.exception("could not stream a reply")

    async def _grow(self) -> None:
        pace = self.streams.pace
        if await self._is_over(max(pace.soon, self._began + pace.worth_while - time.monotonic())):
            return
        opening = self.streamed.opening(self.stage, self._taken())
        if not opening or not await self._may_begin():
            return
        ends = time.monotonic() + pace.lifetime
        self.ts = await self._start(opening)
        if self.ts is not None and not self._over.is_set():
            self.has_stop = await self.streams.agent_view.begin(self.mention, self.streamed.title)
            await self._go_on(self.ts, ends)

    async def _may_begin(self) -> bool:
        """Whether Slack takes streams there, as far as is known."""
        team, channel, person = self.mention.team, self.mention.channel, self.mention.person
        hold = self.streams.refusals.hold
        is_refused = hold(START, team) or hold(START, channel) or hold(START, channel, person)
        return not is_refused and await self.streams.client.has_room(START)

    async def _start(self, chunks: list[JsonObject]) -> str | None:
        """Begin the stream, unless somebody has before, there is no place for it, the request was
        deleted or the reply is there; its timestamp, None where there is none."""
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
            await self._note(failure)
            return None
        ts = str(answer["ts"])
        if not await postings.posted(mention, STREAM, ts):
            await stop_stream(client, mention.channel, ts)
            await delete_message(client, mention.channel, ts)
            return None
        if self._over.is_set():
            # The reply may have come meanwhile; where it is yet to come, it looks for the stream.
            await Poster(client, postings, mention).clear_away()
        return ts

    async def _note(self, failure: SlackFailure) -> None:
        """Remember that nothing stands, where that is sure, and not to try again at once."""
        mention, refusals = self.mention, self.streams.refusals
        if failure.code != NO_ANSWER:
            await self.streams.postings.posted(mention, STREAM, "")
        if failure.code in OF_THE_WORKSPACE:
            refusals.note(START, mention.team)
        elif failure.code in _OF_THE_PERSON:
            refusals.note(START, mention.channel, mention.person)
        elif failure.code not in _OF_THE_MOMENT:
            refusals.note(START, mention.channel)

    async def _go_on(self, ts: str, ends: float) -> None:
        """Add what comes, until it is over, or too much, or has lasted too long."""
        sent, channel = time.monotonic(), self.mention.channel
        append = self.streams.client.chat_appendStream
        while await self._is_news(ends) and await self._is_room(sent):
            chunks = self.streamed.next(self.stage, self._taken())
            if chunks and not await attempted(append(channel=channel, ts=ts, chunks=chunks)):
                return
            sent = time.monotonic()
            if self.streamed.is_full:
                break
        if not await self._is_over(ends - time.monotonic()):
            await stop_stream(self.streams.client, channel, ts)

    def _taken(self) -> list[Standing]:
        """The lines that were not sent yet, which they are from now on."""
        self._news.clear()
        lines, self._lines = self._lines, []
        return lines

    async def _is_news(self, ends: float) -> bool:
        """Whether there is something to add, before the end."""
        if self._over.is_set():
            return False
        try:
            async with asyncio.timeout(max(0.0, ends - time.monotonic())):
                await self._news.wait()
        except TimeoutError:
            return False
        return not self._over.is_set()

    async def _is_room(self, sent: float) -> bool:
        """Wait until another piece may go out; False where it is over before."""
        between = self.streams.pace.between
        pause = sent + between - time.monotonic()
        while not await self._is_over(pause):
            if await self.streams.client.has_room(APPEND):
                return True
            pause = between
        return False

    async def _is_over(self, seconds: float) -> bool:
        """Whether it is over, looked at after so many ``seconds`` or as soon as it is."""
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._over.wait()
        except TimeoutError:
            return False
        return True
