"""The real Bolt app of this project, connected to a Slack on localhost."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.operations.word import exported
from bot.slack.app import build_app, run_http, run_socket_mode
from bot.slack.client import _ALLOWED, OFFER, Connection, slack_client
from sandbox.slack import Rules
from tests.slack.workspace import Workspace
from tests.slacks import running_slack


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def rules() -> Rules:
    return Rules(rate_limits=False, ack_seconds=1.0, retry_delays=(0.0, 0.05, 0.1))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch, rules: Rules) -> None:
    """No call waits where Slack counts none, and the inbox is tidied up all the time."""
    monkeypatch.setattr("bot.slack.event_inbox._TIDY_SECONDS", 0.01)
    if not rules.rate_limits:
        monkeypatch.setattr("bot.slack.client._ALLOWED", {OFFER: _ALLOWED[OFFER]})


@pytest.fixture
async def workspace(stack: AsyncExitStack, rules: Rules) -> Workspace:
    """Not listening yet."""
    slack = await stack.enter_async_context(running_slack(rules))
    at = Connection(slack.api_url, slack.bot_token)
    return Workspace(slack, await stack.enter_async_context(slack_client(at)))


@pytest.fixture(params=["socket", "http"])
async def listening(
    workspace: Workspace, stack: AsyncExitStack, request: pytest.FixtureRequest
) -> Workspace:
    """Reached in both ways."""
    app = build_app(
        workspace.client, workspace.connection, workspace.intake, exported, workspace.home.memory
    )
    if request.param == "socket":
        await stack.enter_async_context(run_socket_mode(app, workspace.connection))
    else:
        port = await stack.enter_async_context(run_http(app, 0, "127.0.0.1"))
        assert await workspace.slack.use_http(f"http://127.0.0.1:{port}/slack/events")
    return workspace
