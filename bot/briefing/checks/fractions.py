"""Which parts of a whole does a text name: "two thirds", "half of", "one in five"?"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.briefing.checks import number_words
from bot.briefing.checks.bounds import Bound, bound_of
from bot.briefing.checks.quantities import quantities
from bot.briefing.normalisation import in_ascii

# The words for a half, a third, a quarter and a fifth, by language, as alternatives.
_WORDS = {
    "en": ("half|halv\\w+", "thirds?", "quarters?|fourths?", "fifths?", "tenths?"),
    "fr": ("moitié|demi\\w*", "tiers", "quarts?", "cinquièmes?"),
    "de": ("hälfte|halb\\w*", "drittel\\w*", "viertel\\w*", "fünftel\\w*"),
    "es": ("mitad|medi[oa]s?", "tercios?|tercera parte", "cuartos?|cuarta parte",
           "quintos?|quinta parte"),
    "it": ("metà|mezz[oa]", "terz[oi]", "quart[oi]", "quint[oi]"),
    "pt": ("metade|mei[oa]", "terços?", "quartos?", "quintos?"),
    "nl": ("helft|half|halve", "derde\\w*", "kwart\\w*|vierde", "vijfde"),
    "ru": ("половин\\w*|пол\\w+", "трет[ьи]\\w*", "четверт\\w*", "пят\\w+"),
    "uk": ("половин\\w*|пів\\w*", "третин\\w*", "чверт\\w*|четверт\\w*", "п'ят\\w+"),
    "pl": ("połow\\w+|pół\\w*", "trzeci\\w*|trzecie", "ćwier\\w+|czwart\\w+", "piąt\\w+"),
    "cs": ("polovin\\w+|půl\\w*", "třetin\\w+", "čtvrtin\\w+|čtvrt\\w*", "pětin\\w+"),
    "tr": ("yarı\\w*|buçuk", "üçte", "dörtte|çeyre\\w*", "beşte"),
    "ar": ("نصف|النصف|بنصف", "ثلث\\w*|الثلث\\w*|بثلث", "ربع|الربع|بالربع|أرباع", "خمس|الخمس|أخماس"),
    "hy": ("կես\\w*", "երրորդ\\w*", "քառորդ\\w*|չորրորդ\\w*", "հինգերորդ\\w*"),
    "sv": ("hälft\\w*|halv\\w*", "tredjedel\\w*", "fjärdedel\\w*|kvart\\w*", "femtedel\\w*"),
    "zh": ("半", "三分之|三成", "四分之|两成半", "五分之|两成"),
    "ja": ("半", "三分の|3分の", "四分の|4分の", "五分の|5分の"),
}  # fmt: skip
_DENOMINATORS = (2, 3, 4, 5, 10)
_NUMERATORS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "un": 1, "deux": 2,
               "trois": 3, "quatre": 4, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "dos": 2,
               "tres": 3, "cuatro": 4}  # fmt: skip
# Only what is a fraction beyond doubt is looked for: "a third of", "zwei Drittel".
_CLEAR = {
    "en": re.compile(
        r"\b(?:(?P<top>an?|one|two|three|four)[ -](?P<part>thirds?|quarters?|fifths?|tenths?)"
        r"(?=$|[.,;:)]| (?:of|in|from|this|last|since|unless|if|and|on|to|by|less|more|than)\b)"
        r"|(?P<half>half (?=of\b|the\b)"
        r"|(?<=by )half(?=$|[.,;:)]| (?:in|from|this|last|since|on|to|over|within)\b)))",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:(?P<top>un|deux|trois|quatre) (?P<part>tiers|quarts?|cinquièmes?)(?= d)"
        r"|la (?P<half>moitié)(?= d))",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:(?P<top>ein|zwei|drei|vier) (?P<part>Drittel|Viertel|Fünftel)(?= de)"
        r"|die (?P<half>Hälfte)(?= de))"
    ),
    "es": re.compile(
        r"\b(?:(?P<top>un|dos|tres|cuatro) (?P<part>tercios?|cuartos?|quintos?)(?= de)"
        r"|la (?P<half>mitad)(?= de))",
        re.IGNORECASE,
    ),
}  # fmt: skip
_RATIO = re.compile(
    r"(?: [^\W\d_]+)? (?:in|out of|of every|sur|von|de cada|su|из|av|van) (?:every )?"
)
# "Two thirds" for 64 %.
_NEAR = 4
# "More than half" for 70 %.
_FARTHEST = 20


class Fraction(NamedTuple):
    """A part of a whole as a text names it: ``top`` of ``bottom``."""

    words: str
    start: int
    end: int
    top: int
    bottom: int
    is_ratio: bool
    """Whether both are numbers ("one in five")."""
    bound: Bound | None = None
    """What the words before it make of it ("nearly half")."""

    @property
    def percent(self) -> Decimal:
        """It in hundredths."""
        return Decimal(100) * self.top / self.bottom

    def is_about(self, percent: Decimal) -> bool:
        """Whether it is a round way to tell so many hundredths."""
        less = self.percent - percent
        if self.bound in ("above", "below"):
            return -1 <= (less if self.bound == "below" else -less) <= _FARTHEST
        return abs(less) <= _NEAR

    def is_in(self, text: str, language: str) -> bool:
        """Whether ``text`` may name it, as far as the words of its ``language`` are known."""
        if self.is_ratio and all(_has(text, language, part) for part in (self.top, self.bottom)):
            return True
        if self.bottom not in _DENOMINATORS:
            return False
        if _DENOMINATORS.index(self.bottom) >= len(_WORDS.get(language, ())):
            return True
        theirs = fractions(text, language)
        if any(each.bottom == self.bottom for each in theirs):
            return any(each.percent == self.percent for each in theirs)
        return _pattern(language, self.bottom).search(in_ascii(text)) is not None


def may_be_named(percent: Decimal, text: str, language: str) -> bool:
    """Whether ``text`` has the word for a part that is so many hundredths ("a quarter" for 25)."""
    return any(
        abs(percent - Decimal(100 * top) / bottom) < 1
        and _pattern(language, bottom).search(in_ascii(text)) is not None
        for bottom in _DENOMINATORS[: len(_WORDS.get(language, ()))]
        for top in range(1, bottom)
    )


def _has(text: str, language: str, value: int) -> bool:
    found = (each.values for each in quantities(text, language))
    is_read = any(value in values for values in found)
    return is_read or number_words.may_be_spelled(value, text, language)


@lru_cache(maxsize=4096)
def fractions(text: str, language: str) -> tuple[Fraction, ...]:
    """The fractions that ``text`` names beyond doubt; none in most languages."""
    pattern = _CLEAR.get(language)
    return tuple(_fractions(pattern, in_ascii(text), language)) if pattern else ()


def _fractions(pattern: re.Pattern[str], plain: str, language: str) -> Iterator[Fraction]:
    for match in pattern.finditer(plain):
        top, bottom = 1, 2
        if match["part"]:
            top = _NUMERATORS[match["top"].lower()]
            bottom = next(
                number
                for number in _DENOMINATORS[1 : len(_WORDS[language])]
                if _pattern(language, number).fullmatch(match["part"])
            )
        bound, _ = bound_of(plain, *match.span(), language, is_duration=False)
        yield Fraction(match[0].strip(), *match.span(), top, bottom, is_ratio=False, bound=bound)


@lru_cache(maxsize=4096)
def ratios(text: str, language: str) -> tuple[Fraction, ...]:
    """The shares that ``text`` tells as "nine in ten"."""
    plain, found = in_ascii(text), quantities(text, language)
    shares = []
    for one, other in pairwise(found):
        if len(one.values) == len(other.values) == 1 and _RATIO.fullmatch(
            plain, one.end, other.start
        ):
            part, whole = *one.values, *other.values
            if 0 < part < whole <= 100 and not (one.units or other.units):
                words = plain[one.start : other.end]
                place = one.start, other.end
                share = Fraction(words, *place, int(part), int(whole), is_ratio=True)
                shares.append(share._replace(bound=one.bound))
    return tuple(shares)


@cache
def _pattern(language: str, denominator: int) -> re.Pattern[str]:
    words = _WORDS[language][_DENOMINATORS.index(denominator)]
    edge = "" if language in ("zh", "ja") else r"(?<!\w)"
    return re.compile(f"{edge}(?:{words})", re.IGNORECASE)
