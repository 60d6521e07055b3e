"""How does Slack show that a reply is being written, with a button of its own that stops it, and
what a thread is about?

Slack calls it the session of an agent in a thread, and offers the button while that is said to be
processing. It has sessions only for apps that are agents, on plans that include them: if it refuses
one, we don't try again for a while, and show our own button instead.
https://docs.slack.dev/reference/methods/agents.sessions.setStatus
https://docs.slack.dev/reference/events/agent_session_stopped
"""

import asyncio
import logging

from bot.briefing.harmless import harmless
from bot.errors import NO_ANSWER, SlackFailure
from bot.ports import Mention
from bot.slack.calling import TOO_FAST, slack_errors
from bot.slack.escaping import shortened
from bot.slack.pacing import SESSION, PacedClient
from bot.slack.refusals import Refusals

LONGEST_TITLE = 200
_SECONDS = 5.0
"""Longer than that nothing waits for it."""

_log = logging.getLogger(__name__)


def as_title(words: str) -> str:
    """``words`` of whomever as a title: on one line, and nothing that leads anywhere."""
    return shortened(harmless(words), LONGEST_TITLE)


class Sessions:
    """The sessions of threads; whatever fails of one fails nothing else."""

    def __init__(self, client: PacedClient, refusals: Refusals | None = None) -> None:
        self._client = client
        self._refusals = refusals or Refusals()

    async def begin(self, mention: Mention, title: str) -> bool:
        """Say that the reply is being written; whether Slack offers to stop it from now on."""
        return await self._is_said(mention, "processing", as_title(title))

    async def end(self, mention: Mention) -> None:
        """Say that it is not being written any more."""
        await self._is_said(mention, "active")

    async def entitle(self, mention: Mention, title: str) -> bool:
        """Give the thread a title; whether Slack took it."""
        return await self._is_said(mention, "active", title)

    async def _is_said(self, mention: Mention, status: str, title: str | None = None) -> bool:
        if self._refusals.hold(SESSION, mention.team) or not self._client.has_room(SESSION):
            return False
        try:
            with slack_errors():
                async with asyncio.timeout(_SECONDS):
                    await self._client.agents_sessions_setStatus(
                        channel_id=mention.channel,
                        thread_ts=mention.thread,
                        status=status,
                        title=title or None,
                        initiator_user_id=mention.person,
                    )
        except SlackFailure as failure:
            if failure.code not in {NO_ANSWER, TOO_FAST}:
                self._refusals.note(SESSION, mention.team)
            _log.info("could not show a session: %s", failure.code)
            return False
        return True
