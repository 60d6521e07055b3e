"""Offsets, references, links and labels."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.catalogue import ENGLISH
from bot.briefing.documents import (
    Library,
    Reference,
    Span,
    fit_excerpts,
    label,
    label_index,
    whole_excerpts,
)
from bot.briefing.numbering import numbered
from tests.texts import LANGUAGES, article

TEXT = "Oru said “yes” and “no”. It rained.\nVelk said “maybe”."


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("A1", Reference("A", 1)),
        ("[A1]", Reference("A", 1)),
        (" [ A3 ] ", Reference("A", 3)),
        ("A1q2", Reference("A", 1, 2)),
        ("A1q3", None),
        ("A2q1", None),
        ("A0", None),
        ("A4", None),
        ("B1", None),
        ("a1", None),
        ("A", None),
        ("", None),
        ("A1 A2", None),
        ("A999999999", None),
    ],
)
def test_a_reference_is_resolved_or_rejected(written: str, found: Reference | None) -> None:
    assert Library((numbered("A", TEXT),)).find(written) == found


def test_a_reference_is_written_as_it_is_read() -> None:
    assert [str(Reference("A", 12)), str(Reference("AA", 3, 2))] == ["A12", "AA3q2"]


def test_a_passage_is_the_sentence_or_the_quotation_at_its_offsets() -> None:
    library = Library((numbered("A", TEXT),))
    sentence = library.passage(Reference("A", 3))
    quotation = library.passage(Reference("A", 1, 2))
    assert (sentence.text, sentence.reference) == ("Velk said “maybe”.", "A3")
    assert (quotation.text, quotation.reference) == ("no", "A1")
    assert TEXT[quotation.start : quotation.end] == "no"


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_passage_of_an_article_equals_the_text_at_its_offsets(name: str) -> None:
    document = article(name)
    for number in range(1, len(document.sentences) + 1):
        passage = document.passage(number)
        assert document.text[passage.start : passage.end] == passage.text
        assert document.number_at(passage.start) == document.number_at(passage.end - 1) == number
        for quotation in document.quotations_in(number):
            assert document.number_at(quotation.start) == number


@given(st.text("ab .“”\n", max_size=80), st.integers(0, 90), st.integers(0, 90))
def test_searching_by_offset_finds_the_same_as_a_linear_scan(
    text: str, one: int, other: int
) -> None:
    document, span = numbered("A", text), Span(min(one, other), max(one, other))
    touching = [q for q in document.quotations if q.start < span.end and span.start < q.end]
    assert list(document.quotations_touching(span)) == touching
    before = [n for n, sentence in enumerate(document.sentences, 1) if sentence.start <= one]
    assert document.number_at(one) == (before[-1] if before else 1)


def test_documents_that_differ_in_anything_are_different() -> None:
    assert numbered("A", "One.", title="T") == numbered("A", "One.", title="T")
    assert numbered("A", "One.", title="T") != numbered("A", "One.", title="U")
    assert len({numbered("A", "One.", title="T"), numbered("A", "One.", title="U")}) == 2


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA")]
)
def test_labels_continue_after_z(index: int, name: str) -> None:
    assert label(index) == name
    assert label_index(name) == index


@pytest.mark.parametrize(
    ("url", "has_fragments", "link"),
    [
        (None, True, None),
        ("https://chat.example/archives/C1/p2", False, "https://chat.example/archives/C1/p2"),
        (
            "https://news.example/a#top",
            True,
            "https://news.example/a#:~:text=A%20half%2Dhour%20talk%2C%20no%20more.",
        ),
    ],
    ids=["no address", "a message", "a page"],
)
def test_a_passage_is_linked_if_the_source_has_an_address(
    url: str | None, has_fragments: bool, link: str | None
) -> None:
    document = numbered("A", "A half-hour talk, no more.", url=url, has_fragments=has_fragments)
    assert document.passage(1).url == link


def test_a_long_passage_is_linked_by_its_first_and_last_words() -> None:
    text = "One two three four five six seven eight nine ten eleven."
    document = numbered("A", text, url="https://news.example/a", has_fragments=True)
    assert document.passage(1).url == (
        "https://news.example/a#:~:text=One%20two%20three%20four%20five,"
        "seven%20eight%20nine%20ten%20eleven."
    )


def test_pages_are_counted_from_one() -> None:
    text = "First page. It ends.\nSecond page."
    document = numbered("A", text, pages=(Span(0, 21), Span(21, len(text))))
    assert [document.passage(number).page for number in (1, 2, 3)] == [1, 1, 2]
    assert numbered("A", text).passage(1).page is None


def test_a_sentence_that_runs_over_a_page_belongs_to_the_page_where_it_begins() -> None:
    text = "It ends here. It runs over the end of a page. It is last."
    document = numbered("A", text, pages=(Span(0, 25), Span(25, 25), Span(25, len(text))))
    assert [document.passage(number).page for number in (1, 2, 3)] == [1, 1, 3]


def test_a_passage_is_cited_with_its_reference_and_its_page() -> None:
    text = "First page."
    paged = numbered("A", text, pages=(Span(0, 11),), url="https://a.example/b.pdf#x")
    linked = replace(paged, has_fragments=True)
    assert ENGLISH.place(paged.passage(1)) == "A1, p. 1"
    assert ENGLISH.place(numbered("A", text).passage(1)) == "A1"
    assert paged.passage(1).url == "https://a.example/b.pdf#x"
    assert linked.passage(1).url == "https://a.example/b.pdf#page=1"


# Which parts of the documents fit a budget.


_COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def _count(text: str) -> int:
    return len(text.split())


@given(_COUNTS, st.integers(0, 60))
def test_shares_stay_within_the_budget_and_in_order(counts: list[int], budget: int) -> None:
    documents = tuple(
        numbered(chr(65 + n), " ".join(["One two three."] * count))
        for n, count in enumerate(counts)
    )
    excerpts = fit_excerpts(whole_excerpts(documents), budget, _count)
    assert [excerpt.document for excerpt in excerpts] == list(documents)
    assert sum(_count(p.text) for e in excerpts for p in e.passages()) <= budget
    for excerpt in excerpts:
        assert [p.reference for p in excerpt.passages()] == [
            f"{excerpt.document.label}{n}" for n in excerpt.numbers
        ]


def test_a_short_source_leaves_its_share_to_the_long_one() -> None:
    short, long = numbered("A", "One two."), numbered("B", "One two three. " * 10)
    assert [len(e.numbers) for e in fit_excerpts(whole_excerpts((short, long)), 20, _count)] == [
        1,
        6,
    ]
    assert [len(e.numbers) for e in fit_excerpts(whole_excerpts((long, short)), 20, _count)] == [
        6,
        1,
    ]


def test_nothing_is_cut_if_everything_fits() -> None:
    documents = (numbered("A", "One two. Three."), numbered("B", "Four."))
    assert fit_excerpts(whole_excerpts(documents), 100, _count) == whole_excerpts(documents)
    assert all(excerpt.is_whole for excerpt in whole_excerpts(documents))


def test_the_words_of_an_excerpt_are_those_read() -> None:
    document = numbered("A", "One two three. Four five.")
    [excerpt] = fit_excerpts(whole_excerpts((document,)), 3, _count)
    assert (excerpt.words, excerpt.is_whole, document.words) == (3, False, 5)
    assert fit_excerpts(whole_excerpts((document,)), 0, _count)[0].words == 0
