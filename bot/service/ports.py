"""The ports: what the service needs from its neighbours, and the data that passes between them."""

import re
import time
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from bot.briefing.changes import EarlierBriefing
from bot.briefing.digest import DatedCommitment, Digest, DigestHistory, DigestPlan, Entry
from bot.briefing.documents import Document, Excerpt
from bot.briefing.draft import DraftChanges, DraftItem, Place
from bot.briefing.lines import Answer, Briefing, Commitment, Line, Unread
from bot.briefing.requests import AttachedFile, LinkedMessage, Source, Turn, WebPage, Wishes
from bot.briefing.tasks import (
    AnswerTask,
    ComparisonTask,
    FailedItem,
    Judgement,
    RepairedItem,
    Selection,
    SelectionTask,
    Usage,
    WritingTask,
)
from bot.briefing.timeline import Timeline

# Each port has one fake in tests/fakes.py and one implementation in a neighbour: reading in
# `bot.sources`, writing in `bot.models` and `extractive_writer`, threads in `bot.slack`, memory in
# `bot.storage`.

# What a button adds to a key: its name, and the message or the box that it stands in.
_BUTTON = re.compile(r":[a-z]+:[^:]+$")
SHARED = "share"
"""The button's name in the key of a copy in another channel."""

Intent = Literal[
    "brief", "ask", "follow_up", "help", "mute", "unmute", "stop", "withdraw", "edit", "correct",
    "digest", "due",
]  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """What the asker does to line ``number`` of a reply, counted from 0 in reading order: "rewrite"
    it as ``text``, "drop" it, or "restore" it. If their version fails the checks, they may choose
    it all the same ("mine"), or the "earlier" line. "wrong" marks the line in every reply that has
    it.

    ``seen`` is the fingerprint of the line as the asker saw it. ``by`` is the asker's name. The
    result is shown in the ``dialog``, on that ``page``.
    """

    action: Literal["rewrite", "drop", "restore", "mine", "earlier", "wrong"]
    number: int
    seen: str
    by: str
    dialog: str
    page: int
    text: str = ""


