"""Whom does a name in a document mean, even a surname alone?

A surname means somebody if one person in the document has it, and no relative who isn't named in
full may.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from bot.briefing.documents import Document
from bot.briefing.lexicon import function_words, lexicon
from bot.briefing.subjects import is_person

_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][\w-]*(?:[’'](?!s\b)[\w-]+)?)"
_PARTICLE = r"(?:del?|della|de[rn]|v[ao]n|al|el|bin|ibn|d[aou]|dos|l[ae])"
_NAME_OR_OWNER = rf"(?<![\w’'.-]){_CAPITAL}(?: (?:{_PARTICLE} )*{_CAPITAL})*(?![\w-])"
NAME = rf"{_NAME_OR_OWNER}(?![’']| [A-ZÀ-ÖØ-Þ])"
_HONORIFIC = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Mme|Mlle|MM?|Me|Dr|Prof|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Gen|Maj|Brig|Col|Lt|Capt|Sgt|Cpl|Adm|Cmdr|Supt|Insp|Det"
    r"|Rev|St|Frau|Herr|Sra?|Señora?)\.?"
)
_LONGEST_NAME = 4


class Speaker(NamedTuple):
    """Who says it: ``name`` stands letter for letter in one of the sentences ``numbers``."""

    name: str
    numbers: tuple[int, ...]


class Names:
    """The names of ``document``."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._words = lexicon(document.language)
        # Each of these reads the whole text: once for a name, however often that comes.
        self._full_names = cache(self._read_full_names)
        self._has_kin = cache(self._read_kin)
        self._is_a_name = cache(self._read_capital)
        self._stands_alone = cache(self._read_alone)

    def meant(self, name: str, place: int) -> Speaker | None:
        """The person whom ``name``, which stands near ``place``, means alone."""
        words = self._without_titles(name.split())
        if not words or len(words) > _LONGEST_NAME:
            return None
        here = self._document.number_at(min(place, len(self._document.text) - 1))
        return self._known(words, here)

    def _known(self, words: Sequence[str], here: int) -> Speaker | None:
        name = " ".join(words)
        at = [n for n in (here, here + 1) if self._holds(n, name)]
        if not at:
            return None
        if len(words) > 1:
            return Speaker(name, (at[0],))
        full = self._full_names(name)
        if len(full) > 1 or (full and self._has_kin(name)):
            return None
        if full:
            whole = next(iter(full))
            first = self._document.number_at(self._document.text.index(whole))
            return Speaker(whole, tuple(dict.fromkeys((at[0], first))))
        return Speaker(name, (at[0],)) if self._is_a_name(name) else None

    def _holds(self, number: int, name: str) -> bool:
        return number <= len(self._document.sentences) and name in self._document.sentence(number)

    def _without_titles(self, words: Sequence[str]) -> list[str]:
        """A name without "Dr", "Health Minister" and what only begins a sentence before it."""
        left = list(words)
        fillers = function_words(self._document.language)
        while left and (_HONORIFIC.fullmatch(left[0]) or left[0].casefold() in fillers):
            left.pop(0)
        offices = [
            place
            for place, word in enumerate(left)
            if self._words.is_role(word) or self._words.is_role(word.lower())
        ]
        left = left[offices[-1] + 1 :] if offices else left
        # The place is part of a body's name ("Harlan Port Authority").
        while (
            len(left) > 2
            and is_person(" ".join(left), self._document.text)
            and self._stands_alone(left[0], left[1])
        ):
            left.pop(0)
        return left

    def _read_alone(self, word: str, following: str) -> bool:
        """Whether ``word`` stands somewhere without ``following``: a place, not a first name."""
        alone = rf"\b{re.escape(word)}\b(?! {re.escape(following)})"
        return re.search(alone, self._document.text) is not None

    def _read_full_names(self, surname: str) -> set[str]:
        """The names in the text that end with ``surname``, or begin with it as a first name."""
        found = set()
        for name in self._by_word.get(surname, ()):
            words = self._without_titles(name.split())
            is_full = 1 < len(words) <= _LONGEST_NAME and not words[0].endswith("ing")
            if is_full and surname in (words[0], words[-1]):
                found.add(" ".join(words))
        return found

    def _read_kin(self, surname: str) -> bool:
        """Whether somebody of the family may bear the name as well."""
        own = rf"(?:{self._words.possessives})\s(?:\w+\s){{0,2}}(?:{self._words.relatives})\b"
        kin = re.compile(
            rf"\b{surname}(?:[’']s?\s(?:\w+\s){{0,2}}(?:{self._words.relatives})\b|[^.]{{0,30}}\b{own})|"
            rf"\b{surname}\b[^.]*\b(?:{self._words.namesakes})\b|"
            rf"\b{surname}\b[^.]*\.\s+(?i:{own})"
        )
        return kin.search(self._document.text) is not None

    def _read_capital(self, word: str) -> bool:
        """Whether a single word is a name: it has its capital within a sentence too."""
        inside = re.compile(rf"(?<=[\w,] ){re.escape(word)}\b")
        return inside.search(self._document.text) is not None

    @cached_property
    def _names(self) -> frozenset[str]:
        """Every run of capitalised words; what somebody has ("Oru’s") is cut to the name."""
        return frozenset(re.findall(_NAME_OR_OWNER, self._document.text))

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[str]]:
        """The names that each word stands in."""
        found: dict[str, list[str]] = {}
        for name in self._names:
            for word in set(name.split()):
                found.setdefault(word, []).append(name)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of names that have more than one."""
        return frozenset(
            word for name in self._names if len(words := name.split()) > 1 for word in words
        )
