"""What the sources say to a question, and that they do not."""

import pytest

from bot.briefing.extractive.answering import found_answer
from bot.briefing.numbering import numbered
from bot.briefing.passages import whole
from bot.briefing.requests import Turn
from tests.texts import article

DEMO = whole((article("demo"),))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much will the repairs to the bridge cost?", "48 million crowns"),
        ("What did Lorn say about the pastures?", "denied that the pastures"),
        ("When will inspectors arrive?", "in the coming weeks"),
        ("How many pillars have cracks?", "four of its 17 pillars"),
        ("Did Ambria's railway comment?", "declined to comment"),
        ("Who is the mayor?", "Tomas Reuel"),
        ("What did Calder claim?", "Calder claimed"),
    ],
)
def test_a_question_that_the_text_answers_is_answered(question: str, words: str) -> None:
    found = found_answer(question, DEMO)
    assert 0 < len(found.lines) <= 3
    assert any(words in line.text for line in found.lines)
    assert found.nearest == ()


@pytest.mark.parametrize(
    "question",
    [
        "How much will a ticket for the passenger trains cost?",
        "Who paid for the new station?",
        "When was Edda Lorn born?",
        "How many people work for Readout?",
        "Which airline flies to Lorrimar?",
    ],
)
def test_a_question_that_the_text_does_not_answer_is_not(question: str) -> None:
    found = found_answer(question, DEMO)
    assert found.lines == ()
    assert len(found.nearest) <= 2


@pytest.mark.parametrize("question", ["", "???", "What?", "Who said what?"])
def test_a_question_about_nothing_finds_nothing(question: str) -> None:
    assert found_answer(question, DEMO) == ((), ())


def test_no_documents_hold_no_answer() -> None:
    assert found_answer("What did Lorn say?", ()) == ((), ())


def test_a_follow_up_is_read_with_the_question_before() -> None:
    turns = (Turn("What did Lorn say?", "Lorn denied it."),)
    found = found_answer("and Brull?", DEMO, turns)
    assert any("Brull" in line.text for line in found.lines)


def test_whoever_is_shown_a_claim_is_shown_its_denial() -> None:
    found = found_answer("How many people had lost their jobs?", whole((article("results"),)))
    assert "140 people" in found.lines[0].text
    assert "denied that figure" in found.lines[1].text


def test_why_wants_a_reason() -> None:
    text = "The line was closed in May. Shops suffered because the line was closed."
    [line] = found_answer("Why was the shop suffering?", whole((numbered("A", text),))).lines
    assert line.text.startswith("Shops suffered because")


def test_every_answer_is_a_sentence_of_the_source() -> None:
    for line in found_answer("How much will the repairs to the bridge cost?", DEMO).lines:
        assert line.text in DEMO[0].document.text
        assert line.evidence
