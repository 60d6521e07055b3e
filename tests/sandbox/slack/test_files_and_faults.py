"""Files are given to those who may have them, and calls fail as a test says."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackClientNotConnectedError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Fault, LocalFile, LocalSlack, Rules
from tests.sandbox.slack.conftest import Start

NOTES = LocalFile("notes.txt", "text/plain", b"The council met on Monday.", snippet=True)


async def fetched(url: str, token: str) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, answer.content_type, await answer.read()


def shared(slack: LocalSlack) -> dict[str, Any]:
    slack.say("ana", "#news", "@readout this one", files=[NOTES])
    event = slack.deliveries[0].payload["event"]
    assert event["subtype"] == "file_share"
    return dict(event["files"][0])


async def test_a_file_is_shared_with_both_events(slack: LocalSlack) -> None:
    file = shared(slack)
    assert (file["name"], file["mode"], file["size"]) == ("notes.txt", "snippet", 26)
    assert [each.payload["event"]["files"] for each in slack.deliveries] == [[file], [file]]


async def test_the_bot_can_download_a_file(slack: LocalSlack) -> None:
    url = shared(slack)["url_private_download"]
    assert await fetched(url, slack.bot_token) == (200, "text/plain", NOTES.content)


async def test_without_permission_a_download_is_a_login_page_with_status_200(
    slack: LocalSlack, start: Start
) -> None:
    without_scope = await start(Rules(scopes=frozenset({"channels:history"})))
    for place, token in [(slack, "xoxb-wrong"), (without_scope, without_scope.bot_token)]:
        status, kind, body = await fetched(shared(place)["url_private"], token)
        assert (status, kind) == (200, "text/html")
        assert NOTES.content not in body


@pytest.mark.parametrize(
    ("fault", "status", "answer"),
    [
        pytest.param(Fault(error="internal_error"), 200, "internal_error", id="error"),
        pytest.param(Fault(status=503), 503, "upstream error", id="status"),
        pytest.param(Fault(status=429, retry_after=7), 429, "ratelimited", id="rate-limit"),
    ],
)
async def test_an_injected_fault_fails_the_next_call(
    slack: LocalSlack, client: AsyncWebClient, fault: Fault, status: int, answer: str
) -> None:
    channel = slack.channel("#news").id
    slack.fail("chat.postMessage", fault)
    with pytest.raises(SlackApiError) as failed:
        await client.chat_postMessage(channel=channel, text="one")
    await client.chat_postMessage(channel=channel, text="two")

    assert failed.value.response.status_code == status
    assert answer in str(failed.value.response.data)
    assert failed.value.response.headers.get("Retry-After", "7") == "7"
    assert [each.text for each in slack.state.messages(channel)] == ["two"]


async def test_a_fault_of_one_channel_does_not_affect_another(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    closed, open_ = slack.channel("#closed").id, slack.channel("#open").id
    slack.fail("chat.postMessage", Fault(error="is_archived", channel=closed), times=2)
    await client.chat_postMessage(channel=open_, text="one")
    for _ in range(2):
        with pytest.raises(SlackApiError, match="is_archived"):
            await client.chat_postMessage(channel=closed, text="two")
    await client.chat_postMessage(channel=closed, text="three")
    assert [each.text for each in slack.state.messages(closed)] == ["three"]


async def test_a_lost_response_leaves_the_message(slack: LocalSlack) -> None:
    channel = slack.channel("#news").id
    slack.fail("chat.postMessage", Fault(lost_reply=True))
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    with pytest.raises((aiohttp.ClientError, SlackClientNotConnectedError)):
        await client.chat_postMessage(channel=channel, text="one")
    assert [each.text for each in slack.state.messages(channel)] == ["one"]
    assert slack.calls[-1].outcome == "ok"