@dataclass(frozen=True)
class Mention:
    """A request that a person made in Slack.

    ``key`` names the job (`msg:TEAM:CHANNEL:TS`, with `:retry:…` and the like for a button), so
    that a second delivery is the same job. ``thread`` is the timestamp of the thread's root, where
    the reply goes, ``message`` that of the person's own message. ``text`` is what was said without
    the mention itself; ``question`` is set where it asks something. ``addressed``: Readout was
    named (a mention, a command, a DM); a follow-up in a known thread may be unaddressed.
    ``response_url`` is where a command or a shortcut may be answered when the channel is closed to
    us. ``outside``: the person belongs to another workspace that the channel is shared with, and
    ``home`` is that workspace, if Slack says which.
    ``fleeting``: what comes of it is kept for an hour only. ``about`` is the key of the mention
    that a button or a changed message refers to. ``settled``: ``wishes`` is complete: the
    wishes of the reply that the button belongs to, ignoring what was asked in the thread since.
    ``correction`` is what is done to a line of the reply to ``about``.
    ``completes`` is the key of the mention whose unread sources it brings the text of: its reply
    is about all that was asked for there.
    ``remakes`` is the key of the mention whose briefing is to be made differently, of the same
    sources. ``version_of`` is that of the first mention of a briefing whose messages are to show
    the reply to this one instead; it has no messages of its own.
    A "digest" is made on a schedule: ``about`` is the id of its plan, ``message`` its slot, and
    ``thread`` its key, as it has no thread yet. A reminder ("due") is too: ``about`` is the day.
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
    def first_request(self) -> str:
        """The key of the request that buttons have led on from; its own where none was pressed."""
        return _BUTTON.sub("", self.key)

    @property
    def is_about_others(self) -> bool:
        """Whether it only ends other requests, or corrects the reply to one. It doesn't wait for
        earlier requests in its thread, and gets no first sign and no reply of its own."""
        return self.intent in ("stop", "withdraw", "correct")

    @property
    def is_unasked(self) -> bool:
        """Whether it comes by the clock: it gets no first sign, and its reply opens a thread."""
        return self.intent in ("digest", "due")

    @property
    def withdrawal(self) -> "Mention":
        """A mention that takes back the reply to this one and deletes what is stored for it. It has
        none of the words of the request."""
        place = (self.team, self.channel, self.thread, self.message, self.person)
        return Mention(f"gone:{self.key}", *place, intent="withdraw", about=self.key)

    @property
    def is_a_message(self) -> bool:
        """Whether it was asked by a message, and not by a button, a command or a shortcut."""
        return self.key == f"msg:{self.team}:{self.channel}:{self.message}"


Mark = Literal["done", "missed", "tomorrow"]


@dataclass(frozen=True)
class Reminder:
    """A commitment that a channel is reminded of on a ``day`` (an ISO date), ``at`` a time (seconds
    since 1970) in a ``zone``. It is a ``line`` of the reply to the mention ``key``, which
    ``person`` made; ``reply`` is the timestamp of that reply's message in the ``thread``, and
    ``permalink`` leads to the request, if known.

    ``mark`` is how the person ``by`` (an id), called ``name``, marked it on the ISO date
    ``marked``; "tomorrow" repeats it the next day.
    """

    key: str
    id: str
    day: str
    at: float
    zone: str
    team: str
    channel: str
    person: str
    line: Commitment
    language: str | None = None
    thread: str = ""
    reply: str | None = None
    permalink: str | None = None
    mark: Mark | None = None
    by: str | None = None
    name: str = ""
    marked: str = ""


@dataclass(frozen=True)
class Outdated:
    """A deleted reminder, by its key, id and day; ``tellers`` are the keys of the mentions whose
    messages may still name it."""

    key: str
    id: str
    day: str
    tellers: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """What is due on a ``day`` (an ISO date). ``reminders`` are filled in whenever it is shown, as
    they are stored apart from the reply."""

    day: str
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A reply that is not a briefing or an answer: help, a refusal, a failure. ``text`` is plain
    sentences. ``retry`` offers a Retry button; ``paste`` a button for pasting the texts of the
    ``unread`` sources; ``anew`` one that starts the request of an edited message.

    ``ends`` are the keys of the requests that a "stop" or the like is to end; ``ended_by``, in the
    reply to such a request, is the key of the one that ended it. ``digest`` is what is new in
    feeds, if it is a digest, and ``due`` what is due that day.
    """

    text: str
    retry: bool = False
    paste: bool = False
    anew: bool = False
    ends: tuple[str, ...] = ()
    ended_by: str | None = None
    unread: tuple[Unread, ...] = ()
    digest: Digest | None = None
    due: Due | None = None


SOURCE_DELETED = Notice(
    "A source of this reply was deleted while it was being written, so the reply is not shown. "
    "Post the source again to have it briefed."
)

Outcome = Briefing | Answer | Notice

LONGEST_AWAITED = 600.0
"""How many seconds a posted reply waits for the model's version."""


def is_awaited(outcome: Outcome) -> bool:
    """Whether a model's version of it may still come."""
    return not isinstance(outcome, Notice) and outcome.awaits is not None


@dataclass(frozen=True)
class ExportedFile:
    """A briefing or an answer as a file with a name for a folder."""

    name: str
    title: str
    content: bytes


Exportable = Briefing | Answer | Timeline | tuple[Commitment, ...]
Exporter = Callable[[Exportable], tuple[ExportedFile, ...]]
"""Returns an outcome or a story as files, or what is due as a calendar; takes a tenth of a
second."""


class Reader(Protocol):
    """Turns a source into a document."""

    async def read(self, source: Source, label: str) -> Document:
        """The source's text and what is known about it.

        Raises:
            SourceError: it could not be read; the message says why and what helps.
        """


@dataclass(frozen=True)
class Feed:
    """A feed as it was last ``read`` in full (seconds since 1970). ``url`` is the address that
    somebody gave, ``location`` the feed's own; ``validators`` are the headers that ask whether it
    has changed. ``left_out`` counts the entries beyond the limit."""

    url: str
    location: str
    entries: tuple[Entry, ...]
    validators: Mapping[str, str]
    read: float
    left_out: int = 0


class Feeds(Protocol):
    """Fetches feeds."""

    async def read(self, url: str, kept: Feed | None, now: float) -> Feed:
        """The feed at ``url``, or the one that the page there links to. ``kept`` is the feed as it
        was last read; ``now`` is in seconds since 1970.

        Raises:
            SourceError: it could not be read; the message says why.
        """


