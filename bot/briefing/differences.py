"""Where several sources count the same thing differently, as far as code can tell."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import islice
from operator import attrgetter

from bot.briefing.checks.names import capitalised_words
from bot.briefing.checks.quantities import Quantity, quantities
from bot.briefing.checks.tokens import tokens_of
from bot.briefing.dates import Time, published_day, resolve_day, times
from bot.briefing.documents import Document, Excerpt, Passage
from bot.briefing.lexicon import function_words, has_word_lists, lexicon
from bot.briefing.machine_speech import unfit_reason
from bot.briefing.normalisation import normalised
from bot.briefing.terms import content_stems
from bot.briefing.text import blanked

# A sentence with its figures and days apart from its words, so that two can be compared.

_YEARS = range(1000, 2200)
_BEHIND = 40
"""How far behind a figure what it counts may stand, in characters."""


@dataclass(frozen=True)
class _Sentence:
    """Sentence ``number`` of a document, taken apart into figures, times, names and other words."""

    document: Document
    number: int

    @property
    def key(self) -> tuple[int, str, int]:
        """Its place among sentences of all sources: "AA" comes after "Z"."""
        return len(self.document.label), self.document.label, self.number

    @cached_property
    def passage(self) -> Passage:
        """The sentence as a passage."""
        return self.document.passage(self.number)

    @cached_property
    def text(self) -> str:
        """Its normalised text."""
        return normalised(self.document.sentence(self.number)).text

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """Its days, months and days of the week."""
        return times(self.passage.text, self.document.language)

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """Its numbers, those of dates and years left out."""
        return tuple(
            each
            for each in quantities(self.passage.text, self.document.language)
            if each.is_certain and each.kind not in ("rank", "decade", "many")
            and not any(time.start <= each.start < time.end for time in self.times)
            and not _is_year(each)
        )  # fmt: skip

    @cached_property
    def years(self) -> frozenset[int]:
        """Its years, alone or in a date."""
        found = quantities(self.passage.text, self.document.language)
        alone = (int(each.words) for each in found if _is_year(each))
        return frozenset((*alone, *(day.year for t in self.times for day in t.days if day.year)))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its content stems, without figures and days."""
        return content_stems(blanked(self.text, self._measured), self.document.language)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its names in order, each once."""
        return tuple(
            dict.fromkeys(
                word.key
                for run in capitalised_words(self.passage.text).runs
                for word in run
                if not (word.is_opening and word.key in function_words(self.document.language))
                and not any(start <= word.start < end for start, end in self._measured)
            )
        )

    @cached_property
    def _measured(self) -> tuple[tuple[int, int], ...]:
        days = ((each.start, each.end) for each in self.times)
        return (*days, *((each.start, each.end) for each in self.figures))

    def counted_stem(self, figure: Quantity) -> str:
        """The stem of what ``figure`` counts ("passe"); empty if nothing follows."""
        behind = self.text[figure.end : figure.end + _BEHIND]
        keys = tokens_of(behind, self.document.language).keys
        return next(iter(keys), "")


def _is_year(figure: Quantity) -> bool:
    return not figure.kind and figure.words.isdigit() and int(figure.words) in _YEARS


# Do two sentences of different sources count the same thing differently?
#
# Only equal units next to equal nouns are compared: "14 passengers", "11 passengers". Two sentences
# that name other people, places or days are taken for two events.

Words = tuple[str, str]

_FEWEST_SHARED = 3
# What makes other things of the same words: "by 5" for "to 5", "last year" for "this year".
_BEFORE_FIGURE = re.compile(r"\b(?:to|by|from|another|further|more)\s*$", re.IGNORECASE)
_BEHIND_FIGURE = re.compile(r"\s*[\w%-]+ (?:and|or) (?=[a-z])")
_WHICH = re.compile(r"\b(?:last|this|next|previous|first|second|third|fourth|final)\b")
# "About" is as good as a tenth more or less.
_ABOUT = Decimal("0.1")


def _differing_figures(one: _Sentence, other: _Sentence) -> Words | None:
    """The numbers by which the two count the same thing differently; None if they don't."""
    if not _count_one_thing(one, other) or _days_differ(one, other):
        return None
    for figure in one.figures:
        for their in other.figures:
            if _is_another(figure, their) and _counts_the_same(one, figure, other, their):
                is_here = any(not _is_another(each, their) for each in one.figures)
                is_there = any(not _is_another(figure, each) for each in other.figures)
                return None if is_here or is_there else (figure.words, their.words)
    return None


