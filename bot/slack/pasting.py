"""How does the text of a page that could not be read reach us: in a box, or as a reply?

Each such page has a button of its own, which knows it by its place among those that are wanted.
"""

import re
from dataclasses import replace

from bot.briefing.catalogue import Catalogue
from bot.briefing.lines import Briefing
from bot.briefing.requests import PastedText, Source
from bot.briefing.source_line import short_name
from bot.briefing.words import count_words
from bot.ports import Mention, Notice, Outcome
from bot.slack.boxes import about, box, field, text_field, typed
from bot.slack.buttons import ACTION_IDS, plain
from bot.slack.escaping import shortened
from bot.slack.material import QUOTED_WORDS
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject

PASTE = re.compile(rf"{re.escape(ACTION_IDS['paste'])}(?:\.\d+)?")
"""The names of the buttons; the first has no number."""
PASTED = "pasted.v1"
"""The name of the box: what it sends carries it."""

TEXT = "text"
"""The field in it."""
_MOST = 3_000  # of a plain_text_input: https://docs.slack.dev/reference/block-kit/block-elements
_LONGEST_LABEL = 75
_LONGEST_NAME = 150
_EMPTY = "There is no text in it."
_TOO_SHORT = (
    "That is too short to brief: {words}. Paste the text of the article, at least {least} words."
)


def offers_pasting(outcome: Outcome | None) -> bool:
    """Whether a reply offers to read pasted text, since a page did not give it, or not all."""
    is_offered = isinstance(outcome, Notice) and outcome.paste
    return is_offered or bool(wanted(outcome))


def wanted(outcome: Outcome | None) -> tuple[str, ...]:
    """The names of the sources that did not give their text, or not all: a page by its address."""
    if not isinstance(outcome, Briefing | Notice):
        return ()
    cut = () if isinstance(outcome, Notice) else outcome.documents
    teasers = (each.url for each in cut if each.verdict == "teaser")
    unread = (each.source for each in outcome.unread if each.takes_text)
    return tuple(dict.fromkeys(name for name in (*teasers, *unread) if name))


def paste_buttons(key: str, outcome: Outcome, fixed: Catalogue) -> list[JsonObject]:
    """A button for each source whose text is wanted."""
    if not offers_pasting(outcome):
        return []
    name, names = fixed.buttons["paste"], wanted(outcome)
    labels = [f"{name}: {short_name(each)}" for each in names] if len(names) > 1 else [name]
    return [_button(key, number, label) for number, label in enumerate(labels)]


def _button(key: str, number: int, label: str) -> JsonObject:
    name = ACTION_IDS["paste"]
    return {
        "type": "button",
        "action_id": f"{name}.{number}" if number else name,
        "text": plain(shortened(label, _LONGEST_LABEL)),
        "value": f"{number} {key}",
    }


def numbered(value: str) -> tuple[int, str]:
    """Which of the wanted sources a button or a box is about, and the key of the mention; of
    earlier versions, which carried the key alone, the first."""
    number, space, key = value.partition(" ")
    return (int(number), key) if space else (0, value)


def paste_view(key: str, number: int, outcome: Outcome | None) -> JsonObject:
    """The box for the text of that one of the wanted sources; ``key`` is that of the mention that
    it answers."""
    hint = (
        f"Slack takes up to {_MOST:,} characters here. If the text is longer, reply with it in the "
        "thread, as a message or a file. The briefing will appear in the thread."
    )
    name = _named(outcome, number)
    of = shortened(short_name(name), _LONGEST_NAME) if name else "the article"
    pasted = field(f"The text of {of}", text_field(TEXT, _MOST, is_long=True), hint=hint)
    return box(PASTED, f"{number} {key}", "Paste the text", "Brief it", [pasted])


def against(view: JsonObject) -> str | None:
    """What is wrong with the text in the box, if anything."""
    words = count_words(typed(view, TEXT))
    if words >= QUOTED_WORDS:
        return None
    told = "1 word" if words == 1 else f"{words} words"
    return _TOO_SHORT.format(words=told, least=QUOTED_WORDS) if words else _EMPTY


def with_text(mention: Mention, outcome: Outcome | None, body: JsonObject) -> Mention:
    """What ``mention`` asked, of the text in the box and what was read for it before, by who sent
    it; twice it is one job. ``outcome`` is the reply that the text was missing in."""
    view = body["view"]
    number, _ = numbered(about(view))
    return replace(
        again(mention, "paste", view["id"], body["user"]),
        intent="ask" if mention.question else "brief",
        sources=(PastedText(typed(view, TEXT), pasted_for=_named(outcome, number)),),
        completes=mention.key,
    )


def as_offered(mention: Mention, earlier: Mention, outcome: Outcome | None) -> Mention:
    """``mention``, which only brings the text that ``outcome``, the reply to ``earlier``, offered
    to read, with what was asked there. Where one text was wanted, it is that one."""
    names = wanted(outcome)
    only = names[0] if len(names) == len(mention.sources) == 1 else None
    return replace(
        mention,
        intent="ask" if earlier.question else "brief",
        sources=tuple(_as_text_of(only, each) for each in mention.sources),
        question=earlier.question,
        wishes=mention.wishes.over(earlier.wishes),
        completes=earlier.key,
    )


def _as_text_of(name: str | None, source: Source) -> Source:
    return replace(source, pasted_for=name) if isinstance(source, PastedText) else source


def _named(outcome: Outcome | None, number: int) -> str | None:
    names = wanted(outcome)
    return names[number] if number < len(names) else None
