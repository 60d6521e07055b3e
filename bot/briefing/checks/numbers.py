"""The check that every number of a line is in its passages: its value, of the same kind of thing.

A passage has a number if it has it in any notation, unit or language, or more exactly: a line may
be rounder with a word that says so ("about 40%" of 38.6%). An exact sum, difference or share of the
passages' numbers is fine too. What else could be calculated from them is a doubt, and what could
not is a proof. Times of day, small numbers that may count what is listed, and words that only imply
a number ("both", "first") are not checked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product

from bot.briefing.checks import number_words
from bot.briefing.checks.quantities import (
    Quantity,
    knows_bounds,
    may_name_share,
    quantities,
    shares,
)
from bot.briefing.checks.statement import Statement, references_text
from bot.briefing.checks.units import PERCENT, POINT, POINTS, are_incompatible, unit_size
from bot.briefing.dates import published_day, times
from bot.briefing.lines import Reason
from bot.briefing.normalisation import ascii_digits
from bot.briefing.text import blanked

_CLOCK = re.compile(
    r"(?<![\d.,:])(?:2[0-4]|[01]?\d)"
    r"(?:(?::| ?h ?)[0-5]\d(?!\d)|(?:[.:][0-5]\d)? ?(?:[ap]\.?m\b\.?|uhr\b|o'clock|時)"
    r"|(?:\.| ?[чг]\. ?)[0-5]\d ?(?:h\b|heures?\b|horas\b|часо?в?\b|ч\.|godz|点|點|시))",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<!\d)\d{1,2} ?[.:h] ?[0-5]\d(?!\d)|\d ?[ap]\.?m\b")
# "4-1" may be counted from who scored.
_SCORE = re.compile(r"(?<![\d.,])\d{1,3}-\d{1,3}(?![\d%-]|[.,]\d)")
# "Five ministers" may count five names; more are seldom listed.
_COUNTED, _COUNTED_IN_TRANSLATION = 10, 2
_SMALL = 100
_UNREAD = 1000  # from here on numbers are seldom in words
_MOST_TO_COMBINE = 12
_BOUNDS_APART = {"above", "below"}
# "About 40%" is not 43 %; "nearly half" is more than 40 %; "two thirds" may be 64 %.
_FARTHEST = {"about": Decimal("0.07"), "above": Decimal("0.25"), "below": Decimal("0.25")}
_UNMARKED = Decimal("0.05")
_FARTHEST_SHARE, _NEAREST_SHARE = 20, 4  # hundredths
_CONVERTED, _CONVERTED_ROUNDED = Decimal("0.02"), Decimal("0.1")
# These languages express "two" by the form of the noun, even in "two million".
_DUAL = frozenset(("ar", "he", "mt"))


def numbers(statement: Statement) -> list[Reason]:
    """One reason for every number that the passages don't have."""
    line = _Line(statement)
    missing = {each.words: each for each in line.checked if not line.is_in_passages(each)}
    return [
        Reason(
            "numbers",
            f"“{words}” is not in {references_text(statement)}.",
            "doubt" if line.may_be_calculated(each) else "proof",
        )
        for words, each in missing.items()
        if not any(words in other and words != other for other in missing)
    ]


