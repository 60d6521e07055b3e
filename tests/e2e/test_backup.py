"""A Readout started on a backup answers the requests open in it, each once."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.slack import Fault
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.processes import START_SECONDS, until, until_briefed, with_model, worker
from tests.e2e.readout import environment, reply_to, settled, shown
from tests.model_server import ModelServer, Says, Silence
from tests.slacks import running_slack

BACKUP = (sys.executable, "-c", "from bot.__main__ import main; main()", "backup")
STATUS = "assistant.threads.setStatus"
LATER, NEVER = "The clerk writes for seconds.", "The clerk writes for hours."
GOOD = Says.draft(BRIEFING)
SLOW = Says(GOOD.text, size=60, pause=0.6)


async def back_up(settings: dict[str, str], folder: Path) -> None:
    """Run `readout backup`."""
    process = await asyncio.create_subprocess_exec(
        *BACKUP, folder, env=settings, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await asyncio.wait_for(process.communicate(), START_SECONDS)
    assert process.returncode == 0
    files = [folder / "readout.db", folder / "readout.jobs.sqlite"]
    assert printed.decode().split() == [str(file) for file in files]


def messages_of(table: str, folder: Path) -> set[str]:
    """The timestamps of the mentions with a row in that table."""
    with closing(sqlite3.connect(folder / "readout.db")) as database:
        return {key.rpartition(":")[2] for (key,) in database.execute(f"select key from {table}")}


@pytest.mark.slow
async def test_requests_in_a_restored_backup_are_answered_once(
    tmp_path: Path,
) -> None:
    running, copy = tmp_path / "running", tmp_path / "copy"
    running.mkdir()
    async with running_slack() as slack, ModelServer(GOOD) as model:
        common = with_model(model)
        model.play(SLOW, about=LATER)
        model.play(Silence(300), about=NEVER)
        async with worker(slack, environment(slack, running) | common, running):
            before = [slack.say("Ana", f"before{n}", ASKED) for n in range(3)]
            await until_briefed(slack, before)
            # If no status can be set, the first sign is a message.
            slack.fail(STATUS, Fault(error="missing_scope"), times=99)
            later = [slack.say("Ana", "later sign", f"{ASKED}\n{LATER}")]
            never = [slack.say("Ana", "never sign", f"{ASKED}\n{NEVER}")]
            signed = [*later, *never]
            await slack.wait_for(lambda: all(reply_to(slack, ts).messages for ts in signed))
            slack.faults.clear()
            later += [slack.say("Ana", f"later{n}", f"{ASKED}\n{LATER}") for n in range(3)]
            never += [slack.say("Ana", f"never{n}", f"{ASKED}\n{NEVER}") for n in range(3)]
            asked = {*before, *later, *never}
            await until(lambda: messages_of("mentions", running) == asked)
            await back_up(environment(slack, running) | common, copy)
            await until_briefed(slack, later)
        assert messages_of("mentions", copy) == asked
        # On a busy machine the slow ones may finish before the backup does.
        assert messages_of("outcomes", copy) <= {*before, *later}
        for words in (LATER, NEVER):
            model.play(GOOD, about=words)
        async with worker(slack, environment(slack, copy) | common, copy):
            await settled(slack, copy)
        for ts in (*before, *later, *never):
            (briefing,) = reply_to(slack, ts).messages
            assert BOTTOM_LINE in shown(briefing)
        assert slack.state.statuses == {}
