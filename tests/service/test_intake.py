"""A mention is recorded once, its first sign comes before its job, and closing leaves nothing
open."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.service.errors import ReadoutError
from bot.service.intake import Intake
from bot.service.ports import Mention
from tests.fakes import MemoryArchive, MemoryInbox

SECONDS = 60
ASKED = Mention("msg:T1:C1:1.1", "T1", "C1", "1.1", "1.1", "U1", "brief")


@dataclass
class Listener:
    """Records what an `Intake` does; a first sign waits for ``gate``, if there is one."""

    archive: MemoryArchive = field(default_factory=MemoryArchive)
    done: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None
    fails: bool = False
    has_begun: asyncio.Event = field(default_factory=asyncio.Event)

    def intake(self) -> Intake:
        return Intake(
            self.archive, self.archive, MemoryInbox(), self.sign, self.begin, patience=0.0
        )

    async def sign(self, mention: Mention) -> None:
        self.done.append("sign begins")
        if self.gate:
            await self.gate.wait()
        if self.fails:
            raise RuntimeError("Slack is out of order.")
        self.done.append("sign")

    def begin(self, _key: str, is_new: bool) -> None:
        self.done.append("job" if is_new else "job again")
        self.has_begun.set()

    async def until_begun(self) -> None:
        async with asyncio.timeout(SECONDS):
            await self.has_begun.wait()


@pytest.fixture
def listener() -> Listener:
    return Listener()


async def test_two_simultaneous_deliveries_make_one_record_one_first_sign_and_one_job(
    listener: Listener,
) -> None:
    intake = listener.intake()
    await asyncio.gather(intake.take(ASKED), intake.take(ASKED))
    await listener.until_begun()
    await intake.close()
    assert listener.done == ["sign begins", "sign", "job"]


async def test_a_mention_is_recorded_even_if_its_delivery_is_cancelled(listener: Listener) -> None:
    taking = asyncio.create_task(listener.intake().take(ASKED))
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    await listener.until_begun()
    assert await listener.archive.mention(ASKED.key) == ASKED


async def test_a_job_that_could_not_be_begun_is_begun_by_the_next_delivery(
    listener: Listener,
) -> None:
    first = listener.intake()
    await first.close()
    with pytest.raises(ReadoutError, match="answer you"):
        await first.take(ASKED)
    assert listener.done == []
    await listener.intake().take(ASKED)
    await listener.until_begun()
    assert listener.done == ["job again"]


async def test_closing_waits_for_a_first_sign_in_progress(listener: Listener) -> None:
    listener.gate = asyncio.Event()
    intake = listener.intake()
    await intake.take(ASKED)
    closing = asyncio.create_task(intake.close())
    await asyncio.sleep(0)
    assert not closing.done()
    listener.gate.set()
    await closing
    assert listener.done == ["sign begins", "sign", "job"]


async def test_closing_gives_up_on_a_first_sign_that_hangs(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.intake._SECONDS_TO_CLOSE", 0.01)
    listener.gate = asyncio.Event()
    intake = listener.intake()
    await intake.take(ASKED)
    await intake.close()
    listener.gate.set()
    await asyncio.sleep(0)
    assert listener.done == ["sign begins"]


async def test_a_failing_first_sign_does_not_prevent_the_job(listener: Listener) -> None:
    listener.fails = True
    await listener.intake().take(ASKED)
    await listener.until_begun()
    assert listener.done == ["sign begins", "job"]
