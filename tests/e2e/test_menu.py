"""The menu under a briefing."""

import pytest

from bot.slack.interactions import NOT_YOURS
from sandbox.slack.state import View
from tests.e2e.articles import ASKED
from tests.e2e.readout import Readout, reply_to, shown
from tests.slacks import choose, delete_reply

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def box(readout: Readout, person: str) -> View:
    """The modal that opens for that person."""
    return await readout.slack.wait_for(lambda: readout.slack.modal(person))


async def test_shorter_makes_a_second_briefing_in_the_thread(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "shorter")
    choose(readout.slack, "Ben", reply.ts, "shorter")
    await readout.slack.wait_for(lambda: len(readout.said(reply.to).messages) == 2)
    first, second = map(shown, readout.said(reply.to).messages)
    assert "agreed on Friday to share the water works" in second
    assert len(second) < len(first)


async def test_translate_without_a_model_says_at_once_that_it_can_t(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "translate")
    choose(readout.slack, "Ben", reply.ts, "translate")
    modal = await box(readout, "Ben")
    assert "Translating needs a model, and Readout has none set up here." in str(modal.content)
    assert "submit" not in modal.content
    readout.slack.dismiss(modal)
    await readout.settled()
    assert len(readout.said(reply.to).messages) == 1


async def test_a_question_from_the_dialog_is_answered_in_the_thread(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "asked")
    readout.slack.click("Ben", reply.ts, "Ask")
    readout.slack.submit(await box(readout, "Ben"), {"question": "What did the works cost?"})
    await readout.slack.wait_for(lambda: len(readout.said(reply.to).messages) == 2)
    await readout.settled()
    answer = shown(readout.said(reply.to).messages[1])
    assert answer.startswith("What did the works cost?")
    assert "12 million crowns" in answer


async def test_a_shared_briefing_can_be_asked_about_and_deleted_there(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "here")
    there = readout.slack.channel("there").id
    root, briefing = await readout.share("Cleo", reply.ts, "there")
    assert shown(briefing) == reply.text
    answer = await readout.ask("@readout What did the works cost?", "there", thread_ts=root.ts)
    assert "12 million crowns" in answer.text

    choose(readout.slack, "Ana", briefing.ts, "delete")
    refusal = await readout.slack.wait_for(lambda: readout.slack.modal("Ana"))
    assert NOT_YOURS.format(deed="delete it") in str(refusal.content)

    await delete_reply(readout.slack, "Ana", answer.ts)
    await readout.slack.wait_for(lambda: readout.slack.state.message(there, answer.ts) is None)
    await delete_reply(readout.slack, "Cleo", briefing.ts)
    await readout.slack.wait_for(lambda: readout.slack.state.message(there, root.ts) is None)
    assert reply_to(readout.slack, reply.to).text == reply.text


async def test_a_briefing_from_a_direct_message_is_shared_under_the_person_s_name(
    readout: Readout,
) -> None:
    asked = ASKED.removeprefix("@readout")
    reply = await readout.ask(asked, "dm", person="Dora")
    place = readout.slack.find("Dora")[1].id
    title = "Two towns agree to share one water works"
    assert readout.slack.state.sessions[place, reply.to].title == title
    suggested = [each["message"] for each in readout.slack.state.prompts[place, reply.to]]
    assert suggested[-1] == "Shorter"
    answer = await readout.ask(suggested[0], "dm", person="Dora", thread_ts=reply.to)
    assert "The sources do not say" not in answer.text

    root, briefing = await readout.share("Dora", reply.ts, "open")
    dora = readout.slack.person("Dora").id
    assert shown(root).startswith(f"@{dora} shared a briefing:\n{title} A1\nPasted text, ")
    assert shown(briefing) == reply.text
    assert (root.channel, root.ts) not in readout.slack.state.prompts


async def test_export_posts_three_files_in_the_thread(readout: Readout) -> None:
    reply = await readout.ask(ASKED, "export")
    choose(readout.slack, "Ben", reply.ts, "export")
    await readout.slack.wait_for(lambda: len(readout.said(reply.to).messages) == 2)
    files = [readout.slack.state.files[name] for name in readout.said(reply.to).messages[1].files]
    assert [file.name.rpartition(".")[2] for file in files] == ["md", "docx", "txt"]
    assert b"share the water works" in files[0].content
