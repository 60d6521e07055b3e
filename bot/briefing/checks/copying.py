"""Does a line that copies its passages copy them truly?

A writer who takes a sentence over word for word has no reason to change one word of it. So where
most of a line is copied, a content word of its own is an addition or another word put in the
place of the true one; "all", "only" and "because" are no small words there; and a word that
stands beside none of its neighbours was moved, as when two names change places. What a writer
tells in words of his own is left to the other checks.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.briefing.checks.cited import cited
from bot.briefing.checks.denied import negative, places_of
from bot.briefing.checks.magnitudes import MAGNITUDE, UNIT
from bot.briefing.checks.number_words import vocabulary
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import wording
from bot.briefing.documents import Span
from bot.briefing.lexicon import function_words, lexicon
from bot.briefing.lines import Reason
from bot.briefing.quotation_marks import quotations

# So many words in a row are copied. This share of a line in such runs makes it a copy, and so
# does that share of a passage, however much was added to it.
_RUN = 3
_SHARE = 0.75
_WHOLE = 0.9
_FEWEST_WORDS = 6
_BEGINNING = 5
# A unit beside a number is left to the check of numbers ("percent" for "%").
_UNIT = re.compile(rf"(?:{UNIT}|{MAGNITUDE}|cents?) ")
_ANY_NUMBER, _ANY_NAME = "#", "@"


class _Word(NamedTuple):
    """A word and the beginning by which it is compared. ``is_light``: it carries nothing.
    ``is_sweeping``: it makes another statement of one."""

    text: str
    key: str
    is_light: bool
    is_sweeping: bool

    @property
    def is_name(self) -> bool:
        """Whether a capital makes it a name inside its sentence."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits or in words."""
        return self.text[0].isdigit() or self.key == _ANY_NUMBER


class _Unit(NamedTuple):
    """A word that carries something, or all the words of one name. ``keys`` are what it is
    compared by; a number in digits may have one in words beside it."""

    words: tuple[_Word, ...]
    keys: frozenset[str]


def copying(statement: Statement) -> list[Reason]:
    """One reason for every word that a copied line has added, changed or moved."""
    if statement.is_translation or statement.is_detail or _is_of_a_whole_text(statement):
        return []
    line = _words(_unquoted(statement.text), statement.language)
    passages = [
        _words(passage.text, statement.library[passage.document].language)
        for passage in statement.passages
    ]
    if not _is_a_copy(line, passages):
        return []
    language, where = statement.language, cited(statement)
    is_denied = any(
        negative(wording(passage.text, language), language) for passage in statement.passages
    )
    own = [
        f"{where} is copied, but “{word}” is not in it."
        for word in _own(line, passages, language)
        if not (is_denied and word.lower() in _denials(language))
    ]
    moved = [
        f"“{word}” stands elsewhere in {where}."
        for word in _moved(line, passages)
        if word not in function_words(language)
    ]
    return [Reason("words", message) for message in dict.fromkeys((*own, *moved))]


def _is_of_a_whole_text(statement: Statement) -> bool:
    """Whether the line points at no sentences, but is held to all that a source says."""
    return any(
        passage.end - passage.start == len(document.text) and len(document.sentences) > 1
        for passage in statement.passages
        for document in [statement.library[passage.document]]
    )


def _is_a_copy(line: Sequence[_Word], passages: Sequence[Sequence[_Word]]) -> bool:
    ours = _frame(line)
    if len(ours) < _FEWEST_WORDS:
        return False
    theirs = [_frame(passage) for passage in passages]
    if _shared(ours, {run for each in theirs for run in _runs(each)}) >= _SHARE:
        return True
    own = set(_runs(ours))
    return any(len(each) > _RUN and _shared(each, own) >= _WHOLE for each in theirs)


def _shared(keys: Sequence[str], others: Collection[tuple[str, ...]]) -> float:
    """The share of ``keys`` that stands in a run which is among ``others``."""
    found = {
        place + step
        for place, run in enumerate(_runs(keys))
        if run in others
        for step in range(_RUN)
    }
    return len(found) / len(keys)


def _frame(words: Sequence[_Word]) -> list[str]:
    """What ``words`` are compared by, any name and any number being as good as another."""
    kinds = [
        _ANY_NAME if word.is_name else _ANY_NUMBER if word.is_number else word.key for word in words
    ]
    if kinds[1:2] == [_ANY_NAME]:
        kinds[0] = _ANY_NAME
    return [
        kind
        for kind, before in zip(kinds, ["", *kinds], strict=False)
        if not kind == before == _ANY_NAME
    ]


def _runs(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(keys[place : place + _RUN]) for place in range(len(keys) - _RUN + 1))


def _own(
    line: Sequence[_Word], passages: Sequence[Sequence[_Word]], language: str | None
) -> Iterator[str]:
    """The words that carry something and are in no passage. Numbers have a check of their own."""
    known = {word.key for passage in passages for word in passage}
    for word in line:
        if word.key not in known and not word.is_number and not _is_harmless(word, language):
            yield word.text
    for ours, others in _genders(language):
        if others & known and not ours & known:
            yield from (word.text for word in line if word.key in ours)


