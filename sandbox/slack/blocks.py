"""Would Slack accept these blocks, and if not, why?

slack_sdk's models know the fields of each kind and most limits. What they don't look at is here:
which kind may stand where, some limits, and what must not be there twice. It has the kinds that
Readout sends: others, which Slack accepts, are refused.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.messages.chunk import Chunk
from slack_sdk.models.views import View

from sandbox.slack.calls import Refusal
from sandbox.slack.state import (
    BLOCKS_OF_A_MESSAGE,
    BLOCKS_OF_A_VIEW,
    BYTES_OF_A_VIEW,
    TEXT_OF_ALL_BLOCKS,
    JsonObject,
)

_EVERYWHERE = ("section", "header", "divider", "context", "actions", "input", "rich_text")
# docs.slack.dev/blocks.json, "available-in-surfaces"
_IN_MESSAGES_ALONE = ("context_actions", "markdown", "task_card")

_TEXTS = ("plain_text", "mrkdwn")
_INLINE = ("text", "link", "user", "channel")
_CHOICES = (
    *("checkboxes", "radio_buttons", "timepicker"),
    *("static_select", "conversations_select", "multi_users_select"),
)
_INSIDE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("view", "blocks"): ("divider",),
    ("section", "text"): _TEXTS,
    ("section", "accessory"): ("button",),
    ("context", "elements"): _TEXTS,
    ("actions", "elements"): ("button", "overflow", *_CHOICES),
    ("context_actions", "elements"): ("feedback_buttons",),
    ("input", "element"): ("plain_text_input", *_CHOICES),
    ("rich_text", "elements"): (
        *("rich_text_section", "rich_text_list"),
        *("rich_text_quote", "rich_text_preformatted"),
    ),
    ("rich_text_section", "elements"): _INLINE,
    ("rich_text_quote", "elements"): _INLINE,
    ("rich_text_preformatted", "elements"): ("text", "link"),
    ("rich_text_list", "elements"): ("rich_text_section",),
    ("button confirm", "text"): _TEXTS,
    ("checkboxes options", "text"): _TEXTS,
    ("checkboxes initial_options", "text"): _TEXTS,
    ("radio_buttons options", "text"): _TEXTS,
    ("radio_buttons initial_option", "text"): _TEXTS,
}
"""The kinds that a field of a kind may hold, plain text where none are named. What has no ``type``
is called after its holder and its field."""

_MOST: Mapping[tuple[str, str], int] = {
    ("plain_text", "text"): 3_000,
    ("mrkdwn", "text"): 3_000,
    ("link", "url"): 3_000,
    ("plain_text_input", "initial_value"): 3_000,
    ("plain_text_input", "max_length"): 3_000,
    ("task_card", "title"): 255,
    ("view", "external_id"): 255,
}
_TASK_STATES = ("pending", "in_progress", "complete", "error")
_MAY_BE_EMPTY = ("value", "initial_value", "private_metadata")


def check_message(blocks: object) -> None:
    """Refuse blocks of a message that break a rule; None and an empty list are fine."""
    if blocks is None:
        return
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if len(blocks) > BLOCKS_OF_A_MESSAGE:
        raise Refusal("msg_blocks_too_many")
    kinds = (*_EVERYWHERE, *_IN_MESSAGES_ALONE)
    _refuse("invalid_blocks", list(_check_blocks(blocks, "/blocks", kinds)))
    if sum(map(len, _words(blocks))) > TEXT_OF_ALL_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def check_chunk(chunk: object) -> None:
    """Refuse a piece of a stream that breaks a rule: blocks, or how far a task is."""
    if not isinstance(chunk, dict) or chunk.get("type") not in ("blocks", "task_update"):
        raise Refusal("invalid_chunks")
    if chunk["type"] == "task_update" and chunk.get("status") not in _TASK_STATES:
        raise Refusal("invalid_chunks")
    _refuse("invalid_chunks", [_at(told, "/chunks") for told in _against(Chunk.parse, chunk)])
    check_message(chunk.get("blocks"))


def check_view(view: object, kind: str) -> JsonObject:
    """The view itself, if it is a modal or Home tab that Slack takes."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise Refusal("invalid_arguments", response_metadata=_messages(["invalid view type"]))
    if len(json.dumps(view, ensure_ascii=False).encode()) > BYTES_OF_A_VIEW:
        raise Refusal("view_too_large")
    blocks = view.get("blocks")
    frame = {**view, "blocks": [{"type": "divider"}]}
    found = [
        *(_at(told, "/view") for told in _against(lambda given: View(**given), frame)),
        *_check_inside(frame, "view", "/view"),
        *_check_needed(view, kind),
    ]
    if isinstance(blocks, list) and 1 <= len(blocks) <= BLOCKS_OF_A_VIEW:
        found += _check_blocks(blocks, "/view/blocks", _EVERYWHERE)
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


