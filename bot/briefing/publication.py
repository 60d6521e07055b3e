"""Datelines, days of publication, and the days that a line means by “Tuesday”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from bot.briefing.dates import (
    Day,
    Time,
    date_of,
    is_one_day,
    mask_times,
    published_day,
    resolve_day,
    times,
)
from bot.briefing.documents import Document, Library, Passage, Span
from bot.briefing.lexicon import function_words, in_every_language
from bot.briefing.lines import Commitment, Event, Line, Quote, RelativeDay
from bot.briefing.normalisation import ascii_digits, normalised
from bot.briefing.text import count_words

# Where a text was filed, and on which day: "VIENNA, 14 May 2025 —", "BERLIN (Reuters) -".
#
# A dateline opens the first paragraph of a report, under whatever headline and byline it has. It is
# recognised by its form: a place, with a day or an agency or both, and a dash; a place in capitals
# is enough if a sentence begins after the dash. What only looks like one ("In Paris, …", "Two
# hostages — an American …") stays in its sentence.

_FIRST_PARAGRAPHS = 8  # headline, standfirst, byline, caption, date: the report begins by then
_PARAGRAPHS = 200
_LONGEST_DATELINE, _LOOKED_AT = 160, 480  # characters
_ENDS = 6
_MOST_NAMES = 3  # a town, its region, its country
_SHORTEST = 2  # letters: "I —", "Q —"
_DATE = "\0"  # stands for each character of a date while the other parts are looked for

_AGENCY = re.compile(
    r"""aa|aap|adnkronos|afp|agerpres|agi|anadolu|ani|anp|ansa|antara|ap|apa|app|armenpress|ats
    |azertac|belga|bernama|bloomberg|bta|business\ wire|(?:the\ )?canadian\ press|cnn|cp|ctk|čtk|dha
    |dow\ jones|dpa|dts|efe|epd|europa\ press|globe\ newswire|hina|ians|iha
    |interfax(?:\.ru|-ukraine)?|irna|jiji|keystone-sda|kna|kuna|kyodo|lusa|mena|mti|ntb|ots
    |pa(?:\ media)?|pap|petra|pr\ ?newswire|pti|qna|reuters|ria(?:\ novosti)?|ritzau|sda|sid|spa|sta
    |tanjug|tasr|tass|t[eé]lam|trend|tt|ukrinform|uni|unn|upi|wam|xinhua|yonhap
    |интерфакс|риа\ новости|рбк|тасс|укринформ|укрінформ|унн|уніан|белта|արմենպրես
    |أ\.?\ ?ف\.?\ ?ب|د\.?\ ?ب\.?\ ?أ|رويترز|سانا|شينخوا|قنا|واس|وام|الأناضول""",
    re.VERBOSE | re.IGNORECASE,
)
# Words that may begin the name of a place, though they carry no content.
_ARTICLES = frozenset(("the", "la", "le", "les", "el", "los", "las", "den", "al", "san", "são"))

_SMALL = r"(?:d[aeiou]|del|des|della|am|an|der|im|sur|upon|under|of|and|на)"
_WORD = r"[^\W\d_][\w'.&]*(?:-[^\W\d_][\w'.&]*)*"
_PART = re.compile(
    rf"""(?:(?P<source>\([^(){_DATE}]{{2,40}}\)|/[^/{_DATE}]{{2,30}}/)
      | (?P<date>\(?{_DATE}+\)?)
      | (?P<name>{_WORD}(?:\ ?[ /]\ ?(?:{_SMALL}\ )*{_WORD}){{0,4}}))
    (?P<gap>[,.:]*(?:\ -)?\ ?(?:(?:le|am|den|il|el)\ (?={_DATE}))?)""",
    re.VERBOSE,
)
_END = re.compile(r"\.? ?- +|[.:] +")
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s|$)")

# In Chinese, Japanese and Korean all of it stands in brackets or before "电" ("by wire").
_HAN = re.compile(
    r"""[(【\[〔]? [\u4e00-\u9fff·、]{2,24}? (?:\d{4}年)? (?:\d{1,2}月)? \d{1,2}日
        [\u4e00-\u9fff]{0,3}?[电電]\ ?
        (?: [)】\]〕] | \([^()]{0,40}\) | (?=[\ ,:]) )  (?:\ ?\([^()]{0,40}\))? [,:]? \ *
      | [【\[(] [^】\])]{0,20}(?:共同|時事|ロイター|AFP時事)[^】\])]{0,8} [】\])] (?:\ ?-)? \ *
      | [(【\[] [가-힣·]{1,12}=[^)】\]]{2,20} [)】\]] \ ? (?:[가-힣·\ ]{2,30}=)? \ *
    """,
    re.VERBOSE,
)


class Dateline(NamedTuple):
    """A dateline. ``span`` includes the dash and the space behind it; ``day`` is its date, with a
    year only if it gives one."""

    span: Span
    day: Day | None


@lru_cache(maxsize=32)
def dateline(document: Document) -> Dateline | None:
    """The dateline that the report in ``document`` opens with; None if it has none.

    If further reports follow with other dates, it has no day.
    """
    openings = (_opening(document, span) for span in document.paragraphs[:_FIRST_PARAGRAPHS])
    first = next(filter(None, openings), None)
    if first is None or (first.is_certain and not first.dateline.day):
        return first and first.dateline
    at, day = first.dateline.span, first.dateline.day
    following = (span for span in document.paragraphs[:_PARAGRAPHS] if span.start > at.end)
    others = [each.dateline for span in following if (each := _opening(document, span))]
    if others and not first.is_certain:
        return None  # the speakers of a transcript, or the parts of a list
    return Dateline(at, None if {each.day for each in others} - {day, None} else day)


class _Opening(NamedTuple):
    """The dateline of a paragraph; ``is_certain`` if it has a day or an agency beside the place."""

    dateline: Dateline
    is_certain: bool


def _opening(document: Document, paragraph: Span) -> _Opening | None:
    text = document.text[paragraph.start : min(paragraph.end, paragraph.start + _LOOKED_AT)]
    found = _dateline_end(text, document.language)
    if found is None:
        return None
    end, is_certain = found
    span = Span(paragraph.start, paragraph.start + normalised(text).places[end])
    return _Opening(Dateline(span, _day(text, end, document.language)), is_certain)


def _day(text: str, end: int, language: str | None) -> Day | None:
    """The only day in a dateline of ``end`` characters, with at least a month and a day."""
    dated = (time.days for time in times(text, language) if time.end <= end and len(time.days) == 1)
    days = {day for each in dated for day in each if day.month and day.day}
    return days.pop() if len(days) == 1 else None


def _dateline_end(text: str, language: str | None) -> tuple[int, bool] | None:
    """The end of the dateline that ``text`` opens with, in the normalised text, and whether it has
    more than a place; None if there is no dateline."""
    plain = ascii_digits(text)
    if match := _HAN.match(plain):
        return match.end(), True
    without_days = mask_times(text, language, _DATE)
    for end in reversed(list(islice(_END.finditer(without_days[:_LONGEST_DATELINE]), _ENDS))):
        parts, rest = _parts(without_days[: end.start()]), plain[end.end() :]
        if not (_begins_sentence(rest) and _is_one_place(parts, language)):
            continue
        if _is_certain(parts, is_dash="-" in end[0]):
            return end.end(), True
        if "-" in end[0] and _is_place_alone(parts, rest):
            return end.end(), False
    return None


class _Part(NamedTuple):
    """A piece of a dateline: a `source` in brackets, a `date` or a `name`; ``is_after_dash`` if a
    dash stands before it."""

    kind: str
    words: str
    is_after_dash: bool

    @property
    def is_agency(self) -> bool:
        """Whether one of the names in it is that of an agency."""
        whole = self.words.strip("()/ .")
        return any(map(_AGENCY.fullmatch, (whole, *re.split(r"[/,;-] ?", whole))))


def _parts(opening: str) -> list[_Part]:
    """The parts of ``opening``; empty if it can't be a dateline."""
    parts: list[_Part] = []
    at, is_after_dash = 0, False
    while at < len(opening):
        match = _PART.match(opening, at)
        if match is None:
            return []
        kind = next(kind for kind in ("source", "date", "name") if match[kind])
        parts.append(_Part(kind, match[kind], is_after_dash))
        at, is_after_dash = match.end(), "-" in match["gap"]
    return parts


