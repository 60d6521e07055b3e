"""The sentences of a document as words: which are names, and where what a question asks is said?"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.briefing.date_words import months, weekdays
from bot.briefing.documents import Document
from bot.briefing.extractive.roots import is_form, joined, says_the_same
from bot.briefing.lexicon import lexicon
from bot.briefing.lexicon.questions import asking

Places = frozenset[int]
"""Indexes of words of a sentence."""
Name = tuple[str, ...]
"""The words of a name, casefolded."""

_WORD = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d]\w*|[^\w\s]")
_HONORIFICS = frozenset(["mr", "mrs", "ms", "dr", "m", "mme"])


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

    @cached_property
    def name_places(self) -> Places:
        """Where words of names stand: capitals that mean something, and no months or days."""
        small = asking(self.language).small_words
        known = known_names(self.document)
        return frozenset(
            index for index, (word, low) in enumerate(zip(self.words, self.lows, strict=True))
            if word[0].isupper() and low not in small and not _is_time(low, self.language)
            and (low in known or self._goes_on(index))
        )  # fmt: skip

    def places(self, word: str) -> Places:
        """Where it is said what ``word`` (casefolded) says."""
        alike = _alike(self.document, word)
        if alike.isdisjoint(self.lows):
            return frozenset()
        return frozenset(index for index, low in enumerate(self.lows) if low in alike)

    def name(self, name: Name) -> Places:
        """Where all of ``name`` stands, or its last word behind no other name."""
        return frozenset(
            index for index, low in enumerate(self.lows)
            if is_name_form(low, name[-1], self.language) and self.words[index][0].isupper()
            and self._is_whole(name, index)
        )  # fmt: skip

    def _goes_on(self, index: int) -> bool:
        """Whether the word at ``index`` stands inside a clause, so that a capital means a name."""
        before = self.words[index - 1] if index else "."
        return before[0].isalnum() or before in ",’'"

    def _is_whole(self, name: Name, index: int) -> bool:
        before = self.lows[max(0, index - 2 * len(name)) : index]
        is_other = index - 1 in self.name_places and not (
            before[-1] in _HONORIFICS or lexicon(self.language).is_role(before[-1])
        )
        return not is_other or all(part in before for part in name[:-1])


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


def is_name_form(low: str, name: str, language: str | None) -> bool:
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


def _is_time(low: str, language: str | None) -> bool:
    return re.fullmatch(rf"{months(language)}|{weekdays(language)}", low) is not None


def _sentence(document: Document, number: int, paragraph: int) -> Sentence:
    text = joined(" ".join(document.sentence(number).split()), document.language)
    words = tuple(word[0] for word in _WORD.finditer(text))
    return Sentence(document, number, paragraph, text, words)
