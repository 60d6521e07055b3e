"""Does every number of a line stand in its passages, as the same kind of thing?

A line may be rounder than its passage ("about 40%" of 38.6%), never more exact: it keeps "more
than", both ends of a range, and what is measured. Small words that
only count what is named ("both", "one") are no numbers; "the two" is one, and must be there.
"""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from bot.briefing.checks import number_words
from bot.briefing.checks.cited import cited
from bot.briefing.checks.dates import is_in_numbers
from bot.briefing.checks.quantities import Quantity, Reading, quantities
from bot.briefing.checks.statement import Statement
from bot.briefing.lines import Reason

_ANOTHER = re.compile(r"\b(?:an?other|others?|again|further|new|twice)\b", re.IGNORECASE)
_ROUNDING = {"above": ROUND_FLOOR, "below": ROUND_CEILING, "about": ROUND_HALF_UP}

# Below this a number is rounded only where the line says so ("about").
_LARGE = 10_000
# Nobody rounds to more; and beyond 28 decimal arithmetic gives up.
_MOST_DIGITS = 12
# "About 10 million" is not 14.9 million.
_FARTHEST = Decimal("0.05")


def numbers(statement: Statement) -> list[Reason]:
    """One reason for every number that the passages do not have."""
    there = [
        quantity
        for passage in statement.passages
        for quantity in quantities(passage.text, _language(statement, passage.document))
    ]
    missing = (
        quantity.words
        for quantity in quantities(statement.text, statement.language)
        if not quantity.is_counted
        and not _is_beyond_us(quantity, statement)
        and not any(_says(other, quantity) for other in there)
        and not _is_in_date(quantity, statement)
        and not _is_another(quantity, statement)
    )
    where = cited(statement)
    return [Reason("numbers", f"“{words}” is not in {where}.") for words in dict.fromkeys(missing)]


def _language(statement: Statement, label: str) -> str | None:
    return statement.library[label].language


def _is_beyond_us(quantity: Quantity, statement: Statement) -> bool:
    """A number in words cannot be looked for in a language whose number words are unknown."""
    languages = {_language(statement, passage.document) for passage in statement.passages}
    known = {language for language in languages if language in number_words.languages()}
    return quantity.in_words and statement.is_translation and not known


def _is_in_date(quantity: Quantity, statement: Statement) -> bool:
    """Whether it is a part of a date that the passages give in another notation."""
    return any(
        is_in_numbers(statement, quantity.start, quantity.end, int(value))
        for value, kind in quantity.readings
        if kind == "" and value == int(value)
    )


def _is_another(quantity: Quantity, statement: Statement) -> bool:
    """Whether "a second" says what the passages say as "another"."""
    is_second = quantity.kind == "rank" and quantity.words.lower() == "second"
    return is_second and any(_ANOTHER.search(passage.text) for passage in statement.passages)


def _says(source: Quantity, line: Quantity) -> bool:
    if source.measure and line.measure and source.measure != line.measure:
        return False
    if {source.bound, line.bound} == {"above", "below"}:
        return False
    if source.readings & line.readings:
        return _is_no_more_exact(source, line)
    return any(
        theirs.kind == ours.kind and _is_rounder(ours, theirs, line.bound)
        for theirs in source.readings
        for ours in line.readings
    )


def _is_no_more_exact(source: Quantity, line: Quantity) -> bool:
    """Whether the line's number, the same as the passage's, leaves as much open."""
    if source.is_end and not line.is_end:
        return line.bound is not None or _may_be_year(line)
    return line.bound in ("about", source.bound) or (line.bound, source.bound) == (None, "about")


def _may_be_year(quantity: Quantity) -> bool:
    return not quantity.kind and any(1000 <= value < 2200 for value, _ in quantity.readings)


def _is_rounder(ours: Reading, theirs: Reading, bound: str | None) -> bool:
    if not ours.value or not theirs.value:
        return False
    if bound is None and abs(ours.value) < _LARGE:
        return False
    digits = len(ours.value.normalize().as_tuple().digits)
    if digits > _MOST_DIGITS:
        return False
    last = Decimal(1).scaleb(theirs.value.adjusted() - digits + 1)
    rounded = theirs.value.quantize(last, _ROUNDING[bound or "about"])
    is_near = abs(ours.value - theirs.value) <= _FARTHEST * abs(theirs.value)
    return rounded == ours.value and (is_near or bound in {"above", "below"})
