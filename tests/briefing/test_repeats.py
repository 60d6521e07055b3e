"""Each fact stands once; what has a figure, a name or a "not" of its own is another fact."""

from dataclasses import replace

import pytest

from bot.briefing.composition import Composition, repeats
from bot.briefing.documents import Document, whole
from bot.briefing.draft import DraftCommitment, DraftEvent, DraftItem, DraftLine, Section, Status
from bot.briefing.lines import Difference, Event, Line, Receipt
from bot.briefing.requests import Wishes
from tests.drafts import ARTICLE, line, take
from tests.statements import document

FERRY = (
    "Velm and Osta agreed on Tuesday to restart the harbour ferry by 1 April for 148,000 crowns.",
    "The ferry carried 400 passengers a day.",
)


def _line(text: str, source: Document, *numbers: int) -> Line:
    return Line(text, "event", None, tuple(source.passage(number) for number in numbers or (1,)))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Velm and Osta agreed to restart the ferry.", "Velm and Osta will restart the ferry."),
        (
            "Velm and Osta agreed on Tuesday to restart the ferry by 1 April.",
            "The ferry restarts by 1 April.",
        ),
        ("The restart costs 148,000 crowns.", "It costs 148,000 crowns."),
    ],
    ids=["reworded", "a part of it", "with its figure"],
)
def test_what_is_said_already_is_a_repeat(earlier: str, later: str) -> None:
    source = document(*FERRY)
    assert repeats(_line(later, source), _line(earlier, source), "en")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "The restart of the ferry costs 148,000 crowns.",
            "The ferry restart costs 149,000 crowns.",
        ),
        (
            "The harbour ferry restarts by April at a cost.",
            "The harbour ferry restarts by 1 April at a cost.",
        ),
        (
            "The ports agreed on Tuesday to restart the harbour ferry.",
            "The ports agreed on Tuesday to restart the harbour ferry of Osta.",
        ),
        (
            "Velm agreed to restart the harbour ferry on Tuesday.",
            "Osta agreed to restart the harbour ferry on Tuesday.",
        ),
        ("Velm asked for a share of the cost.", "Velm did not ask for a share of the cost."),
    ],
    ids=["a figure", "a day", "a name", "a name that opens it", "a not"],
)
def test_what_is_new_is_no_repeat(earlier: str, later: str) -> None:
    source = document(*FERRY)
    assert not repeats(_line(later, source), _line(earlier, source), "en")


def test_lines_on_other_sentences_do_not_repeat_each_other() -> None:
    source = document(*FERRY)
    same = "The ferry carried passengers."
    assert not repeats(_line(same, source, 2), _line(same, source, 1), "en")


def test_where_words_have_no_spaces_another_fact_of_a_sentence_is_told() -> None:
    source = document("两国部长周二同意重新开放北部铁路，工程师将检查桥梁。", language="zh")
    agreed = _line("两国部长周二同意重新开放北部铁路", source)
    assert not repeats(_line("两国部长周二表示工程师将检查桥梁", source), agreed, "zh")
    assert repeats(_line("两国部长同意重新开放北部铁路", source), agreed, "zh")


def test_a_side_of_a_difference_is_told_by_it() -> None:
    source = document(*FERRY)
    told = _line("The ferry carried 400 passengers a day.", source, 2)
    other = replace(told, text="The ferry carried 300.")
    assert repeats(told, Difference("passengers", (told, other)), "en")


def test_a_time_of_its_own_is_another_fact() -> None:
    source = document("The ferry stopped in May and again in June.")
    earlier = _line("The ferry stopped in May.", source)
    event = Event("The ferry stopped.", "event", None, earlier.evidence, "in June")
    assert repeats(replace(event, when="in May"), earlier, "en")
    assert not repeats(event, earlier, "en")


def _taken(*items: DraftItem) -> list[str]:
    """The texts of those that are shown, in order."""
    composition = Composition(whole((ARTICLE,)), Wishes(length="long"))
    for item in items:
        take(composition, item)
    briefing = composition.briefing(Receipt("openai", "1", "m"), (), ())
    return [each.text for each in briefing.lines()]


def _commitment(text: str, status: Status = "planned") -> DraftCommitment:
    return DraftCommitment(
        **line("A5", text).model_dump(),
        actor="Engineers",
        action="inspect the pipes",
        deadline=None,
        condition=None,
        status=status,
    )


@pytest.mark.parametrize(
    ("section", "again"),
    [
        ("key_points", line("A5", "Engineers will inspect the pipes.")),
        ("commitments", _commitment("Engineers will inspect the pipes.")),
        (
            "timeline",
            DraftEvent(
                **line("A5", "Engineers will inspect the pipes.").model_dump(), when="in spring"
            ),
        ),
    ],
)
def test_no_section_says_what_the_bottom_line_said(section: Section, again: DraftLine) -> None:
    first = line("A5", "Engineers will inspect the pipes in spring.")
    shown = _taken(DraftItem("bottom_line", first), DraftItem(section, again))
    assert shown == [first.text]


def test_the_bottom_line_is_not_the_headline() -> None:
    said = line("A5", "Engineers will inspect the pipes in spring.")
    assert _taken(DraftItem("headline", said), DraftItem("bottom_line", said)) == [said.text]


def test_another_fact_of_the_same_sentence_is_shown() -> None:
    first = line("A8", "The well belongs to a family.")
    other = line("A8", "The family has farmed 40 hectares.")
    shown = _taken(DraftItem("key_points", first), DraftItem("key_points", other))
    assert shown == [first.text, other.text]
