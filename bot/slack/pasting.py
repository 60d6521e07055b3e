"""The box in which somebody pastes the text of a page that could not be read."""

from dataclasses import replace

from bot.briefing.requests import PastedText
from bot.ports import Mention
from bot.slack.buttons import plain
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject

PASTED = "pasted.v1"
"""The name of the box: what it sends carries it."""

_BLOCK, _ACTION = "text", "text"
_MOST = 3_000  # of a plain_text_input: https://docs.slack.dev/reference/block-kit/block-elements
EMPTY = "There is no text in it."


def paste_view(key: str) -> JsonObject:
    """The box; ``key`` is that of the mention that it answers."""
    return {
        "type": "modal",
        "callback_id": PASTED,
        "private_metadata": key,
        "title": plain("Paste the text"),
        "submit": plain("Brief it"),
        "close": plain("Cancel"),
        "blocks": [
            {
                "type": "input",
                "block_id": _BLOCK,
                "label": plain("The text of the article"),
                "hint": plain(
                    f"Up to {_MOST:,} characters; a longer text goes into the thread, as a message"
                    " or a file. The briefing stands in the thread of the request."
                ),
                "element": {
                    "type": "plain_text_input",
                    "action_id": _ACTION,
                    "multiline": True,
                    "max_length": _MOST,
                },
            }
        ],
    }


def asked_by(view: JsonObject) -> str:
    """The key of the mention that a box answers."""
    return str(view["private_metadata"])


def text_of(view: JsonObject) -> str:
    """What was pasted."""
    return str(view["state"]["values"][_BLOCK][_ACTION].get("value") or "")


def refused(reason: str) -> JsonObject:
    """The answer that keeps the box open and says why."""
    return {"response_action": "errors", "errors": {_BLOCK: reason}}


def with_text(mention: Mention, view: JsonObject) -> Mention:
    """What ``mention`` asked, of the text in the box; sent twice it is one job."""
    return replace(
        again(mention, "paste", view["id"]),
        intent="ask" if mention.question else "brief",
        sources=(PastedText(text_of(view)),),
    )
