"""Does every day, month and day of the week of a line stand in its passages?

In any notation and language: "2027-05-03" is 3 May 2027. A line may give less of a date than its
passage, never more, but for what follows from a known day of publication (`bot.briefing.dates`).
Bare years are numbers.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.briefing.checks.cited import cited
from bot.briefing.checks.relative_times import hangs_alike
from bot.briefing.checks.statement import Statement
from bot.briefing.dates import Time, published_day, resolved, times
from bot.briefing.documents import Passage
from bot.briefing.lines import Reason

_NOW = re.compile(r"\b(?:now|currently|at present)\b", re.IGNORECASE)


def dates(statement: Statement) -> list[Reason]:
    """One reason for every time of the line that the passages do not give."""
    named = times(statement.text, statement.language)
    if not named:
        return []
    there = list(_times_there(statement))
    days = [day for each in there if (day := _known_day(statement, *each))]
    written = {published_day(statement.library[each.document]) for each in statement.passages}
    return [
        Reason("dates", f"“{time.words}” is not in {cited(statement)}.")
        for time in named
        if not (_is_now(time, statement) or hangs_alike(time, statement))
        and not any(_is_there(time, [other for _, other in there], days, day) for day in written)
    ]


def _is_now(time: Time, statement: Statement) -> bool:
    """Whether "today" says what the passages say as "now", and no day."""
    return time.offset == 0 and any(_NOW.search(passage.text) for passage in statement.passages)


def is_in_numbers(statement: Statement, start: int, end: int, value: int) -> bool:
    """Whether the digits at ``start`` to ``end`` of the line are part of a date that the passages
    give in another notation, so that ``value`` need not stand there as a number."""
    named = times(statement.text, statement.language)
    if not any(time.start <= start and end <= time.end for time in named):
        return False
    there = list(_times_there(statement))
    stated = (day for _, time in there for day in time.days)
    known = (_known_day(statement, *each) for each in there)
    return any(value in (day.year, day.month, day.day) for day in (*stated, *known) if day)


def _times_there(statement: Statement) -> Iterator[tuple[Passage, Time]]:
    for passage in statement.passages:
        language = statement.library[passage.document].language
        yield from ((passage, time) for time in times(passage.text, language))


def _known_day(statement: Statement, passage: Passage, time: Time) -> date | None:
    """The day that a time of a passage means, where it is stated or follows from publication."""
    document = statement.library[passage.document]
    return resolved(time, passage.text, published_day(document), document.language)


def _is_there(time: Time, there: list[Time], days: list[date], written: date | None) -> bool:
    """Whether the passages give ``time``: as they write it, or as the days that they mean."""
    if time.phrase is not None:
        return any(other.phrase == time.phrase for other in there)
    if time.offset is not None:
        meant = written + timedelta(days=time.offset) if written else None
        return meant in days or any(other.offset == time.offset for other in there)
    return any(_gives(other, time, there) for other in there) or any(_is(day, time) for day in days)


def _gives(source: Time, line: Time, there: list[Time]) -> bool:
    """Whether ``source`` has all that ``line`` gives; the year may stand in another time."""
    years = {day.year for time in there for day in time.days} - {None}
    if line.weekday is not None and source.weekday != line.weekday:
        return False
    return not line.days or any(
        ours.month == theirs.month
        and ours.day in (None, theirs.day)
        and ours.year in (None, theirs.year, *(years if theirs.year is None else ()))
        for ours in line.days
        for theirs in source.days
    )


def _is(day: date, line: Time) -> bool:
    """Whether all that ``line`` gives is true of ``day``."""
    if line.weekday not in (None, day.weekday()):
        return False
    return not line.days or any(
        ours.month in (None, day.month)
        and ours.day in (None, day.day)
        and ours.year in (None, day.year)
        for ours in line.days
    )
