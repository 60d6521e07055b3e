"""How are a channel's settings seen and changed, and who is told?"""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from slack_bolt.async_app import AsyncApp

from bot.briefing.requests import House, Length, Wishes
from bot.service import styles
from bot.service.ports import ChannelSettings, FollowUps, HomeMemory
from bot.slack.access import Access, refusal_if_shared
from bot.slack.buttons import plain, select
from bot.slack.home import LENGTH_NAMES, NO_TRANSLATION, ONLY_ORDER, language_of, languages_named
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
from bot.slack.pressed import Pressed, on_submit
from bot.slack.rich_text import words


def banned_in(text: str) -> tuple[str, ...]:
    """The words in a list with commas or on lines."""
    words = (word.strip() for word in text.replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def banned_as_text(house: House) -> str:
    """The words as they are typed."""
    return ", ".join(house.banned)


def spellings_in(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs, one a line: as sources have it = as this desk writes it.

    Raises:
        NotFilledIn: a line isn't a pair.
    """
    pairs = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        theirs, _, ours = (part.strip() for part in line.partition("="))
        if not (theirs and ours):
            why = f"“{line}” isn’t valid: one pair per line, such as Kiev = Kyiv."
            raise NotFilledIn("spellings", why)
        pairs.append((theirs, ours))
    return tuple(dict.fromkeys(pairs))


def spellings_as_text(house: House) -> str:
    """The pairs as they are typed."""
    return "\n".join(f"{theirs} = {ours}" for theirs, ours in house.spellings)


SETTINGS = "settings.v1"
"""The callback id of the modal."""
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
_REMINDERS = {"asked": "When somebody presses Remind", "all": "Of every commitment with a date"}
_NOT_KEPT = "I can’t send reminders of what I keep for only an hour."
_ZONE = "For reminders at 9:00, such as Europe/Brussels. If empty: that of the person who asks."


def settings_view(channel: str, settings: ChannelSettings, *, has_model: bool) -> JsonObject:
    """The modal with the settings of ``channel``; without a model it says what needs one."""
    wishes = settings.wishes
    people = {
        "type": "multi_users_select",
        "action_id": "people",
        "placeholder": plain("Everybody"),
        **({"initial_users": list(settings.people)} if settings.people else {}),
    }
    kept, house = "hour" if settings.is_fleeting else "usual", wishes.house
    language = select("language", languages_named(), wishes.language or "source")
    style = select("style", styles.titles(), styles.of(wishes.style).name)
    follow_ups = select("follow_ups", _FOLLOW_UPS, settings.follow_ups)
    reminders = select("reminders", _REMINDERS, "all" if settings.reminds_of_all else "asked")
    zone = text_field("zone", _LONGEST_ZONE, initial=settings.zone or "")
    banned = text_field("banned", _MOST, is_long=True, initial=banned_as_text(house))
    spellings = text_field("spellings", _MOST, is_long=True, initial=spellings_as_text(house))
    fields = (
        field("Length", select("length", LENGTH_NAMES, wishes.length)),
        field("Language", language, hint="" if has_model else NO_TRANSLATION),
        field("Style", style, hint="" if has_model else ONLY_ORDER),
        field("I answer", follow_ups),
        field("Who can use me here", people, is_optional=True),
        field("How long I keep what I read and write", select("keeping", _KEEPING, kept)),
        field("I remind the channel", reminders),
        field("Time zone", zone, hint=_ZONE, is_optional=True),
        field("Words this desk never uses", banned, hint=_BANNED, is_optional=True),
        field(_NAMES, spellings, hint=_SPELLINGS, is_optional=True),
    )
    return modal(SETTINGS, channel, TITLE, "Save", fields)


def settings_in(view: JsonObject) -> ChannelSettings:
    """The settings that were saved.

    Raises:
        NotFilledIn: nothing was chosen in a field, a line of the spellings isn't a pair, the time
            zone isn't one, or reminders are wanted of what is kept for an hour.
    """
    house = House(banned_in(typed(view, "banned")), spellings_in(typed(view, "spellings")))
    length: Length = _picked(view, "length")  # type: ignore[assignment]  # an option of ours
    follow_ups: FollowUps = _picked(view, "follow_ups")  # type: ignore[assignment]  # the same
    language = language_of(_picked(view, "language"))
    zone = typed(view, "zone") or None
    if zone and zone not in available_timezones():
        raise NotFilledIn("zone", f"“{zone}” isn’t a time zone. Write it like Europe/Brussels.")
    is_fleeting = _picked(view, "keeping") == "hour"
    reminds_of_all = _picked(view, "reminders") == "all"
    if is_fleeting and reminds_of_all:
        raise NotFilledIn("reminders", _NOT_KEPT)
    return ChannelSettings(
        wishes=Wishes(language, length, _picked(view, "style"), house=house),
        people=tuple(entered(view, "people").get("selected_users") or ()),
        follow_ups=follow_ups,
        is_fleeting=is_fleeting,
        reminds_of_all=reminds_of_all,
        zone=zone,
    )


def told(settings: ChannelSettings) -> str:
    """The current settings, in one line."""
    language = languages_named()[settings.wishes.language or "source"]
    people = f"{len(settings.people)} {'person' if len(settings.people) == 1 else 'people'}"
    parts = [
        LENGTH_NAMES[settings.wishes.length].lower(),
        language if settings.wishes.language else language.lower(),
        f"{styles.of(settings.wishes.style).title.lower()} style",
        f"follow-ups need {'no' if settings.follow_ups == 'all' else 'a'} mention",
        f"limited to {people}" if settings.people else "open to everybody",
        "kept for an hour" if settings.is_fleeting else "default retention",
        *(["reminders of every commitment"] if settings.reminds_of_all else []),
        *([settings.zone] if settings.zone else []),
        *_house_told(settings.wishes.house),
    ]
    return " · ".join(parts)


def _picked(view: JsonObject, action: str) -> str:
    value = picked(view, action)
    if value is None:
        raise NotFilledIn(action, "Choose one.")
    return value


def _house_told(house: House) -> Iterator[str]:
    if house.banned:
        yield f"never {', '.join(house.banned)}"
    if house.spellings:
        yield ", ".join(f"{ours} for {theirs}" for theirs, ours in house.spellings)


# How are a channel's settings changed, and who is told? Everybody in it.
#
# Whether somebody may change them is checked before the modal opens, and again when it is
# submitted.


@dataclass(frozen=True)
class SettingsOfChannels:
    """Listeners for the modal with a channel's settings."""

    access: Access
    memory: HomeMemory

    def listen(self, app: AsyncApp) -> None:
        """Let ``app`` hear what is saved."""
        app.view(SETTINGS)(on_submit(self.saved))

    async def open(self, typed: Pressed) -> str | None:
        """Show the modal to the person who typed the command. Returns a refusal if they may not
        change the settings."""
        if refusal := await self._refusal(typed, typed.channel):
            return refusal
        settings = await self.memory.channels.of(typed.team, typed.channel)
        await typed.open(settings_view(typed.channel, settings, has_model=self.memory.has_model))
        return None

    async def saved(self, sent: Pressed) -> JsonObject | None:
        """Remember what was saved, and tell the channel."""
        channel = about(sent.view)
        settings = settings_in(sent.view)
        refusal = await self._refusal(sent, channel)
        if settings.reminds_of_all and refusal is None:
            refusal = await refusal_if_shared("reminders", channel, sent.client)
        if refusal:
            return replaced(notice(TITLE, words(refusal)))
        await self.memory.channels.keep(sent.team, channel, sent.person, settings)
        await sent.ack()
        did = f" changed how I work here: {told(settings)}."
        await announce(sent.client, channel, sent.person, did)
        return None

    async def _refusal(self, by: Pressed, channel: str) -> str | None:
        return await self.access.refusal_to_change(by.team, channel, by.person, by.client)
