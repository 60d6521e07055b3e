"""What the buttons under a reply do, once, twice, and by somebody else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.slack.actions import NOT_YOURS
from sandbox.slack.people import Screen
from sandbox.slack.state import Message
from tests.e2e.articles import ASKED, WORKS, page
from tests.e2e.house import House, Reply, shown, started
from tests.slacks import asked_to_delete, choose, delete_reply
from tests.sources import samples
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

TABLES = ("mentions", "documents", "readings", "outcomes", "postings")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[House]:
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with started(tmp_path_factory.mktemp("buttons"), settings=allowed) as house:
        yield house


async def modal_text(house: House, person: str) -> str:
    """What the modal shows that opens on that person's screen."""
    view = await house.slack.wait_for(lambda: house.slack.modal(person))
    content: dict[str, Any] = view.content
    as_message = Message("0", "", "", "", blocks=content["blocks"])
    return "\n".join(Screen(lambda name: name).lines(as_message))


def told(house: House, person: str, channel: str) -> list[str]:
    """What only that person sees in a channel."""
    messages = house.slack.state.messages(house.slack.channel(channel).id)
    return [shown(each) for each in messages if each.seen_by == house.slack.person(person).id]


async def delete(house: House, reply: Reply) -> None:
    """Press Delete, and wait until the reply is gone."""
    await delete_reply(house.slack, "Ana", reply.ts)
    await house.slack.wait_for(lambda: reply.messages[0] not in house.said(reply.to).messages)
    await house.settled()


async def test_evidence_shows_each_line_against_its_passage(house: House) -> None:
    reply = await house.ask(ASKED, "evidence")
    house.slack.click("Ben", reply.ts, "Evidence")
    text = await modal_text(house, "Ben")
    agreed = WORKS.splitlines()[1]
    assert f"│ {agreed}  A2" in text
    assert "│ Brook will pay a third of the cost" in text


async def test_evidence_of_an_answer_shows_its_passages(house: House) -> None:
    briefing = await house.ask(ASKED, "evidence-of-answer")
    answer = await house.ask(
        "What did the works cost?", "evidence-of-answer", thread_ts=briefing.to
    )
    house.slack.click("Cleo", answer.ts, "Evidence")
    assert "│ The works cost 12 million crowns.  A4" in await modal_text(house, "Cleo")


async def test_retry_after_a_failure_briefs_once_however_often_it_is_pressed(
    house: House, site: Site
) -> None:
    answers = [web.Response(status=503), web.Response(status=503)]

    async def recovering(_: web.Request) -> web.Response:
        if answers:
            return answers.pop()
        return web.Response(body=page(WORKS), headers={"Content-Type": "text/html"})

    url = site.answer("/flaky", recovering)
    failed = await house.ask(f"@readout {url}", "retry")
    assert failed.buttons == ["Retry", "Delete"]
    for _ in range(3):
        house.slack.click("Ana", failed.ts, "Retry")
    again = await house.reply(failed.to)
    while again.buttons[-2] == "Retry":
        house.slack.click("Ana", again.ts, "Retry")
        again = await house.reply(failed.to)
    assert "agreed on Friday to share the water works" in again.text
    assert sum("Key points" in shown(each) for each in again.messages) == 1


async def test_a_text_pasted_into_the_box_is_briefed_in_the_thread(
    house: House, site: Site
) -> None:
    url = site.gives("/login", samples.LOGIN.encode())
    refused = await house.ask(f"@readout {url}", "paste")
    assert "asks you to log in" in refused.text
    assert refused.buttons == ["Paste the text", "Delete"]
    house.slack.click("Ana", refused.ts, "Paste the text")
    box = await house.slack.wait_for(lambda: house.slack.modal("Ana"))
    house.slack.submit(box, {"text": WORKS})
    await house.slack.wait_for(lambda: "share the water works" in house.said(refused.to).text)
    await house.settled()


async def test_delete_removes_the_reply_and_all_that_was_kept_for_it(house: House) -> None:
    reply = await house.ask(ASKED, "delete")
    answer = await house.ask("What did the works cost?", "delete", thread_ts=reply.to)
    await delete(house, answer)
    await delete(house, reply)
    assert house.said(reply.to).messages == []
    channel = house.slack.channel("delete").id
    assert [table for table in TABLES if house.rows(table, channel)] == []


async def test_a_thread_goes_on_after_its_briefing_was_deleted_under_an_answer(
    house: House,
) -> None:
    reply = await house.ask(ASKED, "goes on")
    answer = await house.ask("What did the works cost?", "goes on", thread_ts=reply.to)
    await delete(house, reply)
    house.slack.click("Ana", answer.ts, "Evidence")
    assert "Nothing is stored for this reply any more" in await modal_text(house, "Ana")
    again = await house.ask(ASKED, "goes on", thread_ts=reply.to)
    assert "share the water works" in again.text


async def test_delete_is_for_the_asker_alone(house: House) -> None:
    reply = await house.ask(ASKED, "not-yours")
    choose(house.slack, "Ben", reply.ts, "delete")
    await house.slack.wait_for(
        lambda: (box := house.slack.modal("Ben")) and NOT_YOURS in str(box.content)
    )
    assert len(house.said(reply.to).messages) == 1
    channel = house.slack.channel("not-yours").id
    assert [table for table in TABLES if not house.rows(table, channel)] == []


async def test_a_deleted_request_is_not_answered_from_any_more(house: House) -> None:
    reply = await house.ask(ASKED, "forgotten")
    await delete(house, reply)
    answer = await house.ask("@readout What did the works cost?", "forgotten", thread_ts=reply.to)
    # The root still holds the text: it is read anew, as the messages above are.
    assert "12 million" in answer.text


async def test_a_second_press_of_delete_does_no_harm(house: House) -> None:
    reply = await house.ask(ASKED, "twice")
    first = await asked_to_delete(house.slack, "Ana", reply.ts)
    await delete(house, reply)
    house.slack.submit(first, {})
    await house.slack.wait_for(lambda: "Nothing is stored" in str(first.content["blocks"]))
    assert house.said(reply.to).messages == []


async def test_an_event_that_comes_again_after_delete_brings_nothing_back(house: House) -> None:
    reply = await house.ask(ASKED, "again")
    await delete(house, reply)
    house.slack.deliver_again(reply.to)
    await house.settled()
    assert house.said(reply.to).messages == []
    assert house.rows("mentions", house.slack.channel("again").id) == 0


async def test_a_button_of_a_version_that_is_gone_is_acknowledged(house: House) -> None:
    reply = await house.ask(ASKED, "old")
    actions = reply.messages[-1].blocks[-1]["elements"]
    actions[0]["action_id"] = "evidence.v0"
    pressed = house.slack.click("Ana", reply.ts, "evidence.v0")
    await house.settled()
    assert pressed.acked_at
    assert told(house, "Ana", "old") == []
