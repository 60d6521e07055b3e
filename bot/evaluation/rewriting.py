"""Claims made from the tables alone: one word swapped for another of its ring, one phrase for
another."""

import re
from collections.abc import Iterator
from functools import cache

from bot.evaluation.choosing import choice
from bot.evaluation.sentences import Change, Maker, Sentence, replaced

# What would make the word a part of a longer one, or its number of a longer number.
_NOT_BEHIND = r"(?<![\w’'.,:-])"
_NOT_BEFORE = r"(?![\w’':-]|[.,]\d|\s?%|\s\d{3}(?!\d))"


def swapped(kind: str) -> Maker:
    """What puts another word of the ``kind``'s ring in a word's place."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for ring in _rings(sentence.words.rings.get(kind, "")):
            for match in _any_of(ring).finditer(sentence.text):
                others = [word for word in ring if word != match[0]]
                if len(ring) > 2:
                    others = [word for word in others if word not in sentence.text]
                if others:
                    key = (sentence.article.name, sentence.number, match.start())
                    yield replaced(sentence, match, choice(others, *key))

    return make


def rewritten(kind: str) -> Maker:
    """What writes a phrase as the ``kind``'s table has it."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for pattern, written in sentence.words.rewrites.get(kind, ()):
            for match in re.finditer(pattern, sentence.text):
                yield replaced(sentence, match, match.expand(written))

    return make


@cache
def _rings(written: str) -> tuple[tuple[str, ...], ...]:
    rings = (ring.split() for ring in written.split(";"))
    return tuple(tuple(word.replace("_", " ") for word in ring) for ring in rings if ring)


@cache
def _any_of(ring: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(ring, key=len, reverse=True)))
    return re.compile(f"{_NOT_BEHIND}(?:{words}){_NOT_BEFORE}")
