"""What people do arrives at the real Bolt app as Slack would send it."""

from sandbox.slack import LocalSlack, Rules
from tests.sandbox.slack.conftest import Connect, Start


def sent(slack: LocalSlack) -> list[str]:
    """The kinds of events that were sent, in order."""
    events = [each.payload["event"] for each in slack.deliveries]
    return [each.get("subtype") or each["type"] for each in events]


async def test_a_mention_arrives_twice_with_two_event_ids(
    slack: LocalSlack, connect: Connect
) -> None:
    heard = await connect(slack)
    ts = slack.say("ana", "#news", "@readout please read https://example.org/?a=1&b=2.")
    await slack.wait_for(lambda: len(heard.events) == 2)

    assert sorted(heard.kinds()) == ["app_mention", "message"]
    assert len({each["event_id"] for each in heard.events}) == 2
    assert {each["event"]["ts"] for each in heard.events} == {ts}


async def test_a_reply_lands_in_the_thread_and_is_echoed(
    slack: LocalSlack, connect: Connect
) -> None:
    await connect(slack)
    ts = slack.say("ana", "#news", "@readout hello")
    reply = (await slack.wait_for(lambda: slack.replies(ts)))[0]

    assert (reply.text, reply.thread_ts) == ("heard", ts)
    echo = slack.deliveries[-1].payload["event"]
    assert (echo["ts"], echo["bot_id"], echo["thread_ts"]) == (reply.ts, reply.bot_id, ts)


async def test_a_direct_message_arrives_once(slack: LocalSlack, connect: Connect) -> None:
    heard = await connect(slack)
    slack.say("ana", "dm", "hello @readout")
    await slack.wait_for(lambda: heard.events)

    assert heard.kinds() == ["message"]
    assert heard.events[0]["event"]["channel_type"] == "im"


async def test_edits_and_deletions_arrive_with_what_was_there(
    slack: LocalSlack, connect: Connect
) -> None:
    heard = await connect(slack)
    ts = slack.say("ana", "#news", "first words")
    slack.edit(ts, "second words")
    slack.delete(ts)
    await slack.wait_for(lambda: len(heard.events) == 3)
    changed = next(
        e["event"] for e in heard.events if e["event"].get("subtype") == "message_changed"
    )

    assert sorted(heard.kinds()) == ["message", "message_changed", "message_deleted"]
    assert changed["previous_message"]["text"] == "first words"
    assert changed["message"]["text"] == "second words"


async def test_a_message_deleted_under_its_replies_leaves_a_tombstone(
    slack: LocalSlack, connect: Connect
) -> None:
    heard = await connect(slack)
    ts = slack.say("ana", "#news", "first words")
    reply = slack.say("ben", "#news", "and more", thread_ts=ts)
    slack.delete(ts)
    slack.delete(reply)
    await slack.wait_for(lambda: len(heard.events) == 4)
    tombstone, deleted = (e["event"] for e in heard.events[2:])

    assert (tombstone["subtype"], tombstone["message"]["subtype"]) == (
        "message_changed",
        "tombstone",
    )
    assert tombstone["previous_message"]["text"] == "first words"
    assert "first words" not in str(tombstone["message"])
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", reply)


async def test_in_a_channel_without_the_bot_no_event_is_sent(slack: LocalSlack) -> None:
    slack.channel("#elsewhere", has_bot=False)
    slack.say("ana", "#elsewhere", "@readout hello")
    assert sent(slack) == []


async def test_without_the_scope_for_messages_only_mentions_arrive(start: Start) -> None:
    slack = await start(Rules(scopes=frozenset({"app_mentions:read", "chat:write"})))
    slack.say("ana", "#news", "@readout hello")
    slack.say("ana", "#news", "and thank you")
    assert sent(slack) == ["app_mention"]


async def test_a_message_delivered_again_keeps_its_event_ids(
    slack: LocalSlack, connect: Connect
) -> None:
    heard = await connect(slack)
    ts = slack.say("ana", "#news", "@readout hello")
    slack.deliver_again(ts)
    await slack.wait_for(lambda: len(heard.events) == 4)

    assert len({each["event_id"] for each in heard.events}) == 2
    assert [each.attempts for each in slack.deliveries[-2:]] == [2, 2]


async def test_a_preview_arrives_as_an_edit(slack: LocalSlack) -> None:
    ts = slack.say("ana", "#news", "@readout https://example.org")
    slack.unfurl(ts, "An article")
    event = slack.deliveries[-1].payload["event"]
    assert event["subtype"] == "message_changed"
    assert event["message"]["text"] == event["previous_message"]["text"]


async def test_a_message_of_another_bot_names_its_app(slack: LocalSlack) -> None:
    slack.other_bot("deploybot")
    slack.say("deploybot", "#news", "@readout hello")
    event = slack.deliveries[0].payload["event"]
    assert event["bot_id"].startswith("B")
    assert event["app_id"] != slack.app.app_id


async def test_teams_are_separate(slack: LocalSlack) -> None:
    channel = slack.channel("#news", team="T2")
    slack.say("ana", channel.id, "@readout hello")
    assert {each.payload["team_id"] for each in slack.deliveries} == {"T2"}
    assert slack.channel("#news").id != channel.id


async def test_the_home_tab_is_announced(slack: LocalSlack, connect: Connect) -> None:
    heard = await connect(slack)
    slack.open_home("ana", "messages")
    await slack.wait_for(lambda: heard.events)
    assert heard.events[0]["event"]["tab"] == "messages"
