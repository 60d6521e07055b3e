"""An extractive briefing as a reader meets it: what holds for every text, and for our articles."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.briefing.catalogue import catalogue
from bot.briefing.clipping import fitting_sentence
from bot.briefing.composition import Budget, Composition, total_shown_words
from bot.briefing.documents import Document, whole_excerpts
from bot.briefing.extractive.engine import extract
from bot.briefing.extractive.selection import is_list_entry, may_be_chosen
from bot.briefing.lines import Briefing, Receipt
from bot.briefing.numbering import numbered
from bot.briefing.requests import Length, Wishes
from bot.briefing.text import count_words
from tests.drafts import take
from tests.texts import LANGUAGES, article, text_of

_NEWSY = st.text("aB1 .,“”\"'‘’«»!?…\n\t—-:;$%۔؟😀", max_size=300)
_WORDS = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+|\n",
            "Oru Velk said agreed to pay “we will” on Monday if . , He denied the 12 million \n"
            " by 1 June according to Dana Oru, the minister , ” told",
        )
    ),
    max_size=120,
).map(" ".join)


def _briefed(*documents: Document, length: Length = "standard") -> Briefing:
    excerpts = whole_excerpts(documents)
    composition = Composition(excerpts, Wishes(length=length))
    for item in extract(excerpts, Wishes(length=length)):
        take(composition, item)
    list(composition.add_waiting())
    return composition.briefing(Receipt("extractive", "0"), (), ())


def _check(briefing: Briefing) -> None:
    """What holds for every extractive briefing."""
    texts = {document.label: document.text for document in briefing.documents}
    assert briefing.withheld == ()
    for line in (*briefing.lines(), *briefing.cautions):
        assert line.evidence
        for passage in line.evidence:
            assert texts[passage.document][passage.start : passage.end] == passage.text
    for line in briefing.lines():
        is_title = line == briefing.headline and not line.is_source_wording
        assert is_title or any(line.text in passage.text for passage in line.evidence)
        assert (line.speaker is not None) == (line.voice == "attributed")
    assert (briefing.timeline, briefing.figures) == ((), ())
    sentences = [passage.reference for line in briefing.key_points for passage in line.evidence[:1]]
    owed = {line.evidence[0].reference for line in briefing.commitments}
    assert len(sentences) == len(set(sentences))
    assert owed.isdisjoint(sentences)


@given(st.text(max_size=200) | _NEWSY | _WORDS, st.sampled_from(["en", "ru", "ar", "xx", None]))
@settings(max_examples=settings().max_examples * 3 // 2)
def test_any_text_is_briefed_and_what_states_something_has_a_bottom_line(
    text: str, language: str | None
) -> None:
    document = numbered("A", text, language=language)
    briefing = _briefed(document)
    _check(briefing)
    assert (briefing.bottom_line is not None) == _states_something(document)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word",
        "…!?",
        "😀 😀 😀",
        "“unbalanced “quotes ” and “more. He said so",
        "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd. \u05d6\u05d4 \u05d4\u05db\u05dc.",
        pytest.param("Oru agreed to pay “everything. " * 6500, marks=pytest.mark.slow),
        "a" * 200_000,
        "“" * 20_000,
        pytest.param("Oru said, " * 20_000, marks=pytest.mark.slow),
    ],
    ids=["empty", "word", "marks", "emoji", "unbalanced", "rtl", "200 kB", "one word", "opened",
         "one sentence"],
)  # fmt: skip
def test_edge_cases_are_briefed_too(text: str) -> None:
    document = numbered("A", text, language="en")
    assert (_briefed(document).bottom_line is not None) == _states_something(document)


def _states_something(document: Document) -> bool:
    """Whether a sentence may be shown, and is short enough for it."""
    numbers = range(1, len(document.sentences) + 1)
    return any(
        may_be_chosen(document, number)
        and fitting_sentence(document, number, 45)
        and not is_list_entry(document, number)
        for number in numbers
    )


_SCORES = "Sarn 14 11 6 15 — 44\nOru 25 points. Velk 17 points. Maske 3 points.\n" * 4


def test_tables_of_results_are_not_briefed() -> None:
    assert _briefed(numbered("A", _SCORES, language="en")).bottom_line is None
    told = "Sarn won the cup for the third year running in front of 4,000 people."
    briefing = _briefed(numbered("A", f"{_SCORES}{told}", language="en"))
    assert [line.text for line in briefing.lines()] == [told]


def test_a_repeated_sentence_is_shown_once() -> None:
    told = "The council of Sarn closed the old bridge on Monday for 40 days."
    other = "Repairs will cost the three towns about 12 million crowns together."
    more = "Farmers from Lorrimar now drive 30 kilometres further every morning."
    text = "\n".join([told, other, more, other, f"{more} {told}"] * 2)
    texts = [line.text for line in _briefed(numbered("A", text, language="en")).lines()]
    assert sorted(texts) == sorted([told, other, more])


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("length", ["short", "standard", "long"])
def test_our_articles_are_briefed_within_their_limits(name: str, length: Length) -> None:
    document = article(name)
    briefing = _briefed(document, length=length)
    _check(briefing)
    most = Budget.of(Wishes(length=length), [document.words]).words
    assert total_shown_words(briefing, catalogue(briefing.language)) <= most
    assert all(count_words(line.text) <= 35 for line in briefing.key_points)
    assert all(quote.speaker for quote in briefing.quotes)


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("words", [160, 235, 330, 900])
def test_a_long_briefing_has_every_line_of_the_standard_one(name: str, words: int) -> None:
    whole_text = article(name)
    ends = (each.end for each in whole_text.sentences)
    cut = next((e for e in ends if count_words(whole_text.text[:e]) >= words), None)
    document = numbered("A", whole_text.text[:cut], language=whole_text.language)
    standard, long = (_briefed(document, length=each) for each in ("standard", "long"))

    assert set(standard.lines()) <= set(long.lines())
    told = {passage for each in long.lines() for passage in each.evidence}
    assert {c for c in standard.cautions if told.isdisjoint(c.evidence)} <= set(long.cautions)


def test_the_sample_is_briefed_as_an_aide_would() -> None:
    briefing = _briefed(article("demo"))
    assert briefing.headline is not None
    assert briefing.headline.text == "Kestria and Ambria agree to reopen the Hallin rail line"
    assert briefing.bottom_line is not None
    assert briefing.bottom_line.text.startswith("At the close of the meeting, Terren and Maske")
    [owed] = briefing.commitments
    assert (owed.actor, owed.deadline, owed.status) == ("Terren", "by Friday", "pledged")
    assert {quote.speaker for quote in briefing.quotes} <= {"Ilva Terren", "Sena Brull"}
    assert 0 < len(briefing.quotes) <= 2
    assert len(briefing.cautions) <= 3


def test_a_commitment_is_shown_once() -> None:
    text = (
        "The council of Sarn has closed the old bridge in the harbour after a lorry hit a pillar. "
        "The mayor promised to publish the report of the engineers by Friday. About 300 lorries a "
        f"day now drive through the town of Helm. {'The ferry carries nobody on Sundays. ' * 12}"
    )
    briefing = _briefed(numbered("A", text, language="en"))
    _check(briefing)
    assert [line.evidence[0].reference for line in briefing.commitments] == ["A2"]
    assert "A2" not in {line.evidence[0].reference for line in briefing.key_points}


def test_a_commitment_from_two_sources_is_shown_once() -> None:
    filler = "The bridge was built by two towns in the north of the valley long ago. " * 12
    texts = (
        f"{filler}The two governments will talk in Sarn about the bridge on Friday.",
        f"{filler}It rained. The two governments will talk in Sarn on the bridge on Friday.",
    )
    documents = [
        numbered(label, text, language="en") for label, text in zip("AB", texts, strict=True)
    ]
    assert len(_briefed(*documents).commitments) == 1


def test_a_short_source_gives_one_fact_and_its_commitment() -> None:
    text = (
        "The council of Sarn has closed the old bridge in the harbour after a lorry hit a pillar. "
        "The mayor promised to publish the report of the engineers by Friday. About 300 lorries a "
        "day now drive through Helm. “It is the third pillar in a year,” said the mayor, Dana Oru."
    )
    briefing = _briefed(numbered("A", text, language="en"))
    assert [line.evidence[0].reference for line in briefing.lines()] == ["A1", "A2"]


def test_a_title_that_the_text_does_not_support_is_not_the_headline() -> None:
    text = text_of("wire")
    first = _briefed(numbered("A", text, language="en")).bottom_line
    assert first is not None
    made_up = numbered("A", text, language="en", title="Aliens land in Lorrimar at dawn")
    assert _briefed(made_up).headline is None


def test_a_title_that_says_no_more_than_the_bottom_line_is_left_out() -> None:
    lead = "The council of Sarn has closed the old bridge."
    rest = (
        "A lorry hit a pillar of it in the fog on Monday. About 300 drivers a day now go through "
        "Helm, where the mayor has asked for lights. Divers look at the pillar on Friday."
    )
    document = numbered("A", f"{lead} {rest}", language="en", title=lead.rstrip("."))
    briefing = _briefed(document)
    assert briefing.headline is None
    assert briefing.bottom_line is not None


def test_several_documents_share_one_briefing() -> None:
    briefing = _briefed(article("wire"), article("demo", "B"))
    _check(briefing)
    shown = {passage.document for line in briefing.lines() for passage in line.evidence}
    assert shown == {"A", "B"}


def test_without_documents_nothing_is_extracted() -> None:
    assert list(extract((), Wishes())) == []


def test_a_byline_a_greeting_or_a_section_is_not_the_headline() -> None:
    for first in ("Staff Reports", "Dear all,", "GIRLS BASKETBALL", "Ana B. Tor, Sarn University"):
        text = f"{first}\n{text_of('wire')}"
        assert _briefed(numbered("A", text, language="en")).headline is None


def test_a_caption_is_not_the_headline_if_the_page_has_a_title() -> None:
    text = f"Sarn harbour awards\n{text_of('wire')} The awards of Sarn harbour are for boats."
    document = replace(numbered("A", text, language="en"), title="Ministers to reopen rail line")
    headline = _briefed(document).headline
    assert headline is None or "awards" not in headline.text
