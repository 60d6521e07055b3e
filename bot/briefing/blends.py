"""Does a line blend what several sources say differently?

The checks hold a line against all of its passages together; where two of them differ, it would be
half of one and half of the other.
"""

from collections.abc import Iterator
from itertools import combinations

from bot.briefing.differing import KINDS
from bot.briefing.documents import Library, Passage
from bot.briefing.frames import Frame
from bot.briefing.lines import Line, Reason


def blends(line: Line, library: Library) -> Iterator[Reason]:
    """One reason for every two passages of ``line`` from two sources that differ."""
    for one, other in combinations(line.evidence, 2):
        if one.document != other.document and (words := _differ(one, other, library)):
            both = f"{one.reference} and {other.reference} differ"
            told = " / ".join(filter(None, words))
            yield Reason("references", f"{both} ({told}): give each side its own line.")


def _differ(one: Passage, other: Passage, library: Library) -> tuple[str, str] | None:
    first, second = (
        Frame(library[each.document], library[each.document].number_at(each.start))
        for each in (one, other)
    )
    if first.document.language != second.document.language:
        return None
    return next((words for _, differing in KINDS if (words := differing(first, second))), None)
