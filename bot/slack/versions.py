"""Which version of a briefing does a button ask for: one that is kept, or a new one, and where?"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.lines import Briefing
from bot.briefing.requests import Length, Wishes
from bot.service.errors import SlackFailure
from bot.service.ports import Mention, Notice, Outcome, Postings
from bot.slack.buttons import plain
from bot.slack.client import slack_errors
from bot.slack.event_inbox import Intake
from bot.slack.mentions import again
from bot.slack.modals import field, modal, picked
from bot.slack.parse_wishes import ENGLISH_NAMES
from bot.slack.payloads import JsonObject
from bot.slack.posting import Poster, RequestDeleted
from bot.slack.pressed import Pressed, replied

# How is a new version made of what was read for a briefing: shorter, longer, in another language?
#
# The sources aren't read again. The presser is the asker: they may delete the new reply.

TRANSLATED = "translated.v1"
"""The callback id of the modal with the languages."""

LANGUAGE = "language"
"""The field in it."""
NONE_CHOSEN = "Choose a language."


_NAMES: dict[Length | None, str] = {"short": "shorter", "long": "longer", None: "first"}


def rebriefed(
    mention: Mention, length: Length | None, wishes: Wishes | None, message: str, user: JsonObject
) -> Mention:
    """The briefing of ``mention`` at another length, or for other ``wishes``, in a new reply, as a
    button on ``message`` asks that ``user`` pressed."""
    wishes = wishes or _at(length, mention.wishes)
    anew = again(mention, _NAMES[length], message, user)
    return replace(anew, wishes=wishes, intent="brief", question=None, remakes=mention.key)


def version(
    mention: Mention, length: Length, message: str, user: JsonObject, failed: int = 0
) -> Mention:
    """The same, to be shown in the messages of the reply to ``mention``; ``failed`` were tried
    before in vain."""
    anew = again(mention, length, f"{message}-{failed}" if failed else message, user)
    wishes, first = _at(length, mention.wishes), mention.first_version
    return replace(anew, wishes=wishes, intent="brief", question=None, version_of=first)


def _at(length: Length | None, wishes: Wishes) -> Wishes:
    return replace(wishes, length=length, points=None) if length else wishes


def translating_view(key: str) -> JsonObject:
    """The box with the languages; ``key`` is that of the mention whose reply is translated."""
    languages = sorted(ENGLISH_NAMES.items(), key=lambda each: each[1])
    select = {
        "type": "static_select",
        "action_id": LANGUAGE,
        "placeholder": plain("A language"),
        "options": [{"text": plain(name), "value": code} for code, name in languages],
    }
    hint = "Passages stay in the language of the source."
    chosen = field("Write the briefing in", select, hint=hint)
    return modal(TRANSLATED, key, "Translate", "Translate", [chosen])


def translated(mention: Mention, body: JsonObject) -> Mention:
    """The briefing of ``mention`` in the language chosen in the modal in ``body``."""
    view = body["view"]
    wishes = replace(mention.wishes, language=picked(view, LANGUAGE))
    anew = again(mention, "translate", view["id"], body["user"])
    return replace(anew, wishes=wishes, intent="brief", question=None, remakes=mention.key)


# If the presser is the asker, and nothing is below the reply in its thread, the version is shown in
# its messages; otherwise it is a new reply. A version that was made is kept, and shown again
# without a model.

Wanted = Length | None
"""A length, or None for the first version."""

_LOOK_SECONDS = 1.5  # of the 3 that Slack allows until a button is acknowledged
_MOST_BELOW = 20


@dataclass(frozen=True)
class Version:
    """The briefing that is asked for: ``mention`` is to be begun with what ``briefing`` rests on,
    unless it ``is_kept`` and only to be shown."""

    mention: Mention
    briefing: Briefing
    is_kept: bool = False


async def asked_for(pressed: Pressed, wanted: Wanted, intake: Intake) -> Version | None:
    """The version that was asked for by the button or the entry that was pressed; None if what it
    would be made from is gone."""
    mention, shown = await replied(pressed.key, intake.archive)
    if mention is None or not isinstance(shown, Briefing):
        return None
    others = [m for m in await intake.archive.versions(mention) if m.key != mention.key]
    made = [(each, await intake.archive.outcome(each.key)) for each in others]
    kept = next(_kept(made, wanted), None)
    if wanted is None and kept is None:
        return None
    if not await _is_last(pressed, mention, intake.postings, others):
        wishes = kept.mention.wishes if kept and wanted is None else None
        return Version(rebriefed(mention, wanted, wishes, pressed.message, pressed.user), shown)
    if kept or wanted is None:
        return kept
    failed = sum(isinstance(o, Notice) and m.wishes.length == wanted for m, o in made)
    return Version(version(mention, wanted, pressed.message, pressed.user, failed), shown)


async def show(kept: Version, intake: Intake, client: AsyncWebClient) -> None:
    """Show a version that is kept in the messages of the reply. Once more changes nothing.

    Raises:
        SlackFailure: Slack did not take it.
    """
    if await intake.postings.take_over(kept.mention):
        with suppress(RequestDeleted):
            poster = Poster(client, intake.postings, kept.mention)
            await poster.put_over_all(await poster.messages(kept.briefing))


def _kept(made: Iterable[tuple[Mention, Outcome | None]], wanted: Wanted) -> Iterator[Version]:
    """Those of the versions that are the wanted one, with all that they were made for."""
    for mention, outcome in made:
        if isinstance(outcome, Briefing):
            wishes = outcome.wishes or mention.wishes
            if wishes.length == wanted or (wanted is None and mention.version_of is None):
                yield Version(replace(mention, wishes=wishes), outcome, is_kept=True)


async def _is_last(
    pressed: Pressed, mention: Mention, postings: Postings, others: Sequence[Mention]
) -> bool:
    """Whether the message with the button may be changed: it is the asker's own, and nothing but
    messages of the same reply stands below it. Where Slack does not say, something does."""
    is_own = (pressed.person, pressed.channel) == (mention.person, mention.channel)
    if not is_own or not mention.thread:
        return False
    own = {p.ts for each in (mention, *others) for p in await postings.of(each.key)}
    try:
        with slack_errors():
            async with asyncio.timeout(_LOOK_SECONDS):
                page = await pressed.client.conversations_replies(
                    channel=mention.channel,
                    ts=mention.thread,
                    oldest=pressed.message,
                    limit=_MOST_BELOW,
                )
    except SlackFailure:
        return False
    below = (str(each["ts"]) for each in page["messages"])
    return all(ts <= pressed.message or ts in own for ts in below)
