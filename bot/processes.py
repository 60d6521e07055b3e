"""What do the process that works and the one that listens have in common?"""

import asyncio
import faulthandler
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from bot.settings import Settings
from bot.slack.client import Connection

SWITCH_SECONDS = 0.0005
"""How long a thread keeps the interpreter from the others. With Python's own 5 ms the loop waits
that long for each step of a transaction, which keeps the other process from writing."""

STUCK_SECONDS = 60.0
"""How long the loop of a process may not turn until it is taken for hung. The longest that one
thing keeps it is about a second."""

_TURNS = 10


def connection_of(settings: Settings) -> Connection:
    """Where Slack is, and who we are there."""
    return Connection(
        api_url=settings.slack_api_base_url,
        bot_token=_plain(settings.slack_bot_token) or "",
        app_token=_plain(settings.slack_app_token),
        signing_secret=_plain(settings.slack_signing_secret),
    )


@asynccontextmanager
async def ended_if_stuck(seconds: float = STUCK_SECONDS) -> AsyncIterator[None]:
    """While the block runs, end this process once its loop has not turned for ``seconds``.

    It ends with status 1 and says on standard error where each thread was, without a word of what
    it was at. The thread that watches belongs to no interpreter, so nothing in Python stops it.
    """
    turning = asyncio.create_task(_turn(seconds))
    try:
        yield
    finally:
        turning.cancel()
        faulthandler.cancel_dump_traceback_later()


async def _turn(seconds: float) -> None:
    while True:
        faulthandler.dump_traceback_later(seconds, exit=True)
        await asyncio.sleep(seconds / _TURNS)


def _plain(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
