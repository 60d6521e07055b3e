"""At the deadline there is a reply without the model, which the model's version replaces."""

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

import pytest

from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.lines import Answer, Briefing, Remake
from bot.briefing.requests import Wishes
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.jobs.durable import JobSettings
from bot.service.briefing_service import BriefingService
from bot.service.deadline import DeadlineReplies
from bot.service.errors import ModelFailure
from bot.service.model_scheduler import ModelScheduler
from bot.service.ports import LONGEST_AWAITED, Mention, Notice, Outcome, is_awaited
from tests.fakes import Clock, FixedReader, MemoryArchive, ScriptedWriter, Transcript, job_steps
from tests.service.service import ASK, BRIEF, STOP

STILL_WORKING = (
    "The model is still working. Its version will replace this one if it arrives within ten "
    "minutes."
)
UPDATED = (
    "Updated at 00:00 UTC with the model’s version; the first version may already have been "
    "forwarded."
)
FINAL = "The model didn’t finish in time; this version is final."
STOPPED = "The model was stopped; this version is final."
MET = "Ilva Terren and Doran Maske met on Monday in Port Hallin."
LINE = DraftItem(
    "bottom_line",
    DraftLine(evidence=["A2"], voice="event", speaker=None, text=MET),
)
COST = DraftLine(
    evidence=["A13"],
    voice="attributed",
    speaker="the River Commission",
    text="The repairs will cost 48 million crowns, according to the River Commission.",
)


class HeldWriter(ScriptedWriter):
    """`ports.Writer` that writes once ``go`` is set; ``asked`` counts its calls."""

    def __init__(self, *steps: DraftItem | Usage | ModelFailure) -> None:
        super().__init__(*steps)
        self.go, self.asked, self.cut_off = asyncio.Event(), 0, 0

    async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        self.asked += 1
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cut_off += 1
            raise
        async for each in super().write(task):
            yield each


class LateService:
    """A service whose deadline is over at once."""

    def __init__(self, *steps: DraftItem | Usage | ModelFailure) -> None:
        self.writer, self.clock = HeldWriter(*(steps or (LINE, Usage(10, 5)))), Clock()
        self.archive, self.transcript = MemoryArchive(), Transcript()
        self.begin()

    def begin(self) -> None:
        """Start a new process."""
        briefing_service = BriefingService(FixedReader(), self.writer, "0.1.0", clock=lambda: 0.0)
        self.steps = job_steps(
            briefing_service, self.archive, self.transcript, deadline=0.001, clock=self.clock
        )

    async def tell(self, mention: Mention) -> bool:
        """Run all steps; returns whether the reply is to be replaced."""
        await self.archive.record(mention)
        for step in (self.steps.read, self.steps.write):
            await step(mention.key)
        return await self.steps.post(mention.key)

    async def wait(self, mention: Mention) -> None:
        """Wait for what replaces it, as the job does."""
        if await self.steps.catch_up(mention.key):
            await self.steps.post_again(mention.key)

    @property
    def posted(self) -> Briefing | Answer:
        return replied(self.transcript.outcomes[-1])

    @property
    def shown_again(self) -> list[Briefing | Answer]:
        return [replied(each) for each in self.transcript.shown_again]


def replied(outcome: Outcome) -> Briefing | Answer:
    assert isinstance(outcome, Briefing | Answer)
    return outcome


async def test_at_the_deadline_there_is_a_briefing_without_the_model() -> None:
    service = LateService()
    assert await service.tell(BRIEF)
    assert service.posted.receipt.engine == "extractive"
    assert service.posted.notes[0] == STILL_WORKING
    assert service.posted.awaits == LONGEST_AWAITED
    await service.steps.deadline_replies.drop(BRIEF.key)


async def test_the_model_s_version_replaces_the_first() -> None:
    service = LateService()
    await service.tell(BRIEF)
    service.writer.go.set()
    await service.wait(BRIEF)
    (again,) = service.shown_again
    assert again.receipt.model == "scripted-1"
    assert again.notes[0] == UPDATED
    assert again.awaits is None
    assert await service.archive.outcome(BRIEF.key) == again
    assert service.writer.asked == 1


async def test_a_model_in_time_writes_the_only_version() -> None:
    service = LateService()
    service.writer.go.set()
    service.steps = job_steps(
        service.steps.request_handler.briefing_service,
        service.archive,
        service.transcript,
        deadline=20,
    )
    assert not await service.tell(BRIEF)
    assert service.posted.receipt.model == "scripted-1"


