"""Stopping a request: while the model writes, while it waits, twice, and too late."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.slack.interactions import NOT_YOURS
from sandbox.slack import Fault
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.processes import until_asked
from tests.e2e.readout import SECONDS, Readout, shown
from tests.model_server import ModelServer, Says

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = Says.draft(BRIEFING)
GOOD_IN_TEN_SECONDS = len(GOOD.text) // 100
SLOW = "The clerk writes for hours."
STATUS, POST = "assistant.threads.setStatus", "chat.postMessage"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[ModelServer]:
    async with ModelServer(GOOD) as model:
        model.play(Says(GOOD.text, size=2, pause=0.1), about=SLOW)
        yield model


def slow(words: str) -> str:
    """A request for which the model is slow, recognisable by ``words``."""
    return f"{ASKED}\n{SLOW} {words}"


async def being_written(readout: Readout, model: ModelServer, channel: str) -> str:
    """Send a request as Ana, and wait until the model is writing."""
    ts = readout.slack.say("Ana", channel, slow(f"Of {channel}."))
    await until_asked(model, f"Of {channel}.")
    return ts


async def being_written_with_sign(
    readout: Readout, model: ModelServer, channel: str
) -> tuple[str, str]:
    """Likewise with a message as the first sign; returns both timestamps."""
    readout.slack.fail(STATUS, Fault(error="internal_error"), times=9)
    ts = await being_written(readout, model, channel)
    readout.slack.faults.clear()
    return ts, readout.said(ts).ts


async def test_stop_in_the_thread_ends_the_request_and_the_model_call(
    readout: Readout, model: ModelServer
) -> None:
    before = model.broken_off
    ts = await being_written(readout, model, "said")
    readout.slack.say("Ana", "said", "stop", thread_ts=ts)
    reply = await readout.reply(ts)
    assert len(reply.messages) == 1
    assert "Stopped." in reply.text
    assert reply.buttons[0] == "Retry"
    await model.until_broken_off(before + 1)
    assert readout.slack.status(ts) is None
    assert readout.ephemeral_texts("Ana", "said") == []


async def test_a_command_stops_its_person_s_requests_in_the_channel(
    readout: Readout, model: ModelServer
) -> None:
    ts = await being_written(readout, model, "commanded")
    readout.slack.command("Ben", "commanded", "/brief stop")
    readout.slack.command("Ana", "commanded", "/brief stop")
    reply = await readout.reply(ts)
    assert "Stopped." in reply.text
    assert readout.ephemeral_texts("Ben", "commanded") == ["You have nothing running here to stop."]
    assert readout.ephemeral_texts("Ana", "commanded") == []


async def test_the_first_sign_has_a_stop_button(readout: Readout, model: ModelServer) -> None:
    ts, sign = await being_written_with_sign(readout, model, "button")
    assert readout.said(ts).buttons == ["Stop"]
    readout.slack.click("Ana", sign, "Stop")
    reply = await readout.reply(ts)
    assert [each.ts for each in reply.messages] == [sign]
    assert "Stopped." in reply.text
    assert readout.slack.status(ts) is None


async def test_a_second_press_of_stop_changes_nothing(readout: Readout, model: ModelServer) -> None:
    ts, sign = await being_written_with_sign(readout, model, "twice")
    for _ in range(3):
        readout.slack.click("Ana", sign, "Stop")
    readout.slack.say("Ana", "twice", "@readout stop", thread_ts=ts)
    reply = await readout.reply(ts)
    assert [shown(each).splitlines()[0] for each in reply.messages] == ["Stopped."]


async def test_a_stopped_request_can_be_retried(readout: Readout, model: ModelServer) -> None:
    ts = await being_written(readout, model, "again")
    readout.slack.say("Ana", "again", "Stop!", thread_ts=ts)
    stopped = await readout.reply(ts)
    model.play(GOOD, about="Of again.")
    readout.slack.click("Ana", stopped.ts, "Retry")
    reply = await readout.reply(ts)
    assert [shown(each).splitlines()[0] for each in reply.messages] == [
        "Stopped.",
        "Two towns agree to share one water works B1",
    ]


async def test_a_request_waiting_behind_another_is_stopped_at_once(
    readout: Readout, model: ModelServer
) -> None:
    ts = await being_written(readout, model, "waits")
    waiting = readout.slack.say("Ben", "waits", f"@readout {slow('Behind.')}", thread_ts=ts)
    readout.slack.say("Ben", "waits", "stop", thread_ts=ts)
    await readout.slack.wait_for(lambda: "Stopped." in readout.said(waiting).text, SECONDS)
    assert len(readout.said(ts).messages) == 1
    assert "Behind." not in str(model.requests)
    readout.slack.say("Ana", "waits", "stop", thread_ts=ts)
    reply = await readout.reply(ts)
    assert [shown(each).splitlines()[0] for each in reply.messages] == ["Stopped."] * 2


async def test_somebody_else_s_request_can_t_be_stopped(
    readout: Readout, model: ModelServer
) -> None:
    model.play(Says(GOOD.text, size=40, pause=0.03), about="Of theirs.")
    ts, sign = await being_written_with_sign(readout, model, "theirs")
    readout.slack.click("Ben", sign, "Stop")
    readout.slack.say("Ben", "theirs", "stop", thread_ts=ts)
    readout.slack.say("Ben", "theirs", "@readout stop", thread_ts=ts)
    reply = await readout.reply(ts)
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert readout.ephemeral_texts("Ben", "theirs") == ["You have nothing running here to stop."]
    box = readout.slack.modal("Ben")
    assert box
    assert NOT_YOURS.format(deed="stop it") in str(box.content)


async def test_only_the_asker_is_told_that_a_stop_came_too_late(readout: Readout) -> None:
    readout.slack.fail(STATUS, Fault(error="internal_error"), times=9)
    readout.slack.fail("chat.update", Fault(delay=6.0))
    ts = readout.slack.say("Ana", "late", ASKED)
    await readout.slack.wait_for(lambda: readout.said(ts).buttons == ["Stop"])
    sign = readout.said(ts).ts
    async with asyncio.timeout(SECONDS):
        while not readout.rows("outcomes", readout.slack.channel("late").id):
            await asyncio.sleep(0.02)
    readout.slack.click("Ana", sign, "Stop")
    reply = await readout.reply(ts)
    readout.slack.faults.clear()
    assert [BOTTOM_LINE in shown(each) for each in reply.messages] == [True]
    assert readout.ephemeral_texts("Ana", "late") == [
        "That has already finished, so there is nothing to stop."
    ]


async def test_only_the_asker_is_told_that_nothing_is_running(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "nothing")
    readout.slack.say("Ana", "nothing", "@readout stop", thread_ts=reply.to)
    await readout.settled()
    assert len(readout.said(reply.to).messages) == 1
    assert readout.ephemeral_texts("Ana", "nothing") == ["You have nothing running here to stop."]


async def test_stop_in_a_direct_message_ends_the_request_there(
    readout: Readout, model: ModelServer
) -> None:
    ts = await being_written(readout, model, "dm")
    readout.slack.say("Ana", "dm", "stop")
    assert "Stopped." in (await readout.reply(ts)).text


async def test_long_work_offers_a_stop_that_the_reply_replaces(
    readout: Readout, model: ModelServer
) -> None:
    readout.slack.fail("agents.sessions.setStatus", Fault(error="feature_disabled"), times=9)
    model.play(Says(GOOD.text, size=GOOD_IN_TEN_SECONDS, pause=0.1), about="Of long.")
    ts = await being_written(readout, model, "long")
    await readout.slack.wait_for(lambda: readout.said(ts).buttons == ["Stop"], SECONDS)
    growing, offer = readout.said(ts).messages
    assert shown(offer).startswith("Writing…")
    reply = await readout.reply(ts)
    readout.slack.faults.clear()
    assert [each.ts for each in reply.messages] == [growing.ts]
    assert BOTTOM_LINE in reply.text
    assert readout.slack.status(ts) is None
