"""What is said first, as soon as a mention is heard?"""

from bot.ports import Mention
from bot.replies import Replies
from bot.turns import begin_flow


async def sign(replies: Replies, mention: Mention) -> None:
    """The first sign that the mention was heard; nothing is looked up for it."""
    if not mention.is_about_others and mention.intent != "edit":
        begin_flow(mention.team, mention.person)
        await replies.to(mention).progress(_first_words(mention))


def _first_words(mention: Mention) -> str:
    if mention.version_of or mention.remakes:
        return "writing"  # what was read for the first is read no more
    sources = len(mention.sources)
    if mention.intent in ("help", "mute", "unmute"):
        return "having a look"
    if sources == 0:
        return "searching the sources"
    return "reading the source" if sources == 1 else f"reading {sources} sources"
