"""`readout serve` as a process that can be stopped and killed, and conditions to wait for."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.slack import Fault, LocalSlack
from sandbox.slack.state import Message
from tests.e2e.articles import ASKED, BOTTOM_LINE, WORKS
from tests.e2e.readout import SECONDS, Reply, environment, reply_to, settled, shown
from tests.model_server import ModelServer
from tests.slacks import delete_reply
from tests.sources.site import Site

ROOT = Path(__file__).parents[2]
START_SECONDS = 240.0
"""The longest that a start may take: a limit against hanging, on a machine that does much else."""
SERVE = (sys.executable, "-c", "from bot.__main__ import main; main()", "serve")
POST, UPDATE, STATUS = "chat.postMessage", "chat.update", "assistant.threads.setStatus"
DAY = 86_400
CLOCK = """
import os, time

def set_by(clock):
    def read():
        try:
            with open({file!r}) as seconds:
                return clock() + float(seconds.read() or 0)
        except (OSError, ValueError):
            return clock()
    return read

time.time = set_by(time.time)
"""
"""Python's first import in a process that finds it; no program of ours can set a system's clock."""


@asynccontextmanager
async def worker(
    slack: LocalSlack, settings: dict[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run one more `readout serve`, connected to ``slack``, and kill it after the block."""
    before = slack.sockets.ever_opened
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *SERVE, cwd=folder, env={**os.environ, **settings}, stdout=log, stderr=log
        )
    try:
        await slack.wait_for(lambda: slack.sockets.ever_opened > before, START_SECONDS)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


def with_model(model: ModelServer) -> dict[str, str]:
    """The settings with which a bot uses that model."""
    return {"PYTHONPATH": str(ROOT), "OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "fake"}


async def until_asked(model: ModelServer, words: str) -> None:
    """Return once the model is asked about a source that holds ``words``."""
    await until(lambda: words in str(model.requests))


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(START_SECONDS):
        while not is_so():
            await asyncio.sleep(0.02)


async def until_briefed(slack: LocalSlack, asked: Collection[str]) -> None:
    """Return once the model's briefing is complete in each of these threads."""
    await until(lambda: all(_has_briefing(slack, ts) for ts in asked))


def replies(slack: LocalSlack, asked: Collection[str]) -> list[int]:
    """How many complete messages of the bot are in each of these threads."""
    return [len(_complete_messages(slack, ts)) for ts in asked]


def _has_briefing(slack: LocalSlack, ts: str) -> bool:
    return any(BOTTOM_LINE in shown(message) for message in _complete_messages(slack, ts))


def _complete_messages(slack: LocalSlack, ts: str) -> list[Message]:
    said = reply_to(slack, ts).messages
    return [each for each in said if each.stream is None or each.stream.state != "open"]


def two_free_ports() -> int:
    """A free port whose successor is free too."""
    for port in range(20_000, 60_000, 2):
        try:
            with socket.create_server(("127.0.0.1", port)):
                socket.create_server(("127.0.0.1", port + 1)).close()
        except OSError:
            continue
        return port
    raise AssertionError("no two ports are free")


@dataclass
class Deployment:
    """What survives a process: Slack, the model, a site, and the folder of the database."""

    slack: LocalSlack
    model: ModelServer
    site: Site
    folder: Path

    @asynccontextmanager
    async def process(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run `readout serve` on it, and kill it after the block."""
        settings = environment(self.slack, self.folder) | with_model(self.model)
        settings["READOUT_FETCH_ALLOW"] = self.site.host
        async with worker(self.slack, settings, self.folder) as process:
            yield process
        await self.slack.wait_for(lambda: not self.slack.sockets.connections)

    async def until_asked(self, words: str) -> None:
        """Return once the model is asked about a source that holds ``words``."""
        await until_asked(self.model, words)

    async def lose_answers_to_posts(self, say: Callable[..., str]) -> tuple[str, str]:
        """Send two mentions whose replies Slack takes without confirming it; what the bot does next
        to find them is delayed until it is killed."""
        faults, late = self.slack.faults, Fault(delay=30)
        self.slack.fail(STATUS, Fault(error="internal_error"), times=9)
        # The update of the first sign, and the one with the reply.
        self.slack.fail(UPDATE, Fault(lost_reply=True), times=2)
        self.slack.fail(UPDATE, late)
        signed = say("Ana", "signed", ASKED)
        await self.until_briefed(signed)
        faults.clear()
        self.slack.fail(POST, Fault(lost_reply=True))
        for method in (UPDATE, "conversations.replies"):
            self.slack.fail(method, late, times=9)
        plain = say("Ana", "plain", ASKED)
        await self.until_briefed(plain)
        faults.clear()
        return plain, signed

    async def until_briefed(self, ts: str) -> None:
        await self.slack.wait_for(lambda: BOTTOM_LINE in reply_to(self.slack, ts).text, SECONDS)

    async def press_buttons_of(self, briefing: Reply) -> None:
        """Open the evidence of a briefing by an earlier process, and delete the briefing."""
        self.slack.click("Ben", briefing.ts, "Evidence")
        view = await self.slack.wait_for(lambda: self.slack.modal("Ben"))
        assert WORKS.splitlines()[1] in str(view.content)
        await delete_reply(self.slack, "Ana", briefing.ts)
        await self.slack.wait_for(lambda: self.slack.state.find_message(briefing.ts) is None)

    async def reply(self, ts: str) -> Reply:
        await settled(self.slack, self.folder)
        return reply_to(self.slack, ts)

    def is_acknowledged(self, ts: str) -> bool:
        sent = [each for each in self.slack.deliveries if of(each.payload, ts)]
        return bool(sent) and all(each.acked_at for each in sent)


def of(payload: dict[str, object], ts: str) -> bool:
    event = payload.get("event")
    return isinstance(event, dict) and event.get("ts") == ts
