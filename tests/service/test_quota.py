"""Over its quota a request is served without a model, and says until when."""

from dataclasses import replace

import pytest

from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.lines import Answer, Briefing
from bot.service.briefing_service import BriefingService
from bot.service.ports import Mention, Outcome, Taken
from bot.service.usage import ModelUsage
from tests.fakes import (
    FixedJudge,
    FixedReader,
    MemoryArchive,
    MemoryLedger,
    ScriptedWriter,
    Transcript,
    job_steps,
)
from tests.service.service import ASK, BRIEF, DEMO

LINE = DraftItem(
    "bottom_line",
    DraftLine(text="Repairs will be paid.", evidence=["A1"], voice="event", speaker=None),
)
EVENING = 1_767_960_000.0 + 7 * 3600  # 19:00 UTC
PERSON = ModelUsage(MemoryLedger(), tokens_per_person=1_000, clock=lambda: EVENING)
TEAM = ModelUsage(MemoryLedger(), tokens_per_workspace=5_000, clock=lambda: EVENING)


async def reply_with_quota(
    mention: Mention, usage: ModelUsage, taken: Taken
) -> tuple[Outcome, int]:
    """The outcome, and the number of requests to the model."""
    archive, ledger = MemoryArchive(), MemoryLedger()
    ledger.was_taken = taken
    writer = ScriptedWriter(LINE)
    briefing_service = BriefingService(FixedReader(), writer, "0.1.0", judge=FixedJudge())
    steps = job_steps(briefing_service, archive, Transcript(), usage=replace(usage, ledger=ledger))
    await archive.record(mention)
    await steps.read(mention.key)
    await steps.write(mention.key)
    outcome = await archive.outcome(mention.key)
    assert outcome is not None
    return outcome, len(writer.tasks)


@pytest.mark.parametrize(
    ("usage", "taken", "whose"),
    [
        pytest.param(PERSON, Taken(1_000, 1_000), "You have used all 1,000", id="person"),
        pytest.param(TEAM, Taken(10, 5_001), "This workspace has used all 5,000", id="team"),
    ],
)
async def test_over_quota_a_briefing_is_extracted_and_says_until_when(
    usage: ModelUsage, taken: Taken, whose: str
) -> None:
    briefing, requests = await reply_with_quota(BRIEF, usage, taken)
    assert isinstance(briefing, Briefing)
    assert requests == 0
    assert briefing.receipt.engine == "extractive"
    assert briefing.bottom_line is not None
    assert whose in briefing.notes[0]
    assert briefing.notes[0].endswith("at midnight UTC, in 5 hours.")


async def test_over_quota_a_question_is_answered_with_the_closest_passages() -> None:
    asked = replace(ASK, sources=(DEMO,), intent="ask")
    answer, requests = await reply_with_quota(asked, PERSON, Taken(1_000, 1_000))
    assert isinstance(answer, Answer)
    assert requests == 0
    assert answer.nearest
    assert "You have used" in answer.notes[0]


async def test_under_quota_the_model_writes() -> None:
    briefing, requests = await reply_with_quota(BRIEF, PERSON, Taken(999, 9_999))
    assert isinstance(briefing, Briefing)
    assert requests > 0
    assert not any("You have used" in note for note in briefing.notes)