@dataclass(frozen=True, eq=False)
class _Line:
    """The numbers of a statement and those of its passages."""

    statement: Statement

    @cached_property
    def _language(self) -> str:
        return self.statement.language or "en"

    @cached_property
    def checked(self) -> list[Quantity]:
        """The numbers of the line that code can check: certain ones that aren't part of a date, a
        time of day or a score."""
        text, plain = self.statement.text, ascii_digits(self.statement.text)
        own = quantities(text, self._language)
        parts = [
            each
            for each in shares(text, self._language)
            if not any(one.start <= each.start < each.end < one.end for one in own)
        ]
        taken = [(time.start, time.end) for time in times(text, self.statement.language)]
        taken += [each.span() for each in _CLOCK.finditer(plain)]
        if not any(_SCORE.search(ascii_digits(each)) for each, _ in self._passages):
            taken += [each.span() for each in _SCORE.finditer(plain)]
        whole = taken + [(each.start, each.end) for each in parts]
        certain = [each for each in own if each.is_certain or not each.in_words]
        return [
            *(each for each in certain if not _is_within(each, whole)),
            *(each for each in parts if not _is_within(each, taken)),
        ]

    @cached_property
    def in_passages(self) -> list[Quantity]:
        """The numbers of the passages."""
        read = (each(*passage) for passage in self._passages for each in (quantities, shares))
        return [each for found in read for each in found]

    @cached_property
    def _passages(self) -> list[tuple[str, str]]:
        passages = self.statement.passages
        return [(p.text, self.statement.library[p.document].language or "en") for p in passages]

    def is_in_passages(self, ours: Quantity) -> bool:
        """Whether the passages have ``ours``, or code can't tell."""
        if ours.kind == "many":
            return self._has_many(ours)
        # A line may say "1" of whatever its passages name, but no figure alone is "1" by that.
        is_alone = self.statement.is_detail and not ours.in_words
        is_one = ours.values == {Decimal(1)} and not ours.units and not is_alone
        if is_one or (ours.in_words and ours.values <= {Decimal(v) for v in (0, 1, 100, 1000)}):
            return True
        most = _COUNTED_IN_TRANSLATION if self.statement.is_translation else _COUNTED
        is_small = ours.in_words and not ours.units and max(ours.values) <= most
        is_second = ours.kind == "rank" and ours.values <= {Decimal(2)}
        return (
            any(self._is_same(theirs, ours) for theirs in self.in_passages)
            or self._is_year_of_publication(ours)
            or (is_small and (is_second or not ours.kind) and not self._has_rival(ours))
            or (PERCENT in ours.units and self._may_name(ours))
            or self._may_be_unread(ours)
            or self._is_calculated(ours)
        )

    def may_be_calculated(self, ours: Quantity) -> bool:
        """Whether ``ours`` may be right although it is missing, which is a doubt: two numbers of
        the passages make it, or it is in words or a rank and replaces none of theirs ("for eight
        centuries", "every third"), or a share and they have none. False if they have it for
        something else, or with the opposite bound."""
        if ours.is_year() or self._is_of_something_else(ours):
            return False
        if ours.kind == "share":
            is_replaced = any(PERCENT in each.units for each in self.in_passages)
        elif ours.in_words or ours.kind == "rank":
            is_replaced = self._has_rival(ours, is_loose=True) and not self._may_be_hour(ours)
        else:
            is_replaced = True
        made = self._made(ours, is_loose=True)
        values = _sized(ours, quantities(self.statement.text, self._language))
        return not is_replaced or any(
            _is_rounded(value, each, ours) for each in made for value in values
        )

    def _may_be_hour(self, ours: Quantity) -> bool:
        """Whether ``ours`` may be a time of day in words ("half past ten")."""
        return not ours.units and any(
            _HOUR.search(ascii_digits(text)) for text, _ in self._passages
        )

    def _is_calculated(self, ours: Quantity) -> bool:
        """Whether ``ours`` is a sum, a difference or a share of numbers of the passages, exactly or
        with the bound beside it."""
        is_percentage = PERCENT in ours.units
        # If they name a share themselves, another one made of two of their numbers may be chance.
        is_share_of_two = ours.kind == "share" and all(
            each.kind != "share" for each in self.in_passages
        )
        return not ours.is_year() and any(
            value in (each, each.to_integral_value() if is_percentage else each)
            or (is_share_of_two and _is_near_share(value, each, ours.bound))
            or (ours.bound and _is_rounder(value, each, ours.bound, knows_words=True))
            for each in self._made(ours, is_loose=False)
            for value in ours.values
        )

    def _is_same(self, theirs: Quantity, ours: Quantity) -> bool:
        if ours.kind == "decade" and theirs.kind != "many":
            return any(0 <= a - b < 10 for a in theirs.values for b in ours.values)
        is_of_else = theirs.kind in ("many", "decade") or are_incompatible(theirs.rate, ours.rate)
        is_of_else |= PERCENT in ours.units and not (theirs.units or theirs.is_end)
        if is_of_else or {theirs.bound, ours.bound} == _BOUNDS_APART:
            return False
        both = list(product(ours.values, theirs.values))
        if "share" in (ours.kind, theirs.kind):
            are_shares = PERCENT in theirs.units & ours.units
            return any(are_shares and _is_near_share(a, b, ours.bound) for a, b in both) or (
                ours.kind == "share" and any(a == 100 * b for a, b in both)
            )
        if _is_converted(theirs, ours) or are_incompatible(theirs.units, ours.units):
            return _is_converted(theirs, ours)
        if theirs.values & ours.values:
            return self.statement.is_translation or _is_no_more_exact(theirs, ours)
        # A number that stands alone may be of anything: "nearly 30 grams" is not somebody's 29.
        may_be_rounded = bool(theirs.units) == bool(ours.units) and theirs.bound in (None, "about")
        knows = knows_bounds(self._language)
        return may_be_rounded and any(
            _is_rounder(a, b, ours.bound, knows_words=knows) for a, b in both
        )

    def _is_of_something_else(self, ours: Quantity) -> bool:
        """Whether the passages have ``ours``, but for something else or with the opposite bound."""
        return any(
            theirs.values & ours.values
            and (
                are_incompatible(theirs.units, ours.units)
                or are_incompatible(theirs.rate, ours.rate)
                or {theirs.bound, ours.bound} == _BOUNDS_APART
            )
            for theirs in self.in_passages
        )

    def _may_be_unread(self, ours: Quantity) -> bool:
        """Whether a passage may have ``ours`` in words that code doesn't read."""
        if any(theirs.is_certain and theirs.values & ours.values for theirs in self.in_passages):
            return False
        is_small = any(0 < value < _UNREAD for value in ours.values)
        return any(
            (is_small and not number_words.has_number_words(language))
            or (language in _DUAL and any(f"{v:f}".rstrip("0.") == "2" for v in ours.values))
            for _, language in self._passages
        )

    def _is_year_of_publication(self, ours: Quantity) -> bool:
        """Whether ``ours`` may be what a passage calls "this year" or "last year"."""
        if not ours.is_year() or any(each.is_year() for each in self.in_passages):
            return False
        library = self.statement.library
        days = {published_day(library[each.document]) for each in self.statement.passages}
        return any(day and abs(v - day.year) <= 1 for day in days for v in ours.values)

    def _has_rival(self, ours: Quantity, *, is_loose: bool = False) -> bool:
        """Whether the passages have another number of the same things, which the line lacks; if
        ``is_loose``, one of the same size or unit is enough."""
        counted = _counted(self.statement.text, ours)
        kept = {v for each in quantities(self.statement.text, self._language) for v in each.values}
        return any(
            each.kind == ours.kind
            and each.is_certain
            and kept.isdisjoint(each.values)
            and not are_incompatible(each.units, ours.units)
            and (
                (counted and counted == _counted(text, each))
                or (is_loose and (max(each.values) <= _SMALL or bool(each.units & ours.units)))
            )
            for text, language in self._passages
            for each in quantities(text, language)
            if not any(time.start <= each.start < time.end for time in times(text, language))
        )

    def _has_many(self, ours: Quantity) -> bool:
        """Whether the passages have "thousands of" as well, or no other such word."""
        powers = {
            power for each in self.in_passages if each.kind == "many" for power in each.values
        }
        size = Decimal(10) ** int(min(ours.values))
        others = (
            value for each in self.in_passages if each.kind != "many" for value in each.values
        )
        return (
            not powers or bool(ours.values & powers) or any(size <= v < size * 1000 for v in others)
        )

    def _may_name(self, ours: Quantity) -> bool:
        """Whether a passage may have ``ours`` as a word for a part that is not read as a share."""
        unread = [
            (blanked(text, ((each.start, each.end) for each in shares(text, own))), own)
            for text, own in self._passages
        ]
        return any(
            may_name_share(text, value, own) for text, own in unread for value in ours.values
        )

    def _made(self, ours: Quantity, *, is_loose: bool) -> Iterator[Decimal]:
        """Yield what can be calculated from the numbers of the passages, and from others of the
        line ("one year and ten months"), in the units of ``ours``: sums, differences and shares. If
        ``is_loose``, products and quotients, the numbers and named shares of them too, whatever
        they count."""
        own = quantities(self.statement.text, self._language)
        pool = [
            each
            for each in (
                *self.in_passages,
                *(each for each in own if each != ours and _sizes(each)),
            )
            if {each.kind, ours.kind} <= {"", "share"} and not each.is_year()
        ]
        if is_loose:
            pool = [replace(each, values=_sized(each, pool)) for each in pool]
        alike = [each for each in pool if _may_make(each, ours, is_loose=is_loose)]
        if len(alike) > _MOST_TO_COMBINE:
            yield from ours.values if is_loose else ()
            return
        known = [_in_units_of(ours, each) for each in alike]
        yield from (sum(map(max, known), Decimal(0)),) if len(known) > 2 else ()
        years = {value for each in self.in_passages if each.is_year() for value in each.values}
        yield from (abs(one - other) for one, other in combinations(years, 2))
        is_percentage = PERCENT in ours.units and POINTS not in ours.units
        if is_loose:
            yield from set().union(*known)
            yield from _parts_made(pool, () if is_percentage else set().union(*known))
        for one, other in combinations(pool, 2):
            # Between two percentages lie points.
            are_percent = is_percentage and PERCENT in one.units & other.units
            for a, b in product(_in_units_of(ours, one), _in_units_of(ours, other)):
                if one in alike and other in alike:
                    yield from (a + b,) if are_percent else _combined(a, b, is_loose=is_loose)
                if is_percentage and not are_percent:
                    yield from _in_percent(a, b)