async def test_an_answer_is_replaced_like_a_briefing() -> None:
    service = LateService(DraftItem("answer", COST), Usage(10, 5))
    await service.tell(BRIEF)
    await service.steps.deadline_replies.drop(BRIEF.key)
    assert await service.tell(ASK)
    assert isinstance(service.posted, Answer)
    assert service.posted.notes[0] == STILL_WORKING
    service.writer.go.set()
    await service.wait(ASK)
    assert isinstance(service.shown_again[-1], Answer)
    assert service.shown_again[-1].notes[0] == UPDATED


async def test_if_the_model_s_version_never_comes_the_first_is_final() -> None:
    service = LateService()
    await service.tell(BRIEF)
    first = service.posted
    service.clock.now = LONGEST_AWAITED + 1
    await service.wait(BRIEF)
    (again,) = service.shown_again
    assert again == replace(first, notes=(FINAL, *first.notes[1:]), awaits=None)
    assert service.writer.cut_off == 1


async def test_if_the_model_fails_late_the_first_version_is_final() -> None:
    service = LateService(ModelFailure("The model has no credit left."))
    await service.tell(BRIEF)
    service.writer.go.set()
    await service.wait(BRIEF)
    assert service.shown_again[0].notes[0] == FINAL


async def test_after_a_crash_the_model_is_asked_again_only_if_its_version_was_not_stored() -> None:
    service = LateService()
    await service.tell(BRIEF)
    await service.steps.deadline_replies.drop(BRIEF.key)
    service.begin()
    service.writer.go.set()
    await service.wait(BRIEF)
    assert service.writer.asked == 2
    service.begin()
    await service.wait(BRIEF)
    assert service.writer.asked == 2


async def test_a_version_that_was_stored_just_before_a_crash_is_shown_by_the_next_process() -> None:
    service = LateService()
    await service.tell(BRIEF)
    service.writer.go.set()
    assert await service.steps.catch_up(BRIEF.key)
    service.begin()
    await service.wait(BRIEF)
    assert [each.notes[0] for each in service.shown_again] == [UPDATED]


@pytest.mark.parametrize("how", ["ended", "deleted"])
async def test_a_reply_that_was_ended_or_deleted_is_not_shown_again(how: str) -> None:
    service = LateService()
    await service.tell(BRIEF)
    if how == "deleted":
        await service.archive.delete(BRIEF.key)
    else:
        ended = Notice("", ended_by="gone:1")
        await service.archive.supersede(BRIEF, service.posted, ended)
    assert not await service.steps.catch_up(BRIEF.key)
    await service.steps.post_again(BRIEF.key)
    assert service.shown_again == []


async def test_if_the_model_s_version_may_be_what_crashes_the_first_is_final() -> None:
    service = LateService()
    await service.tell(BRIEF)
    first = service.posted
    await service.steps.deadline_replies.drop(BRIEF.key)
    service.begin()
    assert await service.steps.catch_up(BRIEF.key, with_model=False)
    await service.steps.post_again(BRIEF.key)
    assert service.shown_again == [replace(first, notes=(FINAL, *first.notes[1:]), awaits=None)]
    assert service.writer.asked == 1


async def test_a_stop_ends_the_wait_and_says_so_in_the_reply() -> None:
    service = LateService()
    await service.tell(BRIEF)
    waiting = asyncio.create_task(service.steps.catch_up(BRIEF.key))
    await service.tell(STOP)
    assert not await waiting
    assert service.writer.cut_off == 1
    assert [each.notes[0] for each in service.shown_again] == [STOPPED]
    assert service.transcript.asides == []
    kept = await service.archive.outcome(BRIEF.key)
    assert kept is not None
    assert not is_awaited(kept)


async def test_a_stop_repeated_after_a_crash_shows_the_same() -> None:
    service = LateService()
    await service.tell(BRIEF)
    for _ in range(2):
        await service.tell(STOP)
    assert [each.notes[0] for each in service.shown_again] == [STOPPED, STOPPED]
    await service.steps.deadline_replies.drop(BRIEF.key)


async def test_a_deleted_reply_is_not_replaced() -> None:
    service = LateService()
    await service.tell(BRIEF)
    waiting = asyncio.create_task(service.steps.catch_up(BRIEF.key))
    await asyncio.sleep(0)
    await service.archive.delete(BRIEF.key)
    assert not await waiting
    assert service.writer.cut_off == 1
    assert service.shown_again == []


