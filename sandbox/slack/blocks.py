"""Would Slack accept these blocks, and if not, in which words does it refuse them?"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sandbox.slack.calls import Refusal
from sandbox.slack.state import (
    BLOCKS_OF_A_MESSAGE,
    BLOCKS_OF_A_VIEW,
    BYTES_OF_A_VIEW,
    IN_MESSAGES_ALONE,
    TEXT_OF_ALL_BLOCKS,
    JsonObject,
)

# What may each kind of block and element hold, in a message, a modal or a Home tab?
#
# One table of Block Kit: the fields that each kind may have and the limits of each, from
# docs.slack.dev/reference/block-kit and slack_sdk.models.blocks. It has the kinds that Readout
# sends: others, which Slack accepts, are refused, as are fields that Slack does not know.

_ID = 255


@dataclass(frozen=True)
class Many:
    """A list of one to ``most`` things of these kinds."""

    most: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """What one kind may hold.

    ``words`` are strings, ``plain`` plain_text objects and ``texts`` text objects of either
    type, each with its greatest length; ``numbers`` have a least and a greatest value; ``free``
    fields are taken as they are. A shape that is not ``typed`` has no ``type`` field.
    """

    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    plain: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, Many] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    free: tuple[str, ...] = ()
    typed: bool = True


_PICKERS = ("datepicker", "timepicker", "datetimepicker")
_SELECTS = tuple(
    f"{number}{kind}_select"
    for number in ("", "multi_")
    for kind in ("static", "users", "conversations", "channels")
)
_OPTIONS = ("checkboxes", "radio_buttons")
_INLINE = ("text", "link", "user", "channel")
_CONFIRM: Mapping[str, tuple[str, ...]] = {"confirm": ("confirm",)}


def _select(one_of: tuple[str, ...] = (), **lists: Many) -> Shape:
    initial = ("date", "time", "date_time", "option", "options", "user", "users", "channel")
    return Shape(
        one_of=one_of,
        words={"action_id": _ID},
        plain={"placeholder": 150},
        lists=lists,
        parts=_CONFIRM,
        free=(
            *(
                f"initial_{name}"
                for name in (*initial, "channels", "conversation", "conversations")
            ),
            *("focus_on_load", "max_selected_items", "min_query_length", "filter"),
            *("response_url_enabled", "default_to_current_conversation", "timezone"),
        ),
    )


def _inline(*needs: str, **words: int) -> Shape:
    return Shape(needs=needs, words=words, free=("style", "unsafe"))


BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        needs=("text",), texts={"text": 3000}, parts={"accessory": ("button",)}, free=("expand",)
    ),
    "header": Shape(needs=("text",), plain={"text": 150}, free=("level",)),
    "divider": Shape(),
    "context": Shape(needs=("elements",), lists={"elements": Many(10, ("mrkdwn", "plain_text"))}),
    "actions": Shape(
        needs=("elements",),
        lists={"elements": Many(25, ("button", "overflow", *_OPTIONS, *_PICKERS, *_SELECTS))},
    ),
    "context_actions": Shape(
        needs=("elements",), lists={"elements": Many(5, ("feedback_buttons",))}
    ),
    "input": Shape(
        needs=("label", "element"),
        plain={"label": 2000, "hint": 2000},
        parts={"element": ("plain_text_input", *_OPTIONS, *_PICKERS, *_SELECTS)},
        free=("optional", "dispatch_action"),
    ),
    "markdown": Shape(needs=("text",), words={"text": 12_000}),
    "rich_text": Shape(
        needs=("elements",),
        lists={
            "elements": Many(
                1000,
                (
                    "rich_text_section",
                    "rich_text_list",
                    "rich_text_quote",
                    "rich_text_preformatted",
                ),
            )
        },
    ),
    "task_card": Shape(
        needs=("task_id", "title", "status"),
        words={"task_id": _ID, "title": 255},
        choices={"status": ("pending", "in_progress", "complete", "error")},
    ),
}

ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        needs=("text",),
        words={
            "action_id": _ID,
            "value": 2000,
            "url": 3000,
            "accessibility_label": 75,
            "agent_prompt": 4000,
        },
        plain={"text": 75},
        parts=_CONFIRM,
        choices={"style": ("primary", "danger")},
    ),
    "overflow": Shape(
        needs=("options",),
        words={"action_id": _ID},
        lists={"options": Many(5, ("entry",))},
        parts=_CONFIRM,
    ),
    "feedback_buttons": Shape(
        needs=("positive_button", "negative_button"),
        words={"action_id": _ID},
        parts={"positive_button": ("feedback",), "negative_button": ("feedback",)},
    ),
    "mrkdwn": Shape(needs=("text",), words={"text": 3000}, free=("verbatim",)),
    "plain_text": Shape(needs=("text",), words={"text": 3000}, free=("emoji",)),
    "option": Shape(
        needs=("text", "value"),
        words={"value": 150},
        plain={"text": 75, "description": 75},
        typed=False,
    ),
    "entry": Shape(
        needs=("text", "value"),
        words={"value": 150, "url": 3000},
        plain={"text": 75, "description": 75},
        typed=False,
    ),
    "choice": Shape(
        needs=("text", "value"),
        words={"value": 150},
        texts={"text": 75, "description": 75},
        typed=False,
    ),
    "feedback": Shape(
        needs=("text", "value"),
        words={"value": 2000, "accessibility_label": 75},
        plain={"text": 75},
        typed=False,
    ),
    "confirm": Shape(
        needs=("title", "text", "confirm", "deny"),
        plain={"title": 100, "confirm": 30, "deny": 30},
        texts={"text": 300},
        choices={"style": ("primary", "danger")},
        typed=False,
    ),
    "plain_text_input": Shape(
        words={"action_id": _ID, "initial_value": 3000},
        plain={"placeholder": 150},
        free=("multiline", "focus_on_load", "dispatch_action_config"),
        numbers={"min_length": (0, 3000), "max_length": (1, 3000)},
    ),
    **{kind: _select() for kind in (*_PICKERS, *_SELECTS)},
    **{
        kind: _select(("options",), options=Many(100, ("option",)))
        for kind in _SELECTS
        if "static" in kind
    },
    **{kind: _select(("options",), options=Many(10, ("choice",))) for kind in _OPTIONS},
    "rich_text_section": Shape(needs=("elements",), lists={"elements": Many(1000, _INLINE)}),
    "rich_text_quote": Shape(
        needs=("elements",), lists={"elements": Many(1000, _INLINE)}, free=("border",)
    ),
    "rich_text_preformatted": Shape(
        needs=("elements",),
        lists={"elements": Many(1000, ("text", "link"))},
        free=("border", "language"),
    ),
    "rich_text_list": Shape(
        needs=("elements", "style"),
        lists={"elements": Many(1000, ("rich_text_section",))},
        choices={"style": ("bullet", "ordered")},
        free=("indent", "offset", "border"),
    ),
    "text": _inline("text", text=12_000),
    "link": _inline("url", url=3000, text=3000),
    "user": _inline("user_id", user_id=_ID),
    "channel": _inline("channel_id", channel_id=_ID),
}

VIEW = Shape(
    needs=("blocks",),
    words={"private_metadata": 3000, "callback_id": _ID, "external_id": _ID},
    plain={"title": 24, "submit": 24, "close": 24},
    choices={"type": ("modal", "home")},
    free=("blocks", "clear_on_close", "notify_on_close", "submit_disabled"),
)


def check_message(blocks: object) -> None:
    """Refuse blocks of a message that break a rule; None and an empty list are fine."""
    if blocks is None:
        return
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if len(blocks) > BLOCKS_OF_A_MESSAGE:
        raise Refusal("msg_blocks_too_many")
    _refuse("invalid_blocks", list(_check_blocks(blocks, "/blocks")))
    if sum(map(len, _words(blocks))) > TEXT_OF_ALL_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def check_view(view: object, kind: str) -> JsonObject:
    """The view itself, if it is a modal or Home tab that Slack takes."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise Refusal("invalid_arguments", response_metadata=_messages(["invalid view type"]))
    if len(json.dumps(view, ensure_ascii=False).encode()) > BYTES_OF_A_VIEW:
        raise Refusal("view_too_large")
    found = [*_check_fields(view, VIEW, "/view"), *_check_buttons(view, kind)]
    blocks = view.get("blocks")
    if isinstance(blocks, list) and 1 <= len(blocks) <= BLOCKS_OF_A_VIEW:
        found += _check_blocks(blocks, "/view/blocks", IN_MESSAGES_ALONE)
    else:
        found.append(_at(f"must have 1 to {BLOCKS_OF_A_VIEW} items", "/view/blocks"))
    _refuse("invalid_arguments", found)
    return view


