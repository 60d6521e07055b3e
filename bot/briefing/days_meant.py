"""Which day does a line mean by "Tuesday", "tomorrow" or "by Friday"?

The one that its passages mean, if that is certain (`dates.resolved`): in a report, not in a book,
by the source's own words, not by those it quotes, and only if all of its passages agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.briefing.datelines import dateline
from bot.briefing.dates import (
    Day,
    Time,
    coming,
    date_of,
    published_day,
    resolved,
    stated_date,
    times,
)
from bot.briefing.documents import Document, Library, Passage, Span
from bot.briefing.lines import Commitment, Event, Line, Quote, RelativeDay
from bot.briefing.normalisation import normalised
from bot.briefing.tenses import is_one_day

_Value = tuple[frozenset[Day], int | None, int | None]

_LONGEST_REPORT = 5_000  # words
_NO_UNDERTAKING = ("reported", "denied")
# Where a sentence has one of these, its days may be counted from another than that of publication.
_FROM_ANOTHER_DAY = re.compile(
    r"\bago\b|\bprevious\b|\bthat (?:week|month|year)\b|\b(?:days?|weeks?|months?|years?) "
    r"(?:before|earlier|later)\b|(?<!\d)(?:1[5-9]|20)\d\d(?!\d)",
    re.IGNORECASE,
)
# And a deadline may be over.
_MAY_BE_OVER = re.compile(
    r"\b(?:had|last|earlier|missed|failed|(?:was|were) to|supposed)\b", re.IGNORECASE
)

# “Agreed to pay on Friday” may be the day on which they agreed.
_BY = re.compile(r"\b(?:by|before|until|till|than|from)\b(?:\s+[\w:.]+){0,4}\s+$", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|de|di|do|von|van) $")
_GOES_ON = re.compile(r"[\w,] $")
_MORNINGS = frozenset(("morgen", "sabah"))


def with_days(line: Line, library: Library, language: str | None) -> Line:
    """``line``, which is in ``language``, with the dates of its days as far as they are sure. Words
    that somebody is quoted with stay as they are."""
    said = _Said(line.evidence, library, language)
    match line:
        case Quote():
            return line
        case Event():
            day, basis = said.event(line.when)
            return replace(line, days=said.relative(line.text), date=day, date_basis=basis)
        case Commitment():
            texts = (line.text, line.action, line.deadline, line.condition)
            due = said.deadline(line.deadline, is_owed=line.status not in _NO_UNDERTAKING)
            days = said.relative(*texts, due=due)
            return replace(line, days=days, deadline_date=due.day.isoformat() if due else None)
    return replace(line, days=said.relative(line.text))


class _Due(NamedTuple):
    """The day of a deadline, and what its words say of it."""

    value: _Value
    day: date


class _Said:
    """The days that ``passages`` of ``library`` name. ``language`` is that of a line about them."""

    def __init__(self, passages: Sequence[Passage], library: Library, language: str | None) -> None:
        self._sources = [(passage, library[passage.document]) for passage in passages]
        self._language = language

    def relative(self, *texts: str | None, due: _Due | None = None) -> tuple[RelativeDay, ...]:
        """The days that ``texts`` name by their weekday or their distance, each word once."""
        named = (time for text in texts if text for time in times(text, self._language))
        found: dict[str, RelativeDay] = {}
        for time in named:
            if time.days:
                continue
            is_due = due is not None and _value(time) == due.value
            if day := due.day if due and is_due else self._day(time):
                found.setdefault(time.words, RelativeDay(time.words, day.isoformat()))
        return tuple(found.values())

    def deadline(self, words: str | None, *, is_owed: bool) -> _Due | None:
        """The day by which something is due. What ``is_owed`` is due on a day to come."""
        named = times(words or "", self._language)
        if len(named) != 1 or len(named[0].days) > 1:
            return None
        [time] = named
        day = date_of(next(iter(time.days), Day())) or self._day(time)
        day = day or (self._coming(time) if is_owed else None)
        return _Due(_value(time), day) if day else None

    def event(self, when: str) -> tuple[str | None, str | None]:
        """The ISO date of ``when``, which stands in a passage, and what it follows from; twice
        None where it is not known."""
        if iso := stated_date(when):
            return iso, "stated"
        for passage, document in self._sources:
            if when not in passage.text:
                continue
            published = published_day(document)
            for time in times(passage.text, document.language):
                if published and time.words in when:
                    day = resolved(time, passage.text, published, document.language)
                    basis = f"from publication date {published.isoformat()}"
                    return (day.isoformat(), basis) if day else (None, None)
        return None, None

    def _day(self, time: Time) -> date | None:
        """The day that all passages mean which name ``time``, or else the one that one of them
        names in another way."""
        named = [each for source in self._sources for each in _days(*source)]
        same = {day for other, day in named if _value(other) == _value(time)}
        if not same:
            published = {published_day(document) for _, document in self._sources}
            same = {day for _, day in named if day and _may_be(time, day, published)}
        return next(iter(same)) if len(same) == 1 else None

    def _coming(self, time: Time) -> date | None:
        """The next day that ``time`` may mean, where a passage has it as one to come."""
        found = {
            coming(time, published)
            for passage, document in self._sources
            if (published := published_day(document))
            if any(
                _value(each) == _value(time) and (time.days or _is_ahead(each, passage, document))
                for each in times(passage.text, document.language)
            )
        }
        return next(iter(found)) if len(found) == 1 else None


def _days(passage: Passage, document: Document) -> Iterator[tuple[Time, date | None]]:
    """Each time that ``passage`` names, with its day where that is sure."""
    published = published_day(document) if _is_report(document) else None
    quoted = document.quotations_touching(Span(passage.start, passage.end))
    places = normalised(passage.text).places
    may_be_another = _FROM_ANOTHER_DAY.search(_reported(passage, document))
    for time in times(passage.text, document.language):
        at = passage.start + places[time.start]
        is_quoted = any(each.start <= at < each.end for each in quoted)
        is_sure = bool(time.days) or not (is_quoted or may_be_another or _is_loose(time, passage))
        yield time, resolved(time, passage.text, published, document.language) if is_sure else None


def _is_loose(time: Time, passage: Passage) -> bool:
    """Whether "today" may be these days, "of tomorrow" the future, "Yesterday" a song, and a word
    for tomorrow one for the morning."""
    text = normalised(passage.text).text
    before = text[max(0, time.start - 4) : time.start]
    is_today = time.offset == 0 and time.words.lower() != "tonight"
    is_noun = text[time.end : time.end + 2] == "'s" or _OF.search(before)
    is_name = time.words[0].isupper() and _GOES_ON.search(before)
    is_morning = time.words.lower() in _MORNINGS
    return time.offset is not None and bool(is_today or is_noun or is_name or is_morning)


def _value(time: Time) -> _Value:
    """What ``time`` says, whatever the words; a date says the same with and without its weekday."""
    return time.days, None if time.days else time.weekday, time.offset


def _may_be(time: Time, day: date, published: set[date | None]) -> bool:
    if time.offset is None:
        return not time.days and day.weekday() == time.weekday
    return any(each and (day - each).days == time.offset for each in published)


def _is_ahead(time: Time, passage: Passage, document: Document) -> bool:
    """Whether a day of the week in ``passage`` is the next one if it is a deadline; that is known
    of English alone."""
    whole = normalised(passage.text).text
    before = whole[max(0, time.start - 40) : time.start]
    is_due = time.offset is not None or _BY.search(before)
    if not is_due or not is_one_day(whole, time.start, time.end):
        return False
    text, is_english = _reported(passage, document), document.language in (None, "en")
    doubts = (_FROM_ANOTHER_DAY, _MAY_BE_OVER)
    return _is_report(document) and is_english and not any(each.search(text) for each in doubts)


def _is_report(document: Document) -> bool:
    """Whether it was written on one day, so that its days are counted from that."""
    return document.words <= _LONGEST_REPORT and document.verdict != "live"


def _reported(passage: Passage, document: Document) -> str:
    """The words of ``passage`` without the dateline that it may open with."""
    line = dateline(document)
    opens = line is not None and passage.start == line.span.start
    return passage.text[line.span.end - passage.start :] if line and opens else passage.text
