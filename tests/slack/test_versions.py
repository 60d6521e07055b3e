"""A version of a briefing replaces another in its messages, whenever it is interrupted."""

from dataclasses import replace

import pytest

from bot.briefing.lines import Briefing
from bot.briefing.requests import Wishes
from bot.service.errors import SlackFailure
from bot.service.ports import Mention, Notice
from bot.slack.actions import version_request
from sandbox.slack import Fault
from tests.slack.examples import briefing, document, line
from tests.slack.workspace import Workspace, ephemeral_texts, replied
from tests.slacks import choose, delete_reply, entries

SHORT = briefing(key_points=(), wishes=Wishes(length="short"))


def of_many_messages() -> Briefing:
    source = document()
    return briefing(source, key_points=tuple(line(f"{n} " + "x" * 300, source) for n in range(60)))


async def made(
    workspace: Workspace, first: Mention, ts: str, outcome: Briefing | Notice
) -> Mention:
    """A shorter version of the reply to ``first``, stored but not shown."""
    short = version_request(first, "short", ts, {"id": first.person})
    await workspace.archive.record(short)
    await workspace.archive.keep_outcome(short, outcome)
    return short


def blocks(workspace: Workspace, mention: Mention) -> list[object]:
    return [message.blocks for message in workspace.own(mention.thread)]


async def test_several_messages_become_one_and_several_again(listening: Workspace) -> None:
    mention, ts = await replied(listening, of_many_messages())
    before = [len(each) for each in map(str, blocks(listening, mention))]
    assert len(before) > 1
    short = await made(listening, mention, ts, SHORT)
    await listening.replies().to(short).done(SHORT)
    (one,) = listening.own(mention.thread)

    for _ in range(2):
        choose(listening.slack, "ann", one.ts, "first")
        await listening.slack.wait_for(lambda: len(listening.own(mention.thread)) == len(before))
        choose(listening.slack, "ann", listening.own(mention.thread)[-1].ts, "shorter")
        await listening.slack.wait_for(lambda: len(listening.own(mention.thread)) == 1)
    assert listening.own(mention.thread)[0].ts == one.ts

    await delete_reply(listening.slack, "ann", one.ts)
    await listening.until_deleted(short)
    assert listening.own(mention.thread) == []


async def test_the_earlier_version_stays_until_the_new_one_is_shown(workspace: Workspace) -> None:
    mention, ts = await replied(workspace, briefing())
    before = blocks(workspace, mention)
    short = await made(workspace, mention, ts, SHORT)
    workspace.slack.fail("chat.update", Fault(error="internal_error"))
    with pytest.raises(SlackFailure):
        await workspace.replies().to(short).done(SHORT)
    assert blocks(workspace, mention) == before

    for _ in range(2):  # the step is done again
        await workspace.replies().to(short).done(SHORT)
    (shown,) = workspace.own(mention.thread)
    assert "first" in entries(workspace.slack, shown.ts)


async def test_a_repeated_step_does_not_bring_the_earlier_version_back(
    workspace: Workspace,
) -> None:
    mention, ts = await replied(workspace, briefing())
    short = await made(workspace, mention, ts, SHORT)
    await workspace.replies().to(short).done(SHORT)
    shown = blocks(workspace, mention)
    await workspace.replies().to(mention).done(briefing())
    await workspace.replies().to(mention).again(briefing())  # a late version of the model
    assert blocks(workspace, mention) == shown


async def test_a_first_sign_that_has_become_the_reply_is_no_longer_treated_as_one(
    workspace: Workspace,
) -> None:
    workspace.slack.fail("assistant.threads.setStatus", Fault(error="feature_disabled"), times=9)
    mention = await workspace.asked()
    await workspace.archive.keep_outcome(mention, briefing())
    reply = workspace.replies().to(mention)
    await reply.progress("reading the source")
    await reply.done(briefing())
    (message,) = workspace.own(mention.thread)
    short = await made(workspace, mention, message.ts, SHORT)
    await workspace.replies().to(short).done(SHORT)
    shown = blocks(workspace, mention)
    await workspace.replies().to(mention).done(briefing())
    assert blocks(workspace, mention) == shown


