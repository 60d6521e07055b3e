"""A briefing of several sources: from all of them, each line with what bears it."""

import json
from dataclasses import replace

import pytest

from bot.briefing.comparison import (
    Corroboration,
    alike,
    compared,
    compared_answer,
    runs,
    shared,
    witnesses,
)
from bot.briefing.composition import Composition
from bot.briefing.documents import Document, whole
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Answer, Briefing, Line, Quote, Receipt, Support
from bot.briefing.numbering import numbered
from bot.briefing.paper import briefing_json, markdown
from bot.briefing.requests import Wishes
from tests.briefing.groups import NAMES, Group, group, sentence
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
    assert "Nothing in this briefing comes from B." in _briefing(first, empty).notes


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


def test_sources_that_are_known_already_bear_lines_and_are_listed() -> None:
    known, *new = group("budget").documents
    drawn = Briefing(tuple(new), (70, 60), _RECEIPT, key_points=(sentence(new[0], 6),))
    found = compared(drawn, whole(tuple(new)), known=(known,))
    assert [document.label for document in found.documents] == ["A", "B", "C"]
    assert found.words_read == (known.words, 70, 60)
    assert [p.reference for p in found.key_points[0].evidence] == ["B6", "A5"]
    assert found.notes[0] == "Compared with source A from earlier in this thread."
    assert not any(note.startswith("Nothing in this briefing comes from A") for note in found.notes)
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


# Sources that carry one article are one witness.


def test_sources_without_copies_are_as_many_witnesses() -> None:
    assert witnesses(group("ferry").documents) == {"A": "A", "B": "B", "C": "C"}


def test_a_text_that_is_taken_over_counts_once() -> None:
    assert witnesses(group("plant").documents) == {"A": "A", "B": "A", "C": "C"}


def test_copies_of_a_copy_are_one_witness() -> None:
    agency, taken_over, _ = group("plant").documents
    again = numbered("D", taken_over.text, language="en")
    assert set(witnesses((agency, taken_over, again)).values()) == {"A"}


# One article under two addresses is one witness; two about one subject are two.


STORY = (
    "The harbour council of Westmere voted late on Thursday to close the old pier from the first "
    "of March, because divers had found that eleven of its forty piles no longer carry any load. "
    "Fishing boats will land at the new quay in the north until the work is done, the harbour "
    "master said, and the ferry to the islands will leave from there as well. The repair is put "
    "at four million crowns, half of which the province has promised to pay before the summer. "
    "Shopkeepers near the pier asked for a footbridge and were told that there was no money for "
    "one this year. The pier was built in 1911 and last repaired after the storm of 1987."
)
OTHER = (
    "Shopkeepers at the old pier of Westmere have started a petition against its closing. More "
    "than nine hundred people had signed by Friday evening, according to Lena Holt, who sells "
    "smoked fish a few steps from the landing. She says that half of her customers come by boat "
    "and will not walk twenty minutes from the new quay. The council answered that it has to "
    "follow the report of the divers and that nothing can be changed before the piles have been "
    "replaced. A meeting with the harbour master is planned for the coming week in the school."
)


def test_a_story_that_was_shortened_and_put_under_another_heading_is_the_same() -> None:
    taken = f"WESTMERE (Agency) - {STORY[: len(STORY) * 6 // 10]} Reporting by the desk."

    found = alike([numbered("A", STORY), numbered("B", OTHER), numbered("C", taken)])

    assert found == [("A", "C")]


def test_one_address_is_one_article_whatever_was_read_there() -> None:
    first = replace(numbered("A", STORY), key="https://a.example/1")
    second = replace(numbered("B", OTHER), key="https://a.example/1")

    assert alike([first, second]) == [("A", "B")]


def test_documents_without_addresses_are_not_alike_for_that() -> None:
    assert alike([numbered("A", STORY), numbered("B", OTHER)]) == []


def test_a_few_words_in_common_say_nothing() -> None:
    assert alike([numbered("A", "The pier is closed today."), numbered("B", STORY)]) == []


def test_a_script_without_spaces_is_compared_by_its_characters() -> None:
    story = (
        "市议会周四晚间表决通过，从三月一日起关闭旧码头，因为潜水员发现四十根桩中有十一根已不再承重。"
        * 2
    )

    assert shared(runs(story), runs(f"本报讯 {story[:60]}")) > 0.9


# What bears a line in other sources, measured on groups of articles about one event.


_FOUND = 0.75
"""The share of the sentences that bear a line of the groups that is found at least (30 of 37)."""


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_added_that_does_not_bear_the_line(name: str) -> None:
    told = group(name)
    for (line, bearing), found in zip(told.lines, _of(told), strict=True):
        assert found.evidence[0] == line.evidence[0]
        assert {passage.reference for passage in found.evidence[1:]} <= bearing, line.text


