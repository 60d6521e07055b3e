"""A newline ends a paragraph, unless the lines were wrapped."""

import pytest

from bot.briefing.paragraphs import paragraphs, trimmed
from tests.texts import text_of

_WIDE = "word " * 30


def _cut(text: str) -> list[str]:
    return [text[slice(*span)] for span in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\t\n ", [], id="white space alone"),
        pytest.param("One", ["One"], id="a word"),
        pytest.param("Headline\nText.", ["Headline", "Text."], id="a headline"),
        pytest.param("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."], id="all newlines"),
        pytest.param("One.\n\n\nTwo.", ["One.", "Two."], id="blank lines"),
        pytest.param("  One. \n  Two.", ["One.", "Two."], id="white space around"),
        pytest.param("One.\u2028Two.\u2029Three.", ["One.", "Two.", "Three."], id="separators"),
        pytest.param(
            f"{_WIDE}\n{_WIDE}\n{_WIDE}\n{_WIDE}",
            [_WIDE.strip()] * 4,
            id="paragraphs of one length are no columns",
        ),
    ],
)
def test_a_newline_ends_a_paragraph(text: str, parts: list[str]) -> None:
    assert _cut(text) == parts


def test_a_wrapped_mail_keeps_its_paragraphs_whole() -> None:
    parts = _cut(text_of("mail"))
    assert [part.split()[0] for part in parts] == ["Dear", "the", "The", "The", "Yours,", "Hanne"]
    assert "\n" in parts[1]


@pytest.mark.parametrize("name", ["demo", "british", "russian", "french", "armenian", "arabic"])
def test_a_headline_is_a_paragraph_of_its_own(name: str) -> None:
    text = text_of(name)
    assert _cut(text)[0] == text.split("\n", 1)[0]


def test_trimming_leaves_nothing_of_white_space() -> None:
    assert trimmed("  a ", 0, 4) == (2, 3)
    assert trimmed("   ", 0, 3) is None
