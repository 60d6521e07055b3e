"""The check that every day, month and day of the week of a line is in its passages.

In any notation and language: "2027-05-03" is 3 May 2027. A line may give less of a date than its
passage, never more, except for what follows from a known publication date (`bot.briefing.dates`).
If that isn't known, "on Monday" may be the passage's "yesterday", and no fault is found. Bare years
are numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from bot.briefing.checks.statement import Statement, references_text
from bot.briefing.dates import Day, Time, possible_days, published_day, times
from bot.briefing.documents import Document
from bot.briefing.lines import Reason
from bot.briefing.normalisation import ascii_digits

# "3.5." and "2/9", day and month in either order.
_SHORT = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})(?!\d|[./]\d)")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
# Words that are days of the week or months, and something else as well.
_MAY_BE_ELSE = re.compile(r"сред\w*|ekim\w*|ocak\w*|pazar\w*|أحد|domingos?|mars", re.IGNORECASE)


def dates(statement: Statement) -> list[Reason]:
    """One reason for every time of the line that the passages don't have."""
    named = times(statement.text, statement.language)
    if not named:
        return []
    passage_times = _PassageTimes(statement)
    # A full stop behind a month may end the sentence.
    missing = dict.fromkeys(time.words.rstrip(".") for time in named if not passage_times.has(time))
    where = references_text(statement)
    return [Reason("dates", f"“{words}” is not in {where}.") for words in missing]


@dataclass(frozen=True, eq=False)
class _PassageTimes:
    statement: Statement

    def has(self, time: Time) -> bool:
        """Whether the passages have ``time``, or code can't tell."""
        if _MAY_BE_ELSE.fullmatch(time.words) and not self.times:
            return True
        if time.offset is not None:
            return self._has_offset(time.offset)
        has_weekday = time.weekday is None or self._has_weekday(time.weekday)
        return has_weekday and (not time.days or any(map(self._has_day, time.days)))

    @cached_property
    def _texts(self) -> list[tuple[str, Document]]:
        """The passages, and also those that follow one another in one piece: a sentence may be cut
        in the middle of a date ("am 6." "November")."""
        passages, library = self.statement.passages, self.statement.library
        texts = [(passage.text, library[passage.document]) for passage in passages]
        for one, other in pairwise(passages):
            document = library[one.document]
            between = document.text[one.end : other.start]
            if one.document == other.document and one.end <= other.start and not between.strip():
                texts.append((f"{one.text} {other.text}", document))
        return texts

    @cached_property
    def times(self) -> list[tuple[Time, date | None]]:
        """The times in the passages, each with the day on which its document was published."""
        return [
            (time, published_day(document))
            for text, document in self._texts
            for time in (*times(text, document.language), *_short(text))
        ]

    @cached_property
    def _days(self) -> frozenset[date]:
        return frozenset(day for time, day in self.times for day in possible_days(time, day))

    @cached_property
    def _years(self) -> frozenset[int]:
        written = {
            int(year) for text, _ in self._texts for year in _YEAR.findall(ascii_digits(text))
        }
        published = {day.year + n for _, day in self.times if day for n in (-1, 0, 1)}
        return frozenset(written | published)

    def _has_offset(self, offset: int) -> bool:
        """Whether the passages have "yesterday", as a word or as the day that it was. "Today" may
        be the "now" of any language, or the present tense."""
        if offset == 0 and not self.times:
            return True
        known = [(time, day) for time, day in self.times if time.offset is not None]
        if any(time.offset == offset for time, _ in known):
            return True
        published = self._published
        if published and published + timedelta(days=offset) in self._days:
            return True
        return bool(self.times) and not known and not (published and self._days)

    @property
    def _published(self) -> date | None:
        days = {published_day(document) for _, document in self._texts}
        return days.pop() if len(days) == 1 else None

    def _has_weekday(self, weekday: int) -> bool:
        if any(time.weekday == weekday for time, _ in self.times):
            return True
        if any(day.weekday() == weekday for day in self._days):
            return True
        # "Yesterday", or "14 May" of an unknown year, may be that day.
        return all(time.weekday is None for time, _ in self.times) and any(
            time.weekday is None
            and not possible_days(time, day)
            and (time.offset is not None or any(each.day for each in time.days))
            for time, day in self.times
        )

    def _has_day(self, ours: Day) -> bool:
        days = [Day(day.year, day.month, day.day) for day in self._days]
        days += [each for time, _ in self.times for each in time.days]
        if any(self._has_all_of(theirs, ours) for theirs in days):
            return True
        # "May 14" may be the passage's "yesterday", where nobody knows when that was.
        has_day = any(each.day for time, _ in self.times for each in time.days)
        is_relative = any(time.offset is not None for time, _ in self.times)
        return self._published is None and is_relative and not has_day

    def _has_all_of(self, theirs: Day, ours: Day) -> bool:
        """Whether ``theirs`` has every part of ``ours``; the year may stand elsewhere."""
        may_be_of_year = theirs.year is None and ours.year in self._years
        return (
            ours.month in (None, theirs.month)
            and ours.day in (None, theirs.day)
            and (ours.year in (None, theirs.year) or may_be_of_year)
        )


def _short(text: str) -> Iterator[Time]:
    for match in _SHORT.finditer(ascii_digits(text)):
        one, other = int(match[1]), int(match[3])
        pairs = ((month, day) for month, day in ((other, one), (one, other)))
        days = frozenset(Day(None, m, d) for m, d in pairs if 1 <= m <= 12 and 1 <= d <= 31)
        if days:
            yield Time(*match.span(), match[0], days)
