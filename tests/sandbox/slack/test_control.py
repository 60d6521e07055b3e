"""Another process can do over HTTP what a test does in Python."""

import base64
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalSlack


async def act(slack: LocalSlack, action: str, **args: Any) -> Any:
    url = slack.control_url + action
    async with aiohttp.ClientSession() as session, session.post(url, json=args) as answer:
        body = await answer.json()
    return body["result"] if body["ok"] else body["error"]


async def look(slack: LocalSlack, view: str) -> Any:
    async with aiohttp.ClientSession(slack.control_url) as session, session.get(view) as answer:
        return await (answer.json() if answer.content_type == "application/json" else answer.text())


async def test_say_and_look(slack: LocalSlack, client: AsyncWebClient) -> None:
    file = {"name": "a.txt", "mimetype": "text/plain", "content": base64.b64encode(b"a").decode()}
    ts = await act(slack, "say", person="ana", channel="#news", text="hello", files=[file])
    channel = slack.channel("#news").id
    await client.chat_postMessage(channel=channel, thread_ts=ts, text="hello you")

    assert (await act(slack, "replies", ts=ts))[0]["text"] == "hello you"
    assert "hello you" in await look(slack, f"transcript?ts={ts}")
    assert (await look(slack, "calls"))[0]["method"] == "chat.postMessage"
    assert (await look(slack, "deliveries"))[0]["payload"]["event"]["ts"] == ts
    assert ts in (await look(slack, "state"))["messages"][channel]


async def test_changes_are_waited_for(slack: LocalSlack) -> None:
    before = slack.state.version
    assert await act(slack, "changes", after=before, seconds=0.01) == before
    slack.say("ana", "#news", "hello")
    assert await act(slack, "changes", after=before) > before


async def test_faults_are_set(slack: LocalSlack) -> None:
    await act(slack, "fail", method="auth.test", error="internal_error", times=2)
    assert slack.workspace.faults.take("auth.test").error == "internal_error"
    assert slack.workspace.faults.take("auth.test").error == "internal_error"
    assert slack.workspace.faults.take("auth.test").error == ""


async def test_what_it_cannot_do_it_says(slack: LocalSlack) -> None:
    assert "no action 'sing'" in await act(slack, "sing")
    assert "no message 1.2" in await act(slack, "delete", ts="1.2")
    assert "argument" in await act(slack, "say", who="ana")
