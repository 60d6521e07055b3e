"""Claims are made the same way every time, and say something else only where they should."""

import pytest

from bot.briefing.numbering import numbered
from evals.cases import CORRUPTIONS, HONEST, Article, Sentence, articles, cases, elided, shortened

AGREED = (
    "“We will not pay for the old bridge alone,” Oru said. "
    "Ministers of Arland agreed on Monday to pay 1,250 crowns by 1 June 2026, if it may reopen. "
    "The line, which is 12 kilometres long, was shut after Borland cut its budget by 4%. "
    "Lind denied that Borland had asked for more than 3.75 million crowns."
)


def sentence(number: int) -> Sentence:
    return Sentence(Article("en/test", "en", numbered("A", AGREED, language="en")), number)


def made(kind: str, number: int) -> set[str]:
    return {change.text for change in (CORRUPTIONS | HONEST)[kind](sentence(number))}


@pytest.mark.parametrize(
    ("language", "fewest", "words"),
    [
        ("en", 30, range(150, 351)),
        ("ru", 6, range(90, 201)),
        ("hy", 6, range(90, 201)),
        ("fr", 6, range(90, 201)),
        ("ar", 6, range(90, 201)),
    ],
)
def test_there_are_articles_enough(language: str, fewest: int, words: range) -> None:
    spoken = [each for each in articles() if each.language == language]

    assert len(spoken) >= fewest
    assert {
        each.name: each.document.words for each in spoken if each.document.words not in words
    } == {}


@pytest.mark.parametrize("kind", CORRUPTIONS | HONEST)
def test_english_has_claims_of_every_kind(kind: str) -> None:
    assert sum(case.kind == kind and case.article.language == "en" for case in cases()) >= 10


@pytest.mark.parametrize("language", ["ru", "hy", "fr", "ar"])
def test_other_languages_have_claims_of_most_kinds(language: str) -> None:
    kinds = {case.kind for case in cases() if case.article.language == language}

    assert len(kinds & CORRUPTIONS.keys()) >= len(CORRUPTIONS) - 1
    assert len(kinds & HONEST.keys()) >= 9


def test_a_claim_differs_from_its_sentence() -> None:
    assert [
        case
        for case in cases()
        if case.change.text == case.article.document.sentence(case.numbers[0])
        and case.kind != "ok_verbatim"
    ] == []


@pytest.mark.parametrize(
    ("kind", "number", "part"),
    [
        pytest.param("negation_lost", 1, "We will pay for the old bridge", id="not left out"),
        pytest.param("condition_lost", 2, "by 1 June 2026.", id="condition cut"),
        pytest.param("hedge_lost", 2, "if it will reopen", id="may becomes will"),
        pytest.param("points", 3, "by 4 percentage points", id="per cent becomes points"),
        pytest.param("direction", 3, "shut before Borland", id="after becomes before"),
        pytest.param("attribution_lost", 4, "", id="a denial is not told as a fact"),
        pytest.param("ok_trimmed", 3, "The line was shut after", id="a relative clause cut"),
        pytest.param("ok_reordered", 1, "Oru said: “We will not pay", id="the speaker first"),
        pytest.param("ok_number_format", 2, "1250 crowns", id="no comma in thousands"),
        pytest.param("ok_rounded", 4, "", id="no rounding behind more than"),
    ],
)
def test_a_change_is_what_its_name_says(kind: str, number: int, part: str) -> None:
    texts = made(kind, number)

    assert any(part in text for text in texts) if part else not texts


def test_a_figure_from_outside_stands_nowhere_in_the_article() -> None:
    for text in made("number_outside", 3):
        assert "12 kilometres" not in text or "4%" not in text


def test_an_honest_cut_keeps_what_denies() -> None:
    for cut in (*elided(sentence(1)), *shortened(sentence(1))):
        assert "not" in cut.text
