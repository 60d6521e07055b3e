"""`readout play`: a simulated Slack in the browser with Readout in it.

Only Slack is simulated: `readout serve` runs in a process of its own, with a database that outlives
it, so that it can be restarted while people use it.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.briefing.lines import EXTRACTIVE
from bot.operations.settings import Settings
from bot.service.errors import ReadoutError, UsageError
from bot.slack.manifest import manifest
from sandbox.news import BEGIN, FEEDS, PROMISING, news_response, published_articles
from sandbox.recorded import (
    ANSWERED,
    NOT_ANSWERED,
    RecordedModel,
    model_settings,
    recorded_answers,
    sample_article,
)
from sandbox.slack import InstalledApp, LocalSlack, Rules
from sandbox.slack.page import is_built

PEOPLE = ("Ana", "Ben")
CHANNELS = ("foreign-desk", "city-desk")
CHANNEL_WITHOUT_BOT = "newsroom"
"""A channel that Readout isn't in until somebody adds it."""

_SERVE = (sys.executable, "-P", "-c", "from sandbox.clock import main; main()")
_SECONDS_TO_START = 180.0
_PATIENCE = 15.0  # longer than Slack's three seconds, since the machine may be busy
_NOT_BUILT = (
    "The page has not been built. Install Node 20 or newer with npm, and run make page in a "
    "checkout of Readout."
)
_TAKEN = "Port {port} is already in use. Choose another with --port."
_NO_MODEL_SET = "To use your own model, set OPENAI_MODEL and OPENAI_API_KEY or OPENAI_BASE_URL."
_NO_START = "Readout did not start. See its output above."


@dataclass(frozen=True)
class Mode:
    """An engine for Readout. ``environment`` has the variables that select it; ``refused`` says why
    it can't be chosen, and is empty if it can."""

    name: str
    label: str
    description: str
    environment: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""


class ServeProcess:
    """`readout serve` as a process that can be restarted."""

    def __init__(self, modes: Sequence[Mode]) -> None:
        self._modes = {mode.name: mode for mode in modes}
        self._environment: dict[str, str] = {}
        self._slack: LocalSlack | None = None
        self._process: Process | None = None
        self._posted_until = 0.0
        self._lock = asyncio.Lock()

    async def start(self, slack: LocalSlack, environment: Mapping[str, str], mode: str) -> None:
        """Start it with that ``environment``; when this returns, it is connected to ``slack``.

        Raises:
            ReadoutError: it ended, or didn't connect in time.
        """
        self._environment = {**os.environ, **environment}
        self._slack = slack
        if not await self._launch(slack, mode):
            raise ReadoutError(_NO_START)

    async def restart(self, mode: str) -> bool:
        """Stop it as an operator would, and start it in ``mode`` with the same database and the
        clock of its Slack; returns whether it is connected."""
        async with self._lock:
            await self.stop()
            return self._slack is not None and await self._launch(self._slack, mode)

    async def stop(self) -> None:
        process = self._process
        if process is not None and process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()

    async def _launch(self, slack: LocalSlack, mode: str) -> bool:
        environment = {**self._environment, **self._modes[mode].environment}
        ahead = str(slack.state.ahead)
        self._process = process = await asyncio.create_subprocess_exec(
            *_SERVE, ahead, env=environment
        )
        waiting = [
            asyncio.create_task(_wait_until_connected(slack)),
            asyncio.create_task(process.wait()),
        ]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()
        is_listening = slack.sockets.connections > 0
        if is_listening:
            self._post_new_articles(slack)
        return is_listening

    def _post_new_articles(self, slack: LocalSlack) -> None:
        """Have somebody post the articles published since the last start."""
        now = slack.state.now()
        for article in published_articles(now, self._posted_until):
            slack.say(PEOPLE[1], CHANNELS[0], article.text)
        self._posted_until = now