class Attachments(Protocol):
    """Downloads attached files."""

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
"""The ``part`` of a posting that is a first sign."""
STREAM = -3
"""The ``part`` of a stream, until the first message of the reply takes its place."""
ROOT = -2
"""The ``part`` of the message under which the reply to a command stands."""
HIDDEN = -4
"""The ``part`` that marks a version of a reply whose messages show another version."""


@dataclass(frozen=True)
class Posting:
    """One message of a reply: ``part`` counts from 0. ``ts`` is None from the intent to post until
    Slack has returned it, and empty if Slack rejected the message."""

    key: str
    part: int
    channel: str
    ts: str | None


class StreamPlaces(NamedTuple):
    """How ``many`` streams a team may have at once. One lasts at most ``lifetime`` seconds, and its
    place is free again ``between`` seconds after the reply was stored."""

    many: int
    lifetime: float
    between: float


Intended = Posting | Literal["new", "late", "deleted"]
"""What `Postings.intend` found."""


class Postings(Protocol):
    """Stores what was posted: first the intent, then the result."""

    async def intend(self, mention: Mention, part: int, channel: str) -> Intended:
        """Store the intent to post. Returns "new", or the earlier posting if there is one; "late"
        if the mention is so old that it may have been answered, and forgotten since; "deleted" if
        nothing may be posted, because the mention was deleted, or because another version of the
        reply is shown."""

    async def intend_stream(self, mention: Mention, places: StreamPlaces) -> bool:
        """Store the intent to stream the reply; False if there was one before, if nothing may be
        posted, or if none of the team's ``places`` is free."""

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        """Store the timestamp of the message; False if the mention was deleted meanwhile, so that
        only the caller knows of the message."""

    async def of(self, key: str) -> tuple[Posting, ...]:
        """All postings of a job, by part."""

    async def take_over(self, mention: Mention) -> bool:
        """Make the messages of a reply those of ``mention``, one of its versions, instead of the
        version that they have shown so far; False if there are none any more."""


class Allowance(NamedTuple):
    """How many calls Slack takes at once (``most``), and after how many ``seconds`` as many more;
    in between they become free one by one."""

    most: float
    seconds: float


Budget = tuple[str, str]
"""A method, and the workspace or the channel that its calls are counted in."""


