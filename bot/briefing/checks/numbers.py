"""Is every number of a line in its passages, by value and as the same kind of thing?

A number is found in digits of any script, in words, with a language's own separators and large
numbers, and as what follows from those of the passages: a sum, a difference, a share. A line may be
rounder than its passage with a word that says so ("about 40%" of 38.6%), never more exact. Nothing
is said about what can't be proved: small numbers that may count what is listed, times of day, words
that only imply a number ("both", "first").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from bot.briefing.checks import bounds, number_words, spelling
from bot.briefing.checks.arithmetic import (
    SCORE,
    is_between,
    is_converted,
    is_rounded,
    is_rounder,
    listed,
    margins,
    may_be_added,
    pairs,
    shares,
    sums,
)
from bot.briefing.checks.cited import cited
from bot.briefing.checks.clocks import clocks
from bot.briefing.checks.fractions import Fraction, fractions, may_be_named, ratios
from bot.briefing.checks.quantities import Quantity, quantities
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.units import PERCENT, POINTS, are_incompatible
from bot.briefing.dates import published_day, times
from bot.briefing.lexicon import function_words
from bot.briefing.lines import Grade, Reason
from bot.briefing.normalisation import in_ascii

# "Five ministers" may count five names; more are seldom listed.
_COUNTED = 10
_MOST_FOR_SUMS = 12
_SMALL = 100
_SHORT = 3  # letters
_CONFLICTS = ({"above", "below"},)
_OTHERS = re.compile(
    r"\b(?:an?other|others?|one more|autres?|weitere\w*|anderen?|otr[oa]s?|altr[aioe]|outr[oa]s?"
    r"|ещё|еще|друг\w+|inn\w+|andere|andra|diğer\w*|ուրիշ|մյուս\w*)\b|另|其他|آخر|أخرى",
    re.IGNORECASE,
)
# They say two by the form of the noun, for millions too.
_DUAL = frozenset(("ar", "he", "mt"))


def numbers(statement: Statement) -> list[Reason]:
    """One reason for every number that the passages do not have."""
    line = _Line(statement)
    missing = [each for each in line.checked if not line.is_there(each)]
    graded: dict[str, Grade] = {
        each.words: "doubt" if line.may_be_reckoned(each) else "proof" for each in missing
    }
    shares = {each.words: line.grade_of_share() for each in line.lost_fractions()}
    where = cited(statement)
    graded |= shares | dict.fromkeys(line.lost_clocks(), "proof")
    return [
        Reason("numbers", f"“{words}” is not in {where}.", grade) for words, grade in graded.items()
    ]


@dataclass(frozen=True, eq=False)
class _Line:
    """The numbers of a statement and those of its passages."""

    statement: Statement

    @cached_property
    def language(self) -> str:
        """Of the line."""
        return self.statement.language or "en"

    @cached_property
    def checked(self) -> list[Quantity]:
        """The numbers of the line that code can look for: no part of a date, a time of day, a
        fraction or a share, and nothing that is a number in some of its readings only."""
        text = self.statement.text
        taken = [(time.start, time.end) for time in times(text, self.statement.language)]
        taken += [(each.start, each.end) for each in clocks(text) if each.is_certain]
        if not any(SCORE.search(in_ascii(each)) for each, _ in self._passages):
            taken += [each.span() for each in SCORE.finditer(in_ascii(text))]
        taken += [(each.start, each.end) for each in self._fractions]
        taken += [(each.start, each.end) for each in sums(text, self.language)
                  if any(self._says(theirs, each) for theirs in self.there)]  # fmt: skip
        return [
            each
            for each in quantities(text, self.language)
            if not (each.in_words and not each.is_certain)
            and not any(start < each.end and each.start < end for start, end in taken)
        ]

    @cached_property
    def there(self) -> list[Quantity]:
        """The numbers of the passages."""
        read = (each(text, own) for text, own in self._passages for each in (quantities, sums))
        return [each for found in read for each in found]

    @cached_property
    def _fractions(self) -> list[Fraction]:
        """Those and the ratios of the line, but for what is a number ("a quarter of a century")."""
        text, own = self.statement.text, self.language
        return [
            each
            for each in (*fractions(text, own), *ratios(text, own))
            if not any(
                one.start <= each.start and each.end < one.end for one in quantities(text, own)
            )
        ]

    @cached_property
    def _passages(self) -> list[tuple[str, str]]:
        passages = self.statement.passages
        return [(p.text, self.statement.library[p.document].language or "en") for p in passages]

    def lost_clocks(self) -> Iterator[str]:
        """The times of day that are not there, where the passages have others."""
        theirs = {(each.hour, each.minute) for text, _ in self._passages for each in clocks(text)}
        for each in clocks(self.statement.text):
            is_other = each.is_certain and theirs and (each.hour, each.minute) not in theirs
            if is_other and not any(Decimal(each.hour) in one.values for one in self.there):
                yield in_ascii(self.statement.text)[each.start : each.end]

    def is_there(self, ours: Quantity) -> bool:
        """Whether the passages have ``ours``, or code can't tell."""
        if ours.kind == "many":
            return self._has_many(ours)
        if self._is_no_number(ours) or self._is_said_otherwise(ours):
            return True
        return (
            any(self._says(theirs, ours) for theirs in self.there)
            or self._is_of_the_clock(ours)
            or self._is_year_of_publication(ours)
            or self._follows(ours)
            or self._is_part(ours)
            or (ours.bound is not None and self._is_rounded(ours, self._made_of(ours)))
            or (self._may_be_counted(ours) and not self._has_rival(ours))
        )

    def _is_no_number(self, ours: Quantity) -> bool:
        """Whether it says nothing that can be told: "one", "first", a "second" of time."""
        is_one = ours.values == {Decimal(1)} and not ours.units
        if is_one or (ours.in_words and ours.values <= {Decimal(0), Decimal(1)}):
            return True
        is_second = ours.kind == "rank" and ours.values <= {Decimal(2)} and ours.in_words
        return (is_second and not self._has_rival(ours)) or (
            ours.in_words and ours.values <= {Decimal(100), Decimal(1000)}
        )

    def _is_said_otherwise(self, ours: Quantity) -> bool:
        """Whether a passage has it in words that are not read, as far as can be told."""
        if any(theirs.is_certain and theirs.values & ours.values for theirs in self.there):
            return False
        whole = [int(value) for value in ours.values if value == int(value) and 0 < value < 10**7]
        for text, language in self._passages:
            if language == self.language == "en" and ours.is_certain:
                continue
            if not spelling.is_known(language) and any(value < 1000 for value in whole):
                return True
            if language in _DUAL and any(f"{v:f}".rstrip("0.") == "2" for v in ours.values):
                return True
            if any(number_words.may_be_spelled(value, text, language) for value in whole):
                return True
        return False

    def _says(self, theirs: Quantity, ours: Quantity) -> bool:
        if ours.kind == "decade" and theirs.kind != "many":
            return any(0 <= a - b < 10 for a in theirs.values for b in ours.values)
        is_other = theirs.kind in ("many", "decade")
        if is_other or {theirs.bound, ours.bound} in _CONFLICTS:
            return False
        is_of_other_time = are_incompatible(theirs.rate, ours.rate)
        if is_converted(theirs, ours) and not is_of_other_time:
            return True
        is_of_else = are_incompatible(theirs.units, ours.units) or self._is_of_things(theirs, ours)
        if is_of_other_time or is_of_else:
            return False
        if theirs.values & ours.values:
            return self.statement.is_translation or _is_no_more_exact(theirs, ours)
        knows_words = bounds.known(self.language)
        return theirs.bound in (None, "about") and any(
            is_rounder(value, source, ours.bound, knows_words)
            for value in ours.values
            for source in theirs.values
        )

    def _is_of_things(self, theirs: Quantity, ours: Quantity) -> bool:
        """Whether a passage counts things where the line tells a percentage."""
        return PERCENT in ours.units and theirs in self._counts

    @cached_property
    def _counts(self) -> list[Quantity]:
        """The numbers of the passages that have a word for what is counted right behind them."""
        return [
            each
            for text, language in self._passages
            for each in quantities(text, language)
            if not (each.units or each.is_end)
            and len(word := _counted(text, each)) > _SHORT
            and word not in function_words(language)
        ]

    def _is_of_the_clock(self, ours: Quantity) -> bool:
        times = [each for text, _ in self._passages for each in clocks(text)]
        times = [each for each in times if each.is_certain or ours.in_words]
        hours = {part for each in times for part in (each.hour, each.hour + 12, each.minute)}
        return not ours.units and any(int(value) in hours for value in ours.values)

    def _is_year_of_publication(self, ours: Quantity) -> bool:
        """Whether it may be what a passage calls "this year" or "last year"."""
        labels = {passage.document for passage in self.statement.passages}
        days = [published_day(self.statement.library[label]) for label in labels]
        has_year = any(each.is_year() for each in self.there)
        return (
            ours.is_year()
            and not has_year
            and any(
                day is not None and abs(value - day.year) <= 1
                for day in days
                for value in ours.values
            )
        )

    def _follows(self, ours: Quantity) -> bool:
        """Whether it is a sum, a difference or a share of numbers of the passages."""
        if ours.is_year():
            return False
        pool = [each for each in self.there if not each.kind and len(each.values) <= 2]
        if len(pool) > _MOST_FOR_SUMS:
            return True
        alike = [each for each in pool if may_be_added(each, ours)]
        made = {a + b for one, other in pairs(alike) for a in one for b in other}
        made |= {
            abs(a - b)
            for one, other in combinations(alike, 2)
            for a in one.values
            for b in other.values
            if not _is_of_points(one, other, ours)
        }
        if len(alike) > 2:
            made |= {sum((max(each.values) for each in alike), Decimal(0))}
        if any(_OTHERS.search(text) for text, _ in self._passages):
            made |= {value + 1 for each in alike for value in each.values}
        if not ours.units or "length-point" in ours.units:
            made |= {each for text, _ in self._passages for each in margins(text)}
        if not ours.values.isdisjoint(made) or self._is_between_dates(ours):
            return True
        # Of percentages the change is told in points.
        counts = [each for each in pool if PERCENT in ours.units and PERCENT not in each.units]
        return any(
            is_rounder(value, each, ours.bound or "about", knows_words=True)
            for value in ours.values
            for each in (*shares(counts), *self._fractions_in_percent(ours))
        )

    def may_be_reckoned(self, ours: Quantity) -> bool:
        """Whether it may be right, or chance: what two numbers or years of the passages make, told
        as exactly as it is, or a number in words or a rank that replaces none of theirs ("for eight
        centuries", "every third"). It is not where they say the number of something else."""
        is_of_else = any(
            each.values & ours.values and are_incompatible(each.units, ours.units)
            for each in self.there
        )
        if ours.is_year() or is_of_else:
            return False
        if (ours.in_words or ours.kind == "rank") and not self._replaces(ours):
            return True
        if ours.kind:
            return False
        alike = [
            each
            for each in self._pool
            if not are_incompatible(each.units, ours.units)
            and not are_incompatible(each.rate, ours.rate)
        ]
        values = {value for each in alike for value in each.values}
        made = {*self._made(self._scaled, ours), *self._years_apart}
        return not ours.values.isdisjoint(made) or self._is_rounded(ours, values | made)

    def grade_of_share(self) -> Grade:
        """What a lost fraction counts for: where the passages name no share, it may be reckoned."""
        named = (found for each in self._passages for found in (*fractions(*each), *ratios(*each)))
        is_named = any(named) or any(PERCENT in each.units for each in self.there)
        return "proof" if is_named else "doubt"

    def _replaces(self, ours: Quantity) -> bool:
        """Whether the passages have a small number, or one of the same unit, of the kind of
        ``ours`` that the line lacks; a time of day may be told in words ("half past seven")."""
        hours = {each.hour for text, _ in self._passages for each in clocks(text)}
        if any(abs(value - hour) % 12 in (0, 1, 11) for value in ours.values for hour in hours):
            return False
        kept = {v for each in quantities(self.statement.text, self.language) for v in each.values}
        return any(
            each.is_certain
            and each.kind == ours.kind
            and not each.is_year()
            and kept.isdisjoint(each.values)
            and not are_incompatible(each.units, ours.units)
            and (max(each.values) <= _SMALL or bool(each.units & ours.units))
            for text, language in self._passages
            for each in quantities(text, language)
            if not any(time.start <= each.start < time.end for time in times(text, language))
        )

    @cached_property
    def _years_apart(self) -> set[Decimal]:
        years = {value for each in self.there if each.is_year() for value in each.values}
        return {abs(one - other) for one, other in combinations(years, 2)}

    @cached_property
    def _scaled(self) -> list[Quantity]:
        """The numbers of the passages; of one that stands alone the size may be said with another
        ("from 14 to 17 million")."""
        powers = frozenset(power for each in self._pool for power in each.powers)
        return [
            replace(
                each, values=frozenset(v.scaleb(power) for v in each.values for power in powers)
            )
            if each.powers == {0} and not each.units
            else each
            for each in self._pool
        ]

    def _made_of(self, ours: Quantity) -> set[Decimal]:
        """What follows from numbers of the same kind as ``ours``."""
        return set(self._made([each for each in self._pool if may_be_added(each, ours)], ours))

    def _is_rounded(self, ours: Quantity, made: set[Decimal]) -> bool:
        return any(is_rounded(value, each) for value in ours.values for each in made)

    def _is_part(self, ours: Quantity) -> bool:
        """Whether it is in per cent what a word names ("a quarter"), or what is left of all."""
        rest = {100 - v for each in self._pool if PERCENT in each.units for v in each.values}
        return PERCENT in ours.units and any(
            value in rest or may_be_named(value, text, language)
            for value in ours.values
            for text, language in self._passages
        )

    @cached_property
    def _pool(self) -> list[Quantity]:
        return [each for each in self.there if not (each.kind or each.is_year())]

    def _made(self, pool: list[Quantity], ours: Quantity) -> Iterator[Decimal]:
        """The sums, the differences, the products and the proportions."""
        for one, other in combinations(pool, 2):
            if _is_of_points(one, other, ours):
                continue
            for a in one.values:
                for b in other.values:
                    yield from (a + b, abs(a - b))
                    if a and b and 1 not in (a, b):
                        yield from (a * b, a / b, b / a)

    def _fractions_in_percent(self, ours: Quantity) -> Iterator[Decimal]:
        """What the fractions of the passages are, rounded as exactly as ``ours`` is said."""
        if PERCENT in ours.units:
            for text, language in self._passages:
                for each in (*fractions(text, language), *ratios(text, language)):
                    yield each.percent if ours.bound else round(each.percent, 0)

    def _is_between_dates(self, ours: Quantity) -> bool:
        """Whether it may be the time from one date of the passages to another."""
        named = (time for text, language in self._passages for time in times(text, language))
        days = {day for time in named for day in time.days}
        return any(is_between(ours, *pair) for pair in combinations(days, 2))

    def _may_be_counted(self, ours: Quantity) -> bool:
        """Whether it may count what the passages list, or what they say in another way."""
        is_small = all(value <= _COUNTED for value in ours.values)
        if ours.units or not (ours.in_words and is_small):
            return False
        most = sum(listed(text) for text, _ in self._passages)
        return any(value <= max(most, 2) for value in ours.values)

    def _has_rival(self, ours: Quantity) -> bool:
        """Whether the passages have another number of the same things."""
        counted = _counted(self.statement.text, ours)
        if not counted or self.statement.is_translation:
            return False
        return any(
            counted == _counted(text, each)
            for text, language in self._passages
            for each in quantities(text, language)
            if each.kind == ours.kind and not each.values & ours.values and each.is_certain
        )

    def _has_many(self, ours: Quantity) -> bool:
        """Whether "thousands of" is there, or no other word of that kind."""
        theirs = [each for each in self.there if each.kind == "many"]
        powers = {power for each in theirs for power in each.values}
        if not powers or ours.values & powers:
            return True
        size = Decimal(10) ** int(min(ours.values))
        return any(
            size <= value < size * 1000
            for each in self.there
            for value in each.values
            if each.kind != "many"
        )

    def lost_fractions(self) -> Iterator[Fraction]:
        """The fractions and ratios of the line that the passages do not have."""
        for each in self._fractions:
            if not any(each.is_in(text, language) for text, language in self._passages):
                pool = [one for one in self.there if one.kind != "many"]
                percent = {v for one in pool if PERCENT in one.units for v in one.values}
                if any(100 * v == each.percent for one in pool for v in one.values):
                    continue
                if not any(each.is_about(value) for value in (*percent, *shares(pool))):
                    yield each


def _is_of_points(one: Quantity, other: Quantity, ours: Quantity) -> bool:
    """Whether points, and not the percentage ``ours``, lie between two percentages."""
    is_percentage = POINTS not in ours.units and PERCENT in ours.units
    return is_percentage and PERCENT in one.units & other.units


def _counted(text: str, quantity: Quantity) -> str:
    """How the word behind a number begins."""
    behind = re.match(r"[ -]([^\W\d_]{3,})", in_ascii(text)[quantity.end :])
    return behind[1].lower()[:5] if behind else ""


def _is_no_more_exact(theirs: Quantity, ours: Quantity) -> bool:
    """Whether the line's number, the same as the passage's, leaves as much open."""
    if ours.bound and (theirs.is_end or (ours.is_within_bound and theirs.bound is None)):
        return True
    return ours.bound in ("about", theirs.bound) or (ours.bound, theirs.bound) == (None, "about")
