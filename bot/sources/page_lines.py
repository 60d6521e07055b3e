"""A line as printed on a page: its words and where they are.

Places are in points from the lower left corner, as in a PDF.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.briefing.words import count_words

HYPHEN = "\u00ad"
"""Ends a line whose last word goes on in the next one, the hyphen itself left out."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""

# "12 | Annual report", "Page 12 of 40", "– 12 –"
_FIRST_NUMBER = re.compile(r"\W*(?:[^\W\d]+\W+)?(\d{1,5})(?!\w)")
_LAST_NUMBER = re.compile(r"(?<!\w)(\d{1,5})\W*$")

# So many lines at each end of a page may be running heads and page numbers.
_LINES_AT_AN_END = 3
_MOST_WORDS_WITH_NUMBER = 8


@dataclass(frozen=True)
class PageLine:
    """A printed line. Where it runs from right to left its places are mirrored, and where it
    runs up or down the page they are turned, so that ``left`` is always where it begins and
    ``bottom`` lies towards the next line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def between(cls, text: str, first: Box, last: Box) -> "PageLine":
        """The line that reaches from the box of its first character to that of its last."""
        across, along = last[0] - first[0], last[1] - first[1]
        if abs(along) > abs(across):
            first, last = (_turned(box, upwards=along > 0) for box in (first, last))
        elif across < 0:
            first, last = ((-box[2], box[1], -box[0], box[3]) for box in (first, last))
        top = max(first[3], first[1] + last[3] - last[1])
        return cls(text, first[0], first[1], last[2], top)

    @property
    def height(self) -> float:
        """From the bottom of the font to its top."""
        return self.top - self.bottom

    @property
    def width_of_first_word(self) -> float:
        """About how much room the first word takes, with a space before it."""
        first = self.text.split(maxsplit=1)[0]
        return (len(first) + 1) * (self.right - self.left) / len(self.text)


def _turned(box: Box, *, upwards: bool) -> Box:
    """``box`` on a page that was turned so that a line up, or down, the page runs to the right."""
    left, bottom, right, top = box
    return (bottom, -right, top, -left) if upwards else (-top, left, -bottom, right)


def without_furniture(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """The pages without running heads and page numbers.

    Those are lines that stand near the same end of at least half of the pages, and of two at
    the least, and are the same there, or short and begin or end with the number of the page.
    """
    keys = [_keys(lines, page) for page, lines in enumerate(pages)]
    seen = Counter(key for page in keys for key in set().union(*page.values()))
    needed = max(2, (len(pages) + 1) // 2)
    return [
        [
            line
            for place, line in enumerate(lines)
            if all(seen[key] < needed for key in found.get(place, ()))
        ]
        for lines, found in zip(pages, keys, strict=True)
    ]


def _keys(lines: Sequence[PageLine], page: int) -> dict[int, set[str]]:
    """What may repeat, by the place of the line among ``lines``: the end of the page and the
    wording, or a number at its edge, counted from that of the page."""
    order = sorted(range(len(lines)), key=lambda place: -lines[place].top)
    upper = order[: min(_LINES_AT_AN_END, (len(lines) + 1) // 2)]
    lower = order[max(len(lines) - _LINES_AT_AN_END, len(upper)) :]
    return {
        place: {f"{end} {wording}" for wording in _wordings(lines[place].text, page)}
        for end, places in (("top", upper), ("bottom", lower))
        for place in places
    }


def _wordings(text: str, page: int) -> Iterator[str]:
    yield text
    if count_words(text) <= _MOST_WORDS_WITH_NUMBER:
        for edge, number in (("±…", _FIRST_NUMBER.match(text)), ("…±", _LAST_NUMBER.search(text))):
            if number:
                yield f"{edge} {int(number[1]) - page}"
