"""Which numbers does a text state, of which kind, and how exactly?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, cast

from bot.briefing import cldr
from bot.briefing.checks import number_words
from bot.briefing.checks.units import PERCENT, POINTS, Beside, before, behind, rate
from bot.briefing.normalisation import in_ascii
from bot.briefing.text import UNSPACED

Bound = Literal["about", "above", "below"]

_MORE_BOUNDS = (
    "(?:more|older|longer|higher|larger|bigger|heavier|taller|wider|deeper|faster|farther|greater)"
)
_LESS = "(?:less|fewer|younger|shorter|lower|smaller|lighter|cheaper|slower|closer|nearer)"
_NOT = (
    r"(?:not?|never|(?:ca|wo|is|was|do|does|did|have|has|had|would|could)n't)"
    r"(?: (?!just|only|simply|merely)\w+)?"
)
# For each language what says "about", "more than" and "less than" before a number, as alternatives.
_BEFORE = {
    "en": (
        (
            r"about|around|some|roughly|approximately|approx\.?|an estimated|estimated at|close to"
            r"|circa|in the region of|of the order of|or so|near|rounded to|~|≈"
        ),
        (
            rf"{_NOT} {_LESS} than|{_MORE_BOUNDS} than|over|above"
            r"|at least|beyond|exceed(?:s|ed|ing)?|upwards of|north of|a (?:little|bit) over"
            r"|surpass(?:es|ed|ing)?|top(?:s|ped|ping)|in excess of|a minimum of|past|>|≥"
        ),
        (
            rf"{_NOT} {_MORE_BOUNDS} than|{_LESS} than|under|below|nearly|almost|up to|at most"
            r"|virtually|just short of|as (?:many|much) as|a maximum of|within|not exceed(?:ing)?"
            r"|<|≤"
        ),
    ),
    "de": (r"rund|etwa|ungefähr|circa|ca\.|an die|um die|zirka|schätzungsweise",
           r"mehr als|über|mindestens|wenigstens|nicht weniger als|gut",
           r"weniger als|unter|fast|knapp|nahezu|beinahe|bis zu|höchstens|maximal|nicht mehr als"),
    "fr": (r"environ|près de|quelque|autour de|à peu près|approximativement|une? bonn?e?",
           r"plus de|au moins|au-delà de|supérieure?s? à|pas moins de|dépass\w+|au-dessus de",
           r"moins de|presque|jusqu'à|au plus|au maximum|pas plus de|inférieure?s? à"),
    "es": (r"unos|unas|cerca de|alrededor de|aproximadamente|en torno a",
           r"más de|al menos|por lo menos|superior(?:es)? a|no menos de|supera\w*|por encima de",
           r"menos de|casi|como máximo|inferior(?:es)? a|no más de|por debajo de"),
    "it": (r"circa|intorno a|all'incirca",
           r"più di|oltre|almeno|superior[ei] a|non meno di",
           r"meno di|quasi|fino a|al massimo|inferior[ei] a|non più di|sotto"),
    "pt": (r"cerca de|aproximadamente|em torno de|uns|umas|por volta de",
           r"mais de|pelo menos|ao menos|acima de|não menos de|superior(?:es)? a",
           r"menos de|quase|no máximo|abaixo de|inferior(?:es)? a"),
    "nl": (r"ongeveer|circa|zo'n|rond|naar schatting", r"meer dan|ruim|minstens|ten minste|boven",
           r"minder dan|bijna|hoogstens|maximaal|onder"),
    "ru": (r"около|примерно|приблизительно|порядка|где-то",
           r"более(?: чем)?|больше(?: чем)?|свыше|не менее|не меньше|минимум|как минимум|превы\w+",
           r"(?:менее|меньше)(?: чем)?|почти|не (?:превы\w+|более|больше)|максимум|без малого"),
    "uk": (r"близько|приблизно|орієнтовно|десь",
           r"понад|більше(?: ніж)?|більш як|щонайменше|не менше|принаймні",
           r"менше(?: ніж)?|менш як|майже|не більше|щонайбільше"),
    "pl": (r"około|ok\.|mniej więcej|jakieś", r"ponad|więcej niż|co najmniej|powyżej",
           r"mniej niż|prawie|niemal|blisko|najwyżej|poniżej"),
    "tr": (r"yaklaşık|kadar|civarında|aşağı yukarı", r"en az|aşkın|fazla|üzerinde",
           r"en fazla|en çok|neredeyse|az|altında"),
    "ar": (r"نحو|حوالي|قرابة|زهاء|ما يقارب|ما يقرب من|بنحو|بحوالي",
           r"ب?أكثر من|على الأقل|ما لا يقل عن|لا يقل عن|يزيد على|تزيد على|يتجاوز|فوق",
           r"ب?أقل من|على الأكثر|ما لا يزيد عن|لا (?:ت|ي)تجاوز|لا يزيد (?:عن|على)|حتى"),
    "hy": (r"մոտ|շուրջ|մոտավորապես", r"ավելի քան|առնվազն|ավելի|առավել",
           r"պակաս|գրեթե|մինչև|առավելագույնը"),
    "zh": (r"约|大约|左右|大概|约为|约合", r"超过|逾|超|至少|高于|不少于|突破|多达",
           r"不到|近|不足|低于|至多|不超过|将近"),
    "sv": (r"omkring|cirka|runt|ungefär", r"mer än|över|minst",
           r"mindre än|nästan|knappt|upp till"),
}  # fmt: skip
_BEHIND = {
    "en": (r"or so|or thereabouts|-odd",
           r"or (?:more|over|longer|higher|older|farther|further)|at least|-plus|\+",
           r"or (?:less|fewer|under|younger|shorter)|at (?:the )?most"),
    "de": (r"oder so", r"oder mehr|mindestens", r"oder weniger|höchstens"),
    "fr": (r"environ", r"ou plus|au moins|minimum", r"ou moins|au plus|maximum"),
    "es": (r"aproximadamente", r"o más|al menos|como mínimo", r"o menos|como máximo"),
    "ru": (r"примерно", r"или (?:более|больше)|и более", r"или (?:менее|меньше)"),
    "hy": (r"մոտ", r"կամ ավելի", r"կամ պակաս"),
    "ar": (r"تقريبا", r"على الأقل|أو أكثر", r"على الأكثر|أو أقل"),
    "tr": (r"kadar|civarında|dolayında", r"aşkın|'?[dt][ae]n fazla|üzerinde",
           r"'?[dt][ae]n az|altında"),
    "zh": (r"左右|上下|多|余", r"以上|多", r"以下|以内"),
    "it": (r"circa", r"o più|almeno", r"o meno"),
    "pt": (r"aproximadamente", r"ou mais", r"ou menos"),
}  # fmt: skip
# "Move up to 512GB" sets no bound.
_MOVES = re.compile(r"\b(?:mov|upgrad|climb|step|ramp|bump|round)\w{1,3} $", re.IGNORECASE)
_LONGEST_VERB = 12
_REACH = 30
# "Over 12 months" is mostly throughout them.
_THROUGHOUT = ("over", "über", "past", "within")


def knows_bounds(language: str | None) -> bool:
    """Whether the words that bound a number are known in ``language``."""
    return (language or "en") in _BEFORE


def bound_of(text: str, start: int, end: int, language: str, *, is_duration: bool) -> Bound | None:
    """The bound that is set to the number between ``start`` and ``end`` of ``text``, before it
    ("at least 12") or behind it and what it measures ("12 kilometres or more")."""
    if language not in _BEFORE:
        return None
    place = max(0, start - _REACH)
    found = _before(language).search(text[place:start])
    if found and is_duration and found[0].strip().lower() in _THROUGHOUT:
        found = None
    if found and (found["below"] or "").lower() == "up to":
        begin = place + found.start()
        found = None if _MOVES.search(text[max(0, begin - _LONGEST_VERB) : begin]) else found
    found = found or _behind(language).match(text, end)
    return cast("Bound", found.lastgroup) if found and found.lastgroup else None


@cache
def _before(language: str) -> re.Pattern[str]:
    about, above, below = _BEFORE[language]
    edge = "" if language == "zh" else r"(?<!\w)"
    return re.compile(
        rf"{edge}(?:(?P<above>{above})|(?P<below>{below})|(?P<about>{about}))"
        r"(?: (?:an?|the|une?|l[aeo]s?|d[eio]s?|ein\w*|di|de|a|à))?[ (]*$",
        re.IGNORECASE,
    )


@cache
def _behind(language: str) -> re.Pattern[str]:
    about, above, below = _BEHIND.get(language, ("(?!)",) * 3)
    edge = "" if language == "zh" else r"(?!\w)"
    return re.compile(
        rf",?[ -]?(?:(?P<above>{above})|(?P<below>{below})|(?P<about>{about})){edge}",
        re.IGNORECASE,
    )


# In digits of any script, with the separators of any language; in words; in Chinese characters; as
# a part of a round one ("half a million"); as a share ("two thirds").

# Letters that are written without a space before a number: of scripts that have none, and what
# Arabic and Hebrew write onto it ("and 8").
_JOINED = rf"\u0590-\u06ff\uac00-\ud7a3{UNSPACED}"
# In threes, or as Indians do; as a decimal; or plain. Of a date or a version ("1.5.2024") every
# part by itself.
_DIGITS = (
    r"[1-9]\d{0,2}(?:(?:[ ,]\d{3})++(?:\.\d++)?|(?:[ .]\d{3})++(?:,\d++)?|(?:'\d{3})++)(?![.,]?\d)"
    r"|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?(?![.,]?\d)"
    r"|(?<!\d[.,])\d++(?:[.,]\d++)?(?![.,]\d)|\d++"
)
_NUMERAL = re.compile(
    rf"(?<![^\W{_JOINED}])(?<!\d[.,])(?P<sign>(?<![^\s(])-)?"
    rf"(?:(?P<whole>\d+) ?)?(?P<above>\d)⁄(?P<below>\d+)"
    rf"|(?<![^\W{_JOINED}])(?P<minus>(?<![^\s(])-)?(?P<digits>{_DIGITS})"
    rf"(?P<ending>st|nd|rd|th|er|ère|ème|[eº°ª](?![^\W\d_])|-?(?:й|я|е|го|м|му|ю)(?!\w))?"
)
_GROUPED = re.compile(r"([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
# "Im 16. Jahrhundert", which English never writes so.
_DOTTED = re.compile(r"\. [^\W\d_]")
_DECADE = re.compile(r"'?s\b|er\b(?= )|-е(?!\w)|-х(?!\w)")

_HAN_DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)),
               "零": 0, "两": 2, "兩": 2}  # fmt: skip
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_HAN = re.compile(rf"(?<!\d)[{''.join((*_HAN_DIGITS, *_HAN_UNITS, *_HAN_MYRIADS))}]+")
# What is counted stands behind a numeral of one character that counts.
_HAN_COUNTED = re.compile("[名人个個位家年天次只歳岁倍届周週月日件所条條座台艘辆輛枚本度回分]")
# "1 兆 2000 億" is one number.
_HAN_PART = re.compile(r"\s?")

_BETWEEN = re.compile(
    r" ?[-/~～至到] ?| - | (?:to|and|or|bis|und|oder|à|et|ou|a|y|e|o|до|и|и до|і|և|do|i|og|och|en"
    r"|tot|ile|ve) "
    r"|から| إلى | و"
)
_SHORT_YEAR = 2  # digits, as in "2007-08"
_HALF = re.compile(
    r"[ -](?:and[ -]a[ -]half|et demie?|y medi[oa]|e mezz[oa]|e mei[oa]|с половиной"
    r"|з половиною|i pół|a půl"
    r"|en een half|och en halv|og en halv|buçuk|ونصف|و نیم|եւ կես|և կես|半)(?!\w)"
    r"|einhalb",
    re.IGNORECASE,
)
_ONE_OF_TIME = re.compile(
    r"\b(?:an?|(?:past|last|next|coming)(?= (?:decade|century)\b)) "
    r"(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|century)"
    r"(?P<half> and a half)?\b",
    re.IGNORECASE,
)
# "Quinze jours" are two weeks.
_FIFTEEN_ARE_TWO_WEEKS = frozenset(("fr", "es", "it", "pt", "ca"))
# They tell how many there are without saying a number.
_MANY = {"tens": 1, "dozens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9}
_MANY_WORDS = re.compile(
    rf"\b(?:{'|'.join(_MANY)}|(?:several|a few|a couple of|many) dozen)\b", re.IGNORECASE
)

# By language, what says a half, a quarter, three quarters and one and a half before what is parted.
_PARTS = {
    "en": (r"(?:an? )?half(?:[ -]an?)?", r"(?:an? |one[ -])?quarter(?: of an?)?",
           r"three[ -]quarters of an?", r"one and a half"),
    "de": (r"halbe?[nsmr]?", r"viertel", r"dreiviertel", r"anderthalb|eineinhalb"),
    "fr": (r"demie?", r"(?:un )?quart d['e]", r"trois[ -]quarts d['e]", r"(?!)"),
    "es": (r"medi[oa]", r"(?:un )?cuarto de", r"tres cuartos de", r"(?!)"),
    "it": (r"mezz[oa']", r"(?:un )?quarto d['i]", r"tre quarti d['i]", r"(?!)"),
    "pt": (r"mei[oa]", r"(?:um )?quarto de", r"três quartos de", r"(?!)"),
    "nl": (r"half|halve", r"kwart", r"driekwart", r"anderhal(?:f|ve)"),
    "sv": (r"halv[at]?", r"kvarts", r"trekvarts", r"(?!)"),
    "ru": (r"пол[уо]?", r"четверт[ьи]", r"три четверти", r"полтор[аы]|полутора"),
    "uk": (r"пів", r"чверт[ьі]", r"три чверті", r"півтор[аи]"),
    "be": (r"паў", r"чвэрць", r"тры чвэрці", r"паўтар[аы]"),
    "pl": (r"pół", r"ćwierć", r"trzy czwarte", r"półtor(?:a|ej)"),
    "cs": (r"půl", r"čtvrt", r"tři čtvrtě", r"půldruh\w+"),
    "tr": (r"yarım", r"çeyrek", r"(?!)", r"(?!)"),
    "ar": (r"نصف", r"ربع", r"ثلاثة أرباع", r"(?!)"),
    "hy": (r"կես", r"քառորդ", r"(?!)", r"(?!)"),
    "zh": (r"半个?", r"(?:四分之一|1/4)个?", r"四分之三个?", r"一个半"),
}  # fmt: skip
# The same backwards.
_PART_VALUES = (Decimal("1.5"), Decimal("0.75"), Decimal("0.25"), Decimal("0.5"))
_OF_A_ROUND = re.compile(
    r"[ -]?(?:(?:dozen|douzaine|dutzend|docena|dozzina|dúzia|dozijn|dussin|дюжин[аыу]|дюжини|тузін"
    r"|tuzina?|tuctu|düzine|դյուժին)(?!\w)|دزينة|打)|(?P<hundred>(?:сотни|сотні)(?!\w))",
    re.IGNORECASE,
)
# "Half-year" may be a term of accounts, "mediodía" is noon, "half a century" fifty runs.
_CLEAR_PART = re.compile(
    r"half an? (?!century)|quarters? of an? |quarter[ -](?:century|point)", re.IGNORECASE
)
# Only what is a share beyond doubt, in hundredths or as "nine in ten".
_SHARE = {
    "en": r"\b(?:(?P<top>an?|one|two|three|four)[ -](?P<part>third|quarter|fifth|tenth)s?"
          r"(?=$|[.,;:)]| (?:of|in|from|this|last|since|unless|if|and|on|to|by|less|more|than)\b)"
          r"|(?P<half>half (?=of\b|the\b)"
          r"|(?<=by )half(?=$|[.,;:)]| (?:in|from|this|last|since|on|to|over|within)\b)))",
    "fr": r"\b(?:(?P<top>un|deux|trois|quatre) (?P<part>tiers|quart|cinquième)s?(?= d)"
          r"|la (?P<half>moitié)(?= d))",
    "de": r"\b(?:(?P<top>ein|zwei|drei|vier) (?P<part>Drittel|Viertel|Fünftel)(?= de)"
          r"|die (?P<half>Hälfte)(?= de))",
    "es": r"\b(?:(?P<top>un|dos|tres|cuatro) (?P<part>tercio|cuarto|quinto)s?(?= de)"
          r"|la (?P<half>mitad)(?= de))",
}  # fmt: skip
_TOPS = {**dict.fromkeys(("a", "an", "one", "un", "ein"), 1),
         **dict.fromkeys(("two", "deux", "zwei", "dos"), 2),
         **dict.fromkeys(("three", "trois", "drei", "tres"), 3),
         **dict.fromkeys(("four", "quatre", "vier", "cuatro"), 4)}  # fmt: skip
_BOTTOMS = {**dict.fromkeys(("third", "tiers", "drittel", "tercio"), 3),
            **dict.fromkeys(("quarter", "quart", "viertel", "cuarto"), 4),
            **dict.fromkeys(("fifth", "cinquième", "fünftel", "quinto"), 5),
            "tenth": 10}  # fmt: skip
_RATIO = re.compile(
    r"(?: [^\W\d_]+)? (?:in|out of|of every|sur|von|de cada|su|из|av|van) (?:every )?"
)
# In passages, the words for a half, a third, a quarter and a fifth, in whatever sense.
_SHARE_WORDS = {
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
_UNSPACED = frozenset(("zh", "ja", "yue"))


@dataclass(frozen=True)
class Quantity:
    """A number as written in a text, and where."""

    words: str
    start: int
    end: int
    values: frozenset[Decimal]
    """What it may mean: "1.234" is one thing in English and another in German."""
    units: frozenset[str] = frozenset()
    """What it may measure ("length-mile", "USD", a percentage); empty where nothing is said."""
    kind: str = ""
    """`many` ("thousands of"), `rank` ("third"), `decade` ("1990s"), `share`, or nothing."""
    bound: Bound | None = None
    """What the words around make of it."""
    powers: frozenset[int] = frozenset({0})
    """By which powers of ten it is multiplied."""
    rate: frozenset[str] = frozenset()
    """Of what unit it is told ("a month"); empty where it is of none."""
    in_words: bool = False
    is_certain: bool = True
    """Whether it is read as its language spells it, and not as it may be declined."""
    is_end: bool = False
    """Whether it is an end of a range ("3 to 5")."""

    def is_year(self) -> bool:
        """Whether it may be one."""
        return not self.units and self.powers == {0} and any(1000 <= v < 2200 for v in self.values)


@lru_cache(maxsize=4096)
def quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order; ``start`` and ``end`` count in its normalised form.

    A digit that belongs to a name ("G7", "A320") is part of the name.
    """
    plain, known = in_ascii(text), language or "en"
    found = sorted(
        (*_many(plain, known), *_in_digits(plain, known), *_in_words(plain, known)),
        key=lambda each: (each.start, -each.end),
    )
    apart: list[Quantity] = []
    for each in found:
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return tuple(_with_neighbours(plain, _joined(plain, apart)))


