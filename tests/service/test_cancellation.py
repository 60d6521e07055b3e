"""Stopped and withdrawn requests end once, in whichever process they run."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.briefing.draft import DraftItem
from bot.briefing.lines import Briefing
from bot.briefing.tasks import Usage
from bot.service.cancellation import Cancellation, CancellationWatch
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.intake import acknowledge
from bot.service.ports import Mention, Notice
from tests.fakes import MemoryArchive, ScriptedWriter, Transcript
from tests.service.service import BRIEF, STOP, Service

WITHDRAWN = replace(BRIEF, key="gone:T1:C1:1", intent="withdraw", sources=(), text="")


class EndlessWriter(ScriptedWriter):
    """`ports.Writer` that never finishes; ``cut_off`` once it was cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.cut_off = asyncio.Event(), asyncio.Event()

    async def write(self, task: object) -> AsyncGenerator[DraftItem | Usage]:
        self.asked.set()
        try:
            await asyncio.Event().wait()
            yield Usage(0, 0)
        finally:
            self.cut_off.set()


class SlowCleanupWriter(EndlessWriter):
    """Takes longer to clean up than the polling interval."""

    is_cleaned_up = False

    async def write(self, task: object) -> AsyncGenerator[DraftItem | Usage]:
        try:
            async for each in super().write(task):
                yield each
        finally:
            await asyncio.sleep(1.2)
            self.is_cleaned_up = True


class UnansweredTranscript(Transcript):
    """`ports.Replies` of a Slack that does not answer when messages are deleted."""

    async def take_back(self) -> None:
        raise SlackFailure("Slack did not answer.", code=NO_ANSWER)


async def test_work_is_cancelled_as_soon_as_it_is_stopped() -> None:
    writer = EndlessWriter()
    service = Service(writer=writer)
    asked = asyncio.create_task(service.serve(BRIEF))
    await writer.asked.wait()
    await service.serve(STOP)
    await asked
    assert writer.cut_off.is_set()
    assert service.said == ["Stopped."]
    assert service.transcript.outcomes == [Notice("Stopped.", retry=True, ended_by=STOP.key)]
    assert service.transcript.asides == []


async def test_work_is_cancelled_as_soon_as_its_mention_is_deleted() -> None:
    writer = EndlessWriter()
    service = Service(writer=writer)
    asked = asyncio.create_task(service.serve(BRIEF))
    await writer.asked.wait()
    await service.archive.delete(BRIEF.key)
    await asked
    assert writer.cut_off.is_set()
    assert service.said == []


async def test_a_request_stopped_before_it_began_never_begins() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    await service.serve(STOP)
    await service.serve(BRIEF)
    await service.steps.give_up(BRIEF.key)
    assert service.said == ["Stopped."]
    assert await service.archive.reading(BRIEF.key) is None


async def test_a_stop_whose_steps_are_repeated_reports_the_same_request() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    for _ in range(2):
        await service.serve(STOP)
    assert {repr(each) for each in service.transcript.outcomes} == {
        repr(Notice("Stopped.", retry=True, ended_by=STOP.key))
    }
    assert service.transcript.asides == []


async def test_of_two_stops_only_the_first_reports() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    button = replace(STOP, key=f"{BRIEF.key}:stop:9", about=BRIEF.key)
    for each in (STOP, button):
        await service.archive.record(each)
        await service.steps.write(each.key)
    for each in (STOP, button):
        await service.steps.post(each.key)
    assert service.said == ["Stopped."]
    assert service.transcript.asides == []


async def test_a_stop_that_comes_too_late_changes_nothing() -> None:
    service = Service()
    await service.serve(BRIEF)
    await service.serve(STOP)
    await service.serve(replace(STOP, key=f"{BRIEF.key}:stop:9", about=BRIEF.key))
    assert service.said == ["briefing"]
    assert isinstance(await service.archive.outcome(BRIEF.key), Briefing)
    assert service.transcript.asides == [
        "You have nothing running here to stop.",
        "That has already finished, so there is nothing to stop.",
    ]


async def test_a_stop_in_a_thread_applies_to_that_thread_and_one_outside_to_the_channel() -> None:
    service = Service()
    other = replace(BRIEF, key="msg:T1:C1:5", thread="5", message="5")
    for each in (BRIEF, other):
        await service.archive.record(each)
    await service.serve(STOP)
    assert await service.archive.wanted([BRIEF.key, other.key]) == {other.key}
    await service.serve(replace(STOP, key="msg:T1:C1:6", thread="6", message="6"))
    assert not await service.archive.wanted([other.key])


async def test_a_stop_that_slack_delivers_late_leaves_what_was_asked_after_it() -> None:
    service = Service()
    asked_later = replace(BRIEF, key="msg:T1:C1:10", message="10")
    for each in (BRIEF, asked_later):
        await service.archive.record(each)
    await service.serve(STOP)
    assert await service.archive.wanted([BRIEF.key, asked_later.key]) == {asked_later.key}