def _moved(line: Sequence[_Word], passages: Sequence[Sequence[_Word]]) -> Iterator[str]:
    """The words that have none of their neighbours near them in any passage: of a name or a
    number the nearest, of another word one of the four."""
    units, others = _units(line), [_units(passage) for passage in passages]
    for place, unit in enumerate(units):
        ours, theirs = _reach(unit)
        near, own = _near(units, place, ours), unit.keys - {_ANY_NUMBER}
        found = [
            _near(other, there, theirs)
            for other in others
            for there, each in enumerate(other)
            if own & each.keys
        ]
        if place == 0:  # behind its subject a clause may be left out
            found += [
                _near(other, 0, len(other))
                for other in others
                if other and unit.keys & other[0].keys
            ]
        is_there = any(near & each for each in found)
        if near and found and not (is_there and _is_together(unit, others)):
            yield " ".join(word.text for word in unit.words)


def _reach(unit: _Unit) -> tuple[int, int]:
    """How far around it its neighbours are looked for, in a line and in its passages."""
    if unit.words[0].is_number:
        return 1, 1
    return (1, 2) if unit.words[0].is_name else (2, 3)


def _is_together(name: _Unit, others: Sequence[Sequence[_Unit]]) -> bool:
    """Whether the words of a name stand side by side somewhere, "Secretary" and "Blinken" with
    one more between them at most."""
    return len(name.words) == 1 or any(
        name.keys <= unit.keys.union(*(each.keys for each in other[place + 1 : place + 3]))
        for other in others
        for place, unit in enumerate(other)
    )


def _near(units: Sequence[_Unit], place: int, reach: int) -> frozenset[str]:
    around = (*units[max(0, place - reach) : place], *units[place + 1 : place + 1 + reach])
    return frozenset().union(*(unit.keys for unit in around))


def _units(words: Sequence[_Word]) -> list[_Unit]:
    found: list[_Unit] = []
    is_open = False
    for place, word in enumerate(words):
        opens_a_name = place == 0 and len(words) > 1 and words[1].is_name and not word.is_light
        is_name = word.is_name or opens_a_name
        if is_name and is_open:
            found[-1] = _unit(*found[-1].words, word)
        elif is_name or not (word.is_light or _UNIT.fullmatch(f"{word.text} ")):
            found.append(_unit(word))
        is_open = is_name
    return found


def _unit(*words: _Word) -> _Unit:
    numbers = {_ANY_NUMBER} if words[0].is_number else set()
    return _Unit(words, frozenset(word.key for word in words) | numbers)


def _unquoted(text: str) -> str:
    """``text`` without what stands between quotation marks, which has a check of its own."""
    for span in reversed(quotations(text, (Span(0, len(text)),))):
        text = f"{text[: span.start]}…{text[span.end :]}"
    return text


@lru_cache(maxsize=4096)
def _words(text: str, language: str | None) -> tuple[_Word, ...]:
    known = wording(text, language)
    numbers = vocabulary(language or "en")
    sweeping = places_of(known, lexicon(language).sweeping)
    return tuple(
        _Word(word, _key(word, numbers), not key, place in sweeping)
        for place, (word, key) in enumerate(zip(known.words, known.keys, strict=True))
        if not known.is_mark(place)
    )


def _key(word: str, numbers: frozenset[str]) -> str:
    if word[0].isdigit():
        return re.sub(r"[.,]", "", word)
    lower = word.lower()
    return _ANY_NUMBER if lower in numbers else lower[:_BEGINNING]


def _is_harmless(word: _Word, language: str | None) -> bool:
    """Whether ``word`` may join copied words: a function word that changes nothing, or a verb of
    saying, whose claim is checked elsewhere."""
    lower = word.text.lower()
    is_small = lower in function_words(language) or _saying(language).fullmatch(lower)
    return not word.is_sweeping and bool(is_small or _UNIT.fullmatch(f"{lower} "))


@cache
def _listed(written: str) -> frozenset[str]:
    return frozenset(written.replace("·", " ").split())


@cache
def _denials(language: str | None) -> frozenset[str]:
    """What may deny for a "not" of the passages, which the check of negation looks at."""
    known = lexicon(language)
    return _listed(known.negatives) - _listed(known.sweeping)


@cache
def _saying(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    saying = (known.speech_verbs, known.weak_speech_verbs, known.according_to)
    return re.compile("|".join(saying), re.IGNORECASE)


@cache
def _genders(language: str | None) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The words for him and for her, either way round; nothing where none are listed."""
    sides = [frozenset(side.split()) for side in lexicon(language).genders.split("|")]
    return ((sides[0], sides[1]), (sides[1], sides[0])) if len(sides) > 1 else ()
