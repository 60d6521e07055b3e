"""Has every name of a translated line a name in its passages that it corresponds to?

By its letters where both are in one script, by its sound where they are not, or by what it names
where a language has a name of its own for it (Munich, Москва). Offices and institutions are
translated like other words and are left out, and so is a word that only opens a sentence, unless
a name of the passages is misspelt in it. In German, where every noun has a capital, and in scripts
that are read in more than one way (Japanese, Korean, those of India) names are not compared.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii

from bot.briefing.checks.capitals import Word, capitals
from bot.briefing.checks.name_forms import are_one_name
from bot.briefing.checks.statement import Statement
from bot.briefing.dates import times
from bot.briefing.documents import Document
from bot.briefing.exonyms import plain_words, share_a_name
from bot.briefing.lexicon import function_words
from bot.briefing.lexicon.offices import OFFICES
from bot.briefing.normalisation import normalised
from bot.briefing.sounds import (
    are_read_alike,
    differ_in_one,
    folded,
    is_latin,
    nearly_sound_alike,
    sound_alike,
)

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_UNCOMPARED = frozenset({"ja", "ko", "hi", "bn", "ta", "te", "th", "my", "km", "lo", "am", "ti"})
_NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})
_CAPITALS = re.compile(r"[A-ZÀ-ÞĀ-ɏΑ-ΩА-ЯЁԱ-Ֆ]")
# "Abdullah" is two words in Arabic.
_ARABIC = re.compile("[\u0620-\u06ff]")
_CHINESE = re.compile("[\u3400-\u9fff]+")
# What may open a French or Spanish sentence and is no name, besides function words.
_ORDINARY_OPENING = re.compile(r"(?:ment|és?|ées?|ants?|ados?|adas?|mente|ing|ed|ly|s)$")


def may_be_compared(line: str | None, source: str | None) -> bool:
    """Whether names of a line in the language ``line`` can be looked for in a ``source``."""
    has_capitals = line in OFFICES or line in ("tr", "it", "pt", "nl", "pl", "uk", "el", "sv")
    return has_capitals and source not in _UNCOMPARED


def lacking(statement: Statement) -> list[str]:
    """The names of ``statement`` that its passages have under no name, in rows as written."""
    languages = _languages(statement)
    if not all(may_be_compared(statement.language, each) for each in languages):
        return []
    named = times(statement.text, statement.language)
    source = _Source(statement)
    missing = []
    for run in capitals(statement.text).runs:
        words = [word for word in run if not any(t.start <= word.start < t.end for t in named)]
        lost = [word.text for word in words if source.lacks(word, run)]
        missing += [" ".join(lost)] if lost else []
    return list(dict.fromkeys(missing))


def _languages(statement: Statement) -> set[str | None]:
    return {statement.library[each.document].language for each in statement.passages}


class _Source:
    """The passages of a translated statement, to look for names in."""

    def __init__(self, statement: Statement) -> None:
        self._own = statement.language
        self._texts = [
            (each.text, statement.library[each.document].language) for each in statement.passages
        ]
        labels = {passage.document for passage in statement.passages}
        self._documents = [statement.library[label] for label in labels]

    def lacks(self, word: Word, run: tuple[Word, ...]) -> bool:
        """Whether ``word`` is a name, and the passages have none that it corresponds to."""
        if len(word.text) < 2 or not word.text[0].isupper() or self._is_office(word):
            return False
        if word.is_acronym:
            return not self._has(word) and not self._has_abbreviation()
        if word.key in function_words(self._own) or self._has(word):
            return False
        if word.is_opening and len(run) == 1 and self._may_be_ordinary(word):
            return self._is_misspelt(word)
        return not self._is_tied(word, run)

    def _is_office(self, word: Word) -> bool:
        return word.key in OFFICES.get(self._own or "", ())

    def _has(self, word: Word) -> bool:
        return any(_is_in(word.text, text, (self._own, other)) for text, other in self._texts)

    def _has_abbreviation(self) -> bool:
        """Whether the passages have an abbreviation, or could not show one."""
        texts = [text for text, _ in self._texts]
        has = any(word.is_acronym for text in texts for run in capitals(text).runs for word in run)
        return has or not any(_CAPITALS.search(text) for text in texts)

    def _may_be_ordinary(self, word: Word) -> bool:
        has_articles = self._own in ("fr", "es", "it", "pt")
        return not has_articles or bool(_ORDINARY_OPENING.search(word.key))

    def _is_misspelt(self, word: Word) -> bool:
        return any(
            _is_nearly(word.text, other, (self._own, language))
            for text, language in self._texts
            for other in _names(text)
        )

    def _is_tied(self, word: Word, run: tuple[Word, ...]) -> bool:
        """Whether a document has ``word`` beside another name of its run that the passages have."""
        beside = [each for each in run if each != word and self._has(each)]
        return any(
            _stand_together(word.text, other.text, document, self._own)
            for other in beside
            for document in self._documents
        )


def _stand_together(one: str, other: str, document: Document, own: str | None) -> bool:
    languages = (own, document.language)
    words = _words(document.text)
    ones = [place for place, word in enumerate(words) if _corresponds(one, word, languages)]
    return any(
        0 <= near < len(words) and _corresponds(other, words[near], languages)
        for place in ones
        for near in (place - 1, place + 1)
    )


@lru_cache(maxsize=4096)
def _is_in(name: str, text: str, languages: tuple[str | None, str | None]) -> bool:
    if any(_corresponds(name, word, languages) for word in _words(text)):
        return True
    if _CHINESE.search(text) and is_latin(name):
        spoken = "".join(anyascii(run).lower() for run in _CHINESE.findall(text))
        if folded(name).replace("-", "") in spoken:
            return True
    return share_a_name(name, languages, plain_words(normalised(text).text))


@lru_cache(maxsize=16384)
def _corresponds(name: str, word: str, languages: tuple[str | None, str | None]) -> bool:
    if is_latin(name) == is_latin(word):
        ours, theirs = folded(name), folded(word)
        same = ours == theirs or ours.rstrip("s") == theirs.rstrip("s")
        if same or are_one_name(name.casefold(), word.casefold()):
            return True
        return (
            is_latin(name)
            and languages[0] != languages[1]
            and are_read_alike(name, word, languages)
        )
    return sound_alike(name, word, languages)


def _is_nearly(name: str, word: str, languages: tuple[str | None, str | None]) -> bool:
    if is_latin(name) == is_latin(word):
        ours, theirs = folded(name), folded(word)
        return min(len(ours), len(theirs)) > 4 and ours != theirs and differ_in_one(ours, theirs)
    return nearly_sound_alike(name, word, languages)


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    found = [word.removesuffix("'s") for word in _WORD.findall(normalised(text).text)]
    joined = ("".join(pair) for pair in pairwise(found) if _ARABIC.match(pair[0]))
    return (*found, *joined)


def _names(text: str) -> Iterable[str]:
    """The words that may be names: those with a capital, or all where there are none."""
    named = [word.text for run in capitals(text).runs for word in run]
    return named or _words(text)
