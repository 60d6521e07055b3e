"""The stories in the entries of feeds: which are new, and what a digest says about them.

Earlier digests and the time are passed in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import zip_longest
from operator import itemgetter, or_
from urllib.parse import urlsplit

from bot.briefing.comparison import first_copies, notes_on_unused_sources
from bot.briefing.digest import (
    DatedCommitment,
    DigestHistory,
    Entry,
    PastEntry,
    PastStory,
    Story,
    text_fingerprint,
)
from bot.briefing.documents import Document, label
from bot.briefing.lines import Briefing, Line
from bot.briefing.same_story import StoryProfile, profile_of
from bot.briefing.terms import content_stems


@dataclass(frozen=True)
class Article:
    """An entry of a feed, and what was read at its address."""

    entry: Entry
    document: Document

    @property
    def outlet(self) -> str:
        """Who published it."""
        return self.document.outlet or urlsplit(self.entry.url).hostname or self.entry.url

    @property
    def fingerprint(self) -> str:
        """A hash that is equal for articles with the same words."""
        return text_fingerprint(self.document.text)

    @cached_property
    def profile(self) -> StoryProfile:
        """The profile of its story."""
        return profile_of(self.document)


def group_by_story(articles: Sequence[Article]) -> list[tuple[Article, ...]]:
    """``articles`` by story, in the order of the first of each. An article joins a story if it is
    similar to at least half of the articles already in it."""
    profiles = [article.profile for article in articles]
    groups: list[list[int]] = []
    for place, profile in enumerate(profiles):
        similar = [sum(profile.is_same_story(profiles[n]) for n in each) for each in groups]
        best = max(range(len(groups)), key=similar.__getitem__, default=None)
        if best is not None and 2 * similar[best] >= len(groups[best]):
            groups[best].append(place)
        else:
            groups.append([place])
    return [tuple(articles[place] for place in each) for each in groups]


# Entries that are new.

_DAY = 86_400.0
_LONGEST_BACK = 8 * _DAY
_LONGEST_KNOWN = 60 * _DAY
_FIRST_UNDATED = 10
"""How many entries of a feed without dates count as new when it is first read."""


def new_entries(
    feeds: Mapping[str, Sequence[Entry]], history: DigestHistory, at: float
) -> list[Entry]:
    """The entries that may be new ``at`` that time, each once, taking the ``feeds`` in turn. These
    are entries since the day before the last digest that could read the feed, entries without a
    date first seen since then, and known entries whose title or summary has changed."""
    found: dict[str, Entry] = {}
    lists = [_fresh(url, entries, history, at) for url, entries in feeds.items()]
    for entry in (each for row in zip_longest(*lists) for each in row if each is not None):
        found.setdefault(entry.key, entry)
    return list(found.values())


def _fresh(url: str, entries: Sequence[Entry], history: DigestHistory, at: float) -> list[Entry]:
    last = history.down.get(url, history.at) or at
    since = at - min(_LONGEST_BACK, max(2 * _DAY, at - last + _DAY))
    pending = [entry for entry in entries if _is_pending(entry, history)]
    found = []
    for entry in _first(pending, at) if history.at is None else pending:
        known = history.entries.get(entry.key)
        day = _published(entry, at) or (known.waits_since if known else None)
        if day is None or day >= since:
            found.append(entry)
    return found


def _is_pending(entry: Entry, history: DigestHistory) -> bool:
    """Whether the entry is new, has changed or is still waiting for its turn."""
    known = history.entries.get(entry.key)
    return known is None or known.words != entry.fingerprint or known.waits_since is not None


def _first(entries: Sequence[Entry], at: float) -> list[Entry]:
    """The entries with a date, and the first few without."""
    undated = [entry for entry in entries if _published(entry, at) is None]
    old = undated[_FIRST_UNDATED:]
    return [entry for entry in entries if entry not in old]


def _published(entry: Entry, at: float) -> float | None:
    """When the entry was published; None if unknown or in the future."""
    return None if entry.published is None or entry.published > at + _DAY else entry.published


def rank_entries(entries: Sequence[Entry], focus: str | None, most: int) -> list[Entry]:
    """At most ``most`` of ``entries``, first those whose title and summary have most words of
    ``focus``."""
    wanted = content_stems(focus or "", None)
    hits = {e.key: len(wanted & content_stems(f"{e.title} {e.summary}", None)) for e in entries}
    return sorted(entries, key=lambda entry: -hits[entry.key])[:most]


# Stories that go into the digest, in their order.


@dataclass(frozen=True)
class StoryCandidate:
    """A story that may go into the digest: its new ``articles``, and the story in earlier digests
    (``before``), if it was in one."""

    articles: tuple[Article, ...]
    before: PastStory | None

    @property
    def profile(self) -> StoryProfile:
        """The profile of the story."""
        return reduce(or_, (article.profile for article in self.articles))

    @property
    def is_muted(self) -> bool:
        """Whether the story was muted."""
        return self.before is not None and self.before.is_muted

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who reports it, each once."""
        return tuple(dict.fromkeys(article.outlet for article in self.articles))

    def documents(self, most: int) -> list[Document]:
        """At most ``most`` of its articles, equal ones once."""
        different = {article.fingerprint: article.document for article in self.articles}
        return list(different.values())[:most]


