"""A box that somebody fills in: what it is made of, and what stands in it when it is sent.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Iterable

from bot.slack.buttons import plain
from bot.slack.payloads import JsonObject


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
    """What stands in the field of that action."""
    found: JsonObject = view["state"]["values"][action][action]
    return found


def typed(view: JsonObject, action: str) -> str:
    """The text that was typed into a field."""
    return str(entered(view, action).get("value") or "")


def picked(view: JsonObject, action: str) -> str:
    """The value of the option that was chosen in a field."""
    return str(entered(view, action)["selected_option"]["value"])


def refused(action: str, why: str) -> JsonObject:
    """The answer that keeps the box open and says ``why`` under a field."""
    return {"response_action": "errors", "errors": {action: why}}