class InterruptedArchive(MemoryArchive):
    """`ports.Archive` in which something happens just before the first reply is stored."""

    def __init__(self, happens: Exception | Notice) -> None:
        super().__init__()
        self._happens: Exception | Notice | None = happens

    async def keep_outcome(self, mention: Mention, outcome: Outcome) -> Outcome | None:
        happens, self._happens = self._happens, None
        if isinstance(happens, Exception):
            raise happens
        if happens:
            await super().keep_outcome(mention, happens)
        return await super().keep_outcome(mention, outcome)


async def test_the_model_is_stopped_if_the_request_was_ended_before_the_first_reply() -> None:
    service = LateService()
    service.archive = InterruptedArchive(Notice("Stopped."))
    service.begin()
    assert not await service.tell(BRIEF)
    assert service.writer.cut_off == 1


async def test_while_a_reply_cannot_be_stored_the_model_is_not_asked_again() -> None:
    service = LateService()
    service.archive = InterruptedArchive(OSError("full"))
    service.begin()
    with pytest.raises(OSError, match="full"):
        await service.tell(BRIEF)
    assert await service.tell(BRIEF)
    service.writer.go.set()
    await service.wait(BRIEF)
    assert (service.writer.asked, service.writer.cut_off) == (1, 0)
    assert service.shown_again[-1].receipt.model == "scripted-1"


async def test_a_reply_that_failed_because_of_a_bug_of_ours_is_not_used_again() -> None:
    service = LateService()
    service.archive = InterruptedArchive(RuntimeError("a bug of ours"))
    service.begin()
    service.writer.go.set()
    with pytest.raises(RuntimeError, match="a bug of ours"):
        await service.tell(BRIEF)
    await service.steps.write(BRIEF.key, with_model=False)
    outcome = await service.archive.outcome(BRIEF.key)
    assert outcome is not None
    assert replied(outcome).receipt.model is None


async def test_a_reply_that_could_not_be_stored_is_forgotten_once_its_request_is_given_up() -> None:
    service = LateService()
    service.archive = InterruptedArchive(OSError("full"))
    service.begin()
    with pytest.raises(OSError, match="full"):
        await service.tell(BRIEF)
    await service.steps.give_up(BRIEF.key)
    assert service.writer.cut_off == 1
    await service.archive.delete(BRIEF.key)
    await service.tell(BRIEF)
    assert service.writer.asked == 2
    await service.steps.deadline_replies.drop(BRIEF.key)


class LateFailureArchive(MemoryArchive):
    """`ports.Archive` that fails once when the model's version is to be stored."""

    has_failed = False

    async def supersede(self, mention: Mention, earlier: Outcome, later: Outcome) -> bool:
        if not self.has_failed:
            self.has_failed = True
            raise OSError("full")
        return await super().supersede(mention, earlier, later)


async def test_a_version_that_could_not_be_stored_is_shown_after_the_next_try() -> None:
    service = LateService()
    service.archive = LateFailureArchive()
    service.begin()
    await service.tell(BRIEF)
    service.writer.go.set()
    with pytest.raises(OSError, match="full"):
        await service.wait(BRIEF)
    await service.wait(BRIEF)
    assert service.shown_again[-1].receipt.model == "scripted-1"
    assert service.writer.asked == 1


async def test_a_version_that_was_ready_is_shown_even_if_slack_was_out_for_longer() -> None:
    service = LateService()
    await service.tell(BRIEF)
    service.writer.go.set()
    writing = asyncio.all_tasks() - {asyncio.current_task()}
    async with asyncio.timeout(60):
        await asyncio.wait(writing)
    service.clock.now = LONGEST_AWAITED + 60
    await service.wait(BRIEF)
    assert service.shown_again[-1].receipt.model == "scripted-1"


@pytest.mark.parametrize("step", ["post", "catch_up"])
async def test_the_model_is_stopped_once_its_request_is_deleted(step: str) -> None:
    service = LateService()
    await service.archive.record(BRIEF)
    await service.steps.read(BRIEF.key)
    await service.steps.write(BRIEF.key)
    await service.archive.delete(BRIEF.key)
    assert not await getattr(service.steps, step)(BRIEF.key)
    assert service.writer.cut_off == 1


async def test_after_the_first_reply_the_model_s_progress_is_not_shown() -> None:
    service = LateService()
    await service.tell(BRIEF)
    said = list(service.transcript.stages)
    service.writer.go.set()
    await service.wait(BRIEF)
    assert service.transcript.stages == said


class SchedulingWriter(ScriptedWriter):
    """`ports.Writer` with a scheduler of one place."""

    def __init__(self) -> None:
        super().__init__(LINE, Usage(10, 5))
        self.model_scheduler = ModelScheduler(1)

    async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        async with self.model_scheduler.place(), aclosing(super().write(task)) as steps:
            async for each in steps:
                yield each


