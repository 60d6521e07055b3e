"""What a document says somebody is."""

import pytest

from bot.briefing.numbering import numbered
from bot.briefing.speech import Role, role_of


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        pytest.param(
            "“No,” said Dana Oru, Arland’s transport minister.",
            "Dana Oru",
            Role("Arland’s transport minister", 1),
            id="behind the name",
        ),
        pytest.param(
            "The hosts were led by Secretary of State Anton Bell.",
            "Anton Bell",
            Role("Secretary of State", 1),
            id="before the name",
        ),
        pytest.param(
            "They were met by the envoy, Toivo Kaar, on Monday.",
            "Toivo Kaar",
            Role("the envoy", 1),
            id="before the name, with a comma",
        ),
        pytest.param(
            "It was late. Gwyn Shot, president and chief officer of Lowland, said so.",
            "Gwyn Shot",
            Role("president and chief officer of Lowland", 2),
            id="in a later sentence",
        ),
        pytest.param(
            "“No,” said Steve Clarke, deputy administrator for flight in the far north.",
            "Steve Clarke",
            Role("deputy administrator for flight in the far north", 1),
            id="all that it is of",
        ),
        pytest.param("Ilva Terren met them.", "Ilva Terren", None, id="none"),
        pytest.param(
            "The rival of the minister, Dana Oru, left.", "Dana Oru", None, id="another’s office"
        ),
        pytest.param(
            "The former City Hall water policy adviser Dana Oru left.",
            "Dana Oru",
            None,
            id="where a verb might stand between",
        ),
        pytest.param(
            "The former City Hall water policy adviser Dana Oru said so.",
            "Dana Oru",
            Role("former City Hall water policy adviser", 1),
            id="with what came before",
        ),
        pytest.param(
            "Last week State Department official Dana Oru left.",
            "Dana Oru",
            Role("State Department official", 1),
            id="behind a time",
        ),
        pytest.param(
            "“No,” said the coast guard’s commander, Dana Oru.",
            "Dana Oru",
            Role("the coast guard’s commander", 1),
            id="with its owner",
        ),
        pytest.param(
            "The board met Lowland’s chief executive, Dana Oru, on Monday.",
            "Dana Oru",
            Role("Lowland’s chief executive", 1),
            id="behind a verb",
        ),
        pytest.param(
            "“No,” Secretary-general Dana Oru said.",
            "Dana Oru",
            Role("Secretary-general", 1),
            id="with a hyphen",
        ),
        pytest.param(
            "Dana Oru, minister of roads, bridges and rivers, said so.",
            "Dana Oru",
            None,
            id="a list that a comma cuts",
        ),
        pytest.param(
            "Later two-time minister Dana Oru said so.", "Dana Oru", None, id="a word before it"
        ),
        pytest.param(
            "Its secretary-general, Dana Oru, said so.", "Dana Oru", None, id="whose is not said"
        ),
        pytest.param(
            "Dana Oru, the minister who resigned, said so.", "Dana Oru", None, id="no longer"
        ),
        pytest.param("Dana Oru, said the minister, left.", "Dana Oru", None, id="a clause"),
        pytest.param("His lawyer, Dana Oru, left.", "Dana Oru", None, id="whose is not said"),
        pytest.param("Minister Jan Oru met Dana Oru.", "Dana Oru", None, id="a namesake’s"),
    ],
)
def test_the_first_place_that_says_it_is_found(text: str, speaker: str, role: Role | None) -> None:
    assert role_of(numbered("A", text, language="en"), speaker) == role


def test_the_role_stands_letter_for_letter_in_the_sentence() -> None:
    document = numbered("A", "“No,” said Dana Oru, Arland’s transport minister.", language="en")
    found = role_of(document, "Dana Oru")
    assert found is not None
    assert found.role in document.sentence(found.number)