def _count_one_thing(one: _Sentence, other: _Sentence) -> bool:
    """Whether two sentences are so similar that their figures may be compared: one has all words of
    the other, and both have the same if both have several figures."""
    if not _is_one_thing(one, other):
        return False
    if min(len(one.figures), len(other.figures)) > 1:
        return one.words == other.words
    return one.words <= other.words or other.words <= one.words


def _is_one_thing(one: _Sentence, other: _Sentence) -> bool:
    names, theirs = set(one.names), set(other.names)
    if (names - theirs and theirs - names) or _order(one, other) != _order(other, one):
        return False
    which, others = (_WHICH.findall(each.text.lower()) for each in (one, other))
    is_another = which and others and which != others
    return not is_another and len(one.words & other.words) >= _FEWEST_SHARED


def _order(one: _Sentence, other: _Sentence) -> list[str]:
    return [name for name in one.names if name in other.names]


def _is_another(one: Quantity, other: Quantity) -> bool:
    if one.kind != other.kind or (one.units and other.units and not one.units & other.units):
        return True
    pairs = ((a, b) for a in one.values for b in other.values)
    return not any(_may_be(a, one.bound, b, other.bound) for a, b in pairs)


def _may_be(one: Decimal, bound: str | None, other: Decimal, their: str | None) -> bool:
    if "about" in (bound, their) and abs(one - other) <= _ABOUT * max(abs(one), abs(other)):
        return True
    if (bound == "above" and other >= one) or (their == "above" and one >= other):
        return True
    if (bound == "below" and other <= one) or (their == "below" and one <= other):
        return True
    return one == other


def _counts_the_same(one: _Sentence, figure: Quantity, other: _Sentence, their: Quantity) -> bool:
    if figure.kind != their.kind or figure.units != their.units:
        return False
    if _context(one, figure) != _context(other, their):
        return False
    counted = one.counted_stem(figure)
    return bool(counted or figure.units) and counted == other.counted_stem(their)


def _context(sentence: _Sentence, figure: Quantity) -> tuple[str, bool]:
    """The preposition before ``figure``, and whether it counts several things ("men and boats")."""
    before = _BEFORE_FIGURE.search(sentence.text[: figure.start])
    return before[0] if before else "", bool(_BEHIND_FIGURE.match(sentence.text, figure.end))


def _days_differ(one: _Sentence, other: _Sentence) -> bool:
    """Whether both name days or years, and none in common."""
    if one.years and other.years and one.years.isdisjoint(other.years):
        return True
    days, theirs = (set(_days(sentence)) for sentence in (one, other))
    return bool(days and theirs) and days.isdisjoint(theirs)


def _days(sentence: _Sentence) -> Iterator[object]:
    """Yield the days that a sentence names; if a date is not certain, as it names it."""
    document = sentence.document
    for time in sentence.times:
        found = resolve_day(time, sentence.passage.text, published_day(document), document.language)
        yield found or (time.weekday, time.days)


# The counts of the dead, the injured and the missing: the one figure that a briefing must have, and
# that somebody may want left out.

_NUMBERS = (
    r"(?:\d[\d.,  ]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?"
    r"|scores|hundreds|thousands)"
)
_BETWEEN = r"(?:\W+\w+){0,5}?\W+"


