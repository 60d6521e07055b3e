"""Where do several sources count the same thing differently, as far as code can tell?

Sentences of two sources are compared if they share content words (`differing`). If one of the
sources also says elsewhere what the other says, they don't differ. Any other difference takes a
reader, and so a model.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.briefing.bearing import why_not
from bot.briefing.casualties import gravity
from bot.briefing.content import content
from bot.briefing.differing import differing_figures
from bot.briefing.documents import Document
from bot.briefing.frames import Frame
from bot.briefing.lexicon import lexicon
from bot.briefing.normalisation import normalised
from bot.briefing.passages import Excerpt

MOST = 3
_MOST_SENTENCES = 200
"""Of each source so many are compared; news seldom has a hundred."""
_MOST_WITH_A_WORD = 60
"""A word in more sentences than that leads to none."""
_FEWEST_SHARED = 3

Place = tuple[str, int]
"""A document's label and the number of a sentence."""


@dataclass(frozen=True)
class Disagreement:
    """In what sources differ, each one's ``words`` for it, and the sentences side by side."""

    words: tuple[str, ...]
    sides: tuple[tuple[Document, int], ...]

    @property
    def apart(self) -> tuple[tuple[Document, int], ...]:
        """The sides that say it in words of their own: of those with the same ones the first."""
        first: dict[str, tuple[Document, int]] = {}
        for document, number in self.sides:
            first.setdefault(normalised(document.sentence(number)).text, (document, number))
        return tuple(first.values())


def disagreements(excerpts: Sequence[Excerpt]) -> tuple[Disagreement, ...]:
    """What the sources disagree in, the gravest first: how many died, who was hurt, the rest."""
    if len(excerpts) < 2:
        return ()
    found = _joined(list(_differing(_frames(excerpts))))
    return tuple(sorted(found, key=lambda each: -max(gravity(*side) for side in each.sides)))


@lru_cache(maxsize=4)  # a selection asks first, then the briefing
def told_disagreements(
    excerpts: tuple[Excerpt, ...], known: tuple[Excerpt, ...] = ()
) -> tuple[Disagreement, ...]:
    """Those of the disagreements that a briefing of ``excerpts`` tells: the first few. What only
    sources differ in that were ``known`` before is not told again."""
    new = {each.document.label for each in excerpts}
    found = disagreements((*known, *excerpts))
    told = (each for each in found if any(document.label in new for document, _ in each.sides))
    return tuple(islice(told, MOST))


@dataclass(frozen=True)
class _Pair:
    words: tuple[str, str]
    frames: tuple[Frame, Frame]


def _frames(excerpts: Sequence[Excerpt]) -> list[Frame]:
    """The sentences to compare; of a language whose small words are known."""
    return [
        Frame(excerpt.document, number)
        for excerpt in excerpts
        if lexicon(excerpt.document.language).fillers
        for number in excerpt.numbers[:_MOST_SENTENCES]
        if why_not(excerpt.document, number) is None
    ]


def _differing(frames: Sequence[Frame]) -> Iterator[_Pair]:
    for one, others in _side_by_side(frames):
        asked = [(other, _asked(one, other)) for other in others]
        agreeing = {
            other.document.label
            for other, pair in asked
            if pair is None and (_says_all_of(one, other) or _says_all_of(other, one))
        }
        yield from (p for other, p in asked if p and other.document.label not in agreeing)


def _asked(one: Frame, other: Frame) -> _Pair | None:
    words = differing_figures(one, other)
    return _Pair(words, (one, other)) if words else None


def _joined(pairs: Sequence[_Pair]) -> Iterator[Disagreement]:
    """Pairs that have a sentence in common as one disagreement of many sides."""
    left = list(pairs)
    while left:
        joined, places = [left[0]], _places(left[0])
        while more := [pair for pair in left if pair not in joined and places & _places(pair)]:
            joined += more
            places = places.union(*map(_places, more))
        left = [pair for pair in left if pair not in joined]
        frames = {(f.document.label, f.number): f for pair in joined for f in pair.frames}
        words = dict.fromkeys(word for pair in joined for word in pair.words if word)
        sides = tuple((f.document, f.number) for _, f in sorted(frames.items(), key=_in_order))
        yield Disagreement(tuple(words), sides)


def _places(pair: _Pair) -> set[Place]:
    return {(frame.document.label, frame.number) for frame in pair.frames}


def _in_order(item: tuple[Place, Frame]) -> tuple[int, Place]:
    """By label: "AA" comes after "Z"."""
    return len(item[0][0]), item[0]


def _side_by_side(frames: Sequence[Frame]) -> Iterator[tuple[Frame, list[Frame]]]:
    """Each sentence with those of later sources that have some of its words."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, frame in enumerate(frames):
        for word in frame.words:
            having[word].append(place)
    leading = {word: places for word, places in having.items() if len(places) <= _MOST_WITH_A_WORD}
    for place, frame in enumerate(frames):
        shared = Counter(p for word in frame.words for p in leading.get(word, ()) if p > place)
        near = (frames[p] for p, count in sorted(shared.items()) if count >= _FEWEST_SHARED)
        yield frame, [each for each in near if _may_be_compared(frame, each)]


def _may_be_compared(one: Frame, other: Frame) -> bool:
    mine, theirs = one.document, other.document
    return mine.label != theirs.label and mine.language == theirs.language


def _says_all_of(one: Frame, other: Frame) -> bool:
    """Whether ``other`` has every content word of ``one``, figures and days included."""
    mine, theirs = (content(each.passage.text, each.document.language) for each in (one, other))
    return mine <= theirs
