"""Events and buttons of Slack are handled while another process writes to the same SQLite file."""

import asyncio
import json
import sqlite3
import threading
import time
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.jobs.durable import purge_archive
from bot.service.ports import Inbox
from bot.slack.app import run_socket_mode
from bot.storage.archive import DatabaseArchive
from bot.storage.database import engine_for, open_database
from bot.storage.inbox import DatabaseInbox
from bot.storage.retention import Retention
from bot.storage.tables import mentions
from sandbox.slack import LocalSlack
from sandbox.slack.delivery import Delivery
from tests.slack.examples import briefing
from tests.slack.workspace import Workspace, replied

EXPIRED = 1_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "readout.sqlite"


@pytest.fixture
async def inbox(path: Path, stack: AsyncExitStack) -> Inbox:
    database = await open_database(f"sqlite:///{path}")
    stack.push_async_callback(database.close)
    return DatabaseInbox(database.engine, time.time)


@pytest.fixture
async def listening(workspace: Workspace, inbox: Inbox, stack: AsyncExitStack) -> Workspace:
    """The app, listening, with the inbox in the file."""
    app = workspace.app(inbox)
    await stack.enter_async_context(run_socket_mode(app, workspace.connection))
    return workspace


async def test_a_button_that_only_reads_works_while_an_event_waits_for_another_writer(
    listening: Workspace, path: Path
) -> None:
    slack = listening.slack
    _, ts = await replied(listening, briefing())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = slack.say("ann", "news", "@readout help")
        await slack.wait_for(lambda: delivered(slack, asked))
        slack.click("bob", ts, "evidence.v1")
        modal = await slack.wait_for(lambda: slack.modal("bob"))
        assert "if inspectors clear the bridge" in json.dumps(modal.content)
        assert not any(each.acked_at for each in delivered(slack, asked))
        other.execute("ROLLBACK")
    await listening.mentions()
    await slack.wait_for(lambda: all(each.acked_at for each in slack.deliveries))


async def test_an_event_is_acknowledged_during_a_large_purge(
    listening: Workspace, path: Path
) -> None:
    slack = listening.slack
    slack.channel("news")
    with closing(sqlite3.connect(path)) as reader:

        def left() -> int:
            (count,) = reader.execute("SELECT count(*) FROM mentions").fetchone()
            return int(count)

        await fill(path)
        assert left() == EXPIRED
        heard = threading.Event()
        purging = asyncio.create_task(asyncio.to_thread(asyncio.run, purge(path, heard)))
        while left() == EXPIRED:
            await asyncio.sleep(0.001)
        slack.say("ann", "news", "@readout help")
        await slack.wait_for(lambda: slack.deliveries and slack.deliveries[0].acked_at)
        assert left() > 0
        heard.set()
        await purging
        assert left() == 0


def delivered(slack: LocalSlack, ts: str) -> list[Delivery]:
    """What Slack has sent of the message ``ts``; it sends our own reply as well."""
    sent = slack.deliveries
    return [each for each in sent if each.payload.get("event", {}).get("ts") == ts]


async def fill(path: Path) -> None:
    engine = engine_for(f"sqlite:///{path}")
    rows = [
        {
            "key": f"k{number}", "thread": "1.0", "team": "T1", "channel": "C1", "person": "U1",
            "created": 0.0, "expires": 1.0, "content": "x" * 10_000,
        }
        for number in range(EXPIRED)
    ]  # fmt: skip
    async with engine.begin() as connection:
        await connection.execute(insert(mentions), rows)
    await engine.dispose()


async def purge(path: Path, heard: threading.Event) -> None:
    """As another process does, with a loop and a connection of its own; half of it at once, the
    rest as soon as something was ``heard``."""
    engine, gone = engine_for(f"sqlite:///{path}"), 0
    async for keys in purge_archive(DatabaseArchive(engine, Retention(30)), time.time()):
        gone += len(keys)
        if gone > EXPIRED / 2:
            await asyncio.to_thread(heard.wait, 60)
    await engine.dispose()
