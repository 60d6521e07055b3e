"""What is worked at is cut off once nobody wants it, and never for another reason."""

import asyncio
from collections.abc import Collection

from bot.service.cancellation import CancellationWatch
from bot.service.ports import Mention
from tests.fakes import MemoryArchive


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
