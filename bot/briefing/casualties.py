"""Where do the sources count the dead, the injured and the missing?

The one figure that a briefing must have, and that somebody may want left out.
"""

import re
from collections.abc import Iterator

from bot.briefing.bearing import why_not
from bot.briefing.documents import Document

_NUMBERS = (
    r"(?:\d[\d.,  ]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?"
    r"|scores|hundreds|thousands)"
)
_DEAD = {
    "en": r"killed|dead|died|deaths?|dies|casualties|fatalities|lives|bodies|drowned|death toll",
    "de": r"tote[nr]?|getötet\w*|gestorben|starben|opfer",
    "es": r"muert\w+|fallecid\w+|víctimas",
    "fr": r"morts?|mortes?|tué\w*|victimes|décès|décédé\w*",
    "ru": r"погиб\w*|убит\w*|жертв\w*|умер\w*|скончал\w*",
    "hy": r"զոհ\w*|մահ\w*|սպան\w*",
    "ar": r"قتل\w*|مقتل|قتيل\w*|وفا\w*|ضحايا",
}
_HURT = {
    "en": r"injured|wounded|hurt|missing",
    "de": r"verletzt\w*|vermisst\w*",
    "es": r"herid\w+|desaparecid\w+",
    "fr": r"blessé\w*|disparu\w*",
    "ru": r"ранен\w*|постра\w*|пропал\w*",
    "hy": r"վիրավոր\w*|տուժ\w*|անհետ\w*",
    "ar": r"جرح\w*|جريح\w*|إصاب\w*|أصيب|مصاب\w*|مفقود\w*",
}
_BETWEEN = r"(?:\W+\w+){0,5}?\W+"


def casualties(document: Document) -> Iterator[tuple[int, str]]:
    """The sentences that count them, by number, each with the first figure as it is written."""
    language = document.language or "en"
    if language not in _DEAD:
        return
    harmed = f"{_DEAD[language]}|{_HURT[language]}"
    counted = re.compile(
        rf"\b(?P<one>{_NUMBERS})\b{_BETWEEN}(?:{harmed})\b"
        rf"|\b(?:{harmed})\b{_BETWEEN}(?P<two>{_NUMBERS})\b",
        re.IGNORECASE,
    )
    for number in range(1, len(document.sentences) + 1):
        found = counted.search(document.sentence(number))
        if found and why_not(document, number) is None:
            yield number, (found["one"] or found["two"]).strip(" .,")


def gravity(document: Document, number: int) -> int:
    """How grave what a sentence counts may be: 2 where it speaks of the dead, 1 of the injured or
    the missing, else 0."""
    language, text = document.language or "en", document.sentence(number)
    for weight, words in ((2, _DEAD), (1, _HURT)):
        if language in words and re.search(rf"\b(?:{words[language]})\b", text, re.IGNORECASE):
            return weight
    return 0
