"""Streaming: a reply grows in its thread, and however that ends it is there once, complete."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from sandbox.slack import Fault, LocalSlack
from sandbox.slack.state import Message
from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.processes import Deployment
from tests.e2e.readout import SECONDS, Readout, reply_to, settled, shown
from tests.model_server import Breaks, ModelServer, Says, Silence
from tests.slacks import choose, delete_reply, entries, running_slack
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = Says.draft(BRIEFING)
STREAMED = Says(GOOD.text, size=len(GOOD.text) // 40, pause=0.05)
ENDLESS = Says(GOOD.text, size=8, pause=0.1)
HALF = GOOD.text[: GOOD.text.index("Engineers will inspect")]
ASK, NEVER = "What will Brook pay?", "The clerk writes for hours."
FIRST = "Two towns agree to share one water works"
START, APPEND, STOP = "chat.startStream", "chat.appendStream", "chat.stopStream"
POST, UPDATE, SESSION = "chat.postMessage", "chat.update", "agents.sessions.setStatus"
NOT_ENABLED = Fault(error="feature_disabled")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[ModelServer]:
    async with ModelServer(STREAMED) as model:
        model.play(ENDLESS, about=NEVER)
        yield model


@dataclass(frozen=True)
class CallCounter:
    """Counts Slack calls from a moment on."""

    readout: Readout
    before: int

    def count(self, method: str) -> int:
        return [each.method for each in self.readout.slack.calls[self.before :]].count(method)


def since_now(readout: Readout) -> CallCounter:
    return CallCounter(readout, len(readout.slack.calls))


def say(readout: Readout, channel: str, text: str = ASKED) -> str:
    """Send Ana's request in a workspace of its own: one workspace may start 15 streams a minute."""
    place = readout.slack.channel(channel, team=f"T-{channel}")
    return readout.slack.say(ana(readout, channel), place.id, text)


def ana(readout: Readout, channel: str, name: str = "Ana") -> str:
    """The id of Ana, or of somebody else, in the channel's workspace."""
    return readout.slack.person(name, team=f"T-{channel}").id


async def streaming(slack: LocalSlack, ts: str) -> Message:
    """The message being streamed in the thread, once it has its first line."""
    return await slack.wait_for(lambda: _growing(slack, ts), SECONDS)


def _growing(slack: LocalSlack, ts: str) -> Message | None:
    said = reply_to(slack, ts).messages
    return next((each for each in said if each.stream and FIRST in shown(each)), None)


async def test_a_briefing_is_streamed_line_by_line_and_ends_complete(readout: Readout) -> None:
    counter = since_now(readout)
    ts = say(readout, "grows")
    growing = await streaming(readout.slack, ts)
    assert "Brook will pay a third of the cost." not in shown(growing)
    await readout.slack.wait_for(lambda: "Brook will pay a third of the cost." in shown(growing))
    assert readout.said(ts).buttons == []
    reply = await readout.reply(ts)
    assert [each.ts for each in reply.messages] == [growing.ts]
    assert BOTTOM_LINE in reply.text
    assert "Evidence" in reply.buttons
    assert (counter.count(START), counter.count(STOP), counter.count(UPDATE)) == (1, 1, 1)
    assert counter.count(POST) == 0
    assert readout.slack.status(ts) is None


async def test_a_streamed_briefing_can_be_made_shorter_and_deleted(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "buttons")
    counter = since_now(readout)
    choose(readout.slack, "Ana", reply.ts, "shorter")
    await readout.slack.wait_for(lambda: "first" in entries(readout.slack, reply.ts))
    assert [each.ts for each in (await readout.reply(reply.to)).messages] == [reply.ts]
    assert readout.slack.status(reply.to) is None
    assert (counter.count(START), counter.count(POST)) == (0, 0)
    await delete_reply(readout.slack, "Ana", reply.ts)
    await readout.slack.wait_for(lambda: not readout.said(reply.to).messages)
    await readout.settled()


