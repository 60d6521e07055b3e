"""Two workers on one PostgreSQL: what one leaves when it is killed, the other finishes."""

import asyncio
import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from sandbox.slack import LocalSlack
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.processes import ROOT, worker
from tests.e2e.readout import SECONDS, environment, reply_to
from tests.model_server import ModelServer, Says, Silence
from tests.slacks import running_slack

HELD = "The clerk writes for hours."


@pytest.mark.slow
async def test_what_a_killed_worker_had_begun_is_answered_once_by_the_other(
    postgresql: str, tmp_path: Path
) -> None:
    async with running_slack() as slack, ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Silence(), about=HELD)
        settings = environment(slack, tmp_path) | {
            "PYTHONPATH": str(ROOT),
            "OPENAI_BASE_URL": model.url,
            "OPENAI_MODEL": "fake",
            "READOUT_DATABASE_URL": postgresql,
        }
        async with AsyncExitStack() as stack:
            first = await stack.enter_async_context(worker(slack, settings, tmp_path))
            held = slack.say("Ana", "held", f"{ASKED}\n{HELD}")
            async with asyncio.timeout(SECONDS):
                while HELD not in str(model.requests):
                    await asyncio.sleep(0.02)
            await stack.enter_async_context(worker(slack, settings, tmp_path))
            model.play(Says.draft(BRIEFING), about=HELD)
            first.send_signal(signal.SIGKILL)
            other = slack.say("Ben", "other", ASKED)
            await slack.wait_for(
                lambda: all(_is_briefed(slack, ts) for ts in (held, other)), SECONDS
            )
            await asyncio.sleep(0.5)
            assert [len(reply_to(slack, ts).messages) for ts in (held, other)] == [1, 1]
            assert slack.state.statuses == {}


def _is_briefed(slack: LocalSlack, ts: str) -> bool:
    return BOTTOM_LINE in reply_to(slack, ts).text


@pytest.mark.slow
async def test_what_either_worker_does_is_stopped_whoever_hears_of_it(
    postgresql: str, tmp_path: Path
) -> None:
    async with running_slack() as slack, ModelServer(Silence()) as model:
        settings = environment(slack, tmp_path) | {
            "PYTHONPATH": str(ROOT),
            "OPENAI_BASE_URL": model.url,
            "OPENAI_MODEL": "fake",
            "READOUT_DATABASE_URL": postgresql,
        }
        async with AsyncExitStack() as stack:
            for _ in range(2):
                await stack.enter_async_context(worker(slack, settings, tmp_path))
            asked = [slack.say("Ana", f"c{number}", ASKED) for number in range(6)]
            async with asyncio.timeout(SECONDS):
                while len(model.requests) < len(asked):
                    await asyncio.sleep(0.02)
            for number, ts in enumerate(asked):
                slack.say("Ana", f"c{number}", "stop", thread_ts=ts)
            await slack.wait_for(
                lambda: all("Stopped." in reply_to(slack, ts).text for ts in asked), SECONDS
            )
            assert [len(reply_to(slack, ts).messages) for ts in asked] == [1] * len(asked)
            assert slack.state.statuses == {}
