"""In-memory implementations of the ports."""

import asyncio
import math
import time
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import inf
from operator import itemgetter

from bot.briefing.catalogue import catalogue
from bot.briefing.changes import EarlierBriefing, forget_reply
from bot.briefing.digest import DatedCommitment, DigestHistory, DigestPlan, Entry
from bot.briefing.documents import Document, Excerpt, is_within_budget
from bot.briefing.draft import DraftChanges, DraftItem, Place
from bot.briefing.lines import Answer, Briefing, EarlierReply, Line, Unread
from bot.briefing.numbering import numbered
from bot.briefing.requests import LinkedMessage, PastedText, Source, Turn, WebPage, Wishes
from bot.briefing.tasks import (
    AnswerTask,
    ComparisonTask,
    FailedItem,
    Judgement,
    RepairedItem,
    Usage,
    WritingTask,
)
from bot.briefing.text import folded_words
from bot.service.briefing_service import BriefingService
from bot.service.cancellation import Cancellation, CancellationWatch
from bot.service.corrections import Corrections
from bot.service.deadline import DeadlineReplies
from bot.service.digest_jobs import DigestJobs
from bot.service.errors import ModelFailure, ReadoutError, SourceError, Unreadable
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.job_steps import JobSteps
from bot.service.ports import (
    HIDDEN,
    ROOT,
    SHARED,
    SIGN,
    SOURCE_DELETED,
    STREAM,
    AccessRules,
    Attempt,
    ChangeFinder,
    Channels,
    ChannelSettings,
    Conversations,
    Digests,
    Feed,
    Feeds,
    Found,
    HomeMemory,
    InboxEvent,
    Intended,
    Mention,
    Notice,
    Outcome,
    Outdated,
    PlannedDigest,
    Posting,
    Reminder,
    Reminders,
    Replies,
    Selector,
    StreamPlaces,
    Taken,
    ThreadMemory,
    ThreadReply,
    is_awaited,
)
from bot.service.reminders import ReminderJobs
from bot.service.request_handler import RequestHandler
from bot.service.usage import ModelUsage
from bot.sources.languages import language_of

Reading = tuple[tuple[Document, ...], tuple[Unread, ...]]


@dataclass
class Clock:
    """A clock that tests set; each reading advances it by ``tick`` seconds."""

    now: float = 0.0
    tick: float = 0.0

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


