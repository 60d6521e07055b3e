"""A modal that somebody fills in: what it is made of, and what is in it when it is submitted.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Iterable

from bot.slack.buttons import plain
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import rich_text, section


class NotFilledIn(ValueError):
    """A field of a box that can't be used as it was sent: which, and ``why``."""

    def __init__(self, action: str, why: str) -> None:
        super().__init__(why)
        self.action = action
        self.why = why


def box(name: str, about: str, title: str, submit: str, blocks: Iterable[JsonObject]) -> JsonObject:
    """A box of that ``name``, which what it sends carries; ``about`` comes back with it."""
    return {
        "type": "modal",
        "callback_id": name,
        "private_metadata": about,
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "blocks": list(blocks),
    }


def field(
    label: str, element: JsonObject, *, hint: str = "", is_optional: bool = False
) -> JsonObject:
    """A field under its ``label``, known by the action of its ``element``."""
    said = {"hint": plain(hint)} if hint else {}
    return {
        "type": "input",
        "block_id": element["action_id"],
        "optional": is_optional,
        "label": plain(label),
        "element": element,
        **said,
    }


def text_field(action: str, most: int, *, is_long: bool = False, initial: str = "") -> JsonObject:
    """What text is typed into, up to ``most`` characters."""
    before = {"initial_value": initial} if initial else {}
    return {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": is_long,
        "max_length": most,
        **before,
    }


def about(view: JsonObject) -> str:
    """What the box is about."""
    return str(view["private_metadata"])


def entered(view: JsonObject, action: str) -> JsonObject:
    """What stands in the field of that action; empty where Slack sent nothing for it."""
    field: JsonObject = view["state"]["values"].get(action) or {}
    return dict(field.get(action) or {})


def typed(view: JsonObject, action: str) -> str:
    """The text that was typed into a field, without the space around it."""
    return str(entered(view, action).get("value") or "").strip()


def picked(view: JsonObject, action: str) -> str | None:
    """The value of the option that was chosen in a field, None where none was."""
    option = entered(view, action).get("selected_option")
    return str(option["value"]) if option else None


def notice(title: str, *elements: JsonObject) -> JsonObject:
    """A box that only says something."""
    return {
        "type": "modal",
        "title": plain(title),
        "close": plain("Close"),
        "blocks": [rich_text(section(elements))],
    }


def refused(action: str, why: str) -> JsonObject:
    """The answer that keeps the box open and says ``why`` under a field."""
    return {"response_action": "errors", "errors": {action: why}}
