"""What do the buttons under a reply and the entries of its menu do?"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import ENGLISH, catalogue
from bot.briefing.digest import Story
from bot.briefing.lines import Answer, Briefing
from bot.briefing.requests import WebPage, Wishes
from bot.service import metrics
from bot.service.errors import SlackFailure
from bot.service.ports import Archive, Feedback, HomeMemory, Mention, Notice, Outcome, Posting
from bot.slack.access import Access, begin, workspace_of
from bot.slack.buttons import BAD, GOOD, NAMED, Button, carried, plain
from bot.slack.client import within
from bot.slack.editing import editing_button
from bot.slack.event_inbox import Intake
from bot.slack.evidence import GONE, Page, evidence_view
from bot.slack.home import NO_TRANSLATION
from bot.slack.mentions import again, anew, as_briefing, stopping
from bot.slack.modals import (
    NO_QUESTION,
    QUESTION,
    TEXT,
    about,
    against,
    asking_view,
    field,
    modal,
    notice,
    paste_view,
    picked,
    refused,
    text_field,
    typed,
    with_question,
    with_suggested,
    with_text,
)
from bot.slack.payloads import JsonObject
from bot.slack.posting import delete_message
from bot.slack.pressed import (
    Pressed,
    refusal_of_another,
    replied,
    tell,
)
from bot.slack.reminders import Reminding
from bot.slack.rich_text import rich_text, section, words
from bot.slack.sharing import (
    CHANNEL,
    NOT_THERE,
    Sharing,
    choosing_view,
    chosen,
    confirmed,
    confirming_view,
    failed_view,
    for_channel,
    told_view,
)
from bot.slack.sharing import NONE_CHOSEN as NO_CHANNEL
from bot.slack.stories import StoryListeners
from bot.slack.versions import LANGUAGE, Wanted, asked_for, show, translated, translating_view
from bot.slack.versions import NONE_CHOSEN as NO_LANGUAGE

# How is a reply deleted, with everything stored for it?
#
# Only the asker is asked to confirm; the modal knows where the button was pressed.

CONFIRMED = "deleted.v1"
"""The callback id of the modal."""
_STAYS = "The stored data for this request is deleted, but one of my messages remains: {reason}"


def confirm_deletion_view(pressed: Pressed, outcome: Outcome | None) -> JsonObject:
    """The question whether the reply shall go, in the language of the reply."""
    language = None if outcome is None or isinstance(outcome, Notice) else outcome.language
    fixed = catalogue(language)
    told = f"{fixed.delete_asked} {fixed.delete_told}"
    name = fixed.buttons["delete"]
    here = f"{pressed.channel} {pressed.message} {pressed.key}"
    view = modal(CONFIRMED, here, name, name, [rich_text(section([words(told)]))])
    return {**view, "close": {**view["close"], "text": fixed.keep}}


def confirmed_deletion(view: JsonObject) -> tuple[str, str, str]:
    """The channel and the timestamp of the message with the button, and the mention's key."""
    channel, ts, key = about(view).split(" ", 2)
    return channel, ts, key


async def delete(
    mention: Mention, here: tuple[str, str], intake: Intake, client: AsyncWebClient
) -> str | None:
    """Delete all versions of the reply to ``mention``; what is to be said where a message stays.

    The message with the button, which stands ``here``, goes last, so that what is cut off can be
    done again.
    """
    channel, _ = here
    versions = [each.key for each in await intake.archive.versions(mention)]
    postings = [each for key in versions for each in await intake.postings.of(key)]
    others = _places(postings, mention, channel) - {here}
    failures = [await delete_message(client, *place) for place in sorted(others, reverse=True)]
    for key in sorted(versions, key=mention.key.__eq__):  # that of the button goes last as well
        await intake.archive.delete(key)
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


# What do people think of a reply, and why?
#
# "Not useful" is stored at once, and again with its reason if one is given.

REASONED = "reasoned.v1"
"""The callback id of the modal for a reason."""

_KIND, _WORDS = "kind", "words"
_MOST = 1_000
_READ_BY = "The people who run Readout here can read this."
_REASONS = {
    "unsupported": "A line isn’t supported by the source",
    "missing": "Something important is missing",
    "unclear": "It is hard to read",
    "other": "Something else",
}
_NONE_CHOSEN = "Choose what is wrong with it."
_THANKS = "Thank you. The people who run Readout here can see this."


