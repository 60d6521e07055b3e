"""How does a briefing get into another channel, or leave Slack as files and text to copy?"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import catalogue
from bot.briefing.edits import without_history
from bot.briefing.lines import Answer, Briefing
from bot.briefing.rendering import plain_text
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.ports import ROOT, SHARED, Exportable, Exporter, Mention, Outcome, Posting
from bot.slack import statements
from bot.slack.blocks import MESSAGE_SIZE, Message, announcement, origins
from bot.slack.buttons import plain
from bot.slack.client import attempted, is_closed, slack_errors
from bot.slack.event_inbox import Intake
from bot.slack.evidence import editing_button
from bot.slack.mentions import again
from bot.slack.modals import field, modal, notice
from bot.slack.payloads import JsonObject, Workspace, workspace_of
from bot.slack.posting import Poster, Spot
from bot.slack.pressed import GONE, Pressed, update
from bot.slack.rich_text import (
    LONGEST_WORDS,
    link,
    named_channel,
    rich_text,
    section,
    words,
)

# How does a briefing leave Slack: as files in its thread, and as text to copy?
#
# A modal says at once that the files are on their way, and then that they are there; until then, a
# second press waits for the same files. It has the text to paste into an e-mail. Only uploads need
# the scope files:write: without it, only the files are missing.
# https://docs.slack.dev/messaging/working-with-files#upload

_PREPARING = "Preparing the files… They’ll appear in this thread."
_READY = "The files are in the thread: Markdown, Word, text, and a calendar if anything is due."
NO_RIGHT = (
    "I’m not allowed to add files here: an admin can add the scope files:write to the app and "
    "reinstall it. Everything else still works."
)
_FAULT = "The files couldn’t be created because of an error on our side."
_COPY = "Or copy the text for an e-mail:"
_EDIT = "To change or drop lines first, then export again:"
_TOO_LONG = "The text is too long to copy from here."

_log = logging.getLogger(__name__)


class Exports:
    """Exports replies; knows which are under way in this process."""

    def __init__(self, exporter: Exporter) -> None:
        self._exporter = exporter
        self._under_way: dict[tuple[str, str], asyncio.Task[str | None]] = {}

    async def export(
        self, pressed: Pressed, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Put the reply into its thread, as files in one message, and show its text; why that
        failed, if no dialog shows it."""
        if not isinstance(outcome, Briefing | Answer):
            return GONE
        is_asker = mention.person == pressed.person
        edit = [rich_text(section([words(_EDIT)])), editing_button(pressed.key)]
        below = [*_text(plain_text(outcome)), *(edit if is_asker else [])]
        place = (pressed.channel, pressed.thread)
        uploading = self.upload(outcome, pressed.key, place, pressed.client)
        view = await pressed.open(_view(_PREPARING, below))
        failed = await uploading
        told = _view(failed or _READY, below)
        is_told = view is not None and await update(told, view, pressed.client)
        return None if is_told else failed

    def upload(
        self,
        outcome: Exportable,
        key: str,
        place: tuple[str, str | None],
        client: AsyncWebClient,
    ) -> asyncio.Task[str | None]:
        """The upload of what has that ``key`` into a channel and a thread, if any, which is under
        way already or begins; why it failed, if it did."""
        name = (place[0], key)
        if name not in self._under_way:
            task = asyncio.create_task(self._uploaded(outcome, place, client))
            task.add_done_callback(lambda _: self._under_way.pop(name))
            self._under_way[name] = task
        return self._under_way[name]

    async def _uploaded(
        self, outcome: Exportable, place: tuple[str, str | None], client: AsyncWebClient
    ) -> str | None:
        channel, thread = place
        try:
            files = await asyncio.to_thread(self._exporter, outcome)
            uploads = [{"content": f.content, "filename": f.name, "title": f.title} for f in files]
            with slack_errors():
                await client.files_upload_v2(
                    file_uploads=uploads, channel=channel, thread_ts=thread
                )
        except SlackFailure as failure:
            return NO_RIGHT if failure.code == "missing_scope" else failure.message
        except Exception:  # noqa: BLE001 - whatever it is, who waits for the files is told
            _log.exception("a reply could not be exported")
            return _FAULT
        return None


