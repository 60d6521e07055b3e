"""What may stand behind a number: "million", "%", a currency?"""

import re
from decimal import Decimal
from functools import lru_cache

from bot.briefing.lexicon import factored

_MAGNITUDES = (
    (2, r"hundreds?|cents?(?= )|hundert"),
    (3, r"k|thousands?|tausend|mille|mil|тыс\.?|тысяч\w*|հազար\w*|հազ\.?"),
    (6, r"m|mn|mln|mio\.?|millions?|millionen|millón|millones|млн|миллион\w*|միլիոն\w*|մլն\.?"),
    (9, r"b|bn|mrd\.?|billions?|milliards?|milliarden?|млрд|миллиард\w*|միլիարդ\w*|մլրդ\.?"),
    (3, r"ألفا?|آلاف"), (6, r"مليون[اي]?|ملايين"), (9, r"مليار[اي]?|مليارات"), (12, r"تريليون\w*"),
    (12, r"tn|trn|trillions?|billionen|billón|billones|трлн|триллион\w*|տրիլիոն\w*"),
)  # fmt: skip
_UNITS = (
    ("points", r"percentage[ -]points?|prozentpunkte?n?|points? de pourcentage|pp"),
    ("points", r"puntos? porcentual(?:es)?|процентн\w+ пункт\w*|տոկոսային կետ\w*"),
    ("points", r"نقاط مئوية|نقطة مئوية"), ("%", r"٪|(?:بال|في ال)(?:مئة|مائة)"),
    ("%", r"%|per ?cent|pct|prozent|pour ?cent|por ciento|процент\w*|տոկոս\w*"),
    ("$", r"(?:us|u\.s\.|au?|ca?|hk|nz)?\$|usd|dollars?|dólares|доллар\w*|դոլար\w*|دولار\w*"),
    ("€", r"€|eur|euros?|евро|եվրո\w*|يورو"),
    ("£", r"£|gbp|pounds?|фунт\w*|ֆունտ\w*"),
    ("₽", r"₽|روبل\w*|rub|rou?bles?|rubel|рубл\w*|руб\.?|ռուբլ\w*"),
    ("֏", r"֏|amd|drams?|драм\w*|դրամ\w*"),
    ("₼", r"₼|azn|manats?|манат\w*|մանաթ\w*"),
    ("₺", r"₺|ليرة|ليرات|liras?|лир\w*"),
    ("¥", r"¥|jpy|yen"),
    ("元", r"yuan|renminbi|cny|rmb"),
    ("₹", r"₹|inr|rupees?"),
    ("₴", r"₴|hryvnias?|грив\w*"),
    ("fr", r"chf|francs?|franken"),
)  # fmt: skip

MAGNITUDE = factored(*(pattern for _, pattern in _MAGNITUDES))
"""The words that multiply a number, as alternatives."""
UNIT = factored(*(pattern for _, pattern in _UNITS))
"""The words and signs that say what a number is of, as alternatives."""


@lru_cache(maxsize=512)
def scale_of(word: str) -> Decimal:
    """By what ``word``, one of `MAGNITUDE` in lower case, multiplies a number."""
    return next(
        Decimal(10) ** power
        for power, pattern in _MAGNITUDES
        if re.fullmatch(pattern.replace("(?= )", ""), word)
    )


@lru_cache(maxsize=512)
def kind_of(unit: str | None) -> str:
    """The kind of a number that ``unit``, one of `UNIT`, stands at; empty for none."""
    if unit is None:
        return ""
    lower = unit.strip().lower()
    return next(kind for kind, pattern in _UNITS if re.fullmatch(pattern, lower))