class MemoryArchive:
    """`ports.Archive` and `ports.Postings` that behave as the database does.

    It passes the tests of `DatabaseArchive`. ``clock`` gives the time in seconds since 1970.
    """

    def __init__(self, days: float = 30, clock: Callable[[], float] = time.time) -> None:
        self._seconds = days * 86_400
        self._clock = clock
        self._mentions: dict[str, Mention] = {}
        self._expires: dict[str, float] = {}
        self._readings: dict[str, Reading] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._answered: dict[str, float] = {}
        self._postings: dict[tuple[str, int], Posting] = {}
        self._intended: dict[tuple[str, int], float] = {}
        self._muted: dict[tuple[str, str, str], bool] = {}
        self._bringers: dict[tuple[tuple[str, str, str], Document], str] = {}

    async def record(self, mention: Mention) -> bool:
        if mention.key in self._mentions:
            return False
        self._mentions[mention.key] = mention
        seconds = min(self._seconds, 3_600) if mention.fleeting else self._seconds
        self._expires[mention.key] = self._clock() + seconds
        return True

    async def mention(self, key: str) -> Mention | None:
        return self._mentions.get(key) if self._expires.get(key, 0) > self._clock() else None

    async def move(self, mention: Mention) -> None:
        if mention.key in self._mentions:
            self._mentions[mention.key] = mention

    async def unanswered(self) -> tuple[Mention, ...]:
        alive = [key for key in self._mentions if self._expires[key] > self._clock()]
        return tuple(self._mentions[key] for key in alive if self._is_open(key))

    def _is_open(self, key: str) -> bool:
        root = self._postings.get((key, ROOT))
        is_shown = any(each == key and part >= 0 for each, part in self._postings)
        is_unshown = bool(root and root.ts and not is_shown)
        return key not in self._outcomes or is_unshown or key.startswith("gone:")

    async def thread(
        self, team: str, channel: str, thread: str, before: str = ""
    ) -> ThreadMemory | None:
        place = (team, channel, thread)
        keys = [key for key in self._mentions if self._place(key) == place]
        if not keys:
            return None
        readings = [self._readings[key] for key in keys if key in self._readings]
        earlier = keys[: keys.index(before)] if before in keys else keys
        replied = [key for key in earlier if key in self._outcomes]
        outcomes = [(key, self._outcomes[key]) for key in replied]
        completed = [
            (self._mentions[key].completes or "", key)
            for key, outcome in outcomes
            if not isinstance(outcome, Notice)
        ]
        given = {
            each.source
            for first, by in completed
            for each in self._readings.get(first, ((), ()))[1]
            if each.source not in {left.source for left in self._readings.get(by, ((), ()))[1]}
        }
        briefed = [
            (key, outcome.wishes or self._mentions[key].wishes)
            for key, outcome in outcomes
            if isinstance(outcome, Briefing) and (key, HIDDEN) not in self._postings
        ]
        return ThreadMemory(
            documents=_once_by_label([d for documents, _ in readings for d in documents]),
            unread=tuple(
                dict.fromkeys(u for _, unread in readings for u in unread if u.source not in given)
            ),
            turns=tuple(_turn(o) for _, o in outcomes if isinstance(o, Answer)),
            wishes=briefed[-1][1] if briefed else Wishes(),
            muted=self._muted.get(place, False),
            answered=next(
                (key for key, _ in reversed(outcomes) if (key, HIDDEN) not in self._postings), None
            ),
            briefed=briefed[-1][0] if briefed else None,
        )

    async def mute(self, mention: Mention, muted: bool) -> None:
        if mention.key in self._mentions:
            self._muted[self._place(mention.key)] = muted

    async def keep_reading(
        self, mention: Mention, documents: tuple[Document, ...], unread: tuple[Unread, ...]
    ) -> None:
        if mention.key in self._mentions:
            self._readings[mention.key] = (documents, unread)
            self._brought(mention.key, documents)

    async def reading(self, key: str) -> Reading | None:
        return self._readings.get(key)

    async def keep_outcome(self, mention: Mention, outcome: Outcome) -> Outcome | None:
        if mention.key not in self._mentions:
            return None
        if mention.key not in self._outcomes:
            self._put(mention.key, self._without_deleted(mention.key, outcome))
            if mention.version_of is not None:
                self._hide(mention.key, mention.channel)
        return self._outcomes[mention.key]

    async def supersede(self, mention: Mention, earlier: Outcome, later: Outcome) -> bool:
        await asyncio.sleep(0.01)  # others have their turn, as with a database
        if self._outcomes.get(mention.key) != earlier:
            return False
        self._put(mention.key, later)
        return True

    async def next_in_thread(self, team: str, channel: str, thread: str) -> Mention | None:
        place = (team, channel, thread)
        said = [
            m
            for m in await self.unanswered()
            if self._place(m.key) == place and not m.is_about_others and m.key not in self._outcomes
        ]
        recorded = [self._expires[each.key] - self._seconds for each in said]
        first = (
            float(m.message) if m.is_a_message else r for m, r in zip(said, recorded, strict=True)
        )
        return min(zip(first, said, strict=True), key=itemgetter(0), default=(0, None))[1]

    async def before_in_thread(self, mention: Mention) -> str | None:
        place = self._place(mention.key)
        known = [m for m in self._mentions.values() if self._place(m.key) == place]
        asked = [m for m in known if m.is_a_message and not m.is_about_others]
        before = [m for m in asked if float(m.message) < float(mention.message or 0)]
        return max(before, key=lambda m: float(m.message)).key if before else None

    async def waiting_before(self, mention: Mention) -> int:
        keys = list(self._mentions)
        before = keys[: keys.index(mention.key)] if mention.key in keys else []
        waiting = [self._mentions[key] for key in before if key not in self._outcomes]
        who = (mention.team, mention.person)
        return sum(1 for each in waiting if (each.team, each.person) == who)

    async def answered_at(self, key: str) -> float | None:
        return self._answered.get(key) if key in self._outcomes else None

    async def wanted(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(k for k in keys if k in self._mentions and k not in self._outcomes)

    async def unfinished(self, team: str, channel: str, person: str) -> tuple[Mention, ...]:
        asked = [m for m in self._mentions.values() if m.person == person]
        return tuple(
            mention
            for mention in asked
            if (mention.team, mention.channel) == (team, channel)
            if mention.key not in self._outcomes or is_awaited(self._outcomes[mention.key])
        )

    async def arisen_from(
        self, team: str, channel: str, thread: str, message: str
    ) -> tuple[Mention, ...]:
        place = (team, channel, thread)
        said = [m for m in self._mentions.values() if self._place(m.key) == place]
        own = {mention.key for mention in said if mention.message == message}
        return tuple(m for m in said if m.key in own or self._sources_of(m.key) & own)

    async def versions(self, mention: Mention) -> tuple[Mention, ...]:
        first = mention.first_version
        return tuple(each for each in self._mentions.values() if each.first_version == first)

    async def outcome(self, key: str) -> Outcome | None:
        return self._outcomes.get(key)

    async def answered_directly(self, person: str, ts: str) -> Mention | None:
        found = (p.key for p in self._postings.values() if (p.channel, p.ts) == (person, ts))
        return self._mentions.get(next(found, ""))

    async def made_before(self, made_from: str) -> Briefing | None:
        kept = [each for each in self._outcomes.values() if isinstance(each, Briefing)]
        return next((each for each in reversed(kept) if each.made_from == made_from), None)

    async def told(
        self, mention: Mention, words: Sequence[str], most: int = 8
    ) -> tuple[EarlierBriefing, ...]:
        if mention.fleeting:
            return ()
        found = [
            (EarlierReply(key, self._mentions[key].thread, self._day_of(key), o.title), o)
            for key, o in reversed(self._outcomes.items())
            if isinstance(o, Briefing) and self._is_told(key, mention)
            if sum(f" {word}" in f" {' '.join(_said(o))}" for word in words) > 1
        ]
        return tuple(found[:most])

    async def resting_on(self, mention: Mention, document: Document) -> tuple[Mention, ...]:
        there = [
            other
            for key, outcome in self._outcomes.items()
            if (other := await self.mention(key)) and self._is_same_place(other, mention)
            if any(_is_same_source(each, document) for each in _named(outcome))
        ]
        copied = {f"{each.first_request}:{SHARED}:" for each in there}
        copies = [m for m in self._mentions.values() if m.key.startswith(tuple(copied))]
        alive = [m for m in copies if m.team == mention.team and await self.mention(m.key)]
        return tuple({each.key: each for each in (*there, *alive)}.values())

    def _is_same_place(self, other: Mention, mention: Mention) -> bool:
        is_there = (other.team, other.channel) == (mention.team, mention.channel)
        return is_there and (other.person == mention.person or not mention.direct)

    def _day_of(self, key: str) -> str:
        return _day(self._expires[key] - self._seconds)

    def _is_told(self, key: str, mention: Mention) -> bool:
        other = self._mentions[key]
        is_there = self._is_same_place(other, mention)
        is_alive = self._expires[key] > self._clock() and not other.fleeting
        is_shown = (key, HIDDEN) not in self._postings and any(
            each == key and part >= 0 and posting.ts and posting.channel == other.channel
            for (each, part), posting in self._postings.items()
        )
        return key != mention.key and is_there and is_alive and is_shown

    async def delete(self, key: str) -> None:
        brought = {unlabelled for unlabelled, owner in self._bringers.items() if owner == key}
        for other in self._mentions:
            self._take_away(other, brought, key)
        gone = {key, *(k for k, o in self._outcomes.items() if o == Notice("", ended_by=key))}
        for other in self._outcomes:
            for each in gone:
                outcome = self._outcomes[other]
                if isinstance(outcome, Briefing):
                    self._outcomes[other] = forget_reply(outcome, each)
        self._drop(key)

    async def forget(self, team: str, person: str) -> tuple[str, ...]:
        own = [
            each for each in self._mentions.values() if (each.team, each.person) == (team, person)
        ]
        left = self._being_withdrawn()
        keys = tuple(e.key for e in own if e.key in self._outcomes and e.key not in left)
        for key in keys:
            await self.delete(key)
        return keys

    def _being_withdrawn(self) -> set[str]:
        long_ago = self._clock() - 2 * 86_400
        withdrawals = [
            each
            for key, each in self._mentions.items()
            if key.startswith("gone:") and self._expires[key] - self._seconds > long_ago
        ]
        meant = [self._outcomes.get(each.key) for each in withdrawals]
        ends = {key for each in meant if isinstance(each, Notice) for key in each.ends}
        return ends | {key for each in withdrawals for key in (each.key, each.about or "")}

    async def purge(self, now: float) -> tuple[str, ...]:
        expired = tuple(key for key, expires in self._expires.items() if expires <= now)
        for key in expired:
            self._drop(key)
        return expired

    async def intend(self, mention: Mention, part: int, channel: str) -> Intended:
        if mention.key not in self._mentions or (mention.key, HIDDEN) in self._postings:
            return "deleted"
        earlier = self._postings.get((mention.key, part))
        self._intended.setdefault((mention.key, part), self._clock())
        self._postings.setdefault((mention.key, part), Posting(mention.key, part, channel, None))
        is_late = part > SIGN and self._is_old(mention)
        return earlier or ("late" if is_late else "new")

    def _is_old(self, mention: Mention) -> bool:
        return mention.is_a_message and self._clock() - float(mention.message) > 3_600

    async def intend_stream(self, mention: Mention, places: StreamPlaces) -> bool:
        now, streams = self._clock(), [p for p in self._postings.values() if p.part == STREAM]
        taken = sum(
            self._mentions[p.key].team == mention.team
            and p.ts != ""
            and self._intended[p.key, STREAM] > now - places.lifetime - places.between
            and self._answered.get(p.key, now) > now - places.between
            for p in streams
        )
        if taken >= places.many:
            return False
        return await self.intend(mention, STREAM, mention.channel) == "new"

    async def streams_left(self) -> tuple[Mention, ...]:
        left = [p.key for p in self._postings.values() if p.part == STREAM and p.ts is None]
        long_ago = self._clock() - 60
        return tuple(
            self._mentions[key]
            for key in left
            if max(self._intended[key, STREAM], self._answered.get(key, inf)) < long_ago
        )

    async def expired_at_work(self) -> tuple[Mention, ...]:
        return ()  # nothing expires here

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        posting = self._postings.get((mention.key, part))
        if posting is not None:
            self._postings[mention.key, part] = replace(posting, ts=ts)
        return posting is not None

    async def take_over(self, mention: Mention) -> bool:
        if mention.key not in self._mentions:
            return False
        others = [each.key for each in await self.versions(mention) if each != mention]
        for other in {key for key, part in self._postings if key in others and part > SIGN}:
            for posting in await self.of(other):
                del self._postings[other, posting.part]
                if posting.part > SIGN or posting.part == ROOT:
                    moved = replace(posting, key=mention.key)
                    self._postings[mention.key, posting.part] = moved
            self._postings.pop((mention.key, HIDDEN), None)
            self._hide(other, mention.channel)
        return any(part > SIGN for part in (each.part for each in await self.of(mention.key)))

    async def of(self, key: str) -> tuple[Posting, ...]:
        return tuple(self._postings[at] for at in sorted(self._postings) if at[0] == key)

    def _hide(self, key: str, channel: str) -> None:
        self._postings[key, HIDDEN] = Posting(key, HIDDEN, channel, "")

    def _place(self, key: str) -> tuple[str, str, str]:
        mention = self._mentions[key]
        return (mention.team, mention.channel, mention.thread)

    def _without_deleted(self, key: str, outcome: Outcome) -> Outcome:
        asked = self._mentions[key]
        directly = (asked.person, asked.thread)
        answered = (at[0] for at, p in self._postings.items() if (p.channel, p.ts) == directly)
        places = {self._place(each) for each in (key, *answered)}
        readings = [read for k, (read, _) in self._readings.items() if self._place(k) in places]
        read = {replace(each, label="") for documents in readings for each in documents}
        carried = {replace(each, label="") for each in _carried(outcome)}
        if key in self._readings and not read >= carried:
            return SOURCE_DELETED
        if isinstance(outcome, Briefing) and outcome.since:
            for reply in outcome.since.replies:
                if not isinstance(self._outcomes.get(reply.key), Briefing):
                    outcome = forget_reply(outcome, reply.key)
        return outcome

    def _put(self, key: str, outcome: Outcome) -> None:
        self._outcomes[key] = outcome
        self._answered[key] = self._clock()
        self._brought(key, _carried(outcome))

    def _sources_of(self, key: str) -> set[str]:
        """The keys of the mentions whose sources the reply quotes."""
        place, carried = self._place(key), _carried(self._outcomes.get(key, Notice("")))
        return {self._bringers[place, replace(document, label="")] for document in carried}

    def _brought(self, key: str, documents: tuple[Document, ...]) -> None:
        for document in documents:
            self._bringers.setdefault((self._place(key), replace(document, label="")), key)

    def _take_away(
        self, key: str, brought: set[tuple[tuple[str, str, str], Document]], by: str
    ) -> None:
        def goes(document: Document) -> bool:
            return (self._place(key), replace(document, label="")) in brought

        if key in self._readings:
            documents, unread = self._readings[key]
            self._readings[key] = (tuple(d for d in documents if not goes(d)), unread)
        if any(goes(document) for document in _carried(self._outcomes.get(key, Notice("")))):
            self._outcomes[key] = Notice("", ended_by=by)

    def _drop(self, key: str) -> None:
        for kept in (self._mentions, self._expires, self._readings, self._outcomes):
            kept.pop(key, None)
        self._postings = {at: p for at, p in self._postings.items() if at[0] != key}
        self._bringers = {at: owner for at, owner in self._bringers.items() if owner != key}


def _carried(outcome: Outcome) -> tuple[Document, ...]:
    return () if isinstance(outcome, Notice) else outcome.documents


def _named(outcome: Outcome) -> tuple[Document, ...]:
    digest = outcome.digest if isinstance(outcome, Notice) else None
    in_digest = (
        tuple(each for story in digest.stories for each in story.documents) if digest else ()
    )
    return (*_carried(outcome), *in_digest)


def _is_same_source(one: Document, other: Document) -> bool:
    return one.key == other.key if other.key else one.text == other.text


def _said(briefing: Briefing) -> Iterator[str]:
    for line in briefing.lines():
        yield from folded_words(line.text)
    for document in briefing.documents:
        yield from folded_words(f"{document.title or ''} {document.outlet or ''}")


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _turn(answer: Answer) -> Turn:
    words = " ".join(line.text for line in answer.lines)
    silence = catalogue("en").no_answer(replace(answer, nearest=()))
    return Turn(answer.question, words or silence)


def _once_by_label(documents: list[Document]) -> tuple[Document, ...]:
    first: dict[str, Document] = {}
    for document in documents:
        first.setdefault(document.text, document)
    return tuple(sorted(first.values(), key=lambda d: (len(d.label), d.label)))


class OnlySlot:
    """`ports.Slot` of a single worker."""

    number = 0

    async def keep(self) -> None:
        return None

    @asynccontextmanager
    async def left_by(self, slot: int) -> AsyncIterator[bool]:
        yield False

    async def release(self) -> None:
        return None


class MemoryLedger:
    """`ports.Ledger` that records its attempts."""

    def __init__(self) -> None:
        self.attempts: list[tuple[str, Attempt]] = []
        self.was_taken = Taken(0, 0)

    async def enter(self, mention: Mention, attempt: Attempt) -> None:
        self.attempts.append((mention.key, attempt))

    async def taken(self, mention: Mention, since: float) -> Taken:
        return self.was_taken


def job_steps(
    briefing_service: BriefingService,
    archive: MemoryArchive,
    replies: Replies,
    conversations: Conversations | None = None,
    *,
    usage: ModelUsage | None = None,
    deadline: float = math.inf,
    in_line: float = 300.0,
    clock: Callable[[], float] = time.time,
) -> JobSteps:
    """The steps of jobs, with everything in memory."""
    known, usage = conversations or FixedConversations(), usage or ModelUsage(MemoryLedger())
    request_handler = RequestHandler(briefing_service, archive, known, usage, language_of)
    reminders = reminder_jobs(archive)
    cancellation = Cancellation(archive, replies, ended_at_once)
    deadline_replies = DeadlineReplies(request_handler, archive, deadline, clock, in_line)
    watch = CancellationWatch(archive)
    digests = digest_jobs(archive, briefing_service, usage)
    return JobSteps(
        request_handler, deadline_replies, cancellation,
        Corrections(briefing_service, archive, replies, usage, reminders, digests.digests),
        archive, replies, watch,
        digests, reminders,
    )  # fmt: skip


@dataclass
class FixedFeeds:
    """`ports.Feeds` with given entries or errors."""

    feeds: dict[str, list[Entry] | SourceError] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)
    left_out: int = 0

    async def read(self, url: str, kept: Feed | None, now: float) -> Feed:
        self.asked.append((url, kept is not None))
        found = self.feeds.get(url, [])
        if isinstance(found, SourceError):
            raise found
        return Feed(url, url, tuple(found), {}, now, self.left_out)


