"""CLDR's words of each language for time, measures and large numbers.

Read from Babel's data as they are stored: resolving their aliases writes the answer for one
language into what all others share (Babel 2.18), so that Arabic months would come out Chinese.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from babel.core import get_global
from babel.localedata import Alias, exists, load

from bot.briefing.lexicon import function_words

# Arabic has other months in the Levant and in the Maghreb; Portuguese, Spanish and German other
# large numbers or months by country.
_REGIONS = {"ar": ("ar_LB", "ar_DZ", "ar_MA"), "de": ("de_AT",), "en": ("en_GB",), "fa": ("fa_AF",),
            "pt": ("pt_PT",), "sr": ("sr_Latn",), "zh": ("zh_Hant",)}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{0\}|0+")


@cache
def months(language: str) -> tuple[frozenset[str], ...]:
    """Twelve sets of names, January first, in lower case; empty if CLDR lacks ``language``."""
    return _numbered(language, "months", range(1, 13), "wide")


@cache
def short_months(language: str) -> tuple[frozenset[str], ...]:
    """Twelve sets of abbreviated names, without a full stop ("sept")."""
    return _numbered(language, "months", range(1, 13), "abbreviated")


@cache
def weekdays(language: str) -> tuple[frozenset[str], ...]:
    """Seven sets of names, Monday first."""
    return _numbered(language, "days", range(7), "wide")


def format_date(day: date, language: str, *, with_year: bool = True) -> str:
    """``day`` as ``language`` writes it ("14 May 2025"); ISO where CLDR does not say how."""
    data = load(language)
    known = {"d": day.day, "dd": f"{day:%d}", "M": day.month, "MM": f"{day:%m}", "y": day.year}
    try:
        pattern = data["date_formats"]["long"] if with_year else data["datetime_skeletons"]["MMMMd"]
        month = data["months"]["format"]["wide"][day.month]
        return str(pattern.format % (known | dict.fromkeys(("MMMM", "LLLL"), month)))
    except (KeyError, TypeError):  # an alias can't be looked into; other calendars have other signs
        return day.isoformat()


@cache
def magnitudes(language: str) -> Mapping[str, frozenset[int]]:
    """The powers of ten by which words behind a number multiply it: "million" → {6}."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for section in _sections(language, "compact_decimal_formats"):
        for pattern, zeros in _compact(section):
            word = _PLACEHOLDER.sub("", pattern).replace("'", "").replace("\xa0", " ")
            found[word.strip(" .").lower()].add(zeros)
    found.pop("", None)
    return {word: frozenset(powers) for word, powers in found.items()}


@cache
def separators(language: str) -> tuple[str, str]:
    """The decimal and the thousands separator of numbers in Latin digits; "" for both where CLDR
    lacks the language."""
    for section in _sections(language, "number_symbols"):
        known = section.get("latn", section)
        return known.get("decimal", "."), known.get("group", ",").replace("\u202f", " ")
    return "", ""


@cache
def units(language: str) -> Mapping[str, frozenset[str]]:
    """The units that words and signs beside a number stand for: "km" → {"length-kilometer"}.

    Currencies are given by their codes, and by every word of their names ("dollar" → USD, AUD, …).
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for unit, pattern in _unit_patterns(language):
        found[_bare(pattern)].add(_SAME_UNIT.get(unit, unit))
    for code, word in _currency_words(language):
        found[word].add(code)
    return {word: frozenset(kinds) for word, kinds in found.items() if word not in _NO_UNITS}


def _unit_patterns(language: str) -> Iterator[tuple[str, str]]:
    for section in _sections(language, "unit_patterns"):
        for unit, widths in section.items():
            if not unit.startswith(_DIMENSIONS):
                continue
            for width in ("long", "short"):
                for count, pattern in widths.get(width, {}).items():
                    if count != "per" and "{0}" in pattern:
                        yield unit, pattern


def _currency_words(language: str) -> Iterator[tuple[str, str]]:
    """Each currency's code with every word of its names, except peoples ("Polish") and function
    words ("and"), and with its signs."""
    peoples, small = _peoples(language), function_words(language) - {"won"}
    for names in ("currency_names", "currency_names_plural"):
        for section in _sections(language, names):
            for code in section.keys() & _tender():
                forms = section[code]
                for form in forms.values() if isinstance(forms, dict) else [forms]:
                    words = re.findall(r"[^\W\d_]+", form.lower())
                    words = [w for w in words if not (w in small or w.startswith(peoples))]
                    yield from ((code, word) for word in words if len(word) >= _SHORTEST)
                    yield from ((code, word) for word in words[-1:])
    for section in _sections(language, "currency_symbols"):
        signs = ((code, sign) for code, sign in section.items() if code in _tender())
        yield from ((code, _bare(sign)) for code, sign in signs if not sign.isalpha())


@cache
def _peoples(language: str) -> tuple[str, ...]:
    """The names of languages, which are those of peoples too, and of countries."""
    listed = (*_sections(language, "languages"), *_sections(language, "territories"))
    found = {name.lower() for each in listed for name in each.values() if isinstance(name, str)}
    return tuple(word for name in found for word in name.split() if len(word) > _SHORTEST)


@cache
def _tender() -> frozenset[str]:
    """The codes of the currencies that are legal tender somewhere today."""
    known = get_global("territory_currencies").values()
    return frozenset(code for each in known for code, _, end, tender in each if tender and not end)


# Inches, acres, stones and days, abbreviated.
_NO_UNITS = frozenset(("", "in", "a", "ac", "st", "as", "da", "de", "do", "la", "en", "on", "an"))
_SHORTEST = 4  # shorter words are no nouns of their own ("in", "new")
_DIMENSIONS = (
    "area", "concentr-percent", "concentr-permille", "digital", "duration", "energy", "length",
    "mass", "power", "speed", "temperature", "volume",
)  # fmt: skip
# "Five tonnes" and "five tons" may be one measure, "years" and "years old" are.
_SAME_UNIT = {
    "mass-ton": "mass-tonne",
    "duration-year-person": "duration-year",
    "duration-month-person": "duration-month",
    "duration-week-person": "duration-week",
    "duration-day-person": "duration-day",
    "temperature-generic": "temperature-celsius",
    "duration-night": "duration-day",
}


def _numbered(
    language: str, section: str, numbers: range, width: str
) -> tuple[frozenset[str], ...]:
    found: list[set[str]] = [set() for _ in numbers]
    for each in _sections(language, section):
        for context in each.values():
            for number, name in context.get(width, {}).items():
                if number in numbers:
                    found[numbers.index(number)].add(name.lower().strip(" .\u200f"))
    return tuple(map(frozenset, found)) if any(found) else ()


def _sections(language: str, section: str) -> Iterator[dict[Any, Any]]:
    for name in (language, *_REGIONS.get(language, ())):
        if exists(name) and (data := load(name).get(section)) is not None:
            yield _plain(data)


def _compact(section: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for width in section.values():
        for counts in width.values():
            for size, pattern in counts.items():
                shown = re.search("0+", pattern)
                if shown:
                    yield pattern, len(size) - len(shown[0])


def _bare(pattern: str) -> str:
    return pattern.replace("{0}", "").strip(" .\xa0\u200e\u200f").lower()


def _plain(data: Any) -> Any:  # noqa: ANN401 - Babel's, which is not typed
    """``data`` without aliases."""
    if isinstance(data, tuple):
        data = data[1]
    if isinstance(data, dict):
        known = {key: value for key, value in data.items() if not isinstance(value, Alias)}
        return {key: _plain(value) for key, value in known.items()}
    return getattr(data, "pattern", data)
