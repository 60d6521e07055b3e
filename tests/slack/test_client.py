"""Calls keep to Slack's rate limits and wait when asked to; a status is left out instead."""

import pytest

from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.ports import Allowance
from bot.slack.client import ProcessBudgets, slack_errors
from sandbox.slack import Rules
from sandbox.slack.state import Fault
from tests.slack.workspace import BOTH_WAYS, Workspace

SHORTLY, LATER = Fault(status=429, retry_after=1), Fault(status=429, retry_after=300)
STATUS = "assistant.threads.setStatus"


@pytest.fixture
def rules() -> Rules:
    return Rules()


async def test_messages_beyond_the_limit_of_a_channel_wait_and_none_is_refused(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    for number in range(6):
        await workspace.client.chat_postMessage(channel=mention.channel, text=str(number))
    assert [call.outcome for call in workspace.slack.calls if call.method != "auth.test"] == [
        "ok"
    ] * 6


async def test_a_call_that_slack_refuses_for_a_moment_waits_and_is_made_again(
    workspace: Workspace,
) -> None:
    workspace.slack.fail("chat.postMessage", SHORTLY)
    mention = await workspace.asked()
    await workspace.client.chat_postMessage(channel=mention.channel, text="hi")
    assert workspace.called("chat.postMessage") == 2


async def test_a_call_that_slack_refuses_for_long_is_not_made_earlier(
    workspace: Workspace,
) -> None:
    workspace.slack.fail("chat.postMessage", LATER)
    mention = await workspace.asked()
    waits = []
    for _ in range(2):
        with pytest.raises(SlackFailure) as failed, slack_errors():
            await workspace.client.chat_postMessage(channel=mention.channel, text="hi")
        waits.append(failed.value.retry_after)
    assert waits[0] == 300
    assert 290 < waits[1] <= 300
    assert workspace.called("chat.postMessage") == 1
    other = await workspace.asked(channel="other")
    await workspace.client.chat_postMessage(channel=other.channel, text="hi")


async def test_an_absurdly_long_wait_counts_as_a_day(workspace: Workspace) -> None:
    workspace.slack.fail("chat.postMessage", Fault(status=429, retry_after=10**1_000))
    mention = await workspace.asked()
    with pytest.raises(SlackFailure) as failed, slack_errors():
        await workspace.client.chat_postMessage(channel=mention.channel, text="hi")
    assert failed.value.retry_after == 86_400


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/json"])
async def test_a_web_page_instead_of_a_response_counts_as_no_answer(
    workspace: Workspace, kind: str
) -> None:
    """As proxies, captive portals and Slack's own front end give, whatever they call it."""
    mention = await workspace.asked()
    workspace.slack.fail("chat.postMessage", Fault(page=kind))
    with pytest.raises(SlackFailure) as failed, slack_errors():
        await workspace.client.chat_postMessage(channel=mention.channel, text="hi")
    assert failed.value.code == NO_ANSWER


async def test_a_status_that_slack_refuses_is_left_out_and_makes_no_message(
    workspace: Workspace,
) -> None:
    workspace.slack.fail(STATUS, LATER)
    mention = await workspace.asked()
    reply = workspace.replies().to(mention)
    await reply.progress("reading the source")
    await reply.progress("writing")
    assert workspace.called(STATUS) == 1
    assert workspace.own(mention.thread) == []


@BOTH_WAYS
async def test_auth_test_is_called_once_for_many_events(listening: Workspace) -> None:
    listening.slack.channel("news")
    for number in range(10):
        listening.slack.say("ann", "news", f"@readout https://example.org/{number}")
    await listening.mentions(10)
    assert listening.called("auth.test") == 1


async def test_a_budget_refills_gradually() -> None:
    now = [0.0]
    budgets, ten_a_minute = ProcessBudgets(lambda: now[0]), Allowance(10, 60)

    async def taken(calls: int) -> list[bool]:
        return [await budgets.is_taken(("offer", "T1"), ten_a_minute) for _ in range(calls)]

    assert await taken(11) == [True] * 10 + [False]
    assert await budgets.is_taken(("offer", "T2"), ten_a_minute)
    now[0] = 12.0
    assert await budgets.room(("offer", "T1"), ten_a_minute) == 2
    assert await taken(3) == [True, True, False]
