"""What the tests of processes of `readout serve` wait for and look at."""

import asyncio
from collections.abc import Callable, Collection

from sandbox.slack import LocalSlack
from sandbox.slack.state import Message
from tests.e2e.articles import BOTTOM_LINE
from tests.e2e.processes import ROOT, START_SECONDS
from tests.e2e.readout import reply_to, shown
from tests.model_server import ModelServer


def with_model(model: ModelServer) -> dict[str, str]:
    """The settings of a bot for which that model writes."""
    return {"PYTHONPATH": str(ROOT), "OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "fake"}


async def until_asked(model: ModelServer, words: str) -> None:
    """Return once the model is asked about a source that holds ``words``."""
    await until(lambda: words in str(model.requests))


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(START_SECONDS):
        while not is_so():
            await asyncio.sleep(0.02)


async def until_briefed(slack: LocalSlack, asked: Collection[str]) -> None:
    """Return once the model's briefing stands in each of these threads, whole."""
    await until(lambda: all(_is_briefed(slack, ts) for ts in asked))


def replies(slack: LocalSlack, asked: Collection[str]) -> list[int]:
    """How many messages of the bot stand in each of these threads; one that still grows is none."""
    return [len(_whole(slack, ts)) for ts in asked]


def _is_briefed(slack: LocalSlack, ts: str) -> bool:
    return any(BOTTOM_LINE in shown(message) for message in _whole(slack, ts))


def _whole(slack: LocalSlack, ts: str) -> list[Message]:
    said = reply_to(slack, ts).messages
    return [each for each in said if each.stream is None or each.stream.state != "open"]