def casualties(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the sentences that count casualties, each with its first figure."""
    words = lexicon(document.language)
    if not words.dead:
        return
    harmed = f"{words.dead}|{words.hurt}"
    counted = re.compile(
        rf"\b(?P<one>{_NUMBERS})\b{_BETWEEN}(?:{harmed})\b"
        rf"|\b(?:{harmed})\b{_BETWEEN}(?P<two>{_NUMBERS})\b",
        re.IGNORECASE,
    )
    for number in document.numbers:
        found = counted.search(document.sentence(number))
        if found and unfit_reason(document, number) is None:
            yield number, (found["one"] or found["two"]).strip(" .,")


def _severity(document: Document, number: int) -> int:
    """How severe what a sentence counts may be: 2 if it mentions the dead, 1 the injured or the
    missing, else 0."""
    words, text = lexicon(document.language), document.sentence(number)
    for weight, listed in ((2, words.dead), (1, words.hurt)):
        if listed and re.search(rf"\b(?:{listed})\b", text, re.IGNORECASE):
            return weight
    return 0


# Sentences of two sources are compared if they share content words. If one of the sources also says
# elsewhere what the other says, they don't differ. Finding any other difference takes a reader, so
# a model.

MOST_DISAGREEMENTS = 3
_MOST_SENTENCES = 200
"""How many of each source are compared; news seldom has a hundred."""
_MOST_WITH_A_WORD = 60
"""A word in more sentences than that is not used to find similar ones."""


@dataclass(frozen=True)
class Disagreement:
    """Where sources differ: the ``words`` of each, and the sentences as ``sides``."""

    words: tuple[str, ...]
    sides: tuple[tuple[Document, int], ...]

    @property
    def distinct_sides(self) -> tuple[tuple[Document, int], ...]:
        """The sides with different texts: of those with the same text only the first."""
        first: dict[str, tuple[Document, int]] = {}
        for document, number in self.sides:
            first.setdefault(normalised(document.sentence(number)).text, (document, number))
        return tuple(first.values())


def disagreements(excerpts: Sequence[Excerpt]) -> tuple[Disagreement, ...]:
    """Where the sources disagree, the most severe first: the dead, the injured, the rest."""
    if len(excerpts) < 2:
        return ()
    found = _merge_pairs(list(_differing(_sentences(excerpts))))
    return tuple(sorted(found, key=lambda each: -max(_severity(*side) for side in each.sides)))


@lru_cache(maxsize=4)  # a selection asks first, then the briefing
def shown_disagreements(
    excerpts: tuple[Excerpt, ...], known: tuple[Excerpt, ...] = ()
) -> tuple[Disagreement, ...]:
    """The first few disagreements, which a briefing of ``excerpts`` shows. Those only among
    sources ``known`` before are left out: they were shown then."""
    new = {each.document.label for each in excerpts}
    found = disagreements((*known, *excerpts))
    shown = (each for each in found if any(document.label in new for document, _ in each.sides))
    return tuple(islice(shown, MOST_DISAGREEMENTS))


@dataclass(frozen=True)
class _Pair:
    words: tuple[str, str]
    sentences: tuple[_Sentence, _Sentence]


def _sentences(excerpts: Sequence[Excerpt]) -> list[_Sentence]:
    """The sentences to compare, in languages that have word lists."""
    return [
        _Sentence(excerpt.document, number)
        for excerpt in excerpts
        if has_word_lists(excerpt.document.language)
        for number in excerpt.numbers[:_MOST_SENTENCES]
        if unfit_reason(excerpt.document, number) is None
    ]


def _differing(sentences: Sequence[_Sentence]) -> Iterator[_Pair]:
    for one, others in _side_by_side(sentences):
        compared = [(other, _differing_figures(one, other)) for other in others]
        agreeing = {
            other.document.label
            for other, words in compared
            if words is None and (_says_all_of(one, other) or _says_all_of(other, one))
        }
        for other, words in compared:
            if words and other.document.label not in agreeing:
                yield _Pair(words, (one, other))


def _merge_pairs(pairs: Sequence[_Pair]) -> Iterator[Disagreement]:
    """Yield disagreements: pairs that have a sentence in common are one with several sides."""
    left = list(pairs)
    while left:
        joined, sentences = [left[0]], {*left[0].sentences}
        while more := [p for p in left if p not in joined and sentences.intersection(p.sentences)]:
            joined += more
            sentences.update(*(pair.sentences for pair in more))
        left = [pair for pair in left if pair not in joined]
        words = dict.fromkeys(word for pair in joined for word in pair.words if word)
        sides = tuple((s.document, s.number) for s in sorted(sentences, key=attrgetter("key")))
        yield Disagreement(tuple(words), sides)


def _side_by_side(sentences: Sequence[_Sentence]) -> Iterator[tuple[_Sentence, list[_Sentence]]]:
    """Yield each sentence with those of later sources that have some of its words."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        for word in sentence.words:
            having[word].append(place)
    leading = {word: places for word, places in having.items() if len(places) <= _MOST_WITH_A_WORD}
    for place, sentence in enumerate(sentences):
        shared = Counter(p for word in sentence.words for p in leading.get(word, ()) if p > place)
        near = (sentences[p] for p, count in sorted(shared.items()) if count >= _FEWEST_SHARED)
        yield sentence, [each for each in near if _may_be_compared(sentence, each)]


def _may_be_compared(one: _Sentence, other: _Sentence) -> bool:
    mine, theirs = one.document, other.document
    return mine.label != theirs.label and mine.language == theirs.language


def _says_all_of(one: _Sentence, other: _Sentence) -> bool:
    """Whether ``other`` has every content word of ``one``, figures and days included."""
    mine, theirs = (
        content_stems(each.passage.text, each.document.language) for each in (one, other)
    )
    return mine <= theirs
