"""What a digest consists of, the entries of feeds, and what earlier digests had."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.briefing.documents import Document
from bot.briefing.lines import Commitment, Difference, Line, Receipt
from bot.briefing.same_story import StoryProfile
from bot.briefing.text import folded_words


def text_fingerprint(text: str) -> str:
    """A hash of ``text`` that is equal for texts with the same words."""
    plain = " ".join(folded_words(text))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def without_text(document: Document) -> Document:
    """``document`` with its metadata only."""
    return replace(document, text="", sentences=(), paragraphs=(), quotations=(), pages=())


@dataclass(frozen=True)
class Entry:
    """An article listed in a feed: ``key`` is the same wherever the article is found,
    ``published`` is in seconds since 1970 (None: the feed doesn't say, or the date is impossible).
    ``public_only``: it is on another host than the feed, so it is read only from the public web.
    """

    url: str
    key: str
    title: str
    summary: str = ""
    published: float | None = None
    public_only: bool = True

    @property
    def fingerprint(self) -> str:
        """A fingerprint that changes if the feed changes the entry's title or summary."""
        return text_fingerprint(f"{self.title}\n{self.summary}")


@dataclass(frozen=True)
class PastEntry:
    """An entry that was in a digest, or seen without a date. ``at`` is when it was last in a feed;
    ``waits_since`` is when it was first seen, if it hasn't been in a digest yet."""

    words: str  # its fingerprint; stored under this name
    at: float
    waits_since: float | None = None


@dataclass(frozen=True)
class PastStory:
    """A story that was in a digest, last ``at`` (seconds since 1970), with these ``lines``."""

    id: str
    headline: str
    mark: StoryProfile  # stored under this name
    lines: frozenset[str]
    at: float
    is_muted: bool = False


@dataclass(frozen=True)
class DatedCommitment:
    """A commitment with a certain date, and the document that says so."""

    line: Commitment
    document: Document

    def relabelled(self, label: str) -> "DatedCommitment":
        """The same commitment, with ``label`` for its document."""
        passages = tuple(each.relabelled(label) for each in self.line.evidence)
        line = replace(self.line, evidence=passages, support=None)
        return DatedCommitment(line, replace(self.document, label=label))


@dataclass(frozen=True)
class DigestHistory:
    """What the digests of one reader had: entries by their keys, the fingerprints of the ``texts``
    of articles with the time of each, stories, and what is ``due`` some day. ``at`` is when the
    last digest was made, None before the first; ``down`` has, for each feed that couldn't be read
    then, when the last digest that could read it was made. Times are in seconds since 1970."""

    at: float | None = None
    entries: Mapping[str, PastEntry] = field(default_factory=dict)
    texts: Mapping[str, float] = field(default_factory=dict)
    stories: tuple[PastStory, ...] = ()
    due: tuple[DatedCommitment, ...] = ()
    down: Mapping[str, float] = field(default_factory=dict)

    def mute(self, story: str) -> "DigestHistory":
        """The same history with ``story`` (an id) muted."""
        stories = (replace(s, is_muted=s.is_muted or s.id == story) for s in self.stories)
        return replace(self, stories=tuple(stories))

    def without_forgotten(self, before: "DigestHistory", now: "DigestHistory") -> "DigestHistory":
        """The same history without what was due ``before`` and is no longer due ``now``."""
        forgotten = [each for each in before.due if each not in now.due]
        return replace(self, due=tuple(each for each in self.due if each not in forgotten))


Status = Literal["new", "changed"]


@dataclass(frozen=True)
class Story:
    """A story in a digest: ``documents`` are what it rests on, ``words_read`` how many words of
    each the writer was shown, ``outlets`` who reports it."""

    id: str
    headline: Line
    lines: tuple[Line, ...]
    status: Status
    documents: tuple[Document, ...]
    words_read: tuple[int, ...]
    outlets: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()

    def statements(self) -> Iterator[Line]:
        """Every line, in the order in which it is read."""
        yield from (self.headline, *self.lines)
        yield from (side for each in self.differences for side in each.sides)


@dataclass(frozen=True)
class FailedFeed:
    """A feed that could not be read, and why."""

    source: str
    message: str


@dataclass(frozen=True)
class Digest:
    """What is new ``at`` a time (ISO 8601), the top stories first. ``due`` are the commitments for
    that day, ``notes`` those about the whole digest."""

    at: str
    stories: tuple[Story, ...]
    receipt: Receipt
    due: tuple[DatedCommitment, ...] = ()
    down: tuple[FailedFeed, ...] = ()
    notes: tuple[str, ...] = ()
    language: str | None = None
    corrected: str | None = None
    """The ISO date of the latest correction that was posted in its thread."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """What its stories rest on, then the documents of what is due."""
        of_stories = (document for story in self.stories for document in story.documents)
        return (*of_stories, *(each.document for each in self.due))

    @property
    def without_texts(self) -> "Digest":
        """The same digest without the text of its sources, except for the passages."""
        stories = (
            replace(story, documents=tuple(map(without_text, story.documents)))
            for story in self.stories
        )
        due = (DatedCommitment(each.line, without_text(each.document)) for each in self.due)
        return replace(self, stories=tuple(stories), due=tuple(due))

    @property
    def all_notes(self) -> tuple[str, ...]:
        """The notes on its stories and on the whole digest, each once."""
        return tuple(dict.fromkeys((*(n for s in self.stories for n in s.notes), *self.notes)))


MOST_FEEDS, MOST_STORIES = 30, 10


@dataclass(frozen=True)
class DigestWishes:
    """What a digest should have: the addresses of its ``feeds``, and at most how many ``stories``.
    A story with fewer than half of the words in ``focus`` is left out."""

    feeds: tuple[str, ...]
    focus: str | None = None
    language: str | None = None
    stories: int = 3


@dataclass(frozen=True)
class DigestPlan:
    """A scheduled digest: on these ``days`` of the week (0 is Monday) at this ``time`` ("08:00") in
    a ``zone`` of the tz database."""

    wishes: DigestWishes
    days: tuple[int, ...]
    time: str
    zone: str = "UTC"
