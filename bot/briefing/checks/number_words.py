"""Which numbers are written in words?

English is read up to hundreds of millions, the other languages up to a hundred.
What is also an article, a pronoun or a season of speech ("one", "un", "ein") is left out.
"""

import re
from functools import cache

from bot.briefing.checks.composed_numbers import composed

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH = {
    **{word: value for value, word in enumerate(_UNITS, 1)},
    **{word: value for value, word in enumerate(_TEENS, 10)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    "a": 1,
}
_MULTIPLES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6,
              "billion": 10**9, "trillion": 10**12}  # fmt: skip

_UNIT, _SMALL = "|".join(_UNITS), "|".join([*_UNITS, *_TEENS])
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_UNIT}))?|{_SMALL})"
_BELOW_THOUSAND = rf"{_BELOW_HUNDRED}(?:[ -]hundred(?: and)? {_BELOW_HUNDRED})?"
_MULTIPLE = rf"[ -](?:{'|'.join(_MULTIPLES)})s?"
_NUMBER = re.compile(
    rf"\b(?:{_BELOW_THOUSAND}(?:(?:{_MULTIPLE})+(?: {_BELOW_THOUSAND}(?={_MULTIPLE}))?)*"
    rf"|a(?:{_MULTIPLE})+)\b",
    re.IGNORECASE,
)

RANKS = frozenset((
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "twentieth",
))  # fmt: skip

_LISTED = {
    "en": """1 first · 2 second · 3 third · 4 fourth · 5 fifth · 6 sixth · 7 seventh · 8 eighth
        · 9 ninth · 10 tenth · 11 eleventh · 12 twelfth · 20 twentieth""",
    "fr": """2 deux deuxième · 3 trois troisième · 4 quatre quatrième · 5 cinq cinquième
        · 6 six sixième · 7 sept septième · 8 huit huitième · 9 neuf neuvième · 10 dix dixième
        · 11 onze · 12 douze · 20 vingt · 30 trente · 40 quarante · 50 cinquante · 60 soixante
        · 100 cent · 1 premier première""",
    "de": """2 zwei zweite zweiten zweiter · 3 drei dritte dritten dritter · 4 vier vierte vierten
        · 5 fünf fünfte fünften · 6 sechs sechste sechsten · 7 sieben siebte siebten
        · 8 acht achte achten · 9 neun neunte neunten · 10 zehn zehnte zehnten · 11 elf
        · 12 zwölf · 20 zwanzig · 30 dreißig · 40 vierzig · 50 fünfzig · 60 sechzig
        · 70 siebzig · 80 achtzig · 90 neunzig · 100 hundert · 1 erste ersten erster""",
    "es": """2 dos · 3 tres tercer tercero tercera · 4 cuatro cuarto cuarta · 5 cinco quinto quinta
        · 6 seis sexto sexta · 7 siete séptimo séptima · 8 ocho octavo octava · 9 nueve noveno
        · 10 diez décimo · 11 once · 12 doce · 20 veinte · 30 treinta · 40 cuarenta
        · 50 cincuenta · 60 sesenta · 70 setenta · 80 ochenta · 90 noventa · 100 cien ciento
        · 1 primer primero primera · 2 segundo segunda""",
    "ru": """2 два две двух двум двумя · 3 три трёх трех трём трем тремя · 4 четыре четырёх четырех
        четырём четырем четырьмя · 5 пять пяти пятью · 6 шесть шести шестью · 7 семь семи семью
        · 8 восемь восьми восемью · 9 девять девяти девятью · 10 десять десяти десятью
        · 11 одиннадцать одиннадцати · 12 двенадцать двенадцати · 20 двадцать двадцати
        · 30 тридцать тридцати · 40 сорок сорока · 50 пятьдесят пятидесяти · 60 шестьдесят
        · 70 семьдесят · 80 восемьдесят · 90 девяносто · 100 сто ста · 1 первый первая первое
        первого первой первом первую · 2 второй вторая второе второго второму вторую
        · 3 третий третья третье третьего третьей""",
    "hy": """2 երկու երկուսը երկրորդ · 3 երեք երրորդ · 4 չորս չորրորդ · 5 հինգ հինգերորդ
        · 6 վեց վեցերորդ · 7 յոթ յոթերորդ · 8 ութ ութերորդ · 9 ինը ինն · 10 տասը տասներորդ
        · 11 տասնմեկ · 12 տասներկու · 20 քսան · 30 երեսուն · 40 քառասուն · 50 հիսուն
        · 60 վաթսուն · 70 յոթանասուն · 80 ութսուն · 90 իննսուն · 100 հարյուր · 1 առաջին""",
    "ar": """2 اثنان اثنين اثنتان اثنتين · 3 ثلاثة ثلاث · 4 أربعة أربع · 5 خمسة خمس · 6 ستة ست
        · 7 سبعة سبع · 8 ثمانية ثماني · 9 تسعة تسع · 10 عشرة عشر · 20 عشرون عشرين
        · 30 ثلاثون ثلاثين · 40 أربعون أربعين · 50 خمسون خمسين · 60 ستون ستين · 70 سبعون سبعين
        · 80 ثمانون ثمانين · 90 تسعون تسعين · 100 مئة مائة · 2000 ألفا ألفي ألفان ألفين
        · 2000000 مليونا مليوني مليونان مليونين · 2000000000 مليارا ملياري ملياران مليارين""",
}  # fmt: skip


# What Arabic writes onto a number: "and", "with", "the" and the like.
_BEFORE_ARABIC = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل")


_NO_OFFICE = r"(?<!premier(?= minist))(?<!première(?= minist))(?<!primer(?= minist))"


def languages() -> frozenset[str]:
    """The languages whose number words are known."""
    return frozenset(_LISTED)


@cache
def vocabulary(language: str) -> frozenset[str]:
    """The single words of which at least one is in everything that `pattern` matches."""
    english = {*_ENGLISH, *_MULTIPLES} - {"a"} if language == "en" else set()
    plural = {f"{word}s" for word in english}
    first = {re.split("[ -]", word)[0] for word in _listed(language)}
    return frozenset(english | plural | first)


@cache
def pattern(language: str) -> re.Pattern[str]:
    """What matches a number in words of ``language``; nothing where none is known."""
    listed = "|".join(sorted(_listed(language), key=len, reverse=True)) or r"(?!)"
    simple = rf"\b(?:{listed})\b{_NO_OFFICE}"
    return re.compile(f"{_NUMBER.pattern}|{simple}" if language == "en" else simple, re.IGNORECASE)


def value(words: str, language: str) -> int | None:
    """The value of what `pattern` matched; None for a lone "one", which is mostly a pronoun."""
    lower = words.lower()
    if lower in ("one", "a"):
        return None
    return _listed(language).get(lower) or _composed(lower)


def _composed(words: str) -> int:
    total = current = 0
    for word in re.split(r"[ -]", words):
        multiple = _MULTIPLES.get(word.removesuffix("s"))
        if multiple is None:
            current += _ENGLISH.get(word, 0)
        elif multiple < 1000:
            current *= multiple
        else:
            total, current = total + current * multiple if current else total * multiple, 0
    return total + current


@cache
def _listed(language: str) -> dict[str, int]:
    entries = (entry.split() for entry in _LISTED.get(language, "").split("·"))
    listed = {word: int(entry[0]) for entry in entries if entry for word in entry[1:]}
    listed |= composed(language)
    if language != "ar":
        return listed
    return {before + word: value for word, value in listed.items() for before in _BEFORE_ARABIC}
