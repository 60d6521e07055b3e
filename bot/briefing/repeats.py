"""Does a line say once more what another says already?"""

from collections.abc import Iterator

from bot.briefing.content import content
from bot.briefing.lines import Difference, Line

_MOST_OF_IT = 0.8
"""Of the content words of a line, where it rests on a sentence of the other."""


def repeats(line: Line, earlier: Line, language: str | None) -> bool:
    """Whether ``line`` rests on a sentence that ``earlier`` rests on too, and has hardly a word
    beside those of it. Both are in ``language``."""
    return any(_repeats(line, each, language) for each in _said(earlier))


def _said(line: Line) -> Iterator[Line]:
    if isinstance(line, Difference):
        yield from line.sides
    else:
        yield line


def _repeats(line: Line, earlier: Line, language: str | None) -> bool:
    if not {p.reference for p in line.evidence} & {p.reference for p in earlier.evidence}:
        return False
    words = content(line.text, language)
    shared = words & content(earlier.text, language)
    return bool(words) and len(shared) >= _MOST_OF_IT * len(words)
