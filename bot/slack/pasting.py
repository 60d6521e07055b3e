"""How does the text of a page that could not be read reach us: in a box, or as a reply?"""

from dataclasses import replace

from bot.briefing.lines import Briefing
from bot.briefing.requests import PastedText
from bot.briefing.words import count_words
from bot.ports import Mention, Notice, Outcome
from bot.slack.boxes import box, field, text_field, typed
from bot.slack.material import QUOTED_WORDS
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject

PASTED = "pasted.v1"
"""The name of the box: what it sends carries it."""

TEXT = "text"
"""The field in it."""
_MOST = 3_000  # of a plain_text_input: https://docs.slack.dev/reference/block-kit/block-elements
_IS_NO_HELP = ("network", "too_many")
_EMPTY = "There is no text in it."
_TOO_SHORT = (
    "That is too short to brief: {words}. Paste the text of the article, at least {least} words."
)


def offers_pasting(outcome: Outcome | None) -> bool:
    """Whether a reply offers to read pasted text, since a page did not give it, or not all."""
    if isinstance(outcome, Notice):
        return outcome.paste
    if not isinstance(outcome, Briefing):
        return False
    is_cut = any(document.verdict == "teaser" for document in outcome.documents)
    return is_cut or any(each.kind not in _IS_NO_HELP for each in outcome.unread)


def paste_view(key: str) -> JsonObject:
    """The box; ``key`` is that of the mention that it answers."""
    hint = (
        f"Slack takes up to {_MOST:,} characters here. If the text is longer, reply with it in the "
        "thread, as a message or a file. The briefing will appear in the thread."
    )
    pasted = field("The text of the article", text_field(TEXT, _MOST, is_long=True), hint=hint)
    return box(PASTED, key, "Paste the text", "Brief it", [pasted])


def against(view: JsonObject) -> str | None:
    """What is wrong with the text in the box, if anything."""
    words = count_words(typed(view, TEXT))
    if words >= QUOTED_WORDS:
        return None
    told = "1 word" if words == 1 else f"{words} words"
    return _TOO_SHORT.format(words=told, least=QUOTED_WORDS) if words else _EMPTY


def with_text(mention: Mention, body: JsonObject) -> Mention:
    """What ``mention`` asked, of the text in the box, by who sent it; twice it is one job."""
    view = body["view"]
    return replace(
        again(mention, "paste", view["id"], body["user"]),
        intent="ask" if mention.question else "brief",
        sources=(PastedText(typed(view, TEXT)),),
    )


def as_offered(mention: Mention, earlier: Mention) -> Mention:
    """``mention``, which only brings the text that the reply to ``earlier`` offered to read, with
    what was asked there."""
    return replace(
        mention,
        intent="ask" if earlier.question else "brief",
        question=earlier.question,
        wishes=mention.wishes.over(earlier.wishes),
    )