def stories_in(
    articles: Sequence[Article], history: DigestHistory, focus: str | None, at: float
) -> list[StoryCandidate]:
    """The stories in ``articles`` that are new, not muted and about ``focus``, the top ones first:
    what the reader asked for, what most outlets report, what is newest."""
    unread = [each for each in articles if each.fingerprint not in history.texts]
    found = [_candidate(_newest_first(group, at), history) for group in group_by_story(unread)]
    wanted = content_stems(focus or "", None)
    weighed = [(_weight(each, wanted, at), each) for each in found if not each.is_muted]
    weighed.sort(key=itemgetter(0), reverse=True)
    return [each for weight, each in weighed if 2 * weight[0] >= len(wanted)]


def _newest_first(group: tuple[Article, ...], at: float) -> tuple[Article, ...]:
    """The articles, the latest first; those without a date come last, in their order."""
    days = {article.entry.key: _published(article.entry, at) or 0.0 for article in group}
    return tuple(sorted(group, key=lambda article: -days[article.entry.key]))


def _candidate(group: tuple[Article, ...], history: DigestHistory) -> StoryCandidate:
    profile = StoryCandidate(group, None).profile
    earlier = (each for each in history.stories if profile.is_same_story(each.mark))
    return StoryCandidate(group, max(earlier, key=lambda each: each.at, default=None))


def _weight(
    story: StoryCandidate, wanted: frozenset[str], at: float
) -> tuple[int, int, int, float]:
    texts = (f"{a.entry.title} {a.document.title} {a.document.text}" for a in story.articles)
    said = content_stems(" ".join(texts), None)
    days = [day for a in story.articles if (day := _published(a.entry, at)) is not None]
    documents = (replace(a.document, label=label(n)) for n, a in enumerate(story.articles))
    without_copies = len(set(first_copies(documents).values()))
    return len(wanted & said), without_copies, len(story.articles), max(days, default=0.0)


# What the digest says about a story, and what is remembered of it.

MOST_LINES = 3


def story_of(candidate: StoryCandidate, briefing: Briefing) -> Story | None:
    """The story in ``briefing``, in at most three lines that no earlier digest had; None if all its
    lines are known. A note on unused articles is left out: the story names who reports it."""
    known = candidate.before.lines if candidate.before else frozenset()
    fresh: dict[str, Line] = {}
    for line in briefing.lines():
        if (name := text_fingerprint(line.text)) not in known:
            fresh.setdefault(name, line)
    if not fresh:
        return None
    headline = briefing.headline or next(iter(fresh.values()))
    rest = [line for line in fresh.values() if line is not headline]
    needless = set(notes_on_unused_sources(briefing))
    return Story(
        candidate.before.id if candidate.before else candidate.articles[0].fingerprint,
        headline,
        tuple(rest[:MOST_LINES]),
        "changed" if candidate.before else "new",
        briefing.documents,
        briefing.words_read,
        candidate.outlets,
        briefing.differences,
        tuple(note for note in briefing.notes if note not in needless),
    )


def dated_commitments_in(briefing: Briefing) -> Iterator[DatedCommitment]:
    """Yield the commitments with a certain date that cite only one document."""
    documents = {document.label: document for document in briefing.documents}
    for line in briefing.commitments:
        labels = {passage.document for passage in line.evidence}
        if line.deadline_date is not None and len(labels) == 1:
            yield DatedCommitment(line, documents[labels.pop()])


def update_history(
    history: DigestHistory,
    feeds: Mapping[str, Sequence[Entry]],
    read: Iterable[Article],
    stories: Sequence[tuple[StoryCandidate, Story | None]],
    at: float,
) -> DigestHistory:
    """``history`` after a digest with ``stories``. Articles in ``read`` whose words were in an
    earlier digest count as known too. Entries without a date are kept from the day they were first
    seen, as nothing else says how old they are; the new ones among them wait for their turn. What
    hasn't been in a feed for two months is forgotten."""
    waiting = {entry.key for entry in new_entries(feeds, history, at)}
    entries = {key: each for key, each in history.entries.items() if each.at > at - _LONGEST_KNOWN}
    texts = {text: day for text, day in history.texts.items() if day > at - _LONGEST_KNOWN}
    for entry in (entry for each in feeds.values() for entry in each):
        if entry.key in entries:
            entries[entry.key] = replace(entries[entry.key], at=at)
        elif _published(entry, at) is None:
            waits_since = at if entry.key in waiting else None
            entries[entry.key] = PastEntry(entry.fingerprint, at, waits_since)
    known = [candidate for candidate, story in stories if story or candidate.before]
    texts |= {article.fingerprint: at for candidate in known for article in candidate.articles}
    for article in (each for each in read if each.fingerprint in texts):
        entries[article.entry.key] = PastEntry(article.entry.fingerprint, at)
    by_id = {each.id: each for each in history.stories if each.at > at - _LONGEST_KNOWN}
    for candidate, story in stories:
        if story is not None:
            by_id[story.id] = _remembered_story(by_id.get(story.id), candidate, story, at)
    return DigestHistory(at, entries, texts, tuple(by_id.values()), history.due)


def _remembered_story(
    before: PastStory | None, candidate: StoryCandidate, story: Story, at: float
) -> PastStory:
    lines = frozenset(text_fingerprint(line.text) for line in (story.headline, *story.lines))
    if before is None:
        return PastStory(story.id, story.headline.text, candidate.profile, lines, at)
    return replace(before, mark=candidate.profile, lines=before.lines | lines, at=at)
