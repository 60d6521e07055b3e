"""There are enough claims of many kinds, and each differs from its original sentence."""

import pytest

from evals.cases import articles, cases


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


def test_english_has_claims_of_many_kinds() -> None:
    kinds = [case.kind for case in cases() if case.article.language == "en"]

    assert sum(kinds.count(kind) >= 10 for kind in set(kinds)) >= 35


@pytest.mark.parametrize("language", ["ru", "hy", "fr", "ar"])
def test_other_languages_have_claims_of_most_kinds(language: str) -> None:
    kinds = {case.kind for case in cases() if case.article.language == language}

    assert sum(not kind.startswith("ok_") for kind in kinds) >= 23
    assert sum(kind.startswith("ok_") for kind in kinds) >= 9


def test_a_claim_differs_from_its_sentence() -> None:
    assert [
        case
        for case in cases()
        if case.text == case.article.document.sentence(case.numbers[0])
        and case.kind != "ok_verbatim"
    ] == []
