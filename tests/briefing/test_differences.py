"""Where sources differ, measured on groups of articles about one event."""

from dataclasses import replace

import pytest

from bot.briefing.differences import disagreements
from bot.briefing.documents import Document
from bot.briefing.passages import whole
from tests.briefing.groups import NAMES, group
from tests.statements import document
from tests.texts import LANGUAGES, article


@pytest.mark.parametrize("name", NAMES)
def test_every_difference_is_found_and_none_that_is_none(name: str) -> None:
    told = group(name)
    assert _found(*told.documents) == told.differences


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            "The flood damaged 40 houses in Merren.",
            "In Merren the flood damaged 55 houses.",
            ("40", "55"),
        ),
        (
            "“We will never sign a paper like this,” said Dana Oru.",
            "“We will never sign a paper like this,” Ivo Rask told reporters.",
            ("Dana Oru", "Ivo Rask"),
        ),
        (
            "The inspectors closed the bridge at Mill Street on Monday.",
            "The inspectors closed the bridge at Mill Street on Thursday.",
            ("Monday", "Thursday"),
        ),
        (
            "The inspectors have approved the bridge at Mill Street.",
            "The inspectors have not approved the bridge at Mill Street.",
            ("not",),
        ),
        (
            "The price of bread rose in Velm last winter.",
            "The price of bread fell in Velm last winter.",
            ("rose", "fell"),
        ),
        (
            "The minister resigned after the shameful vote in parliament.",
            "The minister resigned after the vote in parliament.",
            ("shameful",),
        ),
    ],
)
def test_what_differs_is_told_in_the_words_of_each(
    one: str, other: str, words: tuple[str, ...]
) -> None:
    [found] = disagreements(whole((document(one), document(other, label="B"))))
    assert found.words == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At least three people died in the storm.", "Five people died in the storm."),
        ("About 40,000 homes had no power.", "41,500 homes had no power."),
        ("Some 2.3 million customers are affected.", "2,300,000 customers are affected."),
        ("Rovers beat United 2-0 in March.", "United beat Rovers 2-0 in September."),
        ("Arland closed the crossing at Lund.", "Borland did not close the crossing at Lund."),
        ("Shares in Selby rose by 22 percent.", "Shares in Orrin fell by 5 percent."),
        ("In 2029 the port of Velm handled 3 ships.", "In 2030 the port of Velm handled 9 ships."),
        ("The dam was built by Norda Lines for Velm.", "For Velm, Norda Lines built the dam."),
        (
            "Arland recalled its ambassador from Maretia on Friday and closed its consulate.",
            "Borland recalled its ambassador from Maretia on Friday and closed its consulate.",
        ),
        ("He resigned, she said of the mayor.", "He resigned, said Dana Oru of the mayor."),
        ("On Monday 14 people were hurt in Hesk.", "On Friday 11 people were hurt in Hesk."),
    ],
)
def test_two_events_and_two_wordings_are_no_difference(one: str, other: str) -> None:
    assert disagreements(whole((document(one), document(other, label="B")))) == ()


def test_a_source_that_says_both_differs_from_none() -> None:
    one = document("Fourteen passengers were injured in the fire.")
    both = document(
        "At first 11 passengers were injured in the fire.",
        "Fourteen passengers were injured in the fire.",
        label="B",
    )
    assert disagreements(whole((one, both))) == ()


def test_a_source_does_not_differ_from_itself_nor_from_its_copy() -> None:
    for name in LANGUAGES:
        first, again = article(name), article(name, "B")
        assert _found(first) == frozenset()
        assert _found(first, again) == frozenset()


def test_days_of_papers_of_different_weeks_are_days_of_different_events() -> None:
    one = document("The council of Brook met on Monday in the old town hall.")
    other = document("The council of Brook met on Thursday in the old town hall.", label="B")
    days = ("2031-11-20", "2031-11-22", "2031-12-05")
    first, soon, later = (
        replace(each, published=day, published_basis="stated")
        for each, day in zip((one, other, other), days, strict=True)
    )
    assert [found.kind for found in disagreements(whole((first, soon)))] == ["date"]
    assert disagreements(whole((first, later))) == ()


def test_a_source_in_another_language_is_not_compared() -> None:
    one = document("The flood damaged 40 houses in Merren.")
    other = document("The flood damaged 55 houses in Merren.", label="B", language="fr")
    assert disagreements(whole((one, other))) == ()


def _found(*documents: Document) -> frozenset[tuple[tuple[str, ...], str]]:
    return frozenset(
        (tuple(f"{each.label}{number}" for each, number in found.sides), found.kind)
        for found in disagreements(whole(documents))
    )
