"""How is a digest of feeds set up in a channel, and what do the buttons under its stories do?"""

import logging
import re
from collections.abc import Callable
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.digest import MOST_FEEDS, DigestPlan, DigestWishes, Story
from bot.briefing.requests import WebPage, Wishes
from bot.service.digest_times import next_slot
from bot.service.errors import SlackFailure
from bot.service.ports import Channels, Digests, Mention, Notice, PlannedDigest
from bot.slack.access import Access, begin, refusal_if_shared, workspace_of, zone_of
from bot.slack.buttons import plain, select
from bot.slack.client import slack_errors
from bot.slack.event_inbox import Intake
from bot.slack.evidence import GONE
from bot.slack.home import language_of, languages_named
from bot.slack.mentions import again
from bot.slack.modals import (
    NotFilledIn,
    about,
    entered,
    field,
    modal,
    notice,
    picked,
    refused,
    text_field,
    typed,
)
from bot.slack.payloads import JsonObject
from bot.slack.pressed import Pressed
from bot.slack.rich_text import rich_text, section, words

ASKED_FOR = "digest"
"""What follows the command that opens the box."""
DIGEST = "digest.v1"
"""The name of the box: what it sends carries it."""
TITLE = "A digest of feeds"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FLEETING = "What I write in this channel is kept for an hour only, so there can be no digest here."
_TOO_MANY = "There are five digests in this channel already. Delete one on my Home tab first."
_MOST_IN_A_CHANNEL = 5
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_FEEDS_HINT = "One address a line: RSS, Atom or JSON feeds, or sites that name theirs."
_FOCUS_HINT = "Stories with fewer than half of these words are left out."
_WORKDAYS = DAYS[:5]

_log = logging.getLogger(__name__)


def digest_view(channel: str, zone: str) -> JsonObject:
    """The box in which a digest of ``channel`` is set up, at times in that ``zone``."""
    options = {name: {"text": plain(name), "value": name} for name in DAYS}
    days = {
        "type": "checkboxes",
        "action_id": "days",
        "options": list(options.values()),
        "initial_options": [options[name] for name in _WORKDAYS],
    }
    at = {"type": "timepicker", "action_id": "time", "initial_time": "08:00"}
    numbers = {str(number): str(number) for number in range(1, 11)}
    fields = (
        field("Feeds", text_field("feeds", 3_000, is_long=True), hint=_FEEDS_HINT),
        field("Focus", text_field("focus", 200), hint=_FOCUS_HINT, is_optional=True),
        field("Days", days),
        field("Time", at, hint=f"In the time zone {zone}."),
        field("Language", select("language", languages_named(), "source")),
        field("Stories at most", select("stories", numbers, "3")),
    )
    return modal(DIGEST, f"{channel} {zone}", TITLE, "Save", fields)


def plan_in(view: JsonObject) -> DigestPlan:
    """The digest that was set up.

    Raises:
        NotFilledIn: something is missing, or a feed is no web address.
    """
    _, zone = about(view).split(" ", 1)
    feeds = tuple(dict.fromkeys(typed(view, "feeds").split()))
    wrong = next((each for each in feeds if not _ADDRESS.fullmatch(each)), None)
    if not feeds or wrong is not None:
        why = f"“{wrong}” is no web address." if wrong else "Give the address of a feed."
        raise NotFilledIn("feeds", why)
    if len(feeds) > MOST_FEEDS:
        raise NotFilledIn("feeds", f"At most {MOST_FEEDS} feeds make a digest.")
    chosen = {option["value"] for option in entered(view, "days").get("selected_options") or ()}
    at = entered(view, "time").get("selected_time")
    if not chosen or not at:
        raise NotFilledIn("days" if at else "time", "Choose one.")
    language = language_of(picked(view, "language") or "source")
    wishes = DigestWishes(
        feeds, typed(view, "focus") or None, language, int(picked(view, "stories") or 3)
    )
    days = tuple(number for number, name in enumerate(DAYS) if name in chosen)
    return DigestPlan(wishes, days, str(at), zone)


def told(plan: DigestPlan) -> str:
    """What comes when, in one line."""
    count = len(plan.wishes.feeds)
    named = {tuple(range(7)): "every day", tuple(range(5)): "Monday to Friday"}
    days = named.get(plan.days) or ", ".join(DAYS[number] for number in plan.days)
    focus = f" about {plan.wishes.focus}" if plan.wishes.focus else ""
    feeds = f"{count} {'feed' if count == 1 else 'feeds'}"
    return f"what is new in {feeds}{focus}, {days} at {plan.time} ({plan.zone})"


