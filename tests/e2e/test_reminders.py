"""Reminders with the whole bot."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox.slack import LocalSlack
from sandbox.slack.state import Message
from tests.e2e.articles import RAIL
from tests.e2e.readout import SECONDS, Readout, serving, settled, shown
from tests.slacks import running_slack

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = datetime.now(UTC).date() + timedelta(days=20)
ARTICLE = f"{RAIL}\nArland will pay a third of the cost by {DAY.day} {DAY:%B %Y}."


def reminders(slack: LocalSlack) -> list[Message]:
    """The bot's messages in the channel, without threads."""
    messages = slack.state.messages(slack.channel("desk").id)
    return [m for m in messages if m.by_app and m.root == m.ts and not m.seen_by]


def make_due(folder: Path) -> None:
    """Move every reminder to a minute ago."""
    with closing(sqlite3.connect(folder / "readout.db")) as database, database:
        database.execute("update reminders set at = ?", (time.time() - 60,))


async def request_reminder(readout: Readout) -> None:
    reply = await readout.ask(f"@readout\n{ARTICLE}")
    readout.slack.click("Ana", reply.ts, "remind.v1")
    await readout.slack.wait_for(lambda: "will be reminded on" in private(readout.slack))


def private(slack: LocalSlack) -> str:
    messages = slack.state.messages(slack.channel("desk").id)
    return " ".join(each.text for each in messages if each.seen_by)


async def test_a_reminder_is_posted_once_across_restarts_and_can_be_marked(
    tmp_path: Path,
) -> None:
    async with running_slack() as slack:
        async with serving(slack, tmp_path) as readout:
            await request_reminder(readout)
            await settled(slack, tmp_path)
            assert reminders(slack) == []
        make_due(tmp_path)
        async with serving(slack, tmp_path):
            (message,) = await slack.wait_for(lambda: reminders(slack), seconds=SECONDS)
            await settled(slack, tmp_path)
        assert "Arland" in shown(message)
        assert "See the briefing" in shown(message)
        async with serving(slack, tmp_path):
            slack.click("Ana", message.ts, "missed.v1")
            await slack.wait_for(lambda: "marked missed by" in shown(message), seconds=SECONDS)
            await settled(slack, tmp_path)

    assert reminders(slack) == [message]
