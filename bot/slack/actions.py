"""What do the buttons under a reply and the entries of its menu do?"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial, partialmethod

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.catalogue import ENGLISH, catalogue
from bot.briefing.digest import Story
from bot.briefing.lines import Answer, Briefing
from bot.briefing.requests import Length, WebPage, Wishes
from bot.service import metrics
from bot.service.errors import ReadoutError, SlackFailure
from bot.service.intake import Intake
from bot.service.ports import HomeMemory, Intent, Mention, Notice, Outcome, Postings
from bot.slack import sharing
from bot.slack.access import (
    NOT_IN_SHARED_CHANNELS,
    Access,
    is_shared,
    visible_channel,
    workspace_of,
)
from bot.slack.buttons import (
    BUTTONS,
    BUTTONS_BY_NAME,
    FEEDBACK,
    MENU,
    THUMBS,
    Button,
    plain,
    split_value,
)
from bot.slack.client import try_call, within
from bot.slack.evidence import Page, editing_button, evidence_view
from bot.slack.home import LANGUAGES, NO_TRANSLATION
from bot.slack.interactions import (
    GONE,
    Interaction,
    mention_and_reply,
    on_press,
    on_submit,
    post_ephemeral,
    refusal_unless_asker,
)
from bot.slack.mentions import derived_mention
from bot.slack.modals import (
    NO_QUESTION,
    PASTE_DIALOG,
    QUESTION,
    QUESTION_DIALOG,
    TEXT,
    chosen_value,
    field,
    field_error,
    field_state,
    modal,
    notice_view,
    paste_view,
    private_metadata,
    question_from_dialog,
    question_view,
    replace_view,
    request_with_pasted_text,
    suggested_question,
    text_problem,
    typed_text,
)
from bot.slack.payloads import JsonObject
from bot.slack.posting import Poster, RequestDeleted, delete_message
from bot.slack.reminders import ReminderListeners
from bot.slack.rich_text import rich_text, section, words
from bot.slack.stories import StoryListeners

# How is a reply deleted, with everything stored for it?

DELETE_DIALOG = "deleted.v1"
_LATER = "Slack won’t let me delete all my messages right now. I’ll keep trying."
_AGAIN = "Slack won’t let me delete all my messages right now. Please try again in a minute."
_STAYS = "The stored data for this request is deleted, but one of my messages remains: {reason}"


async def delete_reply(
    mention: Mention, here: tuple[str, str], intake: Intake, client: AsyncWebClient
) -> str | None:
    """Delete all versions of the reply to ``mention``, with the message that has the button, at the
    channel and timestamp ``here``. Returns what to say if a message remains.

    The withdrawals are on disk until all is done, so a crash leaves the rest to their jobs; but not
    if these are direct messages, since a job would not know their channel.
    """
    archive, is_direct = intake.archive, here[0] != mention.channel
    versions = await archive.versions(mention)
    withdrawals = [] if is_direct else [each.withdrawal for each in versions]
    for each in withdrawals:
        await archive.record(each)
    failures: list[SlackFailure] = []
    tried = set[tuple[str, str]]()
    while left := await _places(mention, here, versions, intake.postings) - tried:
        tried |= left  # more may be posted meanwhile
        for place in sorted(left, key=lambda each: (each != here, each), reverse=True):
            # The button goes last, and stays if the person has to press it again.
            if place != here or not (is_direct and _is_any_transient(failures)):
                failure = await delete_message(client, *place)
                failures += [failure] if failure else []
    if _is_any_transient(failures):
        for each in withdrawals:
            await intake.take(each)
        return _AGAIN if is_direct else _LATER
    for each in (*versions, *withdrawals):
        await archive.delete(each.key)
    return _STAYS.format(reason=failures[0].message) if failures else None


async def _places(
    mention: Mention, here: tuple[str, str], versions: Iterable[Mention], postings: Postings
) -> set[tuple[str, str]]:
    """The channels and timestamps of all messages of the reply. Direct messages were posted to the
    person; their channel is that of the button."""
    posted = [each for version in versions for each in await postings.of(version.key) if each.ts]
    return {here} | {
        (here[0] if each.channel == mention.person else each.channel, each.ts or "")
        for each in posted
    }


def _is_any_transient(failures: Iterable[SlackFailure]) -> bool:
    return any(each.is_transient for each in failures)


# How does a new version of a briefing come about: shorter, longer, in another language?
#
# The sources aren't read again. The new reply belongs to whoever pressed: they may delete it.

TRANSLATE_DIALOG = "translated.v1"
LANGUAGE = "language"
"""The field in the modal."""
NO_LANGUAGE = "Choose a language."


def remake_request(
    mention: Mention, action: str, wishes: Wishes, once: str, user: JsonObject
) -> Mention:
    """A request for the briefing of ``mention`` with other ``wishes``, in a new reply, by ``user``,
    who used the button or the modal with the id ``once``."""
    request = derived_mention(mention, action, once, user)
    return replace(request, wishes=wishes, intent="brief", question=None, remakes=mention.key)


def version_request(
    mention: Mention, length: Length, message: str, user: JsonObject, failed: int = 0
) -> Mention:
    """A request for the briefing at another length, to be shown in the messages of the reply to
    ``mention``, after ``failed`` earlier attempts."""
    request = derived_mention(mention, length, f"{message}-{failed}" if failed else message, user)
    wishes, first = with_length(length, mention.wishes), mention.first_version
    return replace(request, wishes=wishes, intent="brief", question=None, version_of=first)


def with_length(length: Length | None, wishes: Wishes) -> Wishes:
    """``wishes`` with another ``length``; unchanged if that is None."""
    return replace(wishes, length=length, points=None) if length else wishes


def translate_view(key: str) -> JsonObject:
    """The modal with the languages; ``key`` is that of the mention whose reply is translated."""
    select = {
        "type": "static_select",
        "action_id": LANGUAGE,
        "placeholder": plain("A language"),
        "options": [{"text": plain(name), "value": code} for code, name in LANGUAGES.items()],
    }
    hint = "Passages stay in the language of the source."
    chosen = field("Write the briefing in", select, hint=hint)
    return modal(TRANSLATE_DIALOG, key, "Translate", "Translate", [chosen])


# If the asker presses, and nothing is below the reply in its thread, the version is shown in its
# messages; otherwise it is a new reply. Versions are kept, and shown again without a model.

WantedLength = Length | None
"""A length, or None for the first version."""
_ACTION_NAMES: dict[WantedLength, str] = {"short": "shorter", "long": "longer", None: "first"}

_LOOK_SECONDS = 1.5  # of the 3 that Slack allows until a button is acknowledged
_MOST_BELOW = 20


def _matching_versions(
    made: Iterable[tuple[Mention, Outcome | None]], wanted: WantedLength
) -> Iterator[tuple[Mention, Briefing]]:
    """The versions of the ``wanted`` length, each with its mention and that mention's wishes."""
    for mention, outcome in made:
        if isinstance(outcome, Briefing):
            wishes = outcome.wishes or mention.wishes
            if wishes.length == wanted or (wanted is None and mention.version_of is None):
                yield replace(mention, wishes=wishes), outcome


