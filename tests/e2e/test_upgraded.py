"""A newer Readout answers once what an older one accepted and began."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.jobs.engine import VERSION
from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.processes import ROOT, worker
from tests.e2e.readout import SECONDS, environment, reply_to, settled, shown
from tests.model_server import ModelServer, Says, Silence
from tests.slacks import running_slack

ASK = "What will Brook pay?"
HELD = "The clerk writes for hours."


def older_readout(folder: Path) -> Path:
    """A copy of the program whose jobs have another version."""
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    engine = folder / "bot" / "jobs" / "engine.py"
    source = engine.read_text()
    assert f'VERSION = "{VERSION}"' in source
    engine.write_text(source.replace(f'VERSION = "{VERSION}"', 'VERSION = "older"'))
    return folder


def mentions(folder: Path) -> int:
    """How many mentions are stored."""
    with closing(sqlite3.connect(folder / "readout.db")) as database:
        return int(database.execute("select count(*) from mentions").fetchone()[0])


@pytest.mark.slow
async def test_running_and_waiting_jobs_survive_an_upgrade(tmp_path: Path) -> None:
    older = older_readout(tmp_path / "older")
    async with running_slack() as slack, ModelServer(Says.draft(BRIEFING)) as model:
        settings = environment(slack, tmp_path) | {
            "OPENAI_BASE_URL": model.url,
            "OPENAI_MODEL": "fake",
        }
        model.play(Silence(), about=HELD)
        async with worker(slack, {**settings, "PYTHONPATH": str(older)}, tmp_path):
            begun = slack.say("Ana", "desk", f"{ASKED}\n{HELD}")
            async with asyncio.timeout(SECONDS):
                while HELD not in str(model.requests):
                    await asyncio.sleep(0.02)
            slack.say("Ben", "desk", f"@readout {ASK}", thread_ts=begun)
            async with asyncio.timeout(SECONDS):
                while mentions(tmp_path) < 2:
                    await asyncio.sleep(0.02)
        model.play(Says.draft(BRIEFING), about=HELD)
        model.play(Says.draft(ANSWER), about=ASK)
        async with worker(slack, {**settings, "PYTHONPATH": str(ROOT)}, tmp_path):
            await settled(slack, tmp_path)
            briefing, answer = [shown(each) for each in reply_to(slack, begun).messages]
            assert BOTTOM_LINE in briefing
            assert "Brook will pay a third of the cost. A5" in answer
            assert slack.state.statuses == {}