def _is_certain(parts: list[_Part], *, is_dash: bool) -> bool:
    """Whether a day or an agency makes a dateline of ``parts``."""
    by_agency = any(part.is_agency for part in parts)
    is_dated = any(part.kind == "date" for part in parts)
    is_sourced = by_agency or any(part.kind == "source" for part in parts)
    in_capitals = _in_capitals(parts)
    if is_dash:
        return is_dated or by_agency or (in_capitals and is_sourced)
    return is_dated and (by_agency or in_capitals)


def _is_place_alone(parts: list[_Part], rest: str) -> bool:
    """Whether ``parts`` are a place in capitals, and the ``rest`` is a sentence by itself: with a
    second dash ("NASA — America's space agency — said") it may be an aside."""
    sentence = _SENTENCE_ENDS.split(rest, maxsplit=1)[0]
    return _in_capitals(parts) and sentence.count(" - ") % 2 == 0


def _in_capitals(parts: list[_Part]) -> bool:
    return next((part.words.isupper() for part in parts if part.kind == "name"), False)


def _is_one_place(parts: list[_Part], language: str | None) -> bool:
    """Whether the names in ``parts`` may be a place with its region and country, or are none."""
    names = [part for part in parts if part.kind == "name" and not part.is_agency]
    if any(name.is_after_dash for name in names[1:]) or len(names) > _MOST_NAMES:
        return False
    # As in "May 14, 2025 – Geneva –" and in "(ANSA) - ROMA, 14 MAG -".
    is_first = not names or not names[0].is_after_dash or parts[0].kind in ("date", "source")
    return is_first and all(_is_name(name.words, language) for name in names)


