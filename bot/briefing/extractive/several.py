"""What is different about choosing sentences from several sources?

Each has its turn before any has a second one; what two say alike is chosen once; and what stands
side by side as a difference is shown there.
"""

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from bot.briefing.content import content
from bot.briefing.differences import told_disagreements
from bot.briefing.documents import Document
from bot.briefing.passages import Excerpt
from bot.briefing.words import count_words

Place = tuple[Document, int]

_SAME = 0.75
"""The share of content words from which two sentences say the same."""


def sides(excerpts: Sequence[Excerpt]) -> frozenset[Place]:
    """The sentences that stand side by side, where sources differ, those of copies included."""
    return frozenset(place for each in told_disagreements(tuple(excerpts)) for place in each.sides)


def words_of_sides(excerpts: Sequence[Excerpt]) -> Counter[str]:
    """How many words of each source are shown there, by label."""
    shown: Counter[str] = Counter()
    for document, number in (p for d in told_disagreements(tuple(excerpts)) for p in d.apart):
        shown[document.label] += count_words(document.sentence(number))
    return shown


def best_of_each(
    places: Sequence[Place], scores: Sequence[float], left_out: Container[int]
) -> list[int]:
    """The index of the place with the best score in every source, the best source first."""
    ranked = sorted(range(len(places)), key=lambda index: (-scores[index], index))
    first: dict[str, int] = {}
    for index in ranked:
        if index not in left_out:
            first.setdefault(places[index][0].label, index)
    return list(first.values())


def is_said(place: Place, others: Iterable[Place]) -> bool:
    """Whether another source says in one of ``others`` what ``place`` says."""
    own = _content(place)
    return any(
        other[0].label != place[0].label and len(own & there) >= _SAME * len(own | there)
        for other in others
        if (there := _content(other))
    )


def within(places: Iterable[Place]) -> list[int]:
    """For each of ``places``, which of its own source it is, from 0."""
    counted: dict[str, int] = {}
    found = []
    for document, _ in places:
        found.append(counted.setdefault(document.label, 0))
        counted[document.label] += 1
    return found


def _content(place: Place) -> frozenset[str]:
    document, number = place
    return content(document.sentence(number), document.language)
