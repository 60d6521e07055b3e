"""The whole bot with a Slack on localhost.

Only one bot runs in a process at a time, since the jobs have global state. Tests wait for a
condition: every event is acknowledged, and no job is left.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.models.writer import ModelWriter
from bot.operations.settings import Settings
from bot.runtime.listener_process import listener_process
from bot.runtime.worker import running_worker
from bot.service.briefing_service import BriefingService
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import Judge, Writer
from bot.slack.buttons import BUTTONS_BY_NAME
from sandbox.slack import LocalFile, LocalSlack, Rules
from sandbox.slack.people import Screen
from sandbox.slack.state import Message
from tests.e2e.listening import forked_listener
from tests.slacks import choose, running_slack
from tests.templates import file_with_tables

SECONDS = 240.0
"""The longest that anything here may take: a limit against hanging, not an expectation."""
TABLES = ("mentions", "documents", "readings", "outcomes", "postings")
"""Those that hold something of a request."""


@dataclass(frozen=True)
class Readout:
    """A running bot: its Slack, and the folder that its database lies in."""

    slack: LocalSlack
    folder: Path

    async def ask(
        self,
        text: str,
        channel: str = "desk",
        *,
        person: str = "Ana",
        thread_ts: str = "",
        files: Sequence[LocalFile] = (),
    ) -> "Reply":
        """Send ``text``; returns the reply, once the bot has nothing left to do."""
        ts = self.slack.say(person, channel, text, thread_ts=thread_ts, files=files)
        return await self.reply(ts)

    async def reply(self, ts: str) -> "Reply":
        """The reply to the message ``ts``, once the bot has nothing left to do."""
        await self.settled()
        return self.said(ts)

    def said(self, ts: str) -> "Reply":
        """What the bot has said so far to all in the thread of ``ts``, after it."""
        return reply_to(self.slack, ts)

    async def settled(self) -> None:
        """Return once all events are acknowledged and all jobs are done."""
        await settled(self.slack, self.folder)

    async def until_changed(self, ts: str, before: str) -> str:
        """The text of the reply to ``ts``, once it differs from ``before`` and the bot has nothing
        left to do."""
        await self.slack.wait_for(lambda: self.said(ts).text != before)
        return (await self.reply(ts)).text

    async def share(self, person: str, ts: str, channel: str) -> list[Message]:
        """Share the reply whose last message is ``ts``; returns the messages in that channel."""
        there = self.slack.channel(channel).id
        choose(self.slack, person, ts, "share")
        form = await self.slack.wait_for(lambda: self.slack.modal(person))
        self.slack.submit(form, {"channel": there})
        await self.slack.wait_for(lambda: there in str(form.content["blocks"]))
        self.slack.submit(form, {})
        await self.slack.wait_for(lambda: len(self.slack.state.messages(there)) == 2)
        await self.slack.wait_for(lambda: "Shared in" in str(form.content["blocks"]))
        await self.settled()
        self.slack.dismiss(form)
        return self.slack.state.messages(there)

    def ephemeral_texts(self, person: str, channel: str) -> list[str]:
        """What only that person sees in a channel."""
        messages = self.slack.state.messages(self.slack.channel(channel).id)
        return [shown(each) for each in messages if each.seen_by == self.slack.person(person).id]

    def direct_messages(self, person: str) -> list[Message]:
        """The bot's direct messages to that person."""
        channel = self.slack.find(person)[1]
        return [each for each in self.slack.state.messages(channel.id) if each.by_app]

    def rows(self, table: str, channel: str) -> int:
        """How many rows of a table belong to that channel."""
        counted = f"select count(*) from {table} where channel = ?"
        with closing(sqlite3.connect(self.folder / "readout.db")) as database:
            return int(database.execute(counted, (channel,)).fetchone()[0])


