"""The box in which somebody asks about a briefing, for those who would not think of writing a
message in its thread."""

from dataclasses import replace

from bot.ports import Mention
from bot.slack.buttons import plain
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject

ASKED = "asked.v1"
"""The name of the box: what it sends carries it."""

_BLOCK, _ACTION = "question", "question"
_MOST = 300


def asking_view(key: str) -> JsonObject:
    """The box; ``key`` is that of the mention whose sources it asks about."""
    return {
        "type": "modal",
        "callback_id": ASKED,
        "private_metadata": key,
        "title": plain("Ask the sources"),
        "submit": plain("Ask"),
        "close": plain("Cancel"),
        "blocks": [
            {
                "type": "input",
                "block_id": _BLOCK,
                "label": plain("What do you want to know?"),
                "hint": plain(
                    "Answered from the sources alone, in the thread, with the passages. You can "
                    "as well write your question there."
                ),
                "element": {
                    "type": "plain_text_input",
                    "action_id": _ACTION,
                    "max_length": _MOST,
                },
            }
        ],
    }


def with_question(mention: Mention, body: JsonObject) -> Mention:
    """The question in the box, about the sources of ``mention``, by who sent it."""
    view = body["view"]
    question = str(view["state"]["values"][_BLOCK][_ACTION].get("value") or "").strip()
    return replace(
        again(mention, "ask", view["id"]),
        person=body["user"]["id"],
        intent="follow_up",
        text=question,
        question=question,
        sources=(),
        response_url=None,
    )