def with_ids(blocks: object, new_id: Callable[[], str]) -> list[JsonObject]:
    """The blocks that were found good, each with a ``block_id``; None is no blocks."""
    return [{"block_id": new_id(), **each} for each in blocks] if isinstance(blocks, list) else []


def _refuse(error: str, found: list[str]) -> None:
    if found:
        raise Refusal(error, errors=found, response_metadata=_messages(found))


def _messages(found: list[str]) -> JsonObject:
    return {"messages": [f"[ERROR] {each}" for each in found]}


def _at(complaint: str, pointer: str) -> str:
    return f"{complaint} [json-pointer:{pointer}]"


def _check_buttons(view: JsonObject, kind: str) -> Iterator[str]:
    """Only a modal has a title and buttons, and where something is filled in it needs one."""
    if kind == "home":
        for name in view.keys() & {"submit", "close"}:
            yield _at(f"invalid additional property: {name}", "/view")
        return
    if "title" not in view:
        yield _at("missing required field: title", "/view")
    if "submit" not in view and any(
        each.get("type") == "input" for each in _objects(view, "blocks")
    ):
        yield _at("missing required field: submit", "/view")


def _check_blocks(
    blocks: list[object], pointer: str, barred: tuple[str, ...] = ()
) -> Iterator[str]:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        place = f"{pointer}/{number}"
        kind = str(block.get("type")) if isinstance(block, dict) else ""
        if not isinstance(block, dict) or kind not in BLOCKS or kind in barred:
            yield _at("unsupported type", f"{place}/type")
            continue
        yield from _check_block(block, BLOCKS[str(block["type"])], place)
        block_id = str(block.get("block_id", number))
        if block_id in seen:
            yield _at(f"duplicate block_id: {block_id}", f"{place}/block_id")
        seen.add(block_id)