def _view(told: str, below: list[JsonObject]) -> JsonObject:
    view = notice("Export", words(told))
    return {**view, "blocks": [*view["blocks"], *below]}


def _text(text: str) -> list[JsonObject]:
    """The text in one piece, to copy."""
    if len(text) > MESSAGE_SIZE:
        return [rich_text(section([words(_TOO_LONG)]))]
    pieces = range(0, len(text), LONGEST_WORDS)
    elements = [words(text[start : start + LONGEST_WORDS]) for start in pieces]
    copied: JsonObject = {"type": "rich_text_preformatted", "elements": elements}
    return [rich_text(section([words(_COPY)]), copied)]


# How does a briefing get into another channel?
#
# Who shares it chooses the channel and confirms it by name. There a message says who shared what,
# with headline, bottom line and sources, and under it stands the briefing, as a job of its own:
# evidence, questions and Delete work there as in the thread it came from. Channels that other
# organisations can read are not offered. Where Slack does not let us post there, it says why
# and stays open.

CHOSEN, CONFIRMED = "share.v1", "shared.v1"
"""The callback ids of the two modals."""

CHANNEL = "channel"
"""The field in the first."""
NONE_CHOSEN = "Choose a channel."
NOT_THERE = "You can’t use me in that channel, so nothing was shared."
_PATIENCE = 40.0
"""Longer than a call of Slack may take."""
_LOOK_SECONDS = 0.1
_MOST_SOURCES = 3
_INVITED = {"not_in_channel", "channel_not_found"}
"""Slack's codes for channels that we are not in; of private ones it says that there are none."""


def choosing_view(key: str, told: Sequence[JsonObject] = ()) -> JsonObject:
    """The box with the channels, under what is ``told``; ``key`` is that of the mention whose
    reply is shared."""
    channels = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": plain("Choose a channel"),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    hint = "Channels shared with other organisations are not listed."
    return modal(
        CHOSEN, key, "Share", "Next", [*_said(told), field("Share to", channels, hint=hint)]
    )


def confirming_view(key: str, channel: str, told: Sequence[JsonObject] = ()) -> JsonObject:
    """The question whether it shall really go to ``channel``, under what is ``told``."""
    asked = [
        words("Share the whole briefing in "),
        named_channel(channel),
        words("? Everybody there can read it and will see that you shared it."),
    ]
    blocks = [*_said(told), rich_text(section(asked))]
    return modal(CONFIRMED, f"{channel} {key}", "Share", "Share", blocks)


def told_view(text: str, channel: str | None = None) -> JsonObject:
    """How it went: ``text``, and where a ``channel`` ends the sentence, that."""
    behind = [words(" "), named_channel(channel), words(".")] if channel else []
    return notice("Share", words(text), *behind)


def failed_view(key: str, channel: str, failure: SlackFailure, bot: str) -> JsonObject:
    """A modal that says why it could not be posted in ``channel`` and lets the person try again,
    there or, if nobody can post there, elsewhere. ``bot`` is our own user."""
    if failure.code in _INVITED:
        us = {"type": "user", "user_id": bot}
        told = [words("Invite me to "), named_channel(channel), words(" with /invite "), us]
        return confirming_view(key, channel, [*told, words(", then press Share again.")])
    told = [
        words("I couldn’t share this in "),
        named_channel(channel),
        words(f". {failure.message}"),
    ]
    if is_closed(failure):
        return choosing_view(key, [*told, words(" Choose another channel.")])
    return confirming_view(key, channel, told)


