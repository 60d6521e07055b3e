"""The numbers that a text states: their values, units, kinds and bounds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import cast

from bot.briefing import cldr
from bot.briefing.checks import number_words
from bot.briefing.checks.units import (
    HAN,
    PERCENT,
    POINTS,
    NumberSuffix,
    read_suffix,
    unit_per,
    units_before,
)
from bot.briefing.lexicon import NOTHING, Bound, Part, lexicon
from bot.briefing.normalisation import ascii_digits
from bot.briefing.text import UNSPACED

_REACH = 30
# "Over 12 months" is mostly throughout them.
_THROUGHOUT = ("over", "über", "past", "within")


def knows_bounds(language: str | None) -> bool:
    """Whether the words that bound a number are known in ``language``."""
    return bool(lexicon(language).bounds)


def _bound_of(text: str, start: int, end: int, language: str, *, is_duration: bool) -> Bound | None:
    """The bound of the number ``text[start:end]``, before it ("at least 12") or behind it and its
    unit ("12 kilometres or more"); None if it has none."""
    if not knows_bounds(language):
        return None
    place = max(0, start - _REACH)
    found = _before(language).search(text[place:start])
    if found and is_duration and found[0].strip().lower() in _THROUGHOUT:
        found = None
    found = found or _behind(language).match(text, end)
    return cast("Bound", found.lastgroup) if found and found.lastgroup else None


@cache
def _before(language: str) -> re.Pattern[str]:
    edge = "" if language in _UNSPACED else r"(?<!\w)"
    return re.compile(
        rf"{edge}(?:{_bounds(lexicon(language).bounds)})"
        r"(?: (?:an?|the|une?|l[aeo]s?|d[eio]s?|ein\w*|di|de|a|à))?[ (]*$",
        re.IGNORECASE,
    )


@cache
def _behind(language: str) -> re.Pattern[str]:
    edge = "" if language in _UNSPACED else r"(?!\w)"
    ways = _bounds(lexicon(language).bounds_behind)
    return re.compile(rf",?[ -]?(?:{ways}){edge}", re.IGNORECASE)


def _bounds(words: Mapping[Bound, str]) -> str:
    order: tuple[Bound, ...] = ("above", "below", "about")  # "not more than" is no "more than"
    return "|".join(rf"(?P<{bound}>{words.get(bound, NOTHING)})" for bound in order)


# In digits of any script, with the separators of any language; in words; in Chinese characters; as
# a part of a round one ("half a million"); as a share ("two thirds").

# Letters that are written without a space before a number: of scripts that have none, and what
# Arabic and Hebrew write onto it ("and 8").
_JOINED = rf"\u0590-\u06ff\uac00-\ud7a3{UNSPACED}"
# In threes, or as Indians do; as a decimal; or plain. Every part of a date or of a version, such as
# "1.5.2024", is a number by itself.
_DIGITS = (
    r"[1-9]\d{0,2}(?:(?:[ ,]\d{3})++(?:\.\d++)?|(?:[ .]\d{3})++(?:,\d++)?|(?:'\d{3})++)(?![.,]?\d)"
    r"|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?(?![.,]?\d)"
    r"|(?<!\d[.,])\d++(?:[.,]\d++)?(?![.,]\d)|\d++"
)
_NUMERAL = re.compile(
    rf"(?<![^\W{_JOINED}])(?<!\d[.,])(?P<sign>(?<![^\s(])-)?"
    rf"(?:(?P<whole>\d+) ?)?(?P<above>\d)⁄(?P<below>\d+)"
    rf"|(?<![^\W{_JOINED}])(?P<minus>(?<![^\s(])-)?(?P<digits>{_DIGITS})"
    rf"(?P<ending>st|nd|rd|th|er|ère|ème|[eº°ª](?![^\W\d_])|-?(?:й|я|е|го|м|му|ю)(?!\w))?"
)
_GROUPED = re.compile(r"([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
# "Im 16. Jahrhundert", which English never writes so.
_DOTTED = re.compile(r"\. [^\W\d_]")
_DECADE = re.compile(r"'?s\b|er\b(?= )|-е(?!\w)|-х(?!\w)")

_HAN_DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)),
               "零": 0, "两": 2, "兩": 2}  # fmt: skip
_HAN = re.compile(
    rf"(?<!\d)[{''.join((*_HAN_DIGITS, *(sign for sign in HAN if not '가' <= sign <= '힣')))}]+"
)
_MYRIAD = 4  # the power of ten from which a sign multiplies all that stands before it
# What is counted stands behind a numeral of one character that counts.
_HAN_COUNTED = re.compile("[名人个個位家年天次只歳岁倍届周週月日件所条條座台艘辆輛枚本度回分]")
# "1 兆 2000 億" is one number.
_HAN_PART = re.compile(r"\s?")

_BETWEEN = re.compile(
    r" ?[-/~～至到] ?| - | (?:to|and|or|bis|und|oder|à|et|ou|a|y|e|o|до|и|и до|і|և|do|i|og|och|en"
    r"|tot|ile|ve) "
    r"|から| إلى | و"
)
_SHORT_YEAR = 2  # digits, as in "2007-08"
_HALF = re.compile(
    r"[ -](?:and[ -]a[ -]half|et demie?|y medi[oa]|e mezz[oa]|e mei[oa]|с половиной|з половиною"
    r"|i pół|a půl|en een half|och en halv|og en halv|buçuk|ونصف|و نیم|եւ կես|և կես|半)(?!\w)"
    r"|einhalb",
    re.IGNORECASE,
)
_ONE_OF_TIME = re.compile(
    r"\b(?:an?|(?:past|last|next|coming)(?= (?:decade|century)\b)) "
    r"(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|century)"
    r"(?P<half> and a half)?\b",
    re.IGNORECASE,
)
# "Quinze jours" are two weeks.
_FIFTEEN_ARE_TWO_WEEKS = frozenset(("fr", "es", "it", "pt", "ca"))
# They say how many there are without a number.
_MANY = {"tens": 1, "dozens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9}
_MANY_WORDS = re.compile(
    rf"\b(?:{'|'.join(_MANY)}|(?:several|a few|a couple of|many) dozen)\b", re.IGNORECASE
)

# The longest first: "полтора" begins as "пол" does.
_PARTS: Mapping[Part, Decimal] = {
    "one_and_a_half": Decimal("1.5"), "three_quarters": Decimal("0.75"),
    "quarter": Decimal("0.25"), "half": Decimal("0.5"),
}  # fmt: skip
_BOTTOMS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_OF_A_ROUND = re.compile(
    r"[ -]?(?:(?:dozen|douzaine|dutzend|docena|dozzina|dúzia|dozijn|dussin|дюжин[аыу]|дюжини|тузін"
    r"|tuzina?|tuctu|düzine|դյուժին)(?!\w)|دزينة|打)|(?P<hundred>(?:сотни|сотні)(?!\w))",
    re.IGNORECASE,
)
# "Half-year" may be a term of accounts, "mediodía" is noon, "half a century" fifty runs.
_CLEAR_PART = re.compile(
    r"half an? (?!century)|quarters? of an? |quarter[ -](?:century|point)", re.IGNORECASE
)
_RATIO = re.compile(
    r"(?: [^\W\d_]+)? (?:in|out of|of every|sur|von|de cada|su|из|av|van) (?:every )?"
)
_UNSPACED = frozenset(("zh", "ja", "yue"))


@dataclass(frozen=True)
class Quantity:
    """A number as written in a text, and where."""

    words: str
    start: int
    end: int
    values: frozenset[Decimal]
    """What it may mean: "1.234" is one thing in English and another in German."""
    units: frozenset[str] = frozenset()
    """What it may measure ("length-mile", "USD", a percentage); empty if it has no unit."""
    kind: str = ""
    """`many` ("thousands of"), `rank` ("third"), `decade` ("1990s"), `share`, or nothing."""
    bound: Bound | None = None
    """How exact it is, by the words around it."""
    powers: frozenset[int] = frozenset({0})
    """The powers of ten that may multiply it."""
    rate: frozenset[str] = frozenset()
    """The unit that it is per ("a month"); empty if there is none."""
    in_words: bool = False
    is_certain: bool = True
    """Whether it is spelled as its language spells it, and not perhaps declined."""
    is_end: bool = False
    """Whether it is an end of a range ("3 to 5")."""

    def is_year(self) -> bool:
        """Whether it may be a year."""
        return not self.units and self.powers == {0} and any(1000 <= v < 2200 for v in self.values)


@lru_cache(maxsize=1024)
def quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order; ``start`` and ``end`` count in its normalised form.

    A digit that belongs to a name ("G7", "A320") is part of the name.
    """
    plain, known = ascii_digits(text), language or "en"
    found = sorted(
        (*_many(plain, known), *_in_digits(plain, known), *_in_words(plain, known)),
        key=lambda each: (each.start, -each.end),
    )
    apart: list[Quantity] = []
    for each in found:
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return tuple(_with_neighbours(plain, _join_han(plain, apart)))


