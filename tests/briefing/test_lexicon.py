"""The word lists of each language are valid patterns, and their phrases are found in a text."""

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.lexicon import Lexicon, function_words, lexicon, parse_phrases, read_word_lists

WORDS = files("bot.briefing") / "words"
LANGUAGES = sorted(each.name.removesuffix(".toml") for each in WORDS.iterdir())


def patterns(words: Lexicon) -> Iterator[str]:
    for value in dict(words).values():
        parts = value.values() if isinstance(value, dict) else [value]
        yield from (each for each in parts if isinstance(each, str))
    yield from (each.line for each in words.strong.values())
    yield from (each.passage for each in words.strong.values())
    yield from (pattern for pattern, _ in words.joined)


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_every_list_is_a_pattern_and_matches_no_empty_text(language: str) -> None:
    words = lexicon(language)

    for each in patterns(words):
        pattern = re.compile(rf"\b(?:{each})\b", re.IGNORECASE)
        assert pattern.search("") is None, each


@pytest.mark.parametrize(
    ("written", "at_fault"),
    [
        pytest.param('speach_verbs = ["said"]', "speach_verbs", id="an-unknown-list"),
        pytest.param('turns = "but"', "turns", id="no-list"),
        pytest.param('[bounds]\nover = ["over"]', "bounds.over", id="an-unknown-list-in-a-section"),
        pytest.param('weekdays = [["segunda"]]', "weekdays", id="not-seven-days"),
        pytest.param("turns = [but]", "line 1", id="no-toml"),
    ],
)
def test_a_fault_is_reported_with_its_file_and_list(
    written: str, at_fault: str, tmp_path: Path
) -> None:
    file = tmp_path / "pt.toml"
    file.write_text(written, encoding="utf-8")

    with pytest.raises(ValueError, match=rf"(?s)pt\.toml.*{at_fault}"):
        read_word_lists(file)


def test_an_unknown_language_is_read_as_english_and_one_without_lists_as_nothing() -> None:
    assert lexicon(None) is lexicon("en")
    assert not re.search(lexicon("xx").speech_verbs, "he said")


@pytest.mark.parametrize(
    ("word", "is_role"),
    [("minister", True), ("Ministers", True), ("vice-president", True), ("bridge", False)],
)
def test_roles_are_recognised(word: str, is_role: bool) -> None:
    assert lexicon("en").is_role(word) is is_role


def test_function_words_carry_no_content() -> None:
    assert {"the", "and", "of"} <= function_words("en")
    assert "bridge" not in function_words("en")
    assert function_words("xx") == frozenset()


PHRASES = ("not", "no one", "no", "plans to", "!not only")


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

    assert [" ".join(words[slice(*each)]) for each in parse_phrases(PHRASES).find(words)] == found


@given(words=st.lists(st.sampled_from(["not", "no", "one", "plans", "to", "only"])))
def test_found_phrases_are_listed_and_do_not_overlap(words: list[str]) -> None:
    found = list(parse_phrases(PHRASES).find(words))

    assert all(tuple(words[slice(*each)]) in parse_phrases(PHRASES).listed for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
