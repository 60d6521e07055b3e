"""The Slack that the tests of the bot run against finds what is wrong with any payload."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Fault, LocalSlack
from tests.payloads import complaints
from tests.slacks import running_slack

TESTS = Path(__file__).parents[1]
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}}


def button(text: str, **more: Any) -> dict[str, Any]:
    shown = {"type": "plain_text", "text": text}
    return {"type": "actions", "elements": [{"type": "button", "text": shown, **more}]}


def client(slack: LocalSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def post(slack: LocalSlack, text: str, blocks: list[dict[str, Any]]) -> None:
    channel = slack.channel("news").id
    await client(slack).chat_postMessage(channel=channel, text=text, blocks=blocks)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("…", [SECTION], id="no-word"),
        pytest.param("See <https://a.b|here>.", [SECTION], id="markup"),
        pytest.param("Ask `readout doctor`.", [SECTION], id="code"),
        pytest.param("x" * 3001, [SECTION], id="too-long-to-hear"),
        pytest.param("The price is $", [SECTION], id="no-end"),
        pytest.param("Thumbs.", [button("👍")], id="a-button-without-a-word"),
    ],
)
async def test_a_bad_payload_that_slack_takes_is_found(
    text: str, blocks: list[dict[str, Any]]
) -> None:
    with pytest.raises(AssertionError, match=r"chat\.postMessage"):
        async with running_slack() as slack:
            await post(slack, text, blocks)


async def test_a_bad_payload_behind_an_injected_fault_is_found() -> None:
    async def posted_in_vain() -> None:
        async with running_slack() as slack:
            slack.fail("chat.postMessage", Fault(error="fatal_error"))
            with pytest.raises(SlackApiError, match="fatal_error"):
                await post(slack, "Words.", [{"type": "paragraph"}])

    with pytest.raises(AssertionError, match="invalid_blocks"):
        await posted_in_vain()


async def test_chunks_of_a_stream_are_checked_too() -> None:
    async def grown() -> None:
        async with running_slack() as slack:
            channel, ana = slack.channel("news").id, slack.person("Ana")
            ts = slack.say("Ana", "news", "hi")
            task = {"type": "task_update", "id": "1", "title": "Words", "status": "pending"}
            with suppress(SlackApiError):
                await client(slack).chat_startStream(
                    channel=channel,
                    thread_ts=ts,
                    recipient_user_id=ana.id,
                    recipient_team_id=ana.team,
                    chunks=[{**task, "colour": "red"}],
                )

    with pytest.raises(AssertionError, match=r"chat\.startStream"):
        await grown()


async def test_a_good_payload_is_accepted() -> None:
    async with running_slack() as slack:
        await post(slack, "Words.", [SECTION, button("👍", accessibility_label="Good")])
        assert complaints(slack) == []


@pytest.mark.parametrize("folder", ["e2e", "slack"])
def test_the_bot_is_tested_against_no_other_slack(folder: str) -> None:
    files = (TESTS / folder).glob("*.py")

    assert [each.name for each in files if "LocalSlack.running(" in each.read_text("utf-8")] == []
