"""An edited request can be run again and a deleted one is withdrawn; other changes do nothing."""

import asyncio

import pytest

from bot.service.model_scheduler import begin_flow
from bot.service.ports import Mention, Notice
from bot.slack.app import run_socket_mode
from bot.slack.client import ProcessBudgets, slack_client
from sandbox.slack import Fault
from sandbox.slack.state import DEFAULT_TEAM
from tests.slack.workspace import BOTH_WAYS, Workspace

LINK, OTHER = "https://a.example/1", "https://b.example/2"
HOW = ("outside a thread", "in a thread", "with a reply")
HIDDEN = {"type": "message", "hidden": True}


async def asked(workspace: Workspace, text: str = f"@readout {LINK}") -> str:
    """A request that was accepted."""
    workspace.slack.channel("news")
    ts = workspace.slack.say("ann", "news", text)
    await workspace.mentions()
    return ts


async def changed(workspace: Workspace) -> Mention:
    """The mention that follows the request."""
    return (await workspace.mentions(2))[-1]


async def test_an_edit_offers_what_the_message_says_now(listening: Workspace) -> None:
    ts = await asked(listening)
    listening.slack.edit(ts, f"@readout {OTHER} short")
    edit = await changed(listening)
    assert edit.intent == "edit"
    assert edit.about == (await listening.mentions())[0].key
    assert [source.name for source in edit.sources] == [OTHER]
    assert edit.wishes.length == "short"
    assert (edit.thread, edit.person) == (ts, listening.slack.person("ann").id)


async def test_each_edit_is_one_offer_however_often_it_is_delivered(listening: Workspace) -> None:
    ts = await asked(listening)
    listening.slack.edit(ts, f"@readout {OTHER}")
    first = await changed(listening)
    for delivery in list(listening.slack.deliveries):
        listening.slack.events.send_again(delivery)
    listening.slack.edit(ts, f"@readout {OTHER} {LINK}")
    assert (await listening.mentions(3))[-1].key != first.key
    await listening.handled()
    assert len(listening.jobs.accepted) == 3


@pytest.mark.parametrize("text", [f"@readout {LINK}", "@readout thanks", "never mind"])
async def test_an_edit_that_asks_for_nothing_new_is_ignored(
    listening: Workspace, text: str
) -> None:
    ts = await asked(listening)
    listening.slack.edit(ts, text)
    listening.slack.unfurl(ts, "A page")
    await listening.handled()
    assert len(listening.jobs.accepted) == 1


async def test_edits_and_deletions_of_other_messages_are_ignored(listening: Workspace) -> None:
    listening.slack.channel("news")
    ts = listening.slack.say("ann", "news", "lunch?")
    listening.slack.edit(ts, f"@readout {LINK}")
    listening.slack.delete(ts)
    await listening.handled()
    assert listening.jobs.accepted == []


async def test_the_button_of_an_offer_starts_what_the_message_says_now(
    listening: Workspace,
) -> None:
    ts = await asked(listening)
    listening.slack.edit(ts, f"@readout {OTHER} who pays?")
    edit = await changed(listening)
    await listening.replies().to(edit).done(Notice("You edited it.", anew=True))
    (offer,) = listening.own(ts)
    for _ in range(2):
        listening.slack.click("ann", offer.ts, "anew.v1")
    begun = (await listening.mentions(3))[-1]
    await listening.handled()
    assert (begun.intent, begun.sources, begun.about) == ("ask", edit.sources, edit.about)
    assert len(listening.jobs.accepted) == 3


@BOTH_WAYS
async def test_a_deleted_request_is_withdrawn(listening: Workspace) -> None:
    ts = await asked(listening)
    listening.slack.delete(ts)
    withdrawal = await changed(listening)
    assert (withdrawal.intent, withdrawal.message, withdrawal.thread) == ("withdraw", ts, ts)
    assert withdrawal.text == ""


async def test_a_request_deleted_under_its_replies_is_withdrawn(listening: Workspace) -> None:
    ts = await asked(listening)
    (mention,) = await listening.mentions()
    await listening.replies().to(mention).done(Notice("Done."))
    listening.slack.delete(ts)
    assert listening.slack.message(ts).subtype == "tombstone"
    withdrawal = await changed(listening)
    assert (withdrawal.intent, withdrawal.message) == ("withdraw", ts)


def said_late(workspace: Workspace, how: str) -> str:
    """A request of a minute ago, made ``how``; returns its timestamp."""
    workspace.slack.state.ahead = -60.0
    workspace.slack.channel("news")
    root = workspace.slack.say("bob", "news", "Morning!") if how == "in a thread" else ""
    ts = workspace.slack.say("ann", "news", f"@readout {LINK}", thread_ts=root)
    if how == "with a reply":
        workspace.slack.say("bob", "news", "Good idea.", thread_ts=ts)
    return ts