class CallBudgets(Protocol):
    """The calls that Slack still allows, for all workers on a database together."""

    async def room(self, budget: Budget, allowance: Allowance) -> float:
        """About how many more calls are allowed now."""

    async def is_taken(self, budget: Budget, allowance: Allowance) -> bool:
        """Whether one more call is allowed; if so, it counts as made."""


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
    """Stores mentions, what was read for them, and the replies, until they expire."""

    async def record(self, mention: Mention) -> bool:
        """Store a mention; False if it was there already."""

    async def mention(self, key: str) -> Mention | None:
        """The mention with that key; None if it was deleted or has expired."""

    async def move(self, mention: Mention) -> None:
        """Store a recorded mention as it is now: its thread is known only once that is posted."""

    async def streams_left(self) -> tuple[Mention, ...]:
        """The mentions with a reply whose stream may have begun unnoticed, because the process that
        began it has died."""

    async def expired_at_work(self) -> tuple[Mention, ...]:
        """The mentions that expired before a reply was shown, and whose first sign or stream may
        still stand."""

    async def unanswered(self) -> tuple[Mention, ...]:
        """The mentions without a reply, or with a posted root message and no reply under it; oldest
        first."""

    async def thread(
        self, team: str, channel: str, thread: str, before: str = ""
    ) -> ThreadMemory | None:
        """What is stored of a thread, except the replies to the mention with the key ``before`` and
        to those after it; None if Readout was never asked in it."""

    async def answered_directly(self, person: str, ts: str) -> Mention | None:
        """The mention whose reply was sent to ``person`` directly, as the message ``ts``."""

    async def mute(self, mention: Mention, muted: bool) -> None:
        """Set whether follow-ups without a mention are ignored in the mention's thread."""

    async def keep_reading(
        self, mention: Mention, documents: tuple[Document, ...], unread: tuple[Unread, ...]
    ) -> None:
        """Store what was read for a mention, in place of what was."""

    async def reading(self, key: str) -> tuple[tuple[Document, ...], tuple[Unread, ...]] | None:
        """What was read for a mention."""

    async def keep_outcome(self, mention: Mention, outcome: Outcome) -> Outcome | None:
        """Store the reply to a mention unless it has one. Returns the reply that it then has, or
        None if the mention was deleted. If a source of it was deleted meanwhile, `SOURCE_DELETED`
        is stored instead; nothing of earlier replies that were deleted is stored."""

    async def supersede(self, mention: Mention, earlier: Outcome, later: Outcome) -> bool:
        """Store ``later`` in place of ``earlier``; False if that is not the reply any more."""

    async def next_in_thread(self, team: str, channel: str, thread: str) -> Mention | None:
        """The first mention in a thread without a reply, by when it was made and not by when it was
        recorded; those that wait for no other are left out."""

    async def before_in_thread(self, mention: Mention) -> str | None:
        """The key of the mention in the same thread that was made just before this one, with a
        reply or without; those that wait for no other are left out."""

    async def waiting_before(self, mention: Mention) -> int:
        """How many requests of the same person in the team have no reply and were recorded
        before."""

    async def answered_at(self, key: str) -> float | None:
        """When the reply to a mention was stored (seconds since 1970); None if it has none."""

    async def wanted(self, keys: Collection[str]) -> frozenset[str]:
        """Those of ``keys`` whose mention is stored and has no reply yet."""

    async def unfinished(self, team: str, channel: str, person: str) -> tuple[Mention, ...]:
        """The person's mentions in a channel that have no reply, or one that a model's version may
        still replace; oldest first."""

    async def arisen_from(
        self, team: str, channel: str, thread: str, message: str
    ) -> tuple[Mention, ...]:
        """The mentions that a message of a thread led to, and those whose replies quote what these
        brought; oldest first."""

    async def versions(self, mention: Mention) -> tuple[Mention, ...]:
        """The mentions of all versions of the reply to ``mention``, itself among them, oldest
        first."""

    async def outcome(self, key: str) -> Outcome | None:
        """The reply to a mention, its documents included."""

    async def made_before(self, made_from: str) -> Briefing | None:
        """The newest stored briefing with that `made_from`."""

    async def told(
        self, mention: Mention, words: Sequence[str], most: int = 8
    ) -> tuple[EarlierBriefing, ...]:
        """The briefings shown in the channel of ``mention`` that have at least two of ``words``
        (folded beginnings of words): the ``most`` with most of them, the latest first. In a direct
        message only those of the same person; none that is stored for an hour only."""

    async def resting_on(self, mention: Mention, document: Document) -> tuple[Mention, ...]:
        """The mentions in the channel of ``mention`` (in a direct message those of the same person)
        whose replies rest on what has the address of ``document``, or else its text, and those of
        all copies of these that were shared in other channels."""

    async def delete(self, key: str) -> None:
        """Delete a mention with what was read and answered for it."""

    async def forget(self, team: str, person: str) -> tuple[str, ...]:
        """Delete the requests of ``person`` that have a reply, their preferences, digests and
        feedback, and their id where they muted a thread or marked a reminder. What is being
        withdrawn is left to its job, which needs it to find our messages. Returns the keys of the
        requests that were deleted."""

    async def purge(self, now: float) -> tuple[str, ...]:
        """Delete a few of the mentions that have expired at ``now`` (seconds since 1970), so that
        other writers don't wait long. Returns their keys, none if nothing is left."""


# How does a reply reach the asker, while it is made and in its thread? These ports are implemented
# in `slack`; on a terminal there is only a `Reply`.


class Reply(Protocol):
    """One reply, as a stream. Shown lines are never taken back."""

    async def progress(self, stage: str) -> None:
        """Say what is being done ("reading 2 sources"), for as long as nothing is shown."""

    async def waiting(self, ahead: int) -> None:
        """Say that it is not its turn yet: ``ahead`` requests of its team come before it."""

    async def begins(self, documents: tuple[Document, ...], language: str | None) -> None:
        """The lines that follow rest on ``documents``, and are in ``language``."""

    async def line(self, line: Line, place: Place) -> None:
        """Show a line that is proved, in its place in the reply."""


@dataclass
class DetachableReply:
    """A `Reply` that passes everything on to ``reply``, until that is set to None."""

    reply: Reply | None = None

    async def progress(self, stage: str) -> None:
        if self.reply:
            await self.reply.progress(stage)

    async def waiting(self, ahead: int) -> None:
        if self.reply:
            await self.reply.waiting(ahead)

    async def begins(self, documents: tuple[Document, ...], language: str | None) -> None:
        if self.reply:
            await self.reply.begins(documents, language)

    async def line(self, line: Line, place: Place) -> None:
        if self.reply:
            await self.reply.line(line, place)


