"""Who waits for their turn hears of it, and of nothing else."""

import asyncio

import pytest

from bot.service.model_scheduler import ModelScheduler, begin_flow, notices_while_waiting
from tests.fakes import Transcript

EVERY = 0.01


async def ask(gate: ModelScheduler) -> None:
    async with gate.place():
        await asyncio.Event().wait()


async def ask_as(gate: ModelScheduler, person: str) -> None:
    begin_flow("T1", person)
    await ask(gate)


async def until(transcript: Transcript, stages: int) -> None:
    async with asyncio.timeout(10):
        while len(transcript.stages) < stages:
            await asyncio.sleep(0)


async def test_the_asker_hears_once_how_many_come_before_and_when_their_turn_has_come() -> None:
    gate, transcript = ModelScheduler(1), Transcript()
    others = [asyncio.create_task(ask_as(gate, person)) for person in ("U2", "U3")]
    await asyncio.sleep(0)
    flow = begin_flow("T1", "U1")
    async with notices_while_waiting(flow, transcript, EVERY):
        mine = asyncio.create_task(ask(gate))
        await until(transcript, 1)
        others[1].cancel()
        await asyncio.sleep(5 * EVERY)
        others[0].cancel()
        await until(transcript, 2)
        again = asyncio.create_task(ask(gate))
        await asyncio.sleep(5 * EVERY)
    mine.cancel()
    again.cancel()
    assert transcript.stages == ["1 ahead", "writing"]


async def test_who_waits_for_long_is_told_again_before_slack_forgets_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.service.model_scheduler._AGAIN_AFTER_SECONDS", 2 * EVERY)
    gate, transcript = ModelScheduler(1), Transcript()
    other = asyncio.create_task(ask_as(gate, "U2"))
    await asyncio.sleep(0)
    flow = begin_flow("T1", "U1")
    async with notices_while_waiting(flow, transcript, EVERY):
        mine = asyncio.create_task(ask(gate))
        await until(transcript, 2)
    mine.cancel()
    other.cancel()
    assert set(transcript.stages) == {"0 ahead"}


async def test_who_need_not_wait_hears_nothing() -> None:
    gate, transcript = ModelScheduler(1), Transcript()
    flow = begin_flow("T1", "U1")
    async with notices_while_waiting(flow, transcript, EVERY), gate.place():
        await asyncio.sleep(5 * EVERY)
    assert transcript.stages == []
