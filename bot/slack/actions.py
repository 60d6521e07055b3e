"""What do the buttons under a reply and the entries of its menu do?"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial, partialmethod

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import ENGLISH, catalogue
from bot.briefing.digest import Story
from bot.briefing.lines import Answer, Briefing
from bot.briefing.requests import WebPage, Wishes
from bot.service import metrics
from bot.service.errors import SlackFailure
from bot.service.ports import HomeMemory, Mention, Notice, Outcome, Posting
from bot.slack import sharing
from bot.slack.access import Access, begin, workspace_of
from bot.slack.buttons import BUTTONS, FEEDBACK, MENU, NAMED, THUMBS, Button, carried
from bot.slack.client import within
from bot.slack.event_inbox import Intake
from bot.slack.evidence import Page, editing_button, evidence_view
from bot.slack.home import NO_TRANSLATION
from bot.slack.mentions import again, anew, as_briefing, stopping
from bot.slack.modals import (
    ASKED,
    NO_QUESTION,
    PASTED,
    QUESTION,
    TEXT,
    about,
    against,
    asking_view,
    modal,
    notice,
    paste_view,
    picked,
    refused,
    replaced,
    typed,
    with_question,
    with_suggested,
    with_text,
)
from bot.slack.payloads import JsonObject
from bot.slack.posting import delete_message
from bot.slack.pressed import (
    GONE,
    Pressed,
    on_press,
    on_submit,
    refusal_of_another,
    replied,
    tell,
)
from bot.slack.reminders import Reminding
from bot.slack.rich_text import rich_text, section, words
from bot.slack.stories import StoryListeners
from bot.slack.versions import (
    LANGUAGE,
    NONE_CHOSEN,
    TRANSLATED,
    Wanted,
    asked_for,
    show,
    translated,
    translating_view,
)

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


# The method named after a button handles it, and returns a message for the person who pressed.
# A press that makes new work is recorded before the acknowledgement, under a key made of the button
# and its message: a second press is the same job. What takes longer acknowledges first, as opening
# a dialog does: Slack waits for three seconds.

_VIEW_SECONDS = 2.0  # of the 3 that Slack allows until a modal is acknowledged
_NO_TRANSLATING = notice(
    "Translate",
    words(f"{NO_TRANSLATION} Whoever runs Readout for your workspace can set one up."),
)
_THANKS = "Thank you. The people who run Readout here can see this."
_MUTED = "This digest won’t mention that story again."
_SLOW = "This is taking longer than usual. Check in a minute whether it was shared in"


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
        access: Access,
        intake: Intake,
        memory: HomeMemory,
        reminding: Reminding,
        stories: StoryListeners,
    ) -> None:
        self._access = access
        self._intake = intake
        self._feedback = memory.feedback
        self._digests = memory.digests
        self._has_model = memory.has_model
        # Buttons of which all that they do stands with their subject.
        self.remind = reminding.remind
        self.done = self.missed = self.tomorrow = reminding.mark
        self.story = stories.show
        self.export = stories.exports.export

    def listen(self, app: AsyncApp) -> None:
        """Let ``app`` hear the buttons, the menu and what is submitted."""
        for button in BUTTONS:
            app.action(button.actions)(on_press(partial(self._press, button)))
        app.action(MENU)(on_press(self.choose))
        app.action(FEEDBACK)(on_press(self.choose))
        app.view(PASTED)(on_submit(self.pasted))
        app.view(CONFIRMED)(on_submit(self.deletion_confirmed))
        app.view(TRANSLATED)(on_submit(self.language_chosen))
        app.view(ASKED)(on_submit(self.asked))
        app.view(sharing.CHOSEN)(on_submit(self.channel_chosen))
        app.view(sharing.CONFIRMED)(on_submit(self.channel_confirmed))

    async def choose(self, pressed: Pressed) -> str | None:
        """Handle the chosen entry of the menu, or a thumb."""
        name, _, key = pressed.value.partition(":")
        which = NAMED.get(name) or THUMBS.get(name)
        return await self._press(which, replace(pressed, value=key)) if which else None

    async def _press(self, which: Button, pressed: Pressed) -> str | None:
        """Handle the button, if the person who pressed it may use it. Returns the message for
        them."""
        mention, outcome = await replied(pressed.key, self._intake.archive)
        if which.presser == "asker":
            mention = await self._intake.archive.mention(pressed.key)
            if refusal := refusal_of_another(mention, pressed.person, which.deed):
                await pressed.open(notice(ENGLISH.buttons[which.name], words(refusal)))
                return None
        elif which.presser == "reader":
            if refusal := self._access.refusal_in(pressed.channel):
                return refusal
        elif mention is None:
            return GONE
        elif refusal := await self._access.refusal_of(replace(mention, person=pressed.person)):
            return refusal
        told: str | None = await getattr(self, which.name)(pressed, mention, outcome)
        return told

    async def good(
        self, pressed: Pressed, mention: Mention | None, _: Outcome | None, *, is_good: bool = True
    ) -> str | None:
        """Keep what somebody thinks of a reply."""
        if mention is None:
            return GONE
        is_new = await self._feedback.give(mention, pressed.person, is_good=is_good)
        if is_new:
            metrics.FEEDBACK.labels("good" if is_good else "bad").inc()
        return _THANKS if is_new else None

    bad = partialmethod(good, is_good=False)

    async def evidence(
        self, pressed: Pressed, mention: Mention | None, outcome: Outcome | None
    ) -> None:
        is_askers = mention is not None and mention.person == pressed.person
        await pressed.open(evidence_view(outcome, Page(pressed.key), is_askers=is_askers))

    async def paste(self, pressed: Pressed, _: Mention, outcome: Outcome | None) -> None:
        await pressed.open(paste_view(pressed.key, int(pressed.beside or 0), outcome))

    async def pasted(self, sent: Pressed) -> JsonObject:
        """Begin the job of a text that was pasted into the modal."""
        key, _ = carried(about(sent.view))
        mention, outcome = await replied(key, self._intake.archive)
        refusal = against(sent.view) if mention else GONE
        if mention and refusal is None:
            refusal = await self._begin(with_text(mention, outcome, sent.body))
        return refused(TEXT, refusal)

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

    async def _version(self, wanted: Wanted, pressed: Pressed, *_: object) -> str | None:
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

    shorter = partialmethod(_version, "short")
    longer = partialmethod(_version, "long")
    first = partialmethod(_version, None)

    async def ask(self, pressed: Pressed, *_: object) -> None:
        """Open the modal for a question."""
        await pressed.open(asking_view(pressed.key))

    async def asked(self, sent: Pressed) -> JsonObject:
        """Begin the job of a question that was asked in the modal."""
        mention, _ = await replied(about(sent.view), self._intake.archive)
        if not typed(sent.view, QUESTION):
            return refused(QUESTION, NO_QUESTION)
        refusal = await self._begin(with_question(mention, sent.body)) if mention else GONE
        return refused(QUESTION, refusal)

    async def suggested(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> str | None:
        """Ask the question on the button."""
        question = pressed.beside
        return await self._begin(with_suggested(mention, question, pressed.message, pressed.user))

    async def stop(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> None:
        await self._intake.take(stopping(mention, pressed.message, pressed.user))

    async def delete(self, pressed: Pressed, _: Mention, outcome: Outcome | None) -> None:
        """Ask for confirmation that the reply should be deleted."""
        await pressed.open(confirm_deletion_view(pressed, outcome))

    async def deletion_confirmed(self, sent: Pressed) -> JsonObject | None:
        """Delete the reply."""
        channel, ts, key = about(sent.view).split(" ", 2)
        mention = await self._intake.archive.mention(key)
        if refusal := refusal_of_another(mention, sent.person, NAMED["delete"].deed):
            return replaced(notice(sent.view["title"]["text"], words(refusal)))
        await sent.ack()
        stays = mention and await delete(mention, (channel, ts), self._intake, sent.client)
        if stays:
            await tell(sent.client, channel, sent.person, stays)
        return None

    async def translate(self, pressed: Pressed, *_: object) -> None:
        await pressed.open(translating_view(pressed.key) if self._has_model else _NO_TRANSLATING)

    async def share(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> None:
        view = sharing.choosing_view(pressed.key)
        if mention.person == pressed.person:
            view["blocks"].append(editing_button(pressed.key))
        await pressed.open(view)

    async def language_chosen(self, sent: Pressed) -> JsonObject:
        """Begin the job of a briefing in another language."""
        mention, outcome = await self._kept(about(sent.view))
        if picked(sent.view, LANGUAGE) is None:
            return refused(LANGUAGE, NONE_CHOSEN)
        refusal: str | None = GONE
        if mention and outcome:
            refusal = await self._begin(translated(mention, sent.body), outcome)
        return refused(LANGUAGE, refusal)

    async def channel_chosen(self, sent: Pressed) -> JsonObject:
        """Ask once more, naming the channel."""
        key, channel = about(sent.view), sharing.chosen(sent.view)
        if channel is None:
            return refused(sharing.CHANNEL, sharing.NONE_CHOSEN)
        mention = await self._intake.archive.mention(key)
        refusal: str | None = GONE
        if mention:
            shared = sharing.for_channel(mention, channel, sent.body)
            refusal = await self._refusal_to_share(mention, shared)
        view = sharing.confirming_view(key, channel)
        return refused(sharing.CHANNEL, refusal) or replaced(view)

    async def channel_confirmed(self, sent: Pressed) -> JsonObject:
        """Share, and say how it went."""
        key, channel = sharing.confirmed(sent.view)
        try:
            told = await within(_VIEW_SECONDS, self._shared(key, channel, sent))
        except SlackFailure as failure:
            us = await workspace_of(sent.team, sent.client)
            told = sharing.failed_view(key, channel, failure, us.bot)
        except TimeoutError:
            told = sharing.told_view(_SLOW, channel)
        return replaced(told)

    async def _shared(self, key: str, channel: str, sent: Pressed) -> JsonObject:
        mention, outcome = await self._kept(key)
        if mention is None or outcome is None:
            return sharing.told_view(GONE)
        shared = sharing.for_channel(mention, channel, sent.body)
        if refusal := await self._refusal_to_share(mention, shared):
            return sharing.told_view(refusal)
        settings = await self._access.settings(shared)
        shared = replace(shared, fleeting=mention.fleeting or settings.is_fleeting)
        await sharing.Sharing(self._intake, sent.client).share(outcome, shared, mention)
        return sharing.told_view("Shared in", channel)

    async def _refusal_to_share(self, mention: Mention, shared: Mention) -> str | None:
        """Why ``mention`` may not be ``shared``: who does that has to be one of those who may
        ask, here and there."""
        here = replace(mention, person=shared.person)
        if refusal := await self._access.refusal_of(here):
            return refusal
        return sharing.NOT_THERE if await self._access.refusal_of(shared) else None

    async def _kept(self, key: str) -> tuple[Mention | None, Briefing | Answer | None]:
        mention, outcome = await replied(key, self._intake.archive)
        return mention, None if isinstance(outcome, Notice) else outcome

    async def _begin(self, mention: Mention, known: Briefing | Answer | None = None) -> str | None:
        """Begin the job of ``mention``. Returns a refusal if its person may not ask."""
        return await begin(mention, self._access, self._intake, known)