def _check_block(block: JsonObject, shape: Shape, place: str) -> Iterator[str]:
    rest = {key: value for key, value in block.items() if key != "block_id"}
    yield from _check_fields(rest, shape, place)
    if "block_id" in block:
        yield from _check_word(block["block_id"], 255, f"{place}/block_id")
    elements = _objects(block, "elements")
    action_ids = [each["action_id"] for each in elements if each.get("action_id")]
    if len(set(action_ids)) < len(action_ids):
        yield _at("duplicate action_id in one block", f"{place}/elements")


def _objects(thing: JsonObject, name: str) -> list[JsonObject]:
    found = thing.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _check_fields(thing: JsonObject, shape: Shape, place: str) -> Iterator[str]:
    for name in shape.needs:
        if name not in thing:
            yield _at(f"missing required field: {name}", place)
    if shape.one_of and not any(name in thing for name in shape.one_of):
        yield _at(f"missing one of the fields: {', '.join(shape.one_of)}", place)
    for name, value in thing.items():
        yield from _check_field(name, value, shape, f"{place}/{name}")
    offered = _objects(thing, "options")
    if offered and "initial_option" in thing and thing["initial_option"] not in offered:
        yield _at("must be one of the options", f"{place}/initial_option")


def _check_field(name: str, value: object, shape: Shape, place: str) -> Iterator[str]:
    if name in shape.words:
        yield from _check_word(value, shape.words[name], place)
    elif name in shape.plain:
        yield from _check_text(value, shape.plain[name], ("plain_text",), place)
    elif name in shape.texts:
        yield from _check_text(value, shape.texts[name], ("plain_text", "mrkdwn"), place)
    elif name in shape.lists:
        yield from _check_list(value, shape.lists[name], place)
    elif name in shape.parts:
        yield from _check_part(value, shape.parts[name], place)
    elif name in shape.numbers:
        yield from _check_number(value, *shape.numbers[name], place)
    else:
        yield from _check_choice(name, value, shape, place)


def _check_choice(name: str, value: object, shape: Shape, place: str) -> Iterator[str]:
    known = {*shape.choices, *shape.free} | ({"type"} if shape.typed else set())
    if name not in known:
        yield _at(f"invalid additional property: {name}", place)
    elif name in shape.choices and value not in shape.choices[name]:
        yield _at("must be one of " + ", ".join(shape.choices[name]), place)


def _check_word(value: object, most: int, place: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield _at("must provide a string", place)
    elif not value and not place.endswith(("/value", "/initial_value", "_metadata")):
        yield _at("must be more than 0 characters", place)
    elif len(value) > most:
        yield _at(f"must be less than {most + 1} characters", place)


def _check_number(value: object, least: int, most: int, place: str) -> Iterator[str]:
    if not isinstance(value, int) or not least <= value <= most:
        yield _at(f"must be from {least} to {most}", place)


def _check_text(value: object, most: int, kinds: tuple[str, ...], place: str) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield _at(f"must provide a text object of type {' or '.join(kinds)}", place)
        return
    yield from _check_word(value.get("text"), most, f"{place}/text")
    for name in value.keys() - {"type", "text", "emoji", "verbatim"}:
        yield _at(f"invalid additional property: {name}", place)


def _check_list(value: object, many: Many, place: str) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        yield _at("must have at least 1 item", place)
        return
    if len(value) > many.most:
        yield _at(f"no more than {many.most} items allowed", place)
    for number, each in enumerate(value):
        yield from _check_part(each, many.kinds, f"{place}/{number}")


def _check_part(value: object, kinds: tuple[str, ...], place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _at("must provide an object", place)
        return
    kind = value.get("type") if ELEMENTS[kinds[0]].typed else kinds[0]
    if kind not in kinds:
        yield _at(f"unsupported type: {kind}", f"{place}/type")
    else:
        yield from _check_fields(value, ELEMENTS[str(kind)], place)


def _words(thing: object) -> Iterator[str]:
    """Every text that is shown, wherever it stands."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _words(value)
    elif isinstance(thing, list):
        for each in thing:
            yield from _words(each)