@lru_cache(maxsize=4096)
def shares(text: str, language: str) -> tuple[Quantity, ...]:
    """The parts of a whole that ``text`` names beyond doubt ("two thirds", "nine in ten"), in
    hundredths."""
    plain = in_ascii(text)
    pattern = re.compile(_SHARE.get(language, "(?!)"), re.IGNORECASE)
    found = [
        (*each.span(), _TOPS.get((each["top"] or "").lower(), 1),
         _BOTTOMS.get((each["part"] or "").lower(), 2))
        for each in pattern.finditer(plain)
    ]  # fmt: skip
    for one, other in pairwise(quantities(text, language)):
        is_plain = len(one.values) == len(other.values) == 1 and not (one.units or other.units)
        if is_plain and _RATIO.fullmatch(plain, one.end, other.start):
            found.append((one.start, other.end, int(*one.values), int(*other.values)))
    return tuple(
        Quantity(
            plain[start:end].strip(), start, end, frozenset({Decimal(100) * top / bottom}),
            frozenset({PERCENT}), "share", bound_of(plain, start, end, language, is_duration=False),
            in_words=True,
        )
        for start, end, top, bottom in found
        if 0 < top < bottom <= 100
    )  # fmt: skip


def may_name(text: str, percent: Decimal, language: str) -> bool:
    """Whether ``text`` has the word for a part that is so many hundredths ("a quarter" for 25), as
    far as those of its language are known."""
    plain, edge = in_ascii(text), "" if language in _UNSPACED else r"(?<!\w)"
    return any(
        abs(percent - Decimal(100 * top) / bottom) < 1
        and re.search(f"{edge}(?:{words})", plain, re.IGNORECASE)
        for bottom, words in zip((2, 3, 4, 5, 10), _SHARE_WORDS.get(language, ()), strict=False)
        for top in range(1, bottom)
    )


