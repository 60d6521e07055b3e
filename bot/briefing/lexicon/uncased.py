"""What may a word carry in a script without capitals: "and", "the", "his", the cases?"""

import re
from functools import lru_cache
from typing import NamedTuple


class _Script(NamedTuple):
    letters: str
    """A class of a regular expression."""
    prefixes: str = ""
    suffixes: str = ""
    shortest: int = 3
    """How many letters must be left of a word."""


_ARABIC = _Script(
    "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f",
    "[وف]?(?:[بك]?ال|لل|[بكلس])?",
    "ه|ها|هم|هما|هن|ي|نا|ك|كم|ت|ا|ات|ان|ين|ون|وا|ته|تها|تهم|تي|تين|تان|اته|اتها|اتهم|يه|يات|يين",
)
_PERSIAN = _Script(
    _ARABIC.letters,
    "(?:ن?می)?",
    "ی|ها|های|هایی|ان|ات|م|ت|ش|ند|د|تر|ترین|ام|اند|را",
)
_HEBREW = _Script("\u05d0-\u05ea", "ו?(?:[כמ]?ש)?[הבכלמ]?", "ים|ות|ה|ת|י|ו|ית|יה|יו|ם|ן|נו|יים|ני")
_GEORGIAN = _Script(
    "\u10d0-\u10ff",
    "",
    "(?:ებ|ნ)?(?:ი|მა|მ|ს|ის|ით|ად|ა|ო|ე)?(?:ში|ზე|თან|დან|მდე|თვის|ვის|ც|ვე|გან|კენ|ზეც)?",
)
_KOREAN = _Script(
    "\uac00-\ud7a3",
    "",
    "은|는|이|가|을|를|의|에|에서|에게|와|과|로|으로|도|만|까지|부터|보다|께서|씨|측|들|들이|들은",
    2,
)
_INDIC = _Script("\u0900-\u0dff", "", "ा|े|ों|ी|ि|ें|ं", 2)
_ETHIOPIC = _Script("\u1200-\u137f", "[የበለከእና]?", "ን|ና|ም|ው|ዋ|ቸው|ች", 2)
_BY_LANGUAGE = {"fa": _PERSIAN, "ur": _PERSIAN}
_SCRIPTS = (_ARABIC, _HEBREW, _GEORGIAN, _KOREAN, _INDIC, _ETHIOPIC)

# Signs that Arabic and Hebrew may leave out, and letters that are written in two ways.
_SIGNS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c]")
_SAME = str.maketrans("أإآٱىةکی", "اااايهكي")

_LETTERS = "".join(script.letters for script in _SCRIPTS)
SPACED = re.compile(f"[{_LETTERS}](?:[{_LETTERS}]|{_SIGNS.pattern})+")
"""A word of a script without capitals that is written with spaces."""

UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]{2,}")
"""A run of a script that is written without spaces."""


def written(word: str) -> str:
    """``word`` as `forms` writes it, with everything it carries."""
    return _SIGNS.sub("", word).translate(_SAME)


@lru_cache(maxsize=8192)
def forms(word: str, language: str | None) -> frozenset[str]:
    """``word`` with and without everything that its script may write onto it."""
    plain = written(word)
    script = _BY_LANGUAGE.get(language or "") or next(
        (each for each in _SCRIPTS if re.match(f"[{each.letters}]", plain)), _ARABIC
    )
    before = re.compile(script.prefixes)
    after = re.compile(f"(?:{script.suffixes})?")
    starts = (n for n in range(min(5, len(plain))) if before.fullmatch(plain, 0, n))
    ends = [n for n in range(max(0, len(plain) - 7), len(plain) + 1) if after.fullmatch(plain, n)]
    found = {plain[a:b] for a in starts for b in ends if b - a >= script.shortest} | {plain}
    # Before a suffix the Arabic ending "ـة" is written as "ـت".
    return frozenset(found | {form[:-1] + "ه" for form in found if form[-1] == "ت"})
