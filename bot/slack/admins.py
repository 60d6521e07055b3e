"""Who is an admin of the workspace, who created a channel? Asked of Slack.

The first is believed for a few minutes, and needs the scope users:read; the second needs
channels:read, or groups:read for private channels.
https://docs.slack.dev/reference/methods/users.info
https://docs.slack.dev/reference/methods/conversations.info
"""

import time
from collections.abc import Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NO_ANSWER, SlackFailure
from bot.slack.calling import TOO_FAST, slack_errors
from bot.slack.payloads import JsonObject

_BELIEVED_SECONDS = 300.0
_MOST_KEPT = 1_000


class Admins:
    """The admins that Slack has told us of."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[tuple[str, str], tuple[bool, float]] = {}

    async def has(self, person: str, team: str, client: AsyncWebClient) -> bool:
        """Whether ``person`` is an admin or an owner of ``team``; False as well where we may not
        ask, or Slack does not answer."""
        known, until = self._told.get((team, person), (False, 0.0))
        if self._clock() < until:
            return known
        try:
            with slack_errors():
                user: JsonObject = (await client.users_info(user=person))["user"]
        except SlackFailure as failure:
            if failure.code in (NO_ANSWER, TOO_FAST):
                return False
            user = {}
        is_admin = _is_admin(user, team)
        if len(self._told) >= _MOST_KEPT:
            self._told.clear()
        self._told[team, person] = (is_admin, self._clock() + _BELIEVED_SECONDS)
        return is_admin


async def is_creator(person: str, channel: str, client: AsyncWebClient) -> bool:
    """Whether ``person`` created ``channel``.

    Raises:
        SlackFailure: we may not ask, or Slack does not answer.
    """
    with slack_errors():
        found: JsonObject = (await client.conversations_info(channel=channel))["channel"]
    return found.get("creator") == person


def _is_admin(user: JsonObject, team: str) -> bool:
    """Whether it is an admin of this workspace, and not of one that shares a channel with it."""
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    is_ours = user.get("team_id") == team or team in teams
    return is_ours and bool(user.get("is_admin") or user.get("is_owner"))
