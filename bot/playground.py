"""A Slack in the browser to try Readout in, for as long as somebody wants to.

Slack is simulated, the rest is what an operator runs: `readout serve`, in a process of its own,
with a database that outlives it. So it can be stopped and started anew while people look on.
"""

import asyncio
import os
import signal
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.errors import ReadoutError, UsageError
from bot.local import LocalSlack, Rules, Tried
from bot.local.page import is_built
from bot.manifest import manifest

PEOPLE = ("Ana", "Ben")
CHANNELS = ("foreign-desk", "city-desk")
WITHOUT_US = "newsroom"
"""A channel that Readout is not in until somebody adds it."""

_SERVE = (sys.executable, "-P", "-c", "from bot.cli import main; main()", "serve")
_SECONDS_TO_START = 180.0
_PATIENCE = 15.0
_NOT_BUILT = (
    "The page has not been built. Install Node 20 or newer with npm, and run make page in a "
    "checkout of Readout."
)
_TAKEN = "Port {port} is already in use. Choose another with --port."
_NO_START = "Readout did not start. See its output above."


class Serving:
    """`readout serve` as a process that can be stopped and started anew."""

    def __init__(self) -> None:
        self._environment: dict[str, str] = {}
        self._slack: LocalSlack | None = None
        self._process: Process | None = None
        self._turn = asyncio.Lock()

    async def start(self, slack: LocalSlack, folder: Path) -> None:
        """Start it with a database in ``folder``; it listens to ``slack`` when this returns.

        Raises:
            ReadoutError: it ended, or did not come so far.
        """
        self._environment = {**os.environ, **_environment(slack, folder)}
        self._slack = slack
        if not await self._started(slack):
            raise ReadoutError(_NO_START)

    async def restart(self) -> bool:
        """Stop it as an operator would, start it with the same database; whether it listens."""
        async with self._turn:
            await self.stop()
            return self._slack is not None and await self._started(self._slack)

    async def stop(self) -> None:
        """Have it end its work as far as it may take its time, and end."""
        process = self._process
        if process is not None and process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()

    async def _started(self, slack: LocalSlack) -> bool:
        process = await asyncio.create_subprocess_exec(*_SERVE, env=self._environment)
        self._process = process
        waiting = [
            asyncio.create_task(_connected(slack)),
            asyncio.create_task(process.wait()),
        ]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()
        return slack.sockets.connections > 0


@asynccontextmanager
async def playing(port: int, about: Mapping[str, str]) -> AsyncIterator[LocalSlack]:
    """A Slack on this machine with a page for the browser, and Readout in it, until the block
    ends; port 0 takes any free one. ``about`` is shown on the page.

    Raises:
        ReadoutError: there is no page, the port is taken, or Readout did not start.
    """
    if not is_built():
        raise UsageError(_NOT_BUILT)
    serving = Serving()
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(_slack(port, _tried(about, serving)))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="readout-play-"))
        stack.push_async_callback(serving.stop)
        await serving.start(slack, Path(folder))
        yield slack


async def play(port: int, about: Mapping[str, str], opened: Callable[[str], None]) -> None:
    """Serve the page until SIGTERM or an interrupt; ``opened`` is told its address.

    Raises:
        ReadoutError: as `playing`.
    """
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    async with playing(port, about) as slack:
        opened(slack.url)
        await told.wait()


@asynccontextmanager
async def _slack(port: int, tried: Tried) -> AsyncIterator[LocalSlack]:
    async with AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(LocalSlack.running(_rules(), port, tried))
        except OSError as error:
            raise UsageError(_TAKEN.format(port=port)) from error
        _furnish(slack)
        yield slack


async def _connected(slack: LocalSlack) -> None:
    with suppress(TimeoutError):
        await slack.wait_for(lambda: slack.sockets.connections, _SECONDS_TO_START)


def _rules() -> Rules:
    """A Slack in which the app was installed from our manifest.

    It waits longer than Slack's three seconds: a machine that people try things on may be busy.
    """
    shown: Any = manifest()
    return Rules(
        ack_seconds=_PATIENCE,
        trigger_seconds=_PATIENCE,
        scopes=frozenset(shown["oauth_config"]["scopes"]["bot"]),
        subscriptions=frozenset(shown["settings"]["event_subscriptions"]["bot_events"]),
    )


def _furnish(slack: LocalSlack) -> None:
    """People, channels, and an article that somebody has posted."""
    people = [slack.person(name) for name in PEOPLE]
    people[0].is_admin = True
    for name in (*CHANNELS, WITHOUT_US):
        channel = slack.channel(name, has_bot=name != WITHOUT_US, creator=PEOPLE[1])
        channel.members |= {person.id for person in people}
    slack.say("Ben", CHANNELS[0], sample())


def sample() -> str:
    """The article that the demo has."""
    return files("bot").joinpath("samples", "demo-article.txt").read_text("utf-8").strip()


def _tried(about: Mapping[str, str], serving: Serving) -> Tried:
    features: Any = manifest()["features"]
    return Tried(
        commands=features["slash_commands"],
        shortcuts=features["shortcuts"],
        prompts=features["agent_view"]["suggested_prompts"],
        about={**about, "sample": sample()},
        restart=serving.restart,
    )


def _environment(slack: LocalSlack, folder: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_BASE_URL": slack.api_url,
        "READOUT_SLACK_MODE": "socket",
        "READOUT_DATABASE_URL": f"sqlite:///{folder / 'readout.db'}",
        "READOUT_LOG_LEVEL": "warning",
    }
