"""How does a reply go, with all that was kept for it?"""

from bot.ports import Mention, Posting
from bot.slack.durable import Durable
from bot.slack.evidence import GONE
from bot.slack.posting import delete_message
from bot.slack.pressed import Pressed

_NOT_YOURS = "Only the person who asked can delete this."
_STAYS = "What was kept for this request is deleted, but a message of mine stays: {reason}"


async def delete(pressed: Pressed, durable: Durable) -> None:
    """Delete the reply that the button stands under, if it is the asker who pressed."""
    mention = await durable.archive.mention(pressed.key)
    if mention is None:
        await pressed.tell(GONE)
    elif mention.person != pressed.person:
        await pressed.tell(_NOT_YOURS)
    else:
        await _delete(mention, pressed, durable)


async def _delete(mention: Mention, pressed: Pressed, durable: Durable) -> None:
    """The message with the button goes last, so that what is cut off can be done again."""
    here, client = (pressed.channel, pressed.message), pressed.client
    others = _places(await durable.postings.of(mention.key), mention, pressed.channel) - {here}
    failures = [await delete_message(client, *place) for place in sorted(others, reverse=True)]
    await durable.archive.delete(mention.key)
    failures.append(await delete_message(client, *here))
    if failed := next(filter(None, failures), None):
        await pressed.tell(_STAYS.format(reason=failed.message))


def _places(postings: tuple[Posting, ...], mention: Mention, here: str) -> set[tuple[str, str]]:
    """Channel and timestamp of each message. Direct messages were posted to the person; their
    channel is the one that the button was pressed in."""
    return {
        (here if posting.channel == mention.person else posting.channel, posting.ts)
        for posting in postings
        if posting.ts
    }
