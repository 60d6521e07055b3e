"""A line as it is printed on a page: its words and where they stand.

Places are in points from the lower left corner, as in a PDF.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HYPHEN = "\u00ad"
"""Ends a line whose last word goes on in the next one, the hyphen itself left out."""

Box = tuple[float, float, float, float]

# So many lines at each end of a page may be running heads and page numbers.
_LINES_AT_AN_END = 3


@dataclass(frozen=True)
class PageLine:
    """A printed line. A line that is written from right to left has its places mirrored, so
    that ``left`` is always where it begins."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def between(cls, text: str, first: Box, last: Box) -> "PageLine":
        """The line that reaches from the box of its first character to that of its last."""
        bottom, top = first[1], max(first[3], first[1] + last[3] - last[1])
        if last[0] < first[0]:
            return cls(text, -first[2], bottom, -last[0], top)
        return cls(text, first[0], bottom, last[2], top)

    @property
    def height(self) -> float:
        """From the bottom of the font to its top."""
        return self.top - self.bottom

    @property
    def width_of_first_word(self) -> float:
        """About how much room the first word takes, with a space before it."""
        first = self.text.split(maxsplit=1)[0]
        return (len(first) + 1) * (self.right - self.left) / len(self.text)


def without_furniture(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """The pages without running heads and page numbers.

    Those are lines that stand near the same end of at least half of the pages, and of two at
    the least, and differ by nothing but the number of the page.
    """
    seen: Counter[str] = Counter()
    for index, lines in enumerate(pages):
        seen.update({key for keys in _keys(lines, index).values() for key in keys})
    needed = max(2, (len(pages) + 1) // 2)
    kept: list[list[PageLine]] = []
    for index, lines in enumerate(pages):
        keys = _keys(lines, index)
        kept.append(
            [
                line
                for place, line in enumerate(lines)
                if all(seen[key] < needed for key in keys.get(place, ()))
            ]
        )
    return kept


def _keys(lines: Sequence[PageLine], page: int) -> dict[int, set[str]]:
    """What may repeat, by the place of the line among ``lines``: the end of the page and the
    wording, as it is, or with its first or last number counted from that of the page."""
    order = sorted(range(len(lines)), key=lambda place: -lines[place].top)
    ends = {"top": order[:_LINES_AT_AN_END], "bottom": order[-_LINES_AT_AN_END:]}
    found: dict[int, set[str]] = {}
    for end, places in ends.items():
        for place in places:
            wordings = _wordings(lines[place].text, page)
            found.setdefault(place, set()).update(f"{end} {wording}" for wording in wordings)
    return found


def _wordings(text: str, page: int) -> Iterator[str]:
    yield text
    numbers = list(re.finditer(r"\d{1,6}", text))
    for number in numbers[:1] + numbers[-1:]:
        yield f"{text[: number.start()]}±{int(number[0]) - page}{text[number.end() :]}"
