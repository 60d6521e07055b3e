"""A process that is killed leaves nothing unsaid and says nothing twice."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.local import Fault, LocalSlack
from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING, WORKS, page
from tests.e2e.house import SECONDS, Reply, environment, reply_to, settled
from tests.model_server import ModelServer, Says, Silence
from tests.sources.site import Site

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

GOOD = Says.draft(BRIEFING)
ROOT = Path(__file__).parents[2]
SERVE = (sys.executable, "-c", "from bot.cli import main; main()", "serve")


@dataclass
class Place:
    """What outlives a process: Slack, the model, a site, and the folder of the database."""

    slack: LocalSlack
    model: ModelServer
    site: Site
    folder: Path

    @asynccontextmanager
    async def process(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """`readout serve`, connected; killed at the end of the block."""
        settings = environment(self.slack, self.folder) | {
            "PYTHONPATH": str(ROOT),
            "OPENAI_BASE_URL": self.model.url,
            "OPENAI_MODEL": "fake",
            "READOUT_FETCH_ALLOW": self.site.host,
        }
        with (self.folder / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *SERVE, cwd=self.folder, env={**os.environ, **settings}, stdout=log, stderr=log
            )
        try:
            await self.slack.wait_for(lambda: self.slack.sockets.connections, SECONDS)
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
            await process.wait()
            await self.slack.wait_for(lambda: not self.slack.sockets.connections)

    async def reply(self, ts: str) -> Reply:
        await settled(self.slack, self.folder)
        return reply_to(self.slack, ts)

    def is_acknowledged(self, ts: str) -> bool:
        sent = [each for each in self.slack.deliveries if of(each.payload, ts)]
        return bool(sent) and all(each.acked_at for each in sent)


def of(payload: dict[str, object], ts: str) -> bool:
    event = payload.get("event")
    return isinstance(event, dict) and event.get("ts") == ts


@pytest_asyncio.fixture(loop_scope="module")
async def place(tmp_path: Path, site: Site) -> AsyncIterator[Place]:
    async with LocalSlack.running() as slack, ModelServer(GOOD) as model:
        yield Place(slack, model, site, tmp_path)


async def test_killed_between_the_acknowledgement_and_the_reply(place: Place) -> None:
    place.model.play(Silence())
    async with place.process():
        ts = place.slack.say("Ana", "desk", ASKED)
        await place.slack.wait_for(lambda: place.is_acknowledged(ts), SECONDS)
        await until_asked(place.model)
        # This one may or may not have been heard.
        next_ts = place.slack.say("Ben", "lobby", ASKED)
    place.model.play(GOOD)
    assert reply_to(place.slack, ts).messages == []
    async with place.process():
        reply, next_reply = await place.reply(ts), reply_to(place.slack, next_ts)
    assert [len(each.messages) for each in (reply, next_reply)] == [1, 1]
    assert BOTTOM_LINE in reply.text
    assert BOTTOM_LINE in next_reply.text
    assert place.slack.state.statuses == {}


async def test_killed_between_the_briefing_and_the_follow_up(place: Place) -> None:
    url = place.site.gives("/works", page(WORKS))
    async with place.process():
        briefing = await place.reply(place.slack.say("Ana", "desk", f"@readout {url}"))
    place.site.answers.clear()
    place.model.play(Says.draft(ANSWER))
    ts = place.slack.say("Ben", "desk", "What will Brook pay?", thread_ts=briefing.to)
    async with place.process():
        answer = await place.reply(ts)
        assert "Brook will pay a third of the cost. A5" in answer.text
        place.slack.click("Ben", briefing.ts, "Evidence")
        view = await place.slack.wait_for(lambda: place.slack.modal("Ben"))
        assert WORKS.splitlines()[1] in str(view.content)
        place.slack.click("Ana", briefing.ts, "Delete")
        await place.slack.wait_for(
            lambda: briefing.messages[0] not in reply_to(place.slack, briefing.to).messages
        )
    assert len(answer.messages) == 1
    assert [each.path for each in place.site.requests].count("/works") == 1


@pytest.mark.parametrize("with_status", [True, False], ids=["status", "placeholder"])
async def test_killed_after_slack_took_the_post_and_before_it_was_recorded(
    place: Place, with_status: bool
) -> None:
    if not with_status:
        place.slack.fail("assistant.threads.setStatus", Fault(error="missing_scope"), times=9)
    last = "chat.postMessage" if with_status else "chat.update"
    place.slack.fail(last, Fault(lost_reply=True))
    async with place.process():
        ts = place.slack.say("Ana", "desk", ASKED)
        await place.slack.wait_for(lambda: BOTTOM_LINE in reply_to(place.slack, ts).text, SECONDS)
    async with place.process():
        reply = await place.reply(ts)
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert [each.method for each in place.slack.calls].count("chat.postMessage") == 1
    assert place.slack.state.statuses == {}


async def test_told_to_stop_it_finishes_what_it_is_doing(place: Place) -> None:
    place.model.play(Says(GOOD.text, size=40, pause=0.02))
    async with place.process() as process:
        ts = place.slack.say("Ana", "desk", ASKED)
        await until_asked(place.model)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), SECONDS) == 0
    reply = reply_to(place.slack, ts)
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert "Traceback" not in (place.folder / "log").read_text()


async def until_asked(model: ModelServer) -> None:
    async with asyncio.timeout(SECONDS):
        while not model.requests:  # noqa: ASYNC110 - the model tells nobody
            await asyncio.sleep(0.02)
