"""How does the bot call Slack?

One HTTP session serves all calls: without it the client opens a new connection for each. The
session is made inside the running loop, and carries the timeout, since the client's own is not
applied to a session given to it. Calls are sent again only if Slack said that it had not accepted
them (429): a post whose response was lost may well have been posted.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.slack.pacing import PacedClient
from bot.slack.quiet_logs import quiet

CALL_SECONDS = 30.0


@dataclass(frozen=True)
class Connection:
    """Where Slack is, and who we are there. ``api_url`` ends in ``/api/``."""

    api_url: str
    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None


@asynccontextmanager
async def slack_client(connection: Connection) -> AsyncIterator[PacedClient]:
    """The client for every call, open until the block ends."""
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield PacedClient(
            token=connection.bot_token,
            base_url=connection.api_url,
            session=session,
            logger=quiet("bot.slack.client"),
        )
