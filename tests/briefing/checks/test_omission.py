"""A line keeps what its passages leave open, deny, or have somebody say."""

import pytest

from bot.briefing.checks.all import findings, proofs
from tests.statements import document, statement

GERMAN = (
    "Die Stadt öffnet die Brücke, falls der Prüfer zustimmt.",
    "Die Brücke könnte im Mai öffnen.",
    "Die Stadt hat die Brücke nicht bezahlt.",
    "Laut Dana Oru ist die Brücke sicher.",
    "Die Stadt öffnet die Brücke im Mai.",
)


@pytest.mark.parametrize(
    ("line", "number", "check"),
    [
        pytest.param("The city opens the bridge.", 1, "conditions", id="a condition"),
        pytest.param("The bridge opens in May.", 2, "hedges", id="a may"),
        pytest.param("The city has paid for the bridge.", 3, "negation", id="a not"),
        pytest.param("The bridge is safe.", 4, "attribution", id="a speaker"),
    ],
)
def test_what_a_translation_leaves_out_is_doubted_and_no_proof(
    line: str, number: int, check: str
) -> None:
    source = document(*GERMAN, language="de")
    found = findings(statement(line, source, number, language="en", is_translation=True))

    assert [reason.check for reason in found] == [check]
    assert not proofs(found)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        pytest.param("The city opens the bridge if the inspector agrees.", 1, id="a condition"),
        pytest.param("The bridge may open in May.", 2, id="a may"),
        pytest.param("The bridge is to open in May.", 2, id="what is to come"),
        pytest.param("The city has not paid for the bridge.", 3, id="a not"),
        pytest.param("The city refused to pay for the bridge.", 3, id="a negative verb"),
        pytest.param("The bridge is safe, according to Dana Oru.", 4, id="a speaker"),
        pytest.param("The city opens the bridge in May.", 5, id="none of them"),
    ],
)
def test_what_a_translation_keeps_in_its_own_words_is_not_doubted(line: str, number: int) -> None:
    source = document(*GERMAN, language="de")

    assert not findings(statement(line, source, number, language="en", is_translation=True))


def test_what_a_claim_is_called_in_any_language_is_known() -> None:
    source = document("据市长称，大桥已经关闭。", "大桥已经关闭。", language="zh")
    line = "The bridge is closed."

    assert [
        [reason.check for reason in findings(statement(line, source, number, is_translation=True))]
        for number in (1, 2)
    ] == [["attribution"], []]


def test_a_not_whose_clause_the_line_leaves_out_is_not_missed() -> None:
    passage = "It was felt in the capital, where no damage was reported."
    source = document(passage, "No damage was reported in the capital, officials added.")

    assert not findings(statement("The quake was felt in the capital.", source, 1))
    found = findings(statement("Officials reported damage in the capital.", source, 2))
    assert {reason.check for reason in found} == {"negation"}