async def test_an_answer_is_streamed_as_well(readout: Readout, model: ModelServer) -> None:
    said = ANSWER.model_dump_json()
    model.play(Says(said, size=len(said) // 20, pause=0.1), about=ASK)
    reply = await readout.ask(ASKED, "answer")
    counter = since_now(readout)
    answer = await readout.ask(ASK, "answer", person="Ben", thread_ts=reply.to)
    assert len(answer.messages) == 1
    assert "Brook will pay a third of the cost." in answer.text
    assert counter.count(POST) + counter.count(START) == 1


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        (START, Fault(error="channel_type_not_supported")),
        (START, Fault(lost_reply=True)),
        (START, Fault(status=500)),
        (START, Fault(status=429)),
        (APPEND, Fault(error="message_not_in_streaming_state")),
        (APPEND, Fault(lost_reply=True)),
        (APPEND, Fault(status=500)),
        (STOP, Fault(error="message_not_in_streaming_state")),
        (STOP, Fault(lost_reply=True)),
        (STOP, Fault(status=500)),
    ],
    ids=lambda value: value if isinstance(value, str) else value.error or str(value.status),
)
async def test_a_streaming_fault_gives_one_complete_reply(
    readout: Readout, request: pytest.FixtureRequest, method: str, fault: Fault
) -> None:
    readout.slack.fail(method, fault)
    reply = await readout.reply(say(readout, request.node.name))
    readout.slack.faults.clear()
    (only,) = reply.messages
    assert only.stream is None
    assert BOTTOM_LINE in reply.text
    assert "Evidence" in reply.buttons
    assert readout.slack.status(reply.to) is None


async def test_slack_s_own_stop_button_stops_the_work(readout: Readout, model: ModelServer) -> None:
    before = model.broken_off
    ts = say(readout, "native", f"{ASKED}\n{NEVER}")
    growing = await streaming(readout.slack, ts)
    await readout.slack.wait_for(lambda: _session(readout, growing) == "processing")
    readout.slack.stop(ana(readout, "native"), growing.ts)
    await model.until_broken_off(before + 1)
    reply = await readout.reply(ts)
    assert [each.ts for each in reply.messages] == [growing.ts]
    assert "Stopped." in reply.text
    assert FIRST not in reply.text
    assert _session(readout, growing) == "active"


def _session(readout: Readout, message: Message) -> str:
    session = readout.slack.state.sessions.get((message.channel, message.root))
    return session.state if session else ""


async def test_slack_s_stop_button_pressed_by_another_changes_nothing_in_the_end(
    readout: Readout,
) -> None:
    ts = say(readout, "another")
    growing = await streaming(readout.slack, ts)
    readout.slack.stop(ana(readout, "another", "Ben"), growing.ts)
    reply = await readout.reply(ts)
    assert [each.ts for each in reply.messages] == [growing.ts]
    assert BOTTOM_LINE in reply.text


async def test_readout_s_own_stop_button_works_if_slack_has_none(
    readout: Readout, model: ModelServer
) -> None:
    readout.slack.fail(SESSION, NOT_ENABLED, times=9)
    before = model.broken_off
    ts = say(readout, "own", f"{ASKED}\n{NEVER}")
    growing = await streaming(readout.slack, ts)
    await readout.slack.wait_for(lambda: "Stop" in readout.said(ts).buttons, SECONDS)
    readout.slack.click(ana(readout, "own"), readout.said(ts).ts, "Stop")
    await model.until_broken_off(before + 1)
    reply = await readout.reply(ts)
    readout.slack.faults.clear()
    assert [each.ts for each in reply.messages] == [growing.ts]
    assert "Stopped." in reply.text


async def test_deleting_a_request_removes_its_stream(readout: Readout) -> None:
    ts = say(readout, "gone", f"{ASKED}\n{NEVER}")
    await streaming(readout.slack, ts)
    readout.slack.delete(ts)
    await readout.slack.wait_for(lambda: not readout.slack.replies(ts), SECONDS)
    await readout.settled()
    assert readout.slack.replies(ts) == []


async def test_a_model_that_breaks_off_gives_one_complete_reply(
    readout: Readout, model: ModelServer
) -> None:
    model.play(Breaks(HALF), about="The clerk stumbles.")
    reply = await readout.ask(f"{ASKED}\nThe clerk stumbles.", "breaks")
    assert len(reply.messages) == 1
    assert "Brook will pay a third of the cost." in reply.text
    assert reply.messages[0].stream is None


@pytest.mark.slow
@pytest.mark.parametrize("is_lost", [False, True])
async def test_a_process_killed_while_streaming_leaves_one_complete_message(
    tmp_path_factory: pytest.TempPathFactory, site: Site, is_lost: bool
) -> None:
    folder = tmp_path_factory.mktemp("killed")
    half = Silence(seconds=60, text=HALF)
    async with running_slack() as slack, ModelServer(half) as model:
        place = Deployment(slack, model, site, folder)
        if is_lost:
            slack.fail(START, Fault(lost_reply=True))
        async with place.process():
            ts = slack.say("Ana", "crash", ASKED)
            growing = await streaming(slack, ts)
        assert growing.stream is not None
        assert growing.stream.state == "open"
        model.play(STREAMED)
        async with place.process():
            await settled(slack, folder)
        (only,) = reply_to(slack, ts).messages
        assert only.ts == growing.ts
        assert BOTTOM_LINE in shown(only)
        assert only.stream is None
        assert slack.state.statuses == {}
        assert {session.state for session in slack.state.sessions.values()} <= {"active"}
