"""An extractive briefing as a reader meets it: what holds for every text, and for our articles."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.briefing.composition import Composition
from bot.briefing.documents import Document
from bot.briefing.extractive.engine import extract
from bot.briefing.extractive.selection import may_be_chosen
from bot.briefing.lines import Briefing, Receipt
from bot.briefing.numbering import numbered
from bot.briefing.passages import whole
from bot.briefing.requests import Length, Wishes
from tests.texts import LANGUAGES, article, text_of

_MOST = {"short": 3, "standard": 7}
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
    excerpts = whole(documents)
    composition = Composition(excerpts, Wishes(length=length))
    for item in extract(excerpts, length):
        composition.take(item)
    return composition.briefing(Receipt("extractive", "0"), (), ())


def _check(briefing: Briefing) -> None:
    """What holds for every extractive briefing."""
    texts = {document.label: document.text for document in briefing.documents}
    assert briefing.withheld == ()
    evidence = [line.evidence for line in briefing.lines()]
    for passages in (*evidence, *(caution.evidence for caution in briefing.cautions)):
        assert passages
        for passage in passages:
            assert texts[passage.document][passage.start : passage.end] == passage.text
    for line in briefing.lines():
        assert any(line.text == passage.text for passage in line.evidence)
        assert line.speaker is None or line.voice == "attributed"


@given(st.text(max_size=200) | _NEWSY | _WORDS, st.sampled_from(["en", "ru", "ar", "xx", None]))
@settings(max_examples=150)
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
        "Oru agreed to pay “everything. " * 6500,
        "a" * 200_000,
        "“" * 20_000,
        "Oru said, " * 20_000,
    ],
    ids=["empty", "word", "marks", "emoji", "unbalanced", "rtl", "200 kB", "one word", "opened",
         "one sentence"],
)  # fmt: skip
def test_texts_on_the_edge_are_briefed_too(text: str) -> None:
    document = numbered("A", text, language="en")
    assert (_briefed(document).bottom_line is not None) == _states_something(document)


def _states_something(document: Document) -> bool:
    numbers = range(1, len(document.sentences) + 1)
    return any(may_be_chosen(document, number) for number in numbers)


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("length", ["short", "standard", "long"])
def test_our_articles_are_briefed_within_what_may_be_copied(name: str, length: Length) -> None:
    document = article(name)
    briefing = _briefed(document, length=length)
    _check(briefing)
    chosen = {
        line.text
        for line in (briefing.headline, briefing.bottom_line, *briefing.key_points)
        if line is not None
    }
    assert chosen.issuperset(
        line.text for line in (*briefing.commitments, *briefing.timeline, *briefing.figures)
    )
    copied = sum(len(text.split()) for text in chosen)
    shares = ((150, 3 / 5), (200, 1 / 2), (400, 1 / 3), (10_000, 1 / 4))
    share = next(share for most, share in shares if document.words < most)
    at_least_one = briefing.bottom_line and len(briefing.bottom_line.text.split())
    assert copied <= max(share * document.words, at_least_one or 0) + (
        len(briefing.headline.text.split()) if briefing.headline and not briefing.key_points else 0
    )
    assert len(chosen) <= _MOST.get(length, 12)


def test_the_sample_is_briefed_as_an_aide_would() -> None:
    briefing = _briefed(article("demo"))
    assert briefing.headline is not None
    assert briefing.headline.text == "Kestria and Ambria agree to reopen the Hallin rail line"
    assert briefing.bottom_line is not None
    assert briefing.bottom_line.text.startswith("At the close of the meeting, Terren and Maske")
    [first, *_] = briefing.commitments
    assert (first.actor, first.deadline, first.status) == (
        "Terren and Maske",
        "by 1 June",
        "agreed",
    )
    assert first.condition == (
        "if inspectors of the River Commission clear the bridge over the Sarn"
    )
    assert {quote.speaker for quote in briefing.quotes} >= {"Ilva Terren", "Sena Brull"}
    assert {event.when for event in briefing.timeline} >= {"on Monday", "by 1 June"}
    assert all(event.date is None for event in briefing.timeline)
    assert {caution.kind for caution in briefing.cautions} == {
        "denial",
        "loaded_wording",
        "anonymous_source",
        "second_hand",
        "name_spelling",
    }
    assert briefing.unknowns == ()


def test_an_allegation_comes_with_its_denial() -> None:
    said = [line.text for line in _briefed(article("demo")).key_points]
    assert any("claimed that Kestria had secretly promised" in text for text in said)
    assert any("denied that the pastures" in text for text in said)


def test_several_documents_share_one_briefing() -> None:
    briefing = _briefed(article("wire"), article("demo", "B"))
    _check(briefing)
    shown = {passage.document for line in briefing.lines() for passage in line.evidence}
    assert shown == {"A", "B"}


def test_nothing_is_briefed_of_no_documents() -> None:
    assert list(extract((), "standard")) == []


def test_a_byline_a_greeting_or_a_section_is_no_headline() -> None:
    for first in ("Staff Reports", "Dear all,", "GIRLS BASKETBALL", "Ana B. Tor, Sarn University"):
        text = f"{first}\n{text_of('wire')}"
        assert _briefed(numbered("A", text, language="en")).headline is None
