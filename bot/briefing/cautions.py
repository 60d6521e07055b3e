"""What to read with care in the sources: noted, never corrected."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from bot.briefing.bearing import spoken_to_machines, why_not
from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document, Passage, Reference, Span
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Caution
from bot.briefing.speech import loaded_words, unquoted

_MOST_OF_A_KIND = 3
_MOST_PLACES = 12
# A name may begin with the second word of a pair ("Later Ilva Terren").
_FULL_NAME = re.compile(r"\b([A-ZÀ-Þ][\w’'-]+)(?=\s+([A-ZÀ-Þ][\w’'-]+)\b)")
_SHORTEST_NAME = 5


def cautions(documents: Sequence[Document], words: Catalogue) -> tuple[Caution, ...]:
    """The cautions that code can find, with their passages; at most three of a kind for each
    document. ``words`` are those of the briefing's language."""
    found: list[Caution] = []
    for document in documents:
        for kind in _KINDS:
            found += islice(kind(document, words), _MOST_OF_A_KIND)
    return tuple(found)


def to_machines(documents: Sequence[Document], words: Catalogue) -> tuple[Caution, ...]:
    """Of those the ones that a source speaks to machines."""
    return tuple(note for each in documents for note in _machine_speech(each, words))


def _denials(document: Document, _: Catalogue) -> Iterator[Caution]:
    known = lexicon(document.language)
    for passage in _matching(document, rf"{known.denial}|{known.no_comment}"):
        yield Caution(passage.text, (passage,), kind="denial")


def _anonymous(document: Document, _: Catalogue) -> Iterator[Caution]:
    for passage in _matching(document, lexicon(document.language).anonymous):
        yield Caution(passage.text, (passage,), kind="anonymous_source")


def _second_hand(document: Document, _: Catalogue) -> Iterator[Caution]:
    for passage in _matching(document, lexicon(document.language).second_hand):
        yield Caution(passage.text, (passage,), kind="second_hand")


def _loaded_wording(document: Document, words: Catalogue) -> Iterator[Caution]:
    for number in range(1, len(document.sentences) + 1):
        if (loaded := loaded_words(document, number)) and why_not(document, number) is None:
            listed = ", ".join(map(words.quote, dict.fromkeys(loaded)))
            text = words.loaded.format(words=listed)
            yield Caution(text, (document.passage(number),), kind="loaded_wording")


def _name_spellings(document: Document, words: Catalogue) -> Iterator[Caution]:
    """Two names that differ by one letter beside the same other name ("Jeyhum", "Jeyhun")."""
    names: dict[tuple[str, str], list[int]] = {}
    for number in range(1, len(document.sentences) + 1):
        for match in _FULL_NAME.finditer(document.sentence(number)):
            first, last = (part.replace("’", "'").removesuffix("'s") for part in match.groups())
            names.setdefault((first, last), []).append(number)
    for pair in _pairs_that_share_a_word(names):
        if _is_another_spelling(*pair):
            places = [_first_of_a_writer(document, names[name]) for name in pair]
            passages = tuple(document.passage(number) for number in places if number)
            if len(passages) == len(pair):
                one, other = (words.quote(" ".join(name)) for name in pair)
                text = words.spelt.format(one=one, other=other)
                yield Caution(text, passages, kind="name_spelling")


def _first_of_a_writer(document: Document, numbers: Iterable[int]) -> int | None:
    """The first of the sentences that may be evidence at all; few are looked at."""
    return next((number for number in numbers if why_not(document, number) is None), None)


def _pairs_that_share_a_word(
    names: Iterable[tuple[str, str]],
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    sharing: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for name in names:
        for place, word in enumerate(name):
            sharing.setdefault((place, word), []).append(name)
    for alike in sharing.values():
        yield from combinations(alike, 2)


def _is_another_spelling(one: tuple[str, str], other: tuple[str, str]) -> bool:
    changed = (one[1], other[1]) if one[0] == other[0] else (one[0], other[0])
    return min(map(len, changed)) >= _SHORTEST_NAME and _differ_by_one_letter(*changed)


def _differ_by_one_letter(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    is_ending = long.startswith(short)
    return (
        len(long) - len(short) == 1
        and not is_ending
        and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    )


def _machine_speech(document: Document, words: Catalogue) -> Iterator[Caution]:
    """That the source speaks to machines, and where; what it says to them is not repeated, so
    the passages are without words."""
    spoken = spoken_to_machines(document)[:_MOST_PLACES]
    if spoken:
        places = tuple(_place(document, number) for number in spoken)
        yield Caution(words.to_machines, places, kind="addresses_machine")


def _place(document: Document, number: int) -> Passage:
    start = document.sentences[number - 1].start
    empty = document.cut(Span(start, start), Reference(document.label, number))
    return replace(empty, url=document.url)


def _matching(document: Document, words: str) -> Iterator[Passage]:
    pattern = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for number, span in enumerate(document.sentences, 1):
        if pattern.search(unquoted(document, span)) and why_not(document, number) is None:
            yield document.passage(number)


_KINDS = (
    _machine_speech,
    _denials,
    _loaded_wording,
    _anonymous,
    _second_hand,
    _name_spellings,
)
