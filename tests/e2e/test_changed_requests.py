"""Edited and deleted requests."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from sandbox.slack import Fault
from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING, RAIL
from tests.e2e.readout import SECONDS, TABLES, Readout, shown
from tests.model_server import ModelServer, Says
from tests.slacks import delete_reply

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = Says.draft(BRIEFING)
SLOW = "The clerk writes for hours."
ASK = "What will Brook pay?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[ModelServer]:
    async with ModelServer(GOOD) as model:
        model.play(Says(GOOD.text, size=2, pause=0.1), about=SLOW)
        model.play(Says.draft(ANSWER), about=ASK)
        yield model


def kept(readout: Readout, channel: str) -> list[str]:
    """The tables with rows of a channel."""
    place = readout.slack.channel(channel).id
    return [table for table in TABLES if readout.rows(table, place)]


async def test_an_edited_request_offers_a_new_briefing(
    readout: Readout, model: ModelServer
) -> None:
    reply = await readout.ask(ASKED, "edited")
    readout.slack.edit(reply.to, f"@readout\n{RAIL}")
    asked = len(model.requests)
    offer = (await readout.reply(reply.to)).messages[-1]
    assert shown(offer).splitlines() == [
        "You edited your request. My reply covers the earlier version.",
        "[Brief again] [Delete]",
    ]
    assert len(model.requests) == asked
    readout.slack.click("Ana", offer.ts, "Brief again")
    again = await readout.reply(reply.to)
    assert len(again.messages) == 3
    assert "reopen the northern rail line" in shown(again.messages[-1])
    assert "Compared with" not in shown(again.messages[-1])


async def test_a_link_preview_is_not_an_edit(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "preview")
    readout.slack.unfurl(reply.to, "Two towns")
    await readout.settled()
    assert len(readout.said(reply.to).messages) == 1


async def test_deleting_a_request_deletes_everything_that_came_of_it(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "deleted")
    await readout.ask(ASK, "deleted", person="Ben", thread_ts=reply.to)
    other = await readout.ask(f"@readout\n{RAIL}", "deleted", person="Ben")
    readout.slack.delete(reply.to)
    await readout.settled()
    assert readout.said(reply.to).messages == []
    assert len(readout.said(other.to).messages) == 1
    assert readout.rows("mentions", readout.slack.channel("deleted").id) == 1


async def test_a_request_deleted_while_slack_is_out_of_order_loses_its_reply_later(
    readout: Readout,
) -> None:
    reply = await readout.ask(ASKED, "later")
    readout.slack.fail("chat.delete", Fault(status=500))
    readout.slack.fail("chat.delete", Fault(error="internal_error"))
    readout.slack.delete(reply.to)
    await readout.settled()
    assert readout.said(reply.to).messages == []
    assert kept(readout, "later") == []


async def test_a_reply_deleted_while_slack_is_out_of_order_vanishes_later(
    readout: Readout,
) -> None:
    reply = await readout.ask(ASKED, "button")
    readout.slack.fail("chat.delete", Fault(status=500), times=2)
    await delete_reply(readout.slack, "Ana", reply.ts)
    await readout.slack.wait_for(lambda: not readout.said(reply.to).messages)
    await readout.settled()
    assert kept(readout, "button") == []


async def test_a_reply_being_deleted_still_vanishes_after_delete_my_data(
    readout: Readout,
) -> None:
    slack = readout.slack
    reply = await readout.ask(ASKED, "forgotten", person="Eve")
    slack.fail("chat.delete", Fault(status=500), times=2)
    before = len(slack.calls)
    slack.delete(reply.to)
    await slack.wait_for(
        lambda: [each for each in slack.calls[before:] if each.method == "chat.delete"]
    )
    assert readout.rows("findings", slack.channel("forgotten").id) == 0
    slack.open_home("Eve")
    view = await slack.wait_for(lambda: slack.home("Eve"))
    slack.click_in_view(view, "forget_me.v1")
    await slack.wait_for(lambda: "are deleted" in str(slack.home("Eve")))
    await readout.settled()
    assert readout.said(reply.to).messages == []
    assert kept(readout, "forgotten") == []


async def test_deleting_a_request_in_another_s_thread_leaves_the_others(
    readout: Readout,
) -> None:
    reply = await readout.ask(ASKED, "others")
    answer = await readout.ask(ASK, "others", person="Ben", thread_ts=reply.to)
    readout.slack.delete(answer.to)
    await readout.settled()
    assert [BOTTOM_LINE in shown(each) for each in readout.said(reply.to).messages] == [True]


async def test_deleting_a_request_in_progress_stops_it(
    readout: Readout, model: ModelServer
) -> None:
    before = model.broken_off
    ts = readout.slack.say("Ana", "gone", f"{ASKED}\n{SLOW}")
    async with asyncio.timeout(SECONDS):
        while SLOW not in str(model.requests):
            await asyncio.sleep(0.02)
    readout.slack.delete(ts)
    await readout.settled()
    await model.until_broken_off(before + 1)
    place = readout.slack.channel("gone").id
    assert [each for each in readout.slack.state.messages(place) if each.by_app] == []
    assert kept(readout, "gone") == []
