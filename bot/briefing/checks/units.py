"""What stands next to a number: "million", "%", "kilometres", a currency.

Large numbers, measures and currencies have their CLDR names; percentages and their points, which it
names in one way at most, are among the words of each language as news writes them.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from bot.briefing import cldr
from bot.briefing.dates import DECLINING
from bot.briefing.lexicon import in_every_language, lexicon
from bot.briefing.text import LETTER, UNSPACED_CHARACTER

PERCENT, POINTS = "concentr-percent", "points"
POINT = "length-point"
"""What CLDR takes "points" alone for."""

# Magnitudes with other names in CLDR, and those written across languages, as powers of ten.
_MAGNITUDES = {
    "k": 3, "thousand": 3, "mn": 6, "mln": 6, "mio": 6, "million": 6, "m": 6, "bn": 9, "mrd": 9,
    "mld": 9, "billion": 9, "trn": 12, "tn": 12, "lakh": 5, "crore": 7, "cr": 7, "hundred": 2,
}  # fmt: skip
HAN = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12, "천": 3, "만": 4,
        "억": 8, "조": 12}  # fmt: skip
_HAN_MAGNITUDE = re.compile(f" ?([{''.join(HAN)}]+)")
_SIGNS = "$€£¥₹₽₴₺₩₪₫₱֏₼₸₾฿₦৳"
_BEFORE = re.compile(
    rf"(?P<sign>(?:[A-Z]{{1,3}})?[{re.escape(_SIGNS)}]|\b[A-Z]{{3}}|\bRs\.?|\bRp|\bkr\.?|[%٪]) ?$"
    r"|(?P<percent>\b[Yy]üzde |\bsutkəda |百分之 ?)$"
)
# Brackets stand around what an editor has added ("130 [million]").
_WORD = re.compile(rf"[ -]?\[?({LETTER}+)('{LETTER}+)?(\.(?!\w))?\]?")
_SIGN = re.compile(rf" ?([{re.escape(_SIGNS)}]|°[CF]?)")
# "3 million of euros", "5 U.S. dollars"
_SMALL = re.compile(r"[ -]?(?:of|de|d'|di|d[oae]|u\.?s\.?|us)(?= |\b)", re.IGNORECASE)
# What says "per", in every language at once: the unit behind it tells it from other uses.
_PER = re.compile(
    r"(?: ?/ ?| (?:per|an?|each|every|pro|je|im|in der|par|por|al?|cada|per il|в|за|на|på|w|na) )"
    rf"({LETTER}+)",
    re.IGNORECASE,
)
_RAISED = {"2": "area-square-", "3": "volume-cubic-"}  # "km²"
_SHORTEST_STEM = 4
_LONGEST_ENDING, _LONGEST_PLURAL = 4, 2
_KOREAN = re.compile("[\uac00-\ud7a3]")
_NOTHING: frozenset[str] = frozenset()
_CODE = 3  # letters
# The currencies that are written with one sign.
_OF_MANY = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "MXN", "TWD", "SGD", "ARS", "CLP", "COP", "BRL"),
    "¥": ("JPY", "CNY"),
}
_CROWNS = frozenset(("CZK", "SEK", "NOK", "DKK", "ISK"))
_OF_SPACE = frozenset(("length", "area", "volume"))
_GENERIC = {"Rs": "₹", "Rp": "IDR", "kr": ""}


_Meant = TypeVar("_Meant", int, str)


class NumberSuffix(NamedTuple):
    """What stands behind a number: the powers of ten that may multiply it, its units, and where
    these end."""

    powers: frozenset[int]
    units: frozenset[str]
    end: int


def are_incompatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two numbers certainly measure different things; "metres" may be cubic, which many
    languages say behind it."""
    if not (one and other) or one & other or {POINT, POINTS} <= one | other:
        return False
    kinds = {each.partition("-")[0] for each in (*one, *other)}
    return not (kinds <= _OF_SPACE and len(kinds) > 1)


