"""The real web client gets what Slack answers, and is refused what Slack refuses."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalSlack, Rules
from tests.sandbox.slack.conftest import Start, web_client


async def test_auth_test_returns_the_bot_and_its_scopes(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    answer = await client.auth_test()
    assert answer["user_id"] == slack.bot_user_id
    assert "chat:write" in answer.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-wrong", "invalid_auth"), ("", "not_authed")], ids=["wrong", "none"]
)
async def test_a_wrong_token_is_refused(slack: LocalSlack, token: str, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        await AsyncWebClient(token=token, base_url=slack.api_url).auth_test()


async def test_a_missing_scope_is_named(start: Start) -> None:
    slack = await start(Rules(scopes=frozenset({"chat:write"})))
    with pytest.raises(SlackApiError) as refused:
        await web_client(slack).users_info(user="U1")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users:read"
    assert "chat:write" in refused.value.response["provided"]


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.api_call("chat.whisper")


async def test_a_thread_is_read_with_its_metadata(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    ts = slack.say("ana", "#news", "hello")
    channel = slack.channel("#news").id
    metadata = {"event_type": "readout", "event_payload": {"job": "1"}}
    await client.chat_postMessage(channel=channel, thread_ts=ts, text="x", metadata=metadata)

    with_it = await client.conversations_replies(channel=channel, ts=ts, include_all_metadata=True)
    without = await client.conversations_replies(channel=channel, ts=ts)

    assert [each["text"] for each in with_it["messages"]] == ["hello", "x"]
    assert with_it["messages"][0]["reply_count"] == 1
    assert with_it["messages"][1]["metadata"] == metadata
    assert "metadata" not in without["messages"][1]


async def test_a_long_thread_comes_in_pages(slack: LocalSlack, client: AsyncWebClient) -> None:
    ts = slack.say("ana", "#news", "0")
    for number in range(1, 5):
        slack.say("ben", "#news", str(number), thread_ts=ts)
    channel = slack.channel("#news").id
    first = await client.conversations_replies(channel=channel, ts=ts, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(channel=channel, ts=ts, limit=3, cursor=cursor)

    assert [each["text"] for each in first["messages"]] == ["0", "1", "2"]
    assert [each["text"] for each in rest["messages"]] == ["3", "4"]
    assert not rest["has_more"]


async def test_history_leaves_replies_out(slack: LocalSlack, client: AsyncWebClient) -> None:
    ts = slack.say("ana", "#news", "one")
    slack.say("ben", "#news", "reply", thread_ts=ts)
    slack.say("ana", "#news", "two")
    answer = await client.conversations_history(channel=slack.channel("#news").id)
    assert [each["text"] for each in answer["messages"]] == ["two", "one"]


async def test_an_update_with_text_alone_removes_the_blocks(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    channel = slack.channel("#news").id
    blocks = [{"type": "divider"}]
    ts = (await client.chat_postMessage(channel=channel, text="one", blocks=blocks))["ts"]
    await client.chat_update(channel=channel, ts=ts, text="two")
    message = slack.message(ts)
    assert (message.text, message.blocks) == ("two", [])
    assert message.edited
    assert slack.deliveries[-1].payload["event"]["subtype"] == "message_changed"


async def test_a_post_to_a_person_opens_the_direct_messages(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    answer = await client.chat_postMessage(channel=slack.person("ana").id, text="hello")
    assert slack.state.channels[answer["channel"]].kind == "im"


async def test_only_one_person_sees_an_ephemeral_message(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.say("ana", "#news", "hello")
    channel, ana = slack.channel("#news").id, slack.person("ana").id
    await client.chat_postEphemeral(channel=channel, user=ana, text="psst")
    seen = await client.conversations_history(channel=channel)
    assert [each["text"] for each in seen["messages"]] == ["hello"]
    assert slack.state.messages(channel)[-1].seen_by == ana


async def test_a_status_is_cleared_by_the_reply(slack: LocalSlack, client: AsyncWebClient) -> None:
    ts = slack.say("ana", "#news", "hello")
    channel = slack.channel("#news").id
    await client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="is reading")
    status = slack.status(ts)
    await client.chat_postMessage(channel=channel, thread_ts=ts, text="done")
    assert status is not None
    assert status.text == "is reading"
    assert slack.status(ts) is None


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        pytest.param(
            "chat.postMessage", {"text": "x", "channel": "C9"}, "channel_not_found", id="1"
        ),
        pytest.param("chat.postMessage", {}, "no_text", id="nothing-to-say"),
        pytest.param("chat.postMessage", {"text": "x" * 40_001}, "msg_too_long", id="long-post"),
        pytest.param("chat.postMessage", {"blocks": "[{"}, "invalid_blocks_format", id="json"),
        pytest.param(
            "chat.postMessage", {"text": "x", "thread_ts": "1.2"}, "thread_not_found", id="2"
        ),
        pytest.param("chat.postMessage", {"text": "x", "metadata": {"a": 1}}, "metadata", id="3"),
        pytest.param("chat.update", {"text": "x", "ts": "1.2"}, "message_not_found", id="no-such"),
        pytest.param("chat.update", {"text": "x", "ts": "PERSON"}, "cant_update_message", id="4"),
        pytest.param("chat.update", {"text": "x" * 4001, "ts": "BOT"}, "msg_too_long", id="5"),
        pytest.param("chat.delete", {"ts": "PERSON"}, "cant_delete_message", id="another's"),
        pytest.param("conversations.replies", {"ts": "1.2"}, "thread_not_found", id="no-thread"),
    ],
)
async def test_invalid_calls_are_refused(
    slack: LocalSlack, client: AsyncWebClient, method: str, args: dict[str, Any], error: str
) -> None:
    person = slack.say("ana", "#news", "hello")
    channel = slack.channel("#news").id
    bot = (await client.chat_postMessage(channel=channel, text="mine"))["ts"]
    ts = {"PERSON": person, "BOT": bot}.get(args.get("ts", ""), args.get("ts"))
    with pytest.raises(SlackApiError, match=error):
        await client.api_call(
            method, json={"channel": channel, **args, **({"ts": ts} if ts else {})}
        )


async def test_where_the_bot_is_no_member_it_cannot_post(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    public = slack.channel("#elsewhere", has_bot=False)
    private = slack.channel("#secret", has_bot=False, private=True)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.chat_postMessage(channel=public.id, text="x")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel=private.id, text="x")


async def test_too_many_calls_must_wait(slack: LocalSlack, client: AsyncWebClient) -> None:
    channel = slack.channel("#news").id
    for _ in range(4):
        await client.chat_postMessage(channel=channel, text="x")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=channel, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel=slack.channel("#other").id, text="x")


async def test_without_rate_limits_nobody_waits(start: Start) -> None:
    slack = await start(Rules(rate_limits=False))
    client, channel = web_client(slack), slack.channel("#news").id
    for _ in range(10):
        await client.chat_postMessage(channel=channel, text="x")
    assert len(slack.calls) == 10


@pytest.mark.parametrize(
    "prompts",
    [
        pytest.param([], id="none"),
        pytest.param([{"title": "A", "message": "B"}] * 5, id="five"),
        pytest.param([{"title": "A"}], id="no-message"),
        pytest.param([{"title": "A", "message": " "}], id="empty-message"),
        pytest.param([{"title": "A", "message": "B", "icon": "C"}], id="more-than-that"),
        pytest.param(["A"], id="no-object"),
    ],
)
async def test_prompts_that_slack_does_not_take_are_refused(
    slack: LocalSlack, client: AsyncWebClient, prompts: list[dict[str, str]]
) -> None:
    channel = slack.find("ana")[1].id
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    assert slack.state.prompts == {}


@pytest.mark.parametrize("count", [1, 4])
async def test_one_to_four_prompts_are_taken(
    slack: LocalSlack, client: AsyncWebClient, count: int
) -> None:
    channel, prompts = slack.find("ana")[1].id, [{"title": "A", "message": "B"}] * count
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    assert slack.state.prompts[channel, ""] == prompts


@pytest.mark.parametrize(
    "loading",
    [
        pytest.param([], id="none"),
        pytest.param(["A"] * 11, id="eleven"),
        pytest.param([""], id="empty"),
        pytest.param(["A" * 51], id="too-long"),
    ],
)
async def test_loading_messages_that_slack_does_not_take_are_refused(
    slack: LocalSlack, client: AsyncWebClient, loading: list[str]
) -> None:
    ts = slack.say("ana", "#news", "hello")
    channel = slack.message(ts).channel
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.assistant_threads_setStatus(
            channel_id=channel, thread_ts=ts, status="is writing", loading_messages=loading
        )


async def test_a_session_has_a_title_of_up_to_200_characters(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    ts = slack.say("ana", "#news", "hello")
    place = {"channel_id": slack.message(ts).channel, "thread_ts": ts}
    await client.agents_sessions_setStatus(**place, status="active", title="A" * 200)
    with pytest.raises(SlackApiError, match="invalid_title"):
        await client.agents_sessions_setStatus(**place, status="active", title="A" * 201)
