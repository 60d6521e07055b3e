"""A line does not say "rose" where its passages say "fell"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.meaning import direction
from tests.statements import about


def messages(line: str, passage: str, language: str = "en") -> list[str]:
    return [reason.message for reason in direction(about(line, passage, language))]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("Freight traffic rose in May.", "Freight traffic grew in May.", id="same-way"),
        pytest.param(
            "Borland beat Arland; Arland lost.", "Borland won, Arland lost.", id="each-its-own"
        ),
        pytest.param("At least 20 wagons crossed.", "The most wagons, 20, crossed.", id="at-least"),
        pytest.param("They met last week.", "They met in the first week.", id="last-week"),
    ],
)
def test_the_same_direction_passes(line: str, passage: str) -> None:
    assert messages(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage", "message"),
    [
        pytest.param(
            "Freight traffic rose in May.",
            "Freight traffic fell in May.",
            "A1 says “fell” where the line says “rose”.",
            id="rose",
        ),
        pytest.param(
            "Fewer wagons crossed the border this year.",
            "More wagons crossed the border this year.",
            "A1 says “more” where the line says “fewer”.",
            id="fewer",
        ),
        pytest.param(
            "He spoke to reporters after the hearing.",
            "He spoke to reporters before the hearing.",
            "A1 says “before” where the line says “after”.",
            id="after",
        ),
        pytest.param(
            "Arland won the case in court.",
            "Arland lost the case in court.",
            "A1 says “lost” where the line says “won”.",
            id="won",
        ),
        pytest.param(
            "Parliament accepted the plan on Monday.",
            "Parliament rejected the plan on Monday.",
            "A1 says “rejected” where the line says “accepted”.",
            id="accepted",
        ),
    ],
)
def test_the_other_direction_fails(line: str, passage: str, message: str) -> None:
    assert messages(line, passage) == [message]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Der Verkehr stieg im Mai.", "Der Verkehr sank im Mai."),
        ("fr", "Le trafic a augmenté en mai.", "Le trafic a diminué en mai."),
        ("es", "El tráfico aumentó en mayo.", "El tráfico disminuyó en mayo."),
        ("ru", "Поток грузов вырос в мае.", "Поток грузов упал в мае."),
        ("hy", "Բեռների հոսքը աճեց մայիսին։", "Բեռների հոսքը նվազեց մայիսին։"),
        ("ar", "ارتفع عدد القطارات في مايو", "انخفض عدد القطارات في مايو"),
    ],
)
def test_directions_are_recognised_in_many_languages(language: str, one: str, other: str) -> None:
    assert messages(one, other, language) != []
    assert messages(one, one, language) == []


WORDS = st.lists(
    st.sampled_from(["prices", "rose", "fell", "before", "after", "May", "more", "less", "in"]),
    min_size=1,
    max_size=20,
).map(" ".join)


@given(text=WORDS)
def test_a_text_never_contradicts_its_own_direction(text: str) -> None:
    assert messages(text, text) == []