def units_before(text: str, start: int, language: str) -> tuple[frozenset[str], int]:
    """The units that stand before the number at ``start``, and where they begin."""
    found = _BEFORE.search(text[max(0, start - 10) : start])
    if found is None:
        return frozenset(), start
    begin = start - (len(found[0]))
    if found["percent"] or found["sign"] in "%٪":
        return frozenset({PERCENT}), begin
    sign = found["sign"].rstrip(".")
    if known := _currency(sign, language):
        return known, begin
    return frozenset(), start


def unit_per(text: str, end: int, language: str) -> tuple[frozenset[str], int]:
    """The unit that the amount before ``end`` is per ("6 million a month"), and where that ends;
    empty if there is none."""
    found = _PER.match(text, end)
    measured = _units_of(found[1].lower(), language) if found else _NOTHING
    return measured, found.end() if found and measured else end


def read_suffix(text: str, end: int, language: str) -> NumberSuffix:
    """The magnitudes and units behind the number that ends at ``end``."""
    powers, end = _powers(text, end, language)
    place = end + (text[end : end + 1] in (" ", "-"))
    for name, unit in (("percentage_points", POINTS), ("percent", PERCENT)):
        if found := _any(name).match(text, place):
            return NumberSuffix(powers, frozenset({unit}), found.end())
    if found := _any("basis_points").match(text, place):
        # A change in a rate is given in points or in percent.
        units = frozenset({POINTS, PERCENT})
        return NumberSuffix(frozenset(each - 2 for each in powers), units, found.end())
    return NumberSuffix(powers, *_units(text, end, language))


@cache
def _any(name: str) -> re.Pattern[str]:
    """A pattern for the list ``name`` of all languages, with percent signs for "percent"."""
    return re.compile(in_every_language(name) + "|[%٪]" * (name == "percent"), re.IGNORECASE)


def _powers(text: str, end: int, language: str) -> tuple[frozenset[int], int]:
    powers = frozenset({0})
    while True:
        if found := _HAN_MAGNITUDE.match(text, end):
            power = sum(HAN[sign] for sign in found[1])
            return frozenset(each + power for each in powers), found.end()
        word = _WORD.match(text, end)
        known = _magnitude(word[1].lower(), language) if word else None
        if word is None or not known:
            return powers, end
        powers = frozenset(each + power for each in powers for power in known)
        end = word.end()


def _units(text: str, end: int, language: str) -> tuple[frozenset[str], int]:
    if sign := _SIGN.match(text, end):
        named = {"°C": "temperature-celsius", "°F": "temperature-fahrenheit"}.get(sign[1])
        return (frozenset({named}) if named else _currency(sign[1], language)), sign.end()
    small = _SMALL.match(text, end)
    known, place = _word(text, small.end() if small else end, language)
    shape = _RAISED.get(text[place : place + 1])
    if shape and not text[place + 1 : place + 2].isdigit():
        return frozenset(each.replace("length-", shape) for each in known), place + 1
    return (known, place) if known else (known, end)


def _word(text: str, end: int, language: str) -> tuple[frozenset[str], int]:
    place = end + (text[end : end + 1] == " ")
    if UNSPACED_CHARACTER.match(text, place) or _KOREAN.match(text, place):
        ends = (place + length for length in range(6, 0, -1))
        found = ((_table(language).get(text[place:each]), each) for each in ends)
        return next(((known, each) for known, each in found if known), (_NOTHING, end))
    first = _WORD.match(text, end)
    second = _WORD.match(text, first.end()) if first else None
    if first is None or second is None:
        return (_units_of(first[1].lower(), language), first.end()) if first else (_NOTHING, end)
    if both := _table(language).get(f"{first[1]} {second[1]}".lower()):
        return both, second.end()
    one, other = (_units_of(each[1].lower(), language) for each in (first, second))
    if not one and first[1][0].isupper() and any(map(str.isupper, other)):
        return other, second.end()  # "Swiss francs"
    return (one & other, second.end()) if one & other else (one, first.end())


@lru_cache(maxsize=1024)
def _units_of(word: str, language: str) -> frozenset[str]:
    """The units that ``word`` may stand for; empty if it is none."""
    table = _table(language)
    return table[word] if word in table else _of_stem(word, _stems(language), language)


@lru_cache(maxsize=1024)
def _magnitude(word: str, language: str) -> frozenset[int]:
    table = _magnitudes(language)
    return table[word] if word in table else _of_stem(word, table, language)