def _is_name(words: str, language: str | None) -> bool:
    if words.isupper():
        return len(words) > _SHORTEST
    first, *others = words.split()
    is_small = first.lower() in function_words(language) - _ARTICLES
    spelled = [word for word in (first, *others) if not re.fullmatch(_SMALL, word)]
    return not is_small and not any(word[0].islower() for word in spelled)


def _begins_sentence(rest: str) -> bool:
    return bool(rest) and not rest[0].islower() and (rest[0].isalnum() or rest[0] in "'(<$€£¿¡")


# On which day a document was published.
#
# What a page states about itself comes first. Else a dateline gives the day ("VIENNA, 14 May 2025
# —"), or a line of its own near the top ("Published 14 May 2025", "14.05.2025 09:30"). A day is
# never worked out from "yesterday", nor taken from a line that may name the day of an event.

_PARAGRAPHS_WITH_A_DATE = 8
_MOST_WORDS = 14
_NEAR = timedelta(days=7)

_SMALL_PRINT = r"on|at|am|um|vom|le|à|el|a las|в|il|alle"
_CLOCK = (
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?|[ap]\.?m\.?|uhr|h|t|z|hrs?"
    r"|gmt|utc|bst|cet|cest|msk|est|edt|et|pst|pdt|pt|ist"
)
_IS_SENTENCE = re.compile(r"[.!?。։؟]\W*$")


def with_publication_day(document: Document) -> Document:
    """``document`` with the day of publication that its text gives, unless it is known already."""
    if document.published_basis == "stated" or (
        document.published and not document.published_basis
    ):
        return document
    if day := _of_dateline(document):
        return replace(document, published=day.isoformat(), published_basis="dateline")
    if day := _of_line(document):
        return replace(document, published=day.isoformat(), published_basis="stated")
    return document


def _of_dateline(document: Document) -> date | None:
    """The day of the dateline, in the year that it gives or nearest to the known date."""
    found = dateline(document)
    if found is None or found.day is None:
        return None
    if found.day.year or document.published is None:
        return date_of(found.day)
    about = date.fromisoformat(document.published[:10])
    near = (date_of(found.day._replace(year=about.year + n)) for n in (-1, 0, 1))
    return next((day for day in near if day and abs(day - about) <= _NEAR), None)


def _of_line(document: Document) -> date | None:
    """The day that a line near the top states. Without a word for publication, it must be the only
    such line, and the text below must not name the same day, perhaps that of an event."""
    alone: list[tuple[int, date]] = []
    for number, span in enumerate(document.paragraphs[:_PARAGRAPHS_WITH_A_DATE]):
        line = document.text[slice(*span)]
        if count_words(line) > _MOST_WORDS:
            continue
        days = [date_of(day) for day in _days(line, document.language)]
        masked = mask_times(line, document.language, _DATE)
        if days and _labelled().match(masked) and not _IS_SENTENCE.search(masked):
            return days[0]
        if len(days) == 1 and days[0] and _alone().fullmatch(masked):
            alone.append((number, days[0]))
    if len(alone) != 1:
        return None
    [(number, day)] = alone
    return None if _is_named_below(document, number, day) else day


