"""What bears a line in other sources, measured on groups of articles about one event."""

from dataclasses import replace

import pytest

from bot.briefing.comparison import Corroboration
from bot.briefing.documents import Document
from bot.briefing.lines import Line, Quote, Support
from bot.briefing.numbering import numbered
from tests.briefing.groups import NAMES, Group, group, sentence
from tests.statements import document

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


@pytest.mark.parametrize("name", NAMES)
def test_only_one_is_said_of_no_line_that_another_bears(name: str) -> None:
    told = group(name)
    for (line, bearing), found in zip(told.lines, _of(told), strict=True):
        assert not (found.support and found.support.is_alone and bearing), line.text


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
