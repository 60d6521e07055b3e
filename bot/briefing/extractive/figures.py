"""The figures of a sentence, as the source writes them."""

import re

from bot.briefing.documents import Document
from bot.briefing.draft import DraftFigure
from bot.briefing.speech import told, unquoted

# A plain space groups digits only before a word: "74 100%" are two columns of a table.
_NUMBER = (
    r"\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:[ ]\d{3})+(?=\s[^\W\d])|"
    r"\d+(?:[.,]\d+)?"
)
_SIGNS = "€$£¥₽₹"
_MAGNITUDE = r"(?:hundred|thousand|million|billion|trillion|mn|bn|m|k)\b"
_UNIT = (
    r"%|per\s?cent(?:age points?)?|percent|(?:euros?|dollars?|pounds?|yen|roubles?|rubles?|drams?|"
    r"lari|francs?)\b|(?:km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|tonnes?|tons?|kg|hectares?|"
    r"barrels?|MW|GW|megawatts?|gigawatts?|litres?|liters?|degrees?)\b|(?:people|passengers?|"
    r"soldiers?|troops|workers?|jobs?|votes?|seats?|households?|homes?|deaths?|cases?|dead|"
    r"killed|injured|wounded|children|students?|patients?|companies|vehicles?|flights?|trains?|"
    r"wagons?|times)\b"
)
_FIGURE = re.compile(
    rf"""(?<![\w.,-])(?<!\d[ ])(?:
        (?P<money>[{_SIGNS}]\s?(?:{_NUMBER})(?:[\s-]?{_MAGNITUDE})?)
      | (?P<counted>(?:{_NUMBER})(?:[\s-]{_MAGNITUDE})?)[\s-]?(?P<unit>{_UNIT})
      | (?P<large>(?:{_NUMBER})[\s-]{_MAGNITUDE})
    )(?!\w)""",
    re.VERBOSE,
)


def figures(document: Document, number: int) -> list[DraftFigure]:
    """The figures of sentence ``number`` that have a unit, a currency or a magnitude.

    Years, days of the month and bare counts are left to the timeline and the sentence.
    """
    span = document.sentences[number - 1]
    return [
        DraftFigure(
            **told(document, number),
            figure=match["money"] or match["counted"] or match["large"],
            unit=match["unit"],
        )
        for match in _FIGURE.finditer(unquoted(document, span))
    ]