def _in_digits(plain: str, language: str) -> Iterator[Quantity]:
    for match in _NUMERAL.finditer(plain):
        values = _values(match, language)
        if not values:
            continue
        decade = _DECADE.match(plain, match.end())
        if match["ending"] or (language != "en" and _DOTTED.match(plain, match.end())):
            yield _quantity(plain, match.span(), values, language, kind="rank")
        elif decade and all(value % 10 == 0 and value > 0 for value in values):
            span = (match.start(), decade.end())
            yield Quantity(plain[slice(*span)], *span, values, kind="decade")
        else:
            yield _quantity(plain, match.span(), values, language)


def _values(match: re.Match[str], language: str) -> frozenset[Decimal]:
    if match["below"]:
        if not int(match["below"]):
            return frozenset()
        share = Decimal(match["above"]) / Decimal(match["below"])
        return frozenset({share + Decimal(match["whole"] or 0)})
    values = _read(match["digits"], language)
    return frozenset(-each for each in values) | values if match["minus"] else frozenset(values)


def _read(written: str, language: str) -> frozenset[Decimal]:
    """What digits may stand for: "1.234" is one number in English and another in German, and
    either where a language separates otherwise."""
    decimal, group = cldr.separators(language)
    found = set()
    grouped = _GROUPED.fullmatch(written)
    if grouped and (grouped[4] or len(grouped[1]) > 7 or grouped[2] != decimal):
        whole = re.sub(r"\D", "", grouped[1])
        found.add(Decimal(f"{whole}.{grouped[4] or 0}"))
    if _INDIAN.fullmatch(written):
        found.add(Decimal(written.replace(",", "")))
    is_group = grouped and grouped[2] == group and group != decimal
    if _PLAIN.fullmatch(written) and not is_group:
        found.add(Decimal(written.replace(",", ".")))
    return frozenset(found)


