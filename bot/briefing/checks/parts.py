"""Which numbers are told as a part of a round one ("half a dozen", "a quarter of a century",
"полтора миллиона"), or as a group of so many ("the foursome")?"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

# By language, what says a half, a quarter, three quarters and one and a half before what is parted.
_WORDS = {
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
_SHARES = (Decimal("1.5"), Decimal("0.75"), Decimal("0.25"), Decimal("0.5"))
_DOZEN = re.compile(
    r"[ -]?(?:(?:dozen|douzaine|dutzend|docena|dozzina|dúzia|dozijn|dussin|дюжин[аыу]|дюжини|тузін"
    r"|tuzina?|tuctu|düzine|դյուժին)(?!\w)|دزينة|打)",
    re.IGNORECASE,
)
_HUNDRED = re.compile(r"(?:сотни|сотні)(?!\w)")
# A group of so many, in every language at once: none of them means something else in another.
_GROUPS = {
    3: r"tr[ií]os?|threesome|triplets|trilogy|terceto|terzetto|hat[ -]tricks?|хет-трик\w{0,2}"
       r"|тр[иі]о|тр[оі]йк\w{1,3}",
    4: r"foursome|quartett?e?s?|quadruplets|quatuor|cuarteto|dörtlü\w*|квартет\w{0,2}"
       r"|четв[её]рк\w{1,3}|четвірк\w{1,3}",
    5: r"quintett?e?s?|quintuplets|quinteto|beşli\w*|кв[иі]нтет\w{0,2}",
    6: r"sextett?e?s?|sextuplets|sexteto|секстет\w{0,2}", 7: "septett?e?s?|septuor",
    8: "octett?e?s?|octuplets|octeto", 20: "a score(?= of [a-z])",
}  # fmt: skip
_ANY = "|".join(f"({words})" for words in _GROUPS.values())
_GROUP = re.compile(rf"(?<!\w)(?=[abcdfhoqstдктхч])(?:{_ANY})(?!\w)", re.IGNORECASE)


def parts(text: str, language: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where such a part is named and what it is of what stands behind; dozens are counted."""
    pattern = _pattern(language)
    for match in pattern.finditer(text) if pattern else ():
        share = _SHARES[(match.lastindex or 1) - 1]
        if dozen := _DOZEN.match(text, match.end()):
            yield match.start(), dozen.end(), share * 12
        elif hundred := _HUNDRED.match(text, match.end()):
            yield match.start(), hundred.end(), share * 100
        else:
            yield *match.span(), share


def groups(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where such a group is named, and of how many it is."""
    counts = tuple(_GROUPS)
    for match in _GROUP.finditer(text):
        yield *match.span(), Decimal(counts[(match.lastindex or 1) - 1])


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    if language not in _WORDS:
        return None
    edge = "" if language == "zh" else r"(?<!\w)"
    # The longest first: "полтора" begins as "пол" does.
    ways = "|".join(f"({words})" for words in reversed(_WORDS[language]))
    return re.compile(f"{edge}(?:{ways})", re.IGNORECASE)
