"""Whose words are worth showing."""

import pytest

from bot.briefing import wording
from bot.briefing.catalogue import catalogue
from bot.briefing.draft import DraftItem
from bot.briefing.extractive.quotes import quotes
from bot.briefing.lines import Quote
from bot.briefing.numbering import numbered
from bot.briefing.passages import Excerpt, whole
from bot.briefing.verification import Verifier
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
        pytest.param("“We agree,” said Dana Oru.", id="a phrase"),
        pytest.param(f"“{'We will pay. ' * 21}” said Dana Oru.", id="a speech"),
        pytest.param("Dana Oru said “Long Way Home From The Sea” was sung.", id="a title"),
    ],
)
def test_what_is_no_quote_is_not_shown(text: str) -> None:
    assert quotes(whole((numbered("A", text, language="en"),)), "standard") == []


@pytest.mark.parametrize(
    "text",
    [
        "“We will not pay for this bridge.”",
        "Dana Oru smiled. “We will not pay for this,” he said.",
        "Another said: “We will not pay for this at all.”",
    ],
)
def test_words_of_somebody_who_is_not_named_stand_without_a_speaker(text: str) -> None:
    document = numbered("A", text, language="en")
    [quote] = quotes(whole((document,)), "standard")
    assert (quote.speaker, quote.role) == (None, None)
    shown = Verifier((document,)).verdict(DraftItem("quotes", quote))
    assert isinstance(shown, Quote)
    assert shown.text == document.text[slice(*document.quotations[0])]
    told = "".join(words.text for words in wording.quote(shown, catalogue("en")))
    assert told == f"“{shown.text}”"


def test_who_is_named_comes_before_who_is_not() -> None:
    text = "“We will not pay for this bridge,” he said. “I will not pay for it,” said Dana Oru."
    [quote] = quotes(whole((numbered("A", text, language="en"),)), "short")
    assert quote.speaker == "Dana Oru"


@pytest.mark.parametrize(("length", "most"), [("short", 1), ("standard", 4), ("long", 8)])
def test_the_length_decides_how_many(length: str, most: int) -> None:
    found = quotes(whole((article("demo"),)), length)  # type: ignore[arg-type]
    assert 0 < len(found) <= most


def test_nobody_is_quoted_more_than_twice() -> None:
    text = " ".join(f"“Here is sentence number {n} of mine,” said Dana Oru." for n in range(6))
    assert len(quotes(whole((numbered("A", text, language="en"),)), "long")) == 2


def test_only_what_was_read_is_quoted() -> None:
    assert quotes((Excerpt(article("demo"), range(1, 5)),), "long") == []
