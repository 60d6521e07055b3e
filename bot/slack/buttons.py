"""Which buttons are under a reply? Each carries the key of its mention, and a versioned name."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

from bot.briefing.catalogue import ENGLISH, Catalogue
from bot.slack.payloads import JsonObject

Value = TypeVar("Value", bound=str)

Button = Literal[
    "evidence", "longer", "first", "brief", "ask", "paste", "retry", "anew", "stop", "delete"
]
Entry = Literal["shorter", "first", "translate", "share", "export", "delete"]
"""What stands in the menu behind the buttons."""

ACTION_IDS: dict[Button, str] = {
    "evidence": "evidence.v1",
    "longer": "longer.v1",
    "first": "first.v1",
    "brief": "brief.v1",
    "ask": "ask.v1",
    "paste": "paste.v1",
    "retry": "retry.v1",
    "anew": "anew.v1",
    "stop": "stop.v1",
    "delete": "delete.v2",
}
SHORTER = "shorter.v1"
"""The button of earlier versions, which is an entry of the menu by now."""
DELETE_CONFIRMED = "delete.v1"
"""Of earlier versions, under a question that Slack itself asked."""
SUGGESTED = "suggested.v1"
"""What the names of the buttons with suggested questions begin with."""
MENU, FEEDBACK = "more.v1", "feedback.v1"
GOOD, BAD = "good:", "bad:"
"""What stands before the key in the value of a thumb."""


def actions(
    key: str, *buttons: Button, menu: tuple[Entry, ...] = (), fixed: Catalogue = ENGLISH
) -> JsonObject:
    """A row of buttons with a menu behind them, in the language of the reply."""
    row = [_button(key, each, fixed) for each in buttons]
    return {"type": "actions", "elements": [*row, *([_menu(key, menu, fixed)] if menu else [])]}


def suggested(key: str, questions: Iterable[str]) -> JsonObject:
    """A row of questions, each of which a press asks."""
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": f"{SUGGESTED}.{number}",
                "text": plain(question),
                "value": f"{key} {question}",
            }
            for number, question in enumerate(questions)
        ],
    }


def thumbs(key: str, fixed: Catalogue = ENGLISH) -> JsonObject:
    """A thumb up and a thumb down.

    https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
    """
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": FEEDBACK,
                "positive_button": _thumb(fixed.buttons["good"], f"{GOOD}{key}"),
                "negative_button": _thumb(fixed.buttons["bad"], f"{BAD}{key}"),
            }
        ],
    }


def select(action: str, named: Mapping[Value, str], chosen: Value) -> JsonObject:
    """A menu of options by their values, of which one is chosen."""
    options = {value: {"text": plain(name), "value": value} for value, name in named.items()}
    return {
        "type": "static_select",
        "action_id": action,
        "options": list(options.values()),
        "initial_option": options[chosen],
    }


def header(text: str) -> JsonObject:
    """A block with a title."""
    return {"type": "header", "text": plain(text)}


def note(text: str) -> JsonObject:
    """A block in small print; ``text`` is mrkdwn of ours."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def plain(text: str) -> JsonObject:
    """Words on a button, in a title or in a dialog."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _button(key: str, button: Button, fixed: Catalogue) -> JsonObject:
    return {
        "type": "button",
        "action_id": ACTION_IDS[button],
        "text": plain(fixed.buttons[button]),
        "value": key,
    }


def _thumb(text: str, value: str) -> JsonObject:
    return {"text": plain(text), "value": value, "accessibility_label": text}


def _menu(key: str, entries: tuple[Entry, ...], fixed: Catalogue) -> JsonObject:
    options = [{"text": plain(fixed.buttons[each]), "value": f"{each}:{key}"} for each in entries]
    return {"type": "overflow", "action_id": MENU, "options": options}