def _in_words(plain: str, language: str) -> Iterator[Quantity]:
    if language in _UNSPACED:
        yield from _in_han(plain, language)
    if language == "en":
        for match in _ONE_OF_TIME.finditer(plain):
            value = frozenset({Decimal("1.5") if match["half"] else Decimal(1)})
            measured = frozenset({f"duration-{match['unit'].lower()}"})
            yield Quantity(match[0], *match.span(), value, measured, in_words=True)
    yield from _parts(plain, language)
    for each in number_words.spelled(plain, language):
        kind = "rank" if each.is_rank else ""
        values = frozenset(map(Decimal, each.values))
        yield replace(
            _quantity(plain, (each.start, each.end), values, language, kind=kind),
            in_words=True,
            is_certain=each.is_certain,
        )


def _parts(plain: str, language: str) -> Iterator[Quantity]:
    """What is said as "half a million" or "half a dozen"."""
    pattern = _part_pattern(language)
    for match in pattern.finditer(plain) if pattern else ():
        share, end = _PART_VALUES[(match.lastindex or 1) - 1], match.end()
        if whole := _OF_A_ROUND.match(plain, end):
            share, end = share * (100 if whole["hundred"] else 12), whole.end()
        found = _quantity(plain, (match.start(), end), frozenset({share}), language)
        is_round = share > 1 or found.powers != {0}
        if is_round or found.units:  # alone, "half" is a fraction
            units = found.units | ({POINTS} if "length-point" in found.units else set())
            is_certain = is_round or _CLEAR_PART.search(found.words) is not None
            yield replace(found, units=units, in_words=True, is_certain=is_certain)


