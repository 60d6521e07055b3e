"""Which stories do the entries of feeds tell, which of these are new, and what is told of them?

Pure: what was told before and what time it is are given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import zip_longest
from operator import itemgetter, or_
from urllib.parse import urlsplit

from bot.briefing.comparison import Families
from bot.briefing.digest import (
    Entry,
    Story,
    Told,
    ToldEntry,
    ToldStory,
    Undertaking,
    fingerprint,
)
from bot.briefing.documents import Document, label
from bot.briefing.lines import Briefing, Line
from bot.briefing.same_story import StoryMark, mark_of
from bot.briefing.terms import content


@dataclass(frozen=True)
class Article:
    """What was read at an entry's address."""

    entry: Entry
    document: Document

    @property
    def outlet(self) -> str:
        """Who carries it."""
        return self.document.outlet or urlsplit(self.entry.url).hostname or self.entry.url

    @property
    def text(self) -> str:
        """Equal for articles of the same words."""
        return fingerprint(self.document.text)

    @cached_property
    def mark(self) -> StoryMark:
        """What its story is known by."""
        return mark_of(self.document)


def grouped(articles: Sequence[Article]) -> list[tuple[Article, ...]]:
    """``articles`` by story, in the order of the first of each: one joins where it tells the same
    as half of those that are there."""
    marks = [article.mark for article in articles]
    groups: list[list[int]] = []
    for place, mark in enumerate(marks):
        likeness = [sum(mark.is_like(marks[n]) for n in each) for each in groups]
        best = max(range(len(groups)), key=likeness.__getitem__, default=None)
        if best is not None and 2 * likeness[best] >= len(groups[best]):
            groups[best].append(place)
        else:
            groups.append([place])
    return [tuple(articles[place] for place in each) for each in groups]


# What was told before?

_DAY = 86_400.0
_LONGEST_BACK = 8 * _DAY
_LONGEST_KNOWN = 60 * _DAY
_FIRST_UNDATED = 10
"""Of a feed without dates so many entries are taken for new when it is first read."""


def candidates(feeds: Mapping[str, Sequence[Entry]], told: Told, at: float) -> list[Entry]:
    """The entries that may be new ``at`` that time, each once, the ``feeds`` by turns: those since
    the last digest that could read the feed and of the day before it, those without a date first
    seen since, and those that were told and of which the feed says something else by now."""
    found: dict[str, Entry] = {}
    lists = [_fresh(url, entries, told, at) for url, entries in feeds.items()]
    for entry in (each for row in zip_longest(*lists) for each in row if each is not None):
        found.setdefault(entry.key, entry)
    return list(found.values())


def _fresh(url: str, entries: Sequence[Entry], told: Told, at: float) -> list[Entry]:
    """Of one feed the entries that may be new."""
    last = told.down.get(url, told.at) or at
    since = at - min(_LONGEST_BACK, max(2 * _DAY, at - last + _DAY))
    unsaid = [entry for entry in entries if _is_unsaid(entry, told)]
    found = []
    for entry in _first(unsaid, at) if told.at is None else unsaid:
        known = told.entries.get(entry.key)
        day = _published(entry, at) or (known.waits_since if known else None)
        if day is None or day >= since:
            found.append(entry)
    return found


def _is_unsaid(entry: Entry, told: Told) -> bool:
    """Whether the feed has never said it before."""
    known = told.entries.get(entry.key)
    return known is None or known.words != entry.words or known.waits_since is not None


def _first(entries: Sequence[Entry], at: float) -> list[Entry]:
    """The entries with a date, and the first of those without."""
    undated = [entry for entry in entries if _published(entry, at) is None]
    old = undated[_FIRST_UNDATED:]
    return [entry for entry in entries if entry not in old]


def _published(entry: Entry, at: float) -> float | None:
    """When it was published; a day that is still to come says nothing."""
    return None if entry.published is None or entry.published > at + _DAY else entry.published


def ranked(entries: Sequence[Entry], focus: str | None, most: int) -> list[Entry]:
    """At most so many of ``entries``, those first whose title and summary have most of the words of
    ``focus``."""
    wanted = content(focus or "", None)
    hits = {e.key: len(wanted & content(f"{e.title} {e.summary}", None)) for e in entries}
    return sorted(entries, key=lambda entry: -hits[entry.key])[:most]


# Which stories are told, and in which order?


