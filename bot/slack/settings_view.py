"""The box in which a channel's settings are seen and changed (`/brief settings`)."""

from collections.abc import Iterator

from bot.briefing.house import House
from bot.briefing.requests import Wishes
from bot.home import ChannelSettings, FollowUps
from bot.slack.buttons import plain, select
from bot.slack.home_view import LENGTH_NAMES, language_of, languages_named
from bot.slack.house_rules import (
    banned_as_text,
    banned_in,
    spellings_as_text,
    spellings_in,
)
from bot.slack.payloads import JsonObject

SETTINGS = "settings.v1"
"""The name of the box: what it sends carries it."""

_FOLLOW_UPS: dict[FollowUps, str] = {
    "all": "Follow-ups in my threads, mentioned or not",
    "mentions": "Only when I am mentioned",
}
_MOST = 1_000
_BANNED = "Separated by commas. A line that has one is written anew, or withheld."
_SPELLINGS = "One pair a line: as sources have it = as you write it. Quotations stay as they are."
_KEEPING = {"usual": "As everywhere", "hour": "For an hour only"}


def settings_view(channel: str, settings: ChannelSettings) -> JsonObject:
    """The box with what holds in ``channel`` now."""
    wishes = settings.wishes
    people = {
        "type": "multi_users_select",
        "action_id": "people",
        "placeholder": plain("Everybody"),
        **({"initial_users": list(settings.people)} if settings.people else {}),
    }
    kept, house = "hour" if settings.is_fleeting else "usual", wishes.house
    return {
        "type": "modal",
        "callback_id": SETTINGS,
        "private_metadata": channel,
        "title": plain("Readout in this channel"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": [
            _input("length", "Length", select("length", LENGTH_NAMES, wishes.length)),
            _input(
                "language",
                "Language",
                select("language", languages_named(), wishes.language or "source"),
            ),
            _input(
                "follow_ups", "I answer", select("follow_ups", _FOLLOW_UPS, settings.follow_ups)
            ),
            _input("people", "Who may ask me here", people, optional=True),
            _input("keeping", "What I read and write is kept", select("keeping", _KEEPING, kept)),
            _lines("banned", "Words that this desk never writes", _BANNED, banned_as_text(house)),
            _lines(
                "spellings",
                "Names and titles as this desk writes them",
                _SPELLINGS,
                spellings_as_text(house),
            ),
        ],
    }


def settings_in(view: JsonObject) -> ChannelSettings:
    """The settings that were saved.

    Raises:
        ValueError: a line of the spellings is no pair; its words are the error's.
    """
    values = {
        action: field
        for block in view["state"]["values"].values()
        for action, field in block.items()
    }
    chosen = {
        name: field["selected_option"]["value"]
        for name, field in values.items()
        if field.get("selected_option")
    }
    house = House(
        banned=banned_in(values["banned"].get("value") or ""),
        spellings=spellings_in(values["spellings"].get("value") or ""),
    )
    wishes = Wishes(language=language_of(chosen["language"]), length=chosen["length"], house=house)
    return ChannelSettings(
        wishes=wishes,
        people=tuple(values["people"].get("selected_users") or ()),
        follow_ups=chosen["follow_ups"],
        is_fleeting=chosen["keeping"] == "hour",
    )


def told(settings: ChannelSettings) -> str:
    """What holds now, in one line."""
    language = languages_named()[settings.wishes.language or "source"]
    parts = [
        LENGTH_NAMES[settings.wishes.length].lower(),
        language if settings.wishes.language else language.lower(),
        f"follow-ups need {'no' if settings.follow_ups == 'all' else 'a'} mention",
        f"{len(settings.people)} may ask" if settings.people else "everybody may ask",
        "kept for an hour" if settings.is_fleeting else "kept as everywhere",
        *_house_told(settings.wishes.house),
    ]
    return " · ".join(parts)


def refused(line: str) -> JsonObject:
    """The answer that keeps the box open, since ``line`` is no pair."""
    why = f"“{line}” is no pair: write one a line, such as Kiev = Kyiv."
    return {"response_action": "errors", "errors": {"spellings": why}}


def _house_told(house: House) -> Iterator[str]:
    if house.banned:
        yield f"never {', '.join(house.banned)}"
    if house.spellings:
        yield ", ".join(f"{ours} for {theirs}" for theirs, ours in house.spellings)


def _lines(block: str, label: str, hint: str, initial: str) -> JsonObject:
    element = {
        "type": "plain_text_input",
        "action_id": block,
        "multiline": True,
        "max_length": _MOST,
        **({"initial_value": initial} if initial else {}),
    }
    return {**_input(block, label, element, optional=True), "hint": plain(hint)}


def _input(block: str, label: str, element: JsonObject, *, optional: bool = False) -> JsonObject:
    return {
        "type": "input",
        "block_id": block,
        "optional": optional,
        "label": plain(label),
        "element": element,
    }