@cache
def _part_pattern(language: str) -> re.Pattern[str] | None:
    if language not in _PARTS:
        return None
    edge = "" if language == "zh" else r"(?<!\w)"
    # The longest first: "полтора" begins as "пол" does.
    ways = "|".join(f"({words})" for words in reversed(_PARTS[language]))
    return re.compile(f"{edge}(?:{ways})", re.IGNORECASE)


def _in_han(plain: str, language: str) -> Iterator[Quantity]:
    for match in _HAN.finditer(plain):
        signs = match[0]
        is_counted = len(signs) == 1 and _HAN_COUNTED.match(plain, match.end()) is not None
        is_long = len(signs) > 1 and (signs[0] in _HAN_DIGITS or signs[0] == "十")
        found = _quantity(plain, match.span(), _of_han(signs), language)
        yield replace(found, in_words=True, is_certain=is_counted or is_long)


def _of_han(signs: str) -> frozenset[Decimal]:
    """What ``signs`` may mean: 三百五十万 is 3,500,000, 二〇二六 a year."""
    if all(sign in _HAN_DIGITS for sign in signs):
        together = Decimal("".join(str(_HAN_DIGITS[sign]) for sign in signs))
        each = frozenset(Decimal(_HAN_DIGITS[sign]) for sign in signs)
        return each | {together}
    total = section = number = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            number = _HAN_DIGITS[sign]
        elif sign in _HAN_UNITS:
            section, number = section + (number or 1) * _HAN_UNITS[sign], 0
        else:
            total, section, number = total + ((section + number) or 1) * _HAN_MYRIADS[sign], 0, 0
    return frozenset({Decimal(total + section + number)})