async def test_a_stop_by_command_applies_to_everything_that_is_running() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    await service.serve(replace(STOP, key="cmd:T1:9", thread="", message=""))
    assert not await service.archive.wanted([BRIEF.key])


async def test_somebody_else_s_request_is_not_stopped() -> None:
    service = Service()
    await service.archive.record(replace(BRIEF, person="U2"))
    await service.serve(STOP)
    assert await service.archive.wanted([BRIEF.key])
    assert service.said == []


async def test_a_withdrawn_request_is_taken_back_and_nothing_of_it_is_stored() -> None:
    service = Service()
    await service.serve(BRIEF)
    await service.serve(WITHDRAWN)
    await service.serve(WITHDRAWN)
    assert service.transcript.taken_back == 1
    assert await service.archive.mention(BRIEF.key) is None
    assert await service.archive.outcome(BRIEF.key) is None


async def test_a_withdrawal_that_slack_delays_ends_all_work_but_deletes_nothing_yet() -> None:
    archive, other = MemoryArchive(), replace(BRIEF, key=f"{BRIEF.key}:retry:9")
    requests = (BRIEF, other)
    for each in (*requests, WITHDRAWN):
        await archive.record(each)

    async def no_job(_key: str) -> None:
        return None

    cancellation = Cancellation(archive, UnansweredTranscript(), no_job)
    meant = await cancellation.targets_of(WITHDRAWN)
    with pytest.raises(SlackFailure):
        await cancellation.carry_out(WITHDRAWN, meant)
    assert not await archive.wanted([each.key for each in requests])
    assert [await archive.mention(each.key) for each in requests] == list(requests)
    await replace(cancellation, replies=Transcript()).carry_out(WITHDRAWN, meant)
    assert [await archive.mention(each.key) for each in requests] == [None, None]


async def test_a_reply_that_slack_cannot_delete_yet_is_found_and_shown_no_more() -> None:
    service = Service()
    await service.serve(BRIEF)
    made = await service.archive.outcome(BRIEF.key)
    assert isinstance(made, Briefing)
    await service.archive.supersede(BRIEF, made, replace(made, made_from="the same sources"))
    await service.archive.record(WITHDRAWN)
    await service.steps.write(WITHDRAWN.key)
    unanswered = replace(service.steps.cancellation, replies=UnansweredTranscript())
    with pytest.raises(SlackFailure):
        await replace(service.steps, cancellation=unanswered).post(WITHDRAWN.key)
    await service.steps.post_again(BRIEF.key)

    assert await service.archive.made_before("the same sources") is None
    assert await service.archive.outcome(BRIEF.key) == Notice("", ended_by=WITHDRAWN.key)
    assert service.transcript.shown_again == []


async def test_a_stop_gets_no_first_sign_and_no_message_when_it_fails() -> None:
    service = Service()
    await service.archive.record(STOP)
    await acknowledge(service.transcript, STOP)
    await service.steps.give_up(STOP.key)
    assert service.transcript.stages == []
    assert service.said == []


# Work is cancelled once it is unwanted, and never for another reason.


class SlowArchive(MemoryArchive):
    """Answers `wanted` only after ``may_answer`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def wanted(self, keys: Collection[str]) -> frozenset[str]:
        self.asked.set()
        await self.may_answer.wait()
        return await super().wanted(keys)


async def recorded(archive: MemoryArchive, key: str) -> str:
    await archive.record(Mention(key, "T1", "C1", "1.0", "1.0", "U1", "brief"))
    return key


@asynccontextmanager
async def watched_work(watch: CancellationWatch, key: str) -> AsyncIterator[asyncio.Task[object]]:
    """Run endless work, watched, inside the block."""
    work: asyncio.Task[object] = asyncio.create_task(asyncio.Event().wait())
    with watch.cancelling(key, work):
        yield work
    work.cancel()


async def test_work_begun_while_the_archive_is_queried_is_not_cancelled() -> None:
    archive = SlowArchive()
    watch = CancellationWatch(archive)
    first, second = [await recorded(archive, key) for key in ("first", "second")]
    async with watched_work(watch, first) as one:
        await archive.asked.wait()
        async with watched_work(watch, second) as other:
            archive.may_answer.set()
            await asyncio.sleep(0.01)
            assert not one.done()
            assert not other.done()


async def test_unwanted_work_is_cancelled_and_finished_work_forgotten() -> None:
    archive = SlowArchive()
    watch = CancellationWatch(archive)
    async with watched_work(watch, "deleted") as work:
        async with watched_work(watch, "done"):
            await archive.asked.wait()
        archive.may_answer.set()
        await asyncio.wait({work}, timeout=5)
        assert work.cancelled()


async def test_cancelled_work_may_clean_up_for_longer_than_the_polling_interval() -> None:
    writer = SlowCleanupWriter()
    service = Service(writer=writer)
    asked = asyncio.create_task(service.serve(BRIEF))
    await writer.asked.wait()
    await service.serve(STOP)
    await asked
    assert writer.is_cleaned_up
