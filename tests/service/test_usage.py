"""Every request to a model is entered once, however it ends, with its tokens and for whom, and
releases its place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from bot.briefing.draft import DraftBriefing, DraftRepair, Place
from bot.briefing.lines import Briefing, Line
from bot.briefing.requests import PastedText
from bot.briefing.tasks import Usage
from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.models.writer import ModelWriter
from bot.service.briefing_service import BriefingService
from bot.service.job_steps import JobSteps
from bot.service.model_scheduler import ModelScheduler
from bot.service.ports import Attempt, Mention
from bot.service.usage import ModelUsage, report
from tests import model_server as server
from tests.drafts import line
from tests.fakes import FixedReader, MemoryArchive, MemoryLedger, Transcript, job_steps
from tests.model_server import Breaks, ModelServer, Says, Silence, Step
from tests.service.service import BRIEF

SOURCE = PastedText("The works cost 12 million crowns. Brook will pay a third of the cost.")
MENTION = replace(BRIEF, sources=(SOURCE,))


PAYS = line("A2", "Brook will pay a third.")
DRAFT = DraftBriefing(
    headline=PAYS,
    bottom_line=PAYS,
    key_points=[line("A1", "The works cost 13 million.")],
    differences=[], commitments=[], quotes=[], cautions=[], unknowns=[],
)  # fmt: skip
NO_REPAIR = DraftRepair(lines=[], commitments=[], quotes=[])
GOOD, HALF = Says.draft(DRAFT), Says.draft(DRAFT).text[:300]


class CrashingTranscript(Transcript):
    """A reply that crashes at its first line."""

    def __init__(self) -> None:
        super().__init__()
        self.has_failed = False

    async def line(self, line: Line, place: Place) -> None:
        if not self.has_failed:
            self.has_failed = True
            raise RuntimeError("a fault of ours")
        await super().line(line, place)


class SlowLedger(MemoryLedger):
    """A ledger that takes several turns of the event loop."""

    async def enter(self, mention: Mention, attempt: Attempt) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        await super().enter(mention, attempt)


@dataclass
class MeteredService:
    """A service whose models share one endpoint with one place."""

    model: ModelServer
    has_judge: bool = False
    transcript: Transcript = field(default_factory=Transcript)
    ledger: SlowLedger = field(default_factory=SlowLedger)
    archive: MemoryArchive = field(default_factory=MemoryArchive)

    def __post_init__(self) -> None:
        at = Endpoint("writer-1", self.model.url, retries=0, scheduler=ModelScheduler(1))
        self.endpoint = replace(at, price_input=1.0, price_output=10.0)
        self.writer = ModelWriter(self.endpoint)
        self.fallback = ModelWriter(replace(self.endpoint, model="fallback-1"))
        self.judge = ModelJudge(replace(self.endpoint, model="judge-1"))

    @property
    def steps(self) -> JobSteps:
        judge = self.judge if self.has_judge else None
        briefing_service = BriefingService(
            FixedReader(), self.writer, "0.1.0", fallback=self.fallback, judge=judge
        )
        return job_steps(
            briefing_service, self.archive, self.transcript, usage=ModelUsage(self.ledger)
        )

    async def begin(self) -> None:
        await self.archive.record(MENTION)
        await self.steps.read(MENTION.key)

    async def write(self) -> Briefing:
        await self.steps.write(MENTION.key)
        outcome = await self.archive.outcome(MENTION.key)
        assert isinstance(outcome, Briefing)
        return outcome

    @property
    def entered(self) -> list[tuple[str, str, bool]]:
        return [(a.kind, a.model, a.failed) for _, a in self.ledger.attempts]

    async def one_place_is_free(self) -> bool:
        """Whether a request gets a place at once."""
        async with asyncio.timeout(60), self.endpoint.scheduler.place():
            return True


@asynccontextmanager
async def metered(*script: Step, has_judge: bool = False) -> AsyncIterator[MeteredService]:
    async with ModelServer(*script) as model:
        made = MeteredService(model, has_judge)
        await made.begin()
        try:
            yield made
        finally:
            for each in (made.writer, made.fallback, made.judge):
                await each.close()


async def test_draft_repair_and_judgement_are_separate_entries() -> None:
    script = (GOOD, replace(Says.draft(NO_REPAIR), usage=(40, 4)))
    async with metered(*script, has_judge=True) as made:
        briefing = await made.write()
    assert sorted(set(made.entered)) == [
        ("briefing", "writer-1", False),
        ("judge", "judge-1", False),
        ("repair", "writer-1", False),
    ]
    usages = [attempt.usage for _, attempt in made.ledger.attempts]
    assert not any(each.estimated for each in usages)
    receipt = briefing.receipt
    tokens = (receipt.tokens_in, receipt.tokens_out)
    assert tokens == (
        sum(each.tokens_in for each in usages), sum(each.tokens_out for each in usages),
    )  # fmt: skip
    assert receipt.cost_usd == pytest.approx(sum(each.cost_usd or 0 for each in usages))
    assert {key for key, _ in made.ledger.attempts} == {MENTION.key}


async def test_a_failed_attempt_and_the_fallback_are_separate_entries() -> None:
    script = (server.BROKEN, GOOD, Says.draft(NO_REPAIR))
    async with metered(*script) as made:
        await made.write()
    assert made.entered == [
        ("briefing", "writer-1", True),
        ("briefing", "fallback-1", False),
        ("repair", "fallback-1", False),
    ]
    assert made.ledger.attempts[0][1].usage.tokens_in == 0


async def test_the_usage_of_a_broken_off_answer_is_estimated_in_ledger_and_receipt() -> None:
    async with metered(Breaks(HALF)) as made:
        briefing = await made.write()
    (_, attempt), *_ = made.ledger.attempts
    assert attempt.failed
    assert attempt.usage.estimated
    assert attempt.usage.tokens_in > 500
    assert 50 < attempt.usage.tokens_out < 400
    assert briefing.receipt.tokens_estimated
    assert briefing.receipt.tokens_in == attempt.usage.tokens_in


@pytest.mark.parametrize("text", ["", HALF], ids=["before the first word", "in the middle"])
async def test_a_cancelled_request_is_entered_with_its_usage_so_far(text: str) -> None:
    async with metered(Silence(text=text)) as made:
        writing = asyncio.create_task(made.steps.write(MENTION.key))
        while not made.model.requests or (text and not made.transcript.lines):
            await asyncio.sleep(0.01)
        writing.cancel()
        await asyncio.wait({writing})
        assert made.entered == [("briefing", "writer-1", False)]
        [(key, attempt)] = made.ledger.attempts
        assert key == MENTION.key
        assert attempt.usage.estimated
        assert attempt.usage.tokens_in > 500
        assert bool(attempt.usage.tokens_out) == bool(text)
        assert attempt.usage.cost_usd
        assert await made.one_place_is_free()


async def test_a_request_that_never_got_a_place_is_not_entered() -> None:
    async with metered(GOOD) as made, made.endpoint.scheduler.place():
        writing = asyncio.create_task(made.steps.write(MENTION.key))
        while "writing" not in made.transcript.stages:
            await asyncio.sleep(0.01)
        writing.cancel()
        await asyncio.wait({writing})
    assert made.entered == []
    assert made.model.requests == []


async def test_an_internal_error_in_the_middle_of_an_answer_releases_its_place() -> None:
    script = (Silence(text=HALF), GOOD, Says.draft(NO_REPAIR))
    async with metered(*script) as made:
        made.transcript = CrashingTranscript()
        # The failure keeps everything in progress alive, so nothing is closed by the garbage
        # collector.
        with pytest.raises(RuntimeError, match="a fault of ours") as failure:
            await made.write()
        assert await made.one_place_is_free()
        assert made.entered == [("briefing", "writer-1", False)]
        assert (await made.write()).receipt.model == "writer-1"
        assert str(failure.value) == "a fault of ours"
    assert len(made.ledger.attempts) == 3


async def test_a_failing_ledger_does_not_prevent_the_reply() -> None:
    class Broken(SlowLedger):
        async def enter(self, mention: Mention, attempt: Attempt) -> None:
            raise OSError("the disk is full")

    async with metered(GOOD, Says.draft(NO_REPAIR)) as made:
        made.ledger = Broken()
        assert (await made.write()).receipt.model == "writer-1"


async def test_an_entry_that_the_ledger_did_not_take_is_made_a_little_later() -> None:
    class FullOnce(MemoryLedger):
        refused = 0

        async def enter(self, mention: Mention, attempt: Attempt) -> None:
            if not self.refused:
                self.refused += 1
                raise OSError("the disk is full")
            await super().enter(mention, attempt)

    ledger = FullOnce()
    with ModelUsage(ledger).recording(MENTION):
        await report(Attempt("briefing", "writer-1", Usage(10, 5), 1.0, None, failed=False))
    assert (ledger.refused, ledger.attempts) == (1, [])
    async with asyncio.timeout(60):
        while not ledger.attempts:
            await asyncio.sleep(0.1)
    [(_, entered)] = ledger.attempts
    assert 2.0 <= entered.ago < 60
