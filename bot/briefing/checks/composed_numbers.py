"""Which numbers from 13 to 900 are written in several words, or in one made of several?

English is read as it comes (`number_words`); of the other languages every spelling is made here
once. Those beyond a hundred are known as far as they are round.
"""

from collections.abc import Iterator
from itertools import product

# Units from 1, in each form in which they follow tens; "/" parts forms.
_UNITS = {
    "fr": "un/une deux trois quatre cinq six sept huit neuf",
    "es": "uno/una/un dos tres cuatro cinco seis siete ocho nueve",
    "de": "ein zwei drei vier fünf sechs sieben acht neun",
    "ru": "один/одна/одного/одной два/две/двух три/трёх/трех четыре/четырёх/четырех пять/пяти"
    " шесть/шести семь/семи восемь/восьми девять/девяти",
    "hy": "մեկ երկու երեք չորս հինգ վեց յոթ ութ ինը/ինն",
    "ar": "واحد/إحدى اثنان/اثنين/اثنتان/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع"
    " ثمانية/ثماني تسعة/تسع",
}
_TENS = {
    "fr": "vingt trente quarante cinquante soixante - quatre-vingt -",
    "es": "- treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "de": "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "ru": "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти"
    " шестьдесят/шестидесяти семьдесят/семидесяти восемьдесят/восьмидесяти девяносто/девяноста",
    "hy": "քսան երեսուն քառասուն հիսուն վաթսուն յոթանասուն ութսուն իննսուն",
    "ar": "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين"
    " تسعون/تسعين",
}
# How a ten and a unit are joined, each in its place.
_JOINED = {
    "fr": ("{ten}-{unit}", "{ten} et {unit}", "{ten}-et-{unit}"),
    "es": ("{ten} y {unit}",),
    "de": ("{unit}und{ten}",),
    "ru": ("{ten} {unit}",),
    "hy": ("{ten}{unit}",),
    "ar": ("{unit} و{ten}",),
}
_LISTED = {
    "fr": """13 treize · 14 quatorze · 15 quinze · 16 seize · 17 dix-sept · 18 dix-huit
        · 19 dix-neuf · 70 soixante-dix · 71 soixante_et_onze soixante-et-onze · 72 soixante-douze
        · 73 soixante-treize · 74 soixante-quatorze · 75 soixante-quinze · 76 soixante-seize
        · 77 soixante-dix-sept · 78 soixante-dix-huit · 79 soixante-dix-neuf
        · 80 quatre-vingts quatre-vingt · 90 quatre-vingt-dix · 91 quatre-vingt-onze
        · 92 quatre-vingt-douze · 93 quatre-vingt-treize · 94 quatre-vingt-quatorze
        · 95 quatre-vingt-quinze · 96 quatre-vingt-seize · 97 quatre-vingt-dix-sept
        · 98 quatre-vingt-dix-huit · 99 quatre-vingt-dix-neuf · 200 deux_cents · 300 trois_cents
        · 400 quatre_cents · 500 cinq_cents · 600 six_cents · 700 sept_cents · 800 huit_cents
        · 900 neuf_cents""",
    "es": """13 trece · 14 catorce · 15 quince · 16 dieciséis · 17 diecisiete · 18 dieciocho
        · 19 diecinueve · 21 veintiuno veintiún veintiuna · 22 veintidós · 23 veintitrés
        · 24 veinticuatro · 25 veinticinco · 26 veintiséis · 27 veintisiete · 28 veintiocho
        · 29 veintinueve · 200 doscientos doscientas · 300 trescientos trescientas
        · 400 cuatrocientos cuatrocientas · 500 quinientos quinientas · 600 seiscientos seiscientas
        · 700 setecientos setecientas · 800 ochocientos ochocientas
        · 900 novecientos novecientas""",
    "de": """13 dreizehn · 14 vierzehn · 15 fünfzehn · 16 sechzehn · 17 siebzehn · 18 achtzehn
        · 19 neunzehn · 200 zweihundert · 300 dreihundert · 400 vierhundert · 500 fünfhundert
        · 600 sechshundert · 700 siebenhundert · 800 achthundert · 900 neunhundert""",
    "ru": """13 тринадцать тринадцати · 14 четырнадцать четырнадцати · 15 пятнадцать пятнадцати
        · 16 шестнадцать шестнадцати · 17 семнадцать семнадцати · 18 восемнадцать восемнадцати
        · 19 девятнадцать девятнадцати · 200 двести двухсот · 300 триста трёхсот трехсот
        · 400 четыреста четырёхсот четырехсот · 500 пятьсот пятисот · 600 шестьсот шестисот
        · 700 семьсот семисот · 800 восемьсот восьмисот · 900 девятьсот девятисот""",
    "hy": """13 տասներեք · 14 տասնչորս · 15 տասնհինգ · 16 տասնվեց · 17 տասնյոթ · 18 տասնութ
        · 19 տասնինը տասնինն · 200 երկու_հարյուր · 300 երեք_հարյուր · 400 չորս_հարյուր
        · 500 հինգ_հարյուր · 600 վեց_հարյուր · 700 յոթ_հարյուր · 800 ութ_հարյուր
        · 900 ինը_հարյուր""",
    "ar": """13 ثلاثة_عشر ثلاث_عشرة · 14 أربعة_عشر أربع_عشرة · 15 خمسة_عشر خمس_عشرة
        · 16 ستة_عشر ست_عشرة · 17 سبعة_عشر سبع_عشرة · 18 ثمانية_عشر ثماني_عشرة
        · 19 تسعة_عشر تسع_عشرة · 200 مئتان مئتين مائتان مائتين · 300 ثلاثمئة ثلاثمائة
        · 400 أربعمئة أربعمائة · 500 خمسمئة خمسمائة · 600 ستمئة ستمائة · 700 سبعمئة سبعمائة
        · 800 ثمانمئة ثمانمائة · 900 تسعمئة تسعمائة""",
}


def composed(language: str) -> dict[str, int]:
    """The spellings of numbers made of others in ``language``, lower case, and their values."""
    entries = (entry.split() for entry in _LISTED.get(language, "").split("·"))
    listed = {w.replace("_", " "): int(entry[0]) for entry in entries if entry for w in entry[1:]}
    return {**dict(_made(language)), **listed}


def _made(language: str) -> Iterator[tuple[str, int]]:
    """Every ten with every unit; "-" stands for tens that the language makes otherwise."""
    tens = enumerate(_TENS.get(language, "").split(), 2)
    for (ten, tens_said), (unit, units_said) in product(tens, _units(language)):
        if tens_said == "-":
            continue
        forms = product(tens_said.split("/"), units_said.split("/"), _JOINED[language])
        for of_ten, of_unit, joined in forms:
            yield joined.format(ten=of_ten, unit=of_unit), 10 * ten + unit


def _units(language: str) -> list[tuple[int, str]]:
    return list(enumerate(_UNITS.get(language, "").split(), 1))