@lru_cache(maxsize=1024)
def shares(text: str, language: str) -> tuple[Quantity, ...]:
    """The shares that ``text`` names beyond doubt ("two thirds", "nine in ten"), in percent."""
    plain = ascii_digits(text)
    pattern = re.compile(lexicon(language).shares, re.IGNORECASE)
    found = [
        (*each.span(), _top(each["top"] or "", language), _bottom(each["part"] or "", language))
        for each in pattern.finditer(plain)
    ]
    for one, other in pairwise(quantities(text, language)):
        is_plain = len(one.values) == len(other.values) == 1 and not (one.units or other.units)
        if is_plain and _RATIO.fullmatch(plain, one.end, other.start):
            found.append((one.start, other.end, int(*one.values), int(*other.values)))
    return tuple(
        Quantity(
            plain[start:end].strip(), start, end, frozenset({Decimal(100) * top / bottom}),
            frozenset({PERCENT}), "share",
            _bound_of(plain, start, end, language, is_duration=False), in_words=True,
        )
        for start, end, top, bottom in found
        if 0 < top < bottom <= 100
    )  # fmt: skip


def _top(words: str, language: str) -> int:
    """The number that ``words`` are; 1 if they are none."""
    return next((min(each.values) for each in number_words.spelled_numbers(words, language)), 1)