@pytest.mark.parametrize("how", HOW)
async def test_a_request_that_arrives_only_after_its_deletion_is_dropped(
    workspace: Workspace, how: str
) -> None:
    ts = said_late(workspace, how)
    workspace.slack.delete(ts)
    async with run_socket_mode(workspace.app(), workspace.connection):
        workspace.slack.deliver_again(ts)
        await workspace.handled()
    assert workspace.jobs.accepted == []
    assert workspace.called("conversations.replies") > 0


@pytest.mark.parametrize("how", HOW)
async def test_a_request_that_arrives_late_is_accepted(listening: Workspace, how: str) -> None:
    ts = said_late(listening, how)
    (mention,) = await listening.mentions()
    assert mention.message == ts
    assert listening.called("conversations.replies") > 0


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(delay=1.0, error="thread_not_found"), id="slow"),
        pytest.param(Fault(status=500), id="out of order"),
        pytest.param(Fault(error="missing_scope"), id="not allowed"),
    ],
)
async def test_a_request_that_arrives_late_is_accepted_if_slack_does_not_say_that_it_is_gone(
    listening: Workspace, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.listeners._LOOKUP_SECONDS", 0.5)
    listening.slack.fail("conversations.replies", fault, times=2)
    ts = said_late(listening, "outside a thread")
    (mention,) = await listening.mentions()
    assert mention.message == ts


async def test_looking_up_late_requests_leaves_calls_for_reading_threads(
    workspace: Workspace,
) -> None:
    async def read_threads() -> None:  # as a worker does for others in the same workspace
        begin_flow(DEFAULT_TEAM, "U1")
        while await workspace.client.has_room("conversations.replies", 10):
            await workspace.client.conversations_replies(channel=channel, ts=ts)

    ts = said_late(workspace, "outside a thread")
    channel = workspace.slack.message(ts).channel
    async with slack_client(workspace.connection, ProcessBudgets()) as client:
        workspace.client = client
        await asyncio.create_task(read_threads())
        before = workspace.called("conversations.replies")
        async with run_socket_mode(workspace.app(), workspace.connection):
            workspace.slack.deliver_again(ts)
            (mention,) = await workspace.mentions()
    assert mention.message == ts
    assert workspace.called("conversations.replies") == before


async def test_a_request_that_arrives_at_once_is_not_looked_up(listening: Workspace) -> None:
    await asked(listening)
    await listening.handled()
    assert listening.called("conversations.replies") == 0


# Slack's documentation shows both events without `previous_message`.


async def test_a_deletion_in_a_thread_need_not_say_which_thread_it_was(
    listening: Workspace,
) -> None:
    root = await asked(listening)
    ts = listening.slack.say("ann", "news", "@readout who pays?", thread_ts=root)
    await assert_withdrawn_though_no_thread_is_named(listening, root, ts)


async def assert_withdrawn_though_no_thread_is_named(
    listening: Workspace, root: str, ts: str
) -> None:
    await listening.mentions(2)
    channel = listening.slack.message(root).channel
    gone = {"subtype": "message_deleted", "channel": channel, "deleted_ts": ts}
    listening.slack.send_event(HIDDEN | gone)
    withdrawal = (await listening.mentions(3))[-1]
    assert (withdrawal.intent, withdrawal.message, withdrawal.thread) == ("withdraw", ts, root)


async def test_a_deletion_in_a_thread_need_not_say_so_if_the_message_was_briefed_by_an_emoji(
    listening: Workspace,
) -> None:
    root = await asked(listening)
    ts = listening.slack.say("bob", "news", f"Look: {OTHER}", thread_ts=root)
    listening.slack.react("ann", ts, "memo")
    await assert_withdrawn_though_no_thread_is_named(listening, root, ts)


async def test_an_edit_need_not_say_what_the_message_was_before(listening: Workspace) -> None:
    ts = await asked(listening)
    now = listening.slack.message(ts)
    user, us = listening.slack.person("ann").id, listening.slack.bot_user_id
    message = {"type": "message", "user": user, "ts": ts, "text": f"<@{us}> <{OTHER}>"}
    change = HIDDEN | {"subtype": "message_changed", "channel": now.channel}
    listening.slack.send_event(change | {"message": message})  # a preview was added
    edited = {"user": user, "ts": f"{float(ts) + 1:.6f}"}
    same = message | {"text": f"<@{us}>  <{LINK}>", "edited": edited}
    listening.slack.send_event(change | {"message": same})  # a space more
    edited = {"user": user, "ts": f"{float(ts) + 2:.6f}"}
    for _ in range(2):
        listening.slack.send_event(change | {"message": message | {"edited": edited}})
    edit = await changed(listening)
    await listening.handled()
    assert (edit.intent, [source.name for source in edit.sources]) == ("edit", [OTHER])
    assert len(listening.jobs.accepted) == 2


async def test_changes_to_our_own_replies_are_ignored(listening: Workspace) -> None:
    await asked(listening)
    (mention,) = await listening.mentions()
    await listening.replies().to(mention).done(Notice("Done."))
    (own,) = listening.own(mention.thread)
    await listening.client.chat_update(channel=mention.channel, ts=own.ts, text="Changed.")
    listening.slack.delete(own.ts)
    await listening.handled()
    assert len(listening.jobs.accepted) == 1
