"""A line keeps the condition under which its passages say something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.meaning import conditions
from tests.statements import about

AGREED = "The ministers agreed to reopen the Hallin line by 1 June, if inspectors clear the bridge."


def messages(line: str, passage: str, language: str = "en") -> list[str]:
    return [reason.message for reason in conditions(about(line, passage, language))]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(
            "The ministers agreed to reopen the line, if inspectors clear the bridge.",
            AGREED,
            id="kept",
        ),
        pytest.param(
            "The ministers agreed to reopen the line unless inspectors object.",
            AGREED,
            id="said-otherwise",
        ),
        pytest.param("Inspectors are to look at the bridge.", AGREED, id="about-something-else"),
        pytest.param(
            "The ministers agreed to reopen the line once inspectors clear the bridge.",
            AGREED,
            id="its-words-are-there",
        ),
        pytest.param(
            "He opened the umbrella in the rain.",
            "He opened the umbrella even if the rain had stopped.",
            id="even-if",
        ),
        pytest.param(
            "Reporters asked the minister.",
            "Reporters asked if the minister would resign.",
            id="asked-if",
        ),
        pytest.param(
            "The talks went on for three more days there.",
            "The talks, if slowly, went on for three more days.",
            id="an-aside",
        ),
    ],
)
def test_a_line_that_keeps_the_condition_passes(line: str, passage: str) -> None:
    assert messages(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage", "condition"),
    [
        pytest.param(
            "The ministers agreed to reopen the line by 1 June.",
            AGREED,
            "if inspectors clear the bridge",
            id="behind",
        ),
        pytest.param(
            "The union will strike on Friday.",
            "Unless masts are built, the union will strike on Friday.",
            "unless masts are built",
            id="in-front",
        ),
        pytest.param(
            "The sale was approved by the board.",
            "The sale was approved by the board subject to a vote in May.",
            "subject to a vote in May",
            id="subject-to",
        ),
        pytest.param(
            "The council will build the approved school in the town.",
            "The council will build the school in the town if approved.",
            "if approved",
            id="of-one-word",
        ),
    ],
)
def test_a_lost_condition_fails(line: str, passage: str, condition: str) -> None:
    assert messages(line, passage) == [f"It leaves out the condition “{condition}”."]


@pytest.mark.parametrize(
    ("language", "whole", "cut"),
    [
        (
            "de",
            "Der Rat öffnet die Strecke im Juni, wenn Prüfer zustimmen.",
            "Der Rat öffnet die Strecke im Juni.",
        ),
        (
            "fr",
            "Le conseil rouvrira la ligne en juin à condition que le pont soit sûr.",
            "Le conseil rouvrira la ligne en juin.",
        ),
        (
            "es",
            "El consejo reabrirá la línea en junio a menos que nieve.",
            "El consejo reabrirá la línea en junio.",
        ),
        (
            "ru",
            "Совет откроет линию в июне, если мост признают безопасным.",
            "Совет откроет линию в июне.",
        ),
        (
            "hy",
            "Խորհուրդը կբացի գիծը հունիսին, եթե կամուրջը անվտանգ լինի։",
            "Խորհուրդը կբացի գիծը հունիսին։",
        ),
        ("ar", "سيفتح المجلس الخط في يونيو بشرط سلامة الجسر", "سيفتح المجلس الخط في يونيو"),
    ],
)
def test_conditions_are_recognised_in_many_languages(language: str, whole: str, cut: str) -> None:
    assert messages(cut, whole, language) != []
    assert messages(whole, whole, language) == []


WORDS = st.lists(
    st.sampled_from(["the", "if", "unless", "ministers", "agreed", "bridge", ",", ".", "line"]),
    min_size=1,
    max_size=20,
).map(" ".join)


@given(text=WORDS)
def test_a_text_keeps_its_own_conditions(text: str) -> None:
    assert messages(text, text) == []
