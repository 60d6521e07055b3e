"""Which day does a text mean, and how is that known?

A date is stated in full, or it follows from the publication date by the rule that news agencies
use: a day of the week is within seven days of publication, before it if the sentence says what
happened and after it if it says what will; a day without a year is within half a year, likewise.
Anything doubtful ("next Monday", no tense, a coming Monday on a Monday) stays as written.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.briefing.date_words import beginning, month_of, pattern, relative_days, weekday_of
from bot.briefing.documents import Document
from bot.briefing.lexicon import function_words
from bot.briefing.normalisation import in_ascii, normalised
from bot.briefing.tenses import Tense, tense

_FIRST_YEAR = 1500
_HALF_A_YEAR = 183
_WEEK = 7
# Capitals tell a month that stands alone from a verb.
_CAPITALISED = frozenset({"en", "de"})
# Months that open sentences as verbs.
_VERBS = frozenset({"may", "march"})

_RANGE = re.compile(r"-|~|\b(?:to|through|bis|au|al|по|до|do|tot|až)\b")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_CJK = re.compile(
    r"(?:(?:(?P<year>\d{4})|(?P<era>令和|平成|昭和|民國|民国)(?P<of_era>\d{1,3}))(?:年|년) ?)?"
    r"(?<!\d)(?P<month>\d{1,2}) ?(?:月(?!期)|월)(?: ?(?P<day>\d{1,2}) ?(?:日|号|號|일))?"
)


class Day(NamedTuple):
    """A date as far as it is given."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Time(NamedTuple):
    """A time as a text gives it, ``start`` to ``end`` in the normalised text.

    ``days`` are what it may mean ("5/1/2027" is one of two), ``weekday`` counts from 0, Monday;
    ``offset`` is in days from the day of writing ("yesterday" is -1).
    """

    start: int
    end: int
    words: str
    days: frozenset[Day] = frozenset()
    weekday: int | None = None
    offset: int | None = None


def stated_date(when: str) -> str | None:
    """The ISO date that ``when`` states whole, None where anything would have to be guessed."""
    for time in times(when, "en"):
        if len(time.days) == 1 and (found := date_of(next(iter(time.days)))):
            return found.isoformat()
    return None


def published_day(document: Document) -> date | None:
    """The day on which ``document`` says that it was published, None where it does not."""
    if document.published is None or document.published_basis == "about":
        return None
    try:
        day = date.fromisoformat(document.published[:10])
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None  # "0001-01-01" is a program's word for none


_APOSTROPHES = str.maketrans("’ʼ", "''")


@lru_cache(maxsize=4096)
def times(text: str, language: str | None) -> tuple[Time, ...]:
    """The days, months and days of the week that ``text`` names, in order; no bare years.

    "7 and 8 October" is two times, "7-9 October" three.
    """
    return tuple(_times(in_ascii(text).translate(_APOSTROPHES), language or "en"))


def masked(text: str, language: str | None, mask: str) -> str:
    """``text`` normalised as `times` counts it, with ``mask`` for each character of a time."""
    shown = in_ascii(text)
    for time in times(text, language):
        shown = shown[: time.start] + mask * (time.end - time.start) + shown[time.end :]
    return shown


def possible_days(time: Time, published: date | None) -> frozenset[date]:
    """The days that ``time`` may mean where its document was ``published`` on that day; none where
    nothing can be said."""
    days = {day for each in time.days if (day := date_of(each))}
    if published is None:
        return frozenset(days)
    if time.offset is not None:
        return frozenset({published + timedelta(days=time.offset)})
    near = (published + timedelta(days=n) for n in range(-_HALF_A_YEAR, _HALF_A_YEAR + 1))
    for each in time.days:
        if each.month and each.day and not each.year:
            days |= {n for n in near if (n.month, n.day) == (each.month, each.day)}
    if not time.days and time.weekday is not None:
        week = (published + timedelta(days=n) for n in range(-_WEEK, _WEEK + 1))
        days |= {day for day in week if day.weekday() == time.weekday}
    return frozenset(days)


def resolved(time: Time, text: str, published: date | None, language: str | None) -> date | None:
    """The day that ``time`` of ``text`` means: as stated, or as written on ``published``."""
    if len(time.days) > 1:
        return None
    day = next(iter(time.days), Day())
    if day.month and day.day and day.year:
        return date_of(day)
    if published is None:
        return None
    if time.offset is not None:
        return published + timedelta(days=time.offset)
    told = tense(normalised(text).text, time.start, time.end) if language in (None, "en") else None
    if told is None:
        return None
    found = _of_half_a_year(day, published, told) if day.month else None
    if not day.month and time.weekday is not None:
        found = _of_the_week(time.weekday, published, told)
    is_other_day = found and time.weekday is not None and found.weekday() != time.weekday
    return None if is_other_day else found


