"""How is a number spelled in a language, and with which words?

By Unicode's rules (RBNF) for some 80 languages, with the genders, cases and ordinals that they
know, and by a few words that news writes and they lack.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from unicode_rbnf import FormatPurpose, RbnfEngine
from unicode_rbnf.engine import NoRuleForNumberError

_SPELLED = (*range(32), *range(40, 100, 10), *range(100, 1000, 100), 1000, 2000, 5000)
_POWERS = tuple(count * 10**power for power in (6, 9, 12) for count in (1, 2, 5))
_PURPOSES = (FormatPurpose.CARDINAL, FormatPurpose.ORDINAL)
_ENDING = re.compile("[aeiouyаеиоуыьяієїёեաիուըάαεηιοωό]{1,2}$")
# What Arabic writes onto a number.
_ARABIC_HEADS = frozenset("وبلفكأا")
_INDIAN = frozenset(("hi", "ne", "ta", "si"))
SHORTEST_STEM = 3
# Vowel signs of Indian scripts are no letters for a regular expression.
LETTER = r"(?:[^\W\d_]|[\u0900-\u0965\u0970-\u0dff])"
TOKEN = re.compile(rf"{LETTER}+(?:'{LETTER}+)?")

# What news writes and the rules do not spell, "12 dozen" and the like; "_" inside of two words.
_MORE = {
    "en": "12 dozen dozens · 5 lakh:5 lakhs:5 · 7 crore:7 crores:7 · 2 twofold · 3 triple",
    "fr": "10 dizaine · 12 douzaine douzaines · 15 quinzaine · 20 vingtaine · 30 trentaine"
    " · 40 quarantaine · 50 cinquantaine · 60 soixantaine · 100 centaine · 1000 millier",
    "de": "12 dutzend · 100 hundert · 1000 tausend",
    "es": "2 segunda · 12 docena docenas · 10 decena · 20 veintena · 100 centenar cien"
    " · 1000 millar · 21 veintiún · 200 doscientas · 300 trescientas"
    " · 400 cuatrocientas · 500 quinientas",
    "it": "10 decina · 12 dozzina dozzine · 20 ventina · 30 trentina · 100 centinaio"
    " · 1000 migliaio mila",
    "pt": "10 dezena · 12 dúzia dúzias · 100 centena cem · 1000 milhar",
    "nl": "12 dozijn · 10 tiental · 20 twintigtal · 100 honderdtal",
    "ru": "2 двое двоих двоим двух двум двумя · 3 трое троих троим · 4 четверо четверых"
    " · 10 десяток · 5 пятеро пятерых · 6 шестеро · 7 семеро · 12 дюжина · 100 сотня сотни сотен",
    "uk": "2 двоє двох двома · 3 троє трьох · 4 четверо чотирьох · 5 п'ятеро п'ять п'яти"
    " · 12 дюжина · 100 сотня",
    "be": "2 двое дваіх · 3 трое траіх · 4 чацвёра",
    "pl": "2 dwoje dwóch dwie dwaj dwu · 3 troje trzech trzej · 4 czworo czterech czterej"
    " · 5 pięcioro pięciu · 6 sześcioro sześciu · 7 siedmioro siedmiu · 8 ośmioro ośmiu"
    " · 12 tuzin tuziny · 100 setka",
    "cs": "2 dva dvě dvou dvěma · 3 tři tří třech · 4 čtyři čtyř čtyřech · 12 tucet tucty"
    " · 10 desítka",
    "sr": "2 двоје двојица · 3 троје тројица · 4 четворо четворица",
    "tr": "12 düzine", "hy": "10 տասնյակ · 2 երկուսը երկուս · 3 երեքը · 9 ինն · 100 հարյուր",
    "hu": "2 két · 12 tizenkét · 22 huszonkét", "sv": "12 dussin · 10 tiotal",
    "ro": "2 doi două · 12 duzină · 10 zece",
    "he": "2 שני שתי שניים שתיים",
    "ar": "2 اثنان اثنين اثنتان اثنتين · 11 إحدى_عشرة أحد_عشر · 100 مئة مائة"
    " · 200 مئتان مئتين مائتي · 300 ثلاثمئة ثلاثمائة · 400 أربعمئة أربعمائة · 500 خمسمئة خمسمائة"
    " · 600 ستمئة ستمائة"
    " · 700 سبعمئة سبعمائة · 800 ثمانمئة ثمانمائة · 900 تسعمئة تسعمائة · 1000 آلاف ألف ألفا"
    " · 20 عشرين · 30 ثلاثين · 40 أربعين · 50 خمسين · 60 ستين · 70 سبعين · 80 ثمانين · 90 تسعين",
}  # fmt: skip


class Words(NamedTuple):
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    stems: Mapping[str, int]
    beginning: re.Pattern[str]


def is_known(language: str | None) -> bool:
    """Whether numbers in words are known in ``language``."""
    return _engine(language or "en") is not None


@cache
def _engine(language: str) -> RbnfEngine | None:
    try:
        return RbnfEngine.for_language({"nb": "no", "tl": "fil"}.get(language, language))
    except ValueError:
        return None


def spellings(
    value: int, language: str, purposes: tuple[FormatPurpose, ...] = _PURPOSES
) -> Iterator[str]:
    engine = _engine(language)
    for purpose in purposes:
        if engine is None:
            return
        try:
            found = engine.format_number(value, purpose=purpose).text_by_ruleset
        except (NoRuleForNumberError, ValueError):  # it has no ordinals, or none so high
            continue
        yield from (plain(form) for form in found.values())


def plain(words: str) -> str:
    """Small letters, one spelling of Indian nasals, and no hyphens that show only at line ends."""
    return words.lower().replace("\u00ad", "").replace("\u0902", "\u0928\u094d")


def _is_irregular(language: str) -> bool:
    """Whether a number below a hundred has a word of its own, as in Hindi."""
    ten, number = (next(iter(spellings(value, language)), "") for value in (40, 45))
    return ten[:3] not in number


@cache
def words_of(language: str) -> Words:
    """The words of ``language``, of which it must have some, for numbers."""
    cardinals = _spelled(language, FormatPurpose.CARDINAL) | dict(_more(language))
    ordinals = _spelled(language, FormatPurpose.ORDINAL)
    letters = 1 if language in _INDIAN or language == "ar" else 2
    heads = {re.escape(word[:letters]) for word in (*cardinals, *ordinals)}
    if language == "ar":
        heads |= _ARABIC_HEADS
    first = "|".join(sorted(heads))
    beginning = re.compile(rf"(?<!{LETTER})(?:{first}){LETTER}*(?:'{LETTER}+)?", re.IGNORECASE)
    return Words(cardinals, ordinals, _stems(cardinals, ordinals), beginning)


def _spelled(language: str, purpose: FormatPurpose) -> dict[str, int]:
    """The single words of its numbers, and by what the last of several multiplies ("two
    thousand")."""
    found: dict[str, int] = {}
    others = range(32, 100) if _is_irregular(language) else ()
    for value in (*_SPELLED, *others, *_POWERS):
        for form in spellings(value, language, (purpose,)):
            words = TOKEN.findall(form)
            if len(words) == 1:
                found.setdefault(words[0], value)
            elif words and value >= 100:
                found.setdefault(words[-1], 10 ** (len(str(value)) - 1))
    return found


def _more(language: str) -> Iterator[tuple[str, int]]:
    for entry in filter(None, (each.split() for each in _MORE.get(language, "").split("·"))):
        for word in entry[1:]:
            bare, _, power = word.partition(":")
            yield bare.replace("_", " "), 10 ** int(power) if power else int(entry[0])


def _stems(*tables: Mapping[str, int]) -> dict[str, int]:
    """What stays of the words when they are declined, as far as it is one number's."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word, value in (entry for table in tables for entry in table.items()):
        found[word].add(value)
        found[word[:SHORTEST_STEM] + _ENDING.sub("", word[SHORTEST_STEM:])].add(value)
    return {stem: values.pop() for stem, values in found.items() if len(values) == 1}
