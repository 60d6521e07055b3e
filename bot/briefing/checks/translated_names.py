"""Has every name of a translated line a name in its document that it corresponds to?

By its letters where both are in one script, by its sound where they are not, or by what it names
where a language has a name of its own for it (Munich, Москва). Offices, institutions and other
words are translated, and no list tells them from names: so only two things are said. A country or
a city, as CLDR knows them, is nowhere in the document; or a word sounds like a name of the
passages but for one sound, as a misspelt name does. In scripts that are read in more than one way
(Japanese, Korean, those of India) names are not compared.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii

from bot.briefing.checks.capitals import Word, capitals
from bot.briefing.checks.name_forms import are_one_name
from bot.briefing.checks.statement import Statement
from bot.briefing.date_words import DECLINING
from bot.briefing.dates import times
from bot.briefing.exonyms import is_home, is_place, plain_words, share_a_name
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
# "Abdullah" is two words in Arabic.
_ARABIC = re.compile("[\u0620-\u06ff]")
_CHINESE = re.compile("[\u3400-\u9fff]+")
# Of shorter words, one letter else is soon another word.
_SHORTEST = 5


def may_be_compared(line: str | None, source: str | None) -> bool:
    """Whether names of a line in the language ``line`` can be looked for in a ``source``."""
    has_capitals = line in OFFICES or line in ("tr", "it", "pt", "nl", "pl", "uk", "el", "sv")
    return has_capitals and source not in _UNCOMPARED


def lacking(statement: Statement) -> list[str]:
    """The names of ``statement`` that its document has under no name, in rows as written."""
    languages = {statement.library[each.document].language for each in statement.passages}
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


class _Source:
    """The documents of a translated statement, to look for names in."""

    def __init__(self, statement: Statement) -> None:
        self._own = statement.language
        labels = {passage.document for passage in statement.passages}
        documents = [statement.library[label] for label in labels]
        about = [(f"{each.title or ''} {each.author or ''}", each.language) for each in documents]
        self._texts = [*((each.text, each.language) for each in documents), *about]
        self._passages = [
            (each.text, statement.library[each.document].language) for each in statement.passages
        ]

    def lacks(self, word: Word, run: tuple[Word, ...]) -> bool:
        """Whether ``word`` is a name, and the documents have none that it corresponds to."""
        if len(word.text) < 2 or word.key in OFFICES.get(self._own or "", ()):
            return False
        if word.is_acronym or word.key in function_words(self._own):
            return False
        is_known = is_place(word.text, self._own) and not any(
            is_home(word.text, self._own, language) for _, language in self._texts
        )
        return (is_known or self._is_misspelt(word, run)) and not self._has(word)

    def _has(self, word: Word) -> bool:
        return any(_is_in(word.text, text, (self._own, other)) for text, other in self._texts)

    def _is_misspelt(self, word: Word, run: tuple[Word, ...]) -> bool:
        """Whether it is nearly a name of the passages: where no capitals tell their names from
        other words, beside one that is. What opens a sentence alone may be a word that both
        languages have ("Полиция", "Police")."""
        if self._own in _NOUNS_WITH_CAPITALS or (word.is_opening and len(run) == 1):
            return False
        beside = [each for each in run if each != word]
        return any(
            _is_nearly(word.text, other, (self._own, language))
            for text, language in self._passages
            if capitals(text).runs or any(self._has(each) for each in beside)
            for other in _names(text)
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
        if languages[1] in DECLINING and _is_declined(ours, theirs):
            return True
        return (
            is_latin(name)
            and languages[0] != languages[1]
            and are_read_alike(name, word, languages)
        )
    return sound_alike(name, word, languages)


def _is_declined(ours: str, theirs: str) -> bool:
    """Whether one begins as the other but for an ending ("Kraków", "Krakowie")."""
    stem = max(_SHORTEST - 1, len(ours) - 2)
    return len(ours) >= _SHORTEST and theirs.startswith(ours[:stem]) and len(theirs) - stem < 6


def _is_nearly(name: str, word: str, languages: tuple[str | None, str | None]) -> bool:
    if is_latin(name) == is_latin(word):
        ours, theirs = folded(name), folded(word)
        return min(len(ours), len(theirs)) >= _SHORTEST and differ_in_one(ours, theirs)
    return nearly_sound_alike(name, word, languages)


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    found = [word.removesuffix("'s") for word in _WORD.findall(normalised(text).text)]
    parts = (part for word in found if "'" in word for part in word.split("'"))
    joined = ("".join(pair) for pair in pairwise(found) if _ARABIC.match(pair[0]))
    return tuple(dict.fromkeys((*found, *parts, *joined)))


def _names(text: str) -> Iterable[str]:
    """The words that may be names: those with a capital, or all where there are none."""
    named = [word.text for run in capitals(text).runs for word in run]
    return named or _words(text)
