"""Building modals, and reading what people submit in them."""

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
from bot.slack.buttons import BUTTONS_BY_NAME, button, plain, split_value
from bot.slack.mentions import QUOTED_WORDS, derived_mention
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import rich_text, section, shortened, words

# https://docs.slack.dev/surfaces/modals


class InvalidField(ValueError):
    """The field ``action`` of a submitted modal can't be used, and ``why``."""

    def __init__(self, action: str, why: str) -> None:
        super().__init__(why)
        self.action = action
        self.why = why


def modal(
    callback_id: str, metadata: str, title: str, submit: str, blocks: Iterable[JsonObject]
) -> JsonObject:
    """A modal; Slack sends ``callback_id`` and ``metadata`` back when it is submitted."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "blocks": list(blocks),
    }


def field(
    label: str, element: JsonObject, *, hint: str = "", is_optional: bool = False
) -> JsonObject:
    """A field with a ``label``, identified by the action id of its ``element``."""
    hints = {"hint": plain(hint)} if hint else {}
    return {
        "type": "input",
        "block_id": element["action_id"],
        "optional": is_optional,
        "label": plain(label),
        "element": element,
        **hints,
    }


def text_field(action: str, most: int, *, is_long: bool = False, initial: str = "") -> JsonObject:
    """An input for text of up to ``most`` characters."""
    value = {"initial_value": initial} if initial else {}
    return {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": is_long,
        "max_length": most,
        **value,
    }


def private_metadata(view: JsonObject) -> str:
    return str(view["private_metadata"])


def field_state(view: JsonObject, action: str) -> JsonObject:
    """Slack's state of the field ``action``; empty if it sent none."""
    field: JsonObject = view["state"]["values"].get(action) or {}
    return dict(field.get(action) or {})


def typed_text(view: JsonObject, action: str) -> str:
    """The text that was typed into a field, without white space around it."""
    return str(field_state(view, action).get("value") or "").strip()


def chosen_value(view: JsonObject, action: str) -> str | None:
    """The value of the option that was chosen in a field; None if none was."""
    option = field_state(view, action).get("selected_option")
    return str(option["value"]) if option else None


def notice_view(
    title: str, text: str, *after: JsonObject, below: Iterable[JsonObject] = ()
) -> JsonObject:
    """A modal that only shows a text, with elements after it and blocks ``below`` it."""
    return {
        "type": "modal",
        "title": plain(title),
        "close": plain("Close"),
        "blocks": [rich_text(section([words(text), *after])), *below],
    }


def field_error(action: str, why: str | None) -> JsonObject:
    """The response that keeps the modal open with ``why`` under a field; None closes it."""
    return {"response_action": "errors", "errors": {action: why}} if why else {}


def replace_view(view: JsonObject) -> JsonObject:
    """The response that shows ``view`` in place of the modal."""
    return {"response_action": "update", "view": view}


QUESTION_DIALOG = "asked.v1"
QUESTION = "question"
"""The field in the modal."""
NO_QUESTION = "Type a question."
_LONGEST_QUESTION = 300


def question_view(key: str) -> JsonObject:
    """The modal for a question about the sources of the mention ``key``."""
    hint = (
        "I’ll answer in the thread, from the sources only, with the passages. You can also just "
        "ask there."
    )
    question = field(
        "What do you want to know?", text_field(QUESTION, _LONGEST_QUESTION), hint=hint
    )
    return modal(QUESTION_DIALOG, key, "Ask the sources", "Ask", [question])


def question_from_dialog(mention: Mention, body: JsonObject) -> Mention:
    """The question in a submitted modal, as a request about the sources of ``mention``."""
    view = body["view"]
    asked = derived_mention(mention, "ask", view["id"], body["user"])
    return _with_question(asked, typed_text(view, QUESTION))


def suggested_question(mention: Mention, question: str, message: str, user: JsonObject) -> Mention:
    """The question on a button of ``message``, as a request about the sources of ``mention``: the
    same one, whoever presses first and whichever version of the briefing suggests it."""
    name = f"{message}-{crc32(question.encode()):08x}"
    return _with_question(derived_mention(mention, "suggested", name, user), question)


