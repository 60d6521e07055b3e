"""Buttons pressed again after their reply was deleted."""

from pathlib import Path

import pytest

from tests.e2e.readout import Readout, serving, started
from tests.slacks import choose, delete_reply, running_slack
from tests.texts import text_of

pytestmark = pytest.mark.asyncio

LONG = f"@readout\n{text_of('demo')}"
QUESTION = "What did Ilva Terren say?"


async def until_messages(readout: Readout, ts: str, count: int) -> None:
    """Return once there are so many messages of the bot in the thread, and nothing is left to
    do."""
    await readout.slack.wait_for(lambda: len(readout.said(ts).messages) == count)
    await readout.settled()


async def test_a_question_by_button_can_be_asked_again_after_its_deletion(tmp_path: Path) -> None:
    async with started(tmp_path) as readout:
        reply = await readout.ask(LONG, "again")
        for _ in range(2):
            readout.slack.click("Ben", reply.ts, QUESTION)
            await until_messages(readout, reply.to, 2)
            await delete_reply(readout.slack, "Ben", readout.said(reply.to).ts)
            await until_messages(readout, reply.to, 1)


async def test_a_deleted_version_can_be_made_again_after_a_restart_without_blocking_the_thread(
    tmp_path: Path,
) -> None:
    async with running_slack() as slack:
        async with serving(slack, tmp_path) as readout:
            reply = await readout.ask(LONG, "restarted")
            choose(slack, "Ben", reply.ts, "shorter")
            await until_messages(readout, reply.to, 2)
            await delete_reply(slack, "Ben", readout.said(reply.to).ts)
            await until_messages(readout, reply.to, 1)
        async with serving(slack, tmp_path) as readout:
            choose(slack, "Ben", reply.ts, "shorter")
            await until_messages(readout, reply.to, 2)
            await readout.ask(QUESTION, "restarted", thread_ts=reply.to)
            await until_messages(readout, reply.to, 3)


async def test_buttons_under_a_version_with_deleted_sources_ask_nothing(tmp_path: Path) -> None:
    async with started(tmp_path) as readout:
        reply = await readout.ask(LONG, "gone")
        choose(readout.slack, "Ben", reply.ts, "shorter")
        await until_messages(readout, reply.to, 2)
        short = readout.said(reply.to).ts
        await delete_reply(readout.slack, "Ana", reply.ts)
        await until_messages(readout, reply.to, 1)

        readout.slack.click("Ben", short, "suggested.v1")
        place = readout.slack.message(short).channel
        messages = readout.slack.state.messages
        notes = await readout.slack.wait_for(lambda: [m for m in messages(place) if m.seen_by])
        assert "Nothing is stored for this reply" in notes[0].text
        readout.slack.click("Ben", short, "Ask")
        await readout.slack.wait_for(lambda: len([m for m in messages(place) if m.seen_by]) == 2)
        await until_messages(readout, reply.to, 1)
        await delete_reply(readout.slack, "Ben", short)
        await until_messages(readout, reply.to, 0)
