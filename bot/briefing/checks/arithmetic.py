"""What follows from numbers: sums, shares, the same in another unit or less exactly?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from bot.briefing.checks.quantities import Quantity, quantities
from bot.briefing.checks.units import PERCENT, POINT, POINTS
from bot.briefing.dates import Day
from bot.briefing.normalisation import in_ascii

_LISTING = re.compile(r"[,;،、，；·•]| (?:and|et|und|y|e|и|і|og|och|en|և|ve|oraz|si|și|&) | و")
_LONGEST_ITEM = 4  # words
# "4-1" may be counted from who scored.
SCORE = re.compile(r"(?<![\d.,])\d{1,3}-\d{1,3}(?![\d%-]|[.,]\d)")
# What stands between "one year" and "ten months".
_ADDING = re.compile(
    r",? ?(?:(?:and|und|et|y|e|и|і|й|та|і|och|og|en|i|a|ve|և|ու|si|și|plus)(?= )|و|和|零|又)? ?"
)
# "About 40%" is not 43 %; "nearly half" is more than 40 %.
_FARTHEST = {"about": Decimal("0.07"), "above": Decimal("0.25"), "below": Decimal("0.25")}
_DAYS = {"duration-day": 1, "duration-week": 7}
_MONTH = Decimal("30.4")  # days
# What is no decimal multiple of a metre, a gram, a litre or a watt: how many of which it is.
_FACTORS: dict[str, tuple[str, int]] = {
    "minute": ("second", 60), "hour": ("second", 3600), "day": ("second", 86400),
    "week": ("second", 604800), "second": ("second", 1), "fortnight": ("second", 1209600),
    "month": ("month", 1), "quarter": ("month", 3), "year": ("month", 12),
    "decade": ("month", 120), "century": ("month", 1200),
    "foot": ("inch", 12), "inch": ("inch", 1), "yard": ("inch", 36), "mile": ("inch", 63360),
    "pound": ("ounce", 16), "ounce": ("ounce", 1), "stone": ("ounce", 224),
    "tonne": ("gram", 10**6),
}  # fmt: skip
_POWERS = {"square": 2, "cubic": 3}
_PREFIXES = {
    "micro": -6, "milli": -3, "centi": -2, "deci": -1, "deca": 1, "hecto": 2, "kilo": 3,
    "mega": 6, "giga": 9, "tera": 12,
}  # fmt: skip
# An area or a volume that has a name of its own: how many square or cubic ones it is.
_OF_SPACE: dict[str, tuple[str, int, Decimal | int]] = {
    "hectare": ("meter", 2, 10**4), "liter": ("meter", 3, Decimal("0.001")),
    "acre": ("inch", 2, 6272640), "gallon": ("inch", 3, 231),
}  # fmt: skip
# What is never told to the last digit: months in days, inches in metres.
_ABOUT = {
    ("month", "second"): Decimal(2629800), ("inch", "meter"): Decimal("0.0254"),
    ("ounce", "gram"): Decimal("28.35"),
}  # fmt: skip
_METRE = frozenset("mм")  # a million too, so that CLDR's units leave it out
_NEAR = Decimal("0.02")
_ROUNDED = Decimal("0.1")


def listed(text: str) -> int:
    """How many short items stand in a row at most ("A, B and C" are three)."""
    parts = _LISTING.split(text)
    is_short = [len(part.split()) <= _LONGEST_ITEM for part in parts[1:-1]]
    rows = (len(list(row)) for short, row in groupby(is_short) if short)
    return max(rows, default=0) + min(len(parts), 2)


def may_be_added(theirs: Quantity, ours: Quantity) -> bool:
    """Whether ``ours`` may be a sum or a difference that ``theirs`` is a part of."""
    if ours.units & {POINTS, POINT}:
        return bool(theirs.units & {PERCENT, POINTS})
    if PERCENT in ours.units and POINTS in theirs.units:
        return True
    if theirs.is_year() and any(each.startswith("duration") for each in ours.units):
        return True
    return bool(theirs.units & ours.units) if ours.units else not theirs.units


def pairs(pool: list[Quantity]) -> Iterator[tuple[frozenset[Decimal], frozenset[Decimal]]]:
    """What every two of ``pool`` may mean."""
    return ((one.values, other.values) for one, other in combinations(pool, 2))


def shares(pool: list[Quantity]) -> Iterator[Decimal]:
    """What every number of ``pool`` is of every larger one, and by how much it is smaller and that
    is larger, in hundredths."""
    values = {value for each in pool for value in each.values if value > 0}
    for one in values:
        for other in values:
            if one < other:
                yield 100 * one / other
                yield 100 * (other - one) / other
                yield 100 * (other - one) / one


def is_converted(theirs: Quantity, ours: Quantity) -> bool:
    """Whether both are one length, area, volume, weight, power or time ("two weeks", "14 days")."""
    slack = _ROUNDED if ours.bound else Decimal(0)
    for base, a in _in_base(theirs):
        for other, b in _in_base(ours):
            if base == other and abs(a - b) <= slack * a:
                return True
            if base.power != other.power:
                continue
            first, second = _ABOUT.get((base.unit, other.unit)), _ABOUT.get((other.unit, base.unit))
            if first and abs(a * first**base.power - b) <= max(slack, _NEAR) * b:
                return True
            if second and abs(b * second**base.power - a) <= max(slack, _NEAR) * a:
                return True
    return False


class _Base(NamedTuple):
    """What units are compared in: a metre, or a square one where ``power`` is 2."""

    unit: str
    power: int


def _in_base(quantity: Quantity) -> Iterator[tuple[_Base, Decimal]]:
    for base, factor in _factors(quantity):
        yield from ((base, value * factor) for value in quantity.values)


@lru_cache(maxsize=1024)
def sums(text: str, language: str) -> tuple[Quantity, ...]:
    """What is said in a larger and a smaller unit, in the smaller: "one year and ten months"."""
    plain, found = in_ascii(text), []
    for one, other in pairwise(quantities(text, language)):
        if not _ADDING.fullmatch(plain, one.end, other.start):
            continue
        both = ((a, b) for a in _factors(one) for b in _factors(other))
        for (base, larger), (other_base, smaller) in both:
            if base == other_base and larger > smaller:
                total = {a * larger / smaller + b for a in one.values for b in other.values}
                found.append(
                    replace(
                        other, start=one.start, words=plain[one.start : other.end],
                        values=frozenset(total), bound=one.bound,
                        is_within_bound=one.is_within_bound,
                    )
                )  # fmt: skip
    return tuple(found)


def _factors(quantity: Quantity) -> Iterator[tuple[_Base, Decimal]]:
    for unit in quantity.units or _METRE.intersection(quantity.words.rstrip(".")[-1:]):
        yield from _factor(unit.partition("-")[2] or unit)


@lru_cache(maxsize=256)
def _factor(unit: str) -> tuple[tuple[_Base, Decimal], ...]:
    """What ``unit`` ("square-kilometer") is measured in, and how many of it; nothing where no other
    unit measures the same."""
    shape, _, plain = unit.rpartition("-")
    power = _POWERS.get(shape, 1)
    if shape and shape not in _POWERS:
        return ()
    prefix = next((p for p in _PREFIXES if plain.startswith(p) and plain not in _FACTORS), "")
    ten = Decimal(10) ** _PREFIXES.get(prefix, 0)
    bare = "meter" if plain in _METRE else plain.removeprefix(prefix)
    if bare in _OF_SPACE:
        base, power, factor = _OF_SPACE[bare]
        return ((_Base(base, power), ten * factor),)
    if bare in ("meter", "gram", "watt"):
        return ((_Base(bare, power), ten**power),)
    if bare in _FACTORS:
        base, factor = _FACTORS[bare]
        return ((_Base(base, power), Decimal(factor) ** power),)
    return ()


def margins(text: str) -> Iterator[Decimal]:
    """By how much the scores of ``text`` were won."""
    for each in SCORE.finditer(in_ascii(text)):
        one, other = map(Decimal, each[0].split("-"))
        yield abs(one - other)


def is_between(ours: Quantity, one: Day, other: Day) -> bool:
    """Whether ``ours`` may be the time from one day of a year to another."""
    if not (one.month and other.month):
        return False
    months = {Decimal((one.month - other.month) % 12), Decimal((other.month - one.month) % 12)}
    if "duration-month" in ours.units and not months.isdisjoint(ours.values):
        return True
    length = _DAYS.get(next(iter(ours.units), ""), 0)
    if not (length and one.day and other.day):
        return False
    apart = (one.month - other.month) * _MONTH + one.day - other.day
    return any(abs(abs(apart) - value * length) <= max(length, 2) for value in ours.values)


def is_rounder(ours: Decimal, theirs: Decimal, bound: str | None, knows_words: bool) -> bool:
    """Whether ``ours`` is ``theirs`` told less exactly, as ``bound`` says."""
    if ours <= 0 or theirs <= 0:
        return False
    if bound is None:
        return not knows_words and abs(ours - theirs) <= theirs * Decimal("0.05")
    if (bound == "above" and ours > theirs) or (bound == "below" and ours < theirs):
        return False
    if _digits(ours) > _digits(theirs):
        return False
    return abs(ours - theirs) <= _FARTHEST[bound] * theirs


def is_rounded(ours: Decimal, theirs: Decimal) -> bool:
    """Whether ``ours`` is ``theirs`` with fewer digits ("two" of 1.7, "40" of 43)."""
    if ours <= 0 or theirs <= 0:
        return False
    last = ours.normalize().as_tuple().exponent
    return isinstance(last, int) and abs(ours - theirs) <= Decimal(10) ** last / 2


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)