def _check_needed(view: JsonObject, kind: str) -> Iterator[str]:
    """A modal has a title, and where something is filled in a button."""
    if kind == "home":
        return
    if "title" not in view:
        yield _at("missing required field: title", "/view")
    has_input = any(each.get("type") == "input" for each in _objects(view.get("blocks")))
    if has_input and "submit" not in view:
        yield _at("missing required field: submit", "/view")


def _check_blocks(blocks: list[object], pointer: str, kinds: tuple[str, ...]) -> Iterator[str]:
    seen: set[object] = set()
    for number, block in enumerate(blocks):
        place = f"{pointer}/{number}"
        if not isinstance(block, dict) or block.get("type") not in kinds:
            yield _at("unsupported type", f"{place}/type")
            continue
        yield from (_at(told, place) for told in _against_block(json.dumps(block)))
        yield from _check_inside(block, block["type"], place)
        if block.get("block_id", number) in seen:
            yield _at("duplicate block_id", f"{place}/block_id")
        seen.add(block.get("block_id", number))
        elements = _objects(block.get("elements"))
        action_ids = [each["action_id"] for each in elements if each.get("action_id")]
        if len(set(action_ids)) < len(action_ids):
            yield _at("duplicate action_id in one block", f"{place}/elements")


# A message is sent again with each edit, most of it as it was, and slack_sdk takes long to read it.
@lru_cache(maxsize=4_096)
def _against_block(block: str) -> tuple[str, ...]:
    """What slack_sdk says against a block in JSON."""
    return tuple(_against(Block.parse, json.loads(block)))


def _against(parse: Callable[[JsonObject], Any], given: JsonObject) -> Iterator[str]:
    """What slack_sdk says against it; a field that it does not know it leaves out."""
    try:
        known = parse(given).to_dict()
    except (SlackObjectFormationError, AttributeError, LookupError, TypeError, ValueError) as error:
        yield str(error)
        return
    if _comparable(known) != _comparable(given):
        yield f"invalid property, it is read as {known}"


def _comparable(given: object) -> object:
    """Without what is empty, which slack_sdk leaves out, and without the levels of headings, which
    Slack knows since March 2026 and slack_sdk does not."""
    if isinstance(given, list):
        return [_comparable(each) for each in given]
    if not isinstance(given, dict):
        return given
    is_header = given.get("type") == "header"
    kept = {name: each for name, each in given.items() if not (is_header and name == "level")}
    return {name: _comparable(each) for name, each in kept.items() if each not in ("", [], {})}


def _check_inside(thing: JsonObject, kind: str, place: str) -> Iterator[str]:
    """What stands in ``thing`` where it may not, is too long, or is empty."""
    for name, value in thing.items():
        pointer = f"{place}/{name}"
        if value == [] or (value == "" and name not in _MAY_BE_EMPTY):
            yield _at("must not be empty", pointer)
        size = len(value) if isinstance(value, str) else value
        if isinstance(size, int) and size > _MOST.get((kind, name), math.inf):
            yield _at(f"must be at most {_MOST[kind, name]}", pointer)
        for part in _objects(value if isinstance(value, list) else [value]):
            allowed = (*_INSIDE.get((kind, name), ("plain_text",)), f"{kind} {name}")
            part_kind = part.get("type", f"{kind} {name}")
            if part_kind in allowed:
                yield from _check_inside(part, part_kind, pointer)
            else:
                yield _at(f"unsupported type: {part_kind}", pointer)
    offered = _objects(thing.get("options"))
    if offered and "initial_option" in thing and thing["initial_option"] not in offered:
        yield _at("must be one of the options", f"{place}/initial_option")


def _objects(things: object) -> list[JsonObject]:
    return [each for each in things if isinstance(each, dict)] if isinstance(things, list) else []


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