@dataclass(frozen=True)
class Reply:
    """What the bot said to one message."""

    to: str
    messages: list[Message]

    @property
    def ts(self) -> str:
        """The timestamp of its last message, which has the buttons."""
        return self.messages[-1].ts

    @property
    def text(self) -> str:
        """The text of all its messages, as people see it."""
        return "\n".join(shown(each) for each in self.messages)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, without suggested questions."""
        return [text for action, text in self._buttons if not _is_question(action)]

    @property
    def questions(self) -> list[str]:
        """The suggested questions."""
        return [text for action, text in self._buttons if _is_question(action)]

    @property
    def _buttons(self) -> list[tuple[str, str]]:
        blocks = [block for each in self.messages for block in each.blocks]
        rows = [block["elements"] for block in blocks if block["type"] == "actions"]
        pressed = (button for row in rows for button in row if "text" in button)
        return [(button["action_id"], button["text"]["text"]) for button in pressed]


def _is_question(action: str) -> bool:
    return BUTTONS_BY_NAME["suggested"].actions.match(action) is not None


@asynccontextmanager
async def started(
    folder: Path,
    *,
    writer: Writer | None = None,
    fallback: Writer | None = None,
    judge: Judge | None = None,
    rules: Rules | None = None,
    settings: dict[str, Any] | None = None,
) -> AsyncIterator[Readout]:
    """Run a bot with a Slack of its own."""
    async with (
        running_slack(rules) as slack,
        serving(
            slack, folder, writer=writer, fallback=fallback, judge=judge, settings=settings
        ) as readout,
    ):
        yield readout


@asynccontextmanager
async def started_with_model(
    folder: Path,
    model: Endpoint,
    fallback: Endpoint | None = None,
    settings: dict[str, Any] | None = None,
) -> AsyncIterator[Readout]:
    """Run a bot with a Slack of its own that uses a model, also as its judge, and a fallback."""
    async with AsyncExitStack() as stack:
        writers = [ModelWriter(each) for each in (model, fallback) if each]
        judge = ModelJudge(model)
        stack.push_async_callback(judge.close)
        for each in writers:
            stack.push_async_callback(each.close)
        first, *others = writers
        second = others[0] if others else None
        yield await stack.enter_async_context(
            started(folder, writer=first, fallback=second, judge=judge, settings=settings)
        )


@asynccontextmanager
async def serving(
    slack: LocalSlack,
    folder: Path,
    *,
    writer: Writer | None = None,
    fallback: Writer | None = None,
    judge: Judge | None = None,
    settings: dict[str, Any] | None = None,
) -> AsyncIterator[Readout]:
    """Run a bot on the database in ``folder``, connected to ``slack``."""
    writes = writer or ExtractiveWriter()
    if not (folder / "readout.db").exists():
        file_with_tables(folder / "readout.db")
    stated = {"READOUT_ENGINE": writes.engine, **environment(slack, folder), **(settings or {})}
    service_with = partial(
        BriefingService, writer=writes, version="0.0.0", fallback=fallback, judge=judge
    )
    async with (
        listener_process(forked_listener()) as listener,
        running_worker(listener, Settings(**stated), service_with),
    ):
        yield Readout(slack, folder)


def environment(slack: LocalSlack, folder: Path) -> dict[str, str]:
    """The settings of a bot that is connected to ``slack``."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_BASE_URL": slack.api_url,
        "READOUT_DATABASE_URL": f"sqlite:///{folder / 'readout.db'}",
    }


async def settled(slack: LocalSlack, folder: Path) -> None:
    """Return once all events that ``slack`` sent are acknowledged and all jobs are done."""
    async with asyncio.timeout(SECONDS):
        while not _is_settled(slack, folder):
            await asyncio.sleep(0.05)


def reply_to(slack: LocalSlack, ts: str) -> Reply:
    """What the bot has said so far to all in the thread of ``ts``, after it."""
    own = [each for each in slack.replies(ts) if each.by_app and not each.seen_by]
    return Reply(ts, [each for each in own if each.ts > ts])


def unfinished_jobs(folder: Path) -> int:
    """How many jobs are waiting or in progress."""
    waiting = "select count(*) from workflow_status where status in ('PENDING', 'ENQUEUED')"
    with closing(sqlite3.connect(folder / "readout.jobs.sqlite")) as database:
        return int(database.execute(waiting).fetchone()[0])


def shown(message: Message) -> str:
    """The text of a message, as people see it."""
    return "\n".join(Screen(lambda name: name).lines(message))


def _is_settled(slack: LocalSlack, folder: Path) -> bool:
    # In the order in which one leads to the next.
    return (
        all(each.acked_at or each.given_up for each in slack.deliveries)
        and not _arrivals(folder)
        and not _unanswered(folder)
        and not unfinished_jobs(folder)
    )


def _arrivals(folder: Path) -> int:
    """How many events are acknowledged but not handled yet."""
    with closing(sqlite3.connect(folder / "readout.db")) as database:
        return int(database.execute("select count(*) from arrivals").fetchone()[0])


def _unanswered(folder: Path) -> int:
    """How many mentions have no reply; some may not be queued yet."""
    waiting = "select count(*) from mentions where key not in (select key from outcomes)"
    with closing(sqlite3.connect(folder / "readout.db")) as database:
        return int(database.execute(waiting).fetchone()[0])
