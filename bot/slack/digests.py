"""How is a digest of feeds set up in a channel, and changed?"""

import re
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot.briefing.digest import MOST_FEEDS, DigestPlan, DigestWishes, fingerprint
from bot.service.digest_times import next_slot
from bot.service.ports import HomeMemory, Mention, PlannedDigest
from bot.slack.access import Access, refusal_if_shared, zone_of
from bot.slack.buttons import plain, select
from bot.slack.home import (
    AS_THE_SOURCE,
    CHANGE_DIGEST,
    digest_pressed,
    feeds_of,
    language_of,
    languages_named,
)
from bot.slack.modals import (
    NotFilledIn,
    about,
    entered,
    field,
    modal,
    notice,
    picked,
    replaced,
    text_field,
    typed,
)
from bot.slack.payloads import JsonObject
from bot.slack.posting import announce
from bot.slack.pressed import Pressed, on_press, on_submit
from bot.slack.rich_text import words

DIGEST = "digest.v1"
"""The callback id of the modal."""
TITLE = "Digest of feeds"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FLEETING = "What I write in this channel is kept for only an hour, so I can’t post a digest here."
_TOO_MANY = "This channel already has five digests. Delete one on my Home tab first."
_MOST_IN_A_CHANNEL = 5
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_FEEDS_HINT = "One address per line: RSS, Atom or JSON feeds, or sites that link to theirs."
_FOCUS_HINT = "Stories with fewer than half of these words are left out."
_UNLESS_CHOSEN = DigestPlan(DigestWishes(()), tuple(range(5)), "08:00")
_CHANGED = (
    "Somebody else changed this digest, so your changes were not saved. Open it again on my Home "
    "tab to see how it is now."
)
_CAN = "You can change, pause or delete it on my Home tab."
_DELETED = "This digest has been deleted. /brief digest in the channel sets up a new one."


def digest_view(channel: str, zone: str, digest: PlannedDigest | None = None) -> JsonObject:
    """The modal that sets up a digest of ``channel``, or changes it, with times in ``zone``."""
    plan = digest.plan if digest else _UNLESS_CHOSEN
    wishes = plan.wishes
    options = [{"text": plain(name), "value": name} for name in DAYS]
    days = {
        "type": "checkboxes",
        "action_id": "days",
        "options": options,
        "initial_options": [options[day] for day in plan.days],
    }
    at = {"type": "timepicker", "action_id": "time", "initial_time": plan.time}
    numbers = {str(number): str(number) for number in range(1, 11)}
    feeds = text_field("feeds", 3_000, is_long=True, initial="\n".join(wishes.feeds))
    focus = text_field("focus", 200, initial=wishes.focus or "")
    language = select("language", languages_named(), wishes.language or AS_THE_SOURCE)
    fields = (
        field("Feeds", feeds, hint=_FEEDS_HINT),
        field("Focus", focus, hint=_FOCUS_HINT, is_optional=True),
        field("Days", days),
        field("Time", at, hint=f"In the time zone {zone}."),
        field("Language", language),
        field("Maximum stories", select("stories", numbers, str(wishes.stories))),
    )
    changed = f" {digest.id} {_version(digest)}" if digest else ""
    return modal(DIGEST, f"{channel} {zone}{changed}", TITLE, "Save", fields)


def _version(digest: PlannedDigest) -> str:
    """A fingerprint that changes if somebody changes the digest."""
    return fingerprint(repr(digest.plan))


def plan_in(view: JsonObject) -> DigestPlan:
    """The digest that the submitted modal sets up.

    Raises:
        NotFilledIn: something is missing, or a feed isn't a web address.
    """
    _, zone, *_ = about(view).split(" ")
    feeds = tuple(dict.fromkeys(typed(view, "feeds").split()))
    wrong = next((each for each in feeds if not _ADDRESS.fullmatch(each)), None)
    if not feeds or wrong is not None:
        why = f"“{wrong}” isn’t a web address." if wrong else "Give the address of a feed."
        raise NotFilledIn("feeds", why)
    if len(feeds) > MOST_FEEDS:
        raise NotFilledIn("feeds", f"A digest can have at most {MOST_FEEDS} feeds.")
    chosen = {option["value"] for option in entered(view, "days").get("selected_options") or ()}
    at = entered(view, "time").get("selected_time")
    if not chosen or not at:
        raise NotFilledIn("days" if at else "time", "Choose one.")
    language = language_of(picked(view, "language") or AS_THE_SOURCE)
    wishes = DigestWishes(
        feeds, typed(view, "focus") or None, language, int(picked(view, "stories") or 3)
    )
    days = tuple(number for number, name in enumerate(DAYS) if name in chosen)
    return DigestPlan(wishes, days, str(at), zone)