def _parts_made(pool: Iterable[Quantity], wholes: Iterable[Decimal]) -> Iterator[Decimal]:
    """Yield the percentages in ``pool``, the rest of each, and these shares of the ``wholes``."""
    parts = {value for each in pool if PERCENT in each.units for value in each.values}
    parts |= {100 - part for part in parts}
    yield from parts
    yield from (whole * part / 100 for whole, part in product(wholes, parts))


def _combined(a: Decimal, b: Decimal, *, is_loose: bool) -> tuple[Decimal, ...]:
    products = (a * b, a / b, b / a) if is_loose and a and b else ()
    return (a + b, abs(a - b), *products)


def _in_percent(a: Decimal, b: Decimal) -> tuple[Decimal, ...]:
    """One as a percentage of the other, and the percentages by which they differ."""
    part, whole = sorted(map(abs, (a, b)))
    if not part:
        return ()
    return 100 * part / whole, 100 * (whole - part) / whole, 100 * (whole - part) / part


def _is_within(each: Quantity, spans: list[tuple[int, int]]) -> bool:
    return any(start < each.end and each.start < end for start, end in spans)


def _counted(text: str, quantity: Quantity) -> str:
    """The first letters of the word behind a number."""
    behind = re.match(r"[ -]([^\W\d_]{3,})", ascii_digits(text)[quantity.end :])
    return behind[1].lower()[:5] if behind else ""


