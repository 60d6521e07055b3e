"""How is a new version made of what was read for a briefing: shorter, longer, in another language?

The sources aren't read again. The presser is the asker: they may delete the new reply.
"""

from dataclasses import replace

from bot.briefing.requests import Length, Wishes
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


_NAMES: dict[Length | None, str] = {"short": "shorter", "long": "longer", None: "first"}


def remade(
    mention: Mention, length: Length | None, wishes: Wishes | None, message: str, user: JsonObject
) -> Mention:
    """The briefing of ``mention`` at another length, or for other ``wishes``, in a new reply, as a
    button on ``message`` asks that ``user`` pressed."""
    wishes = wishes or _at(length, mention.wishes)
    anew = again(mention, _NAMES[length], message, user)
    return replace(anew, wishes=wishes, intent="brief", question=None, remakes=mention.key)


def version(
    mention: Mention, length: Length, message: str, user: JsonObject, failed: int = 0
) -> Mention:
    """The same, to be shown in the messages of the reply to ``mention``; ``failed`` were tried
    before in vain."""
    anew = again(mention, length, f"{message}-{failed}" if failed else message, user)
    wishes, first = _at(length, mention.wishes), mention.first_version
    return replace(anew, wishes=wishes, intent="brief", question=None, version_of=first)


def _at(length: Length | None, wishes: Wishes) -> Wishes:
    return replace(wishes, length=length, points=None) if length else wishes


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
    return replace(anew, wishes=wishes, intent="brief", question=None, remakes=mention.key)
