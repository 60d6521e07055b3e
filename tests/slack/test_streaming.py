"""A reply grows in its thread while it is written, and ends as one whole message."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.service.ports import STREAM, Intended, Mention, Notice, ThreadReply
from bot.slack.reply import SlackReplies
from bot.slack.streaming import PACE, Pace
from sandbox.slack import Fault, Rules
from sandbox.slack.state import Message
from tests.fakes import MemoryArchive
from tests.slack.examples import answer, briefing, document, line
from tests.slack.workspace import (
    AT_ONCE,
    NO_STATUS,
    Workspace,
    asked,
    message_with,
    one_whole_message,
    shown,
)

START, APPEND, STOP = "chat.startStream", "chat.appendStream", "chat.stopStream"
UPDATE, POST, SESSION = "chat.update", "chat.postMessage", "agents.sessions.setStatus"
SOURCE = document()
LINES = [line(f"Point {number} stands.", SOURCE) for number in range(6)]
LOST, BROKEN = Fault(lost_reply=True), Fault(status=500)
REFUSALS = [
    "channel_type_not_supported",
    "missing_recipient_team_id",
    "missing_recipient_user_id",
    "user_not_found",
    "team_not_found",
    "unknown_method",
    "invalid_chunks",
    "invalid_blocks",
    "msg_too_long",
    "restricted_action",
]
ENDS = ["message_not_in_streaming_state", "stopped_by_user", "msg_too_long", "invalid_chunks"]


def replies(workspace: Workspace, pace: Pace = AT_ONCE) -> SlackReplies:
    return SlackReplies(workspace.client, workspace.archive, pace=pace)


async def streaming(workspace: Workspace, mention: Mention, reply: ThreadReply) -> Message:
    """The message that has begun to grow, with one line in it."""
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    return await until_grown(workspace, mention, "Point 0 stands.")


async def begun(reply: ThreadReply) -> None:
    await reply.begins((SOURCE,), "en")
    await reply.progress("writing")


async def until_grown(workspace: Workspace, mention: Mention, words: str) -> Message:
    """Our message, once it says these words."""
    return await workspace.slack.wait_for(lambda: message_with(workspace, mention, words))


async def until_recorded(workspace: Workspace, mention: Mention) -> None:
    """Wait until the archive knows of a message for that mention."""
    async with asyncio.timeout(60):
        while not await workspace.archive.of(mention.key):
            await asyncio.sleep(0.01)


async def until_called(workspace: Workspace, method: str, times: int = 1) -> None:
    await workspace.slack.wait_for(lambda: workspace.called(method) >= times)


async def test_lines_are_shown_as_they_come_and_then_replaced_by_the_whole_reply(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    assert "Ministers to meet again in May" in shown([message])
    for each in LINES[1:]:
        await reply.line(each, "key_points")
        await until_grown(workspace, mention, each.text)
    await reply.done(briefing())

    only = await one_whole_message(workspace, mention)
    assert only.ts == message.ts
    assert "task_card" not in shown([only])
    assert (workspace.called(POST), workspace.called(UPDATE), workspace.called(STOP)) == (0, 1, 1)
    postings = {each.part: each.ts for each in await workspace.archive.of(mention.key)}
    assert postings == {STREAM: only.ts, 0: only.ts}


async def test_a_stream_that_begins_after_the_reply_was_posted_is_deleted(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    workspace.slack.fail(START, Fault(delay=2.0))
    reply = replies(workspace, replace(AT_ONCE, last_call=0.05)).to(mention)
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    await until_recorded(workspace, mention)
    await reply.done(briefing())

    await one_whole_message(workspace, mention)
    assert (workspace.called(POST), workspace.called("chat.delete")) == (1, 1)
    postings = {each.part: each.ts for each in await workspace.archive.of(mention.key)}
    assert postings[STREAM] == ""


async def test_a_stream_that_begins_after_another_process_has_replied_is_deleted(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    workspace.slack.fail(START, Fault(delay=2.0))
    reply = replies(workspace, replace(AT_ONCE, last_call=0.05)).to(mention)
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    await until_recorded(workspace, mention)
    await reply.rest()
    await replies(workspace).to(mention).done(briefing())
    assert workspace.called("chat.delete") == 0
    await until_called(workspace, "chat.delete")
    await one_whole_message(workspace, mention)


class SlowPostings(MemoryArchive):
    """Writes the beginning of a stream and its timestamp only once ``may_write`` is set."""

    def __init__(self, *, is_slow_to_intend: bool = False) -> None:
        super().__init__()
        self.may_write = asyncio.Event()
        self._is_slow_to_intend = is_slow_to_intend

    async def intend(self, mention: Mention, part: int, channel: str) -> Intended:
        if part == STREAM and self._is_slow_to_intend:
            await self.may_write.wait()
        return await super().intend(mention, part, channel)

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        if part == STREAM:
            await self.may_write.wait()
        return await super().posted(mention, part, ts)


async def test_the_record_of_a_stream_is_not_cut_off_however_long_it_takes(
    workspace: Workspace,
) -> None:
    workspace.archive = slow = SlowPostings()
    mention = await asked(workspace)
    reply = replies(workspace, replace(AT_ONCE, last_call=0.05)).to(mention)
    await streaming(workspace, mention, reply)
    await reply.rest()
    slow.may_write.set()
    async with asyncio.timeout(60):
        while not all(each.ts for each in await workspace.archive.of(mention.key)):
            await asyncio.sleep(0.01)
    await reply.done(briefing())
    await one_whole_message(workspace, mention)


async def test_a_stream_is_not_started_once_its_reply_is_there(workspace: Workspace) -> None:
    workspace.archive = slow = SlowPostings(is_slow_to_intend=True)
    mention = await asked(workspace)
    reply = replies(workspace, replace(AT_ONCE, last_call=0.05)).to(mention)
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    await reply.rest()
    slow.may_write.set()
    await reply.done(briefing())
    await one_whole_message(workspace, mention)
    assert workspace.called(START) == 0


@pytest.mark.parametrize("is_answered", [True, False])
async def test_a_deleted_request_leaves_no_stream(workspace: Workspace, is_answered: bool) -> None:
    mention = await asked(workspace)
    if not is_answered:
        await workspace.archive.delete(mention.key)
    workspace.slack.fail(START, Fault(delay=1.0))
    reply = replies(workspace).to(mention)
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    if is_answered:
        await until_recorded(workspace, mention)
    await workspace.archive.delete(mention.key)
    await reply.rest()
    assert workspace.own(mention.thread) == []
    assert workspace.called(START) == is_answered


async def test_the_first_piece_says_for_whom_and_what_is_briefed(workspace: Workspace) -> None:
    mention = await asked(workspace)
    await streaming(workspace, mention, replies(workspace).to(mention))
    (call,) = [each for each in workspace.slack.calls if each.method == START]
    assert call.args["recipient_user_id"] == mention.person
    assert call.args["recipient_team_id"] == mention.team
    kinds = [each["type"] for each in call.args["chunks"]]
    assert kinds == ["task_update", "task_update", "blocks", "blocks"]
    cards = [(each["title"], each["status"]) for each in call.args["chunks"][:2]]
    assert cards == [("Reading", "complete"), ("Writing", "in_progress")]


async def test_words_of_a_source_are_never_markdown(workspace: Workspace) -> None:
    hostile = "<!channel> *x* <https://evil.test|y> `z`"
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await reply.begins((document(title=hostile, outlet=hostile),), "en")
    for place in ("headline", "bottom_line", "key_points", "answer"):
        await reply.line(line(hostile, SOURCE), place)
    await until_grown(workspace, mention, "<!channel>")
    chunks = [chunk for each in workspace.slack.calls for chunk in each.args.get("chunks", [])]
    own = [chunk for chunk in chunks if chunk["type"] != "blocks"]
    assert {each["type"] for each in own} == {"task_update"}
    assert "evil" not in json.dumps(own)
    blocks = [block for chunk in chunks for block in chunk.get("blocks", [])]
    assert {each["type"] for each in blocks} == {"rich_text", "header"}
    headers = [each["text"] for each in blocks if each["type"] == "header"]
    assert {(each["type"], each["text"]) for each in headers} == {("plain_text", "Key points")}
    await until_called(workspace, SESSION)
    title = workspace.slack.state.sessions[mention.channel, mention.thread].title
    assert "<!" not in title
    assert "https://" not in title


async def test_somebody_of_another_workspace_is_the_recipient_there(workspace: Workspace) -> None:
    guest = workspace.slack.person("gil", team="T0OTHER")
    mention = replace(await asked(workspace), person=guest.id, outside=True, home="T0OTHER")
    await streaming(workspace, mention, replies(workspace).to(mention))
    (call,) = [call for call in workspace.slack.calls if call.method == START]
    assert (call.args["recipient_user_id"], call.args["recipient_team_id"]) == (guest.id, "T0OTHER")


async def test_a_fast_reply_is_posted_without_a_stream(workspace: Workspace) -> None:
    mention = await asked(workspace)
    reply = replies(workspace, PACE).to(mention)
    await begun(reply)
    for each in LINES:
        await reply.line(each, "key_points")
    await reply.rest()
    await reply.done(briefing())
    await one_whole_message(workspace, mention)
    assert (workspace.called(START), workspace.called(POST)) == (0, 1)


async def test_a_stage_becomes_a_card(workspace: Workspace) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    await until_called(workspace, SESSION)
    statuses = workspace.called("assistant.threads.setStatus")
    await reply.progress("checking")
    await until_grown(workspace, mention, "Checking")
    cards = [each for each in message.blocks if each["type"] == "task_card"]
    assert [(each["title"], each["status"]) for each in cards] == [
        ("Reading", "complete"),
        ("Writing", "complete"),
        ("Checking", "in_progress"),
    ]
    assert workspace.called("assistant.threads.setStatus") == statuses


@pytest.mark.parametrize("code", REFUSALS)
async def test_a_stream_that_is_refused_ends_in_one_post(workspace: Workspace, code: str) -> None:
    workspace.slack.fail(START, Fault(error=code))
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await begun(reply)
    for each in LINES:
        await reply.line(each, "key_points")
        await until_called(workspace, START)
    await reply.done(briefing())
    await one_whole_message(workspace, mention)
    assert (workspace.called(START), workspace.called(POST), workspace.called(UPDATE)) == (1, 1, 0)
    assert workspace.called(SESSION) == 0


async def test_no_further_stream_is_tried_in_a_channel_that_refuses_them(
    workspace: Workspace,
) -> None:
    workspace.slack.fail(START, Fault(error="channel_type_not_supported"))
    ours = replies(workspace)
    for channel in ("news", "news", "other"):
        mention = await asked(workspace, channel)
        reply = ours.to(mention)
        await begun(reply)
        await reply.line(LINES[0], "key_points")
        await asyncio.sleep(0.1)
        await reply.done(briefing())
        await one_whole_message(workspace, mention)
    assert workspace.called(START) == 2


async def test_an_unknown_recipient_does_not_stop_streams_for_others(
    workspace: Workspace,
) -> None:
    workspace.slack.fail(START, Fault(error="user_not_found"))
    ours = replies(workspace)
    mention = await asked(workspace)
    reply = ours.to(mention)
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    await until_called(workspace, START)
    await reply.rest()
    ben = replace(await asked(workspace), person=workspace.slack.person("ben").id)
    await streaming(workspace, ben, ours.to(ben))


@pytest.mark.parametrize(
    "fault", [LOST, BROKEN, Fault(error="fatal_error"), Fault(status=429)],
    ids=["lost", "500", "fatal", "429"],
)  # fmt: skip
async def test_a_start_whose_outcome_is_unknown_ends_in_one_message(
    workspace: Workspace, fault: Fault
) -> None:
    workspace.slack.fail(START, fault)
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    await until_called(workspace, START)
    await reply.done(briefing())
    await one_whole_message(workspace, mention)
    assert workspace.called(START) == 1


@pytest.mark.parametrize("code", [*ENDS, "ratelimited", "internal_error"])
async def test_a_piece_that_is_refused_is_the_last(workspace: Workspace, code: str) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    workspace.slack.fail(APPEND, Fault(error=code))
    for each in LINES[1:]:
        await reply.line(each, "key_points")
        await until_called(workspace, APPEND)
    await reply.done(briefing())
    assert (await one_whole_message(workspace, mention)).ts == message.ts
    assert workspace.called(APPEND) == 1


@pytest.mark.parametrize(
    "fault", [LOST, BROKEN, Fault(status=429, retry_after=300)], ids=["lost", "500", "429"]
)
async def test_a_piece_whose_outcome_is_unknown_is_the_last(
    workspace: Workspace, fault: Fault
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    workspace.slack.fail(APPEND, fault)
    for each in LINES[1:]:
        await reply.line(each, "key_points")
        await until_called(workspace, APPEND)
    await reply.done(briefing())
    assert (await one_whole_message(workspace, mention)).ts == message.ts
    assert workspace.called(APPEND) == 1


@pytest.mark.parametrize("code", [*ENDS, "user_not_found", "missing_recipient_user_id"])
async def test_a_stop_that_is_refused_since_the_stream_has_ended_is_no_failure(
    workspace: Workspace, code: str
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    workspace.slack.end_stream(message.ts)
    workspace.slack.fail(STOP, Fault(error=code))
    await reply.done(briefing())
    assert (await one_whole_message(workspace, mention)).ts == message.ts


@pytest.mark.parametrize(
    "fault", [BROKEN, LOST, Fault(error="fatal_error"), Fault(status=429)],
    ids=["500", "lost", "error", "429"],
)  # fmt: skip
async def test_a_stream_that_cannot_be_stopped_is_still_replaced(
    workspace: Workspace, fault: Fault
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await streaming(workspace, mention, reply)
    workspace.slack.fail(STOP, fault)
    await reply.done(briefing())
    await one_whole_message(workspace, mention)


@pytest.mark.parametrize("pieces", range(len(LINES)))
@pytest.mark.parametrize("how", ["ended", "stopped", "deleted"])
async def test_a_stream_that_ends_after_any_piece_ends_as_a_whole_message(
    workspace: Workspace, pieces: int, how: str
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    for number, each in enumerate(LINES[1:], 1):
        if number == pieces:
            _end(workspace, message, how)
        await reply.line(each, "key_points")
        if number < pieces or not pieces:
            await until_grown(workspace, mention, each.text)
    if pieces == 0:
        _end(workspace, message, how)
    await reply.done(briefing())
    await one_whole_message(workspace, mention)


def _end(workspace: Workspace, message: Message, how: str) -> None:
    match how:
        case "ended":
            workspace.slack.end_stream(message.ts)
        case "stopped":
            workspace.slack.stop("ann", message.ts)
        case "deleted":
            workspace.slack.delete(message.ts)


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_stream_left_by_a_crash_is_stopped_and_replaced(
    workspace: Workspace, is_known: bool
) -> None:
    mention = await asked(workspace)
    if not is_known:
        workspace.slack.fail(START, LOST)
    dead = replies(workspace).to(mention)
    message = await streaming(workspace, mention, dead)
    await dead.rest()
    assert {each.part: each.ts for each in await workspace.archive.of(mention.key)} == {
        STREAM: message.ts if is_known else None
    }

    anew = replies(workspace).to(mention)
    await begun(anew)
    await anew.line(LINES[1], "key_points")
    await anew.done(briefing())
    assert (await one_whole_message(workspace, mention)).ts == message.ts
    assert workspace.called(START) == 1
    await anew.done(briefing())
    assert workspace.called(UPDATE) == 1


async def test_a_crash_between_the_update_and_its_record_changes_nothing(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    await reply.done(briefing())
    await workspace.archive.posted(mention, 0, "")
    await replies(workspace).to(mention).done(briefing())
    assert (await one_whole_message(workspace, mention)).ts == message.ts


async def test_a_long_reply_continues_below_its_stream(workspace: Workspace) -> None:
    long = briefing(SOURCE, key_points=tuple(line(f"{n} " + "x" * 300, SOURCE) for n in range(60)))
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    await reply.done(long)
    own = workspace.own(mention.thread)
    assert own[0].ts == message.ts
    assert [each.metadata["event_payload"]["part"] for each in own] == list(range(len(own)))
    assert len(own) > 1


async def test_lines_that_come_soon_after_each_other_are_one_call(workspace: Workspace) -> None:
    mention = await asked(workspace)
    reply = replies(workspace, replace(AT_ONCE, between=2.0)).to(mention)
    await streaming(workspace, mention, reply)
    for each in LINES[1:]:
        await reply.line(each, "key_points")
        await asyncio.sleep(0.01)
    await until_grown(workspace, mention, LINES[-1].text)
    assert workspace.called(APPEND) == 1
    await reply.done(briefing())


async def test_lines_that_do_not_fit_into_a_stream_come_with_the_whole_reply(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await streaming(workspace, mention, reply)
    for number in range(80):
        await reply.line(line(f"Long {number} " + "é" * 150, SOURCE), "key_points")
        if number % 4 == 0:
            await asyncio.sleep(0.01)
    await reply.rest()
    sent = [call for call in workspace.slack.calls if call.method in {START, APPEND}]
    assert {call.outcome for call in sent} == {"ok"}
    chunks = [chunk for call in sent for chunk in call.args["chunks"]]
    assert 1_000 < len(json.dumps(chunks, ensure_ascii=False).encode()) <= 8_500
    await reply.done(briefing())
    await one_whole_message(workspace, mention)


async def test_a_stream_is_stopped_before_slack_ends_it(workspace: Workspace) -> None:
    mention = await asked(workspace)
    reply = replies(workspace, replace(AT_ONCE, lifetime=0.3)).to(mention)
    await streaming(workspace, mention, reply)
    await until_called(workspace, STOP)
    await reply.line(LINES[1], "key_points")
    await reply.done(briefing())
    await one_whole_message(workspace, mention)
    assert workspace.called(APPEND) == 0


async def test_if_slack_rejects_the_blocks_plain_text_replaces_the_stream(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    workspace.slack.fail(UPDATE, Fault(error="invalid_blocks"))
    await reply.done(briefing())
    (only,) = workspace.own(mention.thread)
    assert (only.ts, only.blocks) == (message.ts, [])
    assert "The two agreed to reopen the line." in only.text


async def test_a_first_sign_is_removed_when_the_stream_has_become_the_reply(
    workspace: Workspace,
) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS, times=9)
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await reply.progress("reading the source")
    message = await streaming(workspace, mention, reply)
    for _ in range(2):
        await reply.done(briefing())
    assert (await one_whole_message(workspace, mention)).ts == message.ts


async def test_a_stopped_reply_leaves_a_sentence_in_place_of_its_lines(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    message = await streaming(workspace, mention, replies(workspace).to(mention))
    await replies(workspace).to(mention).done(Notice("Stopped.", retry=True))
    (only,) = workspace.own(mention.thread)
    assert only.ts == message.ts
    assert "Stopped." in shown([only])
    assert "Point 0" not in shown([only])


@pytest.mark.parametrize("is_done", [True, False])
async def test_a_reply_that_was_streamed_is_taken_back_once(
    workspace: Workspace, is_done: bool
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await streaming(workspace, mention, reply)
    if is_done:
        await reply.done(briefing())
    await replies(workspace).to(mention).take_back()
    assert workspace.own(mention.thread) == []
    assert workspace.called("chat.delete") == 1


async def test_a_reply_that_was_streamed_is_shown_again_in_the_same_message(
    workspace: Workspace,
) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    message = await streaming(workspace, mention, reply)
    await reply.done(briefing())
    await replies(workspace).to(mention).again(answer())
    (only,) = workspace.own(mention.thread)
    assert only.ts == message.ts
    assert "Arland will not pay alone." in shown([only])
    assert workspace.called("chat.delete") == 0


async def test_while_it_streams_slack_offers_to_stop_it(workspace: Workspace) -> None:
    mention = await asked(workspace)
    reply = replies(workspace).to(mention)
    await streaming(workspace, mention, reply)
    await until_called(workspace, SESSION)
    place = (mention.channel, mention.thread)
    assert workspace.slack.state.sessions[place].state == "processing"
    assert workspace.slack.state.sessions[place].title == "Ministers to meet again in May"
    await reply.rest()
    await reply.offer_stop("Writing…")
    await reply.done(briefing())
    assert workspace.slack.state.sessions[place].state == "active"


@pytest.mark.parametrize("code", ["feature_disabled", "not_agent_app", "unknown_method"])
async def test_if_slack_does_not_support_sessions_they_are_not_tried_again(
    workspace: Workspace, code: str
) -> None:
    workspace.slack.fail(SESSION, Fault(error=code))
    ours = replies(workspace)
    for _ in range(2):
        mention = await asked(workspace)
        reply = ours.to(mention)
        await streaming(workspace, mention, reply)
        await until_called(workspace, SESSION)
        await reply.offer_stop("Writing…")
        assert "stop.v1" in shown(workspace.own(mention.thread))
        await reply.done(briefing())
        await one_whole_message(workspace, mention)
    assert workspace.called(SESSION) == 1


class DiedBeginning(MemoryArchive):
    """The process that begins a stream dies before it can store the timestamp."""

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        if part == STREAM and ts:
            await asyncio.Event().wait()
        return await super().posted(mention, part, ts)


async def test_a_stream_that_was_unknown_when_the_reply_came_is_ended_later(
    workspace: Workspace,
) -> None:
    workspace.archive = DiedBeginning()
    mention = await asked(workspace)
    await streaming(workspace, mention, replies(workspace).to(mention))
    workspace.slack.fail("conversations.replies", Fault(error="missing_scope"), times=2)
    next_ = replies(workspace).to(mention)
    await next_.done(briefing())
    assert len(workspace.own(mention.thread)) == 2
    await next_.end_stream()
    await one_whole_message(workspace, mention)
    assert workspace.slack.calls[-1].args["status"] == "active"
    looked = workspace.called("conversations.replies")
    await next_.end_stream()
    assert workspace.called("conversations.replies") == looked


class TestWithTiers:
    """As busy as a morning may be."""

    @pytest.fixture
    def rules(self) -> Rules:
        return Rules()

    async def test_no_call_of_twenty_at_once_is_refused_and_the_rest_are_posted(
        self, workspace: Workspace
    ) -> None:
        ours = replies(workspace)
        mentions = [await asked(workspace, f"c{number}") for number in range(20)]

        async def brief(mention: Mention) -> None:
            reply = ours.to(mention)
            await begun(reply)
            for each in LINES:
                await reply.line(each, "key_points")
                await asyncio.sleep(0.02)
            await reply.done(briefing())

        await asyncio.gather(*map(brief, mentions))
        for mention in mentions:
            await one_whole_message(workspace, mention)
        assert {call.outcome for call in workspace.slack.calls} == {"ok"}
        assert (workspace.called(START), workspace.called(STOP), workspace.called(POST)) == (
            15,
            15,
            5,
        )
