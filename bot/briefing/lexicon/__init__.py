"""The words that carry structure in news: who says, who promises, what is loaded, what denies.

One closed list per language, kept short enough to read. English is complete; the other languages so
far have the speech verbs and what the checks need, and anything else finds nothing rather than
something wrong.
"""

from functools import cache

from bot.briefing.lexicon.arabic import ARABIC
from bot.briefing.lexicon.armenian import ARMENIAN
from bot.briefing.lexicon.english import ENGLISH
from bot.briefing.lexicon.french import FRENCH
from bot.briefing.lexicon.german import GERMAN
from bot.briefing.lexicon.others import OTHERS
from bot.briefing.lexicon.russian import RUSSIAN
from bot.briefing.lexicon.spanish import SPANISH
from bot.briefing.lexicon.words import Lexicon, factored

__all__ = ["Lexicon", "factored", "function_words", "has_word_lists", "lexicon", "offices"]

# `(?!)`, the default, never matches.
_NOTHING = Lexicon()

_LEXICONS = {
    "ar": ARABIC, "de": GERMAN, "en": ENGLISH, "es": SPANISH, "fr": FRENCH, "hy": ARMENIAN,
    "ru": RUSSIAN, **OTHERS,
}  # fmt: skip


def lexicon(language: str | None) -> Lexicon:
    """The words of ``language`` (ISO 639-1); English where it is unknown, nothing where no list
    is kept."""
    return _LEXICONS.get(language or "en", _NOTHING)


def has_word_lists(language: str | None) -> bool:
    """Whether the words that the checks of meaning need are kept for ``language``."""
    return bool(lexicon(language).fillers)


@cache
def offices(language: str | None) -> frozenset[str]:
    """What is written with a capital in ``language`` and is no name ("Minister"), in lower case."""
    return frozenset(lexicon(language).offices.split())


@cache
def function_words(language: str | None) -> frozenset[str]:
    """The words of ``language`` that carry no content, lower case; empty where none are known.

    The list is stopwordsiso's: wide, which suits a ranking and a floor.
    """
    from stopwordsiso import has_lang, stopwords  # the lists of all languages, 2 MB

    code = language or "en"
    return frozenset(stopwords(code)) if has_lang(code) else frozenset()
