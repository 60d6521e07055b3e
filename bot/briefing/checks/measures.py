"""What does a number count: years or months, miles or kilometres?

Only measures are told apart; what else is counted ("three ministers") may be called in many ways.
"""

import re
from functools import lru_cache

from bot.briefing.lexicon import factored

_MEASURES = (
    ("second", r"seconds?|sekunden?|secondes?|segundos?|секунд\w*|վայրկյան\w*|ثاني\w*"),
    ("minute", r"minutes?|mins?|minuten?|minutos?|минут\w*|րոպե\w*|دقيق\w*"),
    ("hour", r"hours?|hrs?|stunden?|heures?|horas?|час(?:а|ов|ами?)?|ժամ\w*|ساع\w*"),
    ("day", r"days?|tagen?|tage|tag|jours?|días?|дн(?:я|ей|ям)|день|օր\w*|يوم\w*|أيام"),
    ("week", r"weeks?|wochen?|semaines?|semanas?|недел\w*|շաբաթ\w*|أسابيع|أسبوع\w*"),
    ("month", r"months?|monaten?|monate?|mois|mes(?:es)?|месяц\w*|ամիս\w*|ամս\w*|أشهر|شهر\w*"),
    (
        "year",
        (
            r"years?|yrs?|jahren?|jahre?|ans?|années?|años?|год(?:а|у|ом)?|лет|տարի\w*|տարվա\w*"
            r"|سنوات|سنة|عام\w*|أعوام"
        ),
    ),
    ("kilometre", r"kilomet(?:er|re)s?|km|kms|kilometern?|kilómetros?|километр\w*|կիլոմետր\w*"),
    ("metre", r"met(?:er|re)s?|metern?|mètres?|metros?|метр\w*|մետր\w*"),
    ("mile", r"miles?|meilen?|milles?|millas?|мил(?:ь|и|я|ей)|մղոն\w*"),
    ("foot", r"feet|foot|ft"),
    ("inch", r"inch(?:es)?"),
    ("tonne", r"tonnes?|tons?|tonnen?|toneladas?|тонн\w*|տոննա\w*"),
    ("kilogram", r"kilograms?|kilos?|kgs?|kilogramos?|килограмм\w*|կիլոգրամ\w*"),
    ("pound weight", r"lbs?"),
    ("hectare", r"hectares?|hektar|hectáreas?|гектар\w*|հեկտար\w*"),
    ("acre", r"acres?"),
    ("litre", r"lit(?:er|re)s?|litern?|litros?|литр\w*|լիտր\w*"),
    ("gallon", r"gallons?"),
    ("barrel", r"barrels?|fässer|barils?|barriles|баррел\w*|բարել\w*"),
    ("degree", r"degrees?|°|grad|degrés?|grados?|градус\w*"),
    ("megawatt", r"megawatts?|mw"),
    ("gigawatt", r"gigawatts?|gw"),
)  # fmt: skip
_ANY = re.compile(
    r"[ -]?(?:square |cubic )?(?:"
    + "|".join(f"(?P<m{number}>{factored(words)})" for number, (_, words) in enumerate(_MEASURES))
    + r")(?!\w)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def measure(behind: str) -> str | None:
    """The measure that stands first in what is ``behind`` a number; None for anything else."""
    found = _ANY.match(behind)
    return _MEASURES[int((found.lastgroup or "m0")[1:])][0] if found else None


def measure_behind(text: str, end: int) -> int:
    """How many characters the measure has that stands at ``end``; 0 where none does."""
    found = _ANY.match(text, end)
    return found.end() - end if found else 0