def _many(plain: str, language: str) -> Iterator[Quantity]:
    if language == "en":
        for match in _MANY_WORDS.finditer(plain):
            power = frozenset({Decimal(_MANY.get(match[0].lower(), 1))})
            beside = behind(plain, match.end(), language)
            yield Quantity(
                plain[match.start() : beside.end], match.start(), beside.end, power,
                beside.units, "many", in_words=True,
            )  # fmt: skip


def _quantity(
    plain: str, span: tuple[int, int], values: frozenset[Decimal], language: str, kind: str = ""
) -> Quantity:
    start, end = span
    half = _HALF.match(plain, end)
    beside = behind(plain, half.end() if half else end, language) if not kind else None
    beside = beside or Beside(frozenset({0}), frozenset(), end)
    if not half:
        half = _HALF.match(plain, beside.end)
    if half:
        beside = beside._replace(end=max(beside.end, half.end()))
    units, begin = before(plain, start, language)
    units = units or beside.units
    scaled = frozenset(v.scaleb(power) for v in values for power in beside.powers)
    if half:
        scaled = frozenset(value + _thousands(value) / 2 for value in scaled)
    if ("duration-day" in units) and scaled == {15} and language in _FIFTEEN_ARE_TWO_WEEKS:
        scaled |= {Decimal(14)}
    is_year = any(1000 <= value < 2200 for value in scaled) and units <= {"duration-year"}
    is_duration = any(each.startswith("duration") for each in units)
    of, last = rate(plain, beside.end, language)
    return Quantity(
        plain[begin:last].strip(" ."),
        begin,
        beside.end,
        scaled,
        frozenset() if is_year else units,
        kind,
        bound_of(plain, begin, beside.end, language, is_duration=is_duration),
        beside.powers,
        of,
    )


