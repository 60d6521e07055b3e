"""Which words of a source are in quotation marks?

Every paragraph is read by itself, so that a forgotten mark never puts the rest of a source into
somebody's mouth: a quotation that is not closed ends with its paragraph. One inside another
belongs to the outer one.
"""

import re
from functools import lru_cache

from bot.briefing.documents import Span

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

# What any of them opens with; most paragraphs have none.
_MARK = re.compile("[“„”\"«»「『‚‹‘']")


def quotations(text: str, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """The words between quotation marks in each paragraph of ``text``, marks excluded, in order.

    A title or a single word in quotation marks counts too; apostrophes do not. A single mark
    that is never closed is an apostrophe, unless its paragraph begins with it or the next
    sentence opens with another, as those do that go on over several paragraphs.
    """
    return tuple(span for paragraph in paragraphs for span in _in_paragraph(text, paragraph))


@lru_cache(maxsize=1024)
def quoted_in(line: str) -> tuple[Span, ...]:
    """The words between quotation marks in a text of one paragraph."""
    return quotations(line, (Span(0, len(line)),))


def unquoted(line: str) -> str:
    """A text of one paragraph with "…" for the words between its quotation marks."""
    for span in reversed(quoted_in(line)):
        line = f"{line[: span.start]}…{line[span.end :]}"
    return line


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
