"""Which workspace is a payload from, and where is it on the web?"""

from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.slack.calling import slack_errors
from bot.slack.permalinks import Workspace


class Workspaces:
    """Knows each workspace's web address after the first payload from it."""

    def __init__(self) -> None:
        self._urls: dict[str, str] = {}

    async def of(self, context: AsyncBoltContext, client: AsyncWebClient) -> Workspace:
        """The workspace that sent the payload; without its address if Slack does not say."""
        team = context.team_id or context.enterprise_id or ""
        if team not in self._urls:
            await self._look_up(team, client)
        return Workspace(team, context.bot_user_id or "", self._urls.get(team))

    async def _look_up(self, team: str, client: AsyncWebClient) -> None:
        # Bolt asks auth.test too, and keeps the answer's address to itself.
        try:
            with slack_errors():
                answer = await client.auth_test()
        except SlackFailure:
            return
        self._urls[team] = str(answer["url"])