def _is_no_more_exact(theirs: Quantity, ours: Quantity) -> bool:
    """Whether the line's number, equal to the passage's, is no more exact."""
    if ours.bound and theirs.is_end:
        return True
    return ours.bound in ("about", theirs.bound) or (ours.bound, theirs.bound) == (None, "about")


def _is_rounder(ours: Decimal, theirs: Decimal, bound: str | None, *, knows_words: bool) -> bool:
    """Whether ``ours`` is a rounder form of ``theirs``, as ``bound`` says."""
    if ours <= 0 or theirs <= 0:
        return False
    if bound is None:
        return not knows_words and abs(ours - theirs) <= theirs * _UNMARKED
    if (bound == "above" and ours > theirs) or (bound == "below" and ours < theirs):
        return False
    return _digits(ours) <= _digits(theirs) and abs(ours - theirs) <= _FARTHEST[bound] * theirs


def _is_near_share(ours: Decimal, theirs: Decimal, bound: str | None) -> bool:
    """Whether ``ours`` is a round form of the percentage ``theirs``."""
    less = ours - theirs
    if bound in ("above", "below"):
        return -1 <= (less if bound == "below" else -less) <= _FARTHEST_SHARE
    return abs(less) <= _NEAREST_SHARE


def _is_rounded(value: Decimal, made: Decimal, ours: Quantity) -> bool:
    """Whether ``value`` of ``ours`` is ``made`` with fewer digits ("two" of 1.7, "40" of 43)."""
    if ours.kind == "share":
        return _is_near_share(value, made, ours.bound)
    last = value.normalize().as_tuple().exponent
    return isinstance(last, int) and abs(value - made) <= Decimal(10) ** last / 2


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _may_make(theirs: Quantity, ours: Quantity, *, is_loose: bool) -> bool:
    """Whether ``ours`` may be calculated from ``theirs``: points lie between percentages."""
    is_of_points = bool(ours.units & {POINT, POINTS}) and theirs.units <= {PERCENT}
    is_of_points |= PERCENT in ours.units and bool(theirs.units & {POINT, POINTS})
    is_alike = bool(_factors(theirs, ours) or theirs.units & ours.units)
    is_of_one_kind = is_alike or not (theirs.units or ours.units)
    is_compatible = is_loose and not are_incompatible(theirs.units, ours.units)
    return is_of_points or is_of_one_kind or is_compatible