async def _is_last_in_thread(
    pressed: Interaction, mention: Mention, postings: Postings, others: Sequence[Mention]
) -> bool:
    """Whether the message with the button may be changed: the asker pressed it, and nothing is
    below it but messages of the same reply. False if Slack does not say."""
    is_own = (pressed.person, pressed.channel) == (mention.person, mention.channel)
    if not is_own or not mention.thread:
        return False
    own = {p.ts for each in (mention, *others) for p in await postings.of(each.key)}
    call = pressed.client.conversations_replies(
        channel=mention.channel, ts=mention.thread, oldest=pressed.message_ts, limit=_MOST_BELOW
    )
    page = await try_call(asyncio.wait_for(call, _LOOK_SECONDS))
    if page is None:
        return False
    below = (str(each["ts"]) for each in page["messages"])
    return all(ts <= pressed.message_ts or ts in own for ts in below)


# The method named after a button handles it, and returns a message for the person who pressed.
# A press that starts a job is recorded before it is acknowledged, under a key made of the button
# and its message, so that a second press is the same job. What takes longer, such as opening a
# dialog, acknowledges first: Slack waits for three seconds.

_VIEW_SECONDS = 2.0  # of the 3 that Slack allows until a modal is acknowledged
_NO_TRANSLATION_VIEW = notice_view(
    "Translate", f"{NO_TRANSLATION} Whoever runs Readout for your workspace can set one up."
)
_THANKS = "Thank you. The people who run Readout here can see this."
_MUTED = "This digest won’t mention that story again."
_SLOW = "This is taking longer than usual. Check in a minute whether it was shared in"


