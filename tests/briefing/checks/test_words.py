"""A line is a sentence."""

from dataclasses import replace

import pytest

from bot.briefing.checks.all import words
from tests.statements import about

PASSAGE = "The ministers agreed to expedite their negotiations and to meet again in Ansel."
SHORT = "It is too short to state anything."


def messages(line: str, language: str = "en") -> list[str]:
    return [reason.message for reason in words(about(line, PASSAGE, language))]


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        pytest.param("Ministers agreed to negotiate faster.", "en", [], id="paraphrase"),
        pytest.param("Farmers stormed the palace.", "en", [], id="other words are for the judge"),
        pytest.param("Ministers met again", "en", [SHORT], id="three words"),
        pytest.param("A1", "en", [SHORT], id="a reference"),
        pytest.param("—", "en", [SHORT], id="no word"),
        pytest.param("日本は合意した。", "ja", [], id="without spaces"),
        pytest.param("合意", "ja", [SHORT], id="two characters"),
    ],
)
def test_a_line_of_fewer_than_four_words_is_none(
    line: str, language: str, expected: list[str]
) -> None:
    assert messages(line, language) == expected


def test_a_detail_is_no_sentence() -> None:
    assert words(replace(about("mayor of Brook", PASSAGE), is_detail=True)) == []
