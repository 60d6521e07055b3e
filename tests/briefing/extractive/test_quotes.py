"""Whose words are worth showing."""

import pytest

from bot.briefing import wording
from bot.briefing.catalogue import catalogue
from bot.briefing.documents import Excerpt, whole_excerpts
from bot.briefing.draft import DraftItem, DraftQuote
from bot.briefing.extractive.quotes import choose_quotes
from bot.briefing.lines import Quote
from bot.briefing.numbering import numbered
from bot.briefing.text import count_words
from bot.briefing.verification import Inspector
from tests.texts import article


def _quoted(text: str, most: int = 2) -> list[DraftQuote]:
    return [
        each.draft
        for each in choose_quotes(whole_excerpts((numbered("A", text, language="en"),)), most)
    ]


def test_a_quote_points_at_its_words_and_at_speaker_and_role() -> None:
    text = "Dana Oru, the transport minister, came. “We will not pay for this,” Oru said."
    assert _quoted(text)[0].role is None  # "came" may be the second half of an office
    [quote] = _quoted(text.replace("came", "has come"))
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
        pytest.param(f"“{'We will pay and pay ' * 9}for it,” said Dana Oru.", id="a speech"),
        pytest.param("Dana Oru said “Long Way Home From The Sea” was sung.", id="a title"),
        pytest.param("Dana Oru said that they had “not paid for it in two years”.", id="a piece"),
        pytest.param("“We will not pay for this bridge.”", id="nobody"),
        pytest.param("Dana Oru smiled. “We will not pay for this,” he said.", id="a pronoun"),
        pytest.param("Another said: “We will not pay for this at all.”", id="without a name"),
    ],
)
def test_only_full_quotations_of_a_named_person_are_shown(text: str) -> None:
    assert _quoted(text) == []


def test_a_long_quotation_is_clipped() -> None:
    text = (
        f"“We will not pay for it. {'We have paid for it too often already. ' * 6}” said Dana Oru."
    )
    document = numbered("A", text, language="en")
    [quoted] = choose_quotes(whole_excerpts((document,)), 2)
    shown = Inspector((document,)).verdict(DraftItem("quotes", quoted.draft))
    assert isinstance(shown, Quote)
    assert shown.text.endswith("already.")
    assert count_words(shown.text) <= 35
    told = "".join(words.text for words in wording.quote(shown, catalogue("en")))
    assert count_words(told) <= quoted.words


def test_no_more_quotes_are_chosen_than_asked_for() -> None:
    excerpts = whole_excerpts((article("demo"),))
    assert [len(choose_quotes(excerpts, most)) for most in (0, 1, 2)] == [0, 1, 2]


def test_others_are_quoted_before_somebody_is_quoted_twice() -> None:
    text = " ".join(f"“We have bridge number {n} of mine,” said Dana Oru." for n in range(6))
    text += " “It rains on the just and the unjust,” said Ilva Terren."
    assert {quote.speaker for quote in _quoted(text)} == {"Dana Oru", "Ilva Terren"}


def test_only_what_was_read_is_quoted() -> None:
    assert choose_quotes((Excerpt(article("demo"), range(1, 5)),), 9) == []
