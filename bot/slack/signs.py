"""How does a first sign that is a message move on?

A status does so by itself; a message has to be edited, and never once the reply has taken its
place. So the code that posts the reply first waits for any edit under way.
"""

import asyncio
import logging

from bot.errors import SlackFailure
from bot.slack.blocks import Message
from bot.slack.calling import slack_errors
from bot.slack.pacing import UPDATE, PacedClient
from bot.slack.posting import Poster

_SECONDS = 5.0
"""Longer than that no reply waits for it."""
_LEFT_FOR_REPLIES = 10
"""Of the edits that Slack takes in half a minute."""

_log = logging.getLogger(__name__)


class Signs:
    """The changes that are under way, by the key of the mention."""

    def __init__(self, client: PacedClient) -> None:
        self._client = client
        self._changing: dict[str, asyncio.Task[None]] = {}

    async def move_on(self, key: str, poster: Poster, message: Message) -> None:
        """Show ``message`` in place of the first sign, where there is room for that."""
        if self._client.has_room(UPDATE, _LEFT_FOR_REPLIES):
            await self.rest(key)
            self._changing[key] = changing = asyncio.create_task(_changed(poster, message))
            # Cut off, it goes on: half sent, it might reach Slack after the reply.
            await asyncio.wait({changing})

    async def rest(self, key: str) -> None:
        """Return once none is under way."""
        if changing := self._changing.pop(key, None):
            await asyncio.wait({changing})


async def _changed(poster: Poster, message: Message) -> None:
    try:
        with slack_errors():
            async with asyncio.timeout(_SECONDS):
                await poster.change_sign(message)
    except SlackFailure as failure:
        _log.info("could not update a first sign: %s", failure.code)