def told(plan: DigestPlan) -> str:
    """What the digest has and when it comes, in one line."""
    named = {tuple(range(7)): "every day", tuple(range(5)): "Monday to Friday"}
    days = named.get(plan.days) or ", ".join(DAYS[number] for number in plan.days)
    return f"what is new in {feeds_of(plan.wishes)}, {days} at {plan.time} ({plan.zone})"


@dataclass(frozen=True)
class DigestListeners:
    """Listeners for the modal and for what opens it."""

    access: Access
    memory: HomeMemory

    def listen(self, app: AsyncApp) -> None:
        """Let ``app`` hear what is saved, and what opens it on the Home tab."""
        app.view(DIGEST)(on_submit(self.saved))
        app.action(CHANGE_DIGEST)(on_press(self.change))

    async def open(self, typed: Pressed) -> str | None:
        """Show the modal to the person who typed the command. Returns a refusal if the channel may
        not have a digest."""
        if refusal := await self._refusal(typed, typed.channel, is_new=True):
            return refusal
        await typed.open(digest_view(typed.channel, await zone_of(typed.person, typed.client)))
        return None

    async def change(self, pressed: Pressed) -> None:
        """Show the modal, filled in, to the person who pressed the button on their Home tab."""
        await pressed.ack()
        if digest := await digest_pressed(pressed, self.memory.digests):
            await pressed.open(digest_view(digest.channel, digest.plan.zone, digest))

    async def saved(self, sent: Pressed) -> JsonObject | None:
        """Store the new or changed digest and tell the channel; submitted twice, only once."""
        channel, _, *shown = about(sent.view).split(" ")
        plan = plan_in(sent.view)
        slot = next_slot(plan, self.memory.clock())
        id_ = shown[0] if shown else sent.view["id"]
        digest = PlannedDigest(id_, sent.team, channel, sent.person, plan, slot)
        known = await self.memory.digests.get(digest.id)
        if known is not None and known.plan == plan:
            return None
        refusal = await self._refusal(sent, channel, is_new=not shown)
        if refusal is None and shown:
            refusal = await self._changed(known, digest, shown[1])
        elif refusal is None:
            await self.memory.digests.keep(digest)
        if refusal:
            return replaced(notice(TITLE, words(refusal)))
        await sent.ack()
        did = f" {'changed' if shown else 'set up'} a digest: {told(plan)}. {_CAN}"
        await announce(sent.client, channel, sent.person, did)
        return None

    async def _changed(
        self, known: PlannedDigest | None, digest: PlannedDigest, version: str
    ) -> str | None:
        """Change ``known`` to ``digest`` if it still has that ``version``; else why not."""
        if known is None:
            return _DELETED
        is_as_shown = _version(known) == version
        if is_as_shown and await self.memory.digests.change(known, digest.plan, digest.next):
            return None
        return _CHANGED

    async def _refusal(self, by: Pressed, channel: str, *, is_new: bool) -> str | None:
        asked = Mention("", by.team, channel, "", "", by.person, "digest")
        settings = await self.access.settings(asked)
        if refusal := self.access.refusal(asked, settings):
            return refusal
        if settings.is_fleeting:
            return _FLEETING
        there = await self.memory.digests.of(by.team, "", [channel])
        here = [digest for digest in there if digest.channel == channel]
        if is_new and len(here) >= _MOST_IN_A_CHANNEL:
            return _TOO_MANY
        return await refusal_if_shared("digests", channel, by.client)