class ThreadReply(Reply, Protocol):
    """One reply in a thread."""

    async def rest(self) -> None:
        """Return once no call for it is in progress; no more lines are shown until `done`."""

    async def done(self, outcome: Outcome) -> None:
        """Show the whole reply, in place of the first sign and what was shown of it so far.

        Raises:
            SlackFailure: it could not be posted anywhere.
        """

    async def again(self, outcome: Outcome, edit: str = "") -> None:
        """Show ``outcome`` in the messages of the reply; afterwards there are as many as it needs,
        and deleted ones don't come back. If they can't be changed, it is posted below them, once
        for each ``edit``.

        Raises:
            SlackFailure: it could not be shown.
        """

    async def offer_stop(self, stage: str) -> None:
        """Show a button that stops the work, beside what is being done; at most one for a reply,
        and none if there is no room for it."""

    async def aside(self, text: str) -> None:
        """Tell the asker alone; if that can't be done, nothing is said."""

    async def corrected(self, outcome: Outcome | None, told: str) -> None:
        """Show the asker the corrected reply in the dialog where they corrected it, with what is
        ``told`` about it, if anything."""

    async def below(self, text: str, about: str) -> None:
        """Post ``text`` in the thread of the reply, once for what it is ``about``; nothing if the
        reply is not posted, or another version of it is shown.

        Raises:
            SlackFailure: it could not be said.
        """

    async def end_stream(self) -> None:
        """End and delete a stream that began without the process that posted the reply knowing.

        Raises:
            SlackFailure: Slack can't be asked where it stands.
        """

    async def take_back(self) -> None:
        """Delete everything posted for it, as far as Slack lets us.

        Raises:
            SlackFailure: something may still be there, and another try may succeed.
        """


class Replies(Protocol):
    """Opens replies; that of a mention as often as its job is resumed."""

    def to(self, mention: Mention) -> ThreadReply:
        """The reply to ``mention``; nothing is sent yet."""


# The ports to a model, which are implemented in `bot.models`; without a model, the writer is that
# in `extractive_writer`.


class Selector(Protocol):
    """Chooses what a writer has to read from sources that are longer than its budget."""

    def parts(self, excerpt: Excerpt) -> list[Excerpt]:
        """``excerpt`` in parts that can be read, in order; takes a second for a book."""

    async def select(self, task: SelectionTask) -> Selection:
        """The sentences of a part that matter.

        Raises:
            ModelFailure: none could be chosen.
        """


class ChangeFinder(Protocol):
    """Finds what sources change about what readers were told before."""

    async def changes(self, task: ComparisonTask) -> tuple[DraftChanges, Usage]:
        """What is new and what is not, and the usage of the one request that says so.

        Raises:
            ModelFailure: there is no usable answer.
        """


class Writer(Protocol):
    """Turns numbered passages into draft lines, and yields them as they arrive.

    ``budget`` is the number of tokens of source text it can read (None: no limit); ``prompts``
    are the versions of its prompt files by name; ``secrets`` are texts of its own that may never be
    shown; ``selector`` chooses from longer sources (None if it reads any length), and
    ``change_finder`` compares with what readers were told before (None if it can't).
    """

    engine: str
    model: str | None
    prompts: Mapping[str, str]
    secrets: tuple[str, ...]
    selector: Selector | None
    change_finder: ChangeFinder | None

    @property
    def budget(self) -> int | None: ...

    def count(self, text: str) -> int:
        """The tokens that ``text`` costs."""

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        """Whether it can read them whole."""

    def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        """The items of a briefing, or the lines of an answer (none: the sources do not say), as
        they arrive, then the usage.

        Raises:
            ModelFailure: the writer stopped; the items given so far remain good.
        """

    def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[FailedItem, ...]
    ) -> AsyncGenerator[RepairedItem | Usage]:
        """Second tries at what failed of a draft for ``task``, all in one request, then the usage.

        Raises:
            ModelFailure: as in `write`.
        """