class MemorySharedWork:
    """`ports.SharedWork` of a single worker that does one thing at a time."""

    def __init__(self) -> None:
        self.feeds: dict[str, Feed] = {}
        self.pages: dict[WebPage, Document] = {}
        self.drafts: dict[str, Briefing] = {}

    async def feed(
        self, url: str, since: float, read: Callable[[Feed | None], Awaitable[Feed]]
    ) -> Feed:
        known = self.feeds.get(url)
        if known is None or known.read < since:
            self.feeds[url] = await read(known)
        return self.feeds[url]

    async def page(
        self, page: WebPage, since: float, read: Callable[[], Awaitable[Document]]
    ) -> Document:
        if page not in self.pages:
            self.pages[page] = await read()
        return self.pages[page]

    async def draft(
        self, name: str, since: float, make: Callable[[], Awaitable[tuple[Briefing, bool]]]
    ) -> Briefing:
        if name not in self.drafts:
            self.drafts[name], _ = await make()
        return self.drafts[name]

    async def drafted(self, name: str, since: float) -> Briefing | None:
        return self.drafts.get(name)


class MemoryDigests:
    """`ports.Digests` in memory; outcomes are stored in ``archive``."""

    def __init__(self, archive: MemoryArchive) -> None:
        self._archive = archive
        self.plans: dict[str, PlannedDigest] = {}
        self.kept_told: dict[str, DigestHistory] = {}
        self.muted: list[tuple[str, str]] = []

    async def keep(self, digest: PlannedDigest) -> None:
        self.plans[digest.id] = digest

    async def get(self, id_: str) -> PlannedDigest | None:
        return self.plans.get(id_)

    async def of(self, team: str, person: str, channels: Iterable[str]) -> list[PlannedDigest]:
        shown = {*channels}
        own = [d for d in self.plans.values() if d.person == person or d.channel in shown]
        return sorted((d for d in own if d.team == team), key=lambda d: (d.is_paused, d.next, d.id))

    async def due(self, now: float) -> list[PlannedDigest]:
        return [d for d in self.plans.values() if not d.is_paused and d.next <= now]

    async def due_after(self, time: float) -> list[PlannedDigest]:
        return [d for d in self.plans.values() if not d.is_paused and d.next > time]

    async def move_on(self, digest: PlannedDigest, next_: float) -> None:
        if self.plans.get(digest.id) == digest:
            self.plans[digest.id] = replace(digest, next=next_)

    async def change(self, digest: PlannedDigest, plan: DigestPlan, next_: float) -> bool:
        now = self.plans.get(digest.id)
        if now is None or now.plan != digest.plan:
            return False
        self.plans[now.id] = replace(now, plan=plan, next=0.0 if now.is_paused else next_)
        return True

    async def pause(self, id_: str, next_: float | None) -> None:
        if digest := self.plans.get(id_):
            self.plans[id_] = replace(digest, next=next_ or 0.0, is_paused=next_ is None)

    async def delete(self, id_: str) -> None:
        self.plans.pop(id_, None)
        self.kept_told.pop(id_, None)

    async def told(self, id_: str) -> DigestHistory:
        told = self.kept_told.get(id_, DigestHistory())
        for digest, story in self.muted:
            told = told.mute(story) if digest == id_ else told
        return told

    async def mute(self, id_: str, story: str) -> None:
        self.muted.append((id_, story))

    async def forget_due(self, id_: str, is_wrong: Callable[[DatedCommitment], bool]) -> None:
        told = self.kept_told.get(id_, DigestHistory())
        due = tuple(each for each in told.due if not is_wrong(each))
        self.kept_told[id_] = replace(told, due=due)

    async def keep_told(
        self, mention: Mention, notice: Notice, before: DigestHistory, told: DigestHistory
    ) -> None:
        if await self._archive.outcome(mention.key) is None:
            kept = await self._archive.keep_outcome(mention, notice)
            if kept is not None and mention.about in self.plans:
                kept_told = self.kept_told.get(mention.about, DigestHistory())
                self.kept_told[mention.about] = told.without_forgotten(before, kept_told)


