"""The sentences of a document as words: which are names, and do they say what a question asks?"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.briefing.documents import Document
from bot.briefing.extractive.roots import is_form, joined, says_the_same

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
