"""The buttons under a reply: pressed once, twice, and by somebody else."""

from typing import Any

import pytest
from aiohttp import web

from bot.slack.buttons import BUTTONS_BY_NAME
from bot.slack.interactions import NOT_YOURS
from sandbox.slack.people import Screen
from sandbox.slack.state import Message
from tests.e2e.articles import ASKED, WORKS, page
from tests.e2e.readout import TABLES, Readout, Reply, shown
from tests.slack.workspace import control_of
from tests.slacks import asked_to_delete, choose, delete_reply
from tests.sources import samples
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def modal_text(readout: Readout, person: str) -> str:
    """The text of the modal that opens for that person."""
    view = await readout.slack.wait_for(lambda: readout.slack.modal(person))
    content: dict[str, Any] = view.content
    as_message = Message("0", "", "", "", blocks=content["blocks"])
    return "\n".join(Screen(lambda name: name).lines(as_message))


async def delete(readout: Readout, reply: Reply) -> None:
    """Press Delete, and wait until the reply is gone."""
    await delete_reply(readout.slack, "Ana", reply.ts)
    await readout.slack.wait_for(lambda: reply.messages[0] not in readout.said(reply.to).messages)
    await readout.settled()


async def test_evidence_shows_each_line_against_its_passage(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "evidence")
    readout.slack.click("Ben", reply.ts, "Evidence")
    text = await modal_text(readout, "Ben")
    agreed = WORKS.splitlines()[1]
    assert f"│ {agreed}  A2" in text
    assert "│ Brook will pay a third of the cost" in text


async def test_evidence_of_an_answer_shows_its_passages(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "evidence-of-answer")
    answer = await readout.ask(
        "What did the works cost?", "evidence-of-answer", thread_ts=briefing.to
    )
    readout.slack.click("Cleo", answer.ts, "Evidence")
    assert "│ The works cost 12 million crowns.  A4" in await modal_text(readout, "Cleo")


async def test_retry_after_a_failure_briefs_once_however_often_it_is_pressed(
    readout: Readout, site: Site
) -> None:
    answers = [web.Response(status=503), web.Response(status=503)]

    async def recovering(_: web.Request) -> web.Response:
        if answers:
            return answers.pop()
        return web.Response(body=page(WORKS), headers={"Content-Type": "text/html"})

    url = site.answer("/flaky", recovering)
    failed = await readout.ask(f"@readout {url}", "retry")
    assert failed.buttons[0] == "Retry"
    for _ in range(3):
        readout.slack.click("Ana", failed.ts, "Retry")
    again = await readout.reply(failed.to)
    while again.buttons[-2] == "Retry":
        readout.slack.click("Ana", again.ts, "Retry")
        again = await readout.reply(failed.to)
    assert "agreed on Friday to share the water works" in again.text
    assert sum("Key points" in shown(each) for each in again.messages) == 1


async def test_a_text_pasted_into_the_dialog_is_briefed_in_the_thread(
    readout: Readout, site: Site
) -> None:
    url = site.gives("/login", samples.LOGIN.encode())
    refused = await readout.ask(f"@readout {url}", "paste")
    assert "asks you to log in" in refused.text
    assert refused.buttons[0] == "Paste the text"
    readout.slack.click("Ana", refused.ts, "Paste the text")
    box = await readout.slack.wait_for(lambda: readout.slack.modal("Ana"))
    readout.slack.submit(box, {"text": WORKS})
    await readout.slack.wait_for(lambda: "share the water works" in readout.said(refused.to).text)
    await readout.settled()


async def test_delete_removes_the_reply_and_all_stored_for_it(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "delete")
    answer = await readout.ask("What did the works cost?", "delete", thread_ts=reply.to)
    await delete(readout, answer)
    await delete(readout, reply)
    assert readout.said(reply.to).messages == []
    channel = readout.slack.channel("delete").id
    assert [table for table in TABLES if readout.rows(table, channel)] == []


async def test_a_thread_continues_after_its_briefing_was_deleted(
    readout: Readout,
) -> None:
    reply = await readout.ask(ASKED, "goes on")
    answer = await readout.ask("What did the works cost?", "goes on", thread_ts=reply.to)
    await delete(readout, reply)
    readout.slack.click("Ana", answer.ts, "Evidence")
    assert "Nothing is stored for this reply any more" in await modal_text(readout, "Ana")
    again = await readout.ask(ASKED, "goes on", thread_ts=reply.to)
    assert "share the water works" in again.text


async def test_only_the_asker_may_delete(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "not-yours")
    choose(readout.slack, "Ben", reply.ts, "delete")
    await readout.slack.wait_for(
        lambda: (
            (box := readout.slack.modal("Ben"))
            and NOT_YOURS.format(deed="delete it") in str(box.content)
        )
    )
    assert len(readout.said(reply.to).messages) == 1
    channel = readout.slack.channel("not-yours").id
    assert [table for table in TABLES if not readout.rows(table, channel)] == []


async def test_after_a_deletion_a_question_reads_the_thread_again(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "forgotten")
    await delete(readout, reply)
    answer = await readout.ask("@readout What did the works cost?", "forgotten", thread_ts=reply.to)
    # The messages above, which still contain the text, are read again.
    assert "12 million" in answer.text


async def test_a_second_confirmation_of_delete_does_no_harm(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "twice")
    first = await asked_to_delete(readout.slack, "Ana", reply.ts)
    await delete(readout, reply)
    readout.slack.submit(first, {})
    await readout.slack.wait_for(lambda: "Nothing is stored" in str(first.content["blocks"]))
    assert readout.said(reply.to).messages == []


async def test_an_event_delivered_again_after_delete_restores_nothing(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "again")
    await delete(readout, reply)
    readout.slack.deliver_again(reply.to)
    await readout.settled()
    assert readout.said(reply.to).messages == []
    assert readout.rows("mentions", readout.slack.channel("again").id) == 0


async def test_a_button_with_an_unknown_version_is_acknowledged(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "old")
    actions = reply.messages[-1].blocks[-1]["elements"]
    actions[0]["action_id"] = "evidence.v0"
    pressed = readout.slack.click("Ana", reply.ts, "evidence.v0")
    await readout.settled()
    assert pressed.acked_at
    assert readout.ephemeral_texts("Ana", "old") == []


@pytest.mark.parametrize("asked", ["", "What did the works cost?"], ids=["briefing", "answer"])
async def test_every_button_of_a_reply_is_acknowledged(readout: Readout, asked: str) -> None:
    channel = f"table {asked}"
    reply = await readout.ask(ASKED, channel)
    if asked:
        reply = await readout.ask(asked, channel, thread_ts=reply.to)
    blocks = readout.slack.message(reply.ts).blocks
    shown = {name: control for name in BUTTONS_BY_NAME if (control := control_of(name, blocks))}
    assert len(shown) > 3
    pressed = [
        readout.slack.click("Ben", reply.ts, action, choice=choice)
        for action, choice in shown.values()
    ]
    await readout.settled()

    assert all(each.acked_at for each in pressed)
    assert not [
        each for each in readout.ephemeral_texts("Ben", channel) if "error on our side" in each
    ]
