"""The words of a text in a row, as copies are compared: by their beginnings, and by neighbours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from bot.briefing.checks.denied import places_of
from bot.briefing.checks.magnitudes import MAGNITUDE, UNIT
from bot.briefing.checks.number_words import vocabulary
from bot.briefing.checks.wording import wording
from bot.briefing.lexicon import lexicon

RUN = 3
"""So many words in a row are copied."""

ANY_NUMBER, ANY_NAME = "#", "@"
"""What a number in words is compared by, and in a frame any number and any name."""

_BEGINNING = 5
# What English writes onto a verb or a noun ("meets", "voted", "fares"): the other languages have
# words long enough for their beginnings to do.
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|(?<!s)s|e)$")
_UNIT = re.compile(rf"(?:{UNIT}|{MAGNITUDE}|cents?) ")


class Word(NamedTuple):
    """A word and the beginning by which it is compared. ``is_light``: it carries nothing.
    ``is_sweeping``: it makes another statement of one. ``is_name``: a capital makes it one
    inside its sentence. ``is_number``: it is written in digits or in words."""

    text: str
    key: str
    is_light: bool
    is_sweeping: bool
    is_name: bool
    is_number: bool


class Unit(NamedTuple):
    """A word that carries something, or all the words of one name. ``keys`` are what it is
    compared by; a number in digits may have one in words beside it."""

    words: tuple[Word, ...]
    keys: frozenset[str]


@dataclass(frozen=True, eq=False)  # one for each text, so that it is known by its identity
class Row:
    """The words of a text; what is made of them is worked out once."""

    words: tuple[Word, ...]
    opening: frozenset[int]
    """The words that follow a mark, or open the text."""
    spelt: tuple[str, ...]
    """What each word is aligned by: small and sweeping words are wholly the same."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """What any of them is compared by."""
        return frozenset(word.key for word in self.words)

    @cached_property
    def frame(self) -> tuple[str, ...]:
        """What they are compared by, any name and any number being as good as another."""
        kinds = [
            ANY_NAME if word.is_name else ANY_NUMBER if word.is_number else word.key
            for word in self.words
        ]
        if kinds[1:2] == [ANY_NAME]:
            kinds[0] = ANY_NAME
        return tuple(
            kind
            for kind, before in zip(kinds, ["", *kinds], strict=False)
            if not kind == before == ANY_NAME
        )

    @cached_property
    def runs(self) -> tuple[tuple[str, ...], ...]:
        """Every `RUN` words in a row of the frame."""
        frame = self.frame
        return tuple(zip(*(frame[step:] for step in range(RUN)), strict=False))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The words that carry something, those of one name together."""
        return tuple(_units(self.words))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Which units each word is compared with."""
        found: dict[str, list[int]] = {}
        for place, unit in enumerate(self.units):
            for key in unit.keys:
                found.setdefault(key, []).append(place)
        return found

    def around(self, place: int, reach: int) -> Sequence[Unit]:
        """The units within ``reach`` of the one at ``place``."""
        return (*self.units[max(0, place - reach) : place], *self.units[place + 1 :][:reach])


@lru_cache(maxsize=4096)
def row(text: str, language: str | None) -> Row:
    """The words of ``text`` without its marks."""
    known = wording(text, language)
    sweeping = places_of(known, lexicon(language).sweeping)
    words: list[Word] = []
    opening = {0}
    for place, (word, key) in enumerate(zip(known.words, known.keys, strict=True)):
        if word[0].isalnum():
            words.append(_word(word, not key, place in sweeping, language or "en"))
        else:
            opening.add(len(words))
    spelt = [w.text.lower() if w.is_light or w.is_sweeping else w.key for w in words]
    return Row(tuple(words), frozenset(opening), tuple(spelt))


def heavy(words: Sequence[Word]) -> tuple[Word, ...]:
    """Those of ``words`` that carry something."""
    return tuple(word for word in words if not word.is_light)


@lru_cache(maxsize=8192)
def is_of_measure(word: str) -> bool:
    """Whether ``word`` is a unit or a magnitude ("percent" beside a number)."""
    return _UNIT.fullmatch(f"{word} ") is not None


@lru_cache(maxsize=8192)
def _word(text: str, is_light: bool, is_sweeping: bool, language: str) -> Word:
    key = _key(text, language)
    is_number = key == ANY_NUMBER or text[0].isdigit()
    return Word(text, key, is_light, is_sweeping, text[0].isupper(), is_number)


def _key(word: str, language: str) -> str:
    if word[0].isdigit():
        return re.sub(r"[.,]", "", word)
    lower = word.lower()
    if lower in vocabulary(language):
        return ANY_NUMBER
    base = _ENDING.sub("", lower) if language == "en" else lower
    return base[:_BEGINNING]


def _units(words: Sequence[Word]) -> Iterator[Unit]:
    name: list[Word] = []
    for place, word in enumerate(words):
        opens_a_name = place == 0 and len(words) > 1 and words[1].is_name and not word.is_light
        if word.is_name or opens_a_name:
            name.append(word)
            continue
        if name:
            yield _unit(*name)
            name = []
        if not (word.is_light or is_of_measure(word.text)):
            yield _unit(word)
    if name:
        yield _unit(*name)


@lru_cache(maxsize=8192)
def _unit(*words: Word) -> Unit:
    numbers = {ANY_NUMBER} if words[0].is_number else set()
    return Unit(words, frozenset(word.key for word in words) | numbers)