def _thousands(value: Decimal) -> Decimal:
    """The multiple that ``value`` is told in: a million for 3,000,000."""
    multiple = Decimal(1)
    while value and value % (multiple * 1000) == 0:
        multiple *= 1000
    return multiple


def _joined(plain: str, found: list[Quantity]) -> list[Quantity]:
    """The same, with "5조 3000억" and "1億2000万" as one."""
    known: list[Quantity] = []
    for each in found:
        last = known[-1] if known else None
        if (
            last
            and min(last.powers) >= 4
            and max(each.powers) < min(last.powers)
            and not last.units
            and _HAN_PART.fullmatch(plain[last.end : each.start])
            and max(each.values) < Decimal(10) ** min(last.powers)
            and (0x3400 <= ord(plain[last.end - 1]) <= 0xD7A3)
        ):
            total = frozenset(a + b for a in last.values for b in each.values)
            known[-1] = replace(
                last, words=plain[last.start : each.end], end=each.end, values=total,
                units=each.units, powers=frozenset({0}),
            )  # fmt: skip
        else:
            known.append(each)
    return known


def _with_neighbours(plain: str, found: list[Quantity]) -> list[Quantity]:
    """The same, where "3" of "3-5 million" or of "3 to 5%" may be 3 million or 3% too."""
    known = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        if not _BETWEEN.fullmatch(plain[first.end : second.start]):
            continue
        if first.is_year() and second.units:
            continue
        known[index : index + 2] = (replace(each, is_end=True) for each in known[index : index + 2])
        if first.is_year() and second.end - second.start == _SHORT_YEAR:
            century = {year - year % 100 for year in first.values}
            years = {value + each for value in second.values for each in century}
            known[index + 1] = replace(known[index + 1], values=second.values | years)
        if first.powers == {0} and second.powers != {0}:
            wider = {v.scaleb(power) for v in first.values for power in second.powers}
            known[index] = replace(known[index], values=first.values | wider)
        if not first.units:
            known[index] = replace(known[index], units=second.units)
        elif not (second.units or second.is_year()) and first.units & {PERCENT, POINTS}:
            known[index + 1] = replace(known[index + 1], units=first.units)
    return known
