"""A reply is posted once, where it can be, whatever Slack does."""

import asyncio
import time
from dataclasses import replace

import pytest
from prometheus_client import REGISTRY

from bot.service.errors import SlackFailure
from bot.service.ports import SIGN, Intended, Mention, Notice, ThreadReply
from bot.slack import blocks
from bot.slack.posting import Poster, Spot
from sandbox.slack import Fault
from tests.fakes import MemoryArchive
from tests.slack.examples import answer, briefing, document, line
from tests.slack.workspace import NO_STATUS, Workspace, ephemeral_texts, shown

STATUS = "assistant.threads.setStatus"
LOST = Fault(lost_reply=True)


def reply(workspace: Workspace, mention: Mention) -> ThreadReply:
    return workspace.replies().to(mention)


async def test_the_first_sign_is_the_status_of_the_thread(workspace: Workspace) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading 2 sources")

    status = workspace.slack.status(mention.thread)
    assert status is not None
    assert status.text == "is reading 2 sources…"
    await reply(workspace, mention).done(briefing())
    assert workspace.slack.status(mention.thread) is None
    assert len(workspace.own(mention.thread)) == 1


async def test_a_status_says_how_many_are_ahead(workspace: Workspace) -> None:
    mention = await workspace.asked()
    said = []
    for ahead in (3, 0):
        await reply(workspace, mention).waiting(ahead)
        status = workspace.slack.status(mention.thread)
        assert status is not None
        said.append(status.text)

    assert said == ["is waiting: 3 ahead of you…", "is waiting: yours is next…"]


async def test_a_place_in_the_queue_that_is_shown_after_the_reply_does_not_stay(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(briefing())
    await reply(workspace, mention).waiting(67)
    assert workspace.called("assistant.threads.setStatus") == 2
    assert workspace.slack.status(mention.thread) is None


async def test_without_a_status_a_message_is_the_first_sign_and_is_replaced(
    workspace: Workspace,
) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    await reply(workspace, mention).progress("writing")
    (sign,) = workspace.own(mention.thread)
    assert sign.text == "Reading the source…"

    await reply(workspace, mention).done(answer())
    await reply(workspace, mention).done(answer())
    (only,) = workspace.own(mention.thread)
    assert only.ts == sign.ts
    assert "Arland will not pay alone." in shown([only])
    assert workspace.called("chat.update") == 1


async def test_without_a_status_the_message_follows_the_work(workspace: Workspace) -> None:
    workspace.slack.fail(STATUS, NO_STATUS, times=99)
    mention, replies = await workspace.asked(), workspace.replies()
    told = []
    for stage in ("reading the source", "writing", "checking"):
        await replies.to(mention).progress(stage)
        (sign,) = workspace.own(mention.thread)
        told.append(sign.text)
    assert told == ["Reading the source…", "Writing…", "Checking…"]
    assert "stop.v1" in shown([sign])

    await replies.to(mention).done(answer())
    await replies.to(mention).progress("writing")
    (only,) = workspace.own(mention.thread)
    assert only.ts == sign.ts
    assert "Arland will not pay alone." in shown([only])


async def test_a_reply_waits_for_a_pending_update_of_the_first_sign(workspace: Workspace) -> None:
    workspace.slack.fail(STATUS, NO_STATUS, times=99)
    mention, replies = await workspace.asked(), workspace.replies()
    await replies.to(mention).progress("reading the source")
    workspace.slack.fail("chat.update", Fault(delay=0.5))
    delayed = workspace.slack.faults._waiting["chat.update"]
    late = asyncio.create_task(replies.to(mention).progress("writing"))
    while delayed:  # until it is on its way
        await asyncio.sleep(0.01)
    late.cancel()
    await replies.to(mention).done(answer())
    (only,) = workspace.own(mention.thread)
    assert "Arland will not pay alone." in shown([only])
    assert [call.outcome for call in workspace.slack.calls if call.method == "chat.update"] == [
        "ok",
        "ok",
    ]


async def test_an_offer_to_stop_follows_the_work(workspace: Workspace) -> None:
    mention, replies = await workspace.asked(), workspace.replies()
    for stage in ("Reading…", "Writing…"):
        await replies.to(mention).progress(stage.lower())
        await replies.to(mention).offer_stop(stage)
    (offer,) = workspace.own(mention.thread)
    assert offer.text == "Writing…"


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("unknown_method", 1),
        ("not_agent_app", 1),
        ("feature_disabled", 1),
        ("missing_scope", 1),
        ("channel_type_not_supported", 2),
        ("internal_error", 6),
    ],
)
async def test_a_status_that_slack_does_not_support_is_not_tried_each_time(
    workspace: Workspace, code: str, asked: int
) -> None:
    workspace.slack.fail(STATUS, Fault(error=code), times=99)
    replies = workspace.replies()
    for channel in ("news", "desk"):
        mention = await workspace.asked(channel=channel)
        for stage in ("reading the source", "writing"):
            await replies.to(mention).progress(stage)
        await replies.to(mention).done(answer())
    assert workspace.called(STATUS) == asked