@cache
def _labelled() -> re.Pattern[str]:
    """A pattern for lines that begin with a word for publication and a date."""
    return re.compile(
        rf"\W*(?:{in_every_language('published')})\W{{0,3}}(?:(?:{_SMALL_PRINT})\b)?[^\w{_DATE}]*{_DATE}",
        re.IGNORECASE,
    )


@cache
def _alone() -> re.Pattern[str]:
    """A pattern for lines, masked, with a date and nothing else."""
    small = rf"\b(?:{_CLOCK}|{_SMALL_PRINT})\b"
    return re.compile(
        rf"\W*(?:(?:{in_every_language('any_date')})\b)?(?:[^\w]|{small})*", re.IGNORECASE
    )


def _days(line: str, language: str | None) -> list[Day]:
    """The days that ``line`` names; an empty `Day` for one that may be either of two."""
    named = times(line, language)
    whole = [
        time
        for time in named
        if not any(o.start <= time.start and time.end <= o.end and o != time for o in named)
    ]
    return [day for time in whole for day in (time.days if len(time.days) == 1 else (Day(),))]


def _is_named_below(document: Document, number: int, day: date) -> bool:
    """Whether the text under paragraph ``number`` names that day of the year."""
    following = document.paragraphs[number + 1 : _PARAGRAPHS]
    below = (document.text[slice(*span)] for span in following)
    named = (
        each for text in below for time in times(text, document.language) for each in time.days
    )
    return any((each.month, each.day) == (day.month, day.day) for each in named)


# The day that a line means by "Tuesday", "tomorrow" or "by Friday".
#
# The one that its passages mean, if that is certain (`resolve_day`): in a report, not in a book, by
# the source's own words, not by those it quotes, and only if all of its passages agree.

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
    """``line``, which is in ``language``, with the dates of its days that are certain. Quotations
    are left as they are."""
    days = _PassageDays(line.evidence, library, language)
    match line:
        case Quote():
            return line
        case Event():
            day, basis = days.event(line.when)
            return replace(line, days=days.relative(line.text), date=day, date_basis=basis)
        case Commitment():
            texts = (line.text, line.action, line.deadline, line.condition)
            due = days.deadline(line.deadline, is_owed=line.status not in _NO_UNDERTAKING)
            day = due.isoformat() if due else None
            return replace(line, days=days.relative(*texts), deadline_date=day)
    return replace(line, days=days.relative(line.text))


class _PassageDays:
    """The days that ``passages`` name, for a line in ``language`` that cites them."""

    def __init__(self, passages: Sequence[Passage], library: Library, language: str | None) -> None:
        self._sources = [(passage, library[passage.document]) for passage in passages]
        self._language = language
        self._due: dict[_Value, date] = {}

    def relative(self, *texts: str | None) -> tuple[RelativeDay, ...]:
        """The days that ``texts`` name by weekday or relative to today, each word once."""
        named = (time for text in texts if text for time in times(text, self._language))
        found: dict[str, RelativeDay] = {}
        for time in named:
            if time.days:
                continue
            if day := self._due.get(_value(time)) or self._day(time):
                found.setdefault(time.words, RelativeDay(time.words, day.isoformat()))
        return tuple(found.values())

    def deadline(self, words: str | None, *, is_owed: bool) -> date | None:
        """The day by which something is due, which `relative` then uses for the same words. What
        ``is_owed`` is due on a future day. None if the day is not certain."""
        named = times(words or "", self._language)
        if len(named) != 1 or len(named[0].days) > 1:
            return None
        [time] = named
        day = date_of(next(iter(time.days), Day())) or self._day(time)
        day = day or (self._next_day(time) if is_owed else None)
        if day:
            self._due[_value(time)] = day
        return day

    def event(self, when: str) -> tuple[str | None, str | None]:
        """The ISO date of ``when``, which stands in a passage, and what it follows from; both None
        if it is not known."""
        stated = [day for time in times(when, "en") if (day := resolve_day(time, when, None, "en"))]
        if stated:
            return stated[0].isoformat(), "stated"
        known = {
            day: published
            for passage, document in self._sources
            if when in passage.text and (published := published_day(document))
            for time, day in _named_days(passage, document)
            if time.words in when
        }
        # If it stands for several days, or for one that is not certain, there is no date.
        day, published = next(iter(known.items()), (None, None))
        if day and published and len(known) == 1:
            return day.isoformat(), f"from publication date {published.isoformat()}"
        return None, None

    def _day(self, time: Time) -> date | None:
        """The day that all passages with ``time`` mean by it, or else the one that a passage names
        in another way."""
        named = [each for source in self._sources for each in _named_days(*source)]
        same = {day for other, day in named if _value(other) == _value(time)}
        if not same:
            published = {published_day(document) for _, document in self._sources}
            same = {day for _, day in named if day and _may_be(time, day, published)}
        return next(iter(same)) if len(same) == 1 else None

    def _next_day(self, time: Time) -> date | None:
        """The next day that ``time`` may mean, if a passage says that it is in the future."""
        if time.offset is not None and time.offset <= 0:
            return None
        found = {
            resolve_day(time, passage.text, published, self._language, known_tense="future")
            for passage, document in self._sources
            if (published := published_day(document))
            if any(
                _value(each) == _value(time) and (time.days or _is_ahead(each, passage, document))
                for each in times(passage.text, document.language)
            )
        }
        return next(iter(found)) if len(found) == 1 else None


