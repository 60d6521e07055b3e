"""How much of a sentence or a quotation is shown."""

import pytest

from bot.briefing.clipping import clipped_quotation, fitting_sentence, without_dateline
from bot.briefing.numbering import numbered


def test_a_dateline_is_not_part_of_the_shown_sentence() -> None:
    text = "SARN, 14 May (Reuters) - The council has closed the pool."
    document = numbered("A", text, language="en")

    assert document.text[slice(*without_dateline(document, 1))] == text[text.index("The") :]
    assert fitting_sentence(document, 1, 6) == without_dateline(document, 1)
    assert fitting_sentence(document, 1, 5) is None


_LONG = "“We will go home now. {} We have seen it all before, and more than once.” said Dana Oru."


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        ("It is late.", "We will go home now. It is late."),
        ("But we may stay.", "We will go home now. But we may stay."),
    ],
)
def test_a_quotation_is_clipped_where_a_sentence_of_it_ends(second: str, shown: str) -> None:
    document = numbered("A", _LONG.format(second), language="en")
    span = clipped_quotation(document, document.quotations[0], 12)
    assert span is not None
    assert document.text[slice(*span)] == shown


@pytest.mark.parametrize("second", ["But we may all stay.", "Unless it rains again.", "If we may."])
def test_a_quotation_is_not_cut_before_it_takes_something_back(second: str) -> None:
    document = numbered("A", _LONG.format(second), language="en")
    assert clipped_quotation(document, document.quotations[0], 6) is None


def test_a_long_first_sentence_is_not_cut() -> None:
    document = numbered("A", _LONG.format("It is late."), language="en")
    assert clipped_quotation(document, document.quotations[0], 4) is None