class Judge(Protocol):
    """Says whether lines are supported by their passages. It sees both, and nothing of how a line
    was made. ``prompt`` is the version of its instructions."""

    model: str
    prompt: str

    async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
        """Its verdicts on ``lines``, which rest on ``documents``, from one request.

        Raises:
            ModelFailure: it says nothing.
        """

    async def close(self) -> None:
        """Close the connections to it; it is not asked any more."""


AttemptKind = Literal["briefing", "answer", "repair", "selection", "judge", "changes"]
Role = Literal["writer", "judge"]


@dataclass(frozen=True)
class Attempt:
    """One request to a model. ``seconds`` is the wall time to its end, ``first`` that to the first
    piece of the answer (None: there was none). It ``failed`` if there was no whole answer, but not
    if it was stopped. The usage is estimated if the endpoint did not say. It ended ``ago`` seconds
    before it is entered."""

    kind: AttemptKind
    model: str
    usage: Usage
    seconds: float
    first: float | None
    failed: bool
    ago: float = 0.0


@dataclass(frozen=True)
class Spent:
    """What a team used of a model on a day (in UTC, as 2026-01-31). ``requests`` includes the
    ``failed`` ones; ``seconds`` is their wall time. ``role`` is what the model was asked as."""

    day: str
    team: str
    model: str
    role: Role
    requests: int
    failed: int
    usage: Usage
    seconds: float


@dataclass(frozen=True)
class Taken:
    """The tokens, read and written, that a ``person`` and their ``team`` have used."""

    person: int
    team: int


class Ledger(Protocol):
    """Stores what models used. The figures outlive the requests that they are for."""

    async def enter(self, mention: Mention, attempt: Attempt) -> None:
        """Store the figures of one attempt made for ``mention``."""

    async def taken(self, mention: Mention, since: float) -> Taken:
        """What the person of ``mention`` and their team have used ``since`` then (seconds since
        1970). Requests that were deleted count for the team alone."""


# Events from Slack are on disk before anybody interprets them.
#
# After three seconds, Slack takes silence for a failed delivery, and of hundreds that come at once,
# the last would be interpreted later than that. So events are stored as received, a whole batch at
# a time, and acknowledged; what they mean is worked out in turn. A crash in between loses nothing,
# and an event interpreted twice is one job, by its mention's key.


@dataclass(frozen=True)
class InboxEvent:
    """An event as Slack sent it: the JSON of its ``body``, and an ``id`` that is the same each time
    it is delivered."""

    id: str
    body: str


class Inbox(Protocol):
    """Stores events until they are handled."""

    async def keep(self, arrivals: Sequence[InboxEvent]) -> frozenset[str]:
        """Store the arrivals; returns the ids of those that were not there yet."""

    async def forget(self, understood: Collection[str]) -> None:
        """Delete the events with these ids."""

    async def left(self, seconds: float) -> tuple[InboxEvent, ...]:
        """The events that have waited for ``seconds``, in the order of their arrival. Their wait
        begins again; one that was returned too often is deleted, since it may be what kills the
        process."""

    async def renew(self, waiting: Collection[str]) -> None:
        """Let the wait of the events with these ids begin again: their process is alive."""


# What is stored for people besides their requests: what was briefed, their preferences, their
# feedback.
#
# Implemented in `storage`, shown in `slack`.


@dataclass(frozen=True)
class Found:
    """A stored reply: ``title`` is its headline or its question, ``opening`` its beginning, ``at``
    when it was written (seconds since 1970). ``earlier`` has the keys of the briefings of its story
    that its channel was shown before."""

    key: str
    channel: str
    thread: str
    permalink: str | None
    kind: Literal["briefing", "answer"]
    title: str
    opening: str
    at: float
    earlier: tuple[str, ...] = ()


class Search(Protocol):
    """Searches stored replies."""

    async def found(
        self, team: str, person: str, channels: Iterable[str], words: str, limit: int
    ) -> tuple[Found, ...]:
        """The replies to ``person`` and those in ``channels`` that have every one of ``words`` (or
        a word that begins like it), the newest first; without words, all of them."""


class Preferences(Protocol):
    """Stores how people like their briefings."""

    async def of(self, team: str, person: str) -> Wishes:
        """The wishes of ``person`` unless they say otherwise."""

    async def keep(self, team: str, person: str, wishes: Wishes) -> None:
        """Remember it, in place of what was."""


