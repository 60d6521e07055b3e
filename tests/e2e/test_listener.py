"""A listening process shares memory with the working one and ends with it; if it is killed, it is
started again, and the work goes on meanwhile."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.slack import LocalSlack
from tests.e2e.articles import ASKED
from tests.e2e.processes import ROOT, worker
from tests.e2e.readout import SECONDS, environment, reply_to
from tests.slacks import running_slack

IN_FULL_SERVICE = "is listening"


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def shared_kilobytes(pid: int) -> int:
    """How much memory it has that was written and is another's as well."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(told.partition("\nShared_Dirty:")[2].split()[0])


@asynccontextmanager
async def serving(slack: LocalSlack, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    settings = environment(slack, folder) | {"PYTHONPATH": str(ROOT)}
    async with worker(slack, settings, folder) as process:
        async with asyncio.timeout(SECONDS):
            while IN_FULL_SERVICE not in (folder / "log").read_text("utf-8"):
                await asyncio.sleep(0.02)
        yield process


@pytest.mark.slow
async def test_a_killed_listener_is_started_again_and_answers(tmp_path: Path) -> None:
    async with running_slack() as slack, serving(slack, tmp_path) as process:
        [listener] = children(process.pid)
        os.kill(listener, signal.SIGKILL)
        await slack.wait_for(lambda: not slack.sockets.connections, SECONDS)
        await slack.wait_for(lambda: slack.sockets.connections, SECONDS)
        asked = slack.say("Ana", "desk", ASKED)
        await slack.wait_for(lambda: reply_to(slack, asked).messages, SECONDS)
        assert listener not in children(process.pid)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SECONDS):
            assert await process.wait() == 0


@pytest.mark.slow
async def test_a_listener_shares_the_memory_of_the_worker_and_ends_with_it(tmp_path: Path) -> None:
    async with running_slack() as slack, serving(slack, tmp_path) as process:
        [listener] = children(process.pid)
        assert shared_kilobytes(listener) > 20_000
        process.kill()
        await slack.wait_for(lambda: not slack.sockets.connections, SECONDS)
