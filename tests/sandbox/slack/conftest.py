"""A Slack on localhost, and a small Bolt app that records what it receives."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalSlack, Rules

Start: TypeAlias = Callable[[Rules], Awaitable[LocalSlack]]
Connect: TypeAlias = Callable[[LocalSlack], Awaitable["Heard"]]


@dataclass
class Heard:
    """What came to the app, in order; ``app`` is there to add listeners."""

    app: AsyncApp
    events: list[dict[str, Any]] = field(default_factory=list)

    def kinds(self) -> list[str]:
        return [each["event"].get("subtype") or each["event"]["type"] for each in self.events]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def start(stack: AsyncExitStack) -> Start:
    """Starts a Slack with rules of its own."""
    return lambda rules: stack.enter_async_context(LocalSlack.running(rules))


@pytest.fixture
async def slack(start: Start) -> LocalSlack:
    return await start(Rules())


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    return web_client(slack)


@pytest.fixture
def connect(stack: AsyncExitStack) -> Connect:
    """Connects a Bolt app to a Slack over Socket Mode."""

    async def connected(slack: LocalSlack) -> Heard:
        heard = bolt_app(slack)
        client = AsyncWebClient(base_url=slack.api_url)
        handler = AsyncSocketModeHandler(heard.app, slack.app_token, web_client=client)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        stack.push_async_callback(handler.close_async)
        return heard

    return connected


def web_client(slack: LocalSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


def bolt_app(slack: LocalSlack) -> Heard:
    """An app that records each event and answers mentions with "heard" in the thread."""
    app = AsyncApp(client=web_client(slack), signing_secret=slack.signing_secret)
    heard = Heard(app)

    @app.event(re.compile(".*"))
    async def record(body: dict[str, Any], client: AsyncWebClient) -> None:
        heard.events.append(body)
        slack.state.touch()
        event = body["event"]
        if event["type"] == "app_mention":
            await client.chat_postMessage(
                channel=event["channel"], thread_ts=event["ts"], text="heard"
            )

    return heard
