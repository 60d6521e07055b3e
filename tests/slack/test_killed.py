"""Whenever a process is killed while it replies, its successor leaves exactly one whole reply."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Literal, TypeVar

import pytest
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.briefing.documents import Document
from bot.briefing.errata import erratum_by_person
from bot.briefing.lines import Briefing
from bot.service.ports import Intended, Mention, Posting, StreamPlaces
from bot.slack.actions import delete_reply
from bot.slack.blocks import messages
from bot.slack.client import RateLimitedClient
from bot.slack.reply import SlackReplies
from sandbox.slack import Fault
from tests.fakes import MemoryArchive, corrections
from tests.slack.examples import briefing, document, line
from tests.slack.workspace import (
    AT_ONCE,
    NO_STATUS,
    Unlimited,
    Workspace,
    asked,
    message_with,
    one_whole_message,
    shown,
)

pytestmark = pytest.mark.slow

START = "chat.startStream"
SOURCE = document()
Result = TypeVar("Result")
When = Literal["before", "after"]


class KilledError(BaseException):
    """The process is no more."""


@dataclass
class Process:
    """A process that is killed at a step, ``when`` that is about to be done or was; 0: never."""

    at: int
    when: When
    steps: int = 0

    @property
    def is_over(self) -> bool:
        return 0 < self.at <= self.steps

    async def step(self, work: Coroutine[Any, Any, Result]) -> Result:
        if self.is_over:
            work.close()
            raise KilledError
        self.steps += 1
        if self.steps == self.at and self.when == "before":
            work.close()
            raise KilledError
        result = await work
        if self.is_over:
            raise KilledError
        return result


class KillableClient(RateLimitedClient):
    """Each call is a step of its process."""

    def __init__(self, workspace: Workspace, process: Process) -> None:
        client = workspace.client
        super().__init__(
            Unlimited(), token=client.token, base_url=client.base_url, session=client.session
        )
        self._process = process

    async def api_call(self, api_method: str, **request: Any) -> AsyncSlackResponse:
        return await self._process.step(super().api_call(api_method, **request))


@dataclass
class KillablePostings:
    """Each look at what was posted, and each change of it, is a step of its process."""

    archive: MemoryArchive
    process: Process

    async def intend(self, mention: Mention, part: int, channel: str) -> Intended:
        return await self.process.step(self.archive.intend(mention, part, channel))

    async def intend_stream(self, mention: Mention, places: StreamPlaces) -> bool:
        return await self.process.step(self.archive.intend_stream(mention, places))

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        return await self.process.step(self.archive.posted(mention, part, ts))

    async def of(self, key: str) -> tuple[Posting, ...]:
        return await self.process.step(self.archive.of(key))

    async def take_over(self, mention: Mention) -> bool:
        return await self.process.step(self.archive.take_over(mention))


async def replied(workspace: Workspace, mention: Mention, process: Process) -> None:
    """One process replies, after a first sign and with a stream, until it is killed."""
    postings = KillablePostings(workspace.archive, process)
    reply = SlackReplies(KillableClient(workspace, process), postings, pace=AT_ONCE).to(mention)
    with suppress(KilledError):
        await reply.progress("reading the source")
        await reply.begins((SOURCE,), "en")
        await reply.line(line("Point 0 stands.", SOURCE), "key_points")
        async with asyncio.timeout(60):
            while not (process.is_over or message_with(workspace, mention, "Point 0 stands.")):
                await asyncio.sleep(0.01)
        await reply.done(briefing())


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("is_start_answered", [True, False])
async def test_a_kill_anywhere_leaves_one_whole_reply(
    workspace: Workspace, is_start_answered: bool, when: When
) -> None:
    workspace.slack.fail("assistant.threads.setStatus", NO_STATUS, times=999)
    if not is_start_answered:
        workspace.slack.fail(START, Fault(lost_reply=True), times=999)
    for at in count(1):
        mention = await asked(workspace, f"c{at}")
        process = Process(at, when)
        await replied(workspace, mention, process)
        if not process.is_over:
            break
        survivor = SlackReplies(KillableClient(workspace, Process(0, when)), workspace.archive).to(
            mention
        )
        for _ in range(2):
            await survivor.done(briefing())
        await one_whole_message(workspace, mention)
    assert at > 10


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_kill_anywhere_leaves_no_status(workspace: Workspace, when: When) -> None:
    for at in count(1):
        mention = await asked(workspace, f"s{at}")
        process = Process(at, when)
        postings = KillablePostings(workspace.archive, process)
        reply = SlackReplies(KillableClient(workspace, process), postings).to(mention)
        with suppress(KilledError):
            await reply.offer_stop("Writing…")
            await reply.progress("checking")  # beside the first sign, which becomes the reply
            await reply.done(briefing())
        if not process.is_over:
            break
        await workspace.replies().to(mention).done(briefing())
        assert workspace.slack.status(mention.thread) is None
    assert at > 10


LONG = briefing(SOURCE, key_points=tuple(line(f"{n} " + "x" * 300, SOURCE) for n in range(36)))


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("first", "second"),
    [pytest.param(LONG, briefing(), id="fewer"), pytest.param(briefing(), LONG, id="more")],
)
async def test_a_kill_anywhere_leaves_the_version_that_was_asked_for(
    workspace: Workspace, first: Briefing, second: Briefing, when: When
) -> None:
    for at in count(1):
        mention = await asked(workspace, f"v{at}")
        await workspace.archive.record(mention)
        await workspace.replies().to(mention).done(first)
        other = replace(mention, key=f"{mention.key}:long:1.1", version_of=mention.key)
        await workspace.archive.record(other)
        await workspace.archive.keep_outcome(other, second)
        process = Process(at, when)
        postings = KillablePostings(workspace.archive, process)
        with suppress(KilledError):
            await SlackReplies(KillableClient(workspace, process), postings).to(other).done(second)
        if not process.is_over:
            break
        for _ in range(2):
            await workspace.replies().to(other).done(second)
        shown = messages(second, other)
        assert [each.text for each in workspace.own(mention.thread)] == [
            each.text for each in shown
        ]
    assert at > 5


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_kill_anywhere_leaves_one_correction_in_every_thread(
    workspace: Workspace, when: When
) -> None:
    line_ = briefing().bottom_line
    assert line_ is not None
    archive = workspace.archive
    for at in count(1):
        source = document(key=f"https://example.org/{at}")
        first = await shown_as(workspace, await asked(workspace, f"e{at}"), source)
        elsewhere = await asked(workspace, f"f{at}")
        await archive.delete(elsewhere.key)
        copy = replace(elsewhere, key=f"{first.key}:share:V1")
        await archive.record(copy)
        await shown_as(workspace, copy, source)
        erratum, process = erratum_by_person("Ana", line_, source), Process(at, when)
        with suppress(KilledError):
            postings = KillablePostings(archive, process)
            killable = SlackReplies(KillableClient(workspace, process), postings)
            await corrections(archive, killable).post_erratum(first, erratum)
        for _ in range(2):
            await corrections(archive, workspace.replies()).post_erratum(first, erratum)
        for each in (first, copy):
            reply, below = workspace.own(each.thread)
            assert "see this thread" in shown([reply])
            assert "Ana marked this line as wrong" in below.text
        if not process.is_over:
            break
    assert at > 10

    await delete_reply(
        first, (first.channel, reply_ts(workspace, first)), workspace.intake, workspace.client
    )
    assert workspace.own(first.thread) == []


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_kill_anywhere_leaves_a_deletion_to_a_job(workspace: Workspace, when: When) -> None:
    archive = workspace.archive
    for at in count(1):
        mention = await asked(workspace, f"d{at}")
        await archive.record(mention)
        await archive.keep_outcome(mention, LONG)
        await workspace.replies().to(mention).done(LONG)
        here, process = (mention.channel, reply_ts(workspace, mention)), Process(at, when)
        with suppress(KilledError):
            client = KillableClient(workspace, process)
            await delete_reply(mention, here, workspace.intake, client)
        is_gone = workspace.own(mention.thread) == [] and not await archive.mention(mention.key)
        withdrawals = [each for each in await archive.unanswered() if each.about == mention.key]
        if not process.is_over:
            assert is_gone
            assert withdrawals == []
            break
        assert withdrawals == [mention.withdrawal]
    assert at > 2


def reply_ts(workspace: Workspace, mention: Mention) -> str:
    return workspace.own(mention.thread)[0].ts


async def shown_as(workspace: Workspace, mention: Mention, source: Document) -> Mention:
    """The mention, with a briefing of ``source`` in its thread."""
    await workspace.archive.keep_outcome(mention, briefing(source))
    await workspace.replies().to(mention).done(briefing(source))
    return mention
