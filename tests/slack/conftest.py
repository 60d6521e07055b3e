"""The real Bolt app of this project, connected to a Slack on localhost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from bot.operations.word import exported
from bot.service.ports import Mention
from bot.slack.app import build_app, run_http, run_socket_mode
from bot.slack.client import Connection, RateLimitedClient, slack_client
from bot.slack.event_inbox import Durable
from bot.slack.reply import SlackReplies
from sandbox.slack import LocalSlack, Rules
from sandbox.slack.state import DEFAULT_TEAM as TEAM
from sandbox.slack.state import Message
from tests.fakes import MemoryArchive, MemoryHome, MemoryInbox, MemoryJobs
from tests.slacks import running_slack

_SECONDS = 10.0


@dataclass
class Workspace:
    """A Slack, our app in it, and what is behind the app."""

    slack: LocalSlack
    client: RateLimitedClient
    archive: MemoryArchive = field(default_factory=MemoryArchive)
    jobs: MemoryJobs = field(default_factory=MemoryJobs)
    inbox: MemoryInbox = field(default_factory=MemoryInbox)
    home: MemoryHome = field(default_factory=MemoryHome)

    @property
    def durable(self) -> Durable:
        return Durable(self.archive, self.archive, self.jobs, self.inbox)

    @property
    def connection(self) -> Connection:
        return Connection(
            self.slack.api_url,
            self.slack.bot_token,
            self.slack.app_token,
            self.slack.signing_secret,
        )

    def replies(self) -> SlackReplies:
        return SlackReplies(self.client, self.archive)

    async def asked(self, text: str = "hi", channel: str = "news") -> Mention:
        """What ``text`` is as a mention, recorded; nobody else hears it."""
        self.slack.channel(channel)
        ts = self.slack.say("ann", channel, text)
        person = self.slack.person("ann").id
        place = self.slack.written(ts).channel
        mention = Mention(
            key=f"msg:{TEAM}:{place}:{ts}", team=TEAM, channel=place, thread=ts, message=ts,
            person=person, intent="brief", permalink=self.slack.permalink(ts),
        )  # fmt: skip
        await self.archive.record(mention)
        return mention

    async def heard(self, count: int = 1) -> list[Mention]:
        """The mentions of the first ``count`` jobs."""
        async with asyncio.timeout(_SECONDS):
            while len(self.jobs.accepted) < count:
                await asyncio.sleep(0.01)
        mentions = [await self.archive.mention(key) for key in self.jobs.accepted]
        return [mention for mention in mentions if mention]

    async def understood(self) -> None:
        """Everything that was sent is acknowledged, and done as far as it goes."""
        await self.slack.wait_for(lambda: all(each.acked_at for each in self.slack.deliveries))
        async with asyncio.timeout(_SECONDS):
            while self.inbox.arrivals:
                await asyncio.sleep(0.01)

    def own(self, ts: str) -> list[Message]:
        """Our messages in the thread under ``ts``."""
        return [message for message in self.slack.replies(ts) if message.by_app]

    def called(self, method: str) -> int:
        return sum(call.method == method for call in self.slack.calls)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def rules() -> Rules:
    return Rules(rate_limits=False, ack_seconds=1.0, retry_delays=(0.0, 0.05, 0.1))


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
        workspace.client, workspace.connection, workspace.durable, exported, workspace.home.memory
    )
    if request.param == "socket":
        await stack.enter_async_context(run_socket_mode(app, workspace.connection))
    else:
        port = await stack.enter_async_context(run_http(app, 0, "127.0.0.1"))
        assert await workspace.slack.use_http(f"http://127.0.0.1:{port}/slack/events")
    return workspace
