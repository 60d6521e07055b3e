"""On which day was a document published, where its text says so?

What a page states about itself goes first. Else a dateline gives the day ("VIENNA, 14 May 2025 —"),
or a line of its own near the top ("Published 14 May 2025", "14.05.2025 09:30"). A day is never
worked out from "yesterday", nor taken from a line that may name the day of an event.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.briefing.datelines import dateline
from bot.briefing.dates import Day, date_of, masked, times
from bot.briefing.documents import Document
from bot.briefing.words import count_words

_FIRST_PARAGRAPHS, _LOOKED_AT = 8, 200
_MOST_WORDS = 14
_NEAR = timedelta(days=7)
_DATE = "\0"

_LABEL = (
    r"(?:first )?(?:published|posted|issued|released)|publication date|date of publication"
    r"|veröffentlicht|erschienen|erscheinungsdatum|publiée?|mis en ligne|date de publication"
    r"|publicad[oa]|fecha de publicación|pubblicat[oa]|gepubliceerd|opublikowano"
    r"|опубликован[оа]?|дата публикации|опубліковано|yayın(?:lanma)? tarihi"
    r"|تاريخ النشر|نشر|հրապարակված(?: է)?|հրապարակվել(?: է)?"
    r"|(?:发布|发表)(?:时间|日期|于)?|公開日|掲載日"
)
# A word for a date, which may be that of anything.
_ANY_DATE = r"date|dated|datum|stand|fecha|data|дата|التاريخ|ամսաթիվ|日期|日付"
_SMALL = r"on|at|am|um|vom|le|à|el|a las|в|il|alle"
_CLOCK = (
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?|[ap]\.?m\.?|uhr|h|t|z|hrs?"
    r"|gmt|utc|bst|cet|cest|msk|est|edt|et|pst|pdt|pt|ist"
)
# Behind the date stands whatever a line about the article holds: who wrote it, where, how long.
_LABELLED = re.compile(
    rf"\W*(?:{_LABEL})\W{{0,3}}(?:(?:{_SMALL})\b)?[^\w{_DATE}]*{_DATE}", re.IGNORECASE
)
_ALONE = re.compile(
    rf"\W*(?:(?:{_ANY_DATE})\b)?(?:[^\w]|\b(?:{_CLOCK}|{_SMALL})\b)*", re.IGNORECASE
)
_IS_SENTENCE = re.compile(r"[.!?。։؟]\W*$")


def dated(document: Document) -> Document:
    """``document`` with its day of publication and what tells it, where that was not stated."""
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
    """The day of the dateline, in the year that it gives or that the page was published about."""
    found = dateline(document)
    if found is None or found.day is None:
        return None
    if found.day.year or document.published is None:
        return date_of(found.day)
    about = date.fromisoformat(document.published[:10])
    near = (date_of(found.day._replace(year=about.year + n)) for n in (-1, 0, 1))
    return next((day for day in near if day and abs(day - about) <= _NEAR), None)


def _of_line(document: Document) -> date | None:
    """The day that a line near the top states; without a word for publication only where it is
    the one such line, and the text below does not name the same day, as that of an event."""
    alone: list[tuple[int, date]] = []
    for number, span in enumerate(document.paragraphs[:_FIRST_PARAGRAPHS]):
        line = document.text[slice(*span)]
        if count_words(line) > _MOST_WORDS:
            continue
        days = [date_of(day) for day in _days(line, document.language)]
        told = masked(line, document.language, _DATE)
        if days and _LABELLED.match(told) and not _IS_SENTENCE.search(told):
            return days[0]
        if len(days) == 1 and days[0] and _ALONE.fullmatch(told):
            alone.append((number, days[0]))
    if len(alone) != 1:
        return None
    [(number, day)] = alone
    return None if _is_named_below(document, number, day) else day


def _days(line: str, language: str | None) -> list[Day]:
    """The days that ``line`` names, as far as each is given; nothing of one that may be two."""
    named = times(line, language)
    whole = [
        time
        for time in named
        if not any(o.start <= time.start and time.end <= o.end and o != time for o in named)
    ]
    return [day for time in whole for day in (time.days if len(time.days) == 1 else (Day(),))]


def _is_named_below(document: Document, number: int, day: date) -> bool:
    """Whether the text under paragraph ``number`` names that day of the year."""
    following = document.paragraphs[number + 1 : _LOOKED_AT]
    below = (document.text[slice(*span)] for span in following)
    named = (
        each for text in below for time in times(text, document.language) for each in time.days
    )
    return any((each.month, each.day) == (day.month, day.day) for each in named)
