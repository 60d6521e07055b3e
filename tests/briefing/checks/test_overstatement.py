"""A line says no more than its passages by one word."""

import pytest

from bot.briefing.checks.meaning import overstatement
from tests.statements import about, document, statement


def messages(line: str, passage: str, language: str = "en") -> list[str]:
    return [reason.message for reason in overstatement(about(line, passage, language))]


@pytest.mark.parametrize(
    ("line", "passage", "language", "word"),
    [
        pytest.param(
            "The bridge closed because the bolts were worn.",
            "The bridge closed in May. The bolts were worn.",
            "en",
            "because",
            id="a cause",
        ),
        pytest.param(
            "All members of the council voted for the bridge.",
            "Members of the council voted for the bridge.",
            "en",
            "All",
            id="all",
        ),
        pytest.param(
            "Only the mayor signed the contract.",
            "The mayor signed the contract.",
            "en",
            "Only",
            id="only",
        ),
        pytest.param(
            "It is the first bridge over the Lorn.",
            "It is a bridge over the Lorn.",
            "en",
            "first",
            id="the first",
        ),
        pytest.param(
            "Most residents use the ferry.",
            "Many residents use the ferry.",
            "en",
            "Most",
            id="most for many",
        ),
        pytest.param(
            "Le pont a fermé à cause des boulons.",
            "Le pont a fermé en mai. Les boulons étaient usés.",
            "fr",
            "à cause",
            id="French",
        ),
        pytest.param(
            "Alle Räte stimmten für die Brücke.",
            "Die Räte stimmten für die Brücke.",
            "de",
            "Alle",
            id="German",
        ),
        pytest.param(
            "Solo la alcaldesa firmó el contrato.",
            "La alcaldesa firmó el contrato.",
            "es",
            "Solo",
            id="Spanish",
        ),
        pytest.param(
            "Мост закрыли из-за болтов.",
            "Мост закрыли в мае. Болты износились.",
            "ru",
            "из-за",
            id="Russian",
        ),
        pytest.param(
            "Կամուրջը փակվեց մաշված հեղույսների պատճառով։",
            "Կամուրջը փակվեց մայիսին։ Հեղույսները մաշված էին։",
            "hy",
            "պատճառով",
            id="Armenian",
        ),
        pytest.param(
            "أغلق الجسر بسبب البراغي.",
            "أغلق الجسر في مايو. كانت البراغي بالية.",
            "ar",
            "بسبب",
            id="Arabic",
        ),
    ],
)
def test_a_word_that_makes_the_line_stronger_is_doubted(
    line: str, passage: str, language: str, word: str
) -> None:
    assert messages(line, passage, language) == [f"“{word}” is not in A1."]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(
            "The bridge closed because the bolts were worn.",
            "Worn bolts led to the closing of the bridge.",
            id="a cause told otherwise",
        ),
        pytest.param(
            "Every member voted for it.", "The members all voted for it.", id="all for every"
        ),
        pytest.param(
            "Only the mayor signed.", "Nobody but the mayor signed.", id="only told otherwise"
        ),
        pytest.param(
            "The work is due to begin in May.", "The work will begin in May.", id="due to begin"
        ),
        pytest.param(
            "Several councillors stayed away.",
            "Some of the councillors stayed away.",
            id="a part told otherwise",
        ),
        pytest.param("The mayor signed.", "The mayor signed.", id="the same"),
    ],
)
def test_what_the_passage_says_in_similar_words_is_not_doubted(line: str, passage: str) -> None:
    assert messages(line, passage) == []


def test_a_cause_is_looked_for_in_the_language_of_the_passage() -> None:
    passage = document("Die Brücke wurde gesperrt, weil Bolzen abgenutzt waren.", language="de")
    other = document("Die Brücke wurde gesperrt. Bolzen waren abgenutzt.", language="de")
    line = "The bridge was closed because the bolts were worn."

    assert overstatement(statement(line, passage, language="en", is_translation=True)) == []
    assert overstatement(statement(line, other, language="en", is_translation=True))
