"""How a sentence of each language is made to say something else, or the same in another way."""

from bot.evaluation.words.arabic import ARABIC
from bot.evaluation.words.armenian import ARMENIAN
from bot.evaluation.words.english import ENGLISH
from bot.evaluation.words.french import FRENCH
from bot.evaluation.words.russian import RUSSIAN
from bot.evaluation.words.table import Words

__all__ = ["LANGUAGES", "Words"]

LANGUAGES = {"en": ENGLISH, "ru": RUSSIAN, "hy": ARMENIAN, "fr": FRENCH, "ar": ARABIC}
"""By ISO 639-1 code."""
