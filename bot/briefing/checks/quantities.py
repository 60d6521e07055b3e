"""Which numbers does a text state, of which kind, and how exactly?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bot.briefing.checks import number_words
from bot.briefing.checks.bounds import Bound, bound_of
from bot.briefing.checks.digits import NUMERAL, values_of
from bot.briefing.checks.han import COUNTED, HAN, HAN_LANGUAGES, is_number, of_han
from bot.briefing.checks.parts import groups, parts
from bot.briefing.checks.units import PERCENT, POINTS, Beside, before, behind, rate, unit
from bot.briefing.normalisation import in_ascii

# "Im 16. Jahrhundert", which English never writes so.
_DOTTED = re.compile(r"\. [^\W\d_]")
_DECADE = re.compile(r"'?s\b|er\b(?= )|-е(?!\w)|-х(?!\w)")

_BETWEEN = re.compile(
    r" ?[-/~～至到] ?| - | (?:to|and|or|bis|und|oder|à|et|ou|a|y|e|o|до|и|и до|і|և|do|i|og|och|en"
    r"|tot|ile|ve) "
    r"|から| إلى | و"
)
_SHORT_YEAR = 2  # digits, as in "2007-08"
# "1 兆 2000 億" is one number.
_HAN_PART = re.compile(r"\s?")
_HALF = re.compile(
    r"[ -](?:and[ -]a[ -]half|et demie?|y medi[oa]|e mezz[oa]|e mei[oa]|с половиной"
    r"|з половиною|i pół|a půl"
    r"|en een half|och en halv|og en halv|buçuk|ونصف|و نیم|եւ կես|և կես|半)(?!\w)"
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
_WITHOUT_ONE = frozenset(("ar", "ru", "uk", "be"))
# "Half-year" may be a term of accounts, "mediodía" is noon, "half a century" fifty runs.
_CLEAR_PART = re.compile(
    r"half an? (?!century)|quarters? of an? |quarter[ -](?:century|point)", re.IGNORECASE
)
# They tell how many there are without saying a number.
_MANY = {"tens": 1, "dozens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9}
_MANY_WORDS = re.compile(
    rf"\b(?:{'|'.join(_MANY)}|(?:several|a few|a couple of|many) dozen)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Quantity:
    """A number as written in a text, and where."""

    words: str
    start: int
    end: int
    values: frozenset[Decimal]
    """What it may mean: "1.234" is one thing in English and another in German."""
    units: frozenset[str] = frozenset()
    """What it may measure ("length-mile", "USD", a percentage); empty where nothing is said."""
    kind: str = ""
    """`many` ("thousands of"), `rank` ("third"), `decade` ("1990s"), or nothing."""
    bound: Bound | None = None
    """What the words around make of it."""
    is_within_bound: bool = False
    """Whether the bound takes it in ("at least 12", not "more than 12")."""
    powers: frozenset[int] = frozenset({0})
    """By which powers of ten it is multiplied."""
    rate: frozenset[str] = frozenset()
    """Of what unit it is told ("a month"); empty where it is of none."""
    in_words: bool = False
    is_certain: bool = True
    """Whether it is read as its language spells it, and not as it may be declined."""
    is_end: bool = False
    """Whether it is an end of a range ("3 to 5")."""

    def is_year(self) -> bool:
        """Whether it may be one."""
        return not self.units and self.powers == {0} and any(1000 <= v < 2200 for v in self.values)


@lru_cache(maxsize=4096)
def quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order; ``start`` and ``end`` count in its normalised form.

    A digit that belongs to a name ("G7", "A320") is part of the name.
    """
    plain, known = in_ascii(text), language or "en"
    found = sorted(
        (*_many(plain, known), *_in_digits(plain, known), *_in_words(plain, known)),
        key=lambda each: (each.start, -each.end),
    )
    apart: list[Quantity] = []
    for each in found:
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return tuple(_with_neighbours(plain, _joined(plain, apart)))


def _in_digits(plain: str, language: str) -> Iterator[Quantity]:
    for match in NUMERAL.finditer(plain):
        values = values_of(match, language)
        if not values:
            continue
        if match["ending"] or (language != "en" and _DOTTED.match(plain, match.end())):
            yield _quantity(plain, match.span(), values, language, kind="rank")
        elif decade := _DECADE.match(plain, match.end()):
            if all(value % 10 == 0 and value > 0 for value in values):
                span = (match.start(), decade.end())
                yield Quantity(plain[slice(*span)], *span, values, kind="decade")
                continue
            yield _quantity(plain, match.span(), values, language)
        else:
            yield _quantity(plain, match.span(), values, language)


