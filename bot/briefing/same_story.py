"""Are two articles about one story, and by which words is an earlier one found?

By what both speak of again and again: names above all, then the words that carry something. Two
stories about the same people share the names and little else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

from bot.briefing.changes import EarlierBriefing
from bot.briefing.checks.names import NOUNS_WITH_CAPITALS, capitals, has_small
from bot.briefing.documents import Document
from bot.briefing.lines import Briefing
from bot.briefing.terms import terms
from bot.briefing.text import folded

_READ = 8_000
"""The characters of an article that say what it is about."""
_BEGINNING = 5
"""In letters: endings are those of grammar."""
_NAME, _TITLE = 2.0, 2
_MOST_LOOKED_FOR = 12
_SHORTEST = 3
_ALIKE = 0.4
_DIGITS = re.compile(r"\d+")


def looked_for(documents: Iterable[Document]) -> tuple[str, ...]:
    """How the words begin, folded, of which another briefing of the story has some: the names and
    what is said most often, the weightiest first."""
    found: Counter[str] = Counter()
    for document in documents:
        weights = _weights(document)
        found.update({word: _NAME * weight for word, weight in weights.names.items()})
        found.update(weights.others)
    return tuple(word for word, _ in found.most_common(_MOST_LOOKED_FOR))


def same_story(documents: Sequence[Document], earlier: Briefing) -> bool:
    """Whether one of ``documents`` and one that was briefed ``earlier`` are about one story."""
    return any(likeness(one, other) >= _ALIKE for one in documents for other in earlier.documents)


def of_one_story(
    documents: Sequence[Document], told: Iterable[EarlierBriefing], thread: str
) -> tuple[EarlierBriefing, ...]:
    """Those of the briefings ``told`` before that are about the story of ``documents``. One of the
    same ``thread`` and of the same source is another version of the same."""
    texts = {each.text for each in documents}
    return tuple(
        (reply, briefing)
        for reply, briefing in told
        if reply.thread != thread or texts.isdisjoint(each.text for each in briefing.documents)
        if same_story(documents, briefing)
    )


def likeness(one: Document, other: Document) -> float:
    """How much two articles speak of the same, from 0 to 1: both of the same people and places and
    in the same words. Where names can't be told by their capitals, all words count together."""
    ours, theirs = _weights(one), _weights(other)
    if not (ours.names and theirs.names):
        return _shared({**ours.names, **ours.others}, {**theirs.names, **theirs.others})
    return sqrt(_shared(ours.names, theirs.names) * _shared(ours.others, theirs.others))


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = sum(one[word] * other[word] for word in one.keys() & other.keys())
    return product / ((_length(one) * _length(other)) or 1.0)


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


class _Weights(NamedTuple):
    """The beginnings of the words of an article that carry something, folded, and how much they
    weigh: names apart from the others."""

    names: Mapping[str, float]
    others: Mapping[str, float]


@lru_cache(maxsize=64)
def _weights(document: Document) -> _Weights:
    text = document.text[:_READ]
    title = f"{document.title or ''}\n" * _TITLE
    counted = Counter(filter(None, map(_key, terms(title + text, document.language))))
    runs = () if document.language in NOUNS_WITH_CAPITALS else capitals(text).runs
    names = {
        _key(word.key)
        for run in runs
        for word in run
        if not (word.is_opening and has_small(text, word.key))
    }
    weights = {key: 1 + log(count) for key, count in counted.items()}
    return _Weights(
        {key: weight for key, weight in weights.items() if key in names},
        {key: weight for key, weight in weights.items() if key not in names},
    )


def _key(word: str) -> str:
    plain = "".join(folded(word))
    return "" if len(plain) < _SHORTEST or _DIGITS.fullmatch(plain) else plain[:_BEGINNING]