async def with_a_sign(workspace: Workspace, first: Mention, ts: str) -> Mention:
    """A shorter version that is being made, with its first sign below the reply."""
    workspace.slack.fail("assistant.threads.setStatus", Fault(error="feature_disabled"), times=9)
    short = version_request(first, "short", ts, {"id": first.person})
    await workspace.archive.record(short)
    await workspace.replies().to(short).progress("reading the source")
    assert len(workspace.own(first.thread)) == 2
    return short


@pytest.mark.parametrize("outcome", [Notice("Stopped.", ended_by="stop"), SHORT])
async def test_the_first_sign_of_a_version_is_removed_when_it_ends(
    workspace: Workspace, outcome: Briefing | Notice
) -> None:
    mention, ts = await replied(workspace, briefing())
    short = await with_a_sign(workspace, mention, ts)
    await workspace.archive.keep_outcome(short, outcome)
    await workspace.replies().to(short).done(outcome)
    (shown,) = [each for each in workspace.own(mention.thread) if not each.seen_by]
    assert shown.ts == ts
    is_told = [outcome.text] if isinstance(outcome, Notice) else []
    assert ephemeral_texts(workspace, mention.channel) == is_told


async def test_the_first_sign_of_another_version_does_not_count_as_a_message_below(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    await with_a_sign(listening, mention, ts)
    listening.slack.click("ann", ts, "longer.v1")
    (begun,) = await listening.mentions()
    assert begun.version_of == mention.key


async def test_delete_also_removes_the_first_sign_of_a_version_in_progress(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    short = await with_a_sign(listening, mention, ts)
    await delete_reply(listening.slack, "ann", ts)
    await listening.until_deleted(short)
    assert listening.own(mention.thread) == []


async def test_a_stopped_version_is_started_again_by_the_next_press(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    choose(listening.slack, "ann", ts, "shorter")
    (first,) = await listening.mentions()
    assert first.version_of == mention.key
    await listening.archive.keep_outcome(first, Notice("Stopped.", ended_by="stop"))
    choose(listening.slack, "ann", ts, "shorter")
    _, second = await listening.mentions(2)
    assert replace(second, key=first.key) == first


async def test_a_version_of_a_reply_that_is_deleted_meanwhile_is_shown_nowhere(
    workspace: Workspace,
) -> None:
    mention, ts = await replied(workspace, briefing())
    short = await made(workspace, mention, ts, SHORT)
    await workspace.archive.delete(short.key)
    await workspace.client.chat_delete(channel=mention.channel, ts=ts)
    await workspace.replies().to(short).done(SHORT)
    assert workspace.own(mention.thread) == []


async def test_a_reply_that_was_sent_directly_is_not_replaced(listening: Workspace) -> None:
    mention = await listening.asked()
    await listening.archive.keep_outcome(mention, briefing())
    listening.slack.fail("chat.postMessage", Fault(error="not_in_channel"))
    await listening.replies().to(mention).done(briefing())
    direct = listening.slack.state.direct_messages(listening.slack.person("ann")).id
    (message,) = listening.slack.state.messages(direct)
    choose(listening.slack, "ann", message.ts, "shorter")
    (begun,) = await listening.mentions()
    assert (begun.remakes, begun.version_of) == (mention.key, None)


async def test_a_deleted_first_version_is_reported(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    short = await made(listening, mention, ts, SHORT)
    await listening.replies().to(short).done(SHORT)
    await listening.archive.delete(mention.key)
    await listening.archive.supersede(short, Notice("", ended_by=mention.key), SHORT)
    choose(listening.slack, "ann", ts, "first")
    (sentence,) = await listening.slack.wait_for(
        lambda: ephemeral_texts(listening, mention.channel)
    )
    assert "Nothing is stored" in sentence
