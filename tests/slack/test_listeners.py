"""Everything is recorded before it is acknowledged, and everything is acknowledged."""

import asyncio
import json
import logging
from dataclasses import replace

import aiohttp
import pytest

from bot.service.errors import ReadoutError
from bot.service.ports import Mention, Notice
from bot.slack.app import run_http
from sandbox.slack import Fault, LocalFile
from sandbox.slack.state import DEFAULT_TEAM as TEAM
from tests.slack.workspace import PATIENT, Workspace, ephemeral_texts

LINK = "https://example.org/rail"


def keys(workspace: Workspace) -> list[str]:
    return workspace.jobs.accepted


@pytest.fixture(params=["socket", "http"])
def carrier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_mention_is_handled_once_though_it_comes_as_two_events(
    listening: Workspace,
) -> None:
    listening.slack.channel("news")
    ts = listening.slack.say("ann", "news", f"@readout {LINK} in French")
    (mention,) = await listening.mentions()
    await listening.handled()

    assert len(listening.slack.deliveries) == 2
    assert mention.key.endswith(ts)
    assert (mention.intent, mention.wishes.language) == ("brief", "fr")
    assert mention.permalink == listening.slack.permalink(ts)


async def test_a_second_delivery_is_the_same_job(listening: Workspace) -> None:
    listening.slack.channel("news")
    ts = listening.slack.say("ann", "news", f"@readout {LINK}")
    await listening.mentions()
    listening.slack.deliver_again(ts)
    listening.slack.deliver_again(ts)
    await listening.handled()

    assert len(keys(listening)) == 1


@pytest.mark.parametrize(
    "rules", [replace(PATIENT, ack_seconds=0.5, retry_delays=(0.0, 0.05, 0.1))], ids=["impatient"]
)
async def test_an_event_that_could_not_be_stored_is_not_acknowledged_and_comes_again(
    listening: Workspace,
) -> None:
    listening.slack.channel("news")
    listening.inbox.refusals = 2
    listening.slack.say("ann", "news", f"@readout {LINK}")
    (mention,) = await listening.mentions()

    assert mention.intent == "brief"
    assert not listening.inbox.refusals
    assert any(each.attempts > 1 for each in listening.slack.deliveries)


async def test_our_own_messages_are_acknowledged_and_not_stored(listening: Workspace) -> None:
    channel = listening.slack.channel("news").id
    listening.inbox.refusals = 99
    said = await listening.client.chat_postMessage(channel=channel, text="hi")
    await listening.client.chat_update(channel=channel, ts=said["ts"], text="ho")
    await listening.client.chat_delete(channel=channel, ts=said["ts"])
    assert len(listening.slack.deliveries) == 3
    await listening.handled()
    assert listening.inbox.refusals == 99


