"""A briefing of several sources: from all of them, and how many support each line."""

import json
from dataclasses import replace

import pytest

from bot.briefing.catalogue import catalogue
from bot.briefing.comparison import (
    answer_with_support,
    compare_sources,
    duplicate_pairs,
    first_copies,
    overlap,
    shingles,
    with_support,
)
from bot.briefing.composition import Composition
from bot.briefing.documents import Document, Passage, whole_excerpts
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Answer, Briefing, Line, Quote, Receipt, Support
from bot.briefing.numbering import numbered
from bot.briefing.rendering import briefing_json, markdown
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
    assert "Nothing in this briefing comes from B." in _briefing(first, empty).notes


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_chosen_twice(name: str) -> None:
    briefing = _briefing(*group(name).documents)
    said = [line.text for line in (briefing.bottom_line, *briefing.key_points) if line]
    assert len(said) == len(set(said))
    quoted = [quote.text.strip(",.") for quote in briefing.quotes]
    assert len(quoted) == len(set(quoted))


def test_differences_are_shown_side_by_side_with_a_passage_for_each_source() -> None:
    briefing = _briefing(*group("ferry").documents)
    [figures] = briefing.differences
    assert figures.about == "Fourteen / 11"
    assert [side.evidence[0].reference for side in figures.sides] == ["A3", "B2", "C3"]


def test_a_line_that_is_a_side_says_that_the_sources_differ() -> None:
    documents = group("ferry").documents
    drawn = Briefing(documents, (1, 1, 1), _RECEIPT, key_points=(sentence(documents[0], 3),))
    [line] = compare_sources(drawn, whole_excerpts(documents)).key_points
    assert line.support is not None
    assert line.support.is_disputed


def test_sources_that_are_known_already_are_listed_and_read_too() -> None:
    known, *new = group("budget").documents
    drawn = Briefing(tuple(new), (70, 60), _RECEIPT, key_points=(sentence(new[0], 6),))
    found = compare_sources(drawn, whole_excerpts(tuple(new)), known=(known,))
    assert [document.label for document in found.documents] == ["A", "B", "C"]
    assert found.words_read == (known.words, 70, 60)
    assert found.key_points[0].support == Support(("B",), witnesses=1, of=3)
    assert found.notes[0] == "Compared with source A from earlier in this thread."
    assert not any(note.startswith("Nothing in this briefing comes from A") for note in found.notes)
    assert found.receipt.words_read == known.words


def test_a_briefing_by_a_model_shows_where_sources_differ_from_those_known_already() -> None:
    known, new, _ = group("ferry").documents
    receipt = Receipt("openai", "0.1.0", model="some-model")
    drawn = Briefing((new,), (new.words,), receipt, key_points=(sentence(new, 2),))
    [figures] = compare_sources(drawn, whole_excerpts((new,)), known=(known,)).differences
    assert figures.about == "Fourteen / 11"


def test_a_copy_of_a_source_that_is_known_already_is_named() -> None:
    known = article("flood")
    copy = replace(known, label="B")
    drawn = Briefing((copy,), (copy.words,), _RECEIPT)
    found = compare_sources(drawn, whole_excerpts((copy,)), known=(known,))
    assert catalogue(None).alike.format(first="A", second="B") in found.notes


def test_what_only_known_sources_differ_in_is_not_reported_again() -> None:
    first, second, third = group("budget").documents
    drawn = Briefing((third,), (third.words,), _RECEIPT)
    found = compare_sources(drawn, whole_excerpts((third,)), known=(first, second))
    told = [each.about for each in found.differences]
    assert told == ["8.2 million crowns / 9.6 million crowns"]


def test_one_source_is_left_as_it_is() -> None:
    source = article("flood")
    drawn = Briefing((source,), (source.words,), _RECEIPT)
    assert compare_sources(drawn, whole_excerpts((source,))) is drawn


def test_the_lines_of_an_answer_count_their_sources_too() -> None:
    documents = group("ferry").documents
    answer = Answer(documents, "Why?", _RECEIPT, lines=(sentence(documents[0], 6),))
    [line] = answer_with_support(answer).lines
    assert line.support == Support(("A",), witnesses=1, of=3)


def test_the_json_has_counts_and_sides() -> None:
    report = json.loads(json.dumps(briefing_json(_briefing(*group("plant").documents))))
    [one, *_] = (line["support"] for line in report["key_points"])
    assert one == {"sources": ["A"], "witnesses": 1, "of": 2, "is_disputed": False}
    by_label = {document["label"]: document["text"] for document in report["documents"]}
    for side in (side for each in report["differences"] for side in each["sides"]):
        assert all(
            by_label[p["document"]][p["start"] : p["end"]] == p["text"] for p in side["evidence"]
        )