@pytest.mark.parametrize(
    ("in_line", "engine"), [(300.0, "openai"), (0.2, "extractive")], ids=["a while", "for ever"]
)
async def test_the_deadline_counts_from_when_the_request_gets_a_place_at_the_model(
    in_line: float, engine: str
) -> None:
    service, writer = LateService(), SchedulingWriter()
    briefing_service = replace(service.steps.request_handler.briefing_service, writer=writer)
    service.steps = job_steps(
        briefing_service, service.archive, service.transcript, deadline=0.1, in_line=in_line
    )
    async with writer.model_scheduler.place():
        running = asyncio.create_task(service.tell(BRIEF))
        if engine == "extractive":
            await running
        else:
            await asyncio.wait({running}, timeout=1.0)
            assert not running.done()
    await running
    assert service.posted.receipt.engine == engine
    await service.steps.deadline_replies.drop(BRIEF.key)


async def test_without_a_deadline_the_reply_comes_before_its_step_would_be_cut_off() -> None:
    assert DeadlineReplies.longest < JobSettings.step_seconds
    service = LateService()
    replies = service.steps.deadline_replies
    replies.seconds, replies.longest = math.inf, 0.1
    async with asyncio.timeout(10):
        assert await service.tell(BRIEF)
    assert service.posted.notes[0] == STILL_WORKING
    assert service.writer.asked == 1
    await replies.drop(BRIEF.key)


async def test_a_model_is_not_waited_for_without_end_even_if_nothing_can_be_said_before_it() -> (
    None
):
    class WithoutInterim(DeadlineReplies):
        async def _interim(self, mention: Mention) -> None:
            return None

    service = LateService()
    own = service.steps.deadline_replies
    replies = WithoutInterim(own.request_handler, own.archive, seconds=0.1, longest=0.2)
    service.steps = replace(service.steps, deadline_replies=replies)
    async with asyncio.timeout(10):
        assert not await service.tell(BRIEF)
    assert service.posted.receipt.engine == "extractive"
    assert service.writer.cut_off == 1


async def test_the_wait_for_a_place_at_the_model_counts_toward_the_longest_wait() -> None:
    service, writer = LateService(), SchedulingWriter()
    briefing_service = replace(service.steps.request_handler.briefing_service, writer=writer)
    service.steps = job_steps(briefing_service, service.archive, service.transcript, deadline=60)
    service.steps.deadline_replies.longest = 0.1
    async with writer.model_scheduler.place(), asyncio.timeout(10):
        assert await service.tell(BRIEF)
    assert service.posted.notes[0] == STILL_WORKING
    await service.steps.deadline_replies.drop(BRIEF.key)


async def test_a_stop_before_the_deadline_stops_the_model() -> None:
    service = LateService()
    service.steps = job_steps(
        service.steps.request_handler.briefing_service,
        service.archive,
        service.transcript,
        deadline=20,
    )
    asked = asyncio.create_task(service.tell(BRIEF))
    while not service.writer.asked:
        await asyncio.sleep(0.01)
    await service.tell(STOP)
    assert not await asked
    assert service.writer.cut_off == 1


LATER = replace(ASK, key="msg:T1:C1:9", message="9.0", question="Who pays?", text="Who pays?")
SHORTER = replace(ASK, question=None, text="shorter", wishes=Wishes(length="short"))


async def restarted_before_the_version_came(mention: Mention) -> LateService:
    """A service that was restarted while the model still wrote the reply to ``mention``, which
    follows a briefing by the model, and after another question; it is asked again and answers."""
    service = LateService()
    await service.tell(BRIEF)
    service.writer.go.set()
    await service.wait(BRIEF)
    service.writer.go.clear()
    for each in (mention, LATER):
        await service.tell(each)
        await service.steps.deadline_replies.drop(each.key)
    service.begin()
    service.writer.go.set()
    await service.wait(mention)
    return service


async def test_after_a_restart_the_earlier_briefing_is_the_one_that_is_remade() -> None:
    service = await restarted_before_the_version_came(SHORTER)
    version = service.shown_again[-1]
    assert isinstance(version, Briefing)
    assert version.remake == Remake(BRIEF.key, "shorter")
    assert (version.receipt.model, version.notes[0]) == ("scripted-1", UPDATED)


async def test_after_a_restart_an_answer_without_the_model_does_not_count_as_an_earlier_turn() -> (
    None
):
    service = await restarted_before_the_version_came(ASK)
    task = service.writer.tasks[-1]
    assert isinstance(task, AnswerTask)
    assert task.turns == ()
