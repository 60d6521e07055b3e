"""What the menu and the lengths make of a briefing, in a bot that really runs."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.slack.actions import NOT_YOURS
from sandbox.slack.state import Message, View
from tests.e2e.articles import ASKED
from tests.e2e.house import House, Reply, reply_to, shown, started
from tests.slacks import choose, delete_reply

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with started(tmp_path_factory.mktemp("menu")) as house:
        yield house


async def box(house: House, person: str) -> View:
    """The box that opens on that person's screen."""
    return await house.slack.wait_for(lambda: house.slack.modal(person))


async def test_shorter_is_a_second_and_shorter_briefing_in_the_thread(house: House) -> None:
    reply = await house.ask(ASKED, "shorter")
    choose(house.slack, "Ben", reply.ts, "shorter")
    await house.slack.wait_for(lambda: len(house.said(reply.to).messages) == 2)
    first, second = map(shown, house.said(reply.to).messages)
    assert "agreed on Friday to share the water works" in second
    assert len(second) < len(first)


async def test_translate_without_a_model_says_at_once_that_it_can_not(house: House) -> None:
    reply = await house.ask(ASKED, "translate")
    choose(house.slack, "Ben", reply.ts, "translate")
    modal = await box(house, "Ben")
    assert "Translating needs a model, and Readout has none set up here." in str(modal.content)
    assert "submit" not in modal.content
    house.slack.dismiss(modal)
    await house.settled()
    assert len(house.said(reply.to).messages) == 1


async def test_a_question_from_the_box_is_answered_in_the_thread(house: House) -> None:
    reply = await house.ask(ASKED, "asked")
    house.slack.click("Ben", reply.ts, "Ask")
    house.slack.submit(await box(house, "Ben"), {"question": "What did the works cost?"})
    await house.slack.wait_for(lambda: len(house.said(reply.to).messages) == 2)
    await house.settled()
    answer = shown(house.said(reply.to).messages[1])
    assert answer.startswith("What did the works cost?")
    assert "12 million crowns" in answer


async def shared(house: House, person: str, reply: Reply, channel: str) -> list[Message]:
    """What stands in a channel once that person has shared the reply there."""
    choose(house.slack, person, reply.ts, "share")
    form = await box(house, person)
    house.slack.submit(form, {"channel": channel})
    await house.slack.wait_for(lambda: channel in str(form.content["blocks"]))
    house.slack.submit(form, {})
    await house.slack.wait_for(lambda: len(house.slack.state.messages(channel)) == 2)
    return house.slack.state.messages(channel)


async def test_what_is_shared_can_be_asked_about_and_deleted_there(house: House) -> None:
    reply = await house.ask(ASKED, "here")
    there = house.slack.channel("there").id
    root, briefing = await shared(house, "Cleo", reply, there)
    assert shown(briefing) == reply.text
    answer = await house.ask("@readout What did the works cost?", "there", thread_ts=root.ts)
    assert "12 million crowns" in answer.text

    choose(house.slack, "Ana", briefing.ts, "delete")
    told = await house.slack.wait_for(lambda: house.slack.modal("Ana"))
    assert NOT_YOURS in str(told.content)

    await delete_reply(house.slack, "Ana", answer.ts)
    await house.slack.wait_for(lambda: house.slack.state.message(there, answer.ts) is None)
    await delete_reply(house.slack, "Cleo", briefing.ts)
    await house.slack.wait_for(lambda: house.slack.state.message(there, root.ts) is None)
    assert reply_to(house.slack, reply.to).text == reply.text


async def test_what_was_asked_alone_is_shared_by_name(house: House) -> None:
    asked = ASKED.removeprefix("@readout")
    reply = await house.ask(asked, "dm", person="Dora")
    place = house.slack.find("Dora")[1].id
    title = "Two towns agree to share one water works"
    assert house.slack.state.sessions[place, reply.to].title == title
    suggested = [each["message"] for each in house.slack.state.prompts[place, reply.to]]
    assert suggested[-1] == "Shorter"
    answer = await house.ask(suggested[0], "dm", person="Dora", thread_ts=reply.to)
    assert "The sources do not say" not in answer.text

    root, briefing = await shared(house, "Dora", reply, house.slack.channel("open").id)
    dora = house.slack.person("Dora").id
    assert shown(root).startswith(f"@{dora} shared a briefing:\n{title} A1\nPasted text, ")
    assert shown(briefing) == reply.text
    assert (root.channel, root.ts) not in house.slack.state.prompts


async def test_export_leaves_three_files_in_the_thread(house: House) -> None:
    reply = await house.ask(ASKED, "export")
    choose(house.slack, "Ben", reply.ts, "export")
    await house.slack.wait_for(lambda: len(house.said(reply.to).messages) == 2)
    files = [house.slack.state.files[name] for name in house.said(reply.to).messages[1].files]
    assert [file.name.rpartition(".")[2] for file in files] == ["md", "docx", "txt"]
    assert b"share the water works" in files[0].content
