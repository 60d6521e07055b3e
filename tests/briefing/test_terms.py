"""Which passages hold most of what a line says?"""

from bot.briefing.terms import best_passages
from tests.statements import document

SOURCE = document(
    "Kestria’s opposition reacted with scorn.",
    "The bridge has a rusty bolt.",
    "Bruno Calder claimed that Kestria had promised the pastures.",
    "The government denied it.",
)


def chosen(text: str, *numbers: int) -> list[str]:
    passages = [SOURCE.passage(number) for number in numbers]
    return [passage.reference for passage in best_passages(passages, text, 2)]


def test_the_two_passages_that_cover_most_of_a_line_are_chosen() -> None:
    text = "Calder claimed that Kestria had promised the pastures; the government denied it."
    assert chosen(text, 1, 2, 3, 4) == ["A3", "A4"]


def test_one_sentence_is_chosen_once() -> None:
    assert chosen("The bridge has a rusty bolt.", 2, 2, 1) == ["A2", "A1"]


def test_if_no_passage_matches_the_first_are_chosen() -> None:
    assert chosen("Отряд ушёл.", 4, 1, 2) == ["A4", "A1"]
