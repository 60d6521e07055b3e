"""Are two words forms of one name?

Only endings of closed lists are exchanged, at the end of the same letters. A misspelt name is
another name: "Jeyhum" is not "Jeyhun".
"""

import re
from functools import lru_cache

# Nothing is left of shorter stems that could still be told apart. Names that are declined are
# often short ("Анна", "Анны").
_SHORTEST_STEM = 4
_SHORTEST_DECLINED = 3

# "Armenia" and "Armenian", "Iran" and "Iranian", "China" and "Chinese", each perhaps in the plural.
# What changes inside ("France", "French") is a different word, and must be in the passage.
_PLACE = re.compile(r"(?:|a|e|y|o)$")
_OF_THE_PLACE = re.compile(r"(?:i?ans?|eans?|is?|ese|ish)$")

# The cases of Russian and Armenian nouns. Endings that make another name ("-ов") are none.
_CYRILLIC_CASE = re.compile(
    r"(?:|[аяуюеиыоёйьъ]|о[ймю]|е[ймю]|[ёи]м|ью|ам|ям|ами|ями|а[хм]|ях|[оеё]го|[ое]му|ы[мйех]|и[йех]|ими|ыми"
    r"|ая|яя|ую|юю|ое|ее)$"
)
_ARMENIAN_CASE = re.compile(
    r"(?:|ը|ն|ի|ին|ից|ով|ում|ու|ուն|ուց|յի|յին|յից|յով|յում|այի|ներ|եր|(?:ներ|եր)(?:ը|ն|ի|ին|ից|ով|ում))$"
)
# Greek names in -ος, -ης, -ας, -α and -η.
_GREEK_CASE = re.compile(r"(?:|[σηαεουωόάή]|ο[συι]|ό[συ]|ησ|ήσ|ασ|άσ|εσ|έσ|ων|ών|ουσ|ούσ|ού)$")

_DECLINED = (
    ("\u0370", "\u03ff", _GREEK_CASE),
    ("\u0400", "\u052f", _CYRILLIC_CASE),
    ("\u0531", "\u0587", _ARMENIAN_CASE),
)


def are_one_name(one: str, other: str) -> bool:
    """Whether ``one`` and ``other``, casefolded, differ by such an ending at most."""
    if one[:_SHORTEST_DECLINED] != other[:_SHORTEST_DECLINED]:
        return one == other
    if cases := _cases(one):
        shared = _stems(one, cases, _SHORTEST_DECLINED) & _stems(other, cases, _SHORTEST_DECLINED)
        return bool(shared)
    return bool(
        _stems(one, _PLACE) & _stems(other, _OF_THE_PLACE)
        or _stems(other, _PLACE) & _stems(one, _OF_THE_PLACE)
    )


def differ_in_one(one: str, other: str) -> bool:
    """Whether, of two words of one length, one letter is another or two changed places."""
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(places) == 1 or (len(places) == 2 and sorted(one) == sorted(other))


def _cases(word: str) -> re.Pattern[str] | None:
    known = (cases for first, last, cases in _DECLINED if first <= word[0] <= last)
    return next(known, None)


@lru_cache(maxsize=8192)
def _stems(word: str, endings: re.Pattern[str], shortest: int = _SHORTEST_STEM) -> frozenset[str]:
    lengths = range(shortest, len(word) + 1)
    return frozenset(word[:length] for length in lengths if endings.fullmatch(word, length))
