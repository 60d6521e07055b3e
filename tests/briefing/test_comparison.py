"""A briefing of several sources: from all of them, each line with what bears it."""

import json

import pytest

from bot.briefing.comparison import compared, compared_answer
from bot.briefing.composition import Composition
from bot.briefing.documents import Document, whole
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Answer, Briefing, Line, Receipt
from bot.briefing.numbering import numbered
from bot.briefing.paper import briefing_json, markdown
from bot.briefing.requests import Wishes
from tests.briefing.groups import NAMES, group, sentence
from tests.drafts import take
from tests.statements import document
from tests.texts import article

_RECEIPT = Receipt("extractive", "0.1.0")


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_used_or_named(name: str) -> None:
    documents = group(name).documents
    briefing = _briefing(*documents)
    used = {passage.document for line in _shown(briefing) for passage in line.evidence}
    assert used == {document.label for document in documents}
    assert not any(
        note.startswith("Nothing in this briefing comes from") for note in briefing.notes
    )


def test_a_source_that_no_line_rests_on_is_named() -> None:
    first = article("flood")
    empty = numbered("B", "Really? Why is that? Who would have thought so?", language="en")
    assert "Nothing in this briefing comes from source B." in _briefing(first, empty).notes


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_chosen_twice(name: str) -> None:
    briefing = _briefing(*group(name).documents)
    said = [line.text for line in (briefing.bottom_line, *briefing.key_points) if line]
    assert len(said) == len(set(said))
    quoted = [quote.text.strip(",.") for quote in briefing.quotes]
    assert len(quoted) == len(set(quoted))


def test_differences_stand_side_by_side_with_a_passage_for_each_source() -> None:
    briefing = _briefing(*group("ferry").documents)
    [figures] = briefing.differences
    assert figures.about == "Fourteen / 11"
    assert [side.evidence[0].reference for side in figures.sides] == ["A3", "B2", "C3"]


def test_a_line_that_is_a_side_says_that_the_sources_differ() -> None:
    documents = group("ferry").documents
    drawn = Briefing(documents, (1, 1, 1), _RECEIPT, key_points=(sentence(documents[0], 3),))
    [line] = compared(drawn, whole(documents)).key_points
    assert line.support is not None
    assert line.support.is_disputed


def test_of_what_one_source_alone_has_a_few_lines_are_marked() -> None:
    first, second = article("flood"), article("museum", "B")
    lines = tuple(sentence(first, number) for number in range(2, 12))
    drawn = Briefing((first, second), (1, 1), _RECEIPT, key_points=lines)
    found = compared(drawn, whole((first, second))).key_points
    assert sum(bool(line.support and line.support.is_alone) for line in found) == 3


def test_sources_that_are_known_already_bear_lines_and_are_listed() -> None:
    known, *new = group("budget").documents
    drawn = Briefing(tuple(new), (70, 60), _RECEIPT, key_points=(sentence(new[0], 6),))
    found = compared(drawn, whole(tuple(new)), known=(known,))
    assert [document.label for document in found.documents] == ["A", "B", "C"]
    assert found.words_read == (known.words, 70, 60)
    assert [p.reference for p in found.key_points[0].evidence] == ["B6", "A5"]
    assert found.notes[0] == "Compared with source A from earlier in this thread."
    assert not any(
        note.startswith("Nothing in this briefing comes from source A") for note in found.notes
    )
    assert found.receipt.words_read == known.words


def test_what_only_known_sources_differ_in_is_not_told_again() -> None:
    first, second, third = group("budget").documents
    drawn = Briefing((third,), (third.words,), _RECEIPT)
    found = compared(drawn, whole((third,)), known=(first, second))
    told = [each.about for each in found.differences]
    assert told == ["8.2 million crowns / 9.6 million crowns"]


def test_one_source_is_left_as_it_is() -> None:
    source = article("flood")
    drawn = Briefing((source,), (source.words,), _RECEIPT)
    assert compared(drawn, whole((source,))) is drawn


def test_an_answer_has_the_passages_of_all_sources() -> None:
    documents = group("plant").documents
    answer = Answer(documents, "Why?", _RECEIPT, lines=(sentence(documents[0], 5),))
    [line] = compared_answer(answer).lines
    assert [passage.reference for passage in line.evidence] == ["A5", "B5", "C5"]


def test_the_json_has_counts_and_sides() -> None:
    report = json.loads(json.dumps(briefing_json(_briefing(*group("plant").documents))))
    supports = [line["support"] for line in report["key_points"]]
    assert {
        name: value
        for name, value in next(each for each in supports if len(each["sources"]) == 3).items()
        if not name.startswith("is_")
    } == {"sources": ["A", "B", "C"], "witnesses": 2, "of": 2}
    by_label = {document["label"]: document["text"] for document in report["documents"]}
    for side in (side for each in report["differences"] for side in each["sides"]):
        assert all(
            by_label[p["document"]][p["start"] : p["end"]] == p["text"] for p in side["evidence"]
        )


def test_the_markdown_shows_both() -> None:
    told = markdown(_briefing(*group("ferry").documents))
    assert "## Where the sources differ: Fourteen / 11" in told


def _briefing(*documents: Document) -> Briefing:
    excerpts = whole(documents)
    composition = Composition(excerpts, Wishes())
    for item in extract(excerpts, Wishes()):
        take(composition, item)
    list(composition.complete([]))
    return compared(composition.briefing(_RECEIPT, (), ()), excerpts)


def _shown(briefing: Briefing) -> list[Line]:
    sides = (side for each in briefing.differences for side in each.sides)
    return [*briefing.lines(), *sides]


_MINUTES = (
    "The council of Merren met on Tuesday and spent two hours on the flood.",
    "Roads along the river stayed closed until the evening, and two schools sent children home.",
    "The mayor thanked the fire brigade and promised a report before the end of the month.",
    "Shopkeepers near the market asked for money and were told to wait for the province.",
)


@pytest.mark.parametrize(("houses", "said"), [(40, True), (55, False)])
def test_two_versions_that_differ_are_not_said_to_carry_the_same_article(
    houses: int, *, said: bool
) -> None:
    one = document("The flood damaged 40 houses in Merren.", *_MINUTES)
    other = document(f"The flood damaged {houses} houses in Merren.", *_MINUTES, label="B")
    briefing = _briefing(one, other)

    assert bool(briefing.differences) is not said
    note = "Sources A and B carry the same article and count as one."
    assert (note in briefing.notes) is said


def test_a_copy_of_one_side_of_a_difference_is_still_said_to_be_one() -> None:
    one = document("The flood damaged 40 houses in Merren.", *_MINUTES)
    copy = document("The flood damaged 40 houses in Merren.", *_MINUTES, label="B")
    other = document("The flood damaged 55 houses in Merren.", *_MINUTES, label="C")
    notes = _briefing(one, copy, other).notes

    assert [note for note in notes if "carry the same article" in note] == [
        "Sources A and B carry the same article and count as one."
    ]
