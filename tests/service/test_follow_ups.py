"""Questions follow the same rules as briefings: no line without a passage, nothing from outside."""

import pytest

from bot.briefing.draft import DraftItem
from bot.briefing.lines import Answer
from bot.briefing.requests import Turn, Wishes
from bot.briefing.tasks import Usage
from bot.service.briefing_service import BriefingService, Reading
from bot.service.extractive_writer import ExtractiveWriter
from tests.drafts import line
from tests.fakes import FixedJudge, FixedReader, ScriptedWriter, Transcript
from tests.texts import article

READING = Reading((article("demo"),))
QUESTIONS = (
    "What will a passenger ticket cost?",
    "Where was Terren born?",
    "Who built the bridge over the Sarn?",
    "How many people work at the station?",
)
"""To which the source has no answer."""


def _line(reference: str, text: str) -> DraftItem:
    return DraftItem("answer", line(reference, text))


async def _ask(
    writer: ScriptedWriter | ExtractiveWriter,
    question: str,
    turns: tuple[Turn, ...] = (),
    judge: FixedJudge | None = None,
) -> tuple[Answer, Transcript]:
    transcript = Transcript()
    briefing_service = BriefingService(
        FixedReader(), writer, "0.1.0", clock=lambda: 0.0, judge=judge
    )
    return await briefing_service.answer(READING, question, Wishes(), transcript, turns), transcript


async def test_an_answer_that_the_judge_rejects_leaves_the_question_open() -> None:
    invented = "The engineer Karl Ostra built the bridge."
    writer, judge = ScriptedWriter(_line("A3", invented)), FixedJudge(invented)
    answer, transcript = await _ask(writer, "Who built the bridge over the Sarn?", judge=judge)
    assert answer.answered is None
    assert [each.text for each in answer.withheld] == [invented]
    assert transcript.lines == []


async def test_a_line_with_an_unknown_reference_is_no_answer() -> None:
    item = _line("A99", "Repairs to the bridge will cost 48 million crowns.")
    answer, _ = await _ask(ScriptedWriter(item), "What will the repairs cost?")
    assert answer.answered is None


@pytest.mark.parametrize("question", QUESTIONS)
async def test_if_the_model_finds_no_answer_the_nearest_passages_are_shown(question: str) -> None:
    answer, _ = await _ask(ScriptedWriter(Usage(1, 1)), question)
    assert answer.answered is False
    assert 0 < len(answer.nearest) <= 3
    assert all(each.evidence and each.is_source_wording for each in answer.nearest)


@pytest.mark.parametrize("question", ["Which airline flies there?", "How high are the taxes?"])
async def test_a_question_unrelated_to_the_source_has_no_nearest_passages(question: str) -> None:
    answer, _ = await _ask(ExtractiveWriter(), question)
    assert (answer.answered, answer.nearest) == (None, ())


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        ("Who pays for the bridge?", "and how much will it cost?", "48 million crowns"),
        ("What did Maske say?", "And Lorn?", "Lorn, denied"),
        ("What did Calder say about the pastures?", "and Lorn?", "Lorn, denied"),
        ("Was the line shut?", "Why?", "winter fighting"),
    ],
)
async def test_an_earlier_question_completes_the_next_one(
    before: str, question: str, words: str
) -> None:
    answer, _ = await _ask(ExtractiveWriter(), question, (Turn(before, "The sources say so."),))
    assert any(words in each.text for each in answer.nearest)
    assert all(each.evidence for each in answer.nearest)


async def test_an_earlier_answer_is_not_evidence() -> None:
    turns = (Turn("What will a ticket cost?", "A ticket will cost 12 crowns."),)
    extracted, _ = await _ask(ExtractiveWriter(), "How much is a ticket?", turns)
    item = _line("A13", "A ticket will cost 12 crowns.")
    written, _ = await _ask(ScriptedWriter(item), "How much is a ticket?", turns)
    assert (extracted.lines, written.lines) == ((), ())
