"""A Slack on localhost with our app in it, and what people do there and see."""

import asyncio
import json
import math
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.briefing.requests import WebPage
from bot.operations.exports import export_files
from bot.service.intake import Intake
from bot.service.ports import (
    Allowance,
    Budget,
    ChannelSettings,
    Exporter,
    Inbox,
    Mention,
    Notice,
    Outcome,
)
from bot.slack.app import SlackApp, build_app
from bot.slack.blocks import messages
from bot.slack.buttons import BUTTONS_BY_NAME, MENU, plain
from bot.slack.client import STOP_OFFER, Connection, ProcessBudgets, RateLimitedClient
from bot.slack.reply import SlackReplies
from bot.slack.streaming import Pace
from sandbox.slack import Fault, LocalSlack, Rules
from sandbox.slack.delivery import Delivery
from sandbox.slack.state import DEFAULT_TEAM as TEAM
from sandbox.slack.state import Message, View
from tests.fakes import MemoryArchive, MemoryHome, MemoryInbox, MemoryJobs
from tests.slack.examples import answer, briefing, mention

_SECONDS = 60.0
"""A limit against hanging, not an expectation."""
BOTH_WAYS = pytest.mark.parametrize("carrier", ["socket", "http"])
"""For what depends on how Slack reaches us."""
PATIENT = Rules(rate_limits=False, ack_seconds=60.0, retry_delays=(0.0,), trigger_seconds=60.0)
NO_STATUS = Fault(error="feature_disabled")
AT_ONCE = Pace(worth_while=0.0, soon=0.0, between=0.0)

BY_THE_TABLE = list(BUTTONS_BY_NAME)
_ASKED = {"intent": "ask", "question": "Who?", "sources": (WebPage("https://a.example"),)}
_REPLIES: tuple[tuple[Outcome, dict[str, Any]], ...] = (
    (briefing(), {}),
    (briefing(awaits=1.0), {}),
    (answer(), _ASKED),
    (Notice("No.", retry=True, paste=True), {}),
    (Notice("You edited it.", anew=True), {}),
)
"""Replies of all kinds."""


class Unlimited(ProcessBudgets):
    """`ports.CallBudgets` of a Slack that counts no calls: only our own offers are counted."""

    async def room(self, budget: Budget, allowance: Allowance) -> float:
        return await super().room(budget, allowance) if budget[0] == STOP_OFFER else math.inf

    async def is_taken(self, budget: Budget, allowance: Allowance) -> bool:
        return budget[0] != STOP_OFFER or await super().is_taken(budget, allowance)


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
    def intake(self) -> Intake:
        return self.intake_of(self.inbox)

    def intake_of(self, inbox: Inbox) -> Intake:
        return Intake(
            self.archive, self.archive, inbox, self.jobs.acknowledge, self.jobs.begin, patience=0.0
        )

    def app(self, inbox: Inbox | None = None, exporter: Exporter = export_files) -> SlackApp:
        """Our app, listening to nobody yet."""
        intake = self.intake_of(inbox or self.inbox)
        return build_app(self.client, self.connection, intake, exporter, self.home.memory)

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
        """A recorded mention with that text; our app gets no event of it."""
        self.slack.channel(channel)
        ts = self.slack.say("ann", channel, text)
        person = self.slack.person("ann").id
        place = self.slack.message(ts).channel
        mention = Mention(
            key=f"msg:{TEAM}:{place}:{ts}", team=TEAM, channel=place, thread=ts, message=ts,
            person=person, intent="brief", permalink=self.slack.permalink(ts),
        )  # fmt: skip
        await self.archive.record(mention)
        return mention

    async def mentions(self, count: int = 1) -> list[Mention]:
        """The mentions of the first ``count`` jobs, as soon as there are that many."""
        async with asyncio.timeout(_SECONDS):
            while len(self.jobs.accepted) < count:
                await asyncio.sleep(0.01)
        mentions = [await self.archive.mention(key) for key in self.jobs.accepted]
        return [mention for mention in mentions if mention]

    async def handled(self) -> None:
        """Wait until everything that was sent is acknowledged and handled."""
        await self.slack.wait_for(lambda: all(each.acked_at for each in self.slack.deliveries))
        async with asyncio.timeout(_SECONDS):
            while self.inbox.arrivals:
                await asyncio.sleep(0.01)

    async def until_deleted(self, mention: Mention) -> None:
        """Wait until nothing is stored for ``mention``."""
        async with asyncio.timeout(_SECONDS):
            while await self.archive.mention(mention.key):
                await asyncio.sleep(0.01)

    def own(self, ts: str) -> list[Message]:
        """Our messages in the thread under ``ts``."""
        return [message for message in self.slack.replies(ts) if message.by_app]

    def called(self, method: str) -> int:
        return sum(call.method == method for call in self.slack.calls)


async def asked(workspace: Workspace, channel: str = "news") -> Mention:
    mention = await workspace.asked(channel=channel)
    return replace(mention, team=workspace.slack.person("ann").team)


