"""The box in which somebody asks about a briefing, for those who would not think of writing a
message in its thread."""

from dataclasses import replace
from zlib import crc32

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
    return _asked(again(mention, "ask", view["id"], body["user"]), typed(view, QUESTION))


def suggested(value: str) -> tuple[str, str]:
    """The key of the mention and the question that the ``value`` of a button names."""
    key, _, question = value.partition(" ")
    return key, question


def with_suggested(mention: Mention, question: str, message: str, user: JsonObject) -> Mention:
    """The question that the button on ``message`` asks about the sources of ``mention``: once,
    whoever presses it first and whichever version of the briefing suggests it."""
    name = f"{message}-{crc32(question.encode()):08x}"
    return _asked(again(mention, "suggested", name, user), question)


def _asked(mention: Mention, question: str) -> Mention:
    return replace(mention, intent="follow_up", text=question, question=question, sources=())
