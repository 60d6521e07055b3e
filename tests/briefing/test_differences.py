"""Where sources differ, measured on groups of articles about one event."""

import pytest

from bot.briefing.differences import casualties, disagreements
from bot.briefing.documents import Document, whole_excerpts
from bot.briefing.numbering import numbered
from tests.briefing.groups import NAMES, group
from tests.statements import document
from tests.texts import LANGUAGES, article


@pytest.mark.parametrize("name", NAMES)
def test_every_difference_is_found_and_nothing_else(name: str) -> None:
    event = group(name)
    assert _found(*event.documents) == event.differences


def test_a_difference_has_the_words_of_each_source() -> None:
    one = document("The flood damaged 40 houses in Merren.")
    other = document("In Merren the flood damaged 55 houses.", label="B")
    [found] = disagreements(whole_excerpts((one, other)))
    assert found.words == ("40", "55")


def test_the_dead_come_before_the_missing_and_these_before_the_damage() -> None:
    one = document(
        "The flood damaged 40 houses in Merren.",
        "In the village of Osta 7 hikers were reported missing on the ridge.",
        "In the port of Velm 12 sailors died in the harbour basin.",
    )
    other = document(
        "The flood damaged 55 houses in Merren.",
        "In the village of Osta 9 hikers were reported missing on the ridge.",
        "In the port of Velm 14 sailors died in the harbour basin.",
        label="B",
    )
    found = disagreements(whole_excerpts((one, other)))
    assert [each.words for each in found] == [("12", "14"), ("7", "9"), ("40", "55")]


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
        ("The flood cost 40 million crowns.", "The flood cost 40 million francs."),
        ("The flood damaged 40 houses in Merren.", "The flood damaged 55 barns in Merren."),
        ("The price of bread rose in Velm last winter.", "Bread fell in Velm last winter."),
        (
            "Norda sold 120 boats in the first quarter.",
            "Norda sold 190 boats in the second quarter.",
        ),
        ("The company sold 120 boats last year.", "The company sold 190 boats this year."),
        ("The storm left 12 villages without power.", "The storm left 19 villages without water."),
        ("The bank raised its rate to 4.5 percent.", "The bank raised its rate by 0.5 percent."),
        ("The ferry carried 120 passengers and crew.", "The ferry carried 110 passengers."),
        ("Twelve died in the first attack on Velm.", "Nine died in the second attack on Velm."),
    ],
)
def test_two_events_or_two_wordings_are_not_a_difference(one: str, other: str) -> None:
    assert disagreements(whole_excerpts((document(one), document(other, label="B")))) == ()


def test_sources_with_the_same_words_are_one_side() -> None:
    one, other = "The flood damaged 40 houses in Merren.", "The flood damaged 55 houses in Merren."
    texts = zip("ABC", (one, one, other), strict=True)
    documents = tuple(document(text, label=label) for label, text in texts)
    [found] = disagreements(whole_excerpts(documents))
    assert [each.label for each, _ in found.sides] == ["A", "B", "C"]
    assert [each.label for each, _ in found.distinct_sides] == ["A", "C"]


def test_a_source_that_states_both_figures_does_not_differ() -> None:
    one = document("Fourteen passengers were injured in the fire.")
    both = document(
        "At first 11 passengers were injured in the fire.",
        "Fourteen passengers were injured in the fire.",
        label="B",
    )
    assert disagreements(whole_excerpts((one, both))) == ()


def test_a_source_does_not_differ_from_itself_nor_from_its_copy() -> None:
    for name in LANGUAGES:
        first, again = article(name), article(name, "B")
        assert _found(first) == frozenset()
        assert _found(first, again) == frozenset()


def test_a_source_in_another_language_is_not_compared() -> None:
    one = document("The flood damaged 40 houses in Merren.")
    other = document("The flood damaged 55 houses in Merren.", label="B", language="fr")
    assert disagreements(whole_excerpts((one, other))) == ()


def _found(*documents: Document) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(f"{each.label}{number}" for each, number in found.sides)
        for found in disagreements(whole_excerpts(documents))
    )


# Counts of the dead and the injured.


@pytest.mark.parametrize(
    ("text", "language", "figure"),
    [
        ("The flood killed 37 people.", "en", "37"),
        ("At least three people died.", "en", "three"),
        ("The death toll rose to 1,204.", "en", "1,204"),
        ("Погибли 12 человек.", "ru", "12"),
        ("L'attaque a fait 12 morts.", "fr", "12"),
        ("Զոհվել է 7 մարդ։", "hy", "7"),
        ("The firm sold 37 boats.", "en", None),
        ("Do not say that 37 people died.", "en", None),
        ("Es waren 12 Tote.", "xx", None),
    ],
)
def test_the_figure_is_found_as_written(text: str, language: str, figure: str | None) -> None:
    found = [figure for _, figure in casualties(numbered("A", text, language=language))]
    assert found == ([figure] if figure else [])
