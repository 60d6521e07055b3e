"""What does a digest consist of, what do feeds say of articles, and what was told before?"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.briefing.documents import Document
from bot.briefing.lines import Commitment, Difference, Line, Receipt
from bot.briefing.same_story import StoryMark
from bot.briefing.text import folded


def fingerprint(text: str) -> str:
    """Equal for texts of the same words."""
    plain = " ".join(folded(text))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def without_text(document: Document) -> Document:
    """What is known about ``document``."""
    return replace(document, text="", sentences=(), paragraphs=(), quotations=(), pages=())


@dataclass(frozen=True)
class Entry:
    """An article that a feed names: ``key`` is the same wherever the article is found,
    ``published`` is in seconds since 1970 (None: the feed doesn't say, or says what can't be).
    ``public_only``: it lies elsewhere than the feed, so that it is only read from the public web.
    """

    url: str
    key: str
    title: str
    summary: str = ""
    published: float | None = None
    public_only: bool = True

    @property
    def words(self) -> str:
        """What tells whether the feed says something else of it by now."""
        return fingerprint(f"{self.title}\n{self.summary}")


@dataclass(frozen=True)
class ToldEntry:
    """An entry that was told, or seen without a date; ``at`` is when it last stood in a feed, and
    ``waits_since`` when it was seen first, where it was not told yet."""

    words: str
    at: float
    waits_since: float | None = None


@dataclass(frozen=True)
class ToldStory:
    """A story that was told, last ``at`` (seconds since 1970), with these ``lines``."""

    id: str
    headline: str
    mark: StoryMark
    lines: frozenset[str]
    at: float
    is_muted: bool = False


@dataclass(frozen=True)
class Undertaking:
    """What somebody undertook to do by a certain day, and the document that says so."""

    line: Commitment
    document: Document

    def under(self, label: str) -> "Undertaking":
        """The same with the document under that label."""
        passages = tuple(each.under(label) for each in self.line.evidence)
        line = replace(self.line, evidence=passages, support=None)
        return Undertaking(line, replace(self.document, label=label))


@dataclass(frozen=True)
class Told:
    """What the digests of one reader have told: entries by their keys, the ``texts`` of articles
    and when each was told, stories, and what is ``due`` some day. ``at`` is when the last digest
    was made, None before the first; of feeds that were ``down`` then, when the last one that could
    read them was."""

    at: float | None = None
    entries: Mapping[str, ToldEntry] = field(default_factory=dict)
    texts: Mapping[str, float] = field(default_factory=dict)
    stories: tuple[ToldStory, ...] = ()
    due: tuple[Undertaking, ...] = ()
    down: Mapping[str, float] = field(default_factory=dict)

    def muting(self, story: str) -> "Told":
        """The same without more of ``story``, by its id."""
        stories = (replace(s, is_muted=s.is_muted or s.id == story) for s in self.stories)
        return replace(self, stories=tuple(stories))


Status = Literal["new", "changed"]


@dataclass(frozen=True)
class Story:
    """A story as it is told: ``documents`` are what it rests on, ``words_read`` how many words of
    each the writer was shown, ``outlets`` who carries it."""

    id: str
    headline: Line
    lines: tuple[Line, ...]
    status: Status
    documents: tuple[Document, ...]
    words_read: tuple[int, ...]
    outlets: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Down:
    """A source that could not be asked, and why."""

    source: str
    message: str


@dataclass(frozen=True)
class Digest:
    """What is new ``at`` a time (ISO 8601), the weightiest first; ``due`` is what somebody
    undertook to do that day, ``notes`` are those that are about all of it."""

    at: str
    stories: tuple[Story, ...]
    receipt: Receipt
    due: tuple[Undertaking, ...] = ()
    down: tuple[Down, ...] = ()
    notes: tuple[str, ...] = ()
    language: str | None = None

    @property
    def without_texts(self) -> "Digest":
        """The same with no more of its sources than the passages."""
        stories = (
            replace(story, documents=tuple(map(without_text, story.documents)))
            for story in self.stories
        )
        due = (Undertaking(each.line, without_text(each.document)) for each in self.due)
        return replace(self, stories=tuple(stories), due=tuple(due))

    @property
    def remarks(self) -> tuple[str, ...]:
        """The notes on its stories and those on all of it, each once."""
        return tuple(dict.fromkeys((*(n for s in self.stories for n in s.notes), *self.notes)))


MOST_FEEDS, MOST_STORIES = 30, 10


@dataclass(frozen=True)
class DigestWishes:
    """What somebody wants a digest of: the addresses of ``feeds``, and at most so many
    ``stories``. ``focus`` is in words; one that has fewer than half of them is left out."""

    feeds: tuple[str, ...]
    focus: str | None = None
    language: str | None = None
    stories: int = 3


@dataclass(frozen=True)
class DigestPlan:
    """A digest that comes by itself: on those ``days`` of the week (0 is Monday) at that ``time``
    ("08:00") in a ``zone`` of the tz database."""

    wishes: DigestWishes
    days: tuple[int, ...]
    time: str
    zone: str = "UTC"
