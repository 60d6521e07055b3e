"""Words and characters of any script: counting, folding, writing direction, and defanging."""

import re
import unicodedata
from collections.abc import Iterable

# Words are folded before they are stored and before they are searched for, so that every database
# finds the same: not every PostgreSQL has `unaccent`, and SQLite's own folding only knows Latin
# letters.

# A longer one is not a word, and more than an index takes.
_WORD = re.compile(r"[^\W_]{1,80}")


def folded_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order, without case and accents."""
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn"
    )
    return tuple(_WORD.findall(bare.casefold()))


LETTER = r"(?:[^\W\d_]|[\u0900-\u0965\u0970-\u0dff])"
"""A pattern for one letter; vowel signs of Indian scripts count as letters."""

LONGEST_QUOTATION = 35
"""In words; a longer one is clipped at the end of one of its sentences."""

UNSPACED = (
    r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
"""Characters of scripts without spaces between words, for a set in a regular expression: Thai,
Lao, Myanmar, Khmer; Kana and Han, half-width forms included."""
UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")


def count_words(text: str) -> int:
    """The number of words in ``text``, split at white space. In scripts without spaces, two
    characters count as a word, and punctuation doesn't count."""
    if text.isascii() or not UNSPACED_CHARACTER.search(text):
        return len(text.split())
    packed = len(UNSPACED_CHARACTER.findall(text))
    spaced = 0
    for run in text.split():
        others, found = UNSPACED_CHARACTER.subn(" ", run)
        spaced += len(re.findall(r"\w+", others)) if found else 1
    return spaced + (packed + 1) // 2


def unspaced_bigrams(text: str) -> frozenset[str]:
    """The pairs of adjacent characters in ``text`` of scripts without spaces between words."""
    runs = re.findall(f"[{UNSPACED}]+", text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def blanked(text: str, spans: Iterable[tuple[int, int]], sign: str = " ") -> str:
    """``text``, in its length, with ``sign`` for every character in one of ``spans``."""
    parts, last = list[str](), 0
    for start, end in sorted(spans):
        parts += [text[last:start], sign * (end - max(start, last))]
        last = max(last, end)
    return "".join((*parts, text[last:]))


# Lines in which some words run left to right and others right to left.
#
# The order in which a program shows mixed words depends on the direction it assumes for the line.
# So a right-to-left line declares its direction, and words that run the other way are isolated in
# it. Unicode Standard Annex 9: https://unicode.org/reports/tr9/#Explicit_Directional_Isolates

_LEFT, _RIGHT = "\u200e", "\u200f"
_FROM_THE_RIGHT, _EITHER, _END = "\u2067", "\u2068", "\u2069"

_R = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_L = (
    r"A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0556\u0561-\u0587\u10a0-\u1fff"
    r"\u3040-\u9fff"
)
_RUN_FROM_THE_RIGHT = re.compile(rf"[{_R}](?:[^{_L}\u2066-\u2069]*[{_R}])?")
_RUN_FROM_THE_LEFT = re.compile(rf"[{_L}](?:[^{_R}\u2066-\u2069]*[{_L}\d])?")


def is_rtl(text: str) -> bool:
    """Whether the first letter of ``text`` is of a script that runs from right to left."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def isolate_runs(text: str, *, rtl: bool) -> str:
    """``text`` for a line of that direction, with every run of the other direction isolated."""
    runs = _RUN_FROM_THE_LEFT if rtl else _RUN_FROM_THE_RIGHT
    return runs.sub(rf"{_EITHER}\g<0>{_END}", text)


def direction_marks(line: str, *, rtl: bool) -> tuple[str, str]:
    """The characters before and behind ``line`` that make programs show it in its direction; mostly
    none."""
    if rtl:
        return _RIGHT + _FROM_THE_RIGHT, _END
    return (_LEFT if is_rtl(line) else ""), ""


def directed_space(*, rtl: bool) -> str:
    """A space that keeps references in the order of their line."""
    return f"{_RIGHT} " if rtl else " "


# What a chat or a Markdown reader turns into a link or a mention: an address with a scheme, a bare
# host, a mail address, a Slack token.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,20}):(?=//|[^\s/])", re.IGNORECASE)
_HOST = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2,})")
_TOKEN = re.compile(r"<(?=[!@#])|@(?=\w)|(?<!\w)mailto(?=:)", re.IGNORECASE)
# Round brackets make a link only right behind a square one, which is escaped.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#+!|<>~])")

# Spaces that hold words together stay.
_GAP = re.compile(r"[^\S\u00a0\u202f]+")

# Invisible, and never part of an address or a token.
_BREAK = "\u2060"


def defang(text: str) -> str:
    """``text`` with an invisible character in every address and mention, so that none works.

    For words that failed the checks, and for places where programs find links in plain text.
    Passages are never changed: they are shown where programs find none.
    """
    text = _TOKEN.sub(lambda match: match[0][0] + _BREAK + match[0][1:], text)
    text = _SCHEME.sub(rf"\1{_BREAK}:", text)
    return _HOST.sub(f"{_BREAK}.", text)


def escape_markdown(text: str) -> str:
    """``text`` as one line of a Markdown document, without markup or links."""
    return _MARKDOWN.sub(r"\\\1", defang(_GAP.sub(" ", text).strip(" ")))
