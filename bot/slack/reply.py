"""How does a reply reach its thread?"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.briefing.documents import Document
from bot.briefing.draft import Place
from bot.briefing.lines import Answer, Briefing, Line
from bot.service.errors import SlackFailure
from bot.service.ports import Mention, Notice, Outcome, Postings, ThreadReply
from bot.slack.blocks import Message, text_block
from bot.slack.buttons import actions, reply_buttons
from bot.slack.client import (
    CHANNEL_REFUSALS,
    RATE_LIMITED,
    STATUS,
    THREAD_GONE,
    UPDATE,
    WORKSPACE_REFUSALS,
    RateLimitedClient,
    Refusals,
    is_format_rejected,
    is_place_closed,
    slack_errors,
    try_call,
)
from bot.slack.evidence import Page, evidence_view
from bot.slack.interactions import post_ephemeral, update_view
from bot.slack.posting import Poster, RequestDeleted, Spot
from bot.slack.rich_text import link, pieces, rich_text, safe_mrkdwn, section, words
from bot.slack.streaming import PACE, Pace, Streams

# First comes a sign that the mention was received: the thread's status or, if that can't be set, a
# message that the reply replaces. If writing takes a while, verified lines are streamed. Then the
# finished reply comes, in one message or several. If we can't post there, the asker gets it as
# direct messages, with the reason.

_DIRECT_PARTS = 10_000  # keeps them apart from the parts of the same reply in the channel
_CHECKING = "Checking each line against its passage…"
_LOADING_MESSAGES = {
    "is writing…": ["Writing line by line…", _CHECKING],
    "is searching the sources…": ["Searching the sources…", _CHECKING],
}
"""What Slack shows in turn during some statuses."""
_NOT_SUPPORTED = (
    "Your version of a line isn’t supported by its passage, so the earlier one is still shown. "
    "Open Evidence to decide which one to keep."
)
_PLAIN_PARTS = 100  # for each message whose blocks Slack rejected
_SIGN_SECONDS = 5.0
"""How long, at most, work waits until a first sign is updated."""
_LEFT_FOR_REPLIES = 10
"""Edits per half a minute that first signs leave to replies."""

_log = logging.getLogger(__name__)


class SlackReplies:
    """Opens the reply to a mention (`ports.Replies`), and holds what all replies share."""

    def __init__(self, client: RateLimitedClient, postings: Postings, pace: Pace = PACE) -> None:
        self.client = client
        self.postings = postings
        self.refusals = Refusals()
        self.streams = Streams(client, postings, pace, self.refusals)
        self.sign_updates: dict[str, asyncio.Task[None]] = {}
        """The updates of first signs in progress, by the key of the mention."""

    def to(self, mention: Mention) -> ThreadReply:
        return SlackReply(self, mention)


class SlackReply:
    """One reply (`ports.ThreadReply`). After a crash a new object can continue with any step, since
    everything is stored."""

    def __init__(self, replies: SlackReplies, mention: Mention) -> None:
        self._replies = replies
        self._client = replies.client
        self._streams = replies.streams
        self._mention = mention
        self._poster = Poster(replies.client, replies.postings, mention)
        self._home = Spot(mention.channel, None if mention.is_unasked else mention.thread)

    async def progress(self, stage: str) -> None:
        if (stream := self._streams.of(self._mention)) and stream.progress(stage):
            return
        await self._show_stage(stage, updates_sign=True)

    async def waiting(self, ahead: int) -> None:
        place = f"{ahead} ahead of you" if ahead else "yours is next"
        # This may be the listening process, which does not know when the reply comes.
        await self._show_stage(f"waiting: {place}", updates_sign=False)
        if await self._poster.has_replied():
            await self._set_status("")

    async def _show_stage(self, stage: str, *, updates_sign: bool) -> None:
        """Show ``stage`` as the thread's status or, if Slack has none there, as a message; one that
        is there already is edited only if ``updates_sign``. Failures never stop the work."""
        if not self._is_waited_for or not await self._client.has_room(STATUS):
            return
        if await self._set_status(f"is {stage}…"):
            return
        text = f"{stage[:1].upper()}{stage[1:]}…"
        # Unlike a status, a message must not be posted twice.
        if not await self._poster.has_begun():
            await self._post_sign(text)
        elif updates_sign:
            await self._update_sign(text)

    async def offer_stop(self, stage: str) -> None:
        # This message is a first sign: the reply replaces it, also after a crash.
        stream = self._streams.of(self._mention)
        has_stop = stream is not None and stream.has_stop
        if has_stop or not self._is_waited_for:
            return
        if await self._poster.has_begun():
            if self._has_status:  # else each stage updates it
                await self._update_sign(stage)
        elif await self._client.may_offer():
            await self._post_sign(stage)

    async def begins(self, documents: tuple[Document, ...], language: str | None) -> None:
        if self._mention.version_of is None:  # else the messages show another version until then
            self._streams.begin(self._mention, documents, language)

    async def line(self, line: Line, place: Place) -> None:
        if stream := self._streams.of(self._mention):
            stream.line(line, place)

    async def rest(self) -> None:
        await self._streams.stop(self._mention)
        if update := self._replies.sign_updates.get(self._mention.key):
            await asyncio.wait({update})  # else it could overwrite the reply

    async def done(self, outcome: Outcome) -> None:
        await self.rest()
        if self._mention.version_of is not None:
            await self._show_version(outcome)
            return
        shown = await self._poster.messages(outcome)
        if not self._mention.thread:
            await self._respond(shown[0])
            return
        try:
            await self._show_in_place(shown, outcome)
        except RequestDeleted:
            await self._set_status("")
            return
        await self._streams.agent_view.suggest(self._mention, outcome)

    async def _show_in_place(self, shown: tuple[Message, ...], outcome: Outcome) -> None:
        try:
            sign = await self._poster.find_sign()
            await self._show(shown, self._home, sign)
            if sign or self._poster.has_found:
                # A post ends the status by itself; editing the sign, or finding the reply already
                # posted, does not.
                await self._set_status("")
            await self._streams.wait_stopped(self._mention)
            await self._poster.delete_signs()
            if self._poster.has_streamed:
                await self._streams.agent_view.end(self._mention)
        except SlackFailure as failure:
            if self._mention.direct and failure.code == THREAD_GONE:
                raise RequestDeleted from failure
            if self._mention.direct or not is_place_closed(failure):
                raise
            if not self._mention.person:
                _log.warning("could not remind a channel: %s", failure.code)
                return
            if isinstance(outcome, Notice) and outcome.due:  # the due list is for the channel
                shown = await self._poster.messages(replace(outcome, due=None))
            there = Spot(self._mention.person, None, _DIRECT_PARTS)
            await self._show(_with_reason(shown, failure, self._mention), there, None)

    async def _show_version(self, outcome: Outcome) -> None:
        """Show the version in the messages that show another. If it couldn't be made, they stay as
        they are, and only the asker is told why."""
        if isinstance(outcome, Notice):
            await self._poster.delete_signs()  # if that fails, all this is done again later
            await self.aside(outcome.text)
        elif await self._replies.postings.take_over(self._mention):
            await self.again(outcome)
        await self._set_status("")
        await self._poster.delete_signs()

    async def again(self, outcome: Outcome, edit: str = "") -> None:
        with suppress(RequestDeleted):
            await self._poster.replace_all(await self._poster.messages(outcome), edit)

    async def below(self, text: str, about: str) -> None:
        with suppress(RequestDeleted):
            await self._poster.post_below(Message(safe_mrkdwn(text), (text_block(text),)), about)

    async def aside(self, text: str) -> None:
        mention = self._mention
        if not mention.thread:
            with suppress(SlackFailure):
                await self._respond(Message(text, (text_block(text),)))
            return
        in_thread = mention.about is not None or mention.thread != mention.message
        thread = mention.thread if in_thread else None
        await post_ephemeral(self._client, mention.channel, mention.person, text, thread)

    async def corrected(self, outcome: Outcome | None, told: str) -> None:
        mention, correction = self._mention, self._mention.correction
        if correction is None or mention.about is None:
            return
        at = Page(mention.about, correction.page)
        view = evidence_view(outcome, at, is_askers=True, message=told)
        said = told or (_NOT_SUPPORTED if _is_undecided(outcome, mention.key) else "")
        if not await update_view(view, correction.dialog, self._client) and said:
            await self.aside(said)

    async def end_stream(self) -> None:
        await self._poster.end_stream()
        await self._streams.agent_view.end(self._mention)

    async def take_back(self) -> None:
        await self.rest()
        await self._streams.wait_stopped(self._mention)
        await self._poster.delete_all()
        if self._poster.has_streamed:
            await self._streams.agent_view.end(self._mention)
        if self._mention.thread:
            await self._set_status("")

    @property
    def _is_waited_for(self) -> bool:
        """Whether somebody waits for the reply in a thread."""
        return bool(self._mention.thread) and not self._mention.is_unasked

    @property
    def _has_status(self) -> bool:
        """Whether Slack shows a status there, as far as we know."""
        is_refused, mention = self._replies.refusals.is_refused, self._mention
        return self._is_waited_for and not (
            is_refused(STATUS, mention.team) or is_refused(STATUS, mention.channel)
        )

    async def _set_status(self, status: str) -> bool:
        """Set the thread's status. Returns False if Slack has none there; True also if there were
        only too many calls."""
        if not self._has_status:
            return False
        try:
            with slack_errors():
                await self._client.assistant_threads_setStatus(
                    channel_id=self._mention.channel,
                    thread_ts=self._mention.thread,
                    status=status,
                    loading_messages=_LOADING_MESSAGES.get(status),
                )
        except SlackFailure as failure:
            if failure.code in WORKSPACE_REFUSALS:
                self._replies.refusals.record(STATUS, self._mention.team)
            if failure.code in CHANNEL_REFUSALS:
                self._replies.refusals.record(STATUS, self._mention.channel)
            return failure.code == RATE_LIMITED
        return True

    async def _update_sign(self, text: str) -> None:
        """Show ``text`` in place of the first sign, unless an update is in progress or edits are
        scarce."""
        updates, key = self._replies.sign_updates, self._mention.key
        if await self._client.has_room(UPDATE, _LEFT_FOR_REPLIES) and key not in updates:
            change = try_call(self._poster.change_sign(self._sign_message(text)))
            updates[key] = update = asyncio.create_task(change)
            update.add_done_callback(lambda _: updates.pop(key, None))
            # It goes on even if this is cancelled, and the reply waits for it: it may be on its way
            # to Slack already, and would overwrite the reply.
            await asyncio.wait({update}, timeout=_SIGN_SECONDS)

    def _sign_message(self, text: str) -> Message:
        return Message(text, (text_block(text), actions(*reply_buttons(None, self._mention))))

    async def _post_sign(self, text: str) -> None:
        with suppress(RequestDeleted):
            await try_call(self._poster.post_sign(self._sign_message(text), self._home))

    async def _show(self, shown: tuple[Message, ...], spot: Spot, sign: str | None) -> None:
        for message in shown:
            try:
                if sign:
                    ts = await self._poster.replace_sign(sign, message, spot)
                else:
                    ts = await self._poster.post(message, spot)
            except SlackFailure as failure:
                if not message.blocks or not is_format_rejected(failure):
                    raise
                _log.warning("Slack rejected a message of ours: %s", failure.code)
                plainly = tuple(Message(text, ()) for text in pieces(message.blocks))
                first = Spot(spot.channel, spot.thread, (spot.part + 1) * _PLAIN_PARTS)
                await self._show(plainly, first, sign)
                ts = spot.thread or ""
            spot, sign = spot.after(ts), None

    async def _respond(self, message: Message) -> None:
        """Answer a command that opened no thread; only the asker sees it."""
        if self._mention.response_url is None:
            return
        webhook = AsyncWebhookClient(
            self._mention.response_url, session=self._client.session, retry_handlers=[]
        )
        with slack_errors():
            await webhook.send(
                text=message.text, blocks=list(message.blocks), response_type="ephemeral"
            )


def _is_undecided(outcome: Outcome | None, key: str) -> bool:
    """Whether the asker still has to decide about the line corrected by ``key``."""
    if not isinstance(outcome, Briefing | Answer):
        return False
    return any(edit.key == key and not edit.is_decided for edit in outcome.edits)


def _with_reason(
    shown: tuple[Message, ...], failure: SlackFailure, mention: Mention
) -> tuple[Message, ...]:
    """The messages, with the reason why they are direct messages at the top."""
    reason = f"I could not reply where you asked. {failure.message}"
    request = [words(" "), link("Your request", mention.permalink)] if mention.permalink else []
    first = shown[0]
    opened = (rich_text(section([words(reason), *request])), *first.blocks)
    return (Message(f"{reason} {first.text}", opened), *shown[1:])
