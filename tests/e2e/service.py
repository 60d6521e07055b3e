"""What the tests of processes of `readout serve` wait for and look at."""

import asyncio
from collections.abc import Callable, Collection

from bot.local import LocalSlack
from tests.e2e.articles import BOTTOM_LINE
from tests.e2e.house import reply_to
from tests.e2e.processes import ROOT, START_SECONDS
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
    """Return once the model's briefing stands in each of these threads."""
    await until(lambda: all(BOTTOM_LINE in reply_to(slack, ts).text for ts in asked))


def replies(slack: LocalSlack, asked: Collection[str]) -> list[int]:
    """How many messages of the bot stand in each of these threads."""
    return [len(reply_to(slack, ts).messages) for ts in asked]
