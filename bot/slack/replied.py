"""Which request is a button under, what was its reply, and who may continue from there?"""

from dataclasses import replace

from bot.ports import Archive, Mention, Notice, Outcome
from bot.slack.access import Access
from bot.slack.evidence import GONE
from bot.slack.pressed import Pressed


async def replied(key: str, archive: Archive) -> tuple[Mention | None, Outcome | None]:
    """The mention of that ``key``, with all the wishes of its reply, and the reply; None for what
    was deleted or has expired."""
    mention = await archive.mention(key)
    outcome = await archive.outcome(key) if mention else None
    if isinstance(outcome, Notice) and not outcome.text:
        return None, None  # its sources were deleted, and its words with them
    if mention is None or outcome is None or isinstance(outcome, Notice) or not outcome.wishes:
        return mention, outcome
    return replace(mention, wishes=outcome.wishes, settled=True), outcome


async def refusal_under(pressed: Pressed, access: Access, archive: Archive) -> str | None:
    """Why who pressed may ask for nothing under this reply."""
    mention, _ = await replied(pressed.key, archive)
    if mention is None:
        return GONE
    return await access.refusal_of(replace(mention, person=pressed.person))


def refusal_of_another(mention: Mention | None, person: str, not_yours: str) -> str | None:
    """Why ``person`` may not end, change or delete what came of ``mention``: only who asked may."""
    if mention is None:
        return GONE
    return None if mention.person == person else not_yours
