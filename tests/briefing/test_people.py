"""What a document says somebody is."""

import pytest

from bot.briefing.numbering import numbered
from bot.briefing.people import Role, role_of


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        pytest.param(
            "“No,” said Dana Oru, Arland’s transport minister.",
            "Dana Oru",
            Role("Dana Oru", "Arland’s transport minister", 1),
            id="behind the name",
        ),
        pytest.param(
            "The hosts were led by Secretary of State Anton Bell.",
            "Bell",
            Role("Anton Bell", "Secretary of State", 1),
            id="before the name",
        ),
        pytest.param(
            "They were met by the envoy, Toivo Kaar, on Monday.",
            "Kaar",
            Role("Toivo Kaar", "envoy", 1),
            id="before the name, with a comma",
        ),
        pytest.param(
            "It was late. Gwyn Shot, president and chief officer of Lowland, said so.",
            "Gwyn Shot",
            Role("Gwyn Shot", "president and chief officer of Lowland", 2),
            id="in a later sentence",
        ),
        pytest.param(
            "“No,” said Steve Clarke, deputy administrator for flight in the far north.",
            "Clarke",
            Role("Steve Clarke", "deputy administrator", 1),
            id="as far as the title goes",
        ),
        pytest.param(
            "Ilva Terren met them. Later Terren spoke.",
            "Terren",
            Role("Ilva Terren", None, 1),
            id="a first name and no role",
        ),
        pytest.param("Terren spoke.", "Terren", None, id="neither"),
        pytest.param("James Van Horn left.", "Van Horn", None, id="a name of two words stays"),
    ],
)
def test_the_first_place_that_says_it_is_found(text: str, speaker: str, role: Role | None) -> None:
    assert role_of(numbered("A", text, language="en"), speaker) == role


def test_name_and_role_stand_letter_for_letter_in_the_sentence() -> None:
    document = numbered("A", "“No,” said Dana Oru, Arland’s transport minister.", language="en")
    found = role_of(document, "Oru")
    assert found is not None
    assert found.role is not None
    assert found.full_name in document.sentence(found.number)
    assert found.role in document.sentence(found.number)
