"""A request that is edited is offered anew; one that is deleted goes with all that came of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING, RAIL
from tests.e2e.house import SECONDS, House, shown
from tests.e2e.test_buttons import TABLES
from tests.model_server import ModelServer, Says

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


def kept(house: House, channel: str) -> list[str]:
    """The tables that hold anything of a channel."""
    place = house.slack.channel(channel).id
    return [table for table in TABLES if house.rows(table, place)]


async def test_an_edited_request_is_offered_anew_and_briefed_at_a_press(
    house: House, model: ModelServer
) -> None:
    reply = await house.ask(ASKED, "edited")
    house.slack.edit(reply.to, f"@readout\n{RAIL}")
    asked = len(model.requests)
    offer = (await house.reply(reply.to)).messages[-1]
    assert shown(offer).splitlines() == [
        "You edited your request. My reply covers the earlier version.",
        "[Brief again] [Delete]",
    ]
    assert len(model.requests) == asked
    house.slack.click("Ana", offer.ts, "Brief again")
    again = await house.reply(reply.to)
    assert len(again.messages) == 3
    assert "reopen the northern rail line" in shown(again.messages[-1])
    assert "Compared with" not in shown(again.messages[-1])


async def test_a_preview_that_slack_adds_is_no_edit(house: House) -> None:
    reply = await house.ask(ASKED, "preview")
    house.slack.unfurl(reply.to, "Two towns")
    await house.settled()
    assert len(house.said(reply.to).messages) == 1


async def test_a_deleted_request_takes_all_that_came_of_it_along(house: House) -> None:
    reply = await house.ask(ASKED, "deleted")
    await house.ask(ASK, "deleted", person="Ben", thread_ts=reply.to)
    other = await house.ask(f"@readout\n{RAIL}", "deleted", person="Ben")
    house.slack.delete(reply.to)
    await house.settled()
    assert house.said(reply.to).messages == []
    assert len(house.said(other.to).messages) == 1
    assert house.rows("mentions", house.slack.channel("deleted").id) == 1


async def test_a_request_deleted_in_somebody_elses_thread_leaves_the_others(house: House) -> None:
    reply = await house.ask(ASKED, "others")
    answer = await house.ask(ASK, "others", person="Ben", thread_ts=reply.to)
    house.slack.delete(answer.to)
    await house.settled()
    assert [BOTTOM_LINE in shown(each) for each in house.said(reply.to).messages] == [True]


async def test_a_request_that_is_deleted_while_it_is_worked_on_is_stopped(
    house: House, model: ModelServer
) -> None:
    before = model.broken_off
    ts = house.slack.say("Ana", "gone", f"{ASKED}\n{SLOW}")
    async with asyncio.timeout(SECONDS):
        while SLOW not in str(model.requests):
            await asyncio.sleep(0.02)
    house.slack.delete(ts)
    await house.settled()
    await model.until_broken_off(before + 1)
    place = house.slack.channel("gone").id
    assert [each for each in house.slack.state.messages(place) if each.by_app] == []
    assert kept(house, "gone") == []
