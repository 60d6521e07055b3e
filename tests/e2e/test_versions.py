"""Shorter, fuller and first versions of a briefing, in its own messages."""

import pytest

from sandbox.slack import Fault
from tests.e2e.articles import BRIEF, LONG, SAME_LINES
from tests.e2e.readout import TABLES, Readout, Reply, shown
from tests.slacks import choose, delete_reply, entries

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "What did Ilva Terren say?"


async def made_shorter(readout: Readout, reply: Reply) -> str:
    """Make the reply shorter as Ana; returns its new text."""
    before = reply.text
    choose(readout.slack, "Ana", reply.ts, "shorter")
    return await readout.until_changed(reply.to, before)


async def evidence(readout: Readout, reply: Reply) -> str:
    """The content of the evidence modal."""
    readout.slack.click("Ben", reply.ts, "Evidence")
    view = await readout.slack.wait_for(lambda: readout.slack.modal("Ben"))
    readout.slack.dismiss(view)
    return str(view.content["blocks"])


async def test_the_asker_switches_between_versions_in_one_message(readout: Readout) -> None:
    reply = await readout.ask(LONG, "in place")
    channel, first = readout.slack.channel("in place").id, reply.text
    short = await made_shorter(readout, reply)
    assert len(short) < len(first)
    assert readout.slack.status(reply.to) is None
    assert next(iter(entries(readout.slack, reply.ts))) == "first"

    jobs = readout.rows("mentions", channel)
    choose(readout.slack, "Ana", reply.ts, "first")
    assert await readout.until_changed(reply.to, short) == first
    assert await made_shorter(readout, reply) == short
    assert readout.rows("mentions", channel) == jobs

    readout.slack.click("Ana", reply.ts, "Full briefing")
    full = await readout.until_changed(reply.to, short)
    assert readout.said(reply.to).buttons[1] == "First version"
    readout.slack.click("Ana", reply.ts, "First version")
    assert await readout.until_changed(reply.to, full) == first
    assert [each.ts for each in readout.said(reply.to).messages] == [reply.ts]


async def test_evidence_and_share_use_the_version_that_is_shown(
    readout: Readout,
) -> None:
    first = await readout.ask(LONG, "shown")
    in_full = await evidence(readout, first)
    short = await made_shorter(readout, first)
    assert len(await evidence(readout, first)) < len(in_full)

    _, copy = await readout.share("Ana", first.ts, "shared there")
    assert shown(copy).partition("[")[0] == short.partition("[")[0]


async def test_delete_removes_all_versions(readout: Readout) -> None:
    first = await readout.ask(LONG, "all gone")
    await made_shorter(readout, first)
    await delete_reply(readout.slack, "Ana", first.ts)
    await readout.slack.wait_for(lambda: not readout.said(first.to).messages)
    await readout.settled()
    channel = readout.slack.channel("all gone").id
    assert [table for table in TABLES if readout.rows(table, channel)] == []


async def test_deleting_a_request_removes_all_versions(readout: Readout) -> None:
    first = await readout.ask(LONG, "withdrawn")
    await made_shorter(readout, first)
    readout.slack.delete(first.to)
    await readout.slack.wait_for(lambda: not readout.said(first.to).messages)
    await readout.settled()
    channel = readout.slack.channel("withdrawn").id
    assert [table for table in TABLES if readout.rows(table, channel)] == []


async def test_somebody_else_s_shorter_version_is_a_new_reply_with_a_link(
    readout: Readout,
) -> None:
    reply = await readout.ask(LONG, "another")
    first = reply.text
    choose(readout.slack, "Ben", reply.ts, "shorter")
    await readout.until_changed(reply.to, first)
    kept, short = readout.said(reply.to).messages
    assert shown(kept) == first
    assert shown(short).startswith("Shorter version of this briefing")
    assert readout.slack.permalink(reply.ts) in str(short.blocks)


@pytest.mark.parametrize("said", ["Interesting, isn't it.", "What did the works cost?"])
async def test_a_reply_with_messages_below_is_not_changed(readout: Readout, said: str) -> None:
    channel = f"below {len(said)}"
    first = await readout.ask(LONG, channel)
    short = await made_shorter(readout, first)
    await readout.ask(said, channel, person="Ben", thread_ts=first.to)
    before = len(readout.said(first.to).messages)
    for name in ("first", "first", "longer"):
        if name == "longer":
            readout.slack.click("Ana", first.ts, "Full briefing")
        else:
            choose(readout.slack, "Ana", first.ts, name)
        await readout.settled()
    *rest, standard, full = readout.said(first.to).messages
    assert shown(rest[0]) == short
    assert len(rest) == before
    assert shown(standard).startswith("Another version of this briefing")
    assert "[Full briefing]" in shown(standard)
    assert shown(full).startswith("Full briefing")
    assert "[Full briefing]" not in shown(full)


async def test_if_slack_does_not_show_what_is_below_the_reply_is_not_changed(
    readout: Readout,
) -> None:
    reply = await readout.ask(LONG, "unsaid")
    first = reply.text
    readout.slack.fail("conversations.replies", Fault(error="missing_scope"))
    await made_shorter(readout, reply)
    kept, _ = readout.said(reply.to).messages
    assert shown(kept) == first


async def test_repeated_clicks_on_both_lengths_leave_one_message(readout: Readout) -> None:
    reply = await readout.ask(LONG, "clicks")
    first = reply.text
    for _ in range(2):
        choose(readout.slack, "Ana", reply.ts, "shorter")
        readout.slack.click("Ana", reply.ts, "Full briefing")
    await readout.until_changed(reply.to, first)
    assert [each.ts for each in readout.said(reply.to).messages] == [reply.ts]
    assert readout.rows("mentions", readout.slack.channel("clicks").id) == 3


async def test_a_wish_in_words_makes_a_linked_reply_or_a_sentence_if_nothing_changes(
    readout: Readout,
) -> None:
    first = await readout.ask(LONG, "words")
    short = await readout.ask("shorter", "words", thread_ts=first.to)
    assert short.text.startswith("Shorter version of this briefing")
    assert readout.slack.permalink(first.ts) in str(short.messages[0].blocks)
    again = await readout.ask("shorter please", "words", thread_ts=first.to)
    assert again.text == "The briefing is already the short version."
    english = await readout.ask("in English please", "words", thread_ts=first.to)
    assert english.text == "The briefing is already in that language."


async def test_a_suggested_question_is_asked_once_whoever_presses_it(readout: Readout) -> None:
    reply = await readout.ask(LONG, "suggested")
    first = reply.text
    assert QUESTION in reply.questions
    for person in ("Ben", "Ben", "Cleo"):
        readout.slack.click(person, reply.ts, QUESTION)
    await readout.until_changed(reply.to, first)
    _, answer = readout.said(reply.to).messages
    assert shown(answer).startswith(QUESTION)
    assert "Terren" in shown(answer).partition(QUESTION)[2]


async def test_only_the_asker_is_told_that_a_length_shows_the_same_lines(
    readout: Readout,
) -> None:
    reply = await readout.ask(BRIEF, "no more")
    first = shown(reply.messages[0])
    readout.slack.click("Ana", reply.ts, "Full briefing")
    texts = await readout.slack.wait_for(lambda: readout.ephemeral_texts("Ana", "no more"))
    assert texts == [SAME_LINES]
    await readout.settled()
    assert [shown(each) for each in readout.said(reply.to).messages] == [first]
    assert readout.slack.status(reply.to) is None
