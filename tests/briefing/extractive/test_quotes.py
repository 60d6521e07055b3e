"""Whose words are worth showing."""

import pytest

from bot.briefing.extractive.quotes import quotes
from bot.briefing.numbering import numbered
from bot.briefing.passages import Excerpt, whole
from tests.texts import article


def test_a_quote_points_at_its_words_and_at_speaker_and_role() -> None:
    text = "Dana Oru, the transport minister, came. “We will not pay for this,” Oru said."
    [quote] = quotes(whole((numbered("A", text, language="en"),)), "standard")
    assert (quote.quotation, quote.speaker, quote.role) == (
        "A2q1",
        "Dana Oru",
        "the transport minister",
    )
    assert quote.evidence == ["A2", "A1"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We will not pay for this bridge.”", id="nobody says it"),
        pytest.param("“We will not pay for this,” he said.", id="he"),
        pytest.param("Another said: “We will not pay for this at all.”", id="another"),
        pytest.param("“We agree,” said Dana Oru.", id="a phrase"),
        pytest.param(f"“{'We will pay. ' * 21}” said Dana Oru.", id="a speech"),
        pytest.param("Dana Oru said “Long Way Home From The Sea” was sung.", id="a title"),
    ],
)
def test_what_is_no_quote_of_a_named_person_is_not_shown(text: str) -> None:
    assert quotes(whole((numbered("A", text, language="en"),)), "standard") == []


@pytest.mark.parametrize(("length", "most"), [("short", 1), ("standard", 4), ("long", 8)])
def test_the_length_decides_how_many(length: str, most: int) -> None:
    found = quotes(whole((article("demo"),)), length)  # type: ignore[arg-type]
    assert 0 < len(found) <= most


def test_nobody_is_quoted_more_than_twice() -> None:
    text = " ".join(f"“Here is sentence number {n} of mine,” said Dana Oru." for n in range(6))
    assert len(quotes(whole((numbered("A", text, language="en"),)), "long")) == 2


def test_only_what_was_read_is_quoted() -> None:
    assert quotes((Excerpt(article("demo"), range(1, 5)),), "long") == []
