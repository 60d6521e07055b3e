"""A button whose reply was deleted begins it again, and keeps nobody in the thread waiting."""

from pathlib import Path

import pytest

from tests.e2e.house import House, serving, started
from tests.slacks import choose, delete_reply, running_slack
from tests.texts import text_of

pytestmark = pytest.mark.asyncio

LONG = f"@readout\n{text_of('demo')}"
QUESTION = "What did Ilva Terren say?"


async def standing(house: House, ts: str, count: int) -> None:
    """Return once so many messages of the bot stand under ``ts``, and nothing is left to do."""
    await house.slack.wait_for(lambda: len(house.said(ts).messages) == count)
    await house.settled()


async def test_what_was_asked_by_a_button_and_deleted_can_be_asked_again(tmp_path: Path) -> None:
    async with started(tmp_path) as house:
        reply = await house.ask(LONG, "again")
        for _ in range(2):
            house.slack.click("Ben", reply.ts, QUESTION)
            await standing(house, reply.to, 2)
            await delete_reply(house.slack, "Ben", house.said(reply.to).ts)
            await standing(house, reply.to, 1)


async def test_a_version_that_was_deleted_and_asked_for_after_a_restart_keeps_nobody_waiting(
    tmp_path: Path,
) -> None:
    async with running_slack() as slack:
        async with serving(slack, tmp_path) as house:
            reply = await house.ask(LONG, "restarted")
            choose(slack, "Ben", reply.ts, "shorter")
            await standing(house, reply.to, 2)
            await delete_reply(slack, "Ben", house.said(reply.to).ts)
            await standing(house, reply.to, 1)
        async with serving(slack, tmp_path) as house:
            choose(slack, "Ben", reply.ts, "shorter")
            await standing(house, reply.to, 2)
            await house.ask(QUESTION, "restarted", thread_ts=reply.to)
            await standing(house, reply.to, 3)


async def test_under_a_version_whose_sources_were_deleted_nothing_is_asked(tmp_path: Path) -> None:
    async with started(tmp_path) as house:
        reply = await house.ask(LONG, "gone")
        choose(house.slack, "Ben", reply.ts, "shorter")
        await standing(house, reply.to, 2)
        short = house.said(reply.to).ts
        await delete_reply(house.slack, "Ana", reply.ts)
        await standing(house, reply.to, 1)

        house.slack.click("Ben", short, "suggested.v1.0")
        place = house.slack.written(short).channel
        messages = house.slack.state.messages
        told = await house.slack.wait_for(lambda: [m for m in messages(place) if m.seen_by])
        assert "Nothing is stored for this reply" in told[0].text
        house.slack.click("Ben", short, "Ask")
        await house.slack.wait_for(lambda: len([m for m in messages(place) if m.seen_by]) == 2)
        await standing(house, reply.to, 1)
        await delete_reply(house.slack, "Ben", short)
        await standing(house, reply.to, 0)
