"""What the story needs from its neighbours, and what passes between them.

Each port has one fake in tests/fakes.py and one implementation in the neighbour's folder:
reading in `sources`, writing in `llm` and `briefing.extractive`, threads in `slack`, memory in
`storage`. The ports of replies are in `replies`, those of durable work in `work`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.briefing.documents import Document
from bot.briefing.lines import Answer, Briefing, Unread
from bot.briefing.requests import (
    AttachedFile,
    LinkedMessage,
    Source,
    Turn,
    Wishes,
)

Intent = Literal[
    "brief", "ask", "follow_up", "help", "mute", "unmute", "stop", "withdraw", "edit", "correct",
]  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """What the asker does to the line of that ``number`` of a reply, counted from 0 in reading
    order: rewrites it as ``text``, drops it, or takes that back. A version of theirs that doesn't
    hold, "mine", they keep all the same, or the "earlier" line.

    ``seen`` is the line's text as it stood then. ``by`` is the asker's name. ``dialog`` is where
    what came of it is shown, on that ``page``.
    """

    action: Literal["rewrite", "drop", "restore", "mine", "earlier"]
    number: int
    seen: str
    by: str
    dialog: str
    page: int
    text: str = ""


@dataclass(frozen=True)
class Mention:
    """What a person asked, as heard in Slack.

    ``key`` names the job (`msg:TEAM:CHANNEL:TS`, with `:retry:…` and the like for a button), so
    that a second delivery is the same job. ``thread`` is the timestamp of the thread's root, where
    the reply goes, ``message`` that of the person's own message. ``text`` is what was said without
    the mention itself; ``question`` is set where it asks something. ``addressed``: Readout was
    named (a mention, a command, a DM); a follow-up in a known thread may be unaddressed.
    ``response_url`` is where a command or a shortcut may be answered when the channel is closed to
    us. ``outside``: the person belongs to another workspace that the channel is shared with, and
    ``home`` is that one, where Slack tells it.
    ``fleeting``: what comes of it is kept for an hour only. ``about`` is the key of the mention
    that a button or a changed message refers to. ``settled``: ``wishes`` are all that is wished,
    those of the reply that a button stands under, whatever was wished in the thread since.
    ``correction`` is what is done to a line of the reply to ``about``.
    ``completes`` is the key of the mention whose unread sources it brings the text of: its reply
    is about all that was asked for there.
    ``remakes`` is the key of the mention whose briefing is to be made differently, of the same
    sources. ``version_of`` is that of the first mention of a briefing whose messages are to show
    the reply to this one instead; it has no messages of its own.
    """

    key: str
    team: str
    channel: str
    thread: str
    message: str
    person: str
    intent: Intent
    text: str = ""
    sources: tuple[Source, ...] = ()
    wishes: Wishes = Wishes()
    question: str | None = None
    addressed: bool = True
    direct: bool = False
    permalink: str | None = None
    response_url: str | None = None
    outside: bool = False
    home: str | None = None
    fleeting: bool = False
    about: str | None = None
    settled: bool = False
    correction: Correction | None = None
    completes: str | None = None
    remakes: str | None = None
    version_of: str | None = None

    @property
    def first_version(self) -> str:
        """The key of the mention whose messages the reply is shown in; its own for most."""
        return self.version_of or self.key

    @property
    def is_about_others(self) -> bool:
        """Whether it only ends other requests, or corrects the reply to one. It waits for nothing
        that was asked before in its thread, and gets no sign and no reply of its own."""
        return self.intent in ("stop", "withdraw", "correct")

    @property
    def withdrawal(self) -> "Mention":
        """The wish to take back the reply to it, and to delete what is kept for it; it holds
        nothing of what was asked."""
        place = (self.team, self.channel, self.thread, self.message, self.person)
        return Mention(f"gone:{self.key}", *place, intent="withdraw", about=self.key)

    @property
    def is_a_message(self) -> bool:
        """Whether it was asked by a message, and not by a button, a command or a shortcut."""
        return self.key == f"msg:{self.team}:{self.channel}:{self.message}"


@dataclass(frozen=True)
class Notice:
    """A reply that is no briefing: help, a refusal, a failure. ``text`` is plain sentences,
    ``retry`` offers a Retry button, ``paste`` one that opens a box for the text, of each of the
    sources that are ``unread``, ``anew`` one that begins the request of an edited message. ``ends``
    has the
    keys of the requests that are to end, where that was asked; ``ended_by`` is, for such a
    request, the key of the one that ends it.
    """

    text: str
    retry: bool = False
    paste: bool = False
    anew: bool = False
    ends: tuple[str, ...] = ()
    ended_by: str | None = None
    unread: tuple[Unread, ...] = ()


Outcome = Briefing | Answer | Notice

LONGEST_AWAITED = 600.0
"""The seconds for which a model's version of a reply is waited for once another was shown."""


