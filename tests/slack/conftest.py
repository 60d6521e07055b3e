"""The real Bolt app of this project, connected to a Slack on localhost."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from bot.slack.app import run_http, run_socket_mode
from bot.slack.client import Connection, slack_client
from sandbox.slack import Rules
from tests.slack.workspace import PATIENT, Unlimited, Workspace
from tests.slacks import running_slack


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def rules() -> Rules:
    """Nothing is counted, and Slack waits for us longer than it does."""
    return replace(PATIENT, retry_delays=(0.0, 0.05, 0.1))


@pytest.fixture(autouse=True)
def _times(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inbox is tidied up all the time, and our calls wait longer than usual: on a busy machine
    Slack on localhost is slow."""
    monkeypatch.setattr("bot.slack.event_inbox._TIDY_SECONDS", 0.01)
    for name in (
        *("access._LOOKUP_SECONDS", "actions._LOOK_SECONDS", "actions._VIEW_SECONDS"),
        *("listeners._COMMAND_SECONDS", "listeners._LOOKUP_SECONDS"),
    ):
        monkeypatch.setattr(f"bot.slack.{name}", 60.0)


@pytest.fixture
async def workspace(stack: AsyncExitStack, rules: Rules) -> Workspace:
    """Not listening yet."""
    slack = await stack.enter_async_context(running_slack(rules))
    at = Connection(slack.api_url, slack.bot_token)
    budgets = None if rules.rate_limits else Unlimited()
    return Workspace(slack, await stack.enter_async_context(slack_client(at, budgets)))


@pytest.fixture
def carrier() -> str:
    """How Slack reaches us; tests of what is acknowledged, and with which answer, are
    `BOTH_WAYS`."""
    return "socket"


@pytest.fixture
async def listening(workspace: Workspace, stack: AsyncExitStack, carrier: str) -> Workspace:
    app = workspace.app()
    if carrier == "socket":
        await stack.enter_async_context(run_socket_mode(app, workspace.connection))
    else:
        port = await stack.enter_async_context(run_http(app, 0, "127.0.0.1"))
        assert await workspace.slack.use_http(f"http://127.0.0.1:{port}/slack/events")
    return workspace