class Feedback(Protocol):
    """Stores what people think of replies."""

    async def give(self, mention: Mention, person: str, *, is_good: bool) -> bool:
        """Store the opinion of ``person`` in place of an earlier one; returns whether it is new."""

    async def of(self, key: str) -> dict[str, bool]:
        """Each person's opinion of a reply."""


FollowUps = Literal["all", "mentions"]


@dataclass(frozen=True)
class ChannelSettings:
    """How Readout works in a channel: with which ``wishes`` unless somebody says otherwise; for
    which ``people`` (none: everybody); whether ``follow_ups`` need a mention; whether what is read
    and written there is stored for an hour only (``is_fleeting``); whether the channel is reminded
    of every commitment with a date (``reminds_of_all``); and in which time ``zone`` (None: that of
    the person who asks)."""

    wishes: Wishes = Wishes()
    people: tuple[str, ...] = ()
    follow_ups: FollowUps = "all"
    is_fleeting: bool = False
    reminds_of_all: bool = False
    zone: str | None = None


class Channels(Protocol):
    """Stores how Readout works in each channel."""

    async def of(self, team: str, channel: str) -> ChannelSettings:
        """The settings of a channel."""

    async def keep(self, team: str, channel: str, person: str, settings: ChannelSettings) -> None:
        """Store what ``person`` set, in place of what was."""


@dataclass(frozen=True)
class AccessRules:
    """What the operator has set: the ``channels`` that Readout may be used in, by their ids (none
    stands for all), and who may change a channel's settings: the workspace's admins and its
    creator, or everybody who may ask there."""

    channels: tuple[str, ...] = ()
    settings_by: Literal["admins", "everybody"] = "admins"


@dataclass(frozen=True)
class HomeMemory:
    """All of these together, with the operator's ``rules``. ``has_model``: a model writes, so what
    needs one can be asked for. ``clock`` gives the seconds since 1970."""

    search: Search
    preferences: Preferences
    feedback: Feedback
    channels: Channels
    rules: AccessRules
    has_model: bool
    digests: "Digests"
    reminders: "Reminders"
    clock: Callable[[], float] = time.time


# What scheduled digests need: their plans, and work that is done once for all of them.


@dataclass(frozen=True)
class PlannedDigest:
    """A scheduled digest of a channel. ``person`` made the ``plan``; ``next`` is when it comes
    (seconds since 1970), unless it is paused."""

    id: str
    team: str
    channel: str
    person: str
    plan: DigestPlan
    next: float
    is_paused: bool = False


class Digests(Protocol):
    """Stores the scheduled digests, and what each has told."""

    async def keep(self, digest: PlannedDigest) -> None:
        """Store a new digest."""

    async def get(self, id_: str) -> PlannedDigest | None:
        """The digest with that id; None if it was deleted."""

    async def of(self, team: str, person: str, channels: Iterable[str]) -> list[PlannedDigest]:
        """The digests that ``person`` made and those of ``channels``, the next one first."""

    async def due(self, now: float) -> list[PlannedDigest]:
        """Some of the digests that are due by ``now`` (seconds since 1970)."""

    async def due_after(self, time: float) -> list[PlannedDigest]:
        """The digests that are due only after ``time`` (seconds since 1970), without those that are
        paused."""

    async def move_on(self, digest: PlannedDigest, next_: float) -> None:
        """Set when it comes next, if nothing has moved it on in the meantime."""

    async def change(self, digest: PlannedDigest, plan: DigestPlan, next_: float) -> bool:
        """Give it another ``plan``, coming ``next_`` unless it is paused, if its plan is still that
        of ``digest``. Returns whether it was."""

    async def pause(self, id_: str, next_: float | None) -> None:
        """Resume it at ``next_``, or pause it if that is None."""

    async def delete(self, id_: str) -> None:
        """Delete it, and what it has told."""

    async def told(self, id_: str) -> DigestHistory:
        """What it has told."""

    async def mute(self, id_: str, story: str) -> None:
        """Mute a story in it."""

    async def forget_due(self, id_: str, is_wrong: Callable[[DatedCommitment], bool]) -> None:
        """Forget those of the commitments it would name once they are due that ``is_wrong``."""

    async def keep_told(
        self, mention: Mention, notice: Notice, before: DigestHistory, told: DigestHistory
    ) -> None:
        """Store in one transaction the reply to ``mention``, unless it has one, and what its digest
        has ``told`` with it. ``before`` is what it had told when the reply was begun; what was
        forgotten since (`forget_due`) stays forgotten."""


