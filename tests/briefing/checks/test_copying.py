"""A line that copies its passages changes no word of them and moves none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.copying import copying
from tests.statements import about

FERRY = "The ferry company cancelled several crossings on Monday after a storm damaged the pier."
MAYOR = "Mara Lind, the mayor of Ansel, told us that she had asked Tomas Weir for advice."


def told(line: str, passage: str, language: str = "en") -> list[str]:
    return [reason.message for reason in copying(about(line, passage, language))]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(FERRY, FERRY, id="itself"),
        pytest.param(
            "The ferry company cancelled several crossings on Monday.", FERRY, id="cut-short"
        ),
        pytest.param(
            "According to the report, the ferry company cancelled several crossings on Monday.",
            f"{FERRY} The report says so.",
            id="who-says-so",
        ),
        pytest.param(
            "Ferries stood still at the start of the week because the pier had been battered.",
            FERRY,
            id="own-words",
        ),
        pytest.param(
            "The company hired 12 people in May and lost 3 of them.",
            "The company hired twelve people in May and lost three of them.",
            id="digits",
        ),
        pytest.param(
            "The 2 ministers defended the new agreement.",
            "The two ministers defended the new agreement.",
            id="digits-first",
        ),
        pytest.param(
            "Mara Lind said the old bridge in Ansel would open in May: “We are glad.”",
            "“We are glad.” The old bridge in Ansel would open in May, Mara Lind said.",
            id="speaker-first",
        ),
        pytest.param(
            "La compagnie a annulé plusieurs traversées lundi.",
            "La compagnie a annulé plusieurs traversées lundi après une tempête.",
            id="french",
        ),
    ],
)
def test_what_stands(line: str, passage: str) -> None:
    assert told(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage", "word"),
    [
        pytest.param(FERRY.replace("several", "all"), FERRY, "all", id="some-to-all"),
        pytest.param(FERRY.replace("crossings", "contracts"), FERRY, "contracts", id="noun"),
        pytest.param(FERRY.replace("damaged", "threatened"), FERRY, "threatened", id="verb"),
        pytest.param(FERRY.replace("cancelled", "secretly cancelled"), FERRY, "secretly", id="how"),
        pytest.param(FERRY.replace("after", "because"), FERRY, "because", id="cause"),
        pytest.param(FERRY.replace("The ferry", "Only the ferry"), FERRY, "only", id="only"),
        pytest.param(FERRY[:-1] + ", which led to protests.", FERRY, "protests", id="consequence"),
        pytest.param(
            "She had asked the mayor of Ansel for advice on Monday.",
            "He had asked the mayor of Ansel for advice on Monday.",
            "she",
            id="gender",
        ),
        pytest.param(
            "Tomas Weir, the mayor of Ansel, told us that she had asked Mara Lind for advice.",
            MAYOR,
            "Mara Lind",
            id="names-exchanged",
        ),
        pytest.param(
            "The outbreak has led to 46 human cases and 10 animal cases.",
            "The outbreak has led to 10 human cases and 46 animal cases.",
            "46",
            id="numbers-exchanged",
        ),
        pytest.param(
            "La compagnie a annulé toutes les traversées lundi après une tempête.",
            "La compagnie a annulé plusieurs traversées lundi après une tempête.",
            "toutes",
            id="french",
        ),
    ],
)
def test_what_does_not_stand(line: str, passage: str, word: str) -> None:
    language = "fr" if word == "toutes" else "en"
    assert any(f"“{word}”" in message for message in told(line, passage, language))


def test_a_word_of_another_sentence_is_in_its_place_in_neither() -> None:
    other = "Divers inspected the harbour wall near the lighthouse in April."
    line = "The harbour company cancelled several crossings on Monday after a storm."
    assert told(line, f"{FERRY} {other}") != []


@given(words=st.lists(st.sampled_from(FERRY[:-1].split()), min_size=0, max_size=8))
def test_a_sentence_cut_at_its_end_always_stands(words: list[str]) -> None:
    kept = FERRY[:-1].split()[: 14 - len(words)]
    assert told(" ".join(kept) + ".", FERRY) == []


@pytest.mark.parametrize(
    ("passage", "line"),
    [
        (
            "The council of Ansel meets again on Friday to vote on the new tram line.",
            "The council of Ansel will meet again on Friday.",
        ),
        (
            "The two towns voted on Monday to share the cost of the new tram line.",
            "The two towns vote to share the cost of the new tram line.",
        ),
    ],
)
def test_a_verb_in_another_form_is_no_other_word(passage: str, line: str) -> None:
    assert copying(about(line, passage)) == []


def test_another_verb_is_another_word() -> None:
    passage = "The council of Ansel meets again on Friday to vote on the new tram line."
    assert copying(about("The council of Ansel will sing again on Friday.", passage)) != []