async def test_a_stored_event_that_could_not_be_recorded_is_retried(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, failures = listening.archive.record, [1, 2]  # for both events of the message

    async def record_later(mention: Mention) -> bool:
        if failures:
            failures.pop()
            raise ReadoutError("The mention could not be recorded.")
        return await record(mention)

    monkeypatch.setattr(listening.archive, "record", record_later)
    listening.slack.channel("news")
    listening.slack.say("ann", "news", f"@readout {LINK}")
    (mention,) = await listening.mentions()

    assert mention.intent == "brief"
    assert all(each.attempts == 1 for each in listening.slack.deliveries)
    await listening.handled()


async def test_an_event_is_retried_if_auth_test_failed(
    listening: Workspace,
) -> None:
    listening.slack.channel("news")
    listening.slack.fail("auth.test", Fault(error="internal_error"), times=2)
    listening.slack.say("ann", "news", f"@readout {LINK}")
    (mention,) = await listening.mentions()

    assert mention.intent == "brief"
    await listening.handled()


async def test_events_that_are_not_for_us_are_acknowledged(listening: Workspace) -> None:
    listening.slack.channel("news")
    ts = listening.slack.say("ann", "news", "good morning all")
    listening.slack.edit(ts, "good morning, all")
    listening.slack.delete(ts)
    listening.slack.open_home("ann")
    bot = listening.slack.other_bot("newsbot")
    listening.slack.say(bot.id, "news", f"@readout {LINK}")
    await listening.handled()

    assert not keys(listening)


async def test_follow_ups_are_handled_in_known_threads_that_are_not_muted(
    listening: Workspace,
) -> None:
    slack = listening.slack
    slack.channel("news")
    known = slack.say("ann", "news", f"@readout {LINK}")
    unknown = slack.say("ann", "news", "lunch, anyone")
    (first,) = await listening.mentions()
    slack.say("bob", "news", "who pays?", thread_ts=known)
    slack.say("bob", "news", "I see.", thread_ts=known)
    slack.say("bob", "news", "who pays?", thread_ts=unknown)
    assert [each.intent for each in await listening.mentions(2)] == ["brief", "follow_up"]

    await listening.archive.mute(first, muted=True)
    slack.say("bob", "news", "who else?", thread_ts=known)
    slack.say("bob", "news", "unmute", thread_ts=known)
    assert (await listening.mentions(3))[-1].intent == "unmute"
    await listening.handled()
    assert len(keys(listening)) == 3


async def test_stop_without_a_mention_only_counts_from_whoever_has_a_request_in_progress(
    listening: Workspace,
) -> None:
    slack = listening.slack
    slack.channel("news")
    known = slack.say("ann", "news", f"@readout {LINK}")
    (first,) = await listening.mentions()
    slack.say("bob", "news", "stop", thread_ts=known)
    slack.say("ann", "news", "stop", thread_ts=known)
    assert [each.intent for each in await listening.mentions(2)] == ["brief", "stop"]
    for key in keys(listening):
        mention = await listening.archive.mention(key)
        assert mention
        await listening.archive.keep_outcome(mention, Notice("Stopped."))
    slack.say("ann", "news", "stop", thread_ts=known)
    await listening.handled()
    assert len(keys(listening)) == 2
    assert first.key in keys(listening)


async def test_slacks_own_stop_button_stops_what_its_presser_asked_for_in_the_thread(
    listening: Workspace,
) -> None:
    channel = listening.slack.channel("news")
    root = listening.slack.say("ann", "news", f"@readout {LINK}")
    await listening.mentions()
    for ts in ("1.1", "1.1", "1.2"):
        place = {"channel": channel.id, "thread_ts": root, "event_ts": ts}
        user = listening.slack.person("ann").id
        listening.slack.send_event({"type": "agent_session_stopped", "user": user, **place})
    _, first, second = await listening.mentions(3)
    assert {(each.intent, each.thread, each.person) for each in (first, second)} == {
        ("stop", root, listening.slack.person("ann").id)
    }
    assert first.message != first.thread


async def test_direct_messages_need_no_mention(listening: Workspace) -> None:
    snippet = LocalFile("notes.txt", "text/plain", b"Snow fell.", snippet=True)
    listening.slack.say("ann", "dm", "", files=[snippet])
    (mention,) = await listening.mentions()

    assert mention.direct
    assert [source.kind for source in mention.sources] == ["file"]


async def test_a_command_opens_a_thread_that_everybody_sees(listening: Workspace) -> None:
    listening.slack.channel("news")
    listening.slack.command("ann", "news", f"/brief {LINK} short")
    (mention,) = await listening.mentions()
    root = listening.slack.message(mention.thread)

    assert LINK in json.dumps(root.blocks)
    assert mention.thread == mention.message == root.ts
    assert mention.permalink == listening.slack.permalink(root.ts)
    assert [posting.ts for posting in await listening.archive.of(mention.key)] == [root.ts]
    assert listening.jobs.first == [mention.key], "its first sign is given at once"


async def test_a_command_that_is_slow_to_open_its_thread_is_still_done(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.listeners._COMMAND_SECONDS", 0.1)
    channel = listening.slack.channel("news")
    listening.slack.fail("chat.postMessage", Fault(delay=0.5))
    listening.slack.command("ann", "news", f"/brief {LINK}")
    (mention,) = await listening.mentions()
    messages = listening.slack.state.messages(channel.id)

    assert [each.ts for each in messages if not each.seen_by] == [mention.thread]
    assert not any("try again" in each.text for each in messages)


async def test_a_command_that_fails_after_a_while_says_so(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.listeners._COMMAND_SECONDS", 0.1)
    listening.slack.channel("news")
    listening.slack.fail("chat.postMessage", Fault(delay=0.5, error="fatal_error"))
    listening.slack.command("ann", "news", f"/brief {LINK}")
    slow, failed = await listening.slack.wait_for(lambda: two_told(listening))

    assert "longer than usual" in slow
    assert "Slack has a problem" in failed


async def test_a_command_that_cannot_be_stored_after_a_while_says_so_and_leaves_no_message(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_mention: Mention) -> bool:
        await asyncio.sleep(0.5)
        raise OSError("disk full")

    monkeypatch.setattr("bot.slack.listeners._COMMAND_SECONDS", 0.1)
    monkeypatch.setattr(listening.archive, "record", full)
    channel = listening.slack.channel("news")
    listening.slack.command("ann", "news", f"/brief {LINK}")
    slow, failed = await listening.slack.wait_for(lambda: two_told(listening))

    assert "longer than usual" in slow
    assert "an error on our side" in failed
    assert listening.called("chat.postMessage") == 1
    assert all(each.seen_by for each in listening.slack.state.messages(channel.id))


def two_told(workspace: Workspace) -> list[str] | None:
    """The texts that only one person sees, once there are two."""
    told = ephemeral_texts(workspace, "news")
    return told if len(told) == 2 else None


async def test_the_root_of_a_command_with_many_sources_is_short(listening: Workspace) -> None:
    links = " ".join(f"https://example.org/{n}/{'x' * 900}" for n in range(20))
    listening.slack.channel("news")
    listening.slack.command("ann", "news", f"/brief {links}")
    (mention,) = await listening.mentions()
    root = listening.slack.message(mention.thread)

    assert len(mention.sources) == 20
    assert root.text.endswith(" and 15 more")
    assert len(root.text) < 1_000


async def test_a_command_in_a_channel_without_the_bot_goes_to_direct_messages(
    listening: Workspace,
) -> None:
    listening.slack.channel("secret", has_bot=False)
    listening.slack.command("ann", "secret", f"/brief {LINK}")
    (mention,) = await listening.mentions()
    root = listening.slack.message(mention.thread)

    assert mention.direct
    assert mention.channel.startswith("D")
    assert "not a member" in json.dumps(root.blocks)


async def test_a_command_without_sources_opens_no_thread(listening: Workspace) -> None:
    listening.slack.channel("news")
    listening.slack.command("ann", "news", "/brief help")
    (mention,) = await listening.mentions()

    assert (mention.intent, mention.thread) == ("help", "")
    assert not listening.called("chat.postMessage")


async def test_a_command_that_slack_does_not_let_us_answer_reports_the_error(
    listening: Workspace,
) -> None:
    channel = listening.slack.channel("news")
    listening.slack.fail("chat.postMessage", Fault(error="fatal_error"))
    listening.slack.command("ann", "news", f"/brief {LINK}")
    told = await listening.slack.wait_for(lambda: listening.slack.state.messages(channel.id))

    assert "Slack has a problem" in told[0].text
    assert not keys(listening)


async def test_a_command_during_a_restart_says_so(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def restarting(_mention: Mention) -> bool:
        raise ReadoutError("Readout is restarting.")

    monkeypatch.setattr(listening.archive, "record", restarting)
    channel = listening.slack.channel("news")
    listening.slack.command("ann", "news", f"/brief {LINK}")

    def said() -> str:
        return " ".join(each.text for each in listening.slack.state.messages(channel.id))

    await listening.slack.wait_for(lambda: "Readout is restarting." in said())


async def test_the_shortcut_briefs_a_message(listening: Workspace) -> None:
    listening.slack.channel("news")
    ts = listening.slack.say("bob", "news", f"Look: {LINK}")
    listening.slack.shortcut("ann", ts, "brief_message")
    (mention,) = await listening.mentions()

    assert (mention.thread, mention.intent) == (ts, "brief")
    assert (mention.team, mention.person) == (TEAM, listening.slack.person("ann").id)


async def test_an_emoji_briefs_its_message_once(listening: Workspace) -> None:
    listening.slack.channel("news")
    root = listening.slack.say("bob", "news", "morning")
    ts = listening.slack.say("bob", "news", f"Look: {LINK}", thread_ts=root)
    listening.slack.react("ann", ts, "memo")
    listening.slack.react("cleo", ts, "memo")
    await listening.handled()
    (mention,) = await listening.mentions()

    assert (mention.thread, mention.message, mention.intent) == (root, ts, "brief")
    assert [source.name for source in mention.sources] == [LINK]
    assert mention.person == listening.slack.person("ann").id


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        pytest.param(f"Look: {LINK}", "eyes", id="another-emoji"),
        pytest.param("I have noted that.", "memo", id="nothing-to-read"),
    ],
)
async def test_another_emoji_or_a_remark_asks_for_nothing(
    listening: Workspace, text: str, emoji: str
) -> None:
    listening.slack.channel("news")
    listening.slack.react("ann", listening.slack.say("bob", "news", text), emoji)
    await listening.handled()

    assert not keys(listening)


async def test_an_emoji_asks_for_nothing_where_organisations_share_the_channel(
    listening: Workspace,
) -> None:
    listening.slack.channel("news").members.add(listening.slack.person("gil", team="T2").id)
    listening.slack.react("ann", listening.slack.say("bob", "news", f"Look: {LINK}"), "memo")
    await listening.handled()

    assert not keys(listening)


async def test_an_emoji_on_a_request_asks_for_nothing_more(listening: Workspace) -> None:
    listening.slack.channel("news")
    ts = listening.slack.say("bob", "news", f"@readout {LINK}")
    await listening.mentions()
    listening.slack.react("ann", ts, "memo")
    await listening.handled()

    assert len(keys(listening)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=" + "a" * 64},
                     id="a-time-that-is-none"),
        pytest.param({"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=ä"},
                     id="no-hexadecimal"),
        pytest.param({"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=" + "a" * 64},
                     id="wrong-and-old"),
    ],
)  # fmt: skip
async def test_an_unsigned_request_is_refused(
    workspace: Workspace, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    app = workspace.app()
    async with run_http(app, 0, "127.0.0.1") as port, aiohttp.ClientSession() as session:
        base = f"http://127.0.0.1:{port}"
        body = json.dumps({"type": "event_callback", "secret": "words"})
        async with session.post(f"{base}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 401
        async with session.get(f"{base}/healthz") as answer:
            assert answer.status == 200
    assert "words" not in caplog.text


async def test_no_task_is_left_running(workspace: Workspace) -> None:
    before = asyncio.all_tasks()
    app = workspace.app()
    async with run_http(app, 0, "127.0.0.1"):
        pass

    assert asyncio.all_tasks() <= before
