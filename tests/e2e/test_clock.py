"""The clock is set forward or back by days during work."""

from pathlib import Path

import pytest

from tests.e2e.articles import ASKED, BRIEFING
from tests.e2e.processes import (
    CLOCK,
    DAY,
    ROOT,
    replies,
    until,
    until_asked,
    until_briefed,
    with_model,
    worker,
)
from tests.e2e.readout import environment
from tests.model_server import ModelServer, Says
from tests.slacks import running_slack

SLOW = "The clerk writes for seconds."


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [20 * DAY, -20 * DAY], ids=["forward", "back"])
async def test_a_clock_jump_loses_and_duplicates_nothing(tmp_path: Path, seconds: int) -> None:
    clock = tmp_path / "seconds"
    (tmp_path / "sitecustomize.py").write_text(CLOCK.format(file=str(clock)))
    async with running_slack() as slack, ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Says(BRIEFING.model_dump_json(), size=40, pause=0.02), about=SLOW)
        settings = environment(slack, tmp_path) | with_model(model)
        settings |= {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
        async with worker(slack, settings, tmp_path):
            asked = [slack.say("Ana", "before", ASKED)]
            await until_briefed(slack, asked)
            asked.append(slack.say("Ana", "begun", f"{ASKED}\n{SLOW}"))
            await until_asked(model, SLOW)
            clock.write_text(str(seconds))
            asked += [slack.say("Ben", f"after {number}", ASKED) for number in range(2)]
            await until_briefed(slack, asked)
            asked.append(slack.say("Cleo", "much later", ASKED))
            slack.deliver_again(asked[0])
            await until_briefed(slack, asked)
        await until(lambda: not slack.sockets.connections)
        async with worker(slack, settings, tmp_path):
            asked.append(slack.say("Ana", "after a restart", ASKED))
            await until_briefed(slack, asked)
        assert replies(slack, asked) == [1] * 6
        assert slack.state.statuses == {}
