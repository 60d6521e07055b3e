"""What do the buttons under a reply and the entries of its menu do?"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import catalogue
from bot.briefing.lines import Answer, Briefing
from bot.service import metrics
from bot.service.errors import SlackFailure
from bot.service.ports import Archive, Exporter, Feedback, Mention, Notice, Outcome, Posting
from bot.slack.access import Access, begin
from bot.slack.buttons import BAD, GOOD, plain
from bot.slack.client import within
from bot.slack.editing import editing_button
from bot.slack.event_inbox import Intake
from bot.slack.evidence import GONE, Page, evidence_view
from bot.slack.home import NO_TRANSLATION
from bot.slack.mentions import again, anew, as_briefing, stopping
from bot.slack.modals import (
    EMPTY,
    QUESTION,
    TEXT,
    about,
    against,
    asking_view,
    field,
    modal,
    notice,
    numbered,
    paste_view,
    picked,
    refused,
    suggested,
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
    button,
    entry,
    refusal_of_another,
    refusal_under,
    replied,
    tell,
)
from bot.slack.rich_text import rich_text, section, words
from bot.slack.sharing import (
    CHANNEL,
    NOT_THERE,
    Exports,
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
from bot.slack.versions import LANGUAGE, Wanted, asked_for, show, translated, translating_view
from bot.slack.versions import NONE_CHOSEN as NO_LANGUAGE

# How is a reply deleted, with everything stored for it?
#
# Only the asker is asked to confirm; the modal knows where the button was pressed.

CONFIRMED = "deleted.v1"
"""The name of the box: what it sends carries it."""
NOT_YOURS = "Only the person who asked for this reply, or shared it here, can delete it."
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
"""The name of the box for a reason."""

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
        pressed = button(body, client, respond)
        if refusal := self._access.refusal_in(pressed.channel):
            await pressed.tell(refusal)
            return
        is_good = pressed.key.startswith(GOOD)
        key = pressed.key.removeprefix(GOOD).removeprefix(BAD)
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


# What do the buttons under a reply do?
#
# Each carries the key of the mention it is under. A press that makes new work is recorded before
# the acknowledgement, under a key made of the button and its message: a second press is the same
# job.

_NOT_YOURS_TO_STOP = "Only the person who asked can stop this."

_log = logging.getLogger(__name__)


class Actions:
    """Listeners for the buttons."""

    def __init__(self, intake: Intake, access: Access) -> None:
        self._intake = intake
        self._access = access

    async def show_evidence(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        pressed = button(body, client, respond)
        if refusal := self._access.refusal_in(pressed.channel):
            await pressed.tell(refusal)
            return
        mention, outcome = await replied(pressed.key, self._intake.archive)
        is_askers = mention is not None and mention.person == pressed.person
        await pressed.open(evidence_view(outcome, Page(pressed.key), is_askers=is_askers))

    async def open_box(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        pressed = button(body, client, respond)
        number, key = numbered(pressed.key)
        pressed = replace(pressed, key=key)
        if refusal := await refusal_under(pressed, self._access, self._intake.archive):
            await pressed.tell(refusal)
        else:
            outcome = await self._intake.archive.outcome(key)
            await pressed.open(paste_view(key, number, outcome))

    async def pasted(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        _, key = numbered(about(view))
        mention, outcome = await replied(key, self._intake.archive)
        if mention is None:
            refusal: str | None = GONE
        elif (refusal := against(view)) is None:
            refusal = await begin(with_text(mention, outcome, body), self._access, self._intake)
        await (ack(**refused(TEXT, refusal)) if refusal else ack())

    async def retry(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._begin(ack, pressed, lambda m: again(m, "retry", pressed.message, pressed.user))

    async def brief(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._begin(ack, pressed, lambda m: as_briefing(m, pressed.message, pressed.user))

    async def shorter(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self.version(ack, button(body, client, respond), "short")

    async def longer(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self.version(ack, button(body, client, respond), "long")

    async def first(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await self.version(ack, button(body, client, respond), None)

    async def version(self, ack: AsyncAck, pressed: Pressed, wanted: Wanted) -> None:
        """Show the briefing at another length, or its first version again."""
        asked = await asked_for(pressed, wanted, self._intake)
        refusal: str | None = GONE
        if asked and asked.is_kept:
            refusal = await self._access.refusal_of(asked.mention)
        elif asked:
            refusal = await begin(asked.mention, self._access, self._intake, asked.briefing)
        await ack()
        if refusal:
            await pressed.tell(refusal)
        elif asked and asked.is_kept:
            try:
                await show(asked, self._intake, pressed.client)
            except SlackFailure as failure:
                await pressed.tell(failure.message)

    async def ask(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Open the box for a question."""
        await ack()
        pressed = button(body, client, respond)
        if refusal := await refusal_under(pressed, self._access, self._intake.archive):
            await pressed.tell(refusal)
        else:
            await pressed.open(asking_view(pressed.key))

    async def ask_suggested(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Ask the question on the button."""
        pressed = button(body, client, respond)
        key, question = suggested(pressed.key)
        await self._begin(
            ack,
            replace(pressed, key=key),
            lambda m: with_suggested(m, question, pressed.message, pressed.user),
        )

    async def anew(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        await self._begin(ack, pressed, lambda m: anew(m, pressed.message, pressed.user))

    async def stop(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        pressed = button(body, client, respond)
        mention = await self._intake.archive.mention(pressed.key)
        refusal = refusal_of_another(mention, pressed.person, _NOT_YOURS_TO_STOP)
        if mention and not refusal:
            await self._intake.take(stopping(mention, pressed.message, pressed.user))
        await ack()
        if refusal:
            await pressed.tell(refusal)

    async def ask_to_delete(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Ask who asked, and nobody else, whether the reply shall go."""
        await ack()
        await self.confirm_deletion(button(body, client, respond))

    async def confirm_deletion(self, pressed: Pressed) -> None:
        """The same, by an entry of the menu."""
        mention = await self._intake.archive.mention(pressed.key)
        if refusal := refusal_of_another(mention, pressed.person, NOT_YOURS):
            await pressed.open(notice("Delete", words(refusal)))
        else:
            outcome = await self._intake.archive.outcome(pressed.key)
            await pressed.open(confirm_deletion_view(pressed, outcome))

    async def deletion_confirmed(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient
    ) -> None:
        """Delete the reply."""
        view, person = body["view"], str(body["user"]["id"])
        channel, ts, key = confirmed_deletion(view)
        mention = await self._intake.archive.mention(key)
        if refusal := refusal_of_another(mention, person, NOT_YOURS):
            told = notice(view["title"]["text"], words(refusal))
            await ack(response_action="update", view=told)
            return
        await ack()
        if mention and (stays := await delete(mention, (channel, ts), self._intake, client)):
            await tell(client, channel, person, stays)

    async def delete(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Delete a reply whose button Slack itself has asked about: those of earlier versions."""
        await ack()
        pressed = button(body, client, respond)
        mention = await self._intake.archive.mention(pressed.key)
        told = refusal_of_another(mention, pressed.person, NOT_YOURS)
        if mention and not told:
            here = (pressed.channel, pressed.message)
            told = await delete(mention, here, self._intake, client)
        if told:
            await pressed.tell(told)

    async def _begin(
        self, ack: AsyncAck, pressed: Pressed, change: Callable[[Mention], Mention]
    ) -> None:
        mention, _ = await replied(pressed.key, self._intake.archive)
        refusal: str | None = GONE
        if mention:
            refusal = await begin(change(mention), self._access, self._intake)
        await ack()
        if refusal:
            await pressed.tell(refusal)


# What do the entries of the menu behind the buttons do?
#
# Each entry carries its own name and the key of the mention that it stands under.

_VIEW_SECONDS = 2.0  # of the 3 that Slack allows until a box is acknowledged
_NO_TRANSLATING = notice(
    "Translate",
    words(f"{NO_TRANSLATION} Whoever runs Readout for your workspace can set one up."),
)
_SLOW = "This is taking longer than usual. Check in a minute whether it was shared in"


class MenuActions:
    """Listeners for the menu and its boxes."""

    def __init__(
        self,
        actions: Actions,
        intake: Intake,
        access: Access,
        exporter: Exporter,
        *,
        has_model: bool,
    ) -> None:
        self._actions = actions
        self._intake = intake
        self._access = access
        self._exports = Exports(intake, exporter)
        self._has_model = has_model

    async def choose(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Do what the chosen entry says; "ask" stood there in earlier versions."""
        name, pressed = entry(body, client, respond)
        match name:
            case "shorter":
                await self._actions.version(ack, pressed, "short")
            case "first":
                await self._actions.version(ack, pressed, None)
            case "delete":
                await ack()
                await self._actions.confirm_deletion(pressed)
            case _:
                await ack()
                await self._open(name, pressed)

    async def _open(self, name: str, pressed: Pressed) -> None:
        if refusal := await refusal_under(pressed, self._access, self._intake.archive):
            await pressed.tell(refusal)
            return
        match name:
            case "translate":
                view = translating_view(pressed.key) if self._has_model else _NO_TRANSLATING
                await pressed.open(view)
            case "ask":
                await pressed.open(asking_view(pressed.key))
            case "share":
                view = choosing_view(pressed.key)
                mention = await self._intake.archive.mention(pressed.key)
                if mention and mention.person == pressed.person:
                    view["blocks"].append(editing_button(pressed.key))
                await pressed.open(view)
            case "export":
                await self._exports.export(pressed)

    async def language_chosen(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a briefing in another language."""
        mention, outcome = await self._kept(about(view))
        refusal: str | None = GONE
        if picked(view, LANGUAGE) is None:
            refusal = NO_LANGUAGE
        elif mention and outcome:
            anew = translated(mention, body)
            refusal = await begin(anew, self._access, self._intake, outcome)
        await (ack(**refused(LANGUAGE, refusal)) if refusal else ack())

    async def asked(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a question that was asked in the box."""
        mention, _ = await replied(about(view), self._intake.archive)
        refusal: str | None = GONE
        if not typed(view, QUESTION):
            refusal = EMPTY
        elif mention:
            refusal = await begin(with_question(mention, body), self._access, self._intake)
        await (ack(**refused(QUESTION, refusal)) if refusal else ack())

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
