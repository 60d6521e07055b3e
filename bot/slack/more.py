"""What do the entries of the menu behind the buttons do?

Each entry carries its own name and the key of the mention that it stands under.
"""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.lines import Answer, Briefing
from bot.errors import SlackFailure
from bot.ports import Exporter, Mention, Notice
from bot.slack.access import Access, begin
from bot.slack.actions import Actions
from bot.slack.anew import LANGUAGE, translated, translating_view
from bot.slack.anew import NONE_CHOSEN as NO_LANGUAGE
from bot.slack.asking import EMPTY, QUESTION, asking_view, with_question
from bot.slack.boxes import about, notice, picked, refused, typed
from bot.slack.calling import within
from bot.slack.durable import Durable
from bot.slack.editing import editing_button
from bot.slack.evidence import GONE
from bot.slack.exporting import Exports
from bot.slack.home_view import NO_TRANSLATION
from bot.slack.payloads import JsonObject
from bot.slack.pressed import Pressed, entry
from bot.slack.replied import refusal_under, replied
from bot.slack.rich_text import words
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

_VIEW_SECONDS = 2.0  # of the 3 that Slack allows until a box is acknowledged
_NO_TRANSLATING = notice(
    "Translate",
    words(f"{NO_TRANSLATION} Whoever runs Readout for your workspace can set one up."),
)
_SLOW = "This is taking longer than usual. Check in a minute whether it was shared in"


class More:
    """Listeners for the menu and its boxes."""

    def __init__(
        self,
        actions: Actions,
        durable: Durable,
        access: Access,
        exporter: Exporter,
        *,
        has_model: bool,
    ) -> None:
        self._actions = actions
        self._durable = durable
        self._access = access
        self._exports = Exports(durable, exporter)
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
        if refusal := await refusal_under(pressed, self._access, self._durable.archive):
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
                mention = await self._durable.archive.mention(pressed.key)
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
            refusal = await begin(anew, self._access, self._durable, outcome)
        await (ack(**refused(LANGUAGE, refusal)) if refusal else ack())

    async def asked(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Begin the job of a question that was asked in the box."""
        mention, _ = await replied(about(view), self._durable.archive)
        refusal: str | None = GONE
        if not typed(view, QUESTION):
            refusal = EMPTY
        elif mention:
            refusal = await begin(with_question(mention, body), self._access, self._durable)
        await (ack(**refused(QUESTION, refusal)) if refusal else ack())

    async def channel_chosen(self, ack: AsyncAck, body: JsonObject, view: JsonObject) -> None:
        """Ask once more, naming the channel."""
        key, channel = about(view), chosen(view)
        mention = await self._durable.archive.mention(key)
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
        await Sharing(self._durable, client).share(outcome, shared, mention)
        return told_view("Shared in", channel)

    async def _refusal_to_share(self, mention: Mention, shared: Mention) -> str | None:
        """Why ``mention`` may not be ``shared``: who does that has to be one of those who may
        ask, here and there."""
        here = replace(mention, person=shared.person)
        if refusal := await self._access.refusal_of(here):
            return refusal
        return NOT_THERE if await self._access.refusal_of(shared) else None

    async def _kept(self, key: str) -> tuple[Mention | None, Briefing | Answer | None]:
        mention, outcome = await replied(key, self._durable.archive)
        return mention, None if isinstance(outcome, Notice) else outcome
