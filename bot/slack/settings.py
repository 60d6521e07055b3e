"""How are a channel's settings and its digests of feeds seen and changed, and who is told?"""

import re
from dataclasses import dataclass
from zoneinfo import available_timezones

from slack_bolt.async_app import AsyncApp

from bot.briefing.digest import MOST_FEEDS, DigestPlan, DigestWishes, text_fingerprint
from bot.briefing.requests import HouseStyle, Length, Wishes
from bot.service import styles
from bot.service.digest_times import next_slot
from bot.service.ports import ChannelSettings, FollowUps, HomeMemory, Mention, PlannedDigest
from bot.slack.access import Access, refusal_to_post, zone_of
from bot.slack.buttons import plain, select
from bot.slack.home import (
    AS_THE_SOURCE,
    CHANGE_DIGEST,
    LANGUAGE_OPTIONS,
    LENGTH_NAMES,
    NO_TRANSLATION,
    ONLY_ORDER,
    feeds_summary,
    find_digest,
    language_of,
)
from bot.slack.interactions import Interaction, on_press, on_submit
from bot.slack.modals import (
    InvalidField,
    chosen_value,
    field,
    field_state,
    modal,
    notice_view,
    private_metadata,
    replace_view,
    text_field,
    typed_text,
)
from bot.slack.payloads import JsonObject
from bot.slack.posting import announce


