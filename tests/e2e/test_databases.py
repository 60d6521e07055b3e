"""A database that is locked, full, stopped or read-only for a while loses nothing."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from sandbox.slack import LocalSlack, Rules
from tests.e2e.articles import ASKED, BRIEFING
from tests.e2e.processes import replies, until_asked, until_briefed, with_model, worker
from tests.e2e.readout import environment
from tests.model_server import ModelServer, Says
from tests.postgres import new_database, own_server
from tests.slacks import running_slack

pytestmark = pytest.mark.slow

OFTEN = Rules(ack_seconds=1.0, retry_delays=(0.0, *[0.5] * 60))
"""Slack's own pauses are of minutes."""
SLOW = "The clerk writes for seconds."
OUTAGE_SECONDS = 12.0


@dataclass(frozen=True)
class RunningBot:
    slack: LocalSlack
    model: ModelServer
    pid: int

    async def check_survives(self, outage: AbstractAsyncContextManager[None]) -> None:
        """Check that requests before and during the outage are answered after it, each once."""
        say = self.slack.say
        begun = say("Ana", "begun", f"{ASKED}\n{SLOW}")
        await until_asked(self.model, SLOW)
        async with outage:
            asked = [begun, *(say("Ben", f"during {number}", ASKED) for number in range(3))]
            await asyncio.sleep(OUTAGE_SECONDS)
            assert replies(self.slack, asked) == [0] * 4
        asked.append(say("Cleo", "after", ASKED))
        await until_briefed(self.slack, asked)
        await asyncio.sleep(0.5)
        assert replies(self.slack, asked) == [1] * 5
        assert self.slack.state.statuses == {}
        assert not any(each.given_up for each in self.slack.deliveries)


@asynccontextmanager
async def running_bot(folder: Path, **settings: str) -> AsyncIterator[RunningBot]:
    async with running_slack(OFTEN) as slack, ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Says(BRIEFING.model_dump_json(), size=40, pause=0.05), about=SLOW)
        stated = environment(slack, folder) | with_model(model) | settings
        async with worker(slack, stated, folder) as process:
            yield RunningBot(slack, model, process.pid)


@pytest.mark.parametrize(
    "files", [["readout.db"], ["readout.jobs.sqlite"], ["readout.db", "readout.jobs.sqlite"]]
)
async def test_locked_database_files_lose_nothing(tmp_path: Path, files: list[str]) -> None:
    @asynccontextmanager
    async def locked() -> AsyncIterator[None]:
        with ExitStack() as stack:
            for name in files:
                connection = sqlite3.connect(tmp_path / name, isolation_level=None, timeout=20)
                stack.enter_context(closing(connection)).execute("BEGIN EXCLUSIVE")
            yield

    async with running_bot(tmp_path) as readout:
        await readout.check_survives(locked())


async def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    @asynccontextmanager
    async def full() -> AsyncIterator[None]:
        processes = {
            pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in process_tree(readout.pid)
        }
        for pid, (_, most) in processes.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
        yield
        for pid, before in processes.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)

    async with running_bot(tmp_path) as readout:
        await readout.check_survives(full())


async def test_a_restart_of_the_database_server_loses_nothing(tmp_path: Path) -> None:
    @asynccontextmanager
    async def stopped() -> AsyncIterator[None]:
        await asyncio.to_thread(server.stop)
        yield
        await asyncio.to_thread(server.start)

    with own_server() as server:
        database = new_database(server.address)
        async with running_bot(tmp_path, READOUT_DATABASE_URL=database) as readout:
            await readout.check_survives(stopped())


async def test_a_database_server_that_is_read_only_for_a_while_loses_nothing(
    tmp_path: Path, postgresql: str
) -> None:
    """For instance because its disk is full, or because it became a replica."""
    name = make_url(postgresql).database

    async def become(read_only: str) -> None:
        async with await psycopg.AsyncConnection.connect(postgresql, autocommit=True) as admin:
            statement = f"ALTER DATABASE {name} SET default_transaction_read_only = {read_only}"
            await admin.execute(b"SET default_transaction_read_only = off")
            await admin.execute(statement.encode())
            await admin.execute(
                b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                b" WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    @asynccontextmanager
    async def read_only() -> AsyncIterator[None]:
        await become("on")
        yield
        await become("off")

    async with running_bot(tmp_path, READOUT_DATABASE_URL=postgresql) as readout:
        await readout.check_survives(read_only())


def process_tree(pid: int) -> list[int]:
    """A process and those that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *map(int, children)]
