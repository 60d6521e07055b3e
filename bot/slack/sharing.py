"""How does a briefing come into another channel?

Who shares it chooses the channel and confirms it by name. There a message says who shared what,
and under it stands the briefing, as a job of its own: evidence, questions and Delete work there
as in the thread it came from. Channels that other organisations can read are not offered.
"""

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.edits import as_corrected
from bot.briefing.lines import Answer, Briefing
from bot.ports import Mention
from bot.slack.boxes import about, box, entered, field, notice
from bot.slack.buttons import plain
from bot.slack.calling import slack_errors
from bot.slack.durable import Durable
from bot.slack.escaping import parsed, shortened
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject
from bot.slack.permalinks import Workspace, workspace_of
from bot.slack.posting import ROOT, metadata
from bot.slack.rich_text import rich_text, section, words

CHOSEN, CONFIRMED = "share.v1", "shared.v1"
"""The names of the two boxes: what they send carries them."""

CHANNEL = "channel"
"""The field in the first."""
NONE_CHOSEN = "Choose a channel."
NOT_THERE = "You can’t use me in that channel, so nothing was shared."
_TITLE_LENGTH = 200


def choosing_view(key: str) -> JsonObject:
    """The box with the channels; ``key`` is that of the mention whose reply is shared."""
    channels = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": plain("A channel"),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return box(CHOSEN, key, "Share", "Next", [field("Share to", channels)])


def chosen(view: JsonObject) -> str | None:
    """The channel that was chosen, if one was."""
    channel = entered(view, CHANNEL).get("selected_conversation")
    return str(channel) if channel else None


def confirming_view(key: str, channel: str) -> JsonObject:
    """The question whether it shall really go to ``channel``."""
    asked = [
        words("Share the whole briefing in "),
        {"type": "channel", "channel_id": channel},
        words("? Everybody there can read it and will see that you shared it."),
    ]
    return box(CONFIRMED, f"{channel} {key}", "Share", "Share", [rich_text(section(asked))])


def confirmed(view: JsonObject) -> tuple[str, str]:
    """The key of the mention and the channel that were confirmed."""
    channel, _, key = about(view).partition(" ")
    return key, channel


def told_view(text: str, channel: str | None = None) -> JsonObject:
    """How it went: ``text``, and the channel behind it."""
    behind = [words(" "), {"type": "channel", "channel_id": channel}] if channel else []
    return notice("Share", words(text), *behind)


async def share(
    outcome: Briefing | Answer, mention: Mention, durable: Durable, client: AsyncWebClient
) -> None:
    """Post who shares what where ``mention`` says, and begin the job that puts the kept
    ``outcome`` under it. Once more changes nothing.

    Raises:
        SlackFailure: it can't be posted there.
    """
    if await durable.archive.mention(mention.key):
        return
    ts = await _posted(outcome, mention, client)
    address = workspace_of(mention.permalink) if mention.permalink else None
    link = Workspace(mention.team, "", address).permalink(mention.channel, ts)
    shared = replace(mention, thread=ts, message=ts, permalink=link)
    await durable.archive.record(shared)
    await durable.archive.keep_reading(shared, outcome.documents, outcome.unread)
    await durable.archive.keep_outcome(shared, as_corrected(outcome))
    await durable.take(shared, has_own_root=True)


def for_channel(mention: Mention, channel: str, body: JsonObject) -> Mention:
    """``mention`` as who confirmed the box in ``body`` would have asked it in ``channel``."""
    return replace(
        again(mention, "share", body["view"]["id"], body["user"]),
        channel=channel,
        direct=False,
    )


async def _posted(outcome: Briefing | Answer, mention: Mention, client: AsyncWebClient) -> str:
    title = shortened(outcome.title, _TITLE_LENGTH)
    what = "a briefing" if isinstance(outcome, Briefing) else "an answer"
    told = [
        {"type": "user", "user_id": mention.person},
        words(f" shared {what}: "),
        words(title, "bold"),
    ]
    with slack_errors():
        answer = await client.chat_postMessage(
            channel=mention.channel,
            text=f"Somebody shared {what}: {parsed(title)}",
            blocks=[rich_text(section(told))],
            metadata=metadata(mention.key, ROOT),
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
    return str(answer["ts"])
