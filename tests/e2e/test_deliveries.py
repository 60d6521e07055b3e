"""However often and in whichever form Slack sends an event, there is one reply."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.service.errors import SettingsError
from sandbox.slack import LocalFile
from tests.e2e.articles import ASKED, WORKS
from tests.e2e.house import House, serving, shown, started

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with started(tmp_path_factory.mktemp("deliveries")) as house:
        yield house


def kinds(house: House, ts: str) -> list[str]:
    """The events that the message ``ts`` was sent as."""
    events = [each.payload.get("event", {}) for each in house.slack.deliveries]
    return sorted(event["type"] for event in events if event.get("ts") == ts)


@pytest.mark.parametrize("late", [False, True], ids=["at-once", "after-the-reply"])
async def test_a_mention_that_comes_three_times_in_both_forms_gets_one_reply(
    house: House, late: bool
) -> None:
    channel = f"thrice {late}"
    ts = house.slack.say("Ana", channel, ASKED)
    for _ in range(2):
        if late:
            await house.settled()
        house.slack.deliver_again(ts)
    reply = await house.reply(ts)
    assert kinds(house, ts) == ["app_mention"] * 3 + ["message"] * 3
    assert len(reply.messages) == 1
    posts = [each for each in house.slack.calls if each.method == "chat.postMessage"]
    channel_id = house.slack.channel(channel).id
    assert [each.args["channel"] for each in posts].count(channel_id) == 1


async def test_a_follow_up_that_comes_three_times_gets_one_answer(house: House) -> None:
    briefing = await house.ask(ASKED, "follow")
    ts = house.slack.say("Ana", "follow", "What did the works cost?", thread_ts=briefing.to)
    house.slack.deliver_again(ts)
    house.slack.deliver_again(ts)
    assert len((await house.reply(ts)).messages) == 1
    assert kinds(house, ts) == ["message"] * 3


async def test_a_mention_with_a_file_that_comes_three_times_gets_one_reply(house: House) -> None:
    file = LocalFile("works.txt", "text/plain", WORKS.encode())
    ts = house.slack.say("Ana", "files", "@readout", files=[file])
    house.slack.deliver_again(ts)
    house.slack.deliver_again(ts)
    assert len((await house.reply(ts)).messages) == 1


async def test_two_people_who_ask_in_one_thread_at_once_are_all_answered(
    house: House,
) -> None:
    briefing = await house.ask(ASKED, "crowd")
    said = [
        house.slack.say(person, "crowd", text, thread_ts=briefing.to)
        for person, text in (
            ("Ana", "What did the works cost?"),
            ("Ben", "Who is the mayor of Brook?"),
            ("Cleo", "How many soldiers died?"),
            ("Ana", "shorter"),
        )
    ]
    await house.settled()
    texts = [shown(each) for each in house.said(said[-1]).messages]
    parts = ("This comes closest", "No direct answer found", "[Full briefing]")
    assert [sum(words in text for text in texts) for words in parts] == [2, 1, 1], texts
    assert len(texts) == 4


async def test_two_mentions_in_a_new_thread_at_once_are_both_answered(house: House) -> None:
    root = house.slack.say("Ben", "both", WORKS)
    house.slack.say("Ana", "both", "@readout", thread_ts=root)
    house.slack.say("Cleo", "both", "@readout What did the works cost?", thread_ts=root)
    briefing, answer = (await house.reply(root)).messages
    assert "Key points" in str(briefing.blocks)
    assert "12 million crowns" in str(answer.blocks)


async def test_many_channels_at_once_get_one_reply_each(house: House) -> None:
    asked = [house.slack.say("Ana", f"many {number}", ASKED) for number in range(12)]
    await house.settled()
    assert [len(house.said(ts).messages) for ts in asked] == [1] * 12


async def test_a_second_bot_on_the_same_database_says_so_and_stops(house: House) -> None:
    with pytest.raises(SettingsError, match="Another Readout already serves this database"):
        async with serving(house.slack, house.folder):
            pass
    assert len((await house.ask(ASKED, "still-here")).messages) == 1


async def test_each_event_is_acknowledged_within_three_seconds(house: House) -> None:
    slow = [each for each in house.slack.deliveries if each.acked_at - each.sent_at > 3]
    assert slow == []
    assert all(each.attempts == 1 or each.acked_at for each in house.slack.deliveries)
