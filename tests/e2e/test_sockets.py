"""A socket that drops or is refreshed loses and duplicates nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.slack import LocalSlack, Rules
from tests.e2e.articles import ASKED, BRIEFING
from tests.e2e.processes import replies, until_briefed, with_model, worker
from tests.e2e.readout import SECONDS, environment
from tests.model_server import ModelServer, Says
from tests.slacks import running_slack

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

SOON = Rules(retry_delays=(0.0, 0.2, 0.5, 1.0, 2.0))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def slack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LocalSlack]:
    folder: Path = tmp_path_factory.mktemp("sockets")
    writing = Says(BRIEFING.model_dump_json(), size=40, pause=0.02)
    async with (
        running_slack(SOON) as slack,
        ModelServer(writing) as model,
        worker(slack, environment(slack, folder) | with_model(model), folder),
    ):
        yield slack


async def ask(slack: LocalSlack, name: str, count: int) -> list[str]:
    """Send mentions one after the other, each in a channel of its own."""
    asked = []
    for number in range(count):
        asked.append(slack.say("Ana", f"{name} {number}", ASKED))
        await asyncio.sleep(0.05)
    return asked


async def test_each_process_asks_slack_who_it_is_at_the_start(slack: LocalSlack) -> None:
    def times_asked() -> int:
        return [call.method for call in slack.calls].count("auth.test")

    await slack.wait_for(lambda: times_asked() == 2, SECONDS)  # by the worker, and the listener


async def test_messages_around_dropped_connections_are_answered_once(slack: LocalSlack) -> None:
    asked = []
    for number in range(3):
        asked += await ask(slack, f"dropped {number}", 2)
        await slack.sockets.cut()
        asked += await ask(slack, f"after {number}", 2)
        await slack.wait_for(lambda: slack.sockets.connections, SECONDS)
    await until_briefed(slack, asked)
    assert replies(slack, asked) == [1] * 12
    assert slack.state.statuses == {}


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_messages_around_a_refresh_are_answered_once(slack: LocalSlack, reason: str) -> None:
    asked = await ask(slack, f"before {reason}", 2)
    await slack.sockets.disconnect(reason)
    asked += await ask(slack, f"after {reason}", 2)
    await until_briefed(slack, asked)
    assert replies(slack, asked) == [1] * 4
    await slack.wait_for(lambda: slack.sockets.connections == 1, SECONDS)
