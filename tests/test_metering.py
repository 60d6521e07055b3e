"""Each request to a model is entered once, with what it took and for whom."""

from dataclasses import replace

import pytest

from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.requests import PastedText
from bot.briefing.tasks import Usage
from bot.desk import Desk
from bot.errors import ModelFailure
from bot.ledger import Attempt
from tests.fakes import (
    FixedJudge,
    FixedReader,
    MemoryArchive,
    MemoryLedger,
    ScriptedWriter,
    Transcript,
    thread_desk,
)
from tests.test_threads import BRIEF


def draft_line(text: str, evidence: str) -> DraftLine:
    return DraftLine(text=text, evidence=[evidence], voice="event", speaker=None)


SOURCE = PastedText("The works cost 12 million crowns. Brook will pay a third of the cost.")
LINE = DraftItem("bottom_line", draft_line("Brook will pay a third.", "A2"))
WRONG = DraftItem("key_points", draft_line("The works cost 13 million.", "A1"))


async def entered(
    writer: ScriptedWriter,
    *,
    fallback: ScriptedWriter | None = None,
    judge: FixedJudge | None = None,
) -> list[Attempt]:
    """What was entered for one briefing."""
    archive, ledger, transcript = MemoryArchive(), MemoryLedger(), Transcript()
    desk = Desk(FixedReader(), writer, "0.1.0", fallback=fallback, judge=judge)
    story = thread_desk(desk, archive, transcript, ledger=ledger)
    mention = replace(BRIEF, sources=(SOURCE,))
    await archive.record(mention)
    await story.read(mention.key)
    await story.write(mention.key)
    assert {key for key, _ in ledger.attempts} <= {mention.key}
    return [attempt for _, attempt in ledger.attempts]


def figures(attempts: list[Attempt]) -> list[tuple[str, str, int, bool]]:
    return [(each.kind, each.model, each.usage.tokens_in, each.failed) for each in attempts]


async def test_a_draft_its_repair_and_the_second_opinion_are_three_attempts() -> None:
    writer = ScriptedWriter(LINE, WRONG, Usage(100, 10, cost_usd=0.1), repairs=(Usage(40, 4),))
    attempts = await entered(writer, judge=FixedJudge())

    assert figures(attempts) == [
        ("briefing", "scripted-1", 100, False),
        ("repair", "scripted-1", 40, False),
        ("judge", "judge-1", 50, False),
    ]
    assert attempts[0].usage.cost_usd == pytest.approx(0.1)
    assert attempts[0].first is not None
    assert attempts[1].first is None, "it gave nothing"


async def test_what_failed_is_entered_with_what_it_took_and_the_fallback_as_itself() -> None:
    fallback = ScriptedWriter(LINE, Usage(100, 10))
    fallback.model = "fallback-1"
    broken = ScriptedWriter(Usage(30, 0), ModelFailure("The model broke off."))
    judge = FixedJudge(failure=ModelFailure("The model did not answer in time."))

    assert figures(await entered(broken, fallback=fallback, judge=judge)) == [
        ("briefing", "scripted-1", 30, True),
        ("briefing", "fallback-1", 100, False),
        ("judge", "judge-1", 0, True),
    ]
