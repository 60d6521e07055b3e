"""Envelopes are acknowledged, sent again and spread over connections as in Socket Mode."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalSlack, Rules
from tests.sandbox.slack.conftest import Connect, Start

IMPATIENT = Rules(ack_seconds=0.1, retry_delays=(0.0, 0.0))


async def address(slack: LocalSlack) -> str:
    client = AsyncWebClient(base_url=slack.api_url)
    return str((await client.apps_connections_open(app_token=slack.app_token))["url"])


async def received(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    return dict(await socket.receive_json(timeout=60))


async def test_an_event_without_acknowledgement_is_sent_again(start: Start) -> None:
    slack = await start(Rules(ack_seconds=0.1, retry_delays=(0.0,) * 600))
    url = await address(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        hello = await received(socket)
        slack.say("ana", "#news", "hello")
        first = await received(socket)
        again = await received(socket)
        await socket.send_json({"envelope_id": again["envelope_id"]})
        await slack.wait_for(lambda: slack.deliveries[0].acked_at)

    assert hello["type"] == "hello"
    assert first["envelope_id"] == again["envelope_id"]
    assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)
    assert again["retry_reason"] == "timeout"


async def test_an_event_is_given_up_in_the_end(start: Start) -> None:
    slack = await start(IMPATIENT)
    url = await address(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        slack.say("ana", "#news", "hello")
        await slack.wait_for(lambda: slack.deliveries[0].given_up)
    assert slack.deliveries[0].attempts == 3


async def test_an_event_waits_for_a_connection(slack: LocalSlack, connect: Connect) -> None:
    slack.say("ana", "#news", "hello")
    heard = await connect(slack)
    await slack.wait_for(lambda: heard.events)
    assert heard.kinds() == ["message"]


async def test_an_unacknowledged_event_is_sent_over_the_next_connection(slack: LocalSlack) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(await address(slack)) as socket:
            await received(socket)
            slack.say("ana", "#news", "hello")
            first = await received(socket)
        async with session.ws_connect(await address(slack)) as socket:
            await received(socket)
            again = await received(socket)
    assert first["envelope_id"] == again["envelope_id"]


async def test_bolt_reconnects_when_asked_to(slack: LocalSlack, connect: Connect) -> None:
    heard = await connect(slack)
    await slack.wait_for(lambda: slack.sockets.connections == 1)
    await slack.sockets.disconnect()
    await slack.wait_for(lambda: slack.sockets.connections == 0)
    slack.say("ana", "#news", "hello")
    await slack.wait_for(lambda: heard.events)
    assert slack.sockets.connections == 1


async def test_envelopes_are_spread_over_connections(slack: LocalSlack, connect: Connect) -> None:
    one, two = await connect(slack), await connect(slack)
    await slack.wait_for(lambda: slack.sockets.connections == 2)
    for number in range(4):
        slack.say("ana", "#news", f"message {number}")
    await slack.wait_for(lambda: len(one.events) + len(two.events) == 4)
    assert (len(one.events), len(two.events)) == (2, 2)


async def test_an_address_opens_one_connection(slack: LocalSlack) -> None:
    url = await address(slack)
    async with aiohttp.ClientSession() as session:
        await (await session.ws_connect(url)).close()
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(url)


@pytest.mark.parametrize(
    ("token", "error"),
    [
        pytest.param("xapp-wrong", "invalid_auth", id="unknown"),
        pytest.param("xoxb-local-readout", "not_allowed_token_type", id="the-bot's"),
    ],
)
async def test_a_wrong_app_token_is_refused(slack: LocalSlack, token: str, error: str) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    with pytest.raises(SlackApiError, match=error):
        await client.apps_connections_open(app_token=token)