def is_awaited(outcome: Outcome) -> bool:
    """Whether a model's version of it may still come."""
    return not isinstance(outcome, Notice) and outcome.awaits is not None


@dataclass(frozen=True)
class ExportedFile:
    """A briefing or an answer as a file with a name for a folder."""

    name: str
    title: str
    content: bytes


Exporter = Callable[[Briefing | Answer], tuple[ExportedFile, ...]]
"""Writes an outcome down as files; takes a tenth of a second."""


class Reader(Protocol):
    """Turns a source into a document."""

    async def read(self, source: Source, label: str) -> Document:
        """The source's text and what is known about it.

        Raises:
            SourceError: it could not be read; the message says why and what helps.
        """


class Attachments(Protocol):
    """Brings the bytes of a file."""

    async def content(self, file: AttachedFile, limit: int) -> bytes:
        """The bytes of ``file``, at most ``limit`` of them.

        Raises:
            SourceError: it is larger than ``limit``, gone, or not ours to read.
        """


class Conversations(Protocol):
    """Looks up messages that a mention refers to."""

    async def above(self, mention: Mention) -> tuple[Source, ...]:
        """The sources in the messages of the thread before the mention, oldest first.

        Raises:
            SourceError: the thread can't be read.
        """

    async def linked(self, message: LinkedMessage, mention: Mention) -> tuple[Source, ...]:
        """The sources in the message that a link of the mention points at.

        Raises:
            SourceError: it is not a message of the channel of the mention.
        """


SIGN = -1
"""The part that a first sign is."""
STREAM = -3
"""The part that a stream is, until the first message of the reply takes its place."""
ROOT = -2
"""The part that the message is under which the answer to a command stands."""
HIDDEN = -4
"""The part that marks a version of a reply which is not shown: the messages show another."""


@dataclass(frozen=True)
class Posting:
    """One message of a reply: ``part`` counts from 0. ``ts`` is None
    from the intent to post until Slack has said where it stands, and empty where it did not take
    it."""

    key: str
    part: int
    channel: str
    ts: str | None


class Postings(Protocol):
    """Remembers what was posted, intent first."""

    async def intend(
        self, mention: Mention, part: int, channel: str
    ) -> Posting | Literal["new", "deleted"]:
        """Put the intent to post on disk: "new", or the earlier posting if there is one;
        "deleted" where nothing may be posted, since the mention was, or since another version of
        the reply is shown."""

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        """Put on disk where the message stands; False if the mention was deleted meanwhile, so
        that nobody but the caller knows of the message."""

    async def of(self, key: str) -> tuple[Posting, ...]:
        """All postings of a job, by part."""

    async def take_over(self, mention: Mention) -> bool:
        """Let the messages of a reply be those of ``mention``, one of its versions, and no longer
        those of the version that they have shown; False where there are none any more."""


