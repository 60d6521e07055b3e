"""How is somebody told something privately, without a button or command to respond to?

https://docs.slack.dev/reference/methods/chat.postEphemeral
"""

import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackFailure
from bot.slack.calling import slack_errors
from bot.slack.escaping import parsed

_log = logging.getLogger(__name__)


async def tell(
    client: AsyncWebClient, channel: str, person: str, text: str, thread: str | None = None
) -> None:
    """Tell ``person`` alone; where that can't be, nothing is said."""
    try:
        with slack_errors():
            await client.chat_postEphemeral(
                channel=channel, user=person, thread_ts=thread, text=parsed(text)
            )
    except SlackFailure as failure:
        _log.info("could not send a private message: %s", failure.code)