class FeedbackButtons:
    """Listeners for the thumbs."""

    def __init__(self, archive: Archive, feedback: Feedback, access: Access) -> None:
        self._archive = archive
        self._feedback = feedback
        self._access = access

    async def given(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Keep a thumb; ask why, where it is down."""
        await ack()
        value = str(body["actions"][0]["value"])
        key = value.removeprefix(GOOD).removeprefix(BAD)
        pressed, is_good = Pressed.of(key, ack, body, client, respond), value.startswith(GOOD)
        if refusal := self._access.refusal_in(pressed.channel):
            await pressed.tell(refusal)
            return
        mention = await self._archive.mention(key)
        if mention is None:
            await pressed.tell(GONE)
            return
        is_new = await self._feedback.give(mention, pressed.person, is_good=is_good, reason="")
        if is_new:
            metrics.FEEDBACK.labels("good" if is_good else "bad").inc()
        if not is_good:
            await pressed.open(_why(key))
        elif is_new:
            await pressed.tell(_THANKS)

    async def reasoned(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Keep the reason for a thumb down."""
        mention, kind = await self._archive.mention(about(view)), picked(view, _KIND)
        if kind is None:
            await ack(**refused(_KIND, _NONE_CHOSEN))
            return
        if mention is not None:
            said = typed(view, _WORDS)
            reason = f"{kind}: {said}" if said else kind
            await self._feedback.give(mention, body["user"]["id"], is_good=False, reason=reason)
        await ack()


def _why(key: str) -> JsonObject:
    options = [{"text": plain(text), "value": kind} for kind, text in _REASONS.items()]
    kinds = {"type": "radio_buttons", "action_id": _KIND, "options": options}
    words = text_field(_WORDS, _MOST, is_long=True)
    fields = (
        field("What is wrong with it?", kinds),
        field("In your words", words, hint=_READ_BY, is_optional=True),
    )
    return modal(REASONED, key, "Not useful", "Send", fields)


# The method named after a button handles it, and returns a message for the person who pressed.
# A press that makes new work is recorded before the acknowledgement, under a key made of the button
# and its message: a second press is the same job. What takes longer acknowledges first, as opening
# a dialog does: Slack waits for three seconds.

_VIEW_SECONDS = 2.0  # of the 3 that Slack allows until a modal is acknowledged
_NO_TRANSLATING = notice(
    "Translate",
    words(f"{NO_TRANSLATION} Whoever runs Readout for your workspace can set one up."),
)
_MUTED = "This digest won’t mention that story again."
_SLOW = "This is taking longer than usual. Check in a minute whether it was shared in"

_log = logging.getLogger(__name__)


def _story(pressed: Pressed, outcome: Outcome | None) -> tuple[Story | None, str | None]:
    """The story in a digest that the button is under, and the language of the digest."""
    digest = outcome.digest if isinstance(outcome, Notice) else None
    if digest is None:
        return None, None
    return digest.stories[int(pressed.beside)], digest.language


class Actions:
    """Listeners for the buttons, the menu and the modals that they open."""

    def __init__(
        self,
        intake: Intake,
        access: Access,
        reminding: Reminding,
        stories: StoryListeners,
        memory: HomeMemory,
    ) -> None:
        self._intake = intake
        self._access = access
        self._exports = stories.exports
        self._reminding = reminding
        self._stories = stories
        self._digests = memory.digests
        self._has_model = memory.has_model

    def listener(self, which: Button) -> Callable[..., Awaitable[None]]:
        """The method that handles that button."""

        async def listen(
            ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
        ) -> None:
            value = str(body["actions"][0]["value"])
            await self._press(which, Pressed.of(value, ack, body, client, respond))

        return listen

    async def choose(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Handle the chosen entry of the menu."""
        value = str(body["actions"][0]["selected_option"]["value"])
        name, _, key = value.partition(":")
        if which := NAMED.get(name):
            await self._press(which, Pressed.of(key, ack, body, client, respond))
        else:
            await ack()

    async def _press(self, which: Button, pressed: Pressed) -> None:
        """Handle the button, if the person who pressed it may use it."""
        archive, told = self._intake.archive, None
        mention, outcome = await replied(pressed.key, archive)
        match which.presser:
            case "reader":
                refusal = self._access.refusal_in(pressed.channel)
            case "asker":
                mention = await archive.mention(pressed.key)
                refusal = refusal_of_another(mention, pressed.person, which.deed)
            case _ if mention is None:
                refusal = GONE
            case _:
                asks = replace(mention, person=pressed.person)
                refusal = await self._access.refusal_of(asks)
        if refusal and which.presser == "asker":
            await pressed.open(notice(ENGLISH.buttons[which.name], words(refusal)))
        elif refusal is None:
            told = await getattr(self, which.name)(pressed, mention, outcome)
        else:
            told = refusal
        await pressed.ack()
        if told:
            await pressed.tell(told)

    async def evidence(
        self, pressed: Pressed, mention: Mention | None, outcome: Outcome | None
    ) -> None:
        is_askers = mention is not None and mention.person == pressed.person
        await pressed.open(evidence_view(outcome, Page(pressed.key), is_askers=is_askers))

    async def paste(self, pressed: Pressed, _: Mention, outcome: Outcome | None) -> None:
        await pressed.open(paste_view(pressed.key, int(pressed.beside or 0), outcome))

    async def pasted(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a text that was pasted into the modal."""
        key, _ = carried(about(view))
        mention, outcome = await replied(key, self._intake.archive)
        if mention is None:
            refusal: str | None = GONE
        elif (refusal := against(view)) is None:
            refusal = await self._begin(with_text(mention, outcome, body))
        await (ack(**refused(TEXT, refusal)) if refusal else ack())

    async def retry(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> str | None:
        return await self._begin(again(mention, "retry", pressed.message, pressed.user))

    async def brief(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> str | None:
        return await self._begin(as_briefing(mention, pressed.message, pressed.user))

    async def brief_story(
        self, pressed: Pressed, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Brief a story of a digest in the digest's thread."""
        story, language = _story(pressed, outcome)
        if story is None:
            return GONE
        pages = tuple(
            WebPage(document.url, public_only=document.is_public)
            for document in story.documents
            if document.url
        )
        workspace = await workspace_of(mention.team, pressed.client)
        asked = replace(
            again(mention, f"story{pressed.beside}", pressed.message, pressed.user),
            thread=pressed.thread,
            message=pressed.message,
            permalink=workspace.permalink(mention.channel, pressed.message),
            intent="brief",
            text="",
            sources=pages,
            wishes=Wishes(language=language),
            about=None,
        )
        return await self._begin(asked)

    async def mute_story(
        self, pressed: Pressed, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Mute a story in the digest."""
        story, _ = _story(pressed, outcome)
        if story is None:
            return GONE
        await self._digests.mute(mention.about or "", story.id)
        return _MUTED

    async def anew(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> str | None:
        return await self._begin(anew(mention, pressed.message, pressed.user))

    async def shorter(self, pressed: Pressed, *_: object) -> str | None:
        return await self._version(pressed, "short")

    async def longer(self, pressed: Pressed, *_: object) -> str | None:
        return await self._version(pressed, "long")

    async def first(self, pressed: Pressed, *_: object) -> str | None:
        return await self._version(pressed, None)

    async def _version(self, pressed: Pressed, wanted: Wanted) -> str | None:
        """Show the briefing at another length, or its first version again."""
        asked = await asked_for(pressed, wanted, self._intake)
        if asked is None:
            return GONE
        if not asked.is_kept:
            return await self._begin(asked.mention, asked.briefing)
        await pressed.ack()
        try:
            await show(asked, self._intake, pressed.client)
        except SlackFailure as failure:
            return failure.message
        return None

    async def ask(self, pressed: Pressed, *_: object) -> None:
        """Open the modal for a question."""
        await pressed.open(asking_view(pressed.key))

    async def asked(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a question that was asked in the modal."""
        mention, _ = await replied(about(view), self._intake.archive)
        refusal: str | None = GONE
        if not typed(view, QUESTION):
            refusal = NO_QUESTION
        elif mention:
            refusal = await self._begin(with_question(mention, body))
        await (ack(**refused(QUESTION, refusal)) if refusal else ack())

    async def suggested(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> str | None:
        """Ask the question on the button."""
        question = pressed.beside
        return await self._begin(with_suggested(mention, question, pressed.message, pressed.user))

    async def remind(
        self, pressed: Pressed, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        return await self._reminding.remind(pressed, mention, outcome)

    async def done(self, pressed: Pressed, mention: Mention, outcome: Outcome | None) -> str | None:
        return await self._reminding.mark(pressed, mention, outcome, "done")

    async def missed(
        self, pressed: Pressed, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        return await self._reminding.mark(pressed, mention, outcome, "missed")

    async def tomorrow(
        self, pressed: Pressed, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        return await self._reminding.mark(pressed, mention, outcome, "tomorrow")

    async def stop(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> None:
        await self._intake.take(stopping(mention, pressed.message, pressed.user))

    async def delete(self, pressed: Pressed, _: Mention, outcome: Outcome | None) -> None:
        """Ask for confirmation that the reply should be deleted."""
        await pressed.open(confirm_deletion_view(pressed, outcome))

    async def deletion_confirmed(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient
    ) -> None:
        """Delete the reply."""
        view, person = body["view"], str(body["user"]["id"])
        channel, ts, key = confirmed_deletion(view)
        mention = await self._intake.archive.mention(key)
        if refusal := refusal_of_another(mention, person, NAMED["delete"].deed):
            told = notice(view["title"]["text"], words(refusal))
            await ack(response_action="update", view=told)
            return
        await ack()
        if mention and (stays := await delete(mention, (channel, ts), self._intake, client)):
            await tell(client, channel, person, stays)

    async def translate(self, pressed: Pressed, *_: object) -> None:
        await pressed.open(translating_view(pressed.key) if self._has_model else _NO_TRANSLATING)

    async def share(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> None:
        view = choosing_view(pressed.key)
        if mention.person == pressed.person:
            view["blocks"].append(editing_button(pressed.key))
        await pressed.open(view)

    async def export(
        self, pressed: Pressed, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        if not isinstance(outcome, Briefing | Answer):
            return GONE
        return await self._exports.export(pressed, mention, outcome)

    async def story(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> str | None:
        return await self._stories.show(pressed, mention)

    async def language_chosen(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a briefing in another language."""
        mention, outcome = await self._kept(about(view))
        refusal: str | None = GONE
        if picked(view, LANGUAGE) is None:
            refusal = NO_LANGUAGE
        elif mention and outcome:
            refusal = await self._begin(translated(mention, body), outcome)
        await (ack(**refused(LANGUAGE, refusal)) if refusal else ack())

    async def channel_chosen(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Ask once more, naming the channel."""
        key, channel = about(view), chosen(view)
        mention = await self._intake.archive.mention(key)
        refusal: str | None = GONE
        if channel is None:
            refusal = NO_CHANNEL
        elif mention:
            refusal = await self._refusal_to_share(mention, for_channel(mention, channel, body))
        if refusal or channel is None:
            await ack(**refused(CHANNEL, refusal or NO_CHANNEL))
        else:
            await ack(response_action="update", view=confirming_view(key, channel))

    async def channel_confirmed(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        """Share, and say how it went."""
        key, channel = confirmed(body["view"])
        try:
            told = await within(_VIEW_SECONDS, self._shared(key, channel, body, client))
        except SlackFailure as failure:
            told = failed_view(key, channel, failure, context.bot_user_id or "")
        except TimeoutError:
            told = told_view(_SLOW, channel)
        await ack(response_action="update", view=told)

    async def _shared(
        self, key: str, channel: str, body: JsonObject, client: AsyncWebClient
    ) -> JsonObject:
        mention, outcome = await self._kept(key)
        if mention is None or outcome is None:
            return told_view(GONE)
        shared = for_channel(mention, channel, body)
        if refusal := await self._refusal_to_share(mention, shared):
            return told_view(refusal)
        settings = await self._access.settings(shared)
        shared = replace(shared, fleeting=mention.fleeting or settings.is_fleeting)
        await Sharing(self._intake, client).share(outcome, shared, mention)
        return told_view("Shared in", channel)

    async def _refusal_to_share(self, mention: Mention, shared: Mention) -> str | None:
        """Why ``mention`` may not be ``shared``: who does that has to be one of those who may
        ask, here and there."""
        here = replace(mention, person=shared.person)
        if refusal := await self._access.refusal_of(here):
            return refusal
        return NOT_THERE if await self._access.refusal_of(shared) else None

    async def _kept(self, key: str) -> tuple[Mention | None, Briefing | Answer | None]:
        mention, outcome = await replied(key, self._intake.archive)
        return mention, None if isinstance(outcome, Notice) else outcome

    async def _begin(self, mention: Mention, known: Briefing | Answer | None = None) -> str | None:
        """Begin the job of ``mention``. Returns a refusal if its person may not ask."""
        return await begin(mention, self._access, self._intake, known)