def _bottom(part: str, language: str) -> int:
    """The denominator of a ``part`` ("third")."""
    ways = lexicon(language).part_words.items()
    named = (_BOTTOMS[name] for name, words in ways if re.fullmatch(words, part, re.IGNORECASE))
    return next(named, 2)


def may_name_share(text: str, percent: Decimal, language: str) -> bool:
    """Whether ``text`` has the word for a part that is ``percent`` ("a quarter" for 25), if those
    of its language are known."""
    plain, edge = ascii_digits(text), "" if language in _UNSPACED else r"(?<!\w)"
    return any(
        abs(percent - Decimal(100 * top) / _BOTTOMS[name]) < 1
        and re.search(f"{edge}(?:{words})", plain, re.IGNORECASE)
        for name, words in lexicon(language).part_words.items()
        for top in range(1, _BOTTOMS[name])
    )


def _in_digits(plain: str, language: str) -> Iterator[Quantity]:
    for match in _NUMERAL.finditer(plain):
        values = _values(match, language)
        if not values:
            continue
        decade = _DECADE.match(plain, match.end())
        if match["ending"] or (language != "en" and _DOTTED.match(plain, match.end())):
            yield _quantity(plain, match.span(), values, language, kind="rank")
        elif decade and all(value % 10 == 0 and value > 0 for value in values):
            span = (match.start(), decade.end())
            yield Quantity(plain[slice(*span)], *span, values, kind="decade")
        else:
            yield _quantity(plain, match.span(), values, language)


def _values(match: re.Match[str], language: str) -> frozenset[Decimal]:
    if match["below"]:
        if not int(match["below"]):
            return frozenset()
        share = Decimal(match["above"]) / Decimal(match["below"])
        return frozenset({share + Decimal(match["whole"] or 0)})
    values = _read(match["digits"], language)
    return frozenset(-each for each in values) | values if match["minus"] else frozenset(values)


