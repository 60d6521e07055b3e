"""How is a briefing made anew of what was read for it: shorter, longer, in another language?

The sources are not read again. Who presses is who asks: the new reply is theirs to delete.
"""

from dataclasses import replace

from bot.briefing.requests import Length
from bot.ports import Mention
from bot.slack.boxes import box, field, picked
from bot.slack.buttons import plain
from bot.slack.languages import ENGLISH_NAMES
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject

TRANSLATED = "translated.v1"
"""The name of the box with the languages: what it sends carries it."""

LANGUAGE = "language"
"""The field in it."""
NONE_CHOSEN = "Choose a language."


def resized(mention: Mention, length: Length, message: str, user: JsonObject) -> Mention:
    """The briefing of ``mention`` at another length, as a button on ``message`` asks that ``user``
    pressed."""
    wishes = replace(mention.wishes, length=length, points=None)
    name = "shorter" if length == "short" else "longer"
    anew = again(mention, name, message, user)
    return replace(anew, wishes=wishes, intent="brief", question=None)


def translating_view(key: str) -> JsonObject:
    """The box with the languages; ``key`` is that of the mention whose reply is translated."""
    languages = sorted(ENGLISH_NAMES.items(), key=lambda each: each[1])
    select = {
        "type": "static_select",
        "action_id": LANGUAGE,
        "placeholder": plain("A language"),
        "options": [{"text": plain(name), "value": code} for code, name in languages],
    }
    hint = "Passages stay in the language of the source."
    chosen = field("Write the briefing in", select, hint=hint)
    return box(TRANSLATED, key, "Translate", "Translate", [chosen])


def translated(mention: Mention, body: JsonObject) -> Mention:
    """The briefing of ``mention`` in the language that was chosen in the box in ``body``."""
    view = body["view"]
    wishes = replace(mention.wishes, language=picked(view, LANGUAGE))
    anew = again(mention, "translate", view["id"], body["user"])
    return replace(anew, wishes=wishes, intent="brief", question=None)
