"""A listening process that is killed is started again, and the work goes on meanwhile."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.e2e.articles import ASKED
from tests.e2e.processes import ROOT, worker
from tests.e2e.readout import SECONDS, environment, reply_to
from tests.slacks import running_slack

IN_FULL_SERVICE = "is listening"


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


@pytest.mark.slow
async def test_a_killed_listener_is_started_again_and_answers(tmp_path: Path) -> None:
    async with running_slack() as slack:
        settings = environment(slack, tmp_path) | {"PYTHONPATH": str(ROOT)}
        async with worker(slack, settings, tmp_path) as process:
            async with asyncio.timeout(SECONDS):
                while IN_FULL_SERVICE not in (tmp_path / "log").read_text("utf-8"):
                    await asyncio.sleep(0.02)
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
