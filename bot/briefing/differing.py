"""Do two sentences of different sources count the same thing differently?

Only equal units next to equal nouns are compared: "14 passengers", "11 passengers". Two sentences
that name other people, places or days are taken for two events.
"""

import re
from datetime import date
from decimal import Decimal

from bot.briefing.checks.quantities import Quantity
from bot.briefing.dates import Time, published_day, resolved
from bot.briefing.frames import Frame

Words = tuple[str, str]

_FEWEST_SHARED = 3
# What makes other things of the same words: "by 5" for "to 5", "last year" for "this year".
_BEFORE_FIGURE = re.compile(r"\b(?:to|by|from|another|further|more)\s*$", re.IGNORECASE)
_BEHIND_FIGURE = re.compile(r"\s*[\w%-]+ (?:and|or) (?=[a-z])")
_WHICH = re.compile(r"\b(?:last|this|next|previous|first|second|third|fourth|final)\b")
# "About" is as good as a tenth more or less.
_ABOUT = Decimal("0.1")


def differing_figures(one: Frame, other: Frame) -> Words | None:
    """Each one's number of the same things, where they differ; None where none do."""
    if not _count_one_thing(one, other) or _days_differ(one, other):
        return None
    for figure in one.figures:
        for their in other.figures:
            if _is_another(figure, their) and _counts_the_same(one, figure, other, their):
                is_here = any(not _is_another(each, their) for each in one.figures)
                is_there = any(not _is_another(figure, each) for each in other.figures)
                return None if is_here or is_there else (figure.words, their.words)
    return None


def _count_one_thing(one: Frame, other: Frame) -> bool:
    """Whether two sentences are so like that figures in them may be compared: neither has words
    that the other lacks if that has some too, and one that has several figures says many things."""
    if not _is_one_thing(one, other):
        return False
    if min(len(one.figures), len(other.figures)) > 1:
        return one.words == other.words
    return one.words <= other.words or other.words <= one.words


def _is_one_thing(one: Frame, other: Frame) -> bool:
    names, theirs = set(one.names), set(other.names)
    if (names - theirs and theirs - names) or _order(one, other) != _order(other, one):
        return False
    which, others = (_WHICH.findall(each.text.lower()) for each in (one, other))
    is_another = which and others and which != others
    return not is_another and len(one.words & other.words) >= _FEWEST_SHARED


def _order(one: Frame, other: Frame) -> list[str]:
    return [name for name in one.names if name in other.names]


def _is_another(one: Quantity, other: Quantity) -> bool:
    if one.kind != other.kind or (one.units and other.units and not one.units & other.units):
        return True
    pairs = ((a, b) for a in one.values for b in other.values)
    return not any(_may_be(a, one.bound, b, other.bound) for a, b in pairs)


def _may_be(one: Decimal, bound: str | None, other: Decimal, their: str | None) -> bool:
    if "about" in (bound, their) and abs(one - other) <= _ABOUT * max(abs(one), abs(other)):
        return True
    if (bound == "above" and other >= one) or (their == "above" and one >= other):
        return True
    if (bound == "below" and other <= one) or (their == "below" and one <= other):
        return True
    return one == other


def _counts_the_same(one: Frame, figure: Quantity, other: Frame, their: Quantity) -> bool:
    if figure.kind != their.kind or figure.units != their.units:
        return False
    if _beside(one, figure) != _beside(other, their):
        return False
    counted = one.counted(figure)
    return bool(counted or figure.units) and counted == other.counted(their)


def _beside(frame: Frame, figure: Quantity) -> tuple[str, bool]:
    """The preposition before ``figure``, and whether it counts several things ("men and boats")."""
    before = _BEFORE_FIGURE.search(frame.text[: figure.start])
    return before[0] if before else "", bool(_BEHIND_FIGURE.match(frame.text, figure.end))


def _days_differ(one: Frame, other: Frame) -> bool:
    """Whether both name a day, and none that may be the same."""
    if one.years and other.years and one.years.isdisjoint(other.years):
        return True
    return bool(one.times and other.times) and not any(
        _may_be_same(one, a, other, b) for a in one.times for b in other.times
    )


def _may_be_same(one: Frame, time: Time, other: Frame, their: Time) -> bool:
    day, theirs = _day(one, time), _day(other, their)
    if day and theirs:
        return day == theirs
    if time.weekday is not None and their.weekday is not None:
        return time.weekday == their.weekday
    if time.days and their.days:
        return any(
            a.month == b.month and (a.day == b.day or None in (a.day, b.day))
            for a in time.days
            for b in their.days
        )
    return True


def _day(frame: Frame, time: Time) -> date | None:
    document = frame.document
    return resolved(time, frame.passage.text, published_day(document), document.language)