def _named_days(passage: Passage, document: Document) -> Iterator[tuple[Time, date | None]]:
    """Yield each time that ``passage`` names, with its day if that is certain."""
    published = published_day(document) if _is_report(document) else None
    quoted = document.quotations_touching(Span(passage.start, passage.end))
    places = normalised(passage.text).places
    may_be_another = _FROM_ANOTHER_DAY.search(_without_dateline(passage, document))
    for time in times(passage.text, document.language):
        at = passage.start + places[time.start]
        is_quoted = any(each.start <= at < each.end for each in quoted)
        is_sure = bool(time.days) or not (is_quoted or may_be_another or _is_loose(time, passage))
        day = resolve_day(time, passage.text, published, document.language)
        yield time, day if is_sure else None


def _is_loose(time: Time, passage: Passage) -> bool:
    """Whether a relative day may not be meant as one: "today" may be these days, "of tomorrow" the
    future, "Yesterday" a song, and a word for tomorrow one for the morning."""
    text = normalised(passage.text).text
    before = text[max(0, time.start - 4) : time.start]
    is_today = time.offset == 0 and time.words.lower() != "tonight"
    is_noun = text[time.end : time.end + 2] == "'s" or _OF.search(before)
    is_name = time.words[0].isupper() and _GOES_ON.search(before)
    is_morning = time.words.lower() in _MORNINGS
    return time.offset is not None and bool(is_today or is_noun or is_name or is_morning)


def _value(time: Time) -> _Value:
    """The value of ``time``, whatever its words; the weekday of a date doesn't count."""
    return time.days, None if time.days else time.weekday, time.offset


def _may_be(time: Time, day: date, published: set[date | None]) -> bool:
    if time.offset is None:
        return not time.days and day.weekday() == time.weekday
    return any(each and (day - each).days == time.offset for each in published)


def _is_ahead(time: Time, passage: Passage, document: Document) -> bool:
    """Whether a day of the week in ``passage`` is a deadline in the future, in English only."""
    whole = normalised(passage.text).text
    before = whole[max(0, time.start - 40) : time.start]
    is_due = time.offset is not None or _BY.search(before)
    if not is_due or not is_one_day(whole, time.start, time.end):
        return False
    text, is_english = _without_dateline(passage, document), document.language in (None, "en")
    doubts = (_FROM_ANOTHER_DAY, _MAY_BE_OVER)
    return _is_report(document) and is_english and not any(each.search(text) for each in doubts)


def _is_report(document: Document) -> bool:
    """Whether ``document`` was written on one day, from which its days are counted."""
    return document.words <= _LONGEST_REPORT and document.verdict != "live"


def _without_dateline(passage: Passage, document: Document) -> str:
    """The words of ``passage`` without the dateline that it may open with."""
    line = dateline(document)
    opens = line is not None and passage.start == line.span.start
    return passage.text[line.span.end - passage.start :] if line and opens else passage.text
