"""What a list of words for questions holds.

Closed lists, short enough to read. Words of one class answer for each other, in any form; "_"
stands inside what is said with two words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal[
    "saying", "money", "age", "measure", "count", "number", "time", "place", "speaker", "person",
    "reason", "fact", "truth",
]  # fmt: skip
"""What is asked for."""


@dataclass(frozen=True)
class Asking:
    """How questions are put in one language: alternatives of regular expressions, lower case,
    and lists with white space between the words."""

    kinds: Mapping[Kind, str] = field(default_factory=dict)
    """The words that ask for each kind, the first that fits first."""
    small: str = ""
    """Words without content of their own."""
    vague: str = ""
    """Words that say little: a sentence need not have them."""
    alike: str = ""
    """Classes with ";" between them."""
    irregular: str = ""
    """Forms that have no ending in common, ";" between the words."""
    follows_up: str = r"(?!)"
    """How a question opens that only follows up."""
    saying: str = r"(?!)"
    """The verbs of "what did … say"."""
    pronouns: str = r"(?!)"
    """What stands for somebody or something named before."""

    def __hash__(self) -> int:
        """That of its short words: there is one list for each language."""
        return hash(self.small)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """`small` as a set."""
        return frozenset(self.small.split())

    @cached_property
    def vague_words(self) -> frozenset[str]:
        """`vague` as a set."""
        return frozenset(self.vague.split())

    @cached_property
    def openings(self) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
        """`kinds` as patterns."""
        return tuple(
            (kind, re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE))
            for kind, words in self.kinds.items()
        )