def _sized(quantity: Quantity, others: Iterable[Quantity]) -> frozenset[Decimal]:
    """The values of ``quantity``; if it stands alone, also with the magnitudes of ``others`` ("120
    of 186 million", "from 14 to 17 million")."""
    if quantity.units or quantity.powers != {0}:
        return quantity.values
    powers = {power for each in (quantity, *others) for power in each.powers}
    return frozenset(value.scaleb(power) for value in quantity.values for power in powers)


def _sizes(quantity: Quantity) -> set[tuple[str, Decimal]]:
    """What ``quantity`` may measure, and the size of its unit in base units; "m" alone is a metre
    or a million."""
    is_metre = not quantity.units and quantity.words[-1:] in ("m", "м")
    return set(filter(None, map(unit_size, ("length-meter",) if is_metre else quantity.units)))


def _factors(theirs: Quantity, ours: Quantity) -> set[Decimal]:
    """How many units of ``ours`` one of ``theirs`` may be; empty if they aren't comparable."""
    both = product(_sizes(theirs), _sizes(ours))
    return {one / other for (kind, one), (same, other) in both if kind == same}


def _in_units_of(ours: Quantity, theirs: Quantity) -> set[Decimal]:
    """The values of ``theirs``, converted if both measure the same thing."""
    factors = _factors(theirs, ours) or {Decimal(1)}
    return {value * factor for value in theirs.values for factor in factors}


def _is_converted(theirs: Quantity, ours: Quantity) -> bool:
    """Whether both are the same length, area, volume, weight, power or time ("two weeks", "14
    days")."""
    if theirs.units & ours.units or not _factors(theirs, ours):
        return False
    slack = _CONVERTED_ROUNDED if ours.bound else _CONVERTED
    known = _in_units_of(ours, theirs)
    return any(abs(a - b) <= slack * abs(a) for a in known for b in ours.values)