def _story_of_digest(
    pressed: Interaction, outcome: Outcome | None
) -> tuple[Story | None, str | None]:
    """The story in a digest that the button is under, and the language of the digest."""
    digest = outcome.digest if isinstance(outcome, Notice) else None
    if digest is None:
        return None, None
    return digest.stories[int(pressed.argument)], digest.language


class Actions:
    """Listeners for the buttons, the menu and the modals that they open."""

    def __init__(
        self,
        access: Access,
        intake: Intake,
        memory: HomeMemory,
        reminding: ReminderListeners,
        stories: StoryListeners,
    ) -> None:
        self._access = access
        self._intake = intake
        self._feedback = memory.feedback
        self._digests = memory.digests
        self._has_model = memory.has_model
        # These buttons are handled in the modules of their subjects.
        self.remind = reminding.remind
        self.done = self.missed = self.tomorrow = reminding.mark
        self.story = stories.show
        self.export = stories.exports.export

    def listen(self, app: AsyncApp) -> None:
        for button in BUTTONS:
            app.action(button.actions)(on_press(partial(self._press, button)))
        app.action(MENU)(on_press(self.choose_entry))
        app.action(FEEDBACK)(on_press(self.choose_entry))
        app.view(PASTE_DIALOG)(on_submit(self.submit_paste))
        app.view(DELETE_DIALOG)(on_submit(self.submit_deletion))
        app.view(TRANSLATE_DIALOG)(on_submit(self.submit_language))
        app.view(QUESTION_DIALOG)(on_submit(self.submit_question))
        app.view(sharing.CHANNEL_DIALOG)(on_submit(self.submit_channel))
        app.view(sharing.CONFIRMATION_DIALOG)(on_submit(self.submit_share))

    async def choose_entry(self, pressed: Interaction) -> str | None:
        name, _, key = pressed.value.partition(":")
        which = BUTTONS_BY_NAME.get(name) or THUMBS.get(name)
        return await self._press(which, replace(pressed, value=key)) if which else None

    async def _press(self, which: Button, pressed: Interaction) -> str | None:
        """Handle the button, if the person who pressed it may use it. Returns the message for
        them."""
        mention, outcome = await mention_and_reply(pressed.key, self._intake.archive)
        if which.presser == "asker":
            mention = await self._intake.archive.mention(pressed.key)
            if refusal := refusal_unless_asker(mention, pressed.person, which.deed):
                await pressed.open(notice_view(ENGLISH.buttons[which.name], refusal))
                return None
        elif which.presser == "reader":
            if refusal := self._access.refusal_in(pressed.channel):
                return refusal
        elif mention is None:
            return GONE
        elif refusal := await self._access.refusal_of(replace(mention, person=pressed.person)):
            return refusal
        message: str | None = await getattr(self, which.name)(pressed, mention, outcome)
        return message

    async def _rate(
        self, rating: str, pressed: Interaction, mention: Mention | None, _: Outcome | None
    ) -> str | None:
        if mention is None:
            return GONE
        is_new = await self._feedback.give(mention, pressed.person, is_good=rating == "good")
        if is_new:
            metrics.FEEDBACK.labels(rating).inc()
        return _THANKS if is_new else None

    good = partialmethod(_rate, "good")
    bad = partialmethod(_rate, "bad")

    async def evidence(
        self, pressed: Interaction, mention: Mention | None, outcome: Outcome | None
    ) -> None:
        is_askers = mention is not None and mention.person == pressed.person
        await pressed.open(evidence_view(outcome, Page(pressed.key), is_askers=is_askers))

    async def paste(self, pressed: Interaction, _: Mention, outcome: Outcome | None) -> None:
        await pressed.open(paste_view(pressed.key, int(pressed.argument or 0), outcome))

    async def submit_paste(self, sent: Interaction) -> JsonObject:
        key, _ = split_value(private_metadata(sent.view))
        mention, outcome = await mention_and_reply(key, self._intake.archive)
        refusal = text_problem(sent.view) if mention else GONE
        if mention and refusal is None:
            refusal = await self._begin(request_with_pasted_text(mention, outcome, sent.body))
        return field_error(TEXT, refusal)

    async def retry(self, pressed: Interaction, mention: Mention, _: Outcome | None) -> str | None:
        asked = derived_mention(mention, "retry", pressed.message_ts, pressed.user)
        return await self._begin(asked)

    async def brief(self, pressed: Interaction, mention: Mention, _: Outcome | None) -> str | None:
        """Brief the sources that somebody only asked a question about."""
        asked = derived_mention(mention, "brief", pressed.message_ts, pressed.user)
        return await self._begin(replace(asked, intent="brief", question=None))

    async def brief_story(
        self, pressed: Interaction, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Brief a story of a digest in the digest's thread."""
        story, language = _story_of_digest(pressed, outcome)
        if story is None:
            return GONE
        pages = tuple(
            WebPage(document.url, public_only=document.is_public)
            for document in story.documents
            if document.url
        )
        workspace = await workspace_of(mention.team, pressed.client)
        asked = replace(
            derived_mention(mention, f"story{pressed.argument}", pressed.message_ts, pressed.user),
            thread=pressed.thread,
            message=pressed.message_ts,
            permalink=workspace.permalink(mention.channel, pressed.message_ts),
            intent="brief",
            text="",
            sources=pages,
            wishes=Wishes(language=language),
            about=None,
        )
        return await self._begin(asked)

    async def mute_story(
        self, pressed: Interaction, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        story, _ = _story_of_digest(pressed, outcome)
        if story is None:
            return GONE
        await self._digests.mute(mention.about or "", story.id)
        return _MUTED

    async def anew(self, pressed: Interaction, mention: Mention, _: Outcome | None) -> str | None:
        """Start the request as it reads after the edit."""
        intent: Intent = "brief" if mention.sources else "follow_up"
        if mention.sources and mention.question:
            intent = "ask"
        asked = derived_mention(mention, "anew", pressed.message_ts, pressed.user)
        return await self._begin(replace(asked, intent=intent))

    async def _version(
        self, wanted: WantedLength, pressed: Interaction, mention: Mention, outcome: Outcome | None
    ) -> str | None:
        """Show the briefing at another length, or its first version again."""
        archive, postings = self._intake.archive, self._intake.postings
        others = [m for m in await archive.versions(mention) if m.key != mention.key]
        made = [(each, await archive.outcome(each.key)) for each in others]
        kept = next(_matching_versions(made, wanted), None)
        if not isinstance(outcome, Briefing) or (wanted is None and kept is None):
            return GONE
        if not await _is_last_in_thread(pressed, mention, postings, others):
            first = kept[0].wishes if kept and wanted is None else None
            wishes = first or with_length(wanted, mention.wishes)
            action = _ACTION_NAMES[wanted]
            asked = remake_request(mention, action, wishes, pressed.message_ts, pressed.user)
            return await self._begin(asked, outcome)
        if wanted and kept is None:
            failed = sum(isinstance(o, Notice) and m.wishes.length == wanted for m, o in made)
            asked = version_request(mention, wanted, pressed.message_ts, pressed.user, failed)
            return await self._begin(asked, outcome)
        await pressed.ack()
        return await self._show_version(*kept, pressed) if kept else None

    async def _show_version(
        self, mention: Mention, briefing: Briefing, pressed: Interaction
    ) -> str | None:
        """Show a stored version in the messages of the reply; a second call changes nothing."""
        postings = self._intake.postings
        try:
            if await postings.take_over(mention):
                with suppress(RequestDeleted):
                    poster = Poster(pressed.client, postings, mention)
                    await poster.replace_all(await poster.messages(briefing))
        except SlackFailure as failure:
            return failure.message
        return None

    shorter = partialmethod(_version, "short")
    longer = partialmethod(_version, "long")
    first = partialmethod(_version, None)

    async def ask(self, pressed: Interaction, *_: object) -> None:
        await pressed.open(question_view(pressed.key))

    async def submit_question(self, sent: Interaction) -> JsonObject:
        mention, _ = await mention_and_reply(private_metadata(sent.view), self._intake.archive)
        if not typed_text(sent.view, QUESTION):
            return field_error(QUESTION, NO_QUESTION)
        refusal = await self._begin(question_from_dialog(mention, sent.body)) if mention else GONE
        return field_error(QUESTION, refusal)

    async def suggested(
        self, pressed: Interaction, mention: Mention, _: Outcome | None
    ) -> str | None:
        question = pressed.argument
        return await self._begin(
            suggested_question(mention, question, pressed.message_ts, pressed.user)
        )

    async def stop(self, pressed: Interaction, mention: Mention, _: Outcome | None) -> None:
        """Stop the work on ``mention``. The recorded request has nothing of its content."""
        asked = derived_mention(mention, "stop", pressed.message_ts, pressed.user)
        asked = replace(asked, text="", sources=(), wishes=Wishes(), question=None)
        await self._intake.take(replace(asked, intent="stop", about=mention.key))

    async def delete(self, pressed: Interaction, _: Mention, outcome: Outcome | None) -> None:
        """Ask for confirmation, in the language of the reply. The modal carries the place of the
        button."""
        language = None if outcome is None or isinstance(outcome, Notice) else outcome.language
        fixed = catalogue(language)
        question = f"{fixed.delete_asked} {fixed.delete_told}"
        name = fixed.buttons["delete"]
        here = f"{pressed.channel} {pressed.message_ts} {pressed.key}"
        view = modal(DELETE_DIALOG, here, name, name, [rich_text(section([words(question)]))])
        await pressed.open({**view, "close": plain(fixed.keep)})

    async def submit_deletion(self, sent: Interaction) -> JsonObject | None:
        channel, ts, key = private_metadata(sent.view).split(" ", 2)
        mention = await self._intake.archive.mention(key)
        if refusal := refusal_unless_asker(mention, sent.person, BUTTONS_BY_NAME["delete"].deed):
            return replace_view(notice_view(sent.view["title"]["text"], refusal))
        await sent.ack()
        stays = mention and await delete_reply(mention, (channel, ts), self._intake, sent.client)
        if stays:
            await post_ephemeral(sent.client, channel, sent.person, stays)
        return None

    async def translate(self, pressed: Interaction, *_: object) -> None:
        await pressed.open(translate_view(pressed.key) if self._has_model else _NO_TRANSLATION_VIEW)

    async def share(self, pressed: Interaction, mention: Mention, _: Outcome | None) -> None:
        view = sharing.channel_view(pressed.key)
        if mention.person == pressed.person:
            view["blocks"].append(editing_button(pressed.key))
        await pressed.open(view)

    async def submit_language(self, sent: Interaction) -> JsonObject:
        mention, outcome = await self._stored_reply(private_metadata(sent.view))
        language = chosen_value(sent.view, LANGUAGE)
        if language is None:
            return field_error(LANGUAGE, NO_LANGUAGE)
        refusal: str | None = GONE
        if mention and outcome:
            wishes = replace(mention.wishes, language=language)
            asked = remake_request(mention, "translate", wishes, sent.view["id"], sent.user)
            refusal = await self._begin(asked, outcome)
        return field_error(LANGUAGE, refusal)

    async def submit_channel(self, sent: Interaction) -> JsonObject:
        """Ask once more, naming the channel."""
        key = private_metadata(sent.view)
        channel = field_state(sent.view, sharing.CHANNEL).get("selected_conversation")
        if not channel:
            return field_error(sharing.CHANNEL, sharing.NO_CHANNEL)
        mention = await self._intake.archive.mention(key)
        refusal: str | None = GONE
        if mention:
            shared = sharing.shared_mention(mention, channel, sent.body)
            refusal = await self._refusal_to_share(mention, shared)
        view = sharing.confirmation_view(key, channel)
        return field_error(sharing.CHANNEL, refusal) or replace_view(view)

    async def submit_share(self, sent: Interaction) -> JsonObject:
        channel, key = private_metadata(sent.view).split(" ", 1)
        try:
            view = await within(_VIEW_SECONDS, self._share(key, channel, sent))
        except SlackFailure as failure:
            us = await workspace_of(sent.team, sent.client)
            view = sharing.failure_view(key, channel, failure, us.bot)
        except TimeoutError:
            view = sharing.result_view(_SLOW, channel)
        return replace_view(view)

    async def _share(self, key: str, channel: str, sent: Interaction) -> JsonObject:
        mention, outcome = await self._stored_reply(key)
        if mention is None or outcome is None:
            return sharing.result_view(GONE)
        shared = sharing.shared_mention(mention, channel, sent.body)
        if refusal := await self._refusal_to_share(mention, shared):
            return sharing.result_view(refusal)
        # Slack only listed other channels, but this one may have been shared since.
        if is_shared(await visible_channel(channel, sent.client)):
            return sharing.result_view(NOT_IN_SHARED_CHANNELS.format(what="copies"))
        settings = await self._access.settings(shared)
        shared = replace(shared, fleeting=mention.fleeting or settings.is_fleeting)
        await sharing.Sharing(self._intake, sent.client).share(outcome, shared, mention)
        return sharing.result_view("Shared in", channel)

    async def _refusal_to_share(self, mention: Mention, shared: Mention) -> str | None:
        """Why ``mention`` may not be ``shared``: that person must be allowed to ask in both
        channels."""
        here = replace(mention, person=shared.person)
        if refusal := await self._access.refusal_of(here):
            return refusal
        return sharing.NOT_ALLOWED_THERE if await self._access.refusal_of(shared) else None

    async def _stored_reply(self, key: str) -> tuple[Mention | None, Briefing | Answer | None]:
        mention, outcome = await mention_and_reply(key, self._intake.archive)
        return mention, None if isinstance(outcome, Notice) else outcome

    async def _begin(self, mention: Mention, known: Briefing | Answer | None = None) -> str | None:
        """Take ``mention``, made by a button or a modal, as `Intake.take` does. Returns why
        not, if that person may not ask or Readout is restarting."""
        settings = await self._access.settings(mention)
        if refusal := self._access.refusal(mention, settings):
            return refusal
        is_fleeting = mention.fleeting or settings.is_fleeting
        try:
            await self._intake.take(replace(mention, fleeting=is_fleeting), known)
        except ReadoutError as failure:
            return failure.message
        return None
