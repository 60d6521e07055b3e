"""A request that is stopped or withdrawn ends once, whoever is at it."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from dataclasses import replace

from bot.briefing.draft import DraftItem
from bot.briefing.lines import Briefing
from bot.briefing.tasks import Usage, WritingTask
from bot.service.acknowledge import acknowledge
from bot.service.briefing_service import BriefingService
from bot.service.cancellation import CancellationWatch
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import Mention, Notice, Writer
from tests.fakes import FixedReader, MemoryArchive, ScriptedWriter, Transcript, thread_desk
from tests.service.test_job_steps import BRIEF

STOP = replace(BRIEF, key="msg:T1:C1:2", message="2", intent="stop", sources=(), text="stop")
WITHDRAWN = replace(BRIEF, key="gone:T1:C1:1", intent="withdraw", sources=(), text="")


class EndlessWriter(ScriptedWriter):
    """`ports.Writer` that never comes to an end; ``cut_off`` once nobody waits for it any more."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.cut_off = asyncio.Event(), asyncio.Event()

    async def _give(self, task: object) -> AsyncGenerator[DraftItem | Usage]:
        self.asked.set()
        try:
            await asyncio.Event().wait()
            yield Usage(0, 0)
        finally:
            self.cut_off.set()

    def brief(self, task: WritingTask) -> AsyncGenerator[DraftItem | Usage]:
        return self._give(task)


class House:
    """A thread desk with everything in memory."""

    def __init__(self, writer: Writer | None = None) -> None:
        self.archive, self.transcript = MemoryArchive(), Transcript()
        briefing_service = BriefingService(
            FixedReader(), writer or ExtractiveWriter(), "0.1.0", clock=lambda: 0.0
        )
        self.briefing_service = thread_desk(briefing_service, self.archive, self.transcript)

    async def tell(self, mention: Mention) -> None:
        await self.archive.record(mention)
        for step in (
            self.briefing_service.read,
            self.briefing_service.write,
            self.briefing_service.post,
        ):
            await step(mention.key)

    @property
    def said(self) -> list[str]:
        """The notices that were posted; `briefing` for a briefing."""
        return [
            each.text if isinstance(each, Notice) else type(each).__name__.lower()
            for each in self.transcript.outcomes
        ]


async def test_work_is_cut_off_as_soon_as_it_is_stopped() -> None:
    writer = EndlessWriter()
    house = House(writer)
    asked = asyncio.create_task(house.tell(BRIEF))
    await writer.asked.wait()
    await house.tell(STOP)
    await asked
    assert writer.cut_off.is_set()
    assert house.said == ["Stopped."]
    assert house.transcript.outcomes == [Notice("Stopped.", retry=True, ended_by=STOP.key)]
    assert house.transcript.asides == []


async def test_work_is_cut_off_as_soon_as_its_mention_is_deleted() -> None:
    writer = EndlessWriter()
    house = House(writer)
    asked = asyncio.create_task(house.tell(BRIEF))
    await writer.asked.wait()
    await house.archive.delete(BRIEF.key)
    await asked
    assert writer.cut_off.is_set()
    assert house.said == []


async def test_what_was_stopped_before_it_began_is_not_begun() -> None:
    house = House()
    await house.archive.record(BRIEF)
    await house.tell(STOP)
    await house.tell(BRIEF)
    await house.briefing_service.give_up(BRIEF.key)
    assert house.said == ["Stopped."]
    assert await house.archive.reading(BRIEF.key) is None


async def test_a_stop_whose_steps_are_repeated_says_it_of_the_same_request() -> None:
    house = House()
    await house.archive.record(BRIEF)
    for _ in range(2):
        await house.tell(STOP)
    assert {repr(each) for each in house.transcript.outcomes} == {
        repr(Notice("Stopped.", retry=True, ended_by=STOP.key))
    }
    assert house.transcript.asides == []


async def test_a_second_stop_leaves_the_saying_to_the_first() -> None:
    house = House()
    await house.archive.record(BRIEF)
    button = replace(STOP, key=f"{BRIEF.key}:stop:9", about=BRIEF.key)
    for each in (STOP, button):
        await house.archive.record(each)
        await house.briefing_service.write(each.key)
    for each in (STOP, button):
        await house.briefing_service.post(each.key)
    assert house.said == ["Stopped."]
    assert house.transcript.asides == []


async def test_a_stop_that_comes_too_late_changes_nothing() -> None:
    house = House()
    await house.tell(BRIEF)
    await house.tell(STOP)
    await house.tell(replace(STOP, key=f"{BRIEF.key}:stop:9", about=BRIEF.key))
    assert house.said == ["briefing"]
    assert isinstance(await house.archive.outcome(BRIEF.key), Briefing)
    assert house.transcript.asides == [
        "You have nothing running here to stop.",
        "That has already finished, so there is nothing to stop.",
    ]


async def test_a_stop_in_a_thread_is_for_that_thread_and_one_outside_for_the_channel() -> None:
    house = House()
    other = replace(BRIEF, key="msg:T1:C1:5", thread="5", message="5")
    for each in (BRIEF, other):
        await house.archive.record(each)
    await house.tell(STOP)
    assert await house.archive.wanted([BRIEF.key, other.key]) == {other.key}
    await house.tell(replace(STOP, key="msg:T1:C1:6", thread="6", message="6"))
    assert not await house.archive.wanted([other.key])


async def test_what_somebody_else_asked_for_is_not_stopped() -> None:
    house = House()
    await house.archive.record(replace(BRIEF, person="U2"))
    await house.tell(STOP)
    assert await house.archive.wanted([BRIEF.key])
    assert house.said == []


async def test_a_withdrawn_request_is_taken_back_and_nothing_is_kept_of_it() -> None:
    house = House()
    await house.tell(BRIEF)
    await house.tell(WITHDRAWN)
    await house.tell(WITHDRAWN)
    assert house.transcript.taken_back == 1
    assert await house.archive.mention(BRIEF.key) is None
    assert await house.archive.outcome(BRIEF.key) is None


async def test_an_ending_gets_no_sign_and_no_sentence_when_it_fails() -> None:
    house = House()
    await house.archive.record(STOP)
    await acknowledge(house.transcript, STOP)
    await house.briefing_service.give_up(STOP.key)
    assert house.transcript.stages == []
    assert house.said == []


# What is worked at is cut off once nobody wants it, and never for another reason.


class SlowArchive(MemoryArchive):
    """Answers what is wanted once it may; ``asked`` says that it was asked."""

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


async def test_what_is_begun_while_the_archive_is_asked_is_not_cut_off() -> None:
    archive = SlowArchive()
    watch = CancellationWatch(archive)
    first, second = [await recorded(archive, key) for key in ("first", "second")]
    with watch.watched(first) as first_ended:
        await archive.asked.wait()
        with watch.watched(second) as second_ended:
            archive.may_answer.set()
            await asyncio.sleep(0.01)
            assert not first_ended.is_set()
            assert not second_ended.is_set()


async def test_what_nobody_wants_is_cut_off_and_what_ended_by_itself_is_let_go() -> None:
    archive = SlowArchive()
    watch = CancellationWatch(archive)
    with watch.watched("deleted") as ended:
        with watch.watched("done"):
            await archive.asked.wait()
        archive.may_answer.set()
        async with asyncio.timeout(5):
            await ended.wait()