@dataclass(frozen=True)
class ThreadMemory:
    """What is kept of a thread: its documents in the order of their labels, what was asked and
    answered, and whether it is muted. ``wishes`` are all that the latest briefing was made for
    that is shown, and ``briefed`` is the key of its mention; ``answered`` is the key of the latest
    mention that has a reply, versions that are not shown left out. ``unread`` is what could not be
    read, and was not pasted since."""

    documents: tuple[Document, ...]
    unread: tuple[Unread, ...]
    turns: tuple[Turn, ...]
    wishes: Wishes
    muted: bool
    answered: str | None
    briefed: str | None = None


class Archive(Protocol):
    """Remembers mentions, what was read and what was answered, until it expires."""

    async def record(self, mention: Mention) -> bool:
        """Put a mention on disk; False if it was there already."""

    async def mention(self, key: str) -> Mention | None:
        """The mention of a job, None if it was deleted or has expired."""

    async def move(self, mention: Mention) -> None:
        """Keep what a recorded mention is by now: its thread is known only once it was posted."""

    async def unanswered(self) -> tuple[Mention, ...]:
        """The mentions without a reply, or whose message stands under which it is to be shown while
        nothing of it does; oldest first."""

    async def thread(self, team: str, channel: str, thread: str) -> ThreadMemory | None:
        """What is kept of a thread; None if Readout was never asked in it."""

    async def answered_directly(self, person: str, ts: str) -> Mention | None:
        """The mention whose reply was sent to ``person`` directly, as the message ``ts``."""

    async def mute(self, mention: Mention, muted: bool) -> None:
        """Follow-ups without a mention are heard, or no longer heard, in the mention's thread."""

    async def keep_reading(
        self, mention: Mention, documents: tuple[Document, ...], unread: tuple[Unread, ...]
    ) -> None:
        """Keep what was read for a mention; once more replaces it."""

    async def reading(self, key: str) -> tuple[tuple[Document, ...], tuple[Unread, ...]] | None:
        """What was read for a mention."""

    async def keep_outcome(self, mention: Mention, outcome: Outcome) -> Outcome | None:
        """Keep the reply to a mention unless it has one; the one that it has, None if the mention
        was deleted."""

    async def supersede(self, mention: Mention, earlier: Outcome, later: Outcome) -> bool:
        """Keep ``later`` in place of ``earlier``; False if that is not the reply any more."""

    async def next_in_thread(self, team: str, channel: str, thread: str) -> Mention | None:
        """Of those in a thread that take turns and have no reply the one that was said first,
        in whichever order they were recorded."""

    async def waiting_before(self, mention: Mention) -> int:
        """How many requests of the same person in the team have no reply and were recorded
        before."""

    async def answered_at(self, key: str) -> float | None:
        """When the reply to a mention was kept (seconds since 1970); None if it has none."""

    async def wanted(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the mentions that are there and have no reply yet."""

    async def unfinished(self, team: str, channel: str, person: str) -> tuple[Mention, ...]:
        """The person's mentions in a channel whose reply is to come, or to be replaced, oldest
        first."""

    async def arisen_from(
        self, team: str, channel: str, thread: str, message: str
    ) -> tuple[Mention, ...]:
        """The mentions that a message of a thread gave rise to, and those whose replies quote
        what they brought, oldest first."""

    async def versions(self, mention: Mention) -> tuple[Mention, ...]:
        """The mentions of all versions of the reply to ``mention``, itself among them, oldest
        first."""

    async def outcome(self, key: str) -> Outcome | None:
        """The reply to a mention, its documents included."""

    async def made_before(self, made_from: str) -> Briefing | None:
        """The newest briefing that is kept of all that were `made_from` that."""

    async def delete(self, key: str) -> None:
        """Delete a mention with what was read and answered for it."""

    async def purge(self, now: float) -> tuple[str, ...]:
        """Delete a few of the mentions that have expired at ``now`` (seconds since 1970), so that
        nobody else who writes waits long; their keys, empty where none is left."""
