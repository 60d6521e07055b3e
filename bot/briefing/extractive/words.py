"""The sentences of a document as words: which are names, which are forms of one word?"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from bot.briefing.documents import Document
from bot.briefing.lexicon.questions import asking

# Which words of a question and of a source are forms of one word, or say the same?
#
# No stemmer: endings are taken from closed lists, so that "insured" is found in "insurance" and
# "commission" is not found in "committee".

# Endings of English by which a word is bent, and by which another is made of it, longest first.
_BENT = ("ies", "ied", "ing", "es", "ed", "s")
_MADE = (
    "ations", "ation", "ments", "ment", "ances", "ance", "ence", "ions", "ion", "ings", "ors",
    "ers", "ees", "or", "er", "ee", "able", "ive", "ity", "ate", "al", "ly", "e", "y",
)  # fmt: skip
_SHORTEST_BENT, _SHORTEST_MADE = 2, 5
_VOWELS = frozenset("aeiouy")
# Elsewhere two forms share their beginning, of at least so many letters, and differ in few.
_SHARED, _DIFFER = 4, 4


@lru_cache(maxsize=65536)
def is_form(one: str, other: str, language: str | None) -> bool:
    """Whether two words (casefolded) are forms of one word, or made of one another."""
    if one == other:
        return True
    if _is_english(language):
        return not _marks(one).isdisjoint(_marks(other))
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    longest = max(len(one), len(other))
    return shared >= _SHARED and longest - shared <= min(_DIFFER, shared - 1)


def says_the_same(one: str, other: str, language: str | None) -> bool:
    """Whether two words are forms of one word or of words of one class ("cost", "price")."""
    if is_form(one, other, language):
        return True
    return not _classes_of(one, language).isdisjoint(_classes_of(other, language))


def joined(text: str, language: str | None) -> str:
    """``text`` with "_" inside the phrases of two words that a class holds ("give_up")."""
    return _phrases(language).sub(lambda found: re.sub(r"\s+", "_", found[0]), text)


def _is_english(language: str | None) -> bool:
    return (language or "en") == "en"


@lru_cache(maxsize=65536)
def _marks(word: str) -> frozenset[str]:
    """What an English word shares with its other forms and with what is made of it."""
    bent_back = _bent_back(word)
    return bent_back | {f"{base}-" for root in bent_back if (base := _unmade(root))}


@lru_cache(maxsize=65536)
def _classes_of(word: str, language: str | None) -> frozenset[int]:
    """The classes that hold a form of ``word``; a class holds for no word made of its own."""
    if not _is_english(language):
        entries = _classes(language)
        return frozenset[int]().union(*(entries[each] for each in entries
                                        if is_form(word, each, language)))  # fmt: skip
    head, mark, rest = word.partition("_")
    roots = (f"{root}{mark}{rest}" for root in _bent_back(head))
    return frozenset[int]().union(*(_classes(language).get(root, frozenset()) for root in roots))


@lru_cache(maxsize=65536)
def _bent_back(word: str) -> frozenset[str]:
    """The words that an English word may be a form of; "founded" is none of "find"."""
    for form in (word, word.removesuffix("s")):
        if form in _irregular():
            return frozenset([_irregular()[form]])
    found = {word}
    ending = next((each for each in _BENT if word.endswith(each)), "")
    base = word.removesuffix(ending)
    if len(base) < _SHORTEST_BENT or _VOWELS.isdisjoint(base) or word.endswith("ss"):
        return frozenset(found)
    found |= {f"{base}y", f"{base}ie"} if ending.startswith("ie") else {base}
    if ending in ("ing", "ed", "es"):
        found |= {f"{base}e", base[:-1] if base[-1] == base[-2] else base}
    return frozenset(found)


def _unmade(word: str) -> str:
    """An English word without an ending that makes it of another; empty where it is too short."""
    bases = (word.removesuffix(ending) for ending in _MADE if word.endswith(ending))
    base = next((base for base in bases if len(base) >= _SHORTEST_MADE), word)
    return base if len(base) >= _SHORTEST_MADE else ""


@cache
def _irregular() -> Mapping[str, str]:
    """Each form of an irregular English word, and the first of its forms."""
    words = (forms.split() for forms in asking("en").irregular.split(";"))
    return {form: forms[0] for forms in words for form in forms}


@cache
def _classes(language: str | None) -> Mapping[str, frozenset[int]]:
    """Each word of the classes, in English its roots, and the classes that it stands in."""
    found: dict[str, set[int]] = {}
    for number, words in enumerate(asking(language).alike.split(";")):
        for word in words.split():
            head, mark, rest = word.partition("_")
            roots = _bent_back(head) if _is_english(language) else [head]
            for root in roots:
                found.setdefault(f"{root}{mark}{rest}", set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _phrases(language: str | None) -> re.Pattern[str]:
    """The phrases of the classes, their first word in any form."""
    entries = [word.split("_") for word in asking(language).alike.replace(";", " ").split()]
    found = [
        rf"{_any_form(head)}\s+" + r"\s+".join(rest)
        for head, *rest in entries if rest
    ]  # fmt: skip
    return re.compile(rf"\b(?:{'|'.join(found) or '(?!)'})\b", re.IGNORECASE)


def _any_form(word: str) -> str:
    irregular = (form for form, root in _irregular().items() if root == word)
    regular = rf"{word}(?:{word[-1]}?ed|{word[-1]}?ing|e?s)?"
    if word.endswith("e"):
        regular = rf"{word[:-1]}(?:es?|ed|ing)"
    return rf"(?:{'|'.join([*irregular, regular])})"


Name = tuple[str, ...]
"""The words of a name, casefolded."""

_WORD = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d]\w*|[^\w\s]")


@dataclass(frozen=True)
class Sentence:
    """Sentence ``number`` of a document, with "_" inside phrases that are read as one word."""

    document: Document
    number: int
    paragraph: int
    text: str
    words: tuple[str, ...]

    @property
    def language(self) -> str | None:
        """That of the document."""
        return self.document.language

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """The words, casefolded."""
        return tuple(word.casefold() for word in self.words)

    def says(self, word: str) -> bool:
        """Whether it says what ``word`` (casefolded) says."""
        return not _alike(self.document, word).isdisjoint(self.lows)

    def names(self, name: Name) -> bool:
        """Whether the last word of ``name`` stands in it as one."""
        return any(
            word[0].isupper() and _is_name_form(low, name[-1], self.language)
            for word, low in zip(self.words, self.lows, strict=True)
        )


@lru_cache(maxsize=32)
def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of ``document`` in order."""
    starts = [span.start for span in document.paragraphs]
    return tuple(
        _sentence(document, number, bisect_right(starts, span.start))
        for number, span in enumerate(document.sentences, 1)
    )


