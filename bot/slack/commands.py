"""Where does the answer to a command go, since a command isn't a message?

Into a thread under a message of ours that everybody sees and that says who asked for what. If the
channel is closed to us, that message goes to the asker directly.
"""

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import PastedText, Source
from bot.errors import SlackFailure
from bot.ports import ROOT, Mention
from bot.slack.calling import is_closed, slack_errors
from bot.slack.escaping import parsed, shortened
from bot.slack.payloads import JsonObject
from bot.slack.permalinks import Workspace
from bot.slack.posting import metadata
from bot.slack.rich_text import link, rich_text, section, words

_OPENING_LENGTH = 120
_MOST_SOURCES = 5


async def with_thread(mention: Mention, client: AsyncWebClient, workspace: Workspace) -> Mention:
    """``mention`` in a thread of its own, whose root was just posted.

    Raises:
        SlackFailure: it could not be posted anywhere.
    """
    try:
        channel, ts = await _posted(mention, mention.channel, "", client)
    except SlackFailure as failure:
        if not is_closed(failure):
            raise
        channel, ts = await _posted(mention, mention.person, failure.message, client)
    return replace(
        mention,
        channel=channel,
        thread=ts,
        message=ts,
        direct=channel.startswith("D"),
        permalink=workspace.permalink(channel, ts),
    )


async def _posted(
    mention: Mention, channel: str, reason: str, client: AsyncWebClient
) -> tuple[str, str]:
    asked = "asked a question about" if mention.question else "asked for a briefing of"
    shown = mention.sources[:_MOST_SOURCES]
    more = f" and {len(mention.sources) - len(shown)} more" if shown != mention.sources else ""
    sources = [element for source in shown for element in (words(" "), _named(source))]
    parts = [{"type": "user", "user_id": mention.person}, words(f" {asked}"), *sources, words(more)]
    said = [section([words(shortened(mention.text, _OPENING_LENGTH), "italic")])]
    lines = [section(parts), *(said if mention.text else [])]
    if reason:
        lines.append(section([words(f"I could not reply where you asked. {reason}")]))
    with slack_errors():
        answer = await client.chat_postMessage(
            channel=channel,
            text=f"Somebody {asked} {parsed(_listed(shown))}{more}.",
            blocks=[rich_text(*lines)],
            metadata=metadata(mention.key, ROOT),
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
    return str(answer["channel"]), str(answer["ts"])


def _named(source: Source) -> JsonObject:
    if isinstance(source, PastedText):
        return words(f"“{_opening(source)}”")
    return link(source.name, source.url)


def _listed(sources: tuple[Source, ...]) -> str:
    return ", ".join(
        _opening(source)
        if isinstance(source, PastedText)
        else shortened(source.name, _OPENING_LENGTH)
        for source in sources
    )


def _opening(source: PastedText) -> str:
    return shortened(source.text, _OPENING_LENGTH)