class Reminders(Protocol):
    """Stores reminders until a week after they are due; marked ones as long as the briefing they
    are from, if that is longer. They are deleted with their request, and when their channel is set
    to keep data for an hour only."""

    async def keep(self, mention: Mention, reminders: Sequence[Reminder]) -> int:
        """Store ``reminders`` of the reply to ``mention``, unless that was deleted or its channel
        now keeps data for an hour only. Returns how many of them are new."""

    async def due(self, now: float) -> list[Reminder]:
        """The reminders that are due by ``now`` (seconds since 1970) and not yet claimed."""

    async def claim(self, mention: Mention) -> None:
        """Claim for ``mention``, whose message is a time (seconds since 1970), whatever is due in
        its channel on its day by that time and isn't claimed yet."""

    async def told_by(self, key: str) -> list[Reminder]:
        """The reminders that the mention ``key`` has claimed."""

    async def tellers(self, key: str) -> list[str]:
        """The mentions that have claimed reminders of the reply to the mention ``key``."""

    async def mark(self, key: str, marked: Reminder, again: Sequence[Reminder] = ()) -> bool:
        """Mark a commitment in the reminder ``key`` as in ``marked``, and store the reminders that
        repeat it (``again``); False if it is already marked or was deleted."""

    async def marked(self, team: str, channel: str) -> list[Reminder]:
        """The reminders of a channel that somebody marked as done or missed."""

    async def of(self, team: str, person: str, channels: Iterable[str]) -> list[Reminder]:
        """The reminders from requests of ``person`` and those of ``channels``, the earliest first,
        without those that were moved to the next day."""

    async def forget(self, key: str) -> None:
        """Delete the reminders from replies to the request ``key`` and to its buttons."""

    async def outdated(self) -> list[Outdated]:
        """The deleted reminders that messages may still name."""

    async def settle(self, gone: Outdated) -> None:
        """Forget a deleted reminder that no message names any more."""


class SharedWork(Protocol):
    """Work that is done once for everybody who needs the result, whichever worker they are in. A
    result made ``since`` that time (seconds since 1970) is reused; whoever asks while it is being
    made waits for it."""

    async def feed(
        self, url: str, since: float, read: Callable[[Feed | None], Awaitable[Feed]]
    ) -> Feed:
        """The feed at ``url``; ``read`` gets the feed as it was last read.

        Raises:
            SourceError: it could not be read.
        """

    async def page(
        self, page: WebPage, since: float, read: Callable[[], Awaitable[Document]]
    ) -> Document:
        """The document at ``page``.

        Raises:
            SourceError: it could not be read.
        """

    async def draft(
        self, name: str, since: float, make: Callable[[], Awaitable[tuple[Briefing, bool]]]
    ) -> Briefing:
        """The briefing with that ``name``. ``make`` also says whether it may be reused: if not, it
        is made again for whoever asks some minutes later."""

    async def drafted(self, name: str, since: float) -> Briefing | None:
        """The briefing with that ``name``; None if it wasn't made."""


# What durable jobs need: the `Steps` of the service, and each worker's `Slot` in storage.


class Slot(Protocol):
    """A worker's place among the workers on its database; ``number`` counts from 0."""

    number: int

    async def keep(self) -> None:
        """Check that it is still ours.

        Raises:
            SettingsError: another has it.
        """

    def left_by(self, slot: int) -> AbstractAsyncContextManager[bool]:
        """Yields whether the worker of another slot is dead; nobody takes the slot while the block
        runs."""

    async def release(self) -> None:
        """Let another worker have it; the end of the process does so, too."""


class Steps(Protocol):
    """The steps of a job, which a crash may repeat and must not double, and the mentions that come
    by the clock; `job_steps.JobSteps` implements them."""

    async def read(self, key: str) -> None: ...
    async def write(self, key: str, *, with_model: bool) -> None: ...
    async def post(self, key: str) -> bool: ...
    async def catch_up(self, key: str, *, with_model: bool) -> bool: ...
    async def post_again(self, key: str) -> None: ...
    async def give_up(self, key: str) -> None: ...
    async def update_outdated_messages(self) -> None: ...
    def due(self, now: float) -> Iterable[AsyncIterator[Mention]]: ...
