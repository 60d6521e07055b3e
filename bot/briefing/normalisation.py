"""Texts without their typography, and the quotations in them."""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.briefing.documents import Span
from bot.briefing.text import UNSPACED_CHARACTER

# Text without its typography, with the places of its characters in the original.
#
# Web pages, files and models write the same words with other quotation marks, dashes and spaces.
# That is forgiven here, once for every check; a different letter never is.

_SAME = {
    **dict.fromkeys('‘’‚‛‹›ʼ՚`´′“”„‟«»″＂「」『』〝〞〟"', "'"),
    **dict.fromkeys("‐‑–−֊־﹣－", "-"),
    **dict.fromkeys("—―", " - "),  # between phrases, where a hyphen is inside a word
}  # fmt: skip

# What NFKC joins to the letter before it: accents, and the parts of a Korean syllable.
_ACCENT = (
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a]"
)

# Plain characters stand for themselves, in runs; the others are normalised one by one.
_PIECE = re.compile(
    rf"(?P<plain>(?:[!#-,./0-_a-~]| (?=[!#-,./0-_a-~]))+(?!{_ACCENT}))|\s+|--+|.{_ACCENT}*",
    re.DOTALL,
)

_SIGNS = str.maketrans("٫٬٪−", ".,%-")
_DIGIT = re.compile(r"(?![0-9])\d")