@dataclass(frozen=True)
class Sharing:
    """Puts replies into other channels. ``patience``: the seconds for which whoever began to post
    is left to it."""

    intake: Intake
    client: AsyncWebClient
    patience: float = _PATIENCE

    async def share(self, outcome: Briefing | Answer, mention: Mention, origin: Mention) -> None:
        """Post who shares what where ``mention`` says, and begin the job that puts the kept
        ``outcome``, the reply to ``origin``, under it. Once more, even at the same time, changes
        nothing; what was cut off goes on.

        Raises:
            SlackFailure: it can't be posted there.
        """
        kept = await self.intake.archive.mention(mention.key)
        if kept is None or not kept.thread:
            ts = await self._root(outcome, mention, origin)
            address = workspace_of(mention.permalink) if mention.permalink else None
            there = Workspace(mention.team, "", address).permalink(mention.channel, ts)
            kept = replace(mention, thread=ts, message=ts, permalink=there)
            await self.intake.archive.move(kept)
        await self.intake.take(kept)

    async def _root(self, outcome: Briefing | Answer, mention: Mention, origin: Mention) -> str:
        """Where the message stands that says who shares what: posted now, or by somebody else."""
        unplaced = replace(mention, thread="", message="", permalink=None)
        begun = await self._begun(outcome, unplaced)
        try:
            is_public = await _is_public(origin, self.client)
            message = _announced(outcome, mention, origin.permalink if is_public else None)
            poster = Poster(self.client, self.intake.postings, mention)
            return await poster.go_on(message, Spot(mention.channel, None, ROOT), begun)
        except SlackFailure as failure:
            if failure.code != NO_ANSWER:
                await self.intake.archive.delete(mention.key)
            raise

    async def _begun(self, outcome: Briefing | Answer, unplaced: Mention) -> Posting | None:
        """What somebody else began to post, once it stands or they had their time; None where
        nobody has."""
        archive, clock = self.intake.archive, asyncio.get_running_loop().time
        latest = clock() + self.patience
        while True:
            await archive.record(unplaced)
            # With its reply it is no request that somebody still has to write one for.
            await archive.keep_reading(unplaced, outcome.documents, outcome.unread)
            await archive.keep_outcome(unplaced, without_history(outcome))
            begun = await self.intake.postings.intend(unplaced, ROOT, unplaced.channel)
            if begun == "new":
                return None
            if begun != "deleted" and (begun.ts or clock() > latest):
                return begun
            await asyncio.sleep(_LOOK_SECONDS)


def for_channel(mention: Mention, channel: str, body: JsonObject) -> Mention:
    """``mention`` as asked in ``channel`` by the person who confirmed the modal in ``body``."""
    return replace(
        again(mention, SHARED, body["view"]["id"], body["user"]),
        channel=channel,
        direct=False,
    )


def _announced(outcome: Briefing | Answer, mention: Mention, thread: str | None) -> Message:
    what = "a briefing" if isinstance(outcome, Briefing) else "an answer"
    where = [words(" from "), link("another thread", thread)] if thread else []
    did = [words(f" shared {what}"), *where, words(":")]
    return announcement(mention.person, did, *_opening(outcome))


def _opening(outcome: Briefing | Answer) -> Iterator[JsonObject]:
    """The paragraphs of what it says first, and of where that is from."""
    fixed = catalogue(outcome.language)
    if isinstance(outcome, Briefing):
        headline, line = outcome.headline, outcome.bottom_line
        title = statements.headline(headline, fixed) if headline else []
    else:
        title, line = [words(outcome.question, "bold")], next(iter(outcome.lines), None)
    if title:
        yield section(title)
    shown = outcome.documents[:_MOST_SOURCES]
    yield from origins(shown, fixed, has_title=bool(title))
    if others := len(outcome.documents) - len(shown):
        yield section([words(f"and {others} more")])
    if line:
        yield section(statements.statement(line, fixed))


async def _is_public(mention: Mention, client: AsyncWebClient) -> bool:
    """Whether everybody can read the thread of ``mention``; False as well where we may not ask."""
    answer = await attempted(client.conversations_info(channel=mention.channel))
    found: JsonObject = answer["channel"] if answer else {}
    return bool(found.get("is_channel")) and not found.get("is_private")


def _said(told: Sequence[JsonObject]) -> list[JsonObject]:
    return [rich_text(section(told))] if told else []
