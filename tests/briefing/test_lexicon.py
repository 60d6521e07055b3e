"""The lists of words are patterns that work, one language apart from the other."""

import re
from dataclasses import fields

import pytest

from bot.briefing.lexicon import function_words, lexicon

LANGUAGES = ["en", "fr", "de", "es", "ru", "hy", "xx"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_a_pattern_and_matches_no_empty_text(language: str) -> None:
    words = lexicon(language)
    for field in fields(words):
        pattern = re.compile(rf"\b(?:{getattr(words, field.name)})\b", re.IGNORECASE)
        assert pattern.search("") is None, field.name


def test_an_unknown_language_is_read_as_english_and_one_without_lists_as_nothing() -> None:
    assert lexicon(None) is lexicon("en")
    assert not re.search(lexicon("xx").speech_verbs, "he said")


@pytest.mark.parametrize(
    ("word", "is_role"),
    [("minister", True), ("Ministers", True), ("vice-president", True), ("bridge", False)],
)
def test_roles_are_told_from_other_words(word: str, is_role: bool) -> None:
    assert lexicon("en").is_role(word) is is_role


def test_function_words_carry_no_content() -> None:
    assert {"the", "and", "of"} <= function_words("en")
    assert "bridge" not in function_words("en")
    assert function_words("xx") == frozenset()
