"""Printed lines become running text again: paragraphs of whole words.

A printed page breaks lines where its column ends. Where a paragraph ends has to be seen from the
position of the lines: a gap, an indent, another font size, a line that had room for the next word.
A paragraph cut in two may cost a sentence, two joined into one cost nothing; so if in doubt, a line
continues.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise
from statistics import median

from bot.briefing.documents import Span
from bot.briefing.words import count_words
from bot.sources.page_lines import HYPHEN, PageLine, without_furniture

# Sizes and gaps are compared with those of the line before, room with the width of the column.
_OTHER_SIZE = 1.15
_WIDER_GAP = 1.3
_WIDEST_GAP = 2.2
_INDENT = 0.6
_MUCH_ROOM = 0.25
_LARGE_TYPE = 1.15
_NEIGHBOURS = 12

_PARAGRAPH_END = "\n\n"
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟։।]['\"”’»)\]]*$")
_ITEM = re.compile(r"[•◦▪‣–—*-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
_LAST_WORD = re.compile(r"[\w-]+$")
_FIRST_WORD = re.compile(r"[\w-]+")
_WORD = re.compile(r"\w+(?:-\w+)*")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
)


@dataclass(frozen=True)
class Flow:
    """A text that was put together: the span of each page in it, and the heading on the first
    page, None where no line is larger than the rest."""

    text: str
    pages: tuple[Span, ...]
    heading: str | None


def reflowed(printed: Sequence[Sequence[PageLine]]) -> Flow:
    """The running text of pages of lines that are given in reading order.

    A page reaches from where its first line begins to where the next page does; one without
    text is an empty span. Running heads and page numbers are left out, and a word that was
    parted at a line's end is whole again, on the page where it begins.
    """
    pages = without_furniture(printed)
    joints = _Joints(pages)
    chunks: list[str] = []
    starts: list[int] = []
    length = 0
    for number, lines in enumerate(pages):
        starts.append(length)
        for place, line in enumerate(lines):
            chunk = line.text.removesuffix(HYPHEN) + joints.after(number, place)
            chunks.append(chunk)
            length += len(chunk)
    text = "".join(chunks).rstrip()
    ends = [*starts[1:], len(text)][: len(starts)]
    spans = (Span(min(s, len(text)), min(e, len(text))) for s, e in zip(starts, ends, strict=True))
    return Flow(text, tuple(spans), _heading(pages))


class _Joints:
    """What comes between each line and the next one: nothing, a space, or a paragraph's end."""

    def __init__(self, pages: Sequence[Sequence[PageLine]]) -> None:
        self._pages = pages
        lines = [line for page in pages for line in page]
        self._words = {word for line in lines for word in _WORD.findall(line.text.casefold())}
        steps = [
            (above.bottom - below.bottom) / above.height
            for page in pages
            for above, below in pairwise(page)
            if 0 < above.bottom - below.bottom < 3 * above.height
        ]
        self._usual_step = median(steps) if steps else 1.2

    def after(self, page: int, place: int) -> str:
        """What follows the line at ``place`` of ``page`` once a hyphen that only marks the
        cut, U+00AD, was taken from it."""
        line, following = self._pages[page][place], self._following(page, place)
        hyphen = "-" if line.text.endswith(HYPHEN) else ""
        if following is None or not self._goes_on(line, following, self._edge(page, place)):
            return hyphen + _PARAGRAPH_END
        if hyphen:
            return "" if self._is_one_word(line.text, following.text) else hyphen
        return "" if _are_unspaced(line.text, following.text) else " "

    def _following(self, page: int, place: int) -> PageLine | None:
        if place + 1 < len(self._pages[page]):
            return self._pages[page][place + 1]
        return next((lines[0] for lines in self._pages[page + 1 :] if lines), None)

    def _edge(self, page: int, place: int) -> float:
        """Where the column of a line ends, told by the lines around it."""
        lines = self._pages[page]
        line = lines[place]
        around = lines[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS]
        near = 4 * line.height
        return max(each.right for each in around if abs(each.left - line.left) <= near)

    def _goes_on(self, line: PageLine, following: PageLine, edge: float) -> bool:
        sizes = line.height / following.height
        if not 1 / _OTHER_SIZE < sizes < _OTHER_SIZE:
            return False
        if _ITEM.match(following.text):
            return False
        step = (line.bottom - following.bottom) / line.height
        if step < -0.3 or step > 10:  # another column, or another page
            return _is_cut(line.text, following.text)
        if step < 0.3:  # the same line, further on
            return True
        if step > min(self._usual_step * _WIDER_GAP, _WIDEST_GAP):
            return False
        return line.text.endswith(HYPHEN) or not self._had_room(line, following, edge)

    def _had_room(self, line: PageLine, following: PageLine, edge: float) -> bool:
        """Whether a new paragraph was meant: the next word would have fitted, or it is indented."""
        if _is_cut(line.text, following.text):
            much = _MUCH_ROOM * (edge - line.left)
            return edge - line.right > much and not following.text[0].islower()
        indented = following.left - line.left > _INDENT * line.height and not _ITEM.match(line.text)
        return indented or edge - line.right > following.width_of_first_word

    def _is_one_word(self, line: str, following: str) -> bool:
        """Whether the hyphen at the end of ``line`` only marks the cut of a word."""
        first, last = _FIRST_WORD.match(following), _LAST_WORD.search(line.removesuffix(HYPHEN))
        if first is None or last is None or not first[0][0].islower():
            return False
        begun, ended = last[0].casefold(), first[0].casefold()
        return f"{begun}-{ended}" not in self._words or f"{begun}{ended}" in self._words


def _is_cut(line: str, following: str) -> bool:
    return _SENTENCE_END.search(line) is None or following[0].islower()


def _are_unspaced(line: str, following: str) -> bool:
    return bool(_UNSPACED.match(line[-1]) and _UNSPACED.match(following[0]))


def _heading(pages: Sequence[Sequence[PageLine]]) -> str | None:
    """The first lines of the largest type on the first page with text, if it is larger than
    usual."""
    first = next((lines for lines in pages if lines), [])
    largest = max((line.height for line in first), default=0)
    if not first or largest < _LARGE_TYPE * median(line.height for each in pages for line in each):
        return None
    begun = dropwhile(lambda line: line.height < 0.95 * largest, first)
    lines = [next(begun)]
    for line in begun:
        step = lines[-1].bottom - line.bottom
        if line.height < 0.95 * largest or not 0 < step < _WIDER_GAP * largest:
            break
        lines.append(line)
    heading = " ".join(line.text.removesuffix(HYPHEN) for line in lines)
    return heading if count_words(heading) <= 30 else None
