"""Numbering a text never changes it and leaves nothing out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.documents import Document
from bot.briefing.numbering import NUMBERING, numbered
from tests.texts import LANGUAGES, article

_NEWSY = st.text("aB1 .,“”\"'‘’«»„!?…\n\r\t—-:;֊։。؟\u00a0\u200b😀", max_size=300)
_TEXTS = st.text(max_size=300) | _NEWSY
_LANGUAGES = st.sampled_from(["en", "ru", "fr", "ar", "zh", "hy", "xx", None])


def _check(document: Document, text: str) -> None:
    """What holds for every document."""
    assert document.text == text
    place = 0
    for sentence in document.sentences:
        assert place <= sentence.start < sentence.end
        assert not text[place : sentence.start].strip()
        assert text[slice(*sentence)] == text[slice(*sentence)].strip()
        place = sentence.end
    assert not text[place:].strip()
    for paragraph in document.paragraphs:
        inside = [s for s in document.sentences if paragraph.holds(s)]
        assert inside[0].start == paragraph.start
        assert inside[-1].end == paragraph.end
    ends = [0, *(quotation.end for quotation in document.quotations)]
    assert all(q.start >= end for q, end in zip(document.quotations, ends, strict=False))


@given(_TEXTS, _LANGUAGES)
def test_the_text_stays_and_sentences_cover_all_but_white_space(
    text: str, language: str | None
) -> None:
    _check(numbered("A", text, language=language), text)


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_same_holds_for_whole_articles(name: str) -> None:
    document = article(name)
    _check(document, document.text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "word",
        "...",
        "😀😀 😀",
        "“",
        "”’»",
        "“a “b “c",
        "\u200f\u05e9\u05dc\u05d5\u05dd. \u05e2\u05d5\u05dc\u05dd.",
        "a\x00b. c",
    ],
    ids=["empty", "space", "word", "dots", "emoji", "opened", "closed", "unbalanced", "rtl", "nul"],
)
def test_texts_on_the_edge_are_numbered_too(text: str) -> None:
    _check(numbered("A", text), text)


def test_what_is_known_of_a_source_stays_with_it_and_the_rule_has_a_version() -> None:
    document = numbered("B", "One.", title="T", outlet="O", published="2027-05-03", language="en")
    assert (document.label, document.title, document.outlet) == ("B", "T", "O")
    assert (document.published, document.numbering) == ("2027-05-03", NUMBERING)
