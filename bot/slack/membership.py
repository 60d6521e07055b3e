"""In which channels is a person? Asked on the spot, each time: who has left sees no more.

It needs the scopes channels:read and groups:read, which nothing else does.
https://docs.slack.dev/reference/methods/users.conversations
"""

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.slack.calling import slack_errors

_MOST_PAGES = 5
_PAGE = 200


async def channels_of(person: str, team: str, client: AsyncWebClient) -> frozenset[str] | None:
    """The channels that Slack says ``person`` is a member of, the first thousand; None where we
    may not ask, or Slack does not answer."""
    found: set[str] = set()
    cursor: str | None = ""
    try:
        for _ in range(_MOST_PAGES):
            with slack_errors():
                page = await client.users_conversations(
                    user=person,
                    team_id=team,
                    types="public_channel,private_channel",
                    cursor=cursor or None,
                    limit=_PAGE,
                )
            found.update(str(channel["id"]) for channel in page["channels"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                break
    except SlackFailure:
        return None
    return frozenset(found)