class MemoryReminders:
    """`ports.Reminders` in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], Reminder] = {}
        self.claimed: dict[tuple[str, str, str], str] = {}
        self.gone: dict[tuple[str, str, str], Outdated] = {}

    async def keep(self, mention: Mention, reminders: Sequence[Reminder]) -> int:
        known = {id_ for key, id_, _ in self.kept if key == mention.key}
        new = {_name(each): each for each in reminders if each.id not in known}
        self.kept |= new
        return len(new)

    async def due(self, now: float) -> list[Reminder]:
        untold = [each for name, each in self.kept.items() if name not in self.claimed]
        return sorted((each for each in untold if each.at <= now), key=lambda each: each.at)

    async def claim(self, mention: Mention) -> None:
        for name, each in self.kept.items():
            place = (mention.team, mention.channel, mention.about)
            is_due = each.at <= float(mention.message)
            if (each.team, each.channel, each.day) == place and is_due:
                self.claimed.setdefault(name, mention.key)

    async def told_by(self, key: str) -> list[Reminder]:
        return [each for name, each in self.kept.items() if self.claimed.get(name) == key]

    async def tellers(self, key: str) -> list[str]:
        return sorted({teller for name, teller in self.claimed.items() if name[0] == key})

    async def mark(self, key: str, marked: Reminder, again: Sequence[Reminder] = ()) -> bool:
        told = await self.told_by(key)
        own = [each for each in told if each.id == marked.id and each.mark is None]
        said = {name: getattr(marked, name) for name in ("mark", "by", "name", "marked")}
        self.kept |= {_name(each): replace(each, **said) for each in own}
        self.kept |= {_name(each): each for each in again if own}
        return bool(own)

    async def marked(self, team: str, channel: str) -> list[Reminder]:
        there = [
            each for each in self.kept.values() if (each.team, each.channel) == (team, channel)
        ]
        return [each for each in there if each.mark in ("done", "missed")]

    async def of(self, team: str, person: str, channels: Iterable[str]) -> list[Reminder]:
        shown = {*channels}
        of_team = [each for each in self.kept.values() if each.team == team]
        own = [each for each in of_team if each.person == person or each.channel in shown]
        return sorted((each for each in own if each.mark != "tomorrow"), key=lambda each: each.day)

    async def forget(self, key: str) -> None:
        for name in [each for each in self.kept if f"{each[0]}:".startswith(f"{key}:")]:
            del self.kept[name]
            self.gone[name] = Outdated(*name, (*filter(None, [self.claimed.get(name)]),))

    async def outdated(self) -> list[Outdated]:
        return list(self.gone.values())

    async def settle(self, gone: Outdated) -> None:
        del self.gone[gone.key, gone.id, gone.day]


def _name(reminder: Reminder) -> tuple[str, str, str]:
    return reminder.key, reminder.id, reminder.day


def corrections(archive: MemoryArchive, replies: Replies) -> Corrections:
    """Corrections with everything in memory and without a model."""
    service = BriefingService(FixedReader(), ExtractiveWriter(), "0")
    usage = ModelUsage(MemoryLedger())
    return Corrections(
        service, archive, replies, usage, reminder_jobs(archive), MemoryDigests(archive)
    )


def reminder_jobs(
    archive: MemoryArchive,
    reminders: Reminders | None = None,
    channels: Channels | None = None,
    *,
    shared: frozenset[str] = frozenset(),
    clock: Callable[[], float] = time.time,
) -> ReminderJobs:
    """Reminders with everything in memory; the given channels count as ``shared``, and everybody is
    in Vienna."""

    async def is_shared(mention: Mention) -> bool:
        return mention.channel in shared

    async def zone_of(_person: str) -> str:
        return "Europe/Vienna"

    return ReminderJobs(
        reminders or MemoryReminders(),
        archive,
        archive,
        channels or MemoryChannels(),
        is_shared,
        zone_of,
        clock,
    )


def digest_jobs(
    archive: MemoryArchive,
    briefing_service: BriefingService,
    usage: ModelUsage | None = None,
    *,
    digests: Digests | None = None,
    feeds: Feeds | None = None,
    channels: Channels | None = None,
    refused: Mapping[str, str] | None = None,
) -> DigestJobs:
    """Digests with everything in memory; ``refused`` gives reasons why a channel may have none."""

    async def refusal(mention: Mention) -> str | None:
        return (refused or {}).get(mention.channel)

    return DigestJobs(
        digests or MemoryDigests(archive),
        archive,
        feeds or FixedFeeds(),
        MemorySharedWork(),
        briefing_service,
        usage or ModelUsage(MemoryLedger()),
        channels or MemoryChannels(),
        refusal,
    )


async def ended_at_once(_key: str) -> None:
    """Return at once, as if the job had ended."""


class MemoryJobs:
    """Records the jobs that an `Intake` begins, and runs none."""

    def __init__(self) -> None:
        self.accepted: list[str] = []
        self.first: list[str] = []

    async def acknowledge(self, mention: Mention) -> None:
        self.first.append(mention.key)

    def begin(self, key: str, is_new: bool) -> None:
        if is_new or key not in self.accepted:
            self.accepted.append(key)


class ScriptedWriter:
    """`ports.Writer` that gives the scripted steps in order, and raises the failures among them."""

    engine = "openai"
    model: str | None = "scripted-1"
    prompts: Mapping[str, str] = {"styles/briefing": "briefing@1", "answer": "answer@1"}
    secrets: tuple[str, ...] = ()
    selector: Selector | None = None
    change_finder: ChangeFinder | None = None

    def __init__(
        self,
        *steps: DraftItem | Usage | ModelFailure,
        budget: int | None = None,
        repairs: tuple[RepairedItem | Usage | ModelFailure, ...] = (),
    ) -> None:
        self.steps = steps
        self.budget = budget
        self.repairs = repairs
        self.tasks: list[WritingTask | AnswerTask] = []
        self.failed: list[tuple[FailedItem, ...]] = []

    def count(self, text: str) -> int:
        return len(text.split())

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        return self.budget is None or is_within_budget(excerpts, self.budget, self.count)

    async def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[FailedItem, ...]
    ) -> AsyncGenerator[RepairedItem | Usage]:
        self.failed.append(failed)
        for step in self.repairs:
            if isinstance(step, ModelFailure):
                raise step
            yield step

    async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        self.tasks.append(task)
        for step in self.steps:
            if isinstance(step, ModelFailure):
                raise step
            yield step


class FixedJudge:
    """`ports.Judge` that rejects lines with one of the ``words``, fails, or ``hangs``."""

    model = "judge-1"
    prompt = "judge@1"

    def __init__(
        self, *words: str, failure: ModelFailure | None = None, hangs: bool = False
    ) -> None:
        self._words = words
        self._failure = failure
        self._hangs = hangs
        self.asked: list[tuple[Line, ...]] = []
        self.was_cancelled = False

    async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
        self.asked.append(tuple(lines))
        if self._hangs:
            try:
                await asyncio.Event().wait()
            finally:
                self.was_cancelled = True
        if self._failure:
            raise self._failure
        wrong = [next((w for w in self._words if w in line.text), None) for line in lines]
        return Judgement(dict(enumerate(wrong)), Usage(50, 5))

    async def close(self) -> None:
        """Nothing is held open."""


class FixedChangeFinder:
    """`ports.ChangeFinder` that always gives the same changes, fails, or ``hangs``."""

    def __init__(self, said: DraftChanges | ModelFailure, *, hangs: bool = False) -> None:
        self.said = said
        self.hangs = hangs
        self.tasks: list[ComparisonTask] = []

    async def changes(self, task: ComparisonTask) -> tuple[DraftChanges, Usage]:
        self.tasks.append(task)
        if self.hangs:
            await asyncio.Event().wait()
        if isinstance(self.said, ModelFailure):
            raise self.said
        return self.said, Usage(700, 70)


class FixedReader:
    """`ports.Reader` of pasted text and of the given ``texts``, by source name; it raises the
    errors among them, and `Unreadable` for unknown names."""

    def __init__(self, **texts: str | SourceError) -> None:
        self.texts = texts
        self.read_names: list[str] = []

    async def read(self, source: Source, label: str) -> Document:
        self.read_names.append(source.name)
        found = source.text if isinstance(source, PastedText) else self.texts.get(source.name)
        if isinstance(found, SourceError):
            raise found
        if found is None:
            raise Unreadable("There is no article in it.", source=source.name, verdict="empty")
        document = numbered(label, found, language="en")
        return replace(document, pasted_for=getattr(source, "pasted_for", None))


class SlowReader:
    """`ports.Reader` of pasted text that reads later sources faster. ``most_at_once`` is the
    highest number of concurrent reads; it crashes at the text ``breaks_at``."""

    def __init__(self, breaks_at: str | None = None) -> None:
        self.breaks_at = breaks_at
        self.most_at_once = 0
        self._waiting = 0

    async def read(self, source: Source, label: str) -> Document:
        assert isinstance(source, PastedText)
        self._waiting += 1
        self.most_at_once = max(self.most_at_once, self._waiting)
        for _ in range(100 - ord(label[0])):
            await asyncio.sleep(0)
        self._waiting -= 1
        if source.text == self.breaks_at:
            raise RuntimeError("secret")
        return numbered(label, source.text, language="en")


class Transcript:
    """`ports.ThreadReply` that records its calls, and `ports.Replies` that returns itself."""

    def __init__(self) -> None:
        self.stages: list[str] = []
        self.lines: list[Line] = []
        self.outcomes: list[Outcome] = []
        self.offers: list[str] = []
        self.asides: list[str] = []
        self.shown_again: list[Outcome] = []
        self.ended_streams = 0
        self.taken_back = 0
        self.corrections: list[tuple[Outcome | None, str]] = []
        self.said_below: list[tuple[str, str]] = []

    def to(self, mention: Mention) -> ThreadReply:
        return self

    async def progress(self, stage: str) -> None:
        self.stages.append(stage)

    async def waiting(self, ahead: int) -> None:
        self.stages.append(f"{ahead} ahead")

    async def offer_stop(self, stage: str) -> None:
        self.offers.append(stage)

    async def begins(self, documents: tuple[Document, ...], language: str | None) -> None:
        return None

    async def line(self, line: Line, place: Place) -> None:
        self.lines.append(line)

    async def rest(self) -> None:
        return None

    async def done(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    async def again(self, outcome: Outcome, edit: str = "") -> None:
        self.shown_again.append(outcome)

    async def aside(self, text: str) -> None:
        self.asides.append(text)

    async def corrected(self, outcome: Outcome | None, told: str) -> None:
        self.corrections.append((outcome, told))

    async def below(self, text: str, about: str) -> None:
        self.said_below.append((text, about))

    async def end_stream(self) -> None:
        self.ended_streams += 1

    async def take_back(self) -> None:
        self.taken_back += 1


class FixedConversations:
    """`ports.Conversations` with the given messages."""

    def __init__(
        self, above: tuple[Source, ...] = (), linked: tuple[Source, ...] | SourceError = ()
    ) -> None:
        self._above = above
        self._linked = linked

    async def above(self, mention: Mention) -> tuple[Source, ...]:
        return self._above

    async def linked(self, message: LinkedMessage, mention: Mention) -> tuple[Source, ...]:
        if isinstance(self._linked, SourceError):
            raise self._linked
        return self._linked


@dataclass
class MemoryChannels:
    """`ports.Channels` in memory."""

    settings: dict[tuple[str, str], ChannelSettings] = field(default_factory=dict)

    async def of(self, team: str, channel: str) -> ChannelSettings:
        return self.settings.get((team, channel), ChannelSettings())

    async def keep(self, team: str, channel: str, person: str, settings: ChannelSettings) -> None:
        self.settings[team, channel] = settings


@dataclass
class MemoryHome:
    """The parts of a `HomeMemory`, in memory; the search finds ``kept`` by title."""

    kept: list[Found] = field(default_factory=list)
    liked: dict[tuple[str, str], Wishes] = field(default_factory=dict)
    asked: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    thumbs: dict[tuple[str, str], bool] = field(default_factory=dict)
    channels: MemoryChannels = field(default_factory=MemoryChannels)
    rules: AccessRules = field(default_factory=AccessRules)
    has_model: bool = True
    digests: MemoryDigests = field(default_factory=lambda: MemoryDigests(MemoryArchive()))
    reminders: MemoryReminders = field(default_factory=MemoryReminders)

    @property
    def memory(self) -> HomeMemory:
        feedback = MemoryFeedback(self.thumbs)
        return HomeMemory(
            self, self, feedback, self.channels, self.rules,
            self.has_model, self.digests, self.reminders,
        )  # fmt: skip

    async def found(
        self, team: str, person: str, channels: Iterable[str], words: str, limit: int
    ) -> tuple[Found, ...]:
        self.asked.append((words, frozenset(channels)))
        return tuple(each for each in self.kept if words.lower() in each.title.lower())[:limit]

    async def of(self, team: str, person: str) -> Wishes:
        return self.liked.get((team, person), Wishes())

    async def keep(self, team: str, person: str, wishes: Wishes) -> None:
        self.liked[team, person] = wishes


@dataclass
class MemoryFeedback:
    """`ports.Feedback` in memory, by key and person."""

    thumbs: dict[tuple[str, str], bool]

    async def give(self, mention: Mention, person: str, *, is_good: bool) -> bool:
        is_new = self.thumbs.get((mention.key, person)) is not is_good
        self.thumbs[mention.key, person] = is_good
        return is_new

    async def of(self, key: str) -> dict[str, bool]:
        return {person: given for (about, person), given in self.thumbs.items() if about == key}


class MemoryInbox:
    """`ports.Inbox` in memory; its first ``refusals`` calls fail."""

    def __init__(self) -> None:
        self.arrivals: dict[str, InboxEvent] = {}
        self.refusals = 0

    async def keep(self, arrivals: Sequence[InboxEvent]) -> frozenset[str]:
        if self.refusals:
            self.refusals -= 1
            raise ReadoutError("There is no room.")
        new = {each.id: each for each in arrivals if each.id not in self.arrivals}
        self.arrivals |= new
        return frozenset(new)

    async def forget(self, understood: Collection[str]) -> None:
        for id_ in understood:
            self.arrivals.pop(id_, None)

    async def left(self, seconds: float) -> tuple[InboxEvent, ...]:
        return () if seconds else tuple(self.arrivals.values())

    async def renew(self, waiting: Collection[str]) -> None:
        """Do nothing: events are only left at the start."""
