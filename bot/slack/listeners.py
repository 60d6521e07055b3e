"""Listeners for events, commands and the shortcut, which become mentions."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import PastedText, Source
from bot.service.errors import ReadoutError, SlackFailure
from bot.service.intake import Intake
from bot.service.metrics import seconds_since
from bot.service.model_scheduler import begin_flow
from bot.service.ports import ROOT, HomeMemory, Mention
from bot.slack.access import Access, is_heard, with_preferences, workspace_of
from bot.slack.blocks import announcement
from bot.slack.client import (
    THREAD_GONE,
    RateLimitedClient,
    in_background,
    is_place_closed,
    message_at,
    slack_errors,
    try_call,
    within,
)
from bot.slack.home import HomeTab
from bot.slack.interactions import FAULT, Interaction, post_ephemeral
from bot.slack.mentions import (
    from_change,
    from_command,
    from_event,
    from_reaction,
    from_shortcut,
    from_stop,
    message_key,
    only_brings_text,
    reaction_key,
    reaction_target,
    receiving_team,
)
from bot.slack.modals import as_pasted_reply, offers_pasting
from bot.slack.payloads import JsonObject, Workspace
from bot.slack.posting import delete_message, metadata, post_message
from bot.slack.rich_text import link, section, shortened, words

# A command isn't a message that a reply could go under. So the reply goes into a thread under a
# message of ours that everybody sees and that says who asked for what. If the channel is closed to
# us, that message goes to the asker directly.

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
        if not is_place_closed(failure):
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
    below = []
    if mention.text:
        said = f"“{shortened(mention.text, _OPENING_LENGTH)}”"
        below.append(section([words(said, "italic")]))
    if reason:
        below.append(section([words(f"I could not reply where you asked. {reason}")]))
    did = [words(f" {asked}"), *sources, words(more)]
    message = announcement(mention.person, did, *below)
    return await post_message(client, channel, message, metadata(mention.key, ROOT))


def _named(source: Source) -> JsonObject:
    if isinstance(source, PastedText):
        return words(f"“{shortened(source.text, _OPENING_LENGTH)}”")
    return link(shortened(source.name, _OPENING_LENGTH), source.url)


# An event is on disk and acknowledged when it comes here from the `event_inbox`. It doesn't come
# through Bolt, which does not say whether a listener failed. Everything else does, and its listener
# acknowledges it after recording. The retry header of a delivery is ignored: a second delivery may
# be the only one that reached us, and the job's key makes it the same job.

_LATE_SECONDS = 10.0  # Slack had to deliver the message again, or we could not handle it at once
_LOOKUP_SECONDS = 2.0  # what else was said in the channel waits meanwhile
_LOOKUP = "conversations.replies"
_LEFT_FOR_OTHERS = 10  # of its calls: threads are read with it as well
_COMMAND_SECONDS = 2.0  # of the 3 that Slack allows until a command is acknowledged
_SLOW = "This is taking longer than usual. The answer will come as soon as it can."

Commands = Sequence[tuple[re.Pattern[str], Callable[[Interaction], Awaitable[str | None]]]]
"""Words after the command that ask for something other than a briefing, and the listener for each,
which returns what only the asker is told."""


@dataclass(frozen=True)
class MentionListeners:
    """Turns events, commands and the shortcut into mentions, and passes those to the intake."""

    intake: Intake
    access: Access
    memory: HomeMemory
    home: HomeTab
    client: RateLimitedClient
    commands: Commands

    async def event(self, body: JsonObject) -> bool:
        """Take in a message or an emoji that asks something of us, or show the tab that was opened.
        Returns whether something was asked.

        Raises:
            ReadoutError: it is not on disk, or Slack does not say who we are.
        """
        event = body["event"]
        if event.get("type") == "app_home_opened":
            # Slow tabs must not hold up everybody's requests.
            in_background(self.home.opened(body))
            return False
        workspace = await workspace_of(receiving_team(body), self.client)
        made = (of(event, workspace) for of in (from_event, from_change, from_stop))
        mention = next(filter(None, made), None)
        request = await self._if_meant_for_us(mention) if mention else None
        if request and await self._is_gone(request):
            return True
        request = request or await self._by_emoji(body, workspace)
        if request and (refusal := await self._take_in(request, workspace)):
            thread = request.thread if request.thread != request.message else None
            await post_ephemeral(self.client, request.channel, request.person, refusal, thread)
        return request is not None

    async def _is_gone(self, request: Mention) -> bool:
        """Whether its message comes late, and was deleted meanwhile: we may have heard of that
        already. False if Slack does not say."""
        if not request.is_a_message or seconds_since(request.message) < _LATE_SECONDS:
            return False
        begin_flow(request.team, request.person)  # the calls count for its workspace
        if not await self.client.has_room(_LOOKUP, _LEFT_FOR_OTHERS):
            return False
        place = (request.channel, request.message, request.thread)
        try:
            with slack_errors():
                async with asyncio.timeout(_LOOKUP_SECONDS):
                    found = await message_at(self.client, *place)
        except SlackFailure as failure:
            return failure.code == THREAD_GONE
        return found is None or found.get("subtype") == "tombstone"

    async def _by_emoji(self, body: JsonObject, workspace: Workspace) -> Mention | None:
        """The mention for a message that somebody reacted to, unless it was asked for before.

        Only messages say whether a person is from another organisation, so reactions ask for
        nothing in shared channels.
        """
        reacted = reaction_target(body["event"], workspace)
        if reacted is None or body.get("is_ext_shared_channel"):
            return None
        channel, ts = reacted
        if await self.intake.archive.mention(message_key(workspace.team, channel, ts)):
            return None
        message = await message_at(self.client, channel, ts)
        return from_reaction(body["event"], message, workspace) if message else None

    async def command(self, typed: Interaction) -> JsonObject:
        said = str(typed.body.get("text") or "").strip()
        if show := next((each for asked, each in self.commands if asked.fullmatch(said)), None):
            return {"text": await show(typed) or ""}
        workspace = await workspace_of(typed.team, self.client)
        mention = from_command(typed.body, workspace)
        if refusal := self.access.refusal(mention, await self.access.settings(mention)):
            return {"text": refusal}
        is_slow = False

        async def take_in() -> str | None:
            told: str | None = FAULT
            try:
                told = await self._take_in(mention, workspace)
            except ReadoutError as failure:
                told = failure.message
            finally:
                if is_slow and told:
                    await try_call(typed.tell(told))
            return told

        try:
            told = await within(_COMMAND_SECONDS, take_in())
        except TimeoutError:
            is_slow, told = True, _SLOW
        return {"text": told or ""}

    async def shortcut(self, chosen: Interaction) -> None:
        try:
            workspace = await workspace_of(chosen.team, self.client)
            refusal = await self._take_in(from_shortcut(chosen.body, workspace), workspace)
        except ReadoutError as failure:
            refusal = failure.message
        await chosen.ack()
        if refusal:  # not as a message of ours: we may not be in that channel
            await chosen.tell(refusal)

    async def _take_in(self, mention: Mention, workspace: Workspace) -> str | None:
        """Take in a mention with the preferences of its channel and its person; one outside a
        thread gets a thread of its own. Returns a refusal if the person may not ask."""
        settings = await self.access.settings(mention)
        if not is_heard(mention, settings):
            return None
        if refusal := self.access.refusal(mention, settings):
            return refusal
        mention = await with_preferences(mention, settings, self.memory.preferences)
        has_own_root = bool(mention.sources) and not mention.thread
        if has_own_root:
            mention = await with_thread(mention, self.client, workspace)
        try:
            await self.intake.take(mention, has_own_root=has_own_root)
        except Exception:
            # Nothing will ever be said below a root whose request is not on disk.
            if has_own_root and await self.intake.archive.mention(mention.key) is None:
                await delete_message(self.client, mention.channel, mention.thread)
            raise
        return None

    async def _if_meant_for_us(self, mention: Mention) -> Mention | None:
        """``mention`` if it is meant for us, else None. A text that we had offered to read gets the
        request that it belongs to."""
        archive = self.intake.archive
        if mention.intent in {"edit", "withdraw"}:
            return await self._if_about_a_request(mention)
        if mention.addressed:
            return mention
        is_text_alone = only_brings_text(mention)
        if mention.intent == "stop" and not is_text_alone:
            own = await archive.unfinished(mention.team, mention.channel, mention.person)
            return mention if any(each.thread == mention.thread for each in own) else None
        thread = await archive.thread(mention.team, mention.channel, mention.thread)
        if thread is None or (thread.muted and (is_text_alone or mention.intent != "unmute")):
            return None
        if not is_text_alone:
            return mention
        earlier = await archive.mention(thread.answered) if thread.answered else None
        outcome = await archive.outcome(earlier.key) if earlier else None
        return (
            as_pasted_reply(mention, earlier, outcome)
            if earlier and offers_pasting(outcome)
            else None
        )

    async def _if_about_a_request(self, change: Mention) -> Mention | None:
        """``change``, an edit or a withdrawal, if it is of a request, else None. A withdrawal gets
        the thread of its request, which Slack need not name."""
        archive, at = self.intake.archive, (change.team, change.channel, change.message)
        if change.intent == "withdraw":
            for key in (message_key(*at), reaction_key(*at)):
                # What is to be reminded of may have outlived the rest.
                await self.memory.reminders.forget(key)
                if request := await archive.mention(key):
                    change = replace(change, thread=request.thread)
        else:
            asked = await archive.mention(message_key(*at))
            # Slack need not say what the message was before.
            if asked and (asked.text, asked.sources) == (change.text, change.sources):
                return None
        place = (change.team, change.channel, change.thread)
        return change if await archive.arisen_from(*place, change.message) else None