def _of_stem(word: str, stems: Mapping[str, frozenset[_Meant]], language: str) -> frozenset[_Meant]:
    """The meaning of the longest of ``stems`` of which ``word`` may be an inflected form."""
    ending = _LONGEST_ENDING if language in DECLINING else _LONGEST_PLURAL
    shortest = max(_SHORTEST_STEM, len(word) - ending)
    stem = (word[:length] for length in range(len(word) - 1, shortest - 1, -1))
    return next((stems[each] for each in stem if each in stems), frozenset())


@cache
def _magnitudes(language: str) -> Mapping[str, frozenset[int]]:
    found = {word: frozenset({power}) for word, power in _MAGNITUDES.items()}
    if language != "en":
        for word in ("billion", "hundred", "m"):
            del found[word]
    found |= cldr.magnitudes(language)
    found |= {w: frozenset({power}) for w, power in lexicon(language).magnitudes.items()}
    # A letter alone may be a measure.
    stems = {word[:-1]: powers for word, powers in found.items() if len(word) > _SHORTEST_STEM + 1}
    single = {word: powers | {0} for word, powers in found.items() if len(word) == 1}
    return {**stems, **found, **single}


@cache
def _table(language: str) -> Mapping[str, frozenset[str]]:
    crowns = dict.fromkeys(("crown", "crowns") if language == "en" else (), _CROWNS)
    more = {word: frozenset({kind}) for word, kind in lexicon(language).units.items()}
    return {**cldr.units(language), **more, **crowns}


@cache
def _stems(language: str) -> Mapping[str, frozenset[str]]:
    """The stems of the words for units, with the units that each may mean."""
    found: dict[str, frozenset[str]] = {}
    for word, kinds in _table(language).items():
        stem = word.rstrip("aeiouyаеиоуыьяії")
        if len(stem) >= _SHORTEST_STEM and stem.isalpha():
            found[stem] = found.get(stem, frozenset()) | kinds
    return found


def _currency(sign: str, language: str) -> frozenset[str]:
    sign = _GENERIC.get(sign, sign)
    if len(sign) == _CODE and sign.isalpha() and sign.isascii():
        return frozenset({sign}) & _codes()
    known = (_table(each).get(sign.lower(), frozenset()) for each in (language, "en"))
    return frozenset().union(_OF_MANY.get(sign, ()), *known)


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for kinds in _table("en").values() for code in kinds if code.isupper())


# How many seconds, metres, square or cubic metres, grams or watts a unit is.
_SIZES: dict[str, Decimal | float] = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "fortnight": 1209600,
    "month": 2629800, "quarter": 7889400, "year": 31557600, "decade": 315576000,
    "century": 3155760000, "meter": 1, "inch": 0.0254, "foot": 0.3048, "yard": 0.9144,
    "mile": 1609.344, "nautical-mile": 1852, "gram": 1, "ounce": 28.35, "pound": 453.6,
    "stone": 6350.4,
    "tonne": 1000000, "watt": 1, "hectare": 10000, "acre": 4046.86, "liter": 0.001,
    "gallon": 0.0037854,
}  # fmt: skip
_SIDES = {"square": 2, "cubic": 3}
_PREFIXES = {
    "micro": -6, "milli": -3, "centi": -2, "deci": -1, "deca": 1, "hecto": 2, "kilo": 3,
    "mega": 6, "giga": 9, "tera": 12,
}  # fmt: skip


@lru_cache(maxsize=256)
def unit_size(unit: str) -> tuple[str, Decimal] | None:
    """What ``unit`` ("area-square-kilometer") measures, and its size in base units; None if that is
    not known."""
    kind, _, named = unit.partition("-")
    shape, _, plain = ("", "", named) if named in _SIZES else named.rpartition("-")
    prefix = next((p for p in _PREFIXES if plain.startswith(p) and plain not in _SIZES), "")
    bare = plain.removeprefix(prefix)
    if bare not in _SIZES or (shape and shape not in _SIDES):
        return None
    whole = Decimal(str(_SIZES[bare])) * Decimal(10) ** _PREFIXES.get(prefix, 0)
    return kind, whole ** _SIDES.get(shape, 1)
