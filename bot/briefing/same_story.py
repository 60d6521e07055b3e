"""Whether two articles are about the same story, and the words to search earlier ones by.

What counts is what both mention again and again: names above all, then content words. Different
stories about the same people share the names and little else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from bot.briefing.changes import EarlierBriefing
from bot.briefing.checks.names import NOUNS_WITH_CAPITALS, capitalised_words, has_lower_case
from bot.briefing.documents import Document
from bot.briefing.terms import terms
from bot.briefing.text import folded_words

_READ = 8_000
"""How many characters of an article are compared: enough to say what it is about."""
_BEGINNING = 5
"""How many letters of a word are compared: the rest may be an inflection."""
_NAME, _TITLE = 2.0, 2
_MOST_SEARCH_WORDS = 12
_SHORTEST = 3
_MOST_KEPT = 150
"""Names, and as many other words: more from a long article would add nothing."""
_ALIKE = 0.35
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class StoryProfile:
    """What the articles on a story mention: the first letters of ``names`` and of ``others`` (other
    content words), folded, with their weights."""

    names: Mapping[str, float]
    others: Mapping[str, float]

    def __or__(self, other: "StoryProfile") -> "StoryProfile":
        return StoryProfile(
            _heaviest(Counter(self.names) + Counter(other.names)),
            _heaviest(Counter(self.others) + Counter(other.others)),
        )

    def is_same_story(self, other: "StoryProfile") -> bool:
        """Whether both are about the same story."""
        return self.similarity(other) >= _ALIKE

    def similarity(self, other: "StoryProfile") -> float:
        """How similar both are, from 0 to 1: the same people and places, and the same words. If one
        has no names, which only capitals tell, all words count together."""
        if not (self.names and other.names):
            return _cosine({**self.names, **self.others}, {**other.names, **other.others})
        return sqrt(_cosine(self.names, other.names) * _cosine(self.others, other.others))


def search_words(documents: Iterable[Document]) -> tuple[str, ...]:
    """The first letters, folded, of words by which to search for briefings on the same story: names
    and frequent words, those with the most weight first."""
    found: Counter[str] = Counter()
    for document in documents:
        profile = profile_of(document)
        found.update({word: _NAME * weight for word, weight in profile.names.items()})
        found.update(profile.others)
    return tuple(word for word, _ in found.most_common(_MOST_SEARCH_WORDS))


def same_story(
    documents: Sequence[Document], briefings: Iterable[EarlierBriefing], thread: str
) -> tuple[EarlierBriefing, ...]:
    """The ``briefings`` that are about the same story as ``documents``. One in the same ``thread``
    from the same source is left out: it is another version of this one."""
    texts = {each.text for each in documents}
    return tuple(
        (reply, briefing)
        for reply, briefing in briefings
        if reply.thread != thread or texts.isdisjoint(each.text for each in briefing.documents)
        if any(
            profile_of(one).is_same_story(profile_of(other))
            for one in documents
            for other in briefing.documents
        )
    )


@lru_cache(maxsize=64)
def profile_of(document: Document) -> StoryProfile:
    """The profile of an article's story."""
    text = document.text[:_READ]
    title = f"{document.title or ''}\n" * _TITLE
    counted = Counter(filter(None, map(_key, terms(title + text, document.language))))
    runs = () if document.language in NOUNS_WITH_CAPITALS else capitalised_words(text).runs
    names = {
        _key(word.key)
        for run in runs
        for word in run
        if not (word.is_opening and has_lower_case(text, word.key))
    }
    weights = {key: 1 + log(count) for key, count in counted.items()}
    return StoryProfile(
        _heaviest({key: weight for key, weight in weights.items() if key in names}),
        _heaviest({key: weight for key, weight in weights.items() if key not in names}),
    )


def _heaviest(weights: Mapping[str, float]) -> Mapping[str, float]:
    return dict(Counter(weights).most_common(_MOST_KEPT))


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = sum(one[word] * other[word] for word in one.keys() & other.keys())
    return product / ((_length(one) * _length(other)) or 1.0)


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _key(word: str) -> str:
    plain = "".join(folded_words(word))
    return "" if len(plain) < _SHORTEST or _DIGITS.fullmatch(plain) else plain[:_BEGINNING]