async def test_two_processes_post_one_first_sign(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    workspace.slack.fail("chat.postMessage", Fault(delay=0.3))
    spot = Spot(mention.channel, mention.thread)
    posters = [Poster(workspace.client, workspace.archive, mention) for _ in range(2)]
    await asyncio.gather(
        *(poster.post_sign(blocks.Message("Reading…", ()), spot) for poster in posters)
    )

    assert len(workspace.own(mention.thread)) == 1


async def test_a_first_sign_that_comes_after_the_reply_is_deleted(workspace: Workspace) -> None:
    mention = await workspace.asked()
    workspace.slack.fail("chat.postMessage", Fault(delay=1.0))
    spot = Spot(mention.channel, mention.thread)
    poster = Poster(workspace.client, workspace.archive, mention)
    sign = asyncio.create_task(poster.post_sign(blocks.Message("Reading…", ()), spot))
    while not await workspace.archive.of(mention.key):
        await asyncio.sleep(0.01)
    await reply(workspace, mention).done(answer())
    assert not sign.done()
    await sign

    (left,) = workspace.own(mention.thread)
    assert left.text != "Reading…"


async def test_a_first_sign_stays_while_another_version_is_written(workspace: Workspace) -> None:
    workspace.slack.fail(STATUS, NO_STATUS)
    first = await workspace.asked()
    version = replace(first, key=f"{first.key}:short:1.1", version_of=first.key)
    await workspace.archive.record(version)
    await reply(workspace, version).progress("writing")

    (sign,) = workspace.own(first.thread)
    assert sign.text == "Writing…"


async def test_a_deleted_first_sign_does_not_matter(workspace: Workspace) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    workspace.slack.delete(workspace.own(mention.thread)[0].ts)
    await reply(workspace, mention).done(answer())

    assert len(workspace.own(mention.thread)) == 1


async def test_a_first_sign_whose_response_was_lost_is_still_replaced(workspace: Workspace) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    workspace.slack.fail("chat.postMessage", LOST)
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    await reply(workspace, mention).done(answer())

    assert len(workspace.own(mention.thread)) == 1


async def test_a_status_that_fails_after_the_reply_leaves_no_sign(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(answer())
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    await reply(workspace, mention).progress("writing")

    assert len(workspace.own(mention.thread)) == 1


async def test_a_reply_does_not_need_a_first_sign(workspace: Workspace) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    workspace.slack.fail("chat.postMessage", Fault(status=503))
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    await reply(workspace, mention).done(answer())

    assert len(workspace.own(mention.thread)) == 1


async def test_a_reply_is_posted_once_however_often_its_step_is_repeated(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    for _ in range(3):
        await reply(workspace, mention).done(briefing())

    (only,) = workspace.own(mention.thread)
    postings = await workspace.archive.of(mention.key)
    assert [(posting.part, posting.ts) for posting in postings] == [(0, only.ts)]
    payload = {"key": mention.key, "part": 0}
    assert only.metadata == {"event_type": "readout_reply", "event_payload": payload}


def found_again() -> float:
    """The metric of posts that this process found in Slack."""
    return REGISTRY.get_sample_value("readout_slack_unsure_posts_total", {"outcome": "found"}) or 0


async def test_a_post_whose_response_was_lost_is_found_and_not_sent_again(
    workspace: Workspace,
) -> None:
    workspace.slack.fail("chat.postMessage", LOST)
    mention = await workspace.asked()
    with pytest.raises(SlackFailure) as failure:
        await reply(workspace, mention).done(answer())
    assert failure.value.code == "no_answer"

    before = found_again()
    await reply(workspace, mention).progress("writing")
    await reply(workspace, mention).done(answer())
    assert workspace.slack.status(mention.thread) is None
    assert len(workspace.own(mention.thread)) == 1
    assert workspace.called("chat.postMessage") == 1
    assert found_again() - before == 1


class DeletingArchive(MemoryArchive):
    """Somebody deletes the request once it is on disk that a ``part`` of its reply is posted."""

    part = 0

    async def intend(self, mention: Mention, part: int, channel: str) -> Intended:
        intended = await super().intend(mention, part, channel)
        if part == self.part:
            await self.delete(mention.key)
        return intended


async def test_a_request_that_was_deleted_gets_no_reply(workspace: Workspace) -> None:
    mention = await workspace.asked()
    await workspace.archive.delete(mention.key)
    await reply(workspace, mention).done(briefing())

    assert workspace.own(mention.thread) == []
    assert workspace.called("chat.postMessage") == 0


@pytest.mark.parametrize("has_sign", [True, False])
async def test_a_request_deleted_while_its_reply_is_posted_leaves_no_reply(
    workspace: Workspace, has_sign: bool
) -> None:
    workspace.archive = DeletingArchive()
    mention = await workspace.asked()
    if has_sign:
        workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    await reply(workspace, mention).progress("reading the source")
    await reply(workspace, mention).done(briefing())

    assert workspace.own(mention.thread) == []
    assert workspace.slack.status(mention.thread) is None
    assert (workspace.called("chat.update"), workspace.called("chat.postMessage")) == (has_sign, 1)


async def test_a_request_deleted_while_its_reply_is_sent_directly_leaves_no_reply(
    workspace: Workspace,
) -> None:
    workspace.archive = DeletingArchive()
    workspace.archive.part = 10_000
    mention = await workspace.asked()
    workspace.slack.fail("chat.postMessage", Fault(error="is_archived"))
    await reply(workspace, mention).done(briefing())

    direct = workspace.slack.state.direct_messages(workspace.slack.person("ann"))
    assert workspace.slack.state.messages(direct.id) == []
    assert workspace.called("chat.postMessage") == 2


@pytest.mark.parametrize("is_late", [True, False])
async def test_a_request_that_was_deleted_gets_no_first_sign(
    workspace: Workspace, is_late: bool
) -> None:
    workspace.archive = DeletingArchive()
    workspace.archive.part = SIGN
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    mention = await workspace.asked()
    if not is_late:
        await workspace.archive.delete(mention.key)
    await reply(workspace, mention).progress("reading the source")

    assert workspace.own(mention.thread) == []
    assert workspace.called("chat.postMessage") == is_late


async def test_a_post_that_slack_refused_is_sent_again(workspace: Workspace) -> None:
    workspace.slack.fail("chat.postMessage", Fault(error="fatal_error"))
    mention = await workspace.asked()
    with pytest.raises(SlackFailure, match="has a problem"):
        await reply(workspace, mention).done(answer())

    await reply(workspace, mention).done(answer())
    assert len(workspace.own(mention.thread)) == 1


async def test_an_interrupted_long_briefing_continues_where_it_stopped(
    workspace: Workspace,
) -> None:
    source = document()
    long = briefing(source, key_points=tuple(line(f"{n} " + "x" * 300, source) for n in range(60)))
    mention = await workspace.asked()
    workspace.slack.fail("chat.postMessage", Fault())
    workspace.slack.fail("chat.postMessage", LOST)
    with pytest.raises(SlackFailure):
        await reply(workspace, mention).done(long)
    await reply(workspace, mention).done(long)

    own = workspace.own(mention.thread)
    assert [each.metadata["event_payload"]["part"] for each in own] == list(range(len(own)))
    assert len(own) > 1


@pytest.mark.parametrize(
    "code", ["not_in_channel", "is_archived", "channel_not_found", "restricted_action_read_only"]
)
async def test_if_the_channel_is_closed_the_asker_is_answered_directly(
    workspace: Workspace, code: str
) -> None:
    mention = await workspace.asked()
    workspace.slack.fail("chat.postMessage", Fault(error=code))
    await reply(workspace, mention).done(briefing())
    workspace.slack.fail("chat.postMessage", Fault(error=code))
    await reply(workspace, mention).done(briefing())

    person = workspace.slack.person("ann")
    direct = workspace.slack.state.messages(workspace.slack.state.direct_messages(person).id)
    assert len(direct) == 1
    assert "I could not reply where you asked." in shown(direct)
    assert "The two agreed to reopen the line." in shown(direct)
    assert not workspace.own(mention.thread)


async def test_the_reply_to_an_old_request_is_not_posted_again_if_it_is_there(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(briefing())
    workspace.archive = MemoryArchive(clock=lambda: time.time() + 4_000)
    await workspace.archive.record(mention)
    await reply(workspace, mention).done(briefing())
    assert len(workspace.own(mention.thread)) == 1


async def test_in_a_channel_without_the_bot_the_asker_is_answered_directly(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    workspace.slack.remove_bot(mention.channel)
    await reply(workspace, mention).progress("reading the source")
    await reply(workspace, mention).done(Notice("No."))

    direct = workspace.slack.state.direct_messages(workspace.slack.person("ann")).id
    (message,) = workspace.slack.state.messages(direct)
    assert "No." in message.text
    (posting,) = (each for each in await workspace.archive.of(mention.key) if each.ts)
    assert posting.ts == message.ts


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long", "msg_too_long"])
@pytest.mark.parametrize("has_sign", [True, False])
async def test_blocks_that_slack_rejects_are_replaced_with_plain_text(
    workspace: Workspace, code: str, has_sign: bool
) -> None:
    mention = await workspace.asked()
    if has_sign:
        workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
        await reply(workspace, mention).progress("reading the source")
    method = "chat.update" if has_sign else "chat.postMessage"
    workspace.slack.fail(method, Fault(error=code))
    await reply(workspace, mention).done(briefing())

    (only,) = workspace.own(mention.thread)
    assert "The two agreed to reopen the line." in only.text
    assert not only.blocks


async def test_a_command_without_a_thread_is_answered_privately(
    workspace: Workspace,
) -> None:
    channel = workspace.slack.channel("news")
    delivery = workspace.slack.command("ann", "news", "/brief help")
    mention = replace(
        await workspace.asked(), thread="", response_url=delivery.payload["response_url"]
    )
    await reply(workspace, mention).progress("having a look")
    await reply(workspace, mention).done(Notice("Help."))

    told = [each for each in workspace.slack.state.messages(channel.id) if each.by_app]
    assert [each.seen_by for each in told] == [workspace.slack.person("ann").id]


async def test_an_offer_to_stop_is_made_once_and_replaced_by_the_reply(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    replies = workspace.replies()
    for _ in range(2):
        await replies.to(mention).offer_stop("Writing…")
    (offer,) = workspace.own(mention.thread)
    assert "stop.v1" in shown([offer])
    await replies.to(mention).done(answer())
    (only,) = workspace.own(mention.thread)
    assert only.ts == offer.ts
    assert "stop.v1" not in shown([only])


async def test_only_ten_offers_to_stop_are_made_at_once(workspace: Workspace) -> None:
    replies = workspace.replies()
    mentions = [await workspace.asked(channel=f"c{number}") for number in range(12)]
    for mention in mentions:
        await replies.to(mention).offer_stop("Writing…")
    assert [len(workspace.own(mention.thread)) for mention in mentions] == [1] * 10 + [0] * 2


async def test_what_a_shorter_version_cannot_delete_yet_is_deleted_by_the_next_try(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    long = briefing(key_points=tuple(line(f"{n} " + "x" * 300, document()) for n in range(36)))
    await reply(workspace, mention).done(long)
    workspace.slack.fail("chat.delete", Fault(status=500))
    with pytest.raises(SlackFailure):
        await reply(workspace, mention).again(briefing())
    assert len(workspace.own(mention.thread)) > 1
    await reply(workspace, mention).again(briefing())

    assert len(workspace.own(mention.thread)) == 1


async def test_a_first_sign_that_can_be_neither_edited_nor_deleted_yet_goes_after_the_reply_came(
    workspace: Workspace,
) -> None:
    workspace.slack.fail(STATUS, NO_STATUS, times=99)
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    workspace.slack.fail("chat.update", Fault(error="cant_update_message"))
    workspace.slack.fail("chat.delete", Fault(status=500))
    with pytest.raises(SlackFailure):
        await reply(workspace, mention).done(answer())
    assert len(workspace.own(mention.thread)) == 2
    await reply(workspace, mention).done(answer())

    assert len(workspace.own(mention.thread)) == 1


async def test_a_first_sign_that_cannot_be_edited_goes_with_a_request_deleted_meanwhile(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.slack.fail(STATUS, NO_STATUS, times=99)
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    workspace.slack.fail("chat.update", Fault(error="cant_update_message"))

    async def posted(*_: object) -> bool:
        return False

    monkeypatch.setattr(workspace.archive, "posted", posted)
    await reply(workspace, mention).done(answer())
    assert workspace.own(mention.thread) == []


async def test_a_version_that_failed_is_explained_once_its_sign_is_deleted(
    workspace: Workspace,
) -> None:
    workspace.slack.fail(STATUS, NO_STATUS, times=99)
    mention = await workspace.asked()
    await reply(workspace, mention).done(briefing())
    shorter = replace(mention, key=f"{mention.key}:short", version_of=mention.key)
    await workspace.archive.record(shorter)
    await reply(workspace, shorter).progress("writing")
    workspace.slack.fail("chat.delete", Fault(status=500))
    failed = Notice("That version could not be made.")
    with pytest.raises(SlackFailure):
        await reply(workspace, shorter).done(failed)
    assert ephemeral_texts(workspace, mention.channel) == []
    await reply(workspace, shorter).done(failed)

    assert ephemeral_texts(workspace, mention.channel) == [failed.text]
    assert len(workspace.own(mention.thread)) == 1


async def test_a_reply_is_taken_back_with_its_first_sign(workspace: Workspace) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS)
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    await reply(workspace, mention).take_back()
    await reply(workspace, mention).take_back()
    assert workspace.own(mention.thread) == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=429, retry_after=600),
        Fault(error="fatal_error"),
        Fault(error="internal_error"),
        Fault(error="service_unavailable"),
    ],
)
async def test_taking_back_fails_as_long_as_a_message_that_can_be_deleted_later_is_there(
    workspace: Workspace, fault: Fault
) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(answer())
    workspace.slack.fail("chat.delete", fault)
    with pytest.raises(SlackFailure):
        await reply(workspace, mention).take_back()
    assert workspace.own(mention.thread)


async def test_taking_back_ends_though_slack_never_deletes_a_message(workspace: Workspace) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(answer())
    workspace.slack.fail("chat.delete", Fault(error="cant_delete_message"))
    await reply(workspace, mention).take_back()
    assert workspace.own(mention.thread)


async def test_a_reply_is_taken_back_though_its_thread_is_gone(workspace: Workspace) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS, times=2)
    mention = await workspace.asked()
    await workspace.archive.intend(mention, SIGN, mention.channel)
    workspace.slack.delete(mention.thread)
    await reply(workspace, mention).take_back()
    assert workspace.called("conversations.replies") > 0


async def test_no_reply_is_posted_if_the_direct_message_was_deleted(
    workspace: Workspace,
) -> None:
    mention = replace(await workspace.asked(), direct=True)
    await workspace.archive.intend(mention, 0, mention.channel)
    workspace.slack.delete(mention.thread)
    await reply(workspace, mention).done(answer())
    assert workspace.called("conversations.replies") == 1
    assert workspace.called("chat.postMessage") == 0


async def test_a_status_ends_with_the_request_that_is_taken_back(workspace: Workspace) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).progress("reading the source")
    await reply(workspace, mention).take_back()
    assert workspace.slack.status(mention.thread) is None


async def test_an_aside_is_seen_by_the_asker_alone(workspace: Workspace) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).aside("Nothing <!channel> to do.")
    (aside,) = [each for each in workspace.slack.state.messages(mention.channel) if each.seen_by]
    assert aside.seen_by == mention.person
    assert aside.text.startswith("Nothing ")
    assert "<!channel>" not in aside.text


async def test_an_aside_that_slack_refuses_is_no_failure(workspace: Workspace) -> None:
    workspace.slack.fail("chat.postEphemeral", Fault(error="user_not_in_channel"))
    await reply(workspace, await workspace.asked()).aside("Nothing to do.")


async def test_a_reply_is_shown_again_in_the_same_messages(workspace: Workspace) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(briefing())
    (before,) = workspace.own(mention.thread)
    for _ in range(2):
        await reply(workspace, mention).again(answer())
    (after,) = workspace.own(mention.thread)
    assert after.ts == before.ts
    assert "Arland will not pay alone." in shown([after])
    assert workspace.called("chat.postMessage") == 1


async def test_a_reply_that_needs_other_messages_gets_or_loses_some(workspace: Workspace) -> None:
    long = briefing(
        key_points=tuple(line(f"Point {n}. " + "x" * 400, document()) for n in range(60))
    )
    mention = await workspace.asked()
    await reply(workspace, mention).done(briefing())
    for _ in range(2):
        await reply(workspace, mention).again(long)
    count = len(workspace.own(mention.thread))
    assert count > 2
    assert "Point 59." in shown(workspace.own(mention.thread))
    await reply(workspace, mention).again(answer())
    (only,) = workspace.own(mention.thread)
    assert "Arland will not pay alone." in shown([only])


async def test_a_reply_that_was_deleted_does_not_come_back(workspace: Workspace) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(briefing())
    workspace.slack.delete(workspace.own(mention.thread)[0].ts)
    await reply(workspace, mention).again(answer())
    assert workspace.own(mention.thread) == []


async def test_a_reply_whose_blocks_slack_rejects_is_shown_again_as_plain_text(
    workspace: Workspace,
) -> None:
    mention = await workspace.asked()
    await reply(workspace, mention).done(briefing())
    workspace.slack.fail("chat.update", Fault(error="invalid_blocks"))
    await reply(workspace, mention).again(answer())
    (only,) = workspace.own(mention.thread)
    assert only.blocks == []
    assert "Arland will not pay alone." in only.text


@pytest.mark.parametrize("seconds", [0, 4_000])
async def test_a_reply_that_was_sent_directly_is_followed_by_the_new_one(
    workspace: Workspace, seconds: int
) -> None:
    workspace.archive = MemoryArchive(clock=lambda: time.time() + seconds)
    mention = await workspace.asked()
    workspace.slack.fail("chat.postMessage", Fault(error="not_in_channel"))
    await reply(workspace, mention).done(briefing())
    for _ in range(2):
        await reply(workspace, mention).again(answer())
    channel = workspace.slack.find("ann")[1]
    direct = [each for each in workspace.slack.state.messages(channel.id) if each.by_app]
    assert len(direct) == 2
    assert "Arland will not pay alone." in shown(direct[1:])