@lru_cache(maxsize=32)
def known_names(document: Document) -> frozenset[str]:
    """The words (casefolded) that ``document`` writes with a capital, and never without, inside
    a sentence."""
    capitals: set[str] = set()
    others: set[str] = set()
    for sentence in sentences(document):
        others.update(word for word in sentence.words if word[0].islower())
        capitals.update(
            low for index, low in enumerate(sentence.lows)
            if index and sentence.words[index][0].isupper()
            and sentence.words[index - 1][0].isalpha()
        )  # fmt: skip
    return frozenset(capitals - others)


def _is_name_form(low: str, name: str, language: str | None) -> bool:
    """Whether ``low`` is the name ``name`` (both casefolded), in a case of its language."""
    if (language or "en") == "en":
        return low in (name, f"{name}s") or f"{low}s" == name
    return is_form(low, name, language)


@lru_cache(maxsize=256)
def _alike(document: Document, word: str) -> frozenset[str]:
    """The words (casefolded) of ``document`` that say what ``word`` says."""
    language = document.language
    return frozenset(
        low for low in _vocabulary(document)
        if says_the_same(low, word, language)
        # "Closed until May" is closed, and opens in May.
        or (low.endswith("_until") and says_the_same(low.removesuffix("_until"), word, language))
    )  # fmt: skip


@lru_cache(maxsize=32)
def _vocabulary(document: Document) -> frozenset[str]:
    return frozenset(low for sentence in sentences(document) for low in sentence.lows)


def _sentence(document: Document, number: int, paragraph: int) -> Sentence:
    text = joined(" ".join(document.sentence(number).split()), document.language)
    words = tuple(word[0] for word in _WORD.finditer(text))
    return Sentence(document, number, paragraph, text, words)
