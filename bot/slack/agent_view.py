"""What does Readout add in a direct conversation: suggestions, and titles of threads?

Slack takes both only from apps in its agent view, with the scope assistant:write. If it refuses
them, nothing else is missing, and we don't try again for a while.
https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
https://docs.slack.dev/reference/methods/assistant.threads.setTitle
"""

import asyncio
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.briefing.lines import Briefing
from bot.errors import SlackFailure
from bot.ports import Mention, Outcome
from bot.slack.calling import slack_errors
from bot.slack.payloads import JsonObject
from bot.slack.refusals import OF_THE_WORKSPACE, Refusals
from bot.slack.sessions import Sessions, as_title
from bot.slack.suggestions import AT_FIRST, LeadsOn

# Longer than that nothing waits for what is added.
_SECONDS = 5.0
Call = Callable[..., Awaitable[AsyncSlackResponse]]
"""One of the methods of Slack's client."""


class AgentView:
    """What is added in direct messages; whatever fails of it fails nothing else."""

    def __init__(self, leading_on: LeadsOn | None = None, refusals: Refusals | None = None) -> None:
        self._leading_on = leading_on
        self._refusals = refusals or Refusals()

    async def opened(self, team: str, channel: str, client: AsyncWebClient) -> None:
        """Suggest what to begin with, when somebody opens their messages with Readout."""
        prompts = [each.prompt for each in AT_FIRST]
        call = client.assistant_threads_setSuggestedPrompts
        await self._took(call, team, channel_id=channel, prompts=prompts)

    async def replied(
        self, mention: Mention, outcome: Outcome, sessions: Sessions, client: AsyncWebClient
    ) -> None:
        """Give the thread its title, and suggest what to go on with, after a briefing."""
        if not (mention.direct and mention.thread and isinstance(outcome, Briefing)):
            return
        title = as_title(outcome.title)
        team, place = mention.team, {"channel_id": mention.channel, "thread_ts": mention.thread}
        if title and not await sessions.entitle(mention, title):
            # In a panel of the older kind there are no sessions.
            await self._took(client.assistant_threads_setTitle, team, **place, title=title)
        suggested = await self._suggested(outcome, mention)
        if suggested:
            suggest = client.assistant_threads_setSuggestedPrompts
            await self._took(suggest, team, **place, prompts=suggested)

    async def _suggested(self, briefing: Briefing, mention: Mention) -> list[JsonObject]:
        """What to go on with, as Slack wants it."""
        if self._leading_on is None:
            return []
        suggested = await asyncio.to_thread(self._leading_on, briefing, mention)
        return [each.prompt for each in suggested]

    async def _took(self, call: Call, team: str, **arguments: object) -> bool:
        """Whether Slack took the call; False as well where it would not, and was not asked."""
        if self._refusals.hold(call.__name__, team):
            return False
        try:
            with slack_errors():
                async with asyncio.timeout(_SECONDS):
                    await call(**arguments)
        except SlackFailure as failure:
            if failure.code in OF_THE_WORKSPACE:
                self._refusals.note(call.__name__, team)
            return False
        return True
