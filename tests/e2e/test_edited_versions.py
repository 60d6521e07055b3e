"""What became of the edits of a briefing is said in each of its versions and copies."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from sandbox.slack.state import Message, View
from tests.e2e.articles import BRIEF, LONG, SAME_LINES
from tests.e2e.house import House, Reply, shown, started
from tests.slacks import choose

pytestmark = pytest.mark.asyncio(loop_scope="module")

ELSEWHERE = "Edits made in another version of this briefing are not in this one."
FIRST_POINT, SECOND_POINT = 2, 3


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with started(tmp_path_factory.mktemp("edited")) as house:
        yield house


async def evidence(house: House, ts: str, person: str = "Ana") -> View:
    house.slack.click(person, ts, "Evidence")
    return await house.slack.wait_for(lambda: house.slack.modal(person))


async def press(house: House, view: View, name: str, number: int) -> None:
    """Press a button under a line, and wait until the modal shows what came of it."""
    before = json.dumps(view.content["blocks"])
    house.slack.click_in_view(view, f"{name}_line.v1.{number}")
    await house.slack.wait_for(lambda: json.dumps(view.content["blocks"]) != before)
    await house.settled()


async def drop(house: House, reply: Reply, number: int) -> str:
    """What the reply says once Ana has dropped a line of it."""
    view = await evidence(house, reply.ts)
    await press(house, view, "drop", number)
    house.slack.dismiss(view)
    return house.said(reply.to).text


async def changed(house: House, reply: Reply, before: str) -> str:
    await house.slack.wait_for(lambda: house.said(reply.to).text != before)
    return (await house.reply(reply.to)).text


async def shared(house: House, reply: Reply, channel: str) -> Message:
    """The copy of the reply that Ana has shared in a channel."""
    there = house.slack.channel(channel).id
    choose(house.slack, "Ana", reply.ts, "share")
    box = await house.slack.wait_for(lambda: house.slack.modal("Ana"))
    house.slack.submit(box, {"channel": there})
    await house.slack.wait_for(lambda: there in str(box.content["blocks"]))
    house.slack.submit(box, {})
    await house.slack.wait_for(lambda: len(house.slack.state.messages(there)) == 2)
    await house.settled()
    house.slack.dismiss(box)
    return house.slack.state.messages(there)[1]


async def test_a_version_of_an_edited_briefing_says_so_and_the_way_back_leads_to_the_edit(
    house: House,
) -> None:
    reply = await house.ask(LONG, "there and back")
    edited = await drop(house, reply, FIRST_POINT)
    assert ELSEWHERE not in edited

    house.slack.click("Ana", reply.ts, "Full briefing")
    full = await changed(house, reply, edited)
    assert ELSEWHERE in full
    assert ELSEWHERE in shown(await shared(house, reply, "full copy"))
    house.slack.click("Ana", reply.ts, "First version")
    assert await changed(house, reply, full) == edited


async def test_an_edit_in_evidence_that_was_opened_before_is_said_in_the_version_that_is_shown(
    house: House,
) -> None:
    reply = await house.ask(LONG, "open")
    first = reply.text
    view = await evidence(house, reply.ts)
    house.slack.click("Ana", reply.ts, "Full briefing")
    full = await changed(house, reply, first)
    await press(house, view, "drop", FIRST_POINT)
    assert ELSEWHERE in await changed(house, reply, full)
    await press(house, view, "restore", FIRST_POINT)
    assert house.said(reply.to).text == full
    house.slack.dismiss(view)


async def test_an_edit_of_the_version_is_said_in_the_first_one(house: House) -> None:
    reply = await house.ask(LONG, "second")
    first = reply.text
    house.slack.click("Ana", reply.ts, "Full briefing")
    await changed(house, reply, first)
    full = await drop(house, reply, SECOND_POINT)
    assert ELSEWHERE not in full
    house.slack.click("Ana", reply.ts, "First version")
    assert ELSEWHERE in await changed(house, reply, full)


async def test_a_version_of_a_shared_copy_says_that_the_briefing_was_edited(house: House) -> None:
    reply = await house.ask(LONG, "shared")
    await drop(house, reply, FIRST_POINT)
    copy = await shared(house, reply, "copy")
    assert ELSEWHERE not in shown(copy)
    choose(house.slack, "Ben", copy.ts, "shorter")
    place = copy.channel
    await house.slack.wait_for(lambda: len(house.slack.state.messages(place)) == 3)
    await house.settled()
    short = house.slack.state.messages(place)[2]
    assert ELSEWHERE in shown(short)


async def test_a_length_that_was_the_same_before_an_edit_does_not_bring_the_line_back(
    house: House,
) -> None:
    reply = await house.ask(BRIEF, "same")
    edited = await drop(house, reply, 1)
    house.slack.click("Ana", reply.ts, "Full briefing")
    channel = house.slack.channel("same").id
    messages = house.slack.state.messages
    told = await house.slack.wait_for(lambda: [m for m in messages(channel) if m.seen_by])
    assert [shown(each) for each in told] == [SAME_LINES]
    await house.settled()
    assert house.said(reply.to).text == edited
