"""A streamed message goes through the states, and ends for the reasons, that Slack's has."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalSlack, Rules
from tests.sandbox.slack.conftest import Start, web_client


def place(slack: LocalSlack) -> dict[str, Any]:
    """A thread to stream in, and for whom."""
    ts = slack.say("ana", "#news", "hello")
    return {
        "channel": slack.channel("#news").id,
        "thread_ts": ts,
        "recipient_team_id": slack.person("ana").team,
        "recipient_user_id": slack.person("ana").id,
    }


def said(text: str) -> list[dict[str, Any]]:
    section = {"type": "section", "text": {"type": "plain_text", "text": text}}
    return [{"type": "blocks", "blocks": [section]}]


async def begin(client: AsyncWebClient, slack: LocalSlack) -> dict[str, Any]:
    answer = await client.chat_startStream(**place(slack), chunks=said("One."))
    return {"channel": answer["channel"], "ts": answer["ts"]}


async def test_chunks_become_one_message(slack: LocalSlack, client: AsyncWebClient) -> None:
    stream = await begin(client, slack)
    task = {"type": "task_update", "id": "read", "title": "Read", "status": "in_progress"}
    await client.chat_appendStream(**stream, chunks=[task])
    await client.chat_appendStream(**stream, chunks=[{**task, "status": "complete"}, *said("Two.")])
    await client.chat_stopStream(**stream)

    message = slack.message(stream["ts"])
    assert [each["type"] for each in message.blocks] == ["section", "task_card", "section"]
    assert message.blocks[1]["status"] == "complete"


async def test_a_finished_stream_takes_nothing_more(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    stream = await begin(client, slack)
    await client.chat_stopStream(**stream)
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await client.chat_appendStream(**stream, chunks=said("x"))


async def test_only_an_update_can_replace_an_expired_stream(start: Start) -> None:
    slack = await start(Rules(stream_seconds=0.0))
    client = web_client(slack)
    stream = await begin(client, slack)
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await client.chat_stopStream(**stream)
    await client.chat_update(**stream, text="whole")
    assert slack.message(stream["ts"]).text == "whole"


async def test_an_open_stream_is_not_updated(slack: LocalSlack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="streaming_state_conflict"):
        await client.chat_update(**await begin(client, slack), text="x")


async def test_a_stream_has_a_cap_in_bytes(slack: LocalSlack, client: AsyncWebClient) -> None:
    stream = await begin(client, slack)
    await client.chat_appendStream(**stream, chunks=said("é" * 2_500))
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_appendStream(**stream, chunks=said("é" * 2_900))


async def test_the_person_can_stop_it(slack: LocalSlack, client: AsyncWebClient) -> None:
    stream = await begin(client, slack)
    slack.stop("ana", stream["ts"])
    with pytest.raises(SlackApiError, match="stopped_by_user"):
        await client.chat_appendStream(**stream, chunks=said("x"))
    event = slack.deliveries[-1].payload["event"]
    assert event["type"] == "agent_session_stopped"
    assert event["streaming_message_ts"] == [stream["ts"]]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"recipient_user_id": None}, "missing_recipient_user_id", id="for-whom"),
        pytest.param({"recipient_team_id": None}, "missing_recipient_team_id", id="of-which-team"),
        pytest.param({"recipient_user_id": "U9"}, "user_not_found", id="unknown"),
        pytest.param({"thread_ts": "1.2"}, "thread_not_found", id="no-thread"),
        pytest.param({"chunks": [{"type": "sound"}]}, "invalid_chunks", id="chunk"),
        pytest.param({"chunks": [{"type": "task_update"}]}, "invalid_chunks", id="no-task"),
    ],
)
async def test_an_invalid_start_is_refused(
    slack: LocalSlack, client: AsyncWebClient, change: dict[str, Any], error: str
) -> None:
    args = {key: each for key, each in {**place(slack), **change}.items() if each is not None}
    with pytest.raises(SlackApiError, match=error):
        await client.api_call("chat.startStream", json=args)


async def test_some_workspaces_stream_in_direct_messages_alone(start: Start) -> None:
    slack = await start(Rules(streams_in_channels=False))
    with pytest.raises(SlackApiError, match="channel_type_not_supported"):
        await begin(web_client(slack), slack)