async def replied(workspace: Workspace, outcome: Outcome, **fields: object) -> tuple[Mention, str]:
    """A mention, and the timestamp of the last message of its reply."""
    mention = await workspace.asked()
    if fields:
        await workspace.archive.delete(mention.key)
        mention = replace(mention, **fields)  # type: ignore[arg-type]  # named by the tests
        await workspace.archive.record(mention)
    await workspace.archive.keep_outcome(mention, outcome)
    await workspace.replies().to(mention).done(outcome)
    return mention, workspace.own(mention.thread)[-1].ts


def ephemeral_texts(workspace: Workspace, channel: str) -> list[str]:
    """The messages in a channel that only one person sees."""
    messages = workspace.slack.state.messages(workspace.slack.channel(channel).id)
    return [each.text for each in messages if each.seen_by]


def configure_channel(workspace: Workspace, channel: str, settings: ChannelSettings) -> None:
    workspace.home.channels.settings[TEAM, workspace.slack.channel(channel).id] = settings


def entry(name: str, mention: Mention) -> str:
    return f"{name}:{mention.key}"


async def reply_with_button(workspace: Workspace, name: str) -> tuple[Mention, str]:
    """A mention whose reply has the button ``name``, and the timestamp of its last message; where
    no kind of reply has it, a briefing that had it in an earlier version."""
    for outcome, fields in _REPLIES:
        shown = [block for each in messages(outcome, mention(**fields)) for block in each.blocks]
        if control_of(name, shown):
            return await replied(workspace, outcome, **fields)
    asked, ts = await replied(workspace, briefing())
    put_earlier_buttons(workspace, asked, ts, BUTTONS_BY_NAME[name].action_id)
    return asked, ts


def press(workspace: Workspace, person: str, ts: str, name: str) -> Delivery:
    """Press the button ``name`` under the message ``ts``, or choose it in the menu."""
    control = control_of(name, workspace.slack.message(ts).blocks)
    assert control, f"{name} does not stand there"
    return workspace.slack.click(person, ts, control[0], choice=control[1])


def put_earlier_buttons(workspace: Workspace, mention: Mention, ts: str, *buttons: str) -> None:
    """Let the row under the message ``ts`` be one of an earlier version."""
    row = next(b for b in workspace.slack.message(ts).blocks if b["type"] == "actions")
    entries = ("translate", "ask", "share", "export")
    values = [{"text": plain(each), "value": f"{each}:{mention.key}"} for each in entries]
    row["elements"] = [
        *({"type": "button", "action_id": each, "text": plain(each), "value": mention.key}
          for each in buttons),
        {"type": "overflow", "action_id": MENU, "options": values},
    ]  # fmt: skip


def control_of(name: str, blocks: list[dict[str, Any]]) -> tuple[str, str] | None:
    """The id of the control that is the button ``name`` or has it as an entry, and the entry's
    value."""
    for element in (each for block in blocks for each in block.get("elements", [])):
        action = str(element.get("action_id", ""))
        if BUTTONS_BY_NAME[name].actions.match(action):
            return action, ""
        for option in element.get("options", []):
            if str(option["value"]).startswith(f"{name}:"):
                return action, str(option["value"])
    return None


async def opened(workspace: Workspace, ts: str, name: str) -> View:
    """The dialog that a button or an entry of the menu opens for Bob."""
    press(workspace, "bob", ts, name)
    return await workspace.slack.wait_for(lambda: workspace.slack.modal("bob"))


async def share(workspace: Workspace, mention: Mention, ts: str, channel: str) -> None:
    """Choose the channel, and confirm it."""
    workspace.slack.click("bob", ts, "more.v1", choice=entry("share", mention))
    modal = await workspace.slack.wait_for(lambda: workspace.slack.modal("bob"))
    workspace.slack.submit(modal, {"channel": channel})
    await workspace.slack.wait_for(lambda: channel in str(modal.content["blocks"]))
    workspace.slack.submit(modal, {})


def shown(messages: list[Message]) -> str:
    return json.dumps([message.blocks for message in messages], ensure_ascii=False)


def message_with(workspace: Workspace, mention: Mention, words: str) -> Message | None:
    """Our message that says these words so far."""
    return next((each for each in workspace.own(mention.thread) if words in shown([each])), None)


async def one_whole_message(workspace: Workspace, mention: Mention) -> Message:
    """Assert that the reply is there once, and complete."""
    (only,) = workspace.own(mention.thread)
    assert "The two agreed to reopen the line." in shown([only])
    assert "Point 0 stands." not in shown([only])
    assert only.stream is None
    assert workspace.slack.status(mention.thread) is None
    return only


async def home_text(workspace: Workspace, person: str, words: str) -> str:
    """The Home tab of that person as soon as it says ``words``."""

    def said() -> str | None:
        view = workspace.slack.home(person)
        text = json.dumps(view.content, ensure_ascii=False) if view else ""
        return text if words in text else None

    return await workspace.slack.wait_for(said)
