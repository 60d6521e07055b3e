"""What happened when, in the source's own words for the time."""

import re
from functools import lru_cache

from bot.briefing.date_words import months, weekdays
from bot.briefing.documents import Document
from bot.briefing.draft import DraftEvent
from bot.briefing.speech import told, unquoted

_FRAMES = re.compile(r"(?:since|until|by|before|after|from)\b", re.IGNORECASE)


def event(document: Document, number: int) -> DraftEvent | None:
    """The event that sentence ``number`` dates, None if it dates none.

    ``when`` is cut from the sentence, with the preposition before it.
    """
    span = document.sentences[number - 1]
    times = _pattern(document.language).finditer(unquoted(document, span))
    # A span ("held since 2016") frames what happened; another time in the sentence tells when.
    match = min(times, key=lambda time: bool(_FRAMES.match(time[0])), default=None)
    if match is None:
        return None
    return DraftEvent(
        **told(document, number),
        when=document.text[span.start + match.start() : span.start + match.end()],
    )


@lru_cache(maxsize=16)
def _pattern(language: str | None) -> re.Pattern[str]:
    """Times of events; not those that only name something ("Monday’s deals", "Black Friday")
    or are compared with ("down from last year")."""
    month = rf"(?-i:(?=[A-Z])){months(language)}"
    day, days = r"\d{1,2}(?:st|nd|rd|th)?", weekdays(language)
    dated = rf"(?:{day}\s+{month}|{month}\s+{day}(?!\d))(?:,?\s+\d{{4}})?"
    no_comparison = r"(?<!from\s)(?<!than\s)(?<!over\s)(?<!of\s)"
    when = rf"""(?:
        {days}(?:,?\s+{dated}|\s+(?:morning|afternoon|evening|night))?+
      | {dated} | {month}\s+\d{{4}}
      | \d{{4}}-\d{{2}}-\d{{2}}
      | {no_comparison}(?:last|next|this|later\s+this|earlier\s+this)\s+
        (?:week|month|year|summer|autumn|fall|winter|spring|{days})
      | (?:yesterday|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?+
    )"""
    preposition = (
        r"(?:on|in|by|since|until|before|after|from|late|early|at|"
        r"(?:by|at|in|since|until|before)\s+the\s+(?:start|middle|end)\s+of)\s+"
    )
    bare_year = r"(?:in|since|until|by|before|after)\s+(?:1[89]|20)\d\d"
    month_alone = rf"(?:in|since|until|by|before|after|late|early)\s+{month}"
    coming = r"in\s+(?:the\s+)?coming\s+(?:days|weeks|months|years)"
    no_name = r"(?<!black\s)(?<!good\s)(?<!cyber\s)(?<!ash\s)(?<!palm\s)(?<!easter\s)"
    return re.compile(
        rf"(?i:\b{no_name}(?:(?:{preposition})?{when}|{bare_year}|{coming}|"
        rf"{month_alone})\b(?!['’]s?\b|-))",
        re.VERBOSE,
    )