class DigestListeners:
    """Listeners for the box and for the buttons under stories."""

    def __init__(
        self,
        digests: Digests,
        channels: Channels,
        access: Access,
        intake: Intake,
        clock: Callable[[], float],
    ) -> None:
        self._digests = digests
        self._channels = channels
        self._access = access
        self._intake = intake
        self._clock = clock

    async def open(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Show the box to who typed the command, if there may be a digest in the channel."""
        team, channel, person = (str(body[name]) for name in ("team_id", "channel_id", "user_id"))
        if refusal := await self._refusal(team, channel, person, client):
            await ack(refusal)
            return
        try:
            with slack_errors():
                view = digest_view(channel, await zone_of(person, client))
                await client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackFailure as failure:
            await ack(failure.message)
        else:
            await ack()

    async def saved(self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient) -> None:
        """Keep the digest that was set up, and tell the channel; sent twice, it is one."""
        view, person, team = body["view"], str(body["user"]["id"]), str(body["team"]["id"])
        channel, _ = about(view).split(" ", 1)
        try:
            plan = plan_in(view)
        except NotFilledIn as error:
            await ack(**refused(error.action, error.why))
            return
        if await self._digests.get(str(view["id"])) is not None:
            await ack()
            return
        if refusal := await self._refusal(team, channel, person, client):
            await ack(response_action="update", view=notice(TITLE, words(refusal)))
            return
        slot = next_slot(plan, self._clock())
        digest = PlannedDigest(str(view["id"]), team, channel, person, plan, slot)
        await self._digests.keep(digest)
        await ack()
        await _say(digest, client)

    async def brief(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Brief a story whole, in the thread of the digest."""
        await ack()
        pressed = _pressed(ack, body, client, respond)
        found = await self._found(pressed)
        if found is None:
            await pressed.tell(GONE)
            return
        mention, story, language = found
        pages = tuple(
            WebPage(document.url, public_only=document.is_public)
            for document in story.documents
            if document.url
        )
        workspace = await workspace_of(mention.team, client)
        asked = again(mention, f"story{pressed.beside}", pressed.message, pressed.user)
        asked = replace(
            asked,
            thread=pressed.thread,
            message=pressed.message,
            permalink=workspace.permalink(mention.channel, pressed.message),
            intent="brief",
            text="",
            sources=pages,
            wishes=Wishes(language=language),
            about=None,
        )
        if refusal := await begin(asked, self._access, self._intake):
            await pressed.tell(refusal)

    async def mute(
        self, ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Let the digest tell no more of a story."""
        await ack()
        pressed = _pressed(ack, body, client, respond)
        found = await self._found(pressed)
        if found is None:
            await pressed.tell(GONE)
            return
        mention, story, _ = found
        refusal = await self._access.refusal_of(replace(mention, person=pressed.person))
        if refusal is None:
            await self._digests.mute(mention.about or "", story.id)
        await pressed.tell(refusal or "This digest will say no more about that story.")

    async def _found(self, pressed: Pressed) -> tuple[Mention, Story, str | None] | None:
        """The digest, the story of it under which the button stands, and its language."""
        mention = await self._intake.archive.mention(pressed.key)
        outcome = await self._intake.archive.outcome(pressed.key)
        digest = outcome.digest if isinstance(outcome, Notice) else None
        if mention is None or digest is None:
            return None
        return mention, digest.stories[int(pressed.beside)], digest.language

    async def _refusal(
        self, team: str, channel: str, person: str, client: AsyncWebClient
    ) -> str | None:
        settings = await self._channels.of(team, channel)
        asked = Mention("", team, channel, "", "", person, "digest")
        if refusal := self._access.refusal(asked, settings):
            return refusal
        if settings.is_fleeting:
            return _FLEETING
        here = [d for d in await self._digests.of(team, "", [channel]) if d.channel == channel]
        if len(here) >= _MOST_IN_A_CHANNEL:
            return _TOO_MANY
        return await refusal_if_shared("digests", channel, client)


def _pressed(
    ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
) -> Pressed:
    return Pressed.of(str(body["actions"][0]["value"]), ack, body, client, respond)


async def _say(digest: PlannedDigest, client: AsyncWebClient) -> None:
    """Tell the channel that the digest will come."""
    said = f" set up a digest: {told(digest.plan)}. It can be paused and deleted on my Home tab."
    blocks = [rich_text(section([{"type": "user", "user_id": digest.person}, words(said)]))]
    try:
        with slack_errors():
            await client.chat_postMessage(
                channel=digest.channel, text=f"Somebody{said}", blocks=blocks, parse="none"
            )
    except SlackFailure as failure:
        _log.info("could not tell a channel about its digest: %s", failure.code)
