"""How is a reply deleted, with everything stored for it?

Only the asker is asked to confirm; the modal knows where the button was pressed.
"""

from collections.abc import Iterable

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import catalogue
from bot.ports import Mention, Notice, Outcome, Posting
from bot.slack.boxes import about, box
from bot.slack.durable import Durable
from bot.slack.payloads import JsonObject
from bot.slack.posting import delete_message
from bot.slack.pressed import Pressed
from bot.slack.rich_text import rich_text, section, words

CONFIRMED = "deleted.v1"
"""The name of the box: what it sends carries it."""
NOT_YOURS = "Only the person who asked for this reply, or shared it here, can delete it."
_STAYS = "The stored data for this request is deleted, but one of my messages remains: {reason}"


def confirming_view(pressed: Pressed, outcome: Outcome | None) -> JsonObject:
    """The question whether the reply shall go, in the language of the reply."""
    language = None if outcome is None or isinstance(outcome, Notice) else outcome.language
    fixed = catalogue(language)
    told = f"{fixed.delete_asked} {fixed.delete_told}"
    name = fixed.buttons["delete"]
    here = f"{pressed.channel} {pressed.message} {pressed.key}"
    view = box(CONFIRMED, here, name, name, [rich_text(section([words(told)]))])
    return {**view, "close": {**view["close"], "text": fixed.keep}}


def confirmed(view: JsonObject) -> tuple[str, str, str]:
    """The channel and the timestamp of the message with the button, and the mention's key."""
    channel, ts, key = about(view).split(" ", 2)
    return channel, ts, key


async def delete(
    mention: Mention, here: tuple[str, str], durable: Durable, client: AsyncWebClient
) -> str | None:
    """Delete all versions of the reply to ``mention``; what is to be said where a message stays.

    The message with the button, which stands ``here``, goes last, so that what is cut off can be
    done again.
    """
    channel, _ = here
    versions = [each.key for each in await durable.archive.versions(mention)]
    postings = [each for key in versions for each in await durable.postings.of(key)]
    others = _places(postings, mention, channel) - {here}
    failures = [await delete_message(client, *place) for place in sorted(others, reverse=True)]
    for key in sorted(versions, key=mention.key.__eq__):  # that of the button goes last as well
        await durable.archive.delete(key)
    failures.append(await delete_message(client, *here))
    failed = next(filter(None, failures), None)
    return _STAYS.format(reason=failed.message) if failed else None


def _places(postings: Iterable[Posting], mention: Mention, here: str) -> set[tuple[str, str]]:
    """Channel and timestamp of each message. Direct messages were posted to the person; their
    channel is the one that the button was pressed in."""
    return {
        (here if posting.channel == mention.person else posting.channel, posting.ts)
        for posting in postings
        if posting.ts
    }