def test_the_markdown_shows_the_differences() -> None:
    told = markdown(_briefing(*group("ferry").documents))
    assert "## Where the sources differ: Fourteen / 11" in told


def _briefing(*documents: Document) -> Briefing:
    excerpts = whole_excerpts(documents)
    composition = Composition(excerpts, Wishes())
    for item in extract(excerpts, Wishes()):
        take(composition, item)
    list(composition.fill_gaps([]))
    return compare_sources(composition.briefing(_RECEIPT, (), ()), excerpts)


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


# Sources with the same article count as one.


def test_sources_without_copies_count_separately() -> None:
    assert first_copies(group("ferry").documents) == {"A": "A", "B": "B", "C": "C"}


def test_a_copied_text_counts_once() -> None:
    assert first_copies(group("plant").documents) == {"A": "A", "B": "A", "C": "C"}


def test_copies_of_a_copy_count_once() -> None:
    agency, taken_over, _ = group("plant").documents
    again = numbered("D", taken_over.text, language="en")
    assert set(first_copies((agency, taken_over, again)).values()) == {"A"}


# One article at two addresses counts as one source; two about one subject count as two.


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


def test_a_shortened_copy_under_another_heading_is_a_duplicate() -> None:
    taken = f"WESTMERE (Agency) - {STORY[: len(STORY) * 6 // 10]} Reporting by the desk."

    found = duplicate_pairs([numbered("A", STORY), numbered("B", OTHER), numbered("C", taken)])

    assert found == [("A", "C")]


def test_one_address_is_one_article_whatever_was_read_there() -> None:
    first = replace(numbered("A", STORY), key="https://a.example/1")
    second = replace(numbered("B", OTHER), key="https://a.example/1")

    assert duplicate_pairs([first, second]) == [("A", "B")]


def test_documents_without_addresses_are_not_duplicates() -> None:
    assert duplicate_pairs([numbered("A", STORY), numbered("B", OTHER)]) == []


def test_a_few_words_in_common_do_not_make_a_duplicate() -> None:
    assert duplicate_pairs([numbered("A", "The pier is closed today."), numbered("B", STORY)]) == []


def test_a_script_without_spaces_is_compared_by_its_characters() -> None:
    story = (
        "市议会周四晚间表决通过，从三月一日起关闭旧码头，因为潜水员发现四十根桩中有十一根已不再承重。"
        * 2
    )

    assert overlap(shingles(story), shingles(f"本报讯 {story[:60]}")) > 0.9


# How many sources support a line.


def test_a_line_counts_the_sources_that_it_cites_and_copies_once() -> None:
    papers = group("plant").documents
    drawn = _line(
        "Rolf Adair said that energy had become too dear.", *(d.passage(5) for d in papers)
    )
    [line] = with_support([drawn], papers, None)
    assert line.support == Support(("A", "B", "C"), witnesses=2, of=2)
    assert line.evidence == drawn.evidence


def test_a_source_that_a_line_does_not_cite_is_not_counted() -> None:
    papers = group("plant").documents
    [line] = with_support([sentence(papers[2], 5)], papers, None)
    assert line.support == Support(("C",), witnesses=1, of=2)


def test_a_quotation_counts_the_source_that_it_is_cut_from() -> None:
    first, second, _ = papers = group("ferry").documents
    span = first.quotations[0]
    words = replace(first.passage(5), start=span.start, end=span.end, text=first.text[slice(*span)])
    passages = (words, first.passage(5), second.passage(7))
    quote = Quote(words.text, "attributed", "Pia Morr", passages, role=None)
    [line] = with_support([quote], papers, None)
    assert line.support == Support(("A",), witnesses=1, of=3)


def test_copies_of_one_article_leave_the_lines_as_they_are() -> None:
    agency, copy, _ = group("plant").documents
    lines = (sentence(agency, 2),)
    assert with_support(lines, (agency,), None) == lines
    assert with_support(lines, (agency, copy), None) == lines


def test_a_line_that_two_sources_support_only_together_has_no_support() -> None:
    both = (
        document("The ferry ran aground near Osta."),
        document("It was the Halcyon.", label="B"),
    )
    line = _line("The ferry Halcyon ran aground near Osta.", *(each.passage(1) for each in both))
    assert with_support([line], both, None) == (line,)


def _line(text: str, *passages: Passage) -> Line:
    return Line(text, "event", None, passages)
