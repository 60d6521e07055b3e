"""Phrases of a list are found in a text, the longest first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.lexicon import parse_phrases

LIST = ("not", "no one", "no", "plans to", "!not only")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("they did not go", ["not"], id="one-word"),
        pytest.param("no one plans to go", ["no one", "plans to"], id="two-words"),
        pytest.param("not only they", [], id="only-looks-like-one"),
        pytest.param("plans", [], id="half"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_phrases_are_found(text: str, found: list[str]) -> None:
    words = text.split()

    assert [" ".join(words[slice(*each)]) for each in parse_phrases(LIST).find(words)] == found


@given(words=st.lists(st.sampled_from(["not", "no", "one", "plans", "to", "only"])))
def test_what_is_found_is_listed_and_apart(words: list[str]) -> None:
    found = list(parse_phrases(LIST).find(words))

    assert all(tuple(words[slice(*each)]) in parse_phrases(LIST).listed for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
