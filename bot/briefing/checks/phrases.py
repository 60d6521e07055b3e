"""Where are the phrases of a list in a text?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple


class Found(NamedTuple):
    """Words ``start`` (included) to ``end`` (excluded) of a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Phrases:
    """Phrases of one word or more; those in ``other`` only look like one of the list."""

    listed: frozenset[tuple[str, ...]]
    other: frozenset[tuple[str, ...]] = frozenset()

    def within(self, words: Sequence[str]) -> Iterator[Found]:
        """Where phrases of the list stand in ``words``, the longest at each place, in order."""
        if self._lengths.keys().isdisjoint(words):
            return
        end = 0
        for place in [at for at, word in enumerate(words) if word in self._lengths]:
            length = self._length_at(words, place) if place >= end else 0
            if length and tuple(words[place : place + length]) in self.listed:
                yield Found(place, place + length)
            end = max(end, place + length)

    def _length_at(self, words: Sequence[str], place: int) -> int:
        """How many words the longest phrase at ``place`` has, of the list or not; 0 for none."""
        for length in self._lengths[words[place]]:
            phrase = tuple(words[place : place + length])
            if phrase in self.listed or phrase in self.other:
                return length
        return 0

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        lengths: dict[str, set[int]] = {}
        for phrase in self.listed | self.other:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        return {word: sorted(found, reverse=True) for word, found in lengths.items()}


@cache
def phrases(written: str) -> Phrases:
    """The phrases of a list with "·" between them, "!" before those that only look like one."""
    entries = [tuple(entry.split()) for entry in written.split("·") if entry.strip()]
    return Phrases(
        frozenset(entry for entry in entries if entry[0][0] != "!"),
        frozenset((entry[0][1:], *entry[1:]) for entry in entries if entry[0][0] == "!"),
    )
