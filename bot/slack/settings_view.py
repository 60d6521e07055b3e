"""The box in which a channel's settings are seen and changed (`/brief settings`)."""

from collections.abc import Iterator

from bot import styles
from bot.briefing.house import House
from bot.briefing.requests import Length, Wishes
from bot.home import ChannelSettings, FollowUps
from bot.slack.boxes import NotFilledIn, box, entered, field, picked, text_field, typed
from bot.slack.buttons import plain, select
from bot.slack.home_view import (
    LENGTH_NAMES,
    NO_TRANSLATION,
    ONLY_ORDER,
    language_of,
    languages_named,
)
from bot.slack.house_rules import (
    banned_as_text,
    banned_in,
    spellings_as_text,
    spellings_in,
)
from bot.slack.payloads import JsonObject

SETTINGS = "settings.v1"
"""The name of the box: what it sends carries it."""
TITLE = "Readout in this channel"

_FOLLOW_UPS: dict[FollowUps, str] = {
    "all": "Follow-ups in my threads, mentioned or not",
    "mentions": "Only when I am mentioned",
}
_MOST = 1_000
_NAMES = "Names and titles as this desk writes them"
_BANNED = "Separate with commas. A line that contains one is rewritten or withheld."
_SPELLINGS = "One pair per line: the source’s spelling = yours. Quotations stay as they are."
_KEEPING = {"usual": "Workspace default", "hour": "One hour only"}


def settings_view(channel: str, settings: ChannelSettings, *, has_model: bool) -> JsonObject:
    """The box with what holds in ``channel`` now; without a model it says what takes one."""
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
    banned = text_field("banned", _MOST, is_long=True, initial=banned_as_text(house))
    spellings = text_field("spellings", _MOST, is_long=True, initial=spellings_as_text(house))
    fields = (
        field("Length", select("length", LENGTH_NAMES, wishes.length)),
        field("Language", language, hint="" if has_model else NO_TRANSLATION),
        field("Style", style, hint="" if has_model else ONLY_ORDER),
        field("I answer", follow_ups),
        field("Who can use me here", people, is_optional=True),
        field("How long I keep what I read and write", select("keeping", _KEEPING, kept)),
        field("Words this desk never uses", banned, hint=_BANNED, is_optional=True),
        field(_NAMES, spellings, hint=_SPELLINGS, is_optional=True),
    )
    return box(SETTINGS, channel, TITLE, "Save", fields)


def settings_in(view: JsonObject) -> ChannelSettings:
    """The settings that were saved.

    Raises:
        NotFilledIn: nothing was chosen in a field, or a line of the spellings isn't a pair.
    """
    house = House(banned_in(typed(view, "banned")), _spellings(view))
    length: Length = _picked(view, "length")  # type: ignore[assignment]  # an option of ours
    follow_ups: FollowUps = _picked(view, "follow_ups")  # type: ignore[assignment]  # the same
    language = language_of(_picked(view, "language"))
    return ChannelSettings(
        wishes=Wishes(language, length, _picked(view, "style"), house=house),
        people=tuple(entered(view, "people").get("selected_users") or ()),
        follow_ups=follow_ups,
        is_fleeting=_picked(view, "keeping") == "hour",
    )


def told(settings: ChannelSettings) -> str:
    """What holds now, in one line."""
    language = languages_named()[settings.wishes.language or "source"]
    parts = [
        LENGTH_NAMES[settings.wishes.length].lower(),
        language if settings.wishes.language else language.lower(),
        f"{styles.of(settings.wishes.style).title.lower()} style",
        f"follow-ups need {'no' if settings.follow_ups == 'all' else 'a'} mention",
        _limited(len(settings.people)) if settings.people else "open to everybody",
        "kept for an hour" if settings.is_fleeting else "default retention",
        *_house_told(settings.wishes.house),
    ]
    return " · ".join(parts)


def _limited(people: int) -> str:
    return f"limited to {people} {'person' if people == 1 else 'people'}"


def _picked(view: JsonObject, action: str) -> str:
    value = picked(view, action)
    if value is None:
        raise NotFilledIn(action, "Choose one.")
    return value


def _spellings(view: JsonObject) -> tuple[tuple[str, str], ...]:
    try:
        return spellings_in(typed(view, "spellings"))
    except ValueError as error:
        why = f"“{error}” isn’t valid: one pair per line, such as Kiev = Kyiv."
        raise NotFilledIn("spellings", why) from error


def _house_told(house: House) -> Iterator[str]:
    if house.banned:
        yield f"never {', '.join(house.banned)}"
    if house.spellings:
        yield ", ".join(f"{ours} for {theirs}" for theirs, ours in house.spellings)
