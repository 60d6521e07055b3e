"""What to read with care in the sources: noted, never corrected."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from bot.briefing.bearing import spoken_to_machines, why_not
from bot.briefing.catalogue import Catalogue
from bot.briefing.clipping import clipped
from bot.briefing.documents import Document, Passage, Reference, Span
from bot.briefing.draft import CautionKind
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Caution
from bot.briefing.speech import loaded_words, unquoted

_MOST_OF_A_KIND = 3
_LONGEST = 25
"""The words of a sentence that is read at once."""
_MOST_PLACES = 12
# A name may begin with the second word of a pair ("Later Ilva Terren").
_FULL_NAME = re.compile(r"\b([A-ZÀ-Þ][\w’'-]+)(?=\s+([A-ZÀ-Þ][\w’'-]+)\b)")
_SHORTEST_NAME = 5
_DIGIT = re.compile(r"\d")


def cautions(documents: Sequence[Document], words: Catalogue) -> tuple[Caution, ...]:
    """The cautions that code can find, with their passages, the most useful first; of one kind at
    most three for each document. ``words`` are those of the briefing's language."""
    return tuple(
        found
        for kind in _KINDS
        for document in documents
        for found in islice(kind(document, words), _MOST_OF_A_KIND)
    )


def _without_reply(document: Document, _: Catalogue) -> Iterator[Caution]:
    """What somebody alleges, where the source says next that the other side does not answer."""
    words = lexicon(document.language)
    silent = re.compile(rf"\b(?:{words.no_comment})\b", re.IGNORECASE)
    for noted in _noted(document, words.alleges, "single_source"):
        number = document.number_at(noted.evidence[0].start) + 1
        if number <= len(document.sentences) and silent.search(document.sentence(number)):
            yield replace(noted, evidence=(*noted.evidence, document.passage(number)))


def to_machines(documents: Sequence[Document], words: Catalogue) -> tuple[Caution, ...]:
    """Of those the ones that a source speaks to machines."""
    return tuple(note for each in documents for note in _machine_speech(each, words))


def _denials(document: Document, _: Catalogue) -> Iterator[Caution]:
    """Denials that say who denies what: "the claim" may stand in another sentence."""
    words = lexicon(document.language)
    leans = re.compile(
        rf"\W*(?:{words.dangling})\b|(?!.*\b(?:{words.alleges})\b).*\b(?:{words.unsaid})",
        re.IGNORECASE,
    )
    for noted in _noted(document, rf"(?:{words.denies})(?! (?:it|this)\b)", "denial"):
        if not leans.match(noted.text):
            yield noted


def _anonymous(document: Document, _: Catalogue) -> Iterator[Caution]:
    return _noted(document, rf"(?:{lexicon(document.language).anonymous})\b", "anonymous_source")


def _second_hand(document: Document, _: Catalogue) -> Iterator[Caution]:
    return _noted(document, lexicon(document.language).second_hand, "second_hand")


def _loaded_wording(document: Document, words: Catalogue) -> Iterator[Caution]:
    for number in range(1, len(document.sentences) + 1):
        if (loaded := loaded_words(document, number)) and why_not(document, number) is None:
            listed = ", ".join(map(words.quote, dict.fromkeys(loaded)))
            text = words.loaded.format(words=listed)
            yield Caution(text, (document.passage(number),), kind="loaded_wording")


def _name_spellings(document: Document, words: Catalogue) -> Iterator[Caution]:
    """Two names that differ by one letter beside the same other name ("Jeyhum", "Jeyhun")."""
    is_role = lexicon(document.language).is_role
    names: dict[tuple[str, str], list[int]] = {}
    for number in range(1, len(document.sentences) + 1):
        for match in _FULL_NAME.finditer(document.sentence(number)):
            first, last = (part.replace("’", "'").removesuffix("'s") for part in match.groups())
            # What is all in capitals is a heading as often as a name.
            if not is_role(first.lower()) and not (first + last).isupper():
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
    is_name = all(len(each) >= _SHORTEST_NAME and not _DIGIT.search(each) for each in changed)
    return is_name and _differ_by_one_letter(*changed)


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


def _noted(document: Document, words: str, kind: CautionKind) -> Iterator[Caution]:
    """The sentences that have one of ``words`` outside quotation marks, in one line each: who
    reads it has to learn what it is about. Those that are too long for a line are left out."""
    pattern = re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for number, span in enumerate(document.sentences, 1):
        found = pattern.search(unquoted(document, span))
        if found and why_not(document, number) is None:
            place = Span(span.start + found.start(), span.start + found.end())
            part = clipped(document, number, _LONGEST)
            if part and part.holds(place):
                passage = document.cut(part, Reference(document.label, number))
                yield Caution(passage.text, (passage,), kind=kind)


_KINDS = (
    _machine_speech,
    _without_reply,
    _anonymous,
    _second_hand,
    _denials,
    _loaded_wording,
    _name_spellings,
)
