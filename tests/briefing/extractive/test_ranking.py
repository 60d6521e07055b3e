"""What says most comes first, and nothing twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.extractive.selection import cosine, relevance, weighted

_SENTENCES = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), max_size=8)


@given(_SENTENCES)
def test_every_sentence_is_valued_in_range(sentences: list[list[str]]) -> None:
    scores = relevance(sentences)
    assert len(scores) == len(sentences)
    assert all(0 <= score <= 1.4 for score in scores)


@given(_SENTENCES)
def test_vectors_have_length_one_or_none(sentences: list[list[str]]) -> None:
    for sentence, vector in zip(sentences, weighted(sentences), strict=True):
        assert cosine(vector, vector) == pytest.approx(1.0 if sentence else 0.0)


def test_the_first_sentence_gains_by_its_place() -> None:
    first, second = relevance([["rail"], ["rail"]])
    assert first > second
