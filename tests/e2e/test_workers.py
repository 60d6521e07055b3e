"""Two workers on one PostgreSQL."""

import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.e2e.articles import ASKED, BRIEFING
from tests.e2e.processes import replies, until, until_asked, until_briefed, with_model, worker
from tests.e2e.readout import SECONDS, environment, reply_to
from tests.model_server import ModelServer, Says, Silence
from tests.slacks import running_slack

HELD = "The clerk writes for hours."


@pytest.mark.slow
async def test_work_of_a_killed_worker_is_finished_once_by_the_other(
    postgresql: str, tmp_path: Path
) -> None:
    async with running_slack() as slack, ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Silence(), about=HELD)
        settings = environment(slack, tmp_path) | with_model(model)
        settings["READOUT_DATABASE_URL"] = postgresql
        async with AsyncExitStack() as stack:
            first = await stack.enter_async_context(worker(slack, settings, tmp_path))
            held = slack.say("Ana", "held", f"{ASKED}\n{HELD}")
            await until_asked(model, HELD)
            await stack.enter_async_context(worker(slack, settings, tmp_path))
            model.play(Says.draft(BRIEFING), about=HELD)
            first.send_signal(signal.SIGKILL)
            other = slack.say("Ben", "other", ASKED)
            await until_briefed(slack, (held, other))
            # A first sign that is a message is deleted after the stream has ended.
            await until(lambda: replies(slack, (held, other)) == [1, 1])
            assert slack.state.statuses == {}


@pytest.mark.slow
async def test_a_stop_works_whichever_worker_receives_it(postgresql: str, tmp_path: Path) -> None:
    async with running_slack() as slack, ModelServer(Silence()) as model:
        settings = environment(slack, tmp_path) | with_model(model)
        settings["READOUT_DATABASE_URL"] = postgresql
        async with AsyncExitStack() as stack:
            for _ in range(2):
                await stack.enter_async_context(worker(slack, settings, tmp_path))
            asked = [slack.say("Ana", f"c{number}", ASKED) for number in range(6)]
            await until(lambda: len(model.requests) >= len(asked))
            for number, ts in enumerate(asked):
                slack.say("Ana", f"c{number}", "stop", thread_ts=ts)
            await slack.wait_for(
                lambda: all("Stopped." in reply_to(slack, ts).text for ts in asked), SECONDS
            )
            assert [len(reply_to(slack, ts).messages) for ts in asked] == [1] * len(asked)
            assert slack.state.statuses == {}