@asynccontextmanager
async def running_playground(port: int, settings: Settings) -> AsyncIterator[LocalSlack]:
    """A simulated Slack with a page for the browser and Readout in it, until the block ends; port 0
    takes any free one. Readout starts with the engine in ``settings``, or with the recorded model
    if none is set.

    Raises:
        ReadoutError: the page isn't built, the port is taken, or Readout didn't start.
    """
    if not is_built():
        raise UsageError(_NOT_BUILT)
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(RecordedModel(recorded_answers()))
        modes, first = _modes(settings, model.url), first_mode(settings)
        serving = ServeProcess(modes)
        installed = _installed_app(modes, first, serving)
        rules = Rules(ack_seconds=_PATIENCE, trigger_seconds=_PATIENCE)
        try:
            slack = await stack.enter_async_context(LocalSlack.running(rules, port, installed))
        except OSError as error:
            raise UsageError(_TAKEN.format(port=port)) from error
        _add_people_and_channels(slack)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="readout-play-"))
        stack.push_async_callback(serving.stop)
        await serving.start(slack, _environment(slack, Path(folder), settings), first)
        yield slack


async def run_playground(port: int, settings: Settings, on_start: Callable[[str], None]) -> None:
    """Serve the page until SIGTERM or an interrupt; ``on_start`` gets its address.

    Raises:
        ReadoutError: as `running_playground`.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with running_playground(port, settings) as slack:
        on_start(slack.url)
        await stopped.wait()


def _modes(settings: Settings, recorded_url: str) -> list[Mode]:
    model = settings.openai_model
    return [
        Mode(
            EXTRACTIVE,
            "No model",
            "Quotes the source.",
            {"READOUT_ENGINE": EXTRACTIVE},
        ),
        Mode(
            "recorded",
            "Recorded model",
            "Plays back answers about the sample article and “Hallin line to reopen a month late”: "
            "it knows nothing else.",
            model_settings(recorded_url),
        ),
        Mode(
            "configured",
            model or "Your model",
            "The model in your settings.",
            {"READOUT_ENGINE": settings.api},
            "" if _is_configured(settings) else _NO_MODEL_SET,
        ),
    ]


def first_mode(settings: Settings) -> str:
    """The name of the `Mode` that Readout starts in."""
    if settings.engine == EXTRACTIVE:
        return EXTRACTIVE
    return "configured" if _is_configured(settings) else "recorded"


def _is_configured(settings: Settings) -> bool:
    has_endpoint = settings.openai_api_key is not None or settings.openai_base_url is not None
    return has_endpoint and settings.openai_model is not None


async def _wait_until_connected(slack: LocalSlack) -> None:
    with suppress(TimeoutError):
        await slack.wait_for(lambda: slack.sockets.connections, _SECONDS_TO_START)


def _add_people_and_channels(slack: LocalSlack) -> None:
    """Add people and channels, and set the clock to the first day of the story."""
    slack.state.ahead = BEGIN - time.time()
    people = [slack.person(name) for name in PEOPLE]
    people[0].is_admin = True
    for name in (*CHANNELS, CHANNEL_WITHOUT_BOT):
        channel = slack.channel(name, has_bot=name != CHANNEL_WITHOUT_BOT, creator=PEOPLE[1])
        channel.members |= {person.id for person in people}


def _installed_app(modes: Sequence[Mode], first: str, serving: ServeProcess) -> InstalledApp:
    features: Any = manifest()["features"]
    return InstalledApp(
        commands=features["slash_commands"],
        shortcuts=features["shortcuts"],
        prompts=features["agent_view"]["suggested_prompts"],
        about={
            "sample": sample_article(),
            "questions": [ANSWERED, NOT_ANSWERED],
            "feeds": [f"news/{name}" for name in FEEDS],
            "page": f"news/{PROMISING}",
        },
        modes=[
            {
                "name": mode.name,
                "label": mode.label,
                "told": mode.description,  # by this name the page knows it
                "refused": mode.refused,
            }
            for mode in modes
        ],
        mode=first,
        restart=serving.restart,
        news=news_response,
    )


def slack_settings(slack: LocalSlack, folder: Path) -> dict[str, str]:
    """The environment variables of a Readout that works in ``slack``, with its database in
    ``folder``."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_BASE_URL": slack.api_url,
        "READOUT_SLACK_MODE": "socket",
        "READOUT_DATABASE_URL": f"sqlite:///{folder / 'readout.db'}",
    }


def _environment(slack: LocalSlack, folder: Path, settings: Settings) -> dict[str, str]:
    return {
        **slack_settings(slack, folder),
        "READOUT_FETCH_ALLOW": ",".join((urlsplit(slack.url).netloc, *settings.fetch_allow)),
        "READOUT_LOG_LEVEL": "warning",
    }
