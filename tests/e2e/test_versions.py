"""A briefing is made shorter and fuller in its own messages, and back, by a bot that runs."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from sandbox.slack import Fault
from tests.e2e.articles import BRIEF, LONG, SAME_LINES
from tests.e2e.house import House, Reply, shown, started
from tests.slacks import choose, delete_reply, entries

pytestmark = pytest.mark.asyncio(loop_scope="module")

TABLES = ("mentions", "documents", "readings", "outcomes", "postings")
QUESTION = "What did Ilva Terren say?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with started(tmp_path_factory.mktemp("versions")) as house:
        yield house


async def changed(house: House, ts: str, before: str) -> str:
    """What the bot says after the message ``ts`` once that is no longer what it said ``before``,
    and nothing is left to do."""
    await house.slack.wait_for(lambda: house.said(ts).text != before)
    return (await house.reply(ts)).text


async def made_shorter(house: House, reply: Reply) -> str:
    """What the reply says once Ana has made it shorter, in its place."""
    before = reply.text
    choose(house.slack, "Ana", reply.ts, "shorter")
    return await changed(house, reply.to, before)


async def evidence(house: House, reply: Reply) -> str:
    """What the modal with the evidence holds."""
    house.slack.click("Ben", reply.ts, "Evidence")
    view = await house.slack.wait_for(lambda: house.slack.modal("Ben"))
    house.slack.dismiss(view)
    return str(view.content["blocks"])


async def test_the_asker_reads_it_short_first_and_full_in_one_message(house: House) -> None:
    reply = await house.ask(LONG, "in place")
    channel, first = house.slack.channel("in place").id, reply.text
    short = await made_shorter(house, reply)
    assert len(short) < len(first)
    assert house.slack.status(reply.to) is None
    assert next(iter(entries(house.slack, reply.ts))) == "first"

    jobs = house.rows("mentions", channel)
    choose(house.slack, "Ana", reply.ts, "first")
    assert await changed(house, reply.to, short) == first
    assert await made_shorter(house, reply) == short
    assert house.rows("mentions", channel) == jobs

    house.slack.click("Ana", reply.ts, "Full briefing")
    full = await changed(house, reply.to, short)
    assert house.said(reply.to).buttons[:3] == ["Evidence", "First version", "Ask"]
    house.slack.click("Ana", reply.ts, "First version")
    assert await changed(house, reply.to, full) == first
    assert [each.ts for each in house.said(reply.to).messages] == [reply.ts]


async def test_what_is_done_with_a_reply_is_done_with_the_version_that_is_shown(
    house: House,
) -> None:
    first = await house.ask(LONG, "shown")
    in_full = await evidence(house, first)
    short = await made_shorter(house, first)
    assert len(await evidence(house, first)) < len(in_full)

    there = house.slack.channel("shared there").id
    choose(house.slack, "Ana", first.ts, "share")
    box = await house.slack.wait_for(lambda: house.slack.modal("Ana"))
    house.slack.submit(box, {"channel": there})
    await house.slack.wait_for(lambda: there in str(box.content["blocks"]))
    house.slack.submit(box, {})
    await house.slack.wait_for(lambda: len(house.slack.state.messages(there)) == 2)
    told = shown(house.slack.state.messages(there)[1])
    assert told.partition("[")[0] == short.partition("[")[0]


async def test_delete_takes_all_versions_away(house: House) -> None:
    first = await house.ask(LONG, "all gone")
    await made_shorter(house, first)
    await delete_reply(house.slack, "Ana", first.ts)
    await house.slack.wait_for(lambda: not house.said(first.to).messages)
    await house.settled()
    channel = house.slack.channel("all gone").id
    assert [table for table in TABLES if house.rows(table, channel)] == []


async def test_a_request_that_is_deleted_takes_all_versions_along(house: House) -> None:
    first = await house.ask(LONG, "withdrawn")
    await made_shorter(house, first)
    house.slack.delete(first.to)
    await house.slack.wait_for(lambda: not house.said(first.to).messages)
    await house.settled()
    channel = house.slack.channel("withdrawn").id
    assert [table for table in TABLES if house.rows(table, channel)] == []


async def test_whoever_else_wants_it_shorter_gets_a_reply_that_links_to_the_one_it_is_of(
    house: House,
) -> None:
    reply = await house.ask(LONG, "another")
    first = reply.text
    choose(house.slack, "Ben", reply.ts, "shorter")
    await changed(house, reply.to, first)
    kept, short = house.said(reply.to).messages
    assert shown(kept) == first
    assert shown(short).startswith("Shorter version of this briefing")
    assert house.slack.permalink(reply.ts) in str(short.blocks)


@pytest.mark.parametrize("said", ["Interesting, isn't it.", "What did the works cost?"])
async def test_what_something_stands_below_is_not_changed(house: House, said: str) -> None:
    channel = f"below {len(said)}"
    first = await house.ask(LONG, channel)
    short = await made_shorter(house, first)
    await house.ask(said, channel, person="Ben", thread_ts=first.to)
    before = len(house.said(first.to).messages)
    for name in ("first", "first", "longer"):
        if name == "longer":
            house.slack.click("Ana", first.ts, "Full briefing")
        else:
            choose(house.slack, "Ana", first.ts, name)
        await house.settled()
    *rest, standard, full = house.said(first.to).messages
    assert shown(rest[0]) == short
    assert len(rest) == before
    assert shown(standard).startswith("Another version of this briefing")
    assert "[Full briefing]" in shown(standard)
    assert shown(full).startswith("Full briefing")
    assert "[Full briefing]" not in shown(full)


async def test_where_slack_does_not_say_what_stands_below_nothing_is_changed(
    house: House,
) -> None:
    reply = await house.ask(LONG, "unsaid")
    first = reply.text
    house.slack.fail("conversations.replies", Fault(error="missing_scope"))
    await made_shorter(house, reply)
    kept, _ = house.said(reply.to).messages
    assert shown(kept) == first


async def test_two_clicks_and_clicks_on_both_lengths_leave_one_message(house: House) -> None:
    reply = await house.ask(LONG, "clicks")
    first = reply.text
    for _ in range(2):
        choose(house.slack, "Ana", reply.ts, "shorter")
        house.slack.click("Ana", reply.ts, "Full briefing")
    await changed(house, reply.to, first)
    assert [each.ts for each in house.said(reply.to).messages] == [reply.ts]
    assert house.rows("mentions", house.slack.channel("clicks").id) == 3


async def test_a_wish_in_words_is_a_new_reply_with_a_link_and_one_that_changes_nothing_a_sentence(
    house: House,
) -> None:
    first = await house.ask(LONG, "words")
    short = await house.ask("shorter", "words", thread_ts=first.to)
    assert short.text.startswith("Shorter version of this briefing")
    assert house.slack.permalink(first.ts) in str(short.messages[0].blocks)
    again = await house.ask("shorter please", "words", thread_ts=first.to)
    assert again.text == "The briefing is already the short version."
    english = await house.ask("in English please", "words", thread_ts=first.to)
    assert english.text == "The briefing is already in that language."


async def test_a_suggested_question_is_asked_once_whoever_presses_it(house: House) -> None:
    reply = await house.ask(LONG, "suggested")
    first = reply.text
    assert QUESTION in reply.questions
    for person in ("Ben", "Ben", "Cleo"):
        house.slack.click(person, reply.ts, QUESTION)
    await changed(house, reply.to, first)
    _, answer = house.said(reply.to).messages
    assert shown(answer).startswith(QUESTION)
    assert "Terren" in shown(answer).partition(QUESTION)[2]


async def test_a_length_that_would_show_the_same_lines_is_said_to_the_asker_alone(
    house: House,
) -> None:
    reply = await house.ask(BRIEF, "no more")
    first = shown(reply.messages[0])
    house.slack.click("Ana", reply.ts, "Full briefing")
    channel = house.slack.channel("no more").id

    def told() -> list[str]:
        messages = house.slack.state.messages(channel)
        return [shown(each) for each in messages if each.seen_by]

    assert await house.slack.wait_for(told) == [SAME_LINES]
    await house.settled()
    assert [shown(each) for each in house.said(reply.to).messages] == [first]
    assert house.slack.status(reply.to) is None