def _read(written: str, language: str) -> frozenset[Decimal]:
    """The values that digits may have: "1.234" is one number in English and another in German, and
    either if the language has other separators."""
    decimal, group = cldr.separators(language)
    found = set()
    grouped = _GROUPED.fullmatch(written)
    if grouped and (grouped[4] or len(grouped[1]) > 7 or grouped[2] != decimal):
        whole = re.sub(r"\D", "", grouped[1])
        found.add(Decimal(f"{whole}.{grouped[4] or 0}"))
    if _INDIAN.fullmatch(written):
        found.add(Decimal(written.replace(",", "")))
    is_group = grouped and grouped[2] == group and group != decimal
    if _PLAIN.fullmatch(written) and not is_group:
        found.add(Decimal(written.replace(",", ".")))
    return frozenset(found)


def _in_words(plain: str, language: str) -> Iterator[Quantity]:
    if language in _UNSPACED:
        yield from _in_han(plain, language)
    if language == "en":
        for match in _ONE_OF_TIME.finditer(plain):
            value = frozenset({Decimal("1.5") if match["half"] else Decimal(1)})
            measured = frozenset({f"duration-{match['unit'].lower()}"})
            yield Quantity(match[0], *match.span(), value, measured, in_words=True)
    yield from _parts(plain, language)
    for each in number_words.spelled_numbers(plain, language):
        kind = "rank" if each.is_rank else ""
        values = frozenset(map(Decimal, each.values))
        yield replace(
            _quantity(plain, (each.start, each.end), values, language, kind=kind),
            in_words=True,
            is_certain=each.is_certain,
        )


def _parts(plain: str, language: str) -> Iterator[Quantity]:
    """Yield numbers such as "half a million" and "half a dozen"."""
    pattern = _part_pattern(language)
    for match in pattern.finditer(plain) if pattern else ():
        share, end = _PARTS[cast("Part", match.lastgroup)], match.end()
        if whole := _OF_A_ROUND.match(plain, end):
            share, end = share * (100 if whole["hundred"] else 12), whole.end()
        found = _quantity(plain, (match.start(), end), frozenset({share}), language)
        is_round = share > 1 or found.powers != {0}
        if is_round or found.units:  # alone, "half" is a fraction
            units = found.units | ({POINTS} if "length-point" in found.units else set())
            is_certain = is_round or _CLEAR_PART.search(found.words) is not None
            yield replace(found, units=units, in_words=True, is_certain=is_certain)


@cache
def _part_pattern(language: str) -> re.Pattern[str] | None:
    known = lexicon(language).parts
    if not known:
        return None
    edge = "" if language in _UNSPACED else r"(?<!\w)"
    ways = "|".join(f"(?P<{part}>{known[part]})" for part in _PARTS if part in known)
    return re.compile(f"{edge}(?:{ways})", re.IGNORECASE)


def _in_han(plain: str, language: str) -> Iterator[Quantity]:
    for match in _HAN.finditer(plain):
        signs = match[0]
        is_counted = len(signs) == 1 and _HAN_COUNTED.match(plain, match.end()) is not None
        is_long = len(signs) > 1 and (signs[0] in _HAN_DIGITS or signs[0] == "十")
        found = _quantity(plain, match.span(), _of_han(signs), language)
        yield replace(found, in_words=True, is_certain=is_counted or is_long)


def _of_han(signs: str) -> frozenset[Decimal]:
    """The values that ``signs`` may have: 三百五十万 is 3,500,000, 二〇二六 a year."""
    if all(sign in _HAN_DIGITS for sign in signs):
        together = Decimal("".join(str(_HAN_DIGITS[sign]) for sign in signs))
        each = frozenset(Decimal(_HAN_DIGITS[sign]) for sign in signs)
        return each | {together}
    total = section = number = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            number = _HAN_DIGITS[sign]
        elif HAN[sign] < _MYRIAD:
            section, number = section + (number or 1) * 10 ** HAN[sign], 0
        else:
            total, section, number = total + ((section + number) or 1) * 10 ** HAN[sign], 0, 0
    return frozenset({Decimal(total + section + number)})