# Words may not begin or end where this matches; "|" below marks the cut.
_INSIDE = re.compile(
    r"""
      (?<=\w-)\w | (?<=\w)-\w                               # non-|binding and 30|-plus
    | (?<=\w')[^\W\d_] | (?<=[^\W\d_])'[^\W\d_]             # don'|t
    | (?<=\d)[.,:/⁄]\d | (?<=\d[.,:/⁄])\d                   # 3|.5 and 3.|5
    | (?<=\d)\ \d{3}(?!\d) | (?<=\d\ )\d{3}(?!\d)           # 12| 500 and 12 |500
    | (?<=[-+])(?<![^\s(][-+])[\d$€£¥] | (?<=[$€£¥])\ ?\d   # -|5 and $|5
    | (?<=\d)\ ?[%‰$€£¥]                                    # 5|%
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Normalised:
    """A text without its typography.

    ``places[i]`` is where in the original the character ``text[i]`` comes from; one more place,
    the original's length, ends the list.
    """

    text: str
    places: Sequence[int]

    def find(self, needle: str) -> Iterator[Span]:
        """Yield where ``needle`` stands, as spans of the original, in order.

        Only whole words, figures and signs are found, and nothing without a visible character.
        """
        wanted = normalised(needle).text.strip()
        start = self.text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if not (self._cuts(start) or self._cuts(end)):
                yield Span(self.places[start], self.places[end])
            start = self.text.find(wanted, start + 1)

    def _cuts(self, index: int) -> bool:
        if not 0 < index < len(self.text):
            return False
        if self.places[index - 1] == self.places[index] or _INSIDE.match(self.text, index):
            return True
        if unicodedata.category(self.text[index])[0] == "M":  # an accent belongs to its letter
            return True
        return _is_letter(self.text[index - 1]) and _is_letter(self.text[index])


@lru_cache(maxsize=512)  # one briefing searches the same sources and passages many times
def normalised(text: str) -> Normalised:
    """``text`` with one kind of quotation marks and of dashes, single spaces, NFKC characters, and
    nothing invisible."""
    kept: list[str] = []
    places: list[int] = []
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        written = piece[0] if piece["plain"] else _written(piece[0])
        if written[:1] == " " and kept and kept[-1][-1] == " ":
            written, start = written[1:], start + (1 if piece["plain"] else 0)
        if written:
            kept.append(written)
            places.extend(range(start, end) if piece["plain"] else [start] * len(written))
    # A tuple would take nine times the memory, for each source that is remembered.
    return Normalised("".join(kept), array("I", (*places, len(text))))


@lru_cache(maxsize=1024)
def ascii_digits(text: str) -> str:
    """``text`` `normalised`, with the digits of every script as 0 to 9, and Arabic separators and
    percent signs as in English."""
    plain = normalised(text).text.translate(_SIGNS)
    if plain.isascii():
        return plain
    return _DIGIT.sub(lambda digit: str(int(digit[0])), plain)


@lru_cache(maxsize=1024)
def _written(seen: str) -> str:
    if seen.startswith("--"):
        return " - "
    alike = (_SAME.get(c, c) for c in seen if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", "".join(alike)))


def _is_letter(char: str) -> bool:
    # Any character of a script written without spaces may begin or end a passage.
    return char.isalnum() and UNSPACED_CHARACTER.match(char) is None


# The words of a source that are in quotation marks.
#
# Every paragraph is read by itself, so that a forgotten mark never puts the rest of a source into
# somebody's mouth: a quotation that is not closed ends with its paragraph. One inside another
# belongs to the outer one.

# What an apostrophe may do inside single quotation marks: stand in a word ("don't"), or after a
# plural ("the workers' demands"). The second may also be the end of the quotation.
_IN_WORD = r"(?<=\w)['’](?=\w)"
_POSSESSIVE = r"(?<=s)['’](?=\s+[^\W\d_A-Z])"

# These begin with an apostrophe, not with a quotation mark.
_SHORTENED = r"(?!\d\ds?\b|(?:tis|twas|em|til|n|cause)\b)"

# A typed mark may close a printed one and the other way round; one that stands inside printed
# marks is nested, or an inch.
_NESTED = r'(?<![^\s(])"(?=\w)[^"”]*+"'
_INCH = r'(?<=\d)"'

# The marks of https://en.wikipedia.org/wiki/Quotation_mark . Every alternative reads on to its
# mark and never turns back, so that time stays in proportion to the text.
_QUOTATION = re.compile(
    rf"""
      (?:(?<!\w)“(?=\S)|(?<!\S)“(?=\s\w)) (?P<english>(?:[^”"]|{_NESTED}|{_INCH})*+)[”"]?
    | „                  (?P<german>[^“”]*+)[“”]?
    | (?<!\w)”(?=\w)     (?P<swedish>[^”]*+)”?
    | (?<!\w)"(?=\S)     (?P<straight>(?:[^"“”]|“[^"”]*+”)*+)["”]?
    | «                  (?P<french>[^»]*+)»?
    | (?<!\S)»(?=\w)     (?P<inverse>[^«»]*+)[«»]?
    | 「                 (?P<japanese>[^」]*+)」?
    | 『                 (?P<double>[^』]*+)』?
    | ‚(?=\S)            (?P<low>(?:[^‘’]|{_IN_WORD})*+)[‘’]?
    | ‹(?=\S)            (?P<angle>[^›]*+)›?
    | (?<!\w)‘(?=\S)(?:
          (?P<british>(?:[^‘’]|{_IN_WORD}|{_POSSESSIVE})*+)’
        | (?P<closed_early>(?:[^‘’]|{_IN_WORD})*+)’
        | (?P<continued>(?:[^‘’]|{_IN_WORD})*+)(?<=[.!?]\s)(?=‘)
      )
    | \A‘(?=\S)          (?P<unclosed>.*+)
    | (?<![\w'])'(?=\S){_SHORTENED}(?:
          (?P<typed>(?:[^']|{_IN_WORD}|{_POSSESSIVE})*+)(?<!\s)'
        | (?P<typed_early>(?:[^']|{_IN_WORD})*+)(?<!\s)'
      )
    """,
    re.VERBOSE | re.DOTALL,
)

# Any opening mark; most paragraphs have none.
_MARK = re.compile("[“„”\"«»「『‚‹‘']")


def quotations(text: str, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans between quotation marks in each paragraph of ``text``, marks excluded, in order.

    A title or a single word in quotation marks counts too; apostrophes do not. A single mark
    that is never closed is an apostrophe, unless its paragraph begins with it or the next
    sentence opens with another, as those do that go on over several paragraphs.
    """
    return tuple(span for paragraph in paragraphs for span in _in_paragraph(text, paragraph))


@lru_cache(maxsize=1024)
def quotations_in(line: str) -> tuple[Span, ...]:
    """The spans between quotation marks in ``line``, a text of one paragraph."""
    return quotations(line, (Span(0, len(line)),))


def _in_paragraph(text: str, paragraph: Span) -> list[Span]:
    found: list[Span] = []
    if not _MARK.search(text, *paragraph):
        return found
    for match in _QUOTATION.finditer(text[paragraph.start : paragraph.end]):
        words = match[match.lastgroup or 0]
        start = match.start(match.lastgroup or 0) + len(words) - len(words.lstrip())
        if re.search(r"\w", words):
            end = start + len(words.strip())
            found.append(Span(paragraph.start + start, paragraph.start + end))
    return found
