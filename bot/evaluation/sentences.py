"""What a claim is made from, and what it becomes."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.briefing.draft import Voice
from bot.briefing.words import count_words
from bot.evaluation.articles import Article
from bot.evaluation.words import LANGUAGES, Words

# Between two names or figures: then they stand side by side, and either order says the same.
_BESIDE = re.compile(r"[\s,–-]*(?:(?:and|to|or|и|до|et|à|և|و|from|the)\s*)?")
_QUOTED = re.compile(r"[“«]\s?([^“”«»]+?)\s?[”»]")


@dataclass(frozen=True)
class Sentence:
    """Sentence ``number`` of an article, counted from 1."""

    article: Article
    number: int

    @property
    def text(self) -> str:
        """Its words as written."""
        return self.article.document.sentence(self.number)

    @property
    def words(self) -> Words:
        """The table of its language."""
        return LANGUAGES[self.article.language]

    @property
    def quotations(self) -> list[re.Match[str]]:
        """What stands in it between quotation marks, long enough to be no title."""
        return [each for each in _QUOTED.finditer(self.text) if count_words(each[1]) > 3]


@dataclass(frozen=True)
class Change:
    """Words made of a sentence, and ``what`` was done to them.

    ``also`` is another sentence that the claim points at. ``voice`` and ``speaker`` are what its
    writer says of it.
    """

    text: str
    what: str
    also: int | None = None
    voice: Voice | None = None
    speaker: str | None = None


Maker = Callable[[Sentence], Iterable[Change]]


def replaced(sentence: Sentence, match: re.Match[str], new: str, group: int = 0) -> Change:
    """``sentence`` with ``new`` where ``match`` is, or one ``group`` of it."""
    text = sentence.text
    start, end = match.span(group)
    changed = text[:start] + new + text[end:]
    return Change(changed[:1].upper() + changed[1:], f"{match[group]} → {new}")


def exchanged(sentence: Sentence, matches: Sequence[re.Match[str]]) -> Iterator[Change]:
    """``sentence`` with a match in the place of the next, and the next in its place."""
    text = sentence.text
    for one, other in pairwise(sorted(matches, key=lambda match: match.start())):
        between = text[one.end() : other.start()]
        if one[0] != other[0] and not _BESIDE.fullmatch(between):
            changed = text[: one.start()] + other[0] + between + one[0] + text[other.end() :]
            yield Change(changed, f"{one[0]} ↔ {other[0]}")
