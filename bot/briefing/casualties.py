"""Where do the sources count the dead, the injured and the missing?

It is the figure that a briefing must not lack, and the one that somebody may want left out.
"""

import re
from collections.abc import Iterator

from bot.briefing.bearing import why_not
from bot.briefing.documents import Document

_NUMBERS = (
    r"(?:\d[\d.,  ]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?"
    r"|scores|hundreds|thousands)"
)
_HARMED = {
    "en": r"killed|dead|died|deaths?|dies|injured|wounded|hurt|missing|casualties|fatalities|lives"
    r"|bodies|drowned|death toll",
    "de": r"tote[nr]?|getötet\w*|gestorben|starben|verletzt\w*|vermisst\w*|opfer",
    "es": r"muert\w+|fallecid\w+|herid\w+|desaparecid\w+|víctimas",
    "fr": r"morts?|mortes?|tué\w*|blessé\w*|disparu\w*|victimes|décès|décédé\w*",
    "ru": r"погиб\w*|убит\w*|ранен\w*|постра\w*|жертв\w*|умер\w*|скончал\w*|пропал\w*",
    "hy": r"զոհ\w*|մահ\w*|սպան\w*|վիրավոր\w*|տուժ\w*|անհետ\w*",
    "ar": r"قتل\w*|مقتل|قتيل\w*|جرح\w*|جريح\w*|إصاب\w*|أصيب|مصاب\w*|وفا\w*|ضحايا|مفقود\w*",
}
_BETWEEN = r"(?:\W+\w+){0,5}?\W+"


def casualties(document: Document) -> Iterator[tuple[int, str]]:
    """The sentences that count them, by number, each with the first figure as it is written."""
    harmed = _HARMED.get(document.language or "en")
    if harmed is None:
        return
    counted = re.compile(
        rf"\b(?P<one>{_NUMBERS})\b{_BETWEEN}(?:{harmed})\b"
        rf"|\b(?:{harmed})\b{_BETWEEN}(?P<two>{_NUMBERS})\b",
        re.IGNORECASE,
    )
    for number in range(1, len(document.sentences) + 1):
        found = counted.search(document.sentence(number))
        if found and why_not(document, number) is None:
            yield number, (found["one"] or found["two"]).strip(" .,")
