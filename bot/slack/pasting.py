"""The box in which somebody pastes the text of a page that could not be read."""

from dataclasses import replace

from bot.briefing.requests import PastedText
from bot.ports import Mention
from bot.slack.boxes import box, field, text_field, typed
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject

PASTED = "pasted.v1"
"""The name of the box: what it sends carries it."""

TEXT = "text"
"""The field in it."""
_MOST = 3_000  # of a plain_text_input: https://docs.slack.dev/reference/block-kit/block-elements
EMPTY = "There is no text in it."


def paste_view(key: str) -> JsonObject:
    """The box; ``key`` is that of the mention that it answers."""
    hint = (
        f"Up to {_MOST:,} characters; a longer text goes into the thread, as a message or a file. "
        "The briefing stands in the thread of the request."
    )
    pasted = field("The text of the article", text_field(TEXT, _MOST, is_long=True), hint=hint)
    return box(PASTED, key, "Paste the text", "Brief it", [pasted])


def with_text(mention: Mention, body: JsonObject) -> Mention:
    """What ``mention`` asked, of the text in the box, by who sent it; twice it is one job."""
    view = body["view"]
    return replace(
        again(mention, "paste", view["id"], body["user"]),
        intent="ask" if mention.question else "brief",
        sources=(PastedText(typed(view, TEXT)),),
    )