def _in_words(plain: str, language: str) -> Iterator[Quantity]:
    if language in HAN_LANGUAGES:
        yield from _in_han(plain, language)
    if language == "en":
        yield from _one_of_time(plain)
    if language in _WITHOUT_ONE:
        yield from _one_and_a_half(plain, language)
    yield from _parts(plain, language)
    for each in number_words.spelled(plain, language):
        kind = "rank" if each.is_rank else ""
        values = frozenset(map(Decimal, each.values))
        yield replace(
            _quantity(plain, (each.start, each.end), values, language, kind=kind),
            in_words=True,
            is_certain=each.is_certain,
        )


def _one_of_time(plain: str) -> Iterator[Quantity]:
    """What is said as "a year" and "a year and a half"."""
    for match in _ONE_OF_TIME.finditer(plain):
        value = frozenset({Decimal("1.5") if match["half"] else Decimal(1)})
        unit = frozenset({f"duration-{match['unit'].lower()}"})
        yield Quantity(match[0], *match.span(), value, unit, in_words=True)


def _one_and_a_half(plain: str, language: str) -> Iterator[Quantity]:
    """What is said as "an hour and a half" without a word for one."""
    for match in _HALF.finditer(plain):
        word = re.search(r"[^\W\d_]+$", plain[: match.start()])
        measured = unit(word[0].lower(), language) if word else frozenset()
        if word and any(each.startswith("duration") for each in measured):
            span = word.start(), match.end()
            value = frozenset({Decimal("1.5")})
            yield Quantity(plain[slice(*span)], *span, value, measured, in_words=True)


def _parts(plain: str, language: str) -> Iterator[Quantity]:
    """What is said as "half a million", and what "the trio" may be."""
    for start, end, share in parts(plain, language):
        found = _quantity(plain, (start, end), frozenset({share}), language)
        is_round = share > 1 or found.powers != {0}
        if is_round or found.units:  # alone, "half" is a fraction
            units = found.units | ({POINTS} if "length-point" in found.units else set())
            is_certain = is_round or _CLEAR_PART.search(found.words) is not None
            yield replace(found, units=units, in_words=True, is_certain=is_certain)
    for start, end, count in groups(plain):
        yield Quantity(
            plain[start:end], start, end, frozenset({count}), in_words=True, is_certain=False
        )


def _in_han(plain: str, language: str) -> Iterator[Quantity]:
    for match in HAN.finditer(plain):
        if match.start() and plain[match.start() - 1].isdigit():
            continue
        values = of_han(match[0])
        is_counted = len(match[0]) == 1 and COUNTED.match(plain, match.end()) is not None
        is_long = is_number(match[0])
        if values:
            found = _quantity(plain, match.span(), values, language)
            yield replace(found, in_words=True, is_certain=is_counted or is_long)


def _many(plain: str, language: str) -> Iterator[Quantity]:
    if language == "en":
        for match in _MANY_WORDS.finditer(plain):
            power = frozenset({Decimal(_MANY.get(match[0].lower(), 1))})
            beside = behind(plain, match.end(), language)
            yield Quantity(
                plain[match.start() : beside.end], match.start(), beside.end, power,
                beside.units, "many", in_words=True,
            )  # fmt: skip


def _quantity(
    plain: str, span: tuple[int, int], values: frozenset[Decimal], language: str, kind: str = ""
) -> Quantity:
    start, end = span
    half = _HALF.match(plain, end)
    beside = behind(plain, half.end() if half else end, language) if not kind else None
    beside = beside or Beside(frozenset({0}), frozenset(), end)
    if not half:
        half = _HALF.match(plain, beside.end)
    if half:
        beside = beside._replace(end=max(beside.end, half.end()))
    units, begin = before(plain, start, language)
    units = units or beside.units
    scaled = frozenset(v.scaleb(power) for v in values for power in beside.powers)
    if half:
        scaled = frozenset(value + _thousands(value) / 2 for value in scaled)
    if ("duration-day" in units) and scaled == {15} and language in _FIFTEEN_ARE_TWO_WEEKS:
        scaled |= {Decimal(14)}
    is_year = any(1000 <= value < 2200 for value in scaled) and units <= {"duration-year"}
    is_duration = any(each.startswith("duration") for each in units)
    of, last = rate(plain, beside.end, language)
    return Quantity(
        plain[begin:last].strip(),
        begin,
        beside.end,
        scaled,
        frozenset() if is_year else units,
        kind,
        *bound_of(plain, begin, beside.end, language, is_duration),
        beside.powers,
        of,
    )


def _thousands(value: Decimal) -> Decimal:
    """The multiple that ``value`` is told in: a million for 3,000,000."""
    multiple = Decimal(1)
    while value and value % (multiple * 1000) == 0:
        multiple *= 1000
    return multiple


def _joined(plain: str, found: list[Quantity]) -> list[Quantity]:
    """The same, with "5조 3000억" and "1億2000万" as one."""
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
    """The same, where "3" of "3-5 million" or of "3 to 5%" may be 3 million or 3% too."""
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
        elif not second.units and second.powers == {0} and first.units & {PERCENT, POINTS}:
            known[index + 1] = replace(known[index + 1], units=first.units)
    return known
