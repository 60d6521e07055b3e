"""Questions follow the same rules as briefings: no line without a passage, nothing from outside."""

import pytest

from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.lines import Answer
from bot.briefing.requests import Turn, Wishes
from bot.briefing.tasks import Usage
from bot.service.briefing_service import BriefingService, Reading
from bot.service.extractive_writer import ExtractiveWriter
from tests.fakes import FixedJudge, FixedReader, ScriptedWriter, Transcript
from tests.texts import article

READING = Reading((article("demo"),))
OUTSIDE = {
    "What will a passenger ticket cost?": ("A13", "A passenger ticket will cost 12 crowns."),
    "When did Maske become minister?": ("A2", "Doran Maske became transport minister in 2019."),
    "Where was Terren born?": ("A2", "Ilva Terren was born in Velm."),
    "Who will guard the tunnel?": ("A21", "Soldiers of the Ambrian army will guard the tunnel."),
    "Who built the bridge over the Sarn?": ("A3", "The engineer Karl Ostra built the bridge."),
    "Why did Calder leave the government?": (
        "A16",
        "Bruno Calder quit the cabinet after a quarrel over taxes.",
    ),
    "How long is the tunnel at Mount Orrel?": ("A21", "The tunnel is 2,300 metres long."),
    "When was the memorandum published?": ("A4", "The memorandum was published on 3 March."),
    "How many people work at the station?": ("A28", "Some 45 people work at the station."),
    "What did Lorn say about the cost?": ("A20", "Edda Lorn called the price outrageous."),
}
"""What a model might know or make up, and the sentence it would point at."""


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


def _line(reference: str, text: str) -> DraftItem:
    line = DraftLine(evidence=[reference], voice="event", speaker=None, text=text)
    return DraftItem("answer", line)


@pytest.mark.parametrize("question", OUTSIDE)
async def test_an_answer_from_outside_the_source_is_withheld(question: str) -> None:
    _, invented = OUTSIDE[question]
    writer, judge = ScriptedWriter(_line(*OUTSIDE[question])), FixedJudge(invented)
    answer, transcript = await _ask(writer, question, judge=judge)
    assert answer.answered is None
    assert len(answer.withheld) == 1
    assert transcript.lines == []


async def test_a_line_with_an_unknown_reference_is_no_answer() -> None:
    line = _line("A99", "Repairs to the bridge will cost 48 million crowns.")
    answer, _ = await _ask(ScriptedWriter(line), "What will the repairs cost?")
    assert answer.answered is None


@pytest.mark.parametrize("question", OUTSIDE)
async def test_if_the_model_finds_no_answer_the_nearest_passages_are_shown(question: str) -> None:
    answer, _ = await _ask(ScriptedWriter(Usage(1, 1)), question)
    assert answer.answered is False
    assert 0 < len(answer.nearest) <= 3
    assert all(line.evidence and line.is_source_wording for line in answer.nearest)


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
    assert any(words in line.text for line in answer.nearest)
    assert all(line.evidence for line in answer.nearest)


async def test_an_earlier_answer_is_not_evidence() -> None:
    turns = (Turn("What will a ticket cost?", "A ticket will cost 12 crowns."),)
    extracted, _ = await _ask(ExtractiveWriter(), "How much is a ticket?", turns)
    line = _line("A13", "A ticket will cost 12 crowns.")
    written, _ = await _ask(ScriptedWriter(line), "How much is a ticket?", turns)
    assert (extracted.lines, written.lines) == ((), ())
