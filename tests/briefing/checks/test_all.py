"""The checks together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.all import CHECKS, findings
from tests.statements import document, statement

SOURCE = document(
    "Ministers to meet again in May",
    "The ministers of Arland and Borland agreed on Monday to pay 3.5 million euros by 1 June.",
    "“We will not pay for the bridge alone,” said Dana Oru, Arland’s minister.",
    "‘Never,” she added.",
)


@pytest.mark.parametrize("number", range(1, 5))
def test_a_sentence_of_the_source_stands(number: int) -> None:
    assert findings(statement(SOURCE.sentence(number), SOURCE, number)) == ()


def test_a_line_that_points_at_nothing_fails_for_that_alone() -> None:
    line = replace(statement("Zorland pays “4 million”.", SOURCE), references=("A9",), passages=())

    assert [reason.check for reason in findings(line)] == ["references"]


def test_a_copied_line_with_a_reference_astray_fails() -> None:
    line = replace(statement(SOURCE.sentence(1), SOURCE, 1), references=("A1", "A9"))

    assert [reason.message for reason in findings(line)] == ["There is no passage “A9”."]


CUTS = document(
    "“We haven’t always had the balance right,” said Dana Oru.",
    "“We will not pay for the bridge alone,” said Dana Oru.",
    "“The line might reopen in the spring,” said Dana Oru.",
    "“We pay the whole bill if Borland clears the bridge,” said Dana Oru.",
)


@pytest.mark.parametrize(
    ("line", "number", "check"),
    [
        pytest.param("“always had the balance right”", 1, "negation", id="negation-before"),
        pytest.param("“We will … pay for the bridge”", 2, "negation", id="negation-left-out"),
        pytest.param("“reopen in the spring”", 3, "hedges", id="hedge"),
        pytest.param("“We pay the whole bill”", 4, "conditions", id="condition"),
    ],
)
def test_a_quotation_is_not_cut_out_of_what_it_hangs_on(line: str, number: int, check: str) -> None:
    cut = statement(f"Dana Oru said: {line}.", CUTS, number)

    assert check in [reason.check for reason in findings(cut)]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        pytest.param("They have not “always had the balance right”, said Dana Oru.", 1, id="not"),
        pytest.param("Dana Oru said they would not “pay for the bridge alone”.", 2, id="no-pay"),
        pytest.param("The line may “reopen in the spring”, said Dana Oru.", 3, id="may"),
    ],
)
def test_what_a_quotation_hangs_on_may_stand_outside_its_marks(line: str, number: int) -> None:
    assert findings(statement(line, CUTS, number)) == ()


def test_every_fault_is_told() -> None:
    line = statement("Ministers of Zorland agreed to pay “4 million euros” for it.", SOURCE, 2)

    assert [reason.message for reason in findings(line)] == [
        "“4 million euros” is not a quotation in A2.",
        "“4 million euros” is not in A2.",
        "“Zorland” is not in A2.",
    ]


def test_a_finding_decides_only_where_its_check_is_a_proof() -> None:
    source = document("The ministers may agree on Monday to close the bridge to heavy lorries.")
    line = "The ministers agree on Tuesday to close the bridge to heavy lorries."
    graded = {reason.check: reason.grade for reason in findings(statement(line, source, 1))}

    assert graded == {"dates": "proof", "hedges": "doubt"}


TEXT = st.text(st.sampled_from("abcdABCDéÅжЖ ’'“”-–.,12%$€ \n"), min_size=1, max_size=60).filter(
    str.strip
)


@given(text=TEXT)
def test_numbers_and_names_of_a_text_stand_in_itself(text: str) -> None:
    line = statement(text.strip(), document(text.strip()))

    assert [r for check in CHECKS for r in check(line) if r.check in ("numbers", "names")] == []


@given(text=TEXT, passage=TEXT)
def test_no_text_is_too_strange_for_a_check(text: str, passage: str) -> None:
    found = findings(statement(text, document(passage.strip())))

    assert all(reason.message.endswith(".") for reason in found)
