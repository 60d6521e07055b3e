"""Edits and the other versions and copies of a briefing."""

import json

import pytest

from sandbox.slack.state import View
from tests.e2e.articles import BRIEF, LONG, SAME_LINES
from tests.e2e.readout import Readout, Reply, shown
from tests.slacks import choose

pytestmark = pytest.mark.asyncio(loop_scope="module")

ELSEWHERE = "Edits made in another version of this briefing are not in this one."
FIRST_POINT, SECOND_POINT = 2, 3


async def opened(readout: Readout, reply: Reply) -> View:
    """The evidence of the reply, opened by Ana, who may edit it."""
    readout.slack.click("Ana", reply.ts, "Evidence")
    return await readout.slack.wait_for(lambda: readout.slack.modal("Ana"))


async def press(readout: Readout, view: View, name: str, number: int) -> None:
    """Press a button under a line, and wait until the modal has changed."""
    before = json.dumps(view.content["blocks"])
    readout.slack.click_in_view(view, f"{name}_line.v1.{number}")
    await readout.slack.wait_for(lambda: json.dumps(view.content["blocks"]) != before)
    await readout.settled()


async def drop(readout: Readout, reply: Reply, number: int) -> str:
    """Drop a line as Ana; returns the text of the reply."""
    view = await opened(readout, reply)
    await press(readout, view, "drop", number)
    readout.slack.dismiss(view)
    return readout.said(reply.to).text


async def test_a_version_of_an_edited_briefing_says_so_and_the_edited_one_can_be_restored(
    readout: Readout,
) -> None:
    reply = await readout.ask(LONG, "there and back")
    edited = await drop(readout, reply, FIRST_POINT)
    assert ELSEWHERE not in edited

    readout.slack.click("Ana", reply.ts, "Full briefing")
    full = await readout.until_changed(reply.to, edited)
    assert ELSEWHERE in full
    assert ELSEWHERE in shown((await readout.share("Ana", reply.ts, "full copy"))[1])
    readout.slack.click("Ana", reply.ts, "First version")
    assert await readout.until_changed(reply.to, full) == edited


async def test_an_edit_from_a_stale_evidence_dialog_is_mentioned_in_the_version_shown(
    readout: Readout,
) -> None:
    reply = await readout.ask(LONG, "open")
    first = reply.text
    view = await opened(readout, reply)
    readout.slack.click("Ana", reply.ts, "Full briefing")
    full = await readout.until_changed(reply.to, first)
    await press(readout, view, "drop", FIRST_POINT)
    assert ELSEWHERE in await readout.until_changed(reply.to, full)
    await press(readout, view, "restore", FIRST_POINT)
    assert readout.said(reply.to).text == full
    readout.slack.dismiss(view)


async def test_an_edit_of_a_version_is_mentioned_in_the_first_one(readout: Readout) -> None:
    reply = await readout.ask(LONG, "second")
    first = reply.text
    readout.slack.click("Ana", reply.ts, "Full briefing")
    await readout.until_changed(reply.to, first)
    full = await drop(readout, reply, SECOND_POINT)
    assert ELSEWHERE not in full
    readout.slack.click("Ana", reply.ts, "First version")
    assert ELSEWHERE in await readout.until_changed(reply.to, full)


async def test_a_version_of_a_shared_copy_says_that_the_briefing_was_edited(
    readout: Readout,
) -> None:
    reply = await readout.ask(LONG, "shared")
    await drop(readout, reply, FIRST_POINT)
    _, copy = await readout.share("Ana", reply.ts, "copy")
    assert ELSEWHERE not in shown(copy)
    choose(readout.slack, "Ben", copy.ts, "shorter")
    place = copy.channel
    await readout.slack.wait_for(lambda: len(readout.slack.state.messages(place)) == 3)
    await readout.settled()
    short = readout.slack.state.messages(place)[2]
    assert ELSEWHERE in shown(short)


async def test_asking_for_the_same_length_after_an_edit_does_not_restore_the_line(
    readout: Readout,
) -> None:
    reply = await readout.ask(BRIEF, "same")
    edited = await drop(readout, reply, 1)
    readout.slack.click("Ana", reply.ts, "Full briefing")
    texts = await readout.slack.wait_for(lambda: readout.ephemeral_texts("Ana", "same"))
    assert texts == [SAME_LINES]
    await readout.settled()
    assert readout.said(reply.to).text == edited
