"""What happens on a person's Home tab?"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.home import HomeMemory
from bot.slack.admin_view import ForAdmins
from bot.slack.admins import Admins
from bot.slack.agent_view import AgentView
from bot.slack.calling import slack_errors
from bot.slack.durable import Durable
from bot.slack.home_view import LOOKED_AT, Home, home_view, language_of
from bot.slack.membership import channels_of
from bot.slack.payloads import JsonObject

_FORGOTTEN = "Your data and preferences are deleted (requests: {count})."

_log = logging.getLogger(__name__)


class HomeTab:
    """Listeners for the Home tab."""

    def __init__(
        self,
        memory: HomeMemory,
        durable: Durable,
        admins: Admins,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._memory = memory
        self._durable = durable
        self._admins = admins
        self._clock = clock
        self._agent_view = AgentView()
        self._one_change = asyncio.Lock()

    async def opened(self, body: JsonObject, client: AsyncWebClient) -> None:
        """Show the newest replies when the tab is opened; where messages are, suggest some."""
        event, team = body["event"], body["team_id"]
        if event.get("tab") == "home":
            await self._publish(event["user"], team, client)
        elif event.get("tab") == "messages":
            await self._agent_view.opened(team, event["channel"], client)

    async def looked_for(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Show what has the words."""
        await ack()
        words = str(body["actions"][0].get("value") or "").strip()
        await self._publish(*_who(body), client, looked_for=words or None)

    async def length_chosen(self, ack: AsyncAck, body: JsonObject) -> None:
        """Remember how long somebody likes it."""
        await self._keep(body, length=_chosen(body))
        await ack()

    async def language_chosen(self, ack: AsyncAck, body: JsonObject) -> None:
        """Remember in which language somebody likes it."""
        await self._keep(body, language=language_of(_chosen(body)))
        await ack()

    async def style_chosen(self, ack: AsyncAck, body: JsonObject) -> None:
        """Remember in which style somebody likes it."""
        await self._keep(body, style=_chosen(body))
        await ack()

    async def forget(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Delete all that is kept of who presses. What is under way is ended first, so that no
        sign of it and no stream is left in its thread."""
        await ack()
        person, team = _who(body)
        unanswered = await self._durable.archive.unanswered()
        ends = [each for each in unanswered if (each.team, each.person) == (team, person)]
        for each in ends:
            if not each.is_about_others:
                await self._durable.take(each.withdrawal)
        keys = {*await self._memory.oblivion.forget(team, person), *(each.key for each in ends)}
        await self._publish(person, team, client, told=_FORGOTTEN.format(count=len(keys)))

    async def _keep(self, body: JsonObject, **wished: str | None) -> None:
        person, team = _who(body)
        async with self._one_change:  # else the later of two would lose the earlier
            wishes = await self._memory.defaults.of(team, person)
            changed = replace(wishes, **wished)  # type: ignore[arg-type]  # one of three fields
            await self._memory.defaults.keep(team, person, changed)

    async def _publish(
        self,
        person: str,
        team: str,
        client: AsyncWebClient,
        *,
        looked_for: str | None = None,
        told: str | None = None,
    ) -> None:
        channels = await channels_of(person, team, client)
        found = await self._memory.finder.found(
            team, person, channels or (), looked_for or "", LOOKED_AT
        )
        wishes = await self._memory.defaults.of(team, person)
        admin = await self._for_admins(person, team, client)
        only_own, has_model = channels is None, self._memory.has_model
        view = home_view(Home(wishes, found, looked_for, only_own, told, admin, has_model))
        try:
            with slack_errors():
                await client.views_publish(user_id=person, view=view)
        except SlackFailure as failure:
            _log.warning("could not show the Home tab: %s", failure.code)

    async def _for_admins(self, person: str, team: str, client: AsyncWebClient) -> ForAdmins | None:
        if not await self._admins.has(person, team, client):
            return None
        figures = await self._memory.figures.of(team, _month_began(self._clock()))
        return ForAdmins(figures, self._memory.limits)


def _month_began(now: float) -> float:
    """When the month in UTC began in which ``now`` is; both in seconds since 1970."""
    day = datetime.fromtimestamp(now, UTC)
    return day.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def _who(body: JsonObject) -> tuple[str, str]:
    return str(body["user"]["id"]), str(body["team"]["id"])


def _chosen(body: JsonObject) -> str:
    return str(body["actions"][0]["selected_option"]["value"])
