"""Over Socket Mode the real Bolt app sees here what it sees of Slack."""

from bot.local import LocalSlack
from tests.local.conftest import Connect


async def test_a_mention_arrives_twice_with_two_event_ids(
    slack: LocalSlack, connect: Connect
) -> None:
    heard = await connect(slack)
    ts = slack.say("ana", "#news", "@readout please read https://example.org/?a=1&b=2.")
    await slack.wait_for(lambda: len(heard.events) == 2)

    assert sorted(heard.kinds()) == ["app_mention", "message"]
    assert len({each["event_id"] for each in heard.events}) == 2
    assert {each["event"]["ts"] for each in heard.events} == {ts}


async def test_a_reply_lands_in_the_thread(slack: LocalSlack, connect: Connect) -> None:
    await connect(slack)
    ts = slack.say("ana", "#news", "@readout hello")
    reply = (await slack.wait_for(lambda: slack.replies(ts)))[0]

    assert (reply.text, reply.thread_ts) == ("heard", ts)