@dataclass(frozen=True)
class Candidate:
    """A story that may be told: the articles that nobody was told of, and what was told ``before``
    of it."""

    articles: tuple[Article, ...]
    before: ToldStory | None

    @property
    def mark(self) -> StoryMark:
        """What it is known by."""
        return reduce(or_, (article.mark for article in self.articles))

    @property
    def is_muted(self) -> bool:
        """Whether nobody wants to hear more of it."""
        return self.before is not None and self.before.is_muted

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who carries it, each once."""
        return tuple(dict.fromkeys(article.outlet for article in self.articles))

    def documents(self, most: int) -> list[Document]:
        """At most so many of its articles, equal ones once."""
        return list({article.text: article.document for article in self.articles}.values())[:most]


def stories_in(
    articles: Sequence[Article], told: Told, focus: str | None, at: float
) -> list[Candidate]:
    """The stories of ``articles`` that are not told yet, not muted and about ``focus``, the
    weightiest first: what the reader asked for, what most outlets carry, what is newest."""
    unread = [article for article in articles if article.text not in told.texts]
    found = [_candidate(group, told) for group in grouped(unread)]
    wanted = content(focus or "", None)
    weighed = [(_weight(each, wanted, at), each) for each in found if not each.is_muted]
    weighed.sort(key=itemgetter(0), reverse=True)
    return [each for weight, each in weighed if 2 * weight[0] >= len(wanted)]


def _candidate(group: tuple[Article, ...], told: Told) -> Candidate:
    mark = Candidate(group, None).mark
    earlier = (each for each in told.stories if mark.is_like(each.mark))
    return Candidate(group, max(earlier, key=lambda each: each.at, default=None))


def _weight(story: Candidate, wanted: frozenset[str], at: float) -> tuple[int, int, int, float]:
    said = content(
        " ".join(f"{a.entry.title} {a.document.title} {a.document.text}" for a in story.articles),
        None,
    )
    days = [day for a in story.articles if (day := _published(a.entry, at)) is not None]
    apart = (replace(a.document, label=label(n)) for n, a in enumerate(story.articles))
    witnesses = len(Families(apart))
    return len(wanted & said), witnesses, len(story.articles), max(days, default=0.0)


# What is told of a story, and what is remembered of it?

LINES = 3


def told_in(candidate: Candidate, briefing: Briefing) -> Story | None:
    """The story as ``briefing`` of its articles tells it, in at most three lines that nobody was
    told of; None where there is nothing else in it."""
    known = candidate.before.lines if candidate.before else frozenset()
    fresh: dict[str, Line] = {}
    for line in briefing.lines():
        if (name := fingerprint(line.text)) not in known:
            fresh.setdefault(name, line)
    if not fresh:
        return None
    headline = briefing.headline or next(iter(fresh.values()))
    rest = [line for line in fresh.values() if line is not headline]
    return Story(
        candidate.before.id if candidate.before else candidate.articles[0].text,
        headline,
        tuple(rest[:LINES]),
        "changed" if candidate.before else "new",
        briefing.documents,
        briefing.words_read,
        candidate.outlets,
        briefing.differences,
        briefing.notes,
    )


def undertakings_in(briefing: Briefing) -> Iterator[Undertaking]:
    """What is undertaken in one document by a day that is certain."""
    documents = {document.label: document for document in briefing.documents}
    for line in briefing.commitments:
        labels = {passage.document for passage in line.evidence}
        if line.deadline_date is not None and len(labels) == 1:
            yield Undertaking(line, documents[labels.pop()])


def remembered(
    told: Told,
    feeds: Mapping[str, Sequence[Entry]],
    read: Iterable[Article],
    stories: Sequence[tuple[Candidate, Story | None]],
    at: float,
) -> Told:
    """What is told once ``stories`` are. Of the articles that were ``read`` those are known as well
    whose words were told before. Entries without a date are known from the day on which they were
    seen first, as nothing else says how old they are; the candidates among them wait for their
    turn. What stood in no feed for two months is forgotten."""
    waiting = {entry.key for entry in candidates(feeds, told, at)}
    entries = {key: each for key, each in told.entries.items() if each.at > at - _LONGEST_KNOWN}
    texts = {text: day for text, day in told.texts.items() if day > at - _LONGEST_KNOWN}
    for entry in (entry for each in feeds.values() for entry in each):
        if entry.key in entries:
            entries[entry.key] = replace(entries[entry.key], at=at)
        elif _published(entry, at) is None:
            entries[entry.key] = ToldEntry(entry.words, at, at if entry.key in waiting else None)
    known = [candidate for candidate, story in stories if story or candidate.before]
    texts |= {article.text: at for candidate in known for article in candidate.articles}
    for article in (each for each in read if each.text in texts):
        entries[article.entry.key] = ToldEntry(article.entry.words, at)
    by_id = {each.id: each for each in told.stories if each.at > at - _LONGEST_KNOWN}
    for candidate, story in stories:
        if story is not None:
            by_id[story.id] = _remembered_story(by_id.get(story.id), candidate, story, at)
    return Told(at, entries, texts, tuple(by_id.values()), told.due)


def _remembered_story(
    before: ToldStory | None, candidate: Candidate, story: Story, at: float
) -> ToldStory:
    lines = frozenset(fingerprint(line.text) for line in (story.headline, *story.lines))
    if before is None:
        return ToldStory(story.id, story.headline.text, candidate.mark, lines, at)
    return replace(before, mark=candidate.mark, lines=before.lines | lines, at=at)
