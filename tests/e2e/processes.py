"""`readout serve` as a process of its own, which can be stopped and killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.slack import LocalSlack

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0
"""The longest that a start may take: a limit against hanging, on a machine that does much else."""
SERVE = (sys.executable, "-c", "from bot.cli.main import main; main()", "serve")


@asynccontextmanager
async def worker(
    slack: LocalSlack, settings: dict[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """One more `readout serve`, connected to ``slack``."""
    before = slack.sockets.ever_opened
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *SERVE, cwd=folder, env={**os.environ, **settings}, stdout=log, stderr=log
        )
    try:
        await slack.wait_for(lambda: slack.sockets.ever_opened > before, START_SECONDS)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()