def coming(time: Time, published: date) -> date | None:
    """The first day behind ``published`` that ``time`` may mean; None where it names none."""
    day = next(iter(time.days), Day())
    if len(time.days) > 1 or day.year:
        return None
    if time.offset is not None:
        return published + timedelta(days=time.offset) if time.offset > 0 else None
    if day.month:
        found = _of_half_a_year(day, published, "future")
        return None if found and time.weekday not in (None, found.weekday()) else found
    return None if time.weekday is None else _of_the_week(time.weekday, published, "future")


def _of_the_week(weekday: int, published: date, tense: Tense) -> date | None:
    if tense == "past":
        return published - timedelta(days=(published.weekday() - weekday) % _WEEK)
    ahead = (weekday - published.weekday()) % _WEEK
    return published + timedelta(days=ahead) if ahead else None


def _of_half_a_year(day: Day, published: date, tense: Tense) -> date | None:
    if day.day is None or day.year is not None:
        return None
    near = (
        found
        for year in (published.year - 1, published.year, published.year + 1)
        if (found := date_of(day._replace(year=year)))
        and 0 <= (found - published).days * (1 if tense == "future" else -1) <= _HALF_A_YEAR
    )
    return next(near, None)


def _times(text: str, language: str) -> Iterator[Time]:
    end = 0
    for word in beginning(language).finditer(text):
        if word.start() >= end and (match := pattern(language).match(text, word.start())):
            found = list(_read(text, match, language))
            end = match.end() if found else end
            yield from found
    for match in _CJK.finditer(text):
        year, month, day = (int(match[n]) if match[n] else None for n in ("year", "month", "day"))
        if era := match["era"]:
            year = _ERAS[era] + int(match["of_era"])
        if month and 1 <= month <= 12:
            yield Time(*match.span(), match[0], frozenset({Day(year, month, day)}))


def _read(text: str, match: re.Match[str], language: str) -> Iterator[Time]:
    groups = {name: value for name, value in match.groupdict().items() if value}
    common = (*match.span(), match[0])
    if word := groups.get("relative"):
        yield Time(*common, offset=relative_days(language)[word.lower()])
        return
    month = next((groups[name] for name in ("m1", "m2", "m3", "m4", "m5") if name in groups), "")
    weekday = next((groups[name] for name in ("w1", "w2", "w3", "w4") if name in groups), "")
    if "m4" in groups and _is_no_month(text, match, language):
        return
    known_weekday = weekday_of(weekday, language) if weekday else None
    dated = list(_days(groups, month_of(month, language) if month else None))
    if not dated and known_weekday is None:
        return
    for days in dated or [frozenset()]:
        yield Time(*common, days, known_weekday)


def _days(groups: dict[str, str], month: int | None) -> Iterator[frozenset[Day]]:
    """For each day that is named, what it may mean."""
    if written := groups.get("iso"):
        yield frozenset({Day(*map(int, re.split("[-./]", written)))})
    elif written := groups.get("numeric"):
        one, other, of_year = map(int, re.split("[-./]", written))
        pairs = [Day(of_year, other, one), Day(of_year, one, other)]
        found = [each for each in pairs if date_of(each)]
        if found:  # with full stops the day goes first wherever dates are written so
            yield frozenset(found[:1] if "." in written else found)
    elif month:
        years = [int(groups[name]) for name in ("y1", "y2", "y3", "y4", "y5") if name in groups]
        year = years[0] if years else None
        listed = groups.get("d1") or groups.get("d2")
        days: list[int | None] = [*_listed(listed)] if listed else [None]
        for each in days:
            yield frozenset({Day(year, month, each)})


def _listed(days: str) -> list[int]:
    """The days of "7 and 8" and of "7-9"."""
    known = [int(day) for day in re.findall(r"\d+", days)]
    is_range = len(known) == 2 and _RANGE.search(days) and known[0] < known[1]
    return list(range(known[0], known[1] + 1)) if is_range else known


def _is_no_month(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a month that stands alone is a verb or a name ("March on!", "Theresa May")."""
    if not match[0][0].isupper():
        return language in _CAPITALISED
    before = re.search(r"(\S+) $", text[max(0, match.start() - 30) : match.start()])
    if before is None or before[1][-1] in ".!?":
        return match[0].lower() in _VERBS
    is_named = before[1][0].isupper() or re.match(r" [^\W\d_a-z]\w", text[match.end() :])
    return bool(is_named) and before[1].lower() not in function_words(language)


def date_of(day: Day) -> date | None:
    """The date that ``day`` gives whole; None where it does not, or where there is no such day."""
    try:
        return date(day.year or 0, day.month or 0, day.day or 0)
    except ValueError:
        return None
