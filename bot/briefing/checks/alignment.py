"""Which words of a line are which words of a passage, in order?

The longest common part of both, words that carry something before those that carry nothing. What
lies between is a gap: words of the line in the place of words of the passage.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.briefing.checks.rows import Row, Word

_HEAVY, _NAME, _LIGHT = 4, 3, 1
"""What a word in common counts for. Names and numbers change places more often than verbs."""


class Edit(NamedTuple):
    """``ours``, as the line has it, in the place of ``theirs``; either may be empty."""

    ours: str
    theirs: str

    @classmethod
    def of(cls, ours: Sequence[Word], theirs: Sequence[Word]) -> "Edit":
        """The words of both, as written."""
        return cls(*(" ".join(word.text for word in words) for words in (ours, theirs)))


class Gap(NamedTuple):
    """Words ``start`` to ``end`` of a line, which stand where a passage has ``there_start`` to
    ``there_end``; either may be none."""

    start: int
    end: int
    there_start: int
    there_end: int


@dataclass(frozen=True)
class Alignment:
    """A line and a passage, and the ``pairs`` of places that have the same word."""

    line: Row
    passage: Row
    pairs: tuple[tuple[int, int], ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What lies between the pairs, in order."""
        return tuple(self._gaps())

    @cached_property
    def free(self) -> frozenset[str]:
        """The words of the passage that the line does not have in their place."""
        paired = {there for _, there in self.pairs}
        spelt = self.passage.spelt
        return frozenset(word for place, word in enumerate(spelt) if place not in paired)

    @cached_property
    def solid(self) -> int:
        """How many of the pairs stand beside another."""
        return len(self.in_rows(2))

    def in_rows(self, length: int) -> frozenset[int]:
        """The places of the line that stand in a row of ``length`` pairs or more."""
        found: set[int] = set()
        start = 0
        for step, (place, there) in enumerate(self.pairs):
            if step == 0 or self.pairs[step - 1] != (place - 1, there - 1):
                start = step
            if step - start >= length - 1:
                found.update(range(place - (step - start), place + 1))
        return frozenset(found)

    def ours(self, gap: Gap) -> tuple[Word, ...]:
        """The words of the line in ``gap``."""
        return self.line.words[gap.start : gap.end]

    def theirs(self, gap: Gap) -> tuple[Word, ...]:
        """The words of the passage in ``gap``."""
        return self.passage.words[gap.there_start : gap.there_end]

    def _gaps(self) -> Iterator[Gap]:
        before, there_before = -1, -1
        for place, there in (*self.pairs, (len(self.line.words), len(self.passage.words))):
            if place > before + 1 or there > there_before + 1:
                yield Gap(before + 1, place, there_before + 1, there)
            before, there_before = place, there


def aligned(line: Row, passage: Row) -> Alignment:
    """``line`` laid beside ``passage``."""
    ours, theirs = line.spelt, passage.spelt
    most = min(len(ours), len(theirs))
    first = next((n for n in range(most) if ours[n] != theirs[n]), most)
    last = next((n for n in range(most - first) if ours[-1 - n] != theirs[-1 - n]), most - first)
    inner = _common(
        ours[first : len(ours) - last],
        theirs[first : len(theirs) - last],
        [_weight(word) for word in line.words[first:]],
    )
    ends = range(1, last + 1)
    return Alignment(
        line,
        passage,
        (
            *((n, n) for n in range(first)),
            *((first + place, first + there) for place, there in inner),
            *((len(ours) - n, len(theirs) - n) for n in reversed(ends)),
        ),
    )


def _weight(word: Word) -> int:
    if word.is_light:
        return _LIGHT
    return _NAME if word.is_name or word.is_number else _HEAVY


def _common(
    ours: Sequence[str], theirs: Sequence[str], weights: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The pairs of places of a heaviest common part, in order (Wagner and Fischer 1974)."""
    places: dict[str, list[int]] = {}
    for there, word in enumerate(theirs):
        places.setdefault(word, []).append(there)
    # What is in common of all that follows, which never grows towards the end of either.
    rest = [[0] * (len(theirs) + 1)]
    for place in range(len(ours) - 1, -1, -1):
        below, here = rest[-1], rest[-1].copy()
        for there in reversed(places.get(ours[place], ())):
            reached, at = below[there + 1] + weights[place], there
            while at >= 0 and here[at] < reached:
                here[at] = reached
                at -= 1
        rest.append(here)
    rest.reverse()
    place = there = 0
    while place < len(ours) and there < len(theirs):
        if rest[place][there] == rest[place + 1][there]:
            place += 1
        elif rest[place][there] == rest[place][there + 1]:
            there += 1
        else:
            yield place, there
            place, there = place + 1, there + 1
