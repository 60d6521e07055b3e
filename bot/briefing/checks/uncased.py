"""Which content words of a line do its passages lack, in a script without capitals?

There any of them may be a name. A writer's own words are those that carry nothing by themselves
and, in Arabic, those of one root with a word of the passages; two words of a root that differ by
a single letter are a name and its misspelling. Where words are written without spaces, whatever
is new at more than one character in a row counts.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby, takewhile

from bot.briefing.checks import number_words
from bot.briefing.checks.statement import Statement
from bot.briefing.dates import times
from bot.briefing.lexicon import function_words, lexicon
from bot.briefing.lexicon.uncased import COMMON, FOREIGN, SPACED, UNCASED, UNSPACED, forms, written
from bot.briefing.normalisation import normalised

_ARABIC = re.compile(r"[\u0620-\u064a]+")
_WEAK = re.compile(r"[اويءؤئى]")
_ROOT = 3  # letters


def uncased(statement: Statement) -> list[str]:
    """The words of ``statement`` that may be names and that its passages lack, as written."""
    if statement.is_translation or not UNCASED.search(statement.text):
        return []
    plain = normalised(statement.text).text
    dated = [(time.start, time.end) for time in times(statement.text, statement.language)]
    passages = [normalised(passage.text).text for passage in statement.passages]
    found = (
        *_of_spaced(plain, passages, statement.language),
        *_of_unspaced(plain, passages, statement.language),
    )
    return [
        plain[start:end]
        for start, end in sorted(found)
        if not any(first <= start < last for first, last in dated)
    ]


def _of_spaced(
    plain: str, passages: Iterable[str], language: str | None
) -> Iterator[tuple[int, int]]:
    known = frozenset[str]().union(*(_forms_in(text, language) for text in passages))
    for word in SPACED.finditer(plain):
        own = forms(word[0], language)
        if not (
            not known.isdisjoint(own)
            or _is_no_name(word[0], own, language)
            or _is_of_a_known_root(own, known)
            or _says_the_same(own, known, language)
        ):
            yield word.span()


def _is_no_name(word: str, own: frozenset[str], language: str | None) -> bool:
    known, plain = _no_names(language), written(word)
    # The shortest words carry "and", "for" and the like before them, too ("لكل").
    return not known.isdisjoint(own) or (plain[0] in "وفبكل" and plain[1:] in known)


def _of_unspaced(
    plain: str, passages: list[str], language: str | None
) -> Iterator[tuple[int, int]]:
    foreign = {word for text in passages for word in FOREIGN.findall(text)}
    yield from (word.span() for word in FOREIGN.finditer(plain) if word[0] not in foreign)
    for run in UNSPACED.finditer(plain):
        pairs = range(run.start(), run.end() - 1)
        is_new = {at: not any(plain[at : at + 2] in text for text in passages) for at in pairs}
        for new, places in groupby(pairs, key=is_new.__getitem__):
            within = list(places)
            start = within[0] + (within[0] > run.start())
            end = within[-1] + 1 + (within[-1] + 2 == run.end())
            is_word = plain[start:end] not in function_words(language)
            if new and end - start > 1 and is_word:
                yield start, end


@lru_cache(maxsize=4096)
def _forms_in(text: str, language: str | None) -> frozenset[str]:
    return frozenset(form for word in SPACED.findall(text) for form in forms(word, language))


def _is_of_a_known_root(own: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a word of the passages has the same three consonants and more than one letter
    else."""
    pairs = [
        (one, other)
        for one in own
        if (root := _root(one))
        for other in known
        if root == _root(other)
    ]
    return bool(pairs) and not any(_may_be_misspelt(*pair) for pair in pairs)


def _may_be_misspelt(one: str, other: str) -> bool:
    """Whether one letter is another, too many or missing, or two stand in each other's place."""
    if sorted(one) == sorted(other):
        return True
    same = _shared(one, other)
    same += _shared(one[same:][::-1], other[same:][::-1])
    return max(len(one), len(other)) - same < 2


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _says_the_same(own: frozenset[str], known: frozenset[str], language: str | None) -> bool:
    """Whether the passages have a word that is listed on the same side of an opposition."""
    return any(not own.isdisjoint(side) and not known.isdisjoint(side) for side in _sides(language))


@cache
def _sides(language: str | None) -> tuple[frozenset[str], ...]:
    sides = re.split(r"[;|]", lexicon(language).opposites)
    return tuple(frozenset(map(written, side.split())) for side in sides)


@lru_cache(maxsize=8192)
def _root(word: str) -> str:
    root = _WEAK.sub("", word) if _ARABIC.fullmatch(word) else ""
    return root if len(root) >= _ROOT else ""


@cache
def _no_names(language: str | None) -> frozenset[str]:
    """The words of ``language`` that its passages may lack: function words, verbs of speech,
    what other checks look for, and the common ones."""
    words = lexicon(language)
    listed = (words.speech_verbs, words.weak_speech_verbs, words.fillers, words.negations,
              words.negatives, words.hedges, words.doubts, words.conditions)  # fmt: skip
    known = {word for text in listed for word in re.findall(r"[^\W\d_]{2,}", text)}
    known |= function_words(language) | number_words.vocabulary(language or "en")
    return COMMON.get(language or "", frozenset()).union(
        written(word) for word in known if SPACED.fullmatch(word)
    )
