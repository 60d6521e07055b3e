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
from bot.service.errors import OUT_OF_ORDER, SlackFailure
from bot.service.intake import Intake
from bot.service.ports import ROOT, SHARED, Exportable, Exporter, Mention, Outcome, Posting
from bot.slack import statements
from bot.slack.blocks import MESSAGE_SIZE, Message, announcement, source_paragraphs
from bot.slack.buttons import plain
from bot.slack.client import is_place_closed, slack_errors, try_call
from bot.slack.evidence import editing_button
from bot.slack.interactions import GONE, Interaction, update_view
from bot.slack.mentions import derived_mention
from bot.slack.modals import field, modal, notice_view
from bot.slack.payloads import JsonObject, Workspace, workspace_address
from bot.slack.posting import Poster, Spot
from bot.slack.rich_text import (
    LONGEST_WORDS,
    channel_mention,
    link,
    person_mention,
    rich_text,
    section,
    words,
)

# How does a briefing leave Slack: as files in its thread, and as text to copy?
#
# A modal says at once that the files are being prepared, and later that they are there; until then,
# a second press waits for the same files. It has the text to paste into an e-mail. Only uploads
# need the scope files:write: without it, only the files are missing.
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
    """Exports replies as files. Remembers which uploads are in progress in this process."""

    def __init__(self, exporter: Exporter) -> None:
        self._exporter = exporter
        self._uploads: dict[tuple[str, str], asyncio.Task[str | None]] = {}

    async def export(
        self, pressed: Interaction, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Post the reply in its thread, as files in one message, and show its text in a modal.
        Returns why that failed, if the modal can't say it."""
        if not isinstance(outcome, Briefing | Answer):
            return GONE
        is_asker = mention.person == pressed.person
        edit = [rich_text(section([words(_EDIT)])), editing_button(pressed.key)]
        below = [*_text_to_copy(plain_text(outcome)), *(edit if is_asker else [])]
        place = (pressed.channel, pressed.thread)
        uploading = self.upload(outcome, pressed.key, place, pressed.client)
        view = await pressed.open(notice_view("Export", _PREPARING, below=below))
        failed = await uploading
        result = notice_view("Export", failed or _READY, below=below)
        is_shown = view is not None and await update_view(result, view, pressed.client)
        return None if is_shown else failed

    def upload(
        self, outcome: Exportable, key: str, place: tuple[str, str | None], client: AsyncWebClient
    ) -> asyncio.Task[str | None]:
        """Start uploading ``outcome`` to a ``place`` (a channel, and a thread or None), unless an
        upload with that ``key`` is in progress there. Returns the task, whose result is why it
        failed, or None."""
        name = (place[0], key)
        if name not in self._uploads:
            task = asyncio.create_task(self._upload(outcome, place, client))
            task.add_done_callback(lambda _: self._uploads.pop(name))
            self._uploads[name] = task
        return self._uploads[name]

    async def _upload(
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
        except Exception:  # noqa: BLE001 - whatever it is, the person who waits is told
            _log.exception("a reply could not be exported")
            return _FAULT
        return None


def _text_to_copy(text: str) -> list[JsonObject]:
    """Blocks with ``text`` in one piece, to copy; or with why it is missing."""
    if len(text) > MESSAGE_SIZE:
        return [rich_text(section([words(_TOO_LONG)]))]
    pieces = range(0, len(text), LONGEST_WORDS)
    elements = [words(text[start : start + LONGEST_WORDS]) for start in pieces]
    copied: JsonObject = {"type": "rich_text_preformatted", "elements": elements}
    return [rich_text(section([words(_COPY)]), copied)]


# How does a briefing get into another channel?
#
# The person who shares it chooses the channel and confirms its name. A message there says who
# shared what, with headline, bottom line and sources. Below it is the briefing, as a job of its
# own: evidence, questions and Delete work as in the original thread. Channels that other
# organisations can read are not offered, and Slack is asked again before anything is posted. If it
# does not let us post there, the modal says why and stays open.

CHANNEL_DIALOG, CONFIRMATION_DIALOG = "share.v1", "shared.v1"
CHANNEL = "channel"
"""The field in the first modal."""
NO_CHANNEL = "Choose a channel."
NOT_ALLOWED_THERE = "You can’t use me in that channel, so nothing was shared."
_PATIENCE = 40.0
"""Longer than a call to Slack may take."""
_LOOK_SECONDS = 0.1
_MOST_SOURCES = 3
_NEEDS_INVITATION = {"not_in_channel", "channel_not_found"}
"""Slack's codes for a channel that we are not a member of; a private one is "not found"."""


def channel_view(key: str, message: Sequence[JsonObject] = ()) -> JsonObject:
    """The modal in which the channel is chosen, with a ``message`` at the top; ``key`` is that of
    the mention whose reply is shared."""
    channels = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": plain("Choose a channel"),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    hint = "Channels shared with other organisations are not listed."
    blocks = [*_as_block(message), field("Share to", channels, hint=hint)]
    return modal(CHANNEL_DIALOG, key, "Share", "Next", blocks)


def confirmation_view(key: str, channel: str, message: Sequence[JsonObject] = ()) -> JsonObject:
    """The modal that asks to confirm ``channel``, with a ``message`` at the top."""
    question = [
        words("Share the whole briefing in "),
        channel_mention(channel),
        words("? Everybody there can read it and will see that you shared it."),
    ]
    blocks = [*_as_block(message), rich_text(section(question))]
    return modal(CONFIRMATION_DIALOG, f"{channel} {key}", "Share", "Share", blocks)


def result_view(text: str, channel: str | None = None) -> JsonObject:
    """The modal with the result: ``text``, followed by the name of ``channel`` if it is given."""
    behind = [words(" "), channel_mention(channel), words(".")] if channel else []
    return notice_view("Share", text, *behind)


def failure_view(key: str, channel: str, failure: SlackFailure, bot: str) -> JsonObject:
    """The modal that says why it could not be posted in ``channel`` and lets the person try again,
    there or, if nobody can post there, elsewhere. ``bot`` is our own user."""
    there = channel_mention(channel)
    if failure.code in _NEEDS_INVITATION:
        message = [words("Invite me to "), there, words(" with /invite "), person_mention(bot)]
        return confirmation_view(key, channel, [*message, words(", then press Share again.")])
    message = [words("I couldn’t share this in "), there, words(f". {failure.message}")]
    if is_place_closed(failure):
        return channel_view(key, [*message, words(" Choose another channel.")])
    return confirmation_view(key, channel, message)


@dataclass(frozen=True)
class Sharing:
    """Shares replies in other channels. ``patience``: the seconds for which an attempt in progress
    is waited for."""

    intake: Intake
    client: AsyncWebClient
    patience: float = _PATIENCE

    async def share(self, outcome: Briefing | Answer, mention: Mention, origin: Mention) -> None:
        """Post who shares what in the channel of ``mention``, and start the job that posts
        ``outcome``, the reply to ``origin``, below it. A second call, even at the same time, posts
        nothing more; it completes an interrupted one.

        Raises:
            SlackFailure: it can't be posted there.
        """
        kept = await self.intake.archive.mention(mention.key)
        if kept is None or not kept.thread:
            ts = await self._post_root(outcome, mention, origin)
            address = workspace_address(mention.permalink) if mention.permalink else None
            there = Workspace(mention.team, "", address).permalink(mention.channel, ts)
            kept = replace(mention, thread=ts, message=ts, permalink=there)
            await self.intake.archive.move(kept)
        await self.intake.take(kept)

    async def _post_root(
        self, outcome: Briefing | Answer, mention: Mention, origin: Mention
    ) -> str:
        """The timestamp of the message that says who shares what, posted now or by another call."""
        unplaced = replace(mention, thread="", message="", permalink=None)
        begun = await self._claim_root(outcome, unplaced)
        try:
            is_public = await _is_public(origin, self.client)
            message = _announcement(outcome, mention, origin.permalink if is_public else None)
            poster = Poster(self.client, self.intake.postings, mention)
            return await poster.resume(message, Spot(mention.channel, None, ROOT), begun)
        except SlackFailure as failure:
            if failure.code not in OUT_OF_ORDER:
                await self.intake.archive.delete(mention.key)
            raise

    async def _claim_root(self, outcome: Briefing | Answer, unplaced: Mention) -> Posting | None:
        """Store the reply and the intent to post its root. Returns the posting that another call
        began, once it is done or its time is up; None if there was none."""
        archive, clock = self.intake.archive, asyncio.get_running_loop().time
        latest = clock() + self.patience
        while True:
            await archive.record(unplaced)
            # With an outcome, it isn't a request that still waits for a reply.
            await archive.keep_reading(unplaced, outcome.documents, outcome.unread)
            await archive.keep_outcome(unplaced, without_history(outcome))
            begun = await self.intake.postings.intend(unplaced, ROOT, unplaced.channel)
            if begun == "new":
                return None
            if isinstance(begun, Posting) and (begun.ts or clock() > latest):
                return begun
            await asyncio.sleep(_LOOK_SECONDS)


def shared_mention(mention: Mention, channel: str, body: JsonObject) -> Mention:
    """A request like ``mention`` in ``channel``, by the person who confirmed the modal in
    ``body``."""
    return replace(
        derived_mention(mention, SHARED, body["view"]["id"], body["user"]),
        channel=channel,
        direct=False,
    )


def _announcement(outcome: Briefing | Answer, mention: Mention, thread: str | None) -> Message:
    what = "a briefing" if isinstance(outcome, Briefing) else "an answer"
    where = [words(" from "), link("another thread", thread)] if thread else []
    did = [words(f" shared {what}"), *where, words(":")]
    return announcement(mention.person, did, *_opening(outcome))


def _opening(outcome: Briefing | Answer) -> Iterator[JsonObject]:
    """The headline or the question, the sources, and the bottom line or the first line of the
    answer, as paragraphs."""
    fixed = catalogue(outcome.language)
    if isinstance(outcome, Briefing):
        headline, line = outcome.headline, outcome.bottom_line
        title = statements.headline(headline, fixed) if headline else []
    else:
        title, line = [words(outcome.question, "bold")], next(iter(outcome.lines), None)
    if title:
        yield section(title)
    shown = outcome.documents[:_MOST_SOURCES]
    yield from source_paragraphs(shown, fixed, has_title=bool(title))
    if others := len(outcome.documents) - len(shown):
        yield section([words(f"and {others} more")])
    if line:
        yield section(statements.statement(line, fixed))


async def _is_public(mention: Mention, client: AsyncWebClient) -> bool:
    """Whether everybody can read the thread of ``mention``; False also if we aren't allowed to
    ask."""
    answer = await try_call(client.conversations_info(channel=mention.channel))
    found: JsonObject = answer["channel"] if answer else {}
    return bool(found.get("is_channel")) and not found.get("is_private")


def _as_block(elements: Sequence[JsonObject]) -> list[JsonObject]:
    return [rich_text(section(elements))] if elements else []
