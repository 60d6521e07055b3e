"""How a question is put in each language, and which words say the same in a question and in news.

English is complete; of the other languages the question words are known, and a few classes.
"""

from functools import cache

from bot.briefing.lexicon.questions.asking import Asking
from bot.briefing.lexicon.questions.english import ENGLISH
from bot.briefing.lexicon.questions.french import FRENCH
from bot.briefing.lexicon.questions.russian import RUSSIAN

__all__ = ["Asking", "asking"]

# What is asked in another language is answered by its words alone.
_OTHER = Asking()
_ASKING = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN}


@cache
def asking(language: str | None) -> Asking:
    """How questions are put in ``language`` (ISO 639-1); in English where it is unknown."""
    return _ASKING.get(language or "en", _OTHER)
