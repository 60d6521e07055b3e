"""What do the words around a number make of it: about, above, or below?"""

import re
from functools import cache
from typing import Literal, cast

Bound = Literal["about", "above", "below"]

_MORE = (
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
            rf"{_NOT} {_LESS} than|{_MORE} than|over|above"
            r"|at least|beyond|exceed(?:s|ed|ing)?|upwards of|north of|a (?:little|bit) over"
            r"|surpass(?:es|ed|ing)?|top(?:s|ped|ping)|in excess of|a minimum of|past|>|≥"
        ),
        (
            rf"{_NOT} {_MORE} than|{_LESS} than|under|below|nearly|almost|up to|at most"
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


def known(language: str | None) -> bool:
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