def parse_banned(text: str) -> tuple[str, ...]:
    """The words in a list that is separated by commas or line breaks."""
    words = (word.strip() for word in text.replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def banned_as_text(house: HouseStyle, separator: str = ", ") -> str:
    return separator.join(house.banned)


def parse_spellings(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs in ``text``, one a line: the source's spelling = the channel's own.

    Raises:
        InvalidField: a line isn't a pair.
    """
    pairs = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        theirs, _, ours = (part.strip() for part in line.partition("="))
        if not (theirs and ours):
            why = f"“{line}” isn’t valid: one pair per line, such as Kiev = Kyiv."
            raise InvalidField("spellings", why)
        pairs.append((theirs, ours))
    return tuple(dict.fromkeys(pairs))


def spellings_as_text(house: HouseStyle, separator: str = " = ") -> str:
    return "\n".join(f"{theirs}{separator}{ours}" for theirs, ours in house.spellings)


SETTINGS = "settings.v1"
TITLE = "Readout in this channel"

_FOLLOW_UPS: dict[FollowUps, str] = {
    "all": "Follow-ups in my threads, mentioned or not",
    "mentions": "Only when I am mentioned",
}
_MOST = 1_000
_LONGEST_ZONE = 60
_NAMES = "Names and titles as this desk writes them"
_BANNED = "Separate with commas. A line that contains one is rewritten or withheld."
_SPELLINGS = "One pair per line: the source’s spelling = yours. Quotations stay as they are."
_KEEPING = {"usual": "Workspace default", "hour": "One hour only"}
_FROM_NOW_ON = (
    "This applies from now on; what is already stored is kept as long as before. Choosing one hour "
    "deletes this channel’s reminders at once."
)
_REMINDERS = {"asked": "When somebody presses Remind", "all": "Of every commitment with a date"}
_NOT_KEPT = "I can’t send reminders of what I keep for only an hour."
_ZONE = "For reminders at 9:00, such as Europe/Brussels. If empty: that of the person who asks."


def settings_view(channel: str, settings: ChannelSettings, *, has_model: bool) -> JsonObject:
    """The modal with the settings of ``channel``, with hints on what needs a model unless it
    ``has_model``."""
    wishes = settings.wishes
    people = {
        "type": "multi_users_select",
        "action_id": "people",
        "placeholder": plain("Everybody"),
        **({"initial_users": list(settings.people)} if settings.people else {}),
    }
    house = wishes.house
    keeping = select("keeping", _KEEPING, "hour" if settings.is_fleeting else "usual")
    language = select("language", LANGUAGE_OPTIONS, wishes.language or AS_THE_SOURCE)
    style = select("style", styles.titles(), styles.of(wishes.style).name)
    follow_ups = select("follow_ups", _FOLLOW_UPS, settings.follow_ups)
    reminders = select("reminders", _REMINDERS, "all" if settings.reminds_of_all else "asked")
    zone = text_field("zone", _LONGEST_ZONE, initial=settings.zone or "")
    banned = _list_field("banned", banned_as_text(house), banned_as_text(house, ","))
    spellings = _list_field("spellings", spellings_as_text(house), spellings_as_text(house, "="))
    fields = (
        field("Length", select("length", LENGTH_NAMES, wishes.length)),
        field("Language", language, hint="" if has_model else NO_TRANSLATION),
        field("Style", style, hint="" if has_model else ONLY_ORDER),
        field("I answer", follow_ups),
        field("Who can use me here", people, is_optional=True),
        field("How long I keep what I read and write", keeping, hint=_FROM_NOW_ON),
        field("I remind the channel", reminders),
        field("Time zone", zone, hint=_ZONE, is_optional=True),
        field("Words this desk never uses", banned, hint=_BANNED, is_optional=True),
        field(_NAMES, spellings, hint=_SPELLINGS, is_optional=True),
    )
    return modal(SETTINGS, channel, TITLE, "Save", fields)


def _list_field(action: str, spaced: str, tight: str) -> JsonObject:
    """An input for a list, with what is in it. Without spaces it is never longer than it was when
    it was typed; with them it could be longer than Slack accepts."""
    initial = spaced if len(spaced) <= _MOST else tight
    return text_field(action, _MOST, is_long=True, initial=initial)


def settings_in(view: JsonObject) -> ChannelSettings:
    """The settings in the submitted modal.

    Raises:
        InvalidField: nothing was chosen in a field, a line of the spellings isn't a pair, the time
            zone is unknown, or reminders are wanted although data is kept for only an hour.
    """
    house = HouseStyle(
        parse_banned(typed_text(view, "banned")), parse_spellings(typed_text(view, "spellings"))
    )
    length: Length = _required_value(view, "length")  # type: ignore[assignment]  # an option of ours
    follow_ups: FollowUps = _required_value(view, "follow_ups")  # type: ignore[assignment]  # the same
    language = language_of(_required_value(view, "language"))
    zone = typed_text(view, "zone") or None
    if zone and zone not in available_timezones():
        raise InvalidField("zone", f"“{zone}” isn’t a time zone. Write it like Europe/Brussels.")
    is_fleeting = _required_value(view, "keeping") == "hour"
    reminds_of_all = _required_value(view, "reminders") == "all"
    if is_fleeting and reminds_of_all:
        raise InvalidField("reminders", _NOT_KEPT)
    return ChannelSettings(
        wishes=Wishes(language, length, _required_value(view, "style"), house=house),
        people=tuple(field_state(view, "people").get("selected_users") or ()),
        follow_ups=follow_ups,
        is_fleeting=is_fleeting,
        reminds_of_all=reminds_of_all,
        zone=zone,
    )


def settings_summary(settings: ChannelSettings) -> str:
    """The current settings, in one line."""
    language = LANGUAGE_OPTIONS[settings.wishes.language or AS_THE_SOURCE]
    people = f"{len(settings.people)} {'person' if len(settings.people) == 1 else 'people'}"
    house = settings.wishes.house
    parts = [
        LENGTH_NAMES[settings.wishes.length].lower(),
        language if settings.wishes.language else language.lower(),
        f"{styles.of(settings.wishes.style).title.lower()} style",
        f"follow-ups need {'no' if settings.follow_ups == 'all' else 'a'} mention",
        f"limited to {people}" if settings.people else "open to everybody",
        "kept for an hour" if settings.is_fleeting else "default retention",
        "reminders of every commitment" if settings.reminds_of_all else "",
        settings.zone or "",
        f"never {banned_as_text(house)}" if house.banned else "",
        ", ".join(f"{ours} for {theirs}" for theirs, ours in house.spellings),
    ]
    return " · ".join(filter(None, parts))


def _required_value(view: JsonObject, action: str) -> str:
    value = chosen_value(view, action)
    if value is None:
        raise InvalidField(action, "Choose one.")
    return value


# Whether somebody may change a channel's settings is checked before the modal opens, and again when
# it is submitted. The channel is told of the change.


@dataclass(frozen=True)
class SettingsListeners:
    access: Access
    memory: HomeMemory

    def listen(self, app: AsyncApp) -> None:
        app.view(SETTINGS)(on_submit(self.save))

    async def open(self, typed: Interaction) -> str | None:
        """Show the modal to the person who typed the command. Returns a refusal if they may not
        change the settings."""
        if refusal := await self._refusal(typed, typed.channel):
            return refusal
        settings = await self.memory.channels.of(typed.team, typed.channel)
        await typed.open(settings_view(typed.channel, settings, has_model=self.memory.has_model))
        return None

    async def save(self, sent: Interaction) -> JsonObject | None:
        channel = private_metadata(sent.view)
        settings = settings_in(sent.view)
        refusal = await self._refusal(sent, channel)
        if settings.reminds_of_all and refusal is None:
            refusal = await refusal_to_post("reminders", channel, sent.client)
        if refusal:
            return replace_view(notice_view(TITLE, refusal))
        await self.memory.channels.keep(sent.team, channel, sent.person, settings)
        await sent.ack()
        did = f" changed how I work here: {settings_summary(settings)}."
        await announce(sent.client, channel, sent.person, did)
        return None

    async def _refusal(self, by: Interaction, channel: str) -> str | None:
        return await self.access.refusal_to_change(by.team, channel, by.person, by.client)


# How is a digest of feeds set up in a channel, and changed?

DIGEST = "digest.v1"
_DIGEST_TITLE = "Digest of feeds"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FLEETING = "What I write in this channel is kept for only an hour, so I can’t post a digest here."
_TOO_MANY = "This channel already has five digests. Delete one on my Home tab first."
_MOST_IN_A_CHANNEL = 5
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_FEEDS_HINT = "One address per line: RSS, Atom or JSON feeds, or sites that link to theirs."
_FOCUS_HINT = "Stories with fewer than half of these words are left out."
_DEFAULT_PLAN = DigestPlan(DigestWishes(()), tuple(range(5)), "08:00")
_CHANGED = (
    "Somebody else changed this digest, so your changes were not saved. Open it again on my Home "
    "tab to see how it is now."
)
_CAN = "You can change, pause or delete it on my Home tab."
_DELETED = "This digest has been deleted. /brief digest in the channel sets up a new one."


def digest_view(channel: str, zone: str, digest: PlannedDigest | None = None) -> JsonObject:
    """The modal that sets up a digest of ``channel``, or changes it, with times in ``zone``."""
    plan = digest.plan if digest else _DEFAULT_PLAN
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
    language = select("language", LANGUAGE_OPTIONS, wishes.language or AS_THE_SOURCE)
    fields = (
        field("Feeds", feeds, hint=_FEEDS_HINT),
        field("Focus", focus, hint=_FOCUS_HINT, is_optional=True),
        field("Days", days),
        field("Time", at, hint=f"In the time zone {zone}."),
        field("Language", language),
        field("Maximum stories", select("stories", numbers, str(wishes.stories))),
    )
    changed = f" {digest.id} {_version(digest)}" if digest else ""
    return modal(DIGEST, f"{channel} {zone}{changed}", _DIGEST_TITLE, "Save", fields)


def _version(digest: PlannedDigest) -> str:
    """A fingerprint of the digest's plan, which shows whether somebody has changed it."""
    return text_fingerprint(repr(digest.plan))


def plan_in(view: JsonObject) -> DigestPlan:
    """The plan in the submitted modal.

    Raises:
        InvalidField: something is missing, or a feed isn't a web address.
    """
    _, zone, *_ = private_metadata(view).split(" ")
    feeds = tuple(dict.fromkeys(typed_text(view, "feeds").split()))
    if not feeds:
        raise InvalidField("feeds", "Give the address of a feed.")
    if wrong := next((each for each in feeds if not _ADDRESS.fullmatch(each)), None):
        raise InvalidField("feeds", f"“{wrong}” isn’t a web address.")
    if len(feeds) > MOST_FEEDS:
        raise InvalidField("feeds", f"A digest can have at most {MOST_FEEDS} feeds.")
    chosen = {option["value"] for option in field_state(view, "days").get("selected_options") or ()}
    at = field_state(view, "time").get("selected_time")
    if not chosen or not at:
        raise InvalidField("days" if at else "time", "Choose one.")
    language = language_of(chosen_value(view, "language") or AS_THE_SOURCE)
    wishes = DigestWishes(
        feeds, typed_text(view, "focus") or None, language, int(chosen_value(view, "stories") or 3)
    )
    days = tuple(number for number, name in enumerate(DAYS) if name in chosen)
    return DigestPlan(wishes, days, str(at), zone)


def digest_summary(plan: DigestPlan) -> str:
    """What the digest contains and when it is posted, in one line."""
    named = {tuple(range(7)): "every day", tuple(range(5)): "Monday to Friday"}
    days = named.get(plan.days) or ", ".join(DAYS[number] for number in plan.days)
    return f"what is new in {feeds_summary(plan.wishes)}, {days} at {plan.time} ({plan.zone})"


@dataclass(frozen=True)
class DigestListeners:
    access: Access
    memory: HomeMemory

    def listen(self, app: AsyncApp) -> None:
        app.view(DIGEST)(on_submit(self.save))
        app.action(CHANGE_DIGEST)(on_press(self.change))

    async def open(self, typed: Interaction) -> str | None:
        """Show the modal to the person who typed the command. Returns a refusal if the channel may
        not have a digest."""
        if refusal := await self._refusal(typed, typed.channel, is_new=True):
            return refusal
        await typed.open(digest_view(typed.channel, await zone_of(typed.person, typed.client)))
        return None

    async def change(self, pressed: Interaction) -> None:
        """Show the modal, filled in, to the person who pressed the button on their Home tab."""
        await pressed.ack()
        if digest := await find_digest(pressed, self.memory.digests):
            await pressed.open(digest_view(digest.channel, digest.plan.zone, digest))

    async def save(self, sent: Interaction) -> JsonObject | None:
        """Store the new or changed digest and tell the channel; once, even if submitted twice."""
        channel, _, *shown = private_metadata(sent.view).split(" ")
        plan = plan_in(sent.view)
        slot = next_slot(plan, self.memory.clock())
        id_ = shown[0] if shown else sent.view["id"]
        digest = PlannedDigest(id_, sent.team, channel, sent.person, plan, slot)
        known = await self.memory.digests.get(digest.id)
        if known is not None and known.plan == plan:
            return None
        refusal = await self._refusal(sent, channel, is_new=not shown)
        if refusal is None and shown:
            refusal = await self._change(known, digest, shown[1])
        elif refusal is None:
            await self.memory.digests.keep(digest)
        if refusal:
            return replace_view(notice_view(_DIGEST_TITLE, refusal))
        await sent.ack()
        did = f" {'changed' if shown else 'set up'} a digest: {digest_summary(plan)}. {_CAN}"
        await announce(sent.client, channel, sent.person, did)
        return None

    async def _change(
        self, known: PlannedDigest | None, digest: PlannedDigest, version: str
    ) -> str | None:
        """Change ``known`` to ``digest`` if it still has that ``version``. Returns a refusal if it
        doesn't."""
        if known is None:
            return _DELETED
        is_as_shown = _version(known) == version
        if is_as_shown and await self.memory.digests.change(known, digest.plan, digest.next):
            return None
        return _CHANGED

    async def _refusal(self, by: Interaction, channel: str, *, is_new: bool) -> str | None:
        request = Mention("", by.team, channel, "", "", by.person, "digest")
        settings = await self.access.settings(request)
        if refusal := self.access.refusal(request, settings):
            return refusal
        if settings.is_fleeting:
            return _FLEETING
        there = await self.memory.digests.of(by.team, "", [channel])
        here = [digest for digest in there if digest.channel == channel]
        if is_new and len(here) >= _MOST_IN_A_CHANNEL:
            return _TOO_MANY
        return await refusal_to_post("digests", channel, by.client)
