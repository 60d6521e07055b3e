"""Repeated and simultaneous deliveries."""

import pytest

from bot.service.errors import SettingsError
from sandbox.slack import LocalFile
from tests.e2e.articles import ASKED, WORKS
from tests.e2e.readout import Readout, serving, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")


def kinds(readout: Readout, ts: str) -> list[str]:
    """The types of the events delivered for the message ``ts``."""
    events = [each.payload.get("event", {}) for each in readout.slack.deliveries]
    return sorted(event["type"] for event in events if event.get("ts") == ts)


@pytest.mark.parametrize("late", [False, True], ids=["at-once", "after-the-reply"])
async def test_a_mention_delivered_three_times_as_both_events_gets_one_reply(
    readout: Readout, late: bool
) -> None:
    channel = f"thrice {late}"
    ts = readout.slack.say("Ana", channel, ASKED)
    for _ in range(2):
        if late:
            await readout.settled()
        readout.slack.deliver_again(ts)
    reply = await readout.reply(ts)
    assert kinds(readout, ts) == ["app_mention"] * 3 + ["message"] * 3
    assert len(reply.messages) == 1
    channel_id = readout.slack.channel(channel).id
    calls = [each.method for each in readout.slack.calls if each.args.get("channel") == channel_id]
    # A slow reply is streamed, and may replace an offer to stop.
    assert max(map(calls.count, ("chat.postMessage", "chat.startStream"))) == 1


async def test_a_follow_up_delivered_three_times_gets_one_answer(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "follow")
    ts = readout.slack.say("Ana", "follow", "What did the works cost?", thread_ts=briefing.to)
    readout.slack.deliver_again(ts)
    readout.slack.deliver_again(ts)
    assert len((await readout.reply(ts)).messages) == 1
    assert kinds(readout, ts) == ["message"] * 3


async def test_a_mention_with_a_file_delivered_three_times_gets_one_reply(
    readout: Readout,
) -> None:
    file = LocalFile("works.txt", "text/plain", WORKS.encode())
    ts = readout.slack.say("Ana", "files", "@readout", files=[file])
    readout.slack.deliver_again(ts)
    readout.slack.deliver_again(ts)
    assert len((await readout.reply(ts)).messages) == 1


async def test_simultaneous_questions_in_one_thread_are_all_answered(
    readout: Readout,
) -> None:
    briefing = await readout.ask(ASKED, "crowd")
    said = [
        readout.slack.say(person, "crowd", text, thread_ts=briefing.to)
        for person, text in (
            ("Ana", "What did the works cost?"),
            ("Ben", "Who is the mayor of Brook?"),
            ("Cleo", "How many soldiers died?"),
            ("Ana", "shorter"),
        )
    ]
    await readout.settled()
    texts = [shown(each) for each in readout.said(said[-1]).messages]
    parts = ("This comes closest", "No direct answer found", "[Full briefing]")
    assert [sum(words in text for text in texts) for words in parts] == [2, 1, 1], texts
    assert len(texts) == 4


async def test_two_simultaneous_mentions_in_a_new_thread_are_both_answered(
    readout: Readout,
) -> None:
    root = readout.slack.say("Ben", "both", WORKS)
    readout.slack.say("Ana", "both", "@readout", thread_ts=root)
    readout.slack.say("Cleo", "both", "@readout What did the works cost?", thread_ts=root)
    briefing, answer = (await readout.reply(root)).messages
    assert "Key points" in str(briefing.blocks)
    assert "12 million crowns" in str(answer.blocks)


async def test_simultaneous_requests_in_many_channels_get_one_reply_each(readout: Readout) -> None:
    asked = [readout.slack.say("Ana", f"many {number}", ASKED) for number in range(12)]
    await readout.settled()
    assert [len(readout.said(ts).messages) for ts in asked] == [1] * 12


async def test_a_second_bot_on_the_same_database_says_so_and_stops(readout: Readout) -> None:
    with pytest.raises(SettingsError, match="Another Readout already serves this database"):
        async with serving(readout.slack, readout.folder):
            pass
    assert len((await readout.ask(ASKED, "still-here")).messages) == 1


async def test_each_event_is_acknowledged(readout: Readout) -> None:
    assert all(each.acked_at for each in readout.slack.deliveries)