@pytest.mark.parametrize("name", NAMES)
def test_of_the_sentences_as_lines_only_like_ones_bear_each_other(name: str) -> None:
    told = group(name)
    own = [
        sentence(each, number)
        for each in told.documents
        for number in range(1, len(each.sentences) + 1)
    ]
    for found in Corroboration(told.documents).of(own):
        first, *others = (passage.reference for passage in found.evidence)
        for other in others:
            is_same = found.text == found.evidence[others.index(other) + 1].text
            assert is_same or f"{first} {other}" in told.alike, (first, other)


def test_most_of_what_bears_a_line_is_found() -> None:
    bearing = [
        (reference, reference in {passage.reference for passage in found.evidence})
        for told in map(group, NAMES)
        for (_, references), found in zip(told.lines, _of(told), strict=True)
        for reference in references
    ]
    assert sum(found for _, found in bearing) >= _FOUND * len(bearing)


def test_a_line_says_how_many_sources_bear_it() -> None:
    line = _first("ferry", "Fourteen passengers were injured, the coast guard said.")
    assert line.support is None
    [found] = Corroboration(group("ferry").documents).of([line])
    assert found.support == Support(("A", "C"), witnesses=2, of=3)


def test_copies_bear_a_line_as_one_witness() -> None:
    line = _first("plant", "Rolf Adair said that energy had become too dear.")
    [found] = Corroboration(group("plant").documents).of([line])
    assert found.support == Support(("A", "B", "C"), witnesses=2, of=2)


def test_one_witness_alone_leaves_the_lines_as_they_are() -> None:
    agency, copy, _ = group("plant").documents
    lines = (sentence(agency, 2),)
    assert Corroboration((agency,)).of(lines) == lines
    assert Corroboration((agency, copy)).of(lines) == lines


def test_a_line_that_two_sources_bear_only_together_has_no_support() -> None:
    both = (
        document("The ferry ran aground near Osta."),
        document("It was the Halcyon.", label="B"),
    )
    together = tuple(each.passage(1) for each in both)
    line = Line("The ferry Halcyon ran aground near Osta.", "event", None, together)
    assert Corroboration(both).of([line]) == (line,)


def test_the_same_words_of_the_same_speaker_are_one_quotation() -> None:
    told = group("ferry")
    first = told.documents[0]
    span = first.quotations[0]
    words = replace(first.passage(5), start=span.start, end=span.end, text=first.text[slice(*span)])
    quote = Quote(words.text, "attributed", "Pia Morr", (words, first.passage(5)), role=None)
    [found] = Corroboration(told.documents).of([quote])
    assert [passage.reference for passage in found.evidence] == ["A5", "A5", "B7"]


def test_a_quotation_of_another_speaker_is_not_the_same() -> None:
    told = group("budget")
    first = told.documents[0]
    span = first.quotations[0]
    words = replace(first.passage(6), start=span.start, end=span.end, text=first.text[slice(*span)])
    quote = Quote(words.text, "attributed", "Mara Lind", (words, first.passage(6)), role=None)
    [found] = Corroboration(told.documents).of([quote])
    assert [passage.reference for passage in found.evidence] == ["A6", "A6"]


def test_monday_of_another_week_is_another_day() -> None:
    text = (
        "The council of Brook approved the new budget on Monday. " + "Nobody else was there. " * 9
    )
    papers = tuple(
        _paper(label, text, day) for label, day in (("A", "2031-11-20"), ("B", "2031-11-27"))
    )
    [found] = Corroboration(papers).of([sentence(papers[0], 1)])
    assert found.evidence == (papers[0].passage(1),)


def test_a_day_and_a_speaker_may_stand_anywhere() -> None:
    one = document("Arland and Borland agreed on Tuesday to reopen the railway to Hallin.")
    other = document(
        "On Tuesday Arland and Borland agreed to reopen the railway to Hallin.", label="B"
    )
    [found] = Corroboration((one, other)).of([sentence(one, 1)])
    assert [passage.reference for passage in found.evidence] == ["A1", "B1"]


def test_a_line_in_another_language_than_the_source_is_left_alone() -> None:
    told = group("ferry")
    line = replace(told.lines[0][0], text="Le ferry Halcyon s’est échoué près d’Osta.")
    [found] = Corroboration(told.documents, "fr").of([line])
    assert found.evidence == line.evidence


def _of(told: Group) -> tuple[Line, ...]:
    return Corroboration(told.documents).of([line for line, _ in told.lines])


def _first(name: str, text: str) -> Line:
    return next(line for line, _ in group(name).lines if line.text == text)


def _paper(label: str, text: str, published: str) -> Document:
    return numbered(label, text, language="en", published=published, published_basis="stated")