def _many(plain: str, language: str) -> Iterator[Quantity]:
    if language == "en":
        for match in _MANY_WORDS.finditer(plain):
            power = frozenset({Decimal(_MANY.get(match[0].lower(), 1))})
            beside = read_suffix(plain, match.end(), language)
            yield Quantity(
                plain[match.start() : beside.end], match.start(), beside.end, power,
                beside.units, "many", in_words=True,
            )  # fmt: skip


def _quantity(
    plain: str, span: tuple[int, int], values: frozenset[Decimal], language: str, kind: str = ""
) -> Quantity:
    start, end = span
    half = _HALF.match(plain, end)
    beside = read_suffix(plain, half.end() if half else end, language) if not kind else None
    beside = beside or NumberSuffix(frozenset({0}), frozenset(), end)
    if not half:
        half = _HALF.match(plain, beside.end)
    if half:
        beside = beside._replace(end=max(beside.end, half.end()))
    units, begin = units_before(plain, start, language)
    units = units or beside.units
    scaled = frozenset(v.scaleb(power) for v in values for power in beside.powers)
    if half:
        scaled = frozenset(value + _thousands(value) / 2 for value in scaled)
    if ("duration-day" in units) and scaled == {15} and language in _FIFTEEN_ARE_TWO_WEEKS:
        scaled |= {Decimal(14)}
    is_year = any(1000 <= value < 2200 for value in scaled) and units <= {"duration-year"}
    is_duration = any(each.startswith("duration") for each in units)
    of, last = unit_per(plain, beside.end, language)
    return Quantity(
        plain[begin:last].strip(" ."),
        begin,
        beside.end,
        scaled,
        frozenset() if is_year else units,
        kind,
        _bound_of(plain, begin, beside.end, language, is_duration=is_duration),
        beside.powers,
        of,
    )


def _thousands(value: Decimal) -> Decimal:
    """The magnitude in which ``value`` is given: a million for 3,000,000."""
    multiple = Decimal(1)
    while value and value % (multiple * 1000) == 0:
        multiple *= 1000
    return multiple


def _join_han(plain: str, found: list[Quantity]) -> list[Quantity]:
    """``found``, with "5조 3000억" and "1億2000万" as one number."""
    known: list[Quantity] = []
    for each in found:
        last = known[-1] if known else None
        if (
            last
            and min(last.powers) >= 4
            and max(each.powers) < min(last.powers)
            and not last.units
            and _HAN_PART.fullmatch(plain[last.end : each.start])
            and max(each.values) < Decimal(10) ** min(last.powers)
            and (0x3400 <= ord(plain[last.end - 1]) <= 0xD7A3)
        ):
            total = frozenset(a + b for a in last.values for b in each.values)
            known[-1] = replace(
                last, words=plain[last.start : each.end], end=each.end, values=total,
                units=each.units, powers=frozenset({0}),
            )  # fmt: skip
        else:
            known.append(each)
    return known


def _with_neighbours(plain: str, found: list[Quantity]) -> list[Quantity]:
    """``found``, with "3" in "3-5 million" or "3 to 5%" as perhaps 3 million or 3% too."""
    known = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        if not _BETWEEN.fullmatch(plain[first.end : second.start]):
            continue
        if first.is_year() and second.units:
            continue
        known[index : index + 2] = (replace(each, is_end=True) for each in known[index : index + 2])
        if first.is_year() and second.end - second.start == _SHORT_YEAR:
            century = {year - year % 100 for year in first.values}
            years = {value + each for value in second.values for each in century}
            known[index + 1] = replace(known[index + 1], values=second.values | years)
        if first.powers == {0} and second.powers != {0}:
            wider = {v.scaleb(power) for v in first.values for power in second.powers}
            known[index] = replace(known[index], values=first.values | wider)
        if not first.units:
            known[index] = replace(known[index], units=second.units)
        elif not (second.units or second.is_year()) and first.units & {PERCENT, POINTS}:
            known[index + 1] = replace(known[index + 1], units=first.units)
    return known
