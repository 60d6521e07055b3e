"""Are two words forms of one name?

Only endings of closed lists are exchanged, at the end of the same letters. A misspelt name is
another name: "Jeyhum" is not "Jeyhun".
"""

import re
from functools import lru_cache

# Nothing is left of shorter stems that could still be told apart.
_SHORTEST_STEM = 4

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


def are_one_name(one: str, other: str) -> bool:
    """Whether ``one`` and ``other``, casefolded, differ by such an ending at most."""
    if one[:_SHORTEST_STEM] != other[:_SHORTEST_STEM]:
        return one == other
    if _stems(one, _PLACE) & _stems(other, _OF_THE_PLACE):
        return True
    if _stems(other, _PLACE) & _stems(one, _OF_THE_PLACE):
        return True
    cases = _cases(one)
    return cases is not None and bool(_stems(one, cases) & _stems(other, cases))


def _cases(word: str) -> re.Pattern[str] | None:
    if "\u0400" <= word[0] <= "\u052f":
        return _CYRILLIC_CASE
    return _ARMENIAN_CASE if "\u0531" <= word[0] <= "\u0587" else None


@lru_cache(maxsize=8192)
def _stems(word: str, endings: re.Pattern[str]) -> frozenset[str]:
    lengths = range(_SHORTEST_STEM, len(word) + 1)
    return frozenset(word[:length] for length in lengths if endings.fullmatch(word, length))
