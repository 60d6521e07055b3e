"""Which day does a text mean, and how is that known?

A date is stated whole, or it follows from the day of publication by one rule, the one by which
news agencies write: a day of the week is within seven days of publication, before it where the
sentence tells what happened and after it where it tells what will; a day without a year is within
half a year, likewise. Whatever leaves a doubt ("next Monday", no tense, Monday on a Monday to
come) stays as it is written.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.briefing.documents import Document
from bot.briefing.lexicon import factored, function_words, lexicon
from bot.briefing.normalisation import normalised

Tense = Literal["past", "future"]

_HALF_A_YEAR = 183
_WEEK = 7
# Capitals tell the month from the verb, and the day of the week from a sun.
_CAPITALISED = frozenset({"en", "de"})
# Months that open sentences as verbs.
_VERBS = frozenset({"may", "march"})

# Verbs of English sentences, as far as they tell a tense. An infinitive ("to meet on Monday")
# tells none: it may have come about or not.
_TENSE = re.compile(
    r"\b(?:(?P<future>will|shall|would|is to|are to|(?:is|are) going to|due|scheduled|expected"
    r"|planned|slated|set)"
    r"|(?P<open>to \w+|may|might|could|should|must|if|unless)"
    r"|(?P<past>was|were|had|did|has|have|said|met|told|held|went|came|took|made|left|began|won"
    r"|lost|found|gave|got|sent|fell|rose|shot|struck|brought|bought|sold|spoke|wrote|saw|ran"
    r"|became|broke|drove|flew|grew|knew|paid|led|fled|fought|stood|sat|caught|taught|thought"
    r"|built|burnt|spent|kept|meant|heard|put out|(?!need|feed|indeed|speed|hundred)\w{2,}ed))\b",
    re.IGNORECASE,
)


# The beginning of a word is enough to look closer.


class Day(NamedTuple):
    """A date as far as it is given."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Time(NamedTuple):
    """A time as a text gives it, ``start`` to ``end`` in the normalised text.

    ``days`` are what it may mean ("5/1/2027" is one of two), ``weekday`` counts from 0, Monday;
    ``offset`` is in days from the day of writing ("yesterday" is -1); ``phrase`` is another time
    that hangs on it ("next month").
    """

    start: int
    end: int
    words: str
    days: frozenset[Day] = frozenset()
    weekday: int | None = None
    offset: int | None = None
    phrase: str | None = None


def stated_date(when: str) -> str | None:
    """The ISO date that ``when`` states whole, None where anything would have to be guessed."""
    for time in times(when, "en"):
        if len(time.days) == 1 and (found := _date(next(iter(time.days)))):
            return found.isoformat()
    return None


def published_day(document: Document) -> date | None:
    """The day on which ``document`` says that it was published, None where it does not."""
    if document.published is None or document.published_basis == "about":
        return None
    try:
        return date.fromisoformat(document.published[:10])
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def times(text: str, language: str | None) -> tuple[Time, ...]:
    """The days, months and days of the week that ``text`` names, in order; no bare years."""
    plain = normalised(text).text
    found = (_time(plain, match, language) for match in _matches(plain, language))
    return tuple(time for time in found if time is not None)


def resolved(time: Time, text: str, published: date | None, language: str | None) -> date | None:
    """The day that ``time`` of ``text`` means: as stated, or as written on ``published``."""
    if len(time.days) > 1 or time.phrase is not None:
        return None
    day = next(iter(time.days), Day())
    if day.month and day.day and day.year:
        return _date(day)
    if published is None:
        return None
    if time.offset is not None:
        return published + timedelta(days=time.offset)
    tense = _tense(normalised(text).text, time) if (language or "en") == "en" else None
    if tense is None:
        return None
    found = _of_half_a_year(day, published, tense) if day.month else None
    if not day.month and time.weekday is not None:
        found = _of_the_week(time.weekday, published, tense)
    is_other_day = found and time.weekday is not None and found.weekday() != time.weekday
    return None if is_other_day else found


def _matches(text: str, language: str | None) -> Iterator[re.Match[str]]:
    """What the pattern matches, tried only where a word begins as one of it does."""
    pattern, end = _pattern(language), 0
    for word in _beginning(language).finditer(text):
        if word.start() >= end and (match := pattern.match(text, word.start())):
            end = match.end()
            yield match


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
        if (found := _date(day._replace(year=year)))
        and 0 <= (found - published).days * (1 if tense == "future" else -1) <= _HALF_A_YEAR
    )
    return next(near, None)


def _tense(text: str, time: Time) -> Tense | None:
    """What the verb nearest before the time tells, else the first behind it, in its sentence."""
    before = re.split(r"[.!?;]\s", text[: time.start])[-1]
    behind = re.split(r"[.!?;](?:\s|$)", text[time.end :])[0]
    verbs = list(_TENSE.finditer(before))
    verb = verbs[-1] if verbs else _TENSE.search(behind)
    if verb is None or re.search(r"\b(?:last|next)\s+$", before, re.IGNORECASE):
        return None
    return "future" if verb["future"] else "past" if verb["past"] else None


