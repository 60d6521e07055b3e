"""What a table of one language holds.

These tables are written apart from the lists that the checks use, on purpose: what a check has
listed it always finds, and measuring it with its own list would show nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Rewrites = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Words:
    """Words and patterns of one language. A space inside an entry is written "_"."""

    rings: Mapping[str, str]
    """By kind of claim: words that may stand in each other's place, ";" between the rings."""
    rewrites: Mapping[str, Rewrites]
    """By kind of claim: what matches, and what is written instead, as in `re.Match.expand`."""
    name: str
    """Matches a name, or one word of it, inside a sentence."""
    outsiders: tuple[str, ...]
    """Names that no article has."""
    frame: str
    """A sentence that puts the words at {} into the mouth of somebody."""
    guarded: str
    """Words that an honest cut never leaves out: they deny, hedge or set a condition."""
    about: str
    """What is written before a rounded number."""
    exact: str
    """Words after which no number is rounded."""
