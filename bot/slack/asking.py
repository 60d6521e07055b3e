"""The box in which somebody asks about a briefing, for those who would not think of writing a
message in its thread."""

from dataclasses import replace

from bot.ports import Mention
from bot.slack.boxes import box, field, text_field, typed
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject

ASKED = "asked.v1"
"""The name of the box: what it sends carries it."""

QUESTION = "question"
"""The field in it."""
EMPTY = "Type a question."
_MOST = 300


def asking_view(key: str) -> JsonObject:
    """The box; ``key`` is that of the mention whose sources it asks about."""
    hint = (
        "I’ll answer in the thread, from the sources only, with the passages. You can also just "
        "ask there."
    )
    question = field("What do you want to know?", text_field(QUESTION, _MOST), hint=hint)
    return box(ASKED, key, "Ask the sources", "Ask", [question])


def with_question(mention: Mention, body: JsonObject) -> Mention:
    """The question in the box, about the sources of ``mention``, by who sent it."""
    view = body["view"]
    question = typed(view, QUESTION)
    return replace(
        again(mention, "ask", view["id"], body["user"]),
        intent="follow_up",
        text=question,
        question=question,
        sources=(),
    )
