"""From feeds to a digest: what is new to a reader, each story briefed from all who report it.

A digest contains only what was read, and says what was left out: entries and stories beyond a
limit, articles that could not be read, feeds that are down.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.digest import (
    DatedCommitment,
    Digest,
    DigestHistory,
    DigestWishes,
    Entry,
    FailedFeed,
    Story,
)
from bot.briefing.documents import Document, label
from bot.briefing.lines import EXTRACTIVE, Briefing, Receipt
from bot.briefing.requests import WebPage, Wishes
from bot.briefing.stories import (
    MOST_LINES,
    Article,
    StoryCandidate,
    dated_commitments_in,
    new_entries,
    rank_entries,
    stories_in,
    story_of,
    update_history,
)
from bot.briefing.tasks import Usage
from bot.briefing.wording import short_name
from bot.service.briefing_service import BriefingService, Reading, read_sources
from bot.service.errors import SourceError
from bot.service.ports import Feed, Feeds, Reply

MOST_READ = 40
"""Articles read for one digest."""
_MOST_OF_A_STORY = 6
_AT_ONCE = 6


@dataclass(frozen=True)
class DigestResult:
    """A ``digest``, all that its reader has been ``told`` once it is shown, the ``feeds`` that were
    read, by address, and why the others failed."""

    digest: Digest
    told: DigestHistory
    feeds: Mapping[str, Feed]
    failures: tuple[SourceError, ...] = ()


@dataclass(frozen=True)
class _Draft:
    candidate: StoryCandidate
    briefing: Briefing
    story: Story | None


@dataclass(frozen=True)
class DigestService:
    """Makes digests. ``brief``, if given, briefs a story instead of the briefing service. Other
    digests may share its briefings, so the labels of documents begin at A in each story; without
    it, they run through the digest."""

    feeds: Feeds
    briefing_service: BriefingService
    brief: Callable[[Reading, Wishes], Awaitable[Briefing]] | None = None

    async def digest(
        self,
        wishes: DigestWishes,
        told: DigestHistory,
        kept: Mapping[str, Feed],
        at: datetime,
        reply: Reply,
    ) -> DigestResult:
        """A digest of what is new ``at`` a time (with its zone) for a reader who has been ``told``
        earlier ones. ``kept`` has the feeds as last read, by address; ``reply`` gets the progress.
        """
        now = at.timestamp()
        await reply.progress("asking for what is new")
        results = await self._ask(wishes.feeds, kept, now)
        feeds = {url: each for url, each in results.items() if isinstance(each, Feed)}
        failures = {url: each for url, each in results.items() if isinstance(each, SourceError)}
        listed = {url: feed.entries for url, feed in feeds.items()}
        wanted = new_entries(listed, told, now)
        chosen = rank_entries(wanted, wishes.focus, MOST_READ)
        await reply.progress("reading what is new")
        articles = await self._read(chosen)
        found = await asyncio.to_thread(stories_in, articles, told, wishes.focus, now)
        drafts, rest = await self._drafts(found, wishes, reply)
        stories = tuple(draft.story for draft in drafts if draft.story is not None)
        today = at.date().isoformat()
        due = _due(drafts, told, today)
        documents = sum(len(story.documents) for story in stories)
        words = catalogue(wishes.language)
        digest = Digest(
            at.isoformat(),
            stories,
            self._receipt(drafts),
            tuple(
                each.relabelled(label(documents + n))
                for n, each in enumerate(d for d in due if d.line.deadline_date == today)
            ),
            tuple(_down(url, error, words) for url, error in failures.items()),
            (
                *_nothing(stories, words, is_all=not failures),
                *_left_out(feeds.values(), words),
                *_counted(words, "not_looked_at", len(wanted) - len(chosen)),
                *_counted(words, "unread", len(chosen) - len(articles)),
                *_counted(words, "more", rest),
            ),
            wishes.language,
        )
        shown = [(draft.candidate, draft.story) for draft in drafts]
        known = update_history(told, listed, articles, shown, now)
        down = {url: told.down.get(url, told.at or now) for url in failures}
        told = replace(known, due=due, down=down)
        return DigestResult(digest, told, feeds, tuple(failures.values()))

    async def _ask(
        self, urls: Sequence[str], kept: Mapping[str, Feed], now: float
    ) -> dict[str, Feed | SourceError]:
        limit = asyncio.Semaphore(_AT_ONCE)

        async def asked(url: str) -> Feed | SourceError:
            async with limit:
                try:
                    return await self.feeds.read(url, kept.get(url), now)
                except SourceError as error:
                    return error

        once = list(dict.fromkeys(urls))
        return dict(zip(once, await asyncio.gather(*map(asked, once)), strict=True))

    async def _read(self, entries: Sequence[Entry]) -> list[Article]:
        """The articles of ``entries`` that could be read."""
        pages = [WebPage(entry.url, public_only=entry.public_only) for entry in entries]
        results = await read_sources(self.briefing_service.reader, pages)
        return [
            Article(entry, document)
            for entry, document in zip(entries, results, strict=True)
            if isinstance(document, Document)
        ]

    async def _drafts(
        self, found: Sequence[StoryCandidate], wishes: DigestWishes, reply: Reply
    ) -> tuple[list[_Draft], int]:
        """Drafts of the first of ``found``, including those with nothing new, until enough stories
        are shown; and how many candidates are left."""
        drafts: list[_Draft] = []
        shown = documents = 0
        for place, candidate in enumerate(found):
            if shown == wishes.stories:
                return drafts, len(found) - place
            briefing = await self._brief(candidate, wishes, documents, reply)
            story = story_of(candidate, briefing)
            drafts.append(_Draft(candidate, briefing, story))
            if story is not None:
                shown += 1
                documents += len(briefing.documents)
        return drafts, 0

    async def _brief(
        self, candidate: StoryCandidate, wishes: DigestWishes, after: int, reply: Reply
    ) -> Briefing:
        read = candidate.documents(_MOST_OF_A_STORY)
        first = 0 if self.brief else after
        documents = tuple(replace(each, label=label(first + n)) for n, each in enumerate(read))
        wished = Wishes(language=wishes.language, length="short", points=MOST_LINES)
        if self.brief is not None:
            return await self.brief(Reading(documents), wished)
        return await self.briefing_service.brief(Reading(documents), wished, reply)

    def _receipt(self, drafts: Sequence[_Draft]) -> Receipt:
        """The receipts of all drafts added up, for the lines that are shown."""
        service = self.briefing_service
        receipts = [draft.briefing.receipt for draft in drafts]
        used = reduce(Usage.plus, map(_usage, receipts), Usage(0, 0))
        first = next(iter(receipts), Receipt(service.writer.engine, service.version))
        first = next((each for each in receipts if each.engine != EXTRACTIVE), first)
        total = replace(
            first,
            words_read=sum(each.words_read for each in receipts),
            words_shown=0,
            tokens_in=used.tokens_in,
            tokens_out=used.tokens_out,
            tokens_estimated=used.estimated,
            cost_usd=used.cost_usd,
            seconds=round(sum(each.seconds for each in receipts), 3),
        )
        shown = [draft.story for draft in drafts if draft.story is not None]
        lines = [line for story in shown for line in (story.headline, *story.lines)]
        withheld = [line for draft in drafts for line in draft.briefing.withheld]
        return total.with_counts(lines, withheld)


def _usage(receipt: Receipt) -> Usage:
    return Usage(
        receipt.tokens_in,
        receipt.tokens_out,
        estimated=receipt.tokens_estimated,
        cost_usd=receipt.cost_usd,
    )


def _due(drafts: Sequence[_Draft], told: DigestHistory, today: str) -> tuple[DatedCommitment, ...]:
    """The commitments due today or later: first those from earlier digests, then today's."""
    fresh = (
        each
        for draft in drafts
        if draft.story is not None
        for each in dated_commitments_in(draft.briefing)
    )
    by_words = {(each.line.text, each.line.deadline_date): each for each in (*told.due, *fresh)}
    return tuple(e for e in by_words.values() if (e.line.deadline_date or "") >= today)


def _down(url: str, error: SourceError, words: Catalogue) -> FailedFeed:
    """In English with the reason; in other languages only that the feed could not be read."""
    return FailedFeed(url, words.digest["no_feed"] if words.unread else error.message)


def _nothing(stories: Sequence[Story], words: Catalogue, *, is_all: bool) -> Iterable[str]:
    if not stories:
        yield words.digest["nothing" if is_all else "nothing_of_others"]


def _left_out(feeds: Iterable[Feed], words: Catalogue) -> Iterable[str]:
    for feed in feeds:
        if feed.left_out:
            read = len(feed.entries)
            yield words.digest["long_feed"].format(
                read=words.number(read),
                count=words.number(read + feed.left_out),
                source=short_name(feed.url),
            )


def _counted(words: Catalogue, name: str, count: int) -> Iterable[str]:
    if count:
        yield words.pluralise(words.digest[name], count, most=words.number(MOST_READ))
