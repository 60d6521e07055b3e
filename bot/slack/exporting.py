"""How does a briefing come into its thread as files?

An upload needs the scope files:write, which nothing else does: without it only this is missing.
https://docs.slack.dev/messaging/working-with-files#upload
"""

import asyncio

from bot.errors import SlackFailure
from bot.ports import Exporter, Notice
from bot.slack.calling import slack_errors
from bot.slack.durable import Durable
from bot.slack.evidence import GONE
from bot.slack.pressed import Pressed

_NO_RIGHT = (
    "I’m not allowed to add files here: an admin can add the scope files:write to the app and "
    "reinstall it. Everything else still works."
)


async def export(pressed: Pressed, durable: Durable, exporter: Exporter) -> None:
    """Put the reply into its thread, as Markdown and as a Word document in one message."""
    outcome = await durable.archive.outcome(pressed.key)
    if outcome is None or isinstance(outcome, Notice):
        await pressed.tell(GONE)
        return
    files = await asyncio.to_thread(exporter, outcome)
    uploads = [{"content": f.content, "filename": f.name, "title": f.title} for f in files]
    try:
        with slack_errors():
            await pressed.client.files_upload_v2(
                file_uploads=uploads, channel=pressed.channel, thread_ts=pressed.thread
            )
    except SlackFailure as failure:
        await pressed.tell(_NO_RIGHT if failure.code == "missing_scope" else failure.message)
