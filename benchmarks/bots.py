"""Starts the bots that are measured, each in a process of its own, with a Slack on localhost."""

import asyncio
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.slack import LocalSlack

ROOT = Path(__file__).parents[1]
_SECONDS_TO_START = 90.0
_SECONDS_TO_STOP = 60.0
_COMPLAINTS = ("WARNING", "ERROR", "Error", '"level": "warning"', '"level": "error"')
READOUT_COMMAND = (sys.executable, "-c", "from bot.__main__ import main; main()")
_NOT_OURS = ("READOUT_", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Bot:
    """A program and its settings apart from those for Slack."""

    name: str
    command: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RunningBot:
    """A bot that connected ``seconds`` after its start, and its ``log``."""

    pid: int
    log: Path
    seconds: float

    def cpu_seconds(self) -> float:
        """The processor time that it and its child processes have used; 0 if the system doesn't
        say."""
        return sum(_cpu_seconds(pid) for pid in _process_tree(self.pid))

    def memory(self) -> float:
        """The resident memory of the same processes in MB, with shared memory counted for each; 0
        if the system doesn't say."""
        return sum(_resident(pid) for pid in _process_tree(self.pid)) / 1e6

    def share_of_memory(self) -> float:
        """The same with shared memory divided among the processes that share it."""
        return sum(_proportional(pid) for pid in _process_tree(self.pid)) / 1e6

    def complaints(self) -> list[str]:
        """The warnings and errors in its log."""
        return complaints(self.log)


def complaints(log: Path) -> list[str]:
    """The lines with warnings and errors in a log."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if any(word in line for word in _COMPLAINTS)]


def _process_tree(pid: int) -> list[int]:
    """The ids of a process and all its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        children = []
    return [pid, *(each for child in children for each in _process_tree(int(child)))]


def _cpu_seconds(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    fields = stat.rsplit(") ")[-1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _proportional(pid: int) -> int:
    try:
        smaps = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(smaps.partition("\nPss:")[2].split()[0]) * 1024


FLOOR = Bot("floor", (sys.executable, "-m", "benchmarks.floor"))


def readout(model_url: str | None) -> Bot:
    """`readout serve` with the model at ``model_url``, or without one."""
    settings = {"READOUT_ENGINE": "extractive"}
    if model_url:
        settings = {
            "READOUT_ENGINE": "openai",
            "OPENAI_BASE_URL": model_url,
            "OPENAI_API_KEY": "none",
            "OPENAI_MODEL": "fake",
        }
    return Bot("readout", (*READOUT_COMMAND, "serve"), settings)


@asynccontextmanager
async def running(
    bot: Bot, slack: LocalSlack, folder: Path | None = None
) -> AsyncIterator[RunningBot]:
    """The bot, connected to ``slack``, until the block ends. Its database is in ``folder``; by
    default, it starts with an empty one.

    Raises:
        RuntimeError: it did not connect; the message has its log.
    """
    with ExitStack() as stack:
        if folder is None:
            temporary = tempfile.TemporaryDirectory(prefix="readout-benchmark-")
            folder = Path(stack.enter_context(temporary))
        log, before, begun = folder / "log.txt", slack.sockets.connections, time.monotonic()
        with log.open("w", encoding="utf-8") as output:
            process = await asyncio.create_subprocess_exec(
                *bot.command,
                cwd=folder,  # so that no .env of a developer is read
                env=environment(_settings(bot, slack, folder)),
                stdout=output,
                stderr=output,
            )
        try:
            await _wait_until_connected(process, slack, before, log)
            seconds = time.monotonic() - begun
            await asyncio.sleep(1)  # it may still be busy after it connected
            yield RunningBot(process.pid, log, seconds)
        finally:
            await _stop(process)


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The environment of a Readout with these ``settings`` and none of a developer's; bytecode is
    cached as usual."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    return {**ours, "PYTHONPATH": str(ROOT), **settings}


def slack_settings(slack: LocalSlack) -> dict[str, str]:
    """The settings with which a bot connects to ``slack``."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_BASE_URL": slack.api_url,
    }


def _settings(bot: Bot, slack: LocalSlack, folder: Path) -> dict[str, str]:
    database = {"READOUT_DATABASE_URL": f"sqlite:///{folder / 'readout.db'}"}
    return slack_settings(slack) | database | bot.settings


async def _wait_until_connected(
    process: asyncio.subprocess.Process, slack: LocalSlack, before: int, log: Path
) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS_TO_START):
            while slack.sockets.connections <= before and process.returncode is None:
                await asyncio.sleep(0.02)
    if slack.sockets.connections <= before:
        output = log.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the bot did not connect ({process.returncode}): {output}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_SECONDS_TO_STOP):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
