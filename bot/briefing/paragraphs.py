"""Where the paragraphs of a text are.

A blank line always ends a paragraph, and so does a newline, unless the text is hard-wrapped:
mails and plain-text files break every line at the same width. That is told by the line lengths:
a line was wrapped if the next word would not have fitted in it.
"""

import re
from itertools import pairwise

from bot.briefing.documents import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
# Between Chinese and Japanese characters a line is broken anywhere.
_FIRST_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\S+")
_BLANK_BETWEEN = re.compile(r"(\r\n|\r|\n|[\u2028\u2029])[^\S\r\n]*(\r\n|\r|\n|[\u2028\u2029])")

# A wrapped text has one width, between a newspaper column and a wide mail window, and nearly
# every line that goes on ends because the next word did not fit. Widths are in characters.
_WIDTHS = range(40, 121)
_SHARE_OF_WRAPPED_LINES = 0.8
_FEWEST_LINES = 3


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of ``text`` in order, without the white space around them."""
    lines = [span for match in _LINE.finditer(text) if (span := trimmed(text, *match.span()))]
    width = _wrap_width(text, lines)
    joined: list[Span] = []
    for line in lines:
        if joined and width and _goes_on(text, joined[-1], line, width):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The part of ``text[start:end]`` without white space around it; None where that is all."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Span(start, end) if start < end else None


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The width at which ``text`` was wrapped, in characters; None if it was not."""
    followed = [
        (line, after)
        for line, after in pairwise(lines)
        if not _BLANK_BETWEEN.search(text, line.end, after.start)
    ]
    if len(followed) < _FEWEST_LINES:
        return None
    width = max(line.end - line.start for line, _ in followed)
    wrapped = sum(_was_full(text, line, after, width) for line, after in followed)
    enough = wrapped >= _SHARE_OF_WRAPPED_LINES * len(followed)
    return width if enough and width in _WIDTHS else None


def _goes_on(text: str, paragraph: Span, line: Span, width: int) -> bool:
    if _BLANK_BETWEEN.search(text, paragraph.end, line.start):
        return False
    last_line = max(text.rfind("\n", paragraph.start, paragraph.end) + 1, paragraph.start)
    return _was_full(text, Span(last_line, paragraph.end), line, width)


def _was_full(text: str, line: Span, after: Span, width: int) -> bool:
    next_word = _FIRST_WORD.match(text, *after)
    return (line.end - line.start) + 1 + len(next_word[0] if next_word else "") > width
