"""Which buttons stand under a reply? Each carries the key of its mention, and a versioned name."""

from typing import Literal

from bot.briefing.catalogue import ENGLISH, Catalogue
from bot.slack.payloads import JsonObject

Button = Literal["evidence", "brief", "paste", "retry", "delete"]

ACTION_IDS: dict[Button, str] = {
    "evidence": "evidence.v1",
    "brief": "brief.v1",
    "paste": "paste.v1",
    "retry": "retry.v1",
    "delete": "delete.v1",
}


def actions(key: str, *buttons: Button, fixed: Catalogue = ENGLISH) -> JsonObject:
    """A row of buttons, in the language of the reply."""
    return {"type": "actions", "elements": [_button(key, each, fixed) for each in buttons]}


def plain(text: str) -> JsonObject:
    """Words on a button, in a title or in a dialog."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _button(key: str, button: Button, fixed: Catalogue) -> JsonObject:
    shown: JsonObject = {
        "type": "button",
        "action_id": ACTION_IDS[button],
        "text": plain(fixed.buttons[button]),
        "value": key,
    }
    return {**shown, "confirm": _sure(fixed)} if button == "delete" else shown


def _sure(fixed: Catalogue) -> JsonObject:
    return {
        "title": plain(fixed.delete_asked),
        "text": plain(fixed.delete_told),
        "confirm": plain(fixed.buttons["delete"]),
        "deny": plain(fixed.keep),
        "style": "danger",
    }
