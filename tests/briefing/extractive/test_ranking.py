"""What says most comes first, and nothing twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.extractive.ranking import cosine, novel_first, relevance, weighted

_SENTENCES = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), max_size=8)


@given(_SENTENCES)
def test_every_sentence_is_ordered_once_and_valued_in_range(sentences: list[list[str]]) -> None:
    scores = relevance(sentences)
    assert sorted(novel_first(sentences, scores)) == list(range(len(sentences)))
    assert all(0 <= score <= 1.4 for score in scores)


@given(_SENTENCES)
def test_vectors_have_length_one_or_none(sentences: list[list[str]]) -> None:
    for sentence, vector in zip(sentences, weighted(sentences), strict=True):
        assert cosine(vector, vector) == pytest.approx(1.0 if sentence else 0.0)


def test_what_repeats_the_first_choice_comes_last() -> None:
    sentences = [["rail", "line", "open"], ["rail", "line", "open"], ["bridge", "cost"]]
    assert list(novel_first(sentences, [1.0, 0.9, 0.8])) == [0, 2, 1]


def test_what_was_chosen_before_counts() -> None:
    sentences = [["rail", "line"], ["rail", "line"], ["bridge", "cost"]]
    assert list(novel_first(sentences, [1.0, 0.9, 0.8], chosen=[0])) == [2, 1]


def test_the_first_sentence_gains_by_its_place() -> None:
    first, second = relevance([["rail"], ["rail"]])
    assert first > second
