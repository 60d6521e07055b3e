"""What a list of words for questions holds.

Closed lists, short enough to read. Words of one class answer for each other, in any form; "_"
stands inside what is said with two words.
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Asking:
    """How questions are put in one language: alternatives of regular expressions, lower case,
    and lists with white space between the words."""

    small: str = ""
    """Words without content of their own."""
    alike: str = ""
    """Classes with ";" between them."""
    irregular: str = ""
    """Forms that have no ending in common, ";" between the words."""
    follows_up: str = r"(?!)"
    """How a question opens that only follows up."""
    pronouns: str = r"(?!)"
    """What stands for somebody or something named before."""

    def __hash__(self) -> int:
        """That of its short words: there is one list for each language."""
        return hash(self.small)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """`small` as a set."""
        return frozenset(self.small.split())