def _time(text: str, match: re.Match[str], language: str | None) -> Time | None:
    words, groups = match[0], match.groupdict()
    known = lexicon(language)
    needs_capital = (language or "en") in _CAPITALISED
    month = next((groups[name] for name in ("m1", "m2", "m3", "m4") if groups[name]), None)
    weekday = groups["w1"] or groups["w2"]
    is_small = any(word and not word[0].isupper() for word in (month, weekday))
    if (needs_capital and is_small) or (groups["m4"] and _is_no_month(text, match, language)):
        return None
    common = (match.start(), match.end(), words)
    if groups["relative"]:
        return Time(*common, offset=dict(known.relative_days)[words.lower()])
    if groups["phrase"]:
        return Time(*common, phrase=" ".join(words.lower().split()))
    return Time(
        *common,
        frozenset(_days(groups, known.month_names)),
        _index(weekday, known.weekday_names) if weekday else None,
    )


def _days(groups: dict[str, str | None], months: tuple[str, ...]) -> Iterator[Day]:
    if written := groups["iso"]:
        yield Day(*map(int, written.split("-")))
    elif written := groups["numeric"]:
        first, second, year = map(int, re.split(r"[./]", written))
        yield from (
            Day(year, month, day)
            for month, day in ((second, first), (first, second))
            if month <= len(months or "twelve months") and _date(Day(year, month, day))
        )
    elif month := groups["m1"] or groups["m2"] or groups["m3"] or groups["m4"]:
        of_year, of_month = groups["y1"] or groups["y3"], groups["d1"] or groups["d2"]
        number = _index(month, months) + 1
        yield Day(int(of_year) if of_year else None, number, int(of_month) if of_month else None)


def _is_no_month(text: str, match: re.Match[str], language: str | None) -> bool:
    """Whether a month that stands alone is a verb or a name ("March on!", "Theresa May")."""
    if not match[0][0].isupper():
        return False
    before = re.search(r"(\S+) $", text[max(0, match.start() - 30) : match.start()])
    if before is None or before[1][-1] in ".!?":
        return match[0].lower() in _VERBS
    is_named = before[1][0].isupper() or re.match(r" [^\W\d_a-z]\w", text[match.end() :])
    return bool(is_named) and before[1].lower() not in function_words(language)


def _index(word: str, names: tuple[str, ...]) -> int:
    """Which of ``names`` a word is; a short form is known by its first three letters."""
    for number, pattern in enumerate(names):
        if re.fullmatch(pattern, word, re.IGNORECASE):
            return number
    return next(n for n, pattern in enumerate(names) if pattern.startswith(word[:3].lower()))


def _date(day: Day) -> date | None:
    try:
        return date(day.year or 0, day.month or 0, day.day or 0)
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _beginning(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    listed = "|".join([known.months, known.weekdays, *(word for word, _ in known.relative_days)])
    found = re.findall(r"(?:^|\|)([^\W\d_]{2,3})", listed)
    found += re.findall(r"(?<![^\W\d_])[^\W\d_]{2,3}", known.relative_times)
    return re.compile(rf"(?<![^\W_])(?:\d|{factored(*sorted(set(found)))})", re.IGNORECASE)


@lru_cache(maxsize=16)
def _pattern(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    months, weekdays = (names.replace(" ", r"\ ") for names in (known.months, known.weekdays))
    # "Feb 23", without a full stop, only beside a day.
    short = [re.match(r"[a-z]{3}", name) for name in known.month_names]
    beside = "|".join([months, "sept", *(name[0] for name in short if name)])
    day = r"\d{1,2}(?!\d|[.,:]\d)"
    relative = "|".join(sorted((re.escape(w) for w, _ in known.relative_days), key=len)[::-1])
    return re.compile(
        rf"""\b(?:
            (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)
          | (?P<numeric>\d{{1,2}}(?P<mark>[./])\d{{1,2}}(?P=mark)\d{{4}})(?!\d)
          | (?:(?P<w1>{weekdays}),?\ (?:the\ |den\ |le\ |el\ )?)?(?:
                (?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\ (?:of\ |de\ )?(?P<m1>{beside})(?!\w)\.?
              | (?P<m2>{beside})\.?\ (?P<d2>{day})(?:st|nd|rd|th)?\b
            )(?:,?\ (?:de\ |del\ )?(?P<y1>\d{{4}})\b)?
          | (?P<m3>{beside})\.?,?\ (?:de\ )?(?P<y3>\d{{4}})\b
          | (?P<m4>{months})(?!\w)
          | (?P<w2>{weekdays})(?!\w)
          | (?P<relative>{relative or "(?!)"})(?!\w)
          | (?P<phrase>{known.relative_times.replace(" ", chr(92) + " ") or "(?!)"})(?!\w)
        )""",
        re.IGNORECASE | re.VERBOSE,
    )
