"""Which sentences say most of a text: tf-idf vectors, with a bonus for coming early."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

Vector = Mapping[str, float]

# As measured: what the first sentence gains.
_POSITION = 0.35


def relevance(
    sentences: Sequence[Sequence[str]], places: Sequence[int] | None = None
) -> list[float]:
    """How much each sentence (its terms) says of the whole, position included; about 0 to 1.4.

    ``places`` are the positions, each in its own source and from 0, where there are several.
    """
    numbered = range(len(sentences)) if places is None else places
    vectors = weighted(sentences)
    whole: Counter[str] = Counter()
    for vector in vectors:
        whole.update(vector)
    centre = _unit(whole)
    return [
        cosine(vector, centre) + _POSITION / (1 + place)
        for place, vector in zip(numbered, vectors, strict=True)
    ]


def weighted(sentences: Sequence[Sequence[str]]) -> list[Vector]:
    """The tf-idf vectors of ``sentences``, of length 1; an empty sentence has none."""
    seen_in = Counter(term for sentence in sentences for term in set(sentence))
    rarity = {term: math.log(1 + len(sentences) / n) for term, n in seen_in.items()}
    return [
        _unit({term: n * rarity[term] for term, n in Counter(sentence).items()})
        for sentence in sentences
    ]


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}
