"""What of a sentence may stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.clipping import clip_of, clipped, clipped_quotation, clips
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.lines import Line
from bot.briefing.numbering import numbered
from bot.briefing.speech import told
from bot.briefing.verification import Verifier


def _told(text: str, language: str = "en") -> list[str]:
    document = numbered("A", text, language=language)
    return [document.text[slice(*span)] for span in clips(document, 1)]


_ONE = "The council of Sarn has closed the old swimming pool"


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(", which was built in 1974.", id="which"),
        pytest.param(", where two people drowned in May.", id="where"),
        pytest.param(", a former brewery.", id="what it is"),
        pytest.param(", and it has sold the meadow beside it.", id="another clause"),
        pytest.param("; the library was closed in March.", id="a semicolon"),
        pytest.param(" — the third since Easter.", id="a dash"),
        pytest.param(", leaving the children of four villages at home.", id="what came of it"),
        pytest.param(", up from two in 2020.", id="a comparison"),
    ],
)
def test_an_end_that_only_tells_more_may_go(rest: str) -> None:
    assert _told(_ONE + rest) == [_ONE + rest, _ONE]


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(", which parliament must still approve.", id="a condition in disguise"),
        pytest.param(", and it will reopen if the county pays.", id="a condition"),
        pytest.param(", which nobody has confirmed.", id="a negation"),
        pytest.param(", which the mayor denies.", id="a denial"),
        pytest.param(", a spokesman said.", id="who says it"),
        pytest.param(", which is open on Sundays, according to its website.", id="according to"),
        pytest.param(", while the county reportedly paid for it.", id="hearsay"),
        pytest.param(", but it has paid the swimmers.", id="but"),
        pytest.param(", the library and a school.", id="a list"),
        pytest.param(", which was “a ruin”.", id="a quotation"),
        pytest.param(", which it owned, and a school.", id="an aside"),
        pytest.param(" after a fire.", id="no clause"),
        pytest.param(" (which is old; the other is new).", id="inside brackets"),
        pytest.param(" - built in 1974 - for good.", id="between two dashes"),
    ],
)
def test_an_end_that_may_change_what_is_said_stays(rest: str) -> None:
    assert _told(_ONE + rest) == [_ONE + rest]


def test_what_opened_before_its_subject_is_no_sentence() -> None:
    text = "Long considered one of the great slights in the town, the pool was closed."
    assert _told(text) == [text]


def test_a_dash_that_stands_for_a_verb_stays() -> None:
    text = "Главная причина пожара на складе в порту старого города — неисправная проводка."
    assert _told(text, "ru") == [text]


def test_a_dateline_is_no_part_of_what_is_told() -> None:
    assert _told("SARN, 14 May (Reuters) - The council has closed the pool.") == [
        "The council has closed the pool."
    ]


def test_the_most_that_has_room_is_taken() -> None:
    document = numbered("A", f"{_ONE}, which was built in 1974.", language="en")
    assert clipped(document, 1, 20) == document.sentences[0]
    shorter = clipped(document, 1, 12)
    assert shorter is not None
    assert document.text[slice(*shorter)] == _ONE
    assert clipped(document, 1, 5) is None


def test_a_line_of_such_words_is_a_quotation_of_exactly_these() -> None:
    document = numbered("A", f"It rained. {_ONE}, which was built in 1974.", language="en")
    span = clip_of(document, 2, _ONE)
    line = Verifier((document,)).verdict(
        DraftItem("key_points", DraftLine(**told(document, 2, span)))
    )
    assert isinstance(line, Line)
    assert line.is_source_wording
    [passage] = line.evidence
    assert (passage.text, passage.reference) == (_ONE, "A2")
    assert document.text[passage.start : passage.end] == _ONE


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


@given(st.text('aB1 .,;—–-“”"()which itand', max_size=200), st.sampled_from(["en", "ru", "zh"]))
def test_what_is_told_is_the_beginning_of_its_sentence(text: str, language: str) -> None:
    document = numbered("A", text, language=language)
    for number, span in enumerate(document.sentences, 1):
        whole, *others = clips(document, number)
        assert span.holds(whole)
        assert all(whole.holds(each) and each.start == whole.start for each in others)
        assert all(each.end > each.start for each in others)
