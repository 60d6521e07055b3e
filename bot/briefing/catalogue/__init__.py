"""In which words does Readout itself speak in a briefing, an answer and their evidence?

One catalogue per language, as Python: the type checker refuses a language that lacks a sentence,
and there is neither a parser nor a file to ship. Adding a language is one module and one entry
here. Buttons of a message, notes and headings come from here; what is said about a request that
could not be served at all is English.
"""

from dataclasses import replace
from functools import cache

from babel.localedata import exists

from bot.briefing.catalogue.arabic import ARABIC
from bot.briefing.catalogue.armenian import ARMENIAN
from bot.briefing.catalogue.english import ENGLISH
from bot.briefing.catalogue.entries import Catalogue
from bot.briefing.catalogue.french import FRENCH
from bot.briefing.catalogue.german import GERMAN
from bot.briefing.catalogue.russian import RUSSIAN
from bot.briefing.catalogue.spanish import SPANISH

__all__ = ["CATALOGUES", "ENGLISH", "Catalogue", "catalogue"]

CATALOGUES = {
    "ar": ARABIC, "de": GERMAN, "en": ENGLISH, "es": SPANISH, "fr": FRENCH, "hy": ARMENIAN,
    "ru": RUSSIAN,
}  # fmt: skip
"""All there are, by ISO 639-1 code."""


@cache
def catalogue(language: str | None) -> Catalogue:
    """The fixed sentences in ``language`` (ISO 639-1); in English where there is no catalogue, with
    dates as the language writes them."""
    code = language or "en"
    if code in CATALOGUES or not exists(code):
        return CATALOGUES.get(code, ENGLISH)
    return replace(ENGLISH, locale=code)
