"""A modal that somebody fills in: what it is made of, and what is in it when it is submitted."""

from collections.abc import Iterable
from dataclasses import replace
from zlib import crc32

from bot.briefing.catalogue import Catalogue
from bot.briefing.lines import Briefing
from bot.briefing.requests import PastedText
from bot.briefing.text import count_words
from bot.briefing.wording import short_name
from bot.service.errors import NO_TEXT
from bot.service.ports import Mention, Notice, Outcome
from bot.slack.buttons import NAMED, button, carried, plain
from bot.slack.mentions import QUOTED_WORDS, again
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import rich_text, section, shortened

# https://docs.slack.dev/surfaces/modals


class NotFilledIn(ValueError):
    """A field of a modal that can't be used as it was sent: which, and ``why``."""

    def __init__(self, action: str, why: str) -> None:
        super().__init__(why)
        self.action = action
        self.why = why


def modal(
    name: str, about: str, title: str, submit: str, blocks: Iterable[JsonObject]
) -> JsonObject:
    """A box of that ``name``, which what it sends carries; ``about`` comes back with it."""
    return {
        "type": "modal",
        "callback_id": name,
        "private_metadata": about,
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "blocks": list(blocks),
    }


def field(
    label: str, element: JsonObject, *, hint: str = "", is_optional: bool = False
) -> JsonObject:
    """A field under its ``label``, known by the action of its ``element``."""
    said = {"hint": plain(hint)} if hint else {}
    return {
        "type": "input",
        "block_id": element["action_id"],
        "optional": is_optional,
        "label": plain(label),
        "element": element,
        **said,
    }


def text_field(action: str, most: int, *, is_long: bool = False, initial: str = "") -> JsonObject:
    """What text is typed into, up to ``most`` characters."""
    before = {"initial_value": initial} if initial else {}
    return {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": is_long,
        "max_length": most,
        **before,
    }


def about(view: JsonObject) -> str:
    return str(view["private_metadata"])


def entered(view: JsonObject, action: str) -> JsonObject:
    """What stands in the field of that action; empty where Slack sent nothing for it."""
    field: JsonObject = view["state"]["values"].get(action) or {}
    return dict(field.get(action) or {})


def typed(view: JsonObject, action: str) -> str:
    """The text that was typed into a field, without the space around it."""
    return str(entered(view, action).get("value") or "").strip()


def picked(view: JsonObject, action: str) -> str | None:
    """The value of the option that was chosen in a field, None where none was."""
    option = entered(view, action).get("selected_option")
    return str(option["value"]) if option else None


def notice(title: str, *elements: JsonObject) -> JsonObject:
    """A box that only says something."""
    return {
        "type": "modal",
        "title": plain(title),
        "close": plain("Close"),
        "blocks": [rich_text(section(elements))],
    }


def refused(action: str, why: str | None) -> JsonObject:
    """The answer that keeps the modal open and says ``why`` under a field; None closes it."""
    return {"response_action": "errors", "errors": {action: why}} if why else {}


def replaced(view: JsonObject) -> JsonObject:
    """The answer that shows ``view`` in place of the modal."""
    return {"response_action": "update", "view": view}


ASKED = "asked.v1"
"""The callback id of the modal."""

QUESTION = "question"
"""The field in it."""
NO_QUESTION = "Type a question."
_LONGEST_QUESTION = 300


def asking_view(key: str) -> JsonObject:
    """The box; ``key`` is that of the mention whose sources it asks about."""
    hint = (
        "I’ll answer in the thread, from the sources only, with the passages. You can also just "
        "ask there."
    )
    question = field(
        "What do you want to know?", text_field(QUESTION, _LONGEST_QUESTION), hint=hint
    )
    return modal(ASKED, key, "Ask the sources", "Ask", [question])


def with_question(mention: Mention, body: JsonObject) -> Mention:
    """The question in the modal, about the sources of ``mention``, from the person who sent it."""
    view = body["view"]
    return _asked(again(mention, "ask", view["id"], body["user"]), typed(view, QUESTION))


def with_suggested(mention: Mention, question: str, message: str, user: JsonObject) -> Mention:
    """The question that the button on ``message`` asks about the sources of ``mention``: once,
    whoever presses it first and whichever version of the briefing suggests it."""
    name = f"{message}-{crc32(question.encode()):08x}"
    return _asked(again(mention, "suggested", name, user), question)


def _asked(mention: Mention, question: str) -> Mention:
    return replace(mention, intent="follow_up", text=question, question=question, sources=())


# How does the text of a page that could not be read reach us: in a modal, or as a reply?
#
# Each such page has a button of its own, which knows it by its place among those that are wanted.

PASTED = "pasted.v1"
"""The callback id of the modal."""

TEXT = "text"
"""The field in it."""
_MOST = 3_000  # of a plain_text_input: https://docs.slack.dev/reference/block-kit/block-elements
_LONGEST_LABEL = 75
_LONGEST_NAME = 150
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
    which, names = NAMED["paste"], wanted(outcome)
    name = fixed.buttons[which.name]
    labels = [f"{name}: {short_name(each)}" for each in names] if len(names) > 1 else [name]
    return [
        button(
            f"{number} {key}", which, fixed, number=number, label=shortened(label, _LONGEST_LABEL)
        )
        for number, label in enumerate(labels)
    ]


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
    return modal(PASTED, f"{number} {key}", "Paste the text", "Brief it", [pasted])


def against(view: JsonObject) -> str | None:
    """What is wrong with the text in the modal, if anything."""
    words = count_words(typed(view, TEXT))
    if words >= QUOTED_WORDS:
        return None
    told = "1 word" if words == 1 else f"{words} words"
    return _TOO_SHORT.format(words=told, least=QUOTED_WORDS) if words else NO_TEXT


def with_text(mention: Mention, outcome: Outcome | None, body: JsonObject) -> Mention:
    """What ``mention`` asked, of the text in the box and what was read for it before, by who sent
    it; twice it is one job. ``outcome`` is the reply that the text was missing in."""
    view = body["view"]
    _, number = carried(about(view))
    return replace(
        again(mention, "paste", view["id"], body["user"]),
        intent="ask" if mention.question else "brief",
        sources=(PastedText(typed(view, TEXT), pasted_for=_named(outcome, int(number or 0))),),
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
        sources=tuple(
            replace(each, pasted_for=only) if isinstance(each, PastedText) else each
            for each in mention.sources
        ),
        question=earlier.question,
        wishes=mention.wishes.override(earlier.wishes),
        completes=earlier.key,
    )


def _named(outcome: Outcome | None, number: int) -> str | None:
    names = wanted(outcome)
    return names[number] if number < len(names) else None