def _with_question(mention: Mention, question: str) -> Mention:
    return replace(mention, intent="follow_up", text=question, question=question, sources=())


# The text of a page that could not be read can be pasted into a modal or sent as a reply. Each such
# page has its own button, with its number among the sources that were not read.

PASTE_DIALOG = "pasted.v1"
TEXT = "text"
"""The field in the modal."""
_MOST = 3_000  # of a plain_text_input: https://docs.slack.dev/reference/block-kit/block-elements
_LONGEST_LABEL = 75
_LONGEST_NAME = 150
_TOO_SHORT = (
    "That is too short to brief: {words}. Paste the text of the article, at least {least} words."
)


def offers_pasting(outcome: Outcome | None) -> bool:
    """Whether a reply offers to read pasted text, since a page could not be read, or not fully."""
    is_offered = isinstance(outcome, Notice) and outcome.paste
    return is_offered or bool(sources_to_paste(outcome))


def sources_to_paste(outcome: Outcome | None) -> tuple[str, ...]:
    """The names of the sources that could not be read, or not fully: a page's is its address."""
    if not isinstance(outcome, Briefing | Notice):
        return ()
    cut = () if isinstance(outcome, Notice) else outcome.documents
    teasers = (each.url for each in cut if each.verdict == "teaser")
    unread = (each.source for each in outcome.unread if each.takes_text)
    return tuple(dict.fromkeys(name for name in (*teasers, *unread) if name))


def paste_buttons(key: str, outcome: Outcome, fixed: Catalogue) -> list[JsonObject]:
    """A button for each source whose text can be pasted."""
    if not offers_pasting(outcome):
        return []
    which, names = BUTTONS_BY_NAME["paste"], sources_to_paste(outcome)
    name = fixed.buttons[which.name]
    labels = [f"{name}: {short_name(each)}" for each in names] if len(names) > 1 else [name]
    return [
        button(
            f"{number} {key}", which, fixed, number=number, label=shortened(label, _LONGEST_LABEL)
        )
        for number, label in enumerate(labels)
    ]


def paste_view(key: str, number: int, outcome: Outcome | None) -> JsonObject:
    """The modal for the text of source ``number`` among `sources_to_paste`; ``key`` is that of the
    mention."""
    hint = (
        f"Slack takes up to {_MOST:,} characters here. If the text is longer, reply with it in the "
        "thread, as a message or a file. The briefing will appear in the thread."
    )
    name = _source_to_paste(outcome, number)
    of = shortened(short_name(name), _LONGEST_NAME) if name else "the article"
    pasted = field(f"The text of {of}", text_field(TEXT, _MOST, is_long=True), hint=hint)
    return modal(PASTE_DIALOG, f"{number} {key}", "Paste the text", "Brief it", [pasted])


def text_problem(view: JsonObject) -> str | None:
    """What is wrong with the text in the modal; None if nothing is."""
    count = count_words(typed_text(view, TEXT))
    if count >= QUOTED_WORDS:
        return None
    counted = "1 word" if count == 1 else f"{count} words"
    return _TOO_SHORT.format(words=counted, least=QUOTED_WORDS) if count else NO_TEXT


def request_with_pasted_text(
    mention: Mention, outcome: Outcome | None, body: JsonObject
) -> Mention:
    """The request of ``mention``, with the text in the modal added to what was read before; the
    same modal makes the same request. ``outcome`` is the reply that lacked the text."""
    view = body["view"]
    _, number = split_value(private_metadata(view))
    return replace(
        derived_mention(mention, "paste", view["id"], body["user"]),
        intent="ask" if mention.question else "brief",
        sources=(
            PastedText(
                typed_text(view, TEXT), pasted_for=_source_to_paste(outcome, int(number or 0))
            ),
        ),
        completes=mention.key,
    )


def as_pasted_reply(mention: Mention, earlier: Mention, outcome: Outcome | None) -> Mention:
    """``mention``, which only has the text that ``outcome``, the reply to ``earlier``, offered to
    read, with the earlier request. If only one text was missing, it is that one."""
    names = sources_to_paste(outcome)
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


def _source_to_paste(outcome: Outcome | None, number: int) -> str | None:
    names = sources_to_paste(outcome)
    return names[number] if number < len(names) else None
