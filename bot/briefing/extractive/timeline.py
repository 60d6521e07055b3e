"""What happened when, in the source's own words for the time."""

import re
from datetime import date
from functools import lru_cache

from bot.briefing.documents import Document
from bot.briefing.draft import DraftEvent
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.speech import told, unquoted

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_STATED = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]{3,9})\.?|"
    r"(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?),?\s+(?P<year>\d{4})\b"
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def event(document: Document, number: int) -> DraftEvent | None:
    """The event that sentence ``number`` dates, None if it dates none.

    ``when`` is cut from the sentence, with the preposition before it.
    """
    span = document.sentences[number - 1]
    match = _pattern(lexicon(document.language)).search(unquoted(document, span))
    if match is None:
        return None
    return DraftEvent(
        **told(document, number),
        when=document.text[span.start + match.start() : span.start + match.end()],
    )


def stated_date(when: str) -> str | None:
    """The ISO date that ``when`` states whole, None where anything would have to be guessed."""
    if iso := _ISO.search(when):
        return _valid(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _STATED.search(when)
    if match is None:
        return None
    month = (match["month"] or match["month2"])[:3].lower()
    if month not in _MONTHS:
        return None
    day = int(match["day"] or match["day2"])
    return _valid(int(match["year"]), _MONTHS.index(month) + 1, day)


def relative_days(document: Document) -> list[str]:
    """The words of the document for days that only its publication date could fix, once each."""
    words = lexicon(document.language)
    days = rf"{words.weekdays}|yesterday|today|tomorrow|(?:last|next) (?:week|month)"
    found = re.findall(rf"\b(?:{days})\b", document.text, re.IGNORECASE)
    return list(dict.fromkeys(found))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _pattern(words: Lexicon) -> re.Pattern[str]:
    month = rf"(?:{words.months})"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    when = rf"""(?:
        (?:{words.weekdays})(?:,?\s+(?:{day}\s+{month}|{month}\s+{day})(?:,?\s+\d{{4}})?)?
      | {day}\s+{month}(?:,?\s+\d{{4}})?
      | {month}\s+{day}(?:,?\s+\d{{4}})?(?!\d) | {month}\s+\d{{4}}
      | \d{{4}}-\d{{2}}-\d{{2}}
      | (?:last|next|this)\s+(?:week|month|year|summer|autumn|fall|winter|spring|{words.weekdays})
    )"""
    preposition = r"(?:on|in|by|since|until|before|after|from|late|early|at)\s+"
    bare_year = r"\b(?:in|since|until|by|before|after)\s+(?:1[89]|20)\d\d\b"
    coming = r"\bin\s+(?:the\s+)?coming\s+(?:days|weeks|months|years)\b"
    return re.compile(
        rf"(?i:\b(?:{preposition})?{when}\b|{bare_year}|{coming}|\b(?:yesterday|tomorrow)\b)",
        re.VERBOSE,
    )
