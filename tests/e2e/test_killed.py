"""After a kill every request is answered once."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.slack import LocalSlack
from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING, WORKS, page
from tests.e2e.processes import ROOT, Deployment, worker
from tests.e2e.readout import SECONDS, Reply, environment, reply_to, settled, unfinished_jobs
from tests.model_server import ModelServer, Says, Silence
from tests.slacks import running_slack
from tests.sources.site import Site

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

GOOD = Says.draft(BRIEFING)
HELD, SLOW = "The clerk writes for hours.", "The clerk writes for seconds."
ASK = "What will Brook pay?"


@dataclass(frozen=True)
class Replies:
    """The replies of three processes, two of which were killed."""

    place: Deployment
    answer: Reply
    unfinished: Reply
    missed: Reply
    taken: Reply
    taken_over_a_sign: Reply
    drained: Reply
    stopped: int


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replies(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[Replies]:
    """The first process is killed between an acknowledgement and the reply, and between a briefing
    and its follow-up; the second after Slack took a post and before that was recorded; the third is
    told to stop."""
    folder = tmp_path_factory.mktemp("killed")
    async with running_slack() as slack, ModelServer(GOOD) as model:
        place, say = Deployment(slack, model, site, folder), slack.say
        url = site.gives("/works", page(WORKS))
        async with place.process():
            briefing = await place.reply(say("Ana", "known", f"@readout {url}"))
            model.play(Silence(), about=HELD)
            unfinished = say("Ana", "unfinished", f"{ASKED}\n{HELD}")
            await slack.wait_for(lambda: place.is_acknowledged(unfinished), SECONDS)
            await place.until_asked(HELD)
            missed = say("Ben", "unheard", ASKED)
        site.answers.clear()
        model.play(GOOD, about=HELD)
        model.play(Says.draft(ANSWER), about=ASK)
        asked = say("Ben", "known", ASK, thread_ts=briefing.to)
        async with place.process():
            answer = await place.reply(asked)
            plain, signed = await place.lose_answers_to_posts(say)
        async with place.process() as process:
            await settled(slack, folder)
            await place.press_buttons_of(briefing)
            model.play(Says(GOOD.text, size=40, pause=0.02), about=SLOW)
            slow = say("Ana", "slow", f"{ASKED}\n{SLOW}")
            await place.until_asked(SLOW)
            process.send_signal(signal.SIGTERM)
            stopped = await asyncio.wait_for(process.wait(), SECONDS)
        yield Replies(
            place,
            answer=answer,
            unfinished=reply_to(slack, unfinished),
            missed=reply_to(slack, missed),
            taken=reply_to(slack, plain),
            taken_over_a_sign=reply_to(slack, signed),
            drained=reply_to(slack, slow),
            stopped=stopped,
        )


async def test_an_acknowledged_request_is_finished_after_a_kill(replies: Replies) -> None:
    assert len(replies.unfinished.messages) == 1
    assert BOTTOM_LINE in replies.unfinished.text


async def test_a_mention_at_the_moment_of_a_kill_is_answered(replies: Replies) -> None:
    assert len(replies.missed.messages) == 1
    assert BOTTOM_LINE in replies.missed.text


async def test_a_follow_up_after_a_kill_is_answered_from_the_stored_sources(
    replies: Replies,
) -> None:
    assert len(replies.answer.messages) == 1
    assert "Brook will pay a third of the cost. A5" in replies.answer.text
    assert [each.path for each in replies.place.site.requests].count("/works") == 1


async def test_a_post_that_slack_took_before_a_kill_is_not_repeated(replies: Replies) -> None:
    assert len(replies.taken.messages) == 1
    assert BOTTOM_LINE in replies.taken.text


async def test_a_replaced_first_sign_is_not_posted_again(replies: Replies) -> None:
    assert len(replies.taken_over_a_sign.messages) == 1
    assert BOTTOM_LINE in replies.taken_over_a_sign.text


async def test_a_process_told_to_stop_finishes_its_work(replies: Replies) -> None:
    assert replies.stopped == 0
    assert len(replies.drained.messages) == 1
    assert BOTTOM_LINE in replies.drained.text


async def test_no_status_and_no_unfinished_job_is_left(replies: Replies) -> None:
    assert replies.place.slack.state.statuses == {}
    assert unfinished_jobs(replies.place.folder) == 0


# A listener shares memory with the worker and ends with it; a killed one is restarted, while the
# work continues.


LISTENING = "is listening"


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def shared_kilobytes(pid: int) -> int:
    """How much of its memory was written to and is shared, in KiB."""
    usage = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(usage.partition("\nShared_Dirty:")[2].split()[0])


@asynccontextmanager
async def serving(slack: LocalSlack, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    settings = environment(slack, folder) | {"PYTHONPATH": str(ROOT)}
    async with worker(slack, settings, folder) as process:
        async with asyncio.timeout(SECONDS):
            while LISTENING not in (folder / "log").read_text("utf-8"):
                await asyncio.sleep(0.02)
        yield process


@pytest.mark.slow
async def test_a_killed_listener_is_restarted_and_answers(tmp_path: Path) -> None:
    async with running_slack() as slack, serving(slack, tmp_path) as process:
        [listener] = children(process.pid)
        os.kill(listener, signal.SIGKILL)
        await slack.wait_for(lambda: not slack.sockets.connections, SECONDS)
        await slack.wait_for(lambda: slack.sockets.connections, SECONDS)
        asked = slack.say("Ana", "desk", ASKED)
        await slack.wait_for(lambda: reply_to(slack, asked).messages, SECONDS)
        assert listener not in children(process.pid)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SECONDS):
            assert await process.wait() == 0


@pytest.mark.slow
async def test_a_listener_shares_the_memory_of_the_worker_and_ends_with_it(tmp_path: Path) -> None:
    async with running_slack() as slack, serving(slack, tmp_path) as process:
        [listener] = children(process.pid)
        assert shared_kilobytes(listener) > 20_000
        process.kill()
        await slack.wait_for(lambda: not slack.sockets.connections, SECONDS)
