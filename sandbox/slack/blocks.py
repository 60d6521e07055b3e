"""Checks blocks as Slack does.

slack_sdk's models check the fields of each kind and most limits. This module checks the rest: which
kinds may be where, some limits, and what must be unique. It only knows the kinds that Readout
sends; others are refused even if Slack accepts them.
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
    State,
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
_ALLOWED_KINDS: Mapping[tuple[str, str], tuple[str, ...]] = {
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
"""The kinds that a field of a kind may have; only plain text in others. An object without a
``type`` is named after the kind and the field that it is in."""

_LIMITS: Mapping[tuple[str, str], int] = {
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
    if sum(map(len, _texts(blocks))) > TEXT_OF_ALL_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def check_chunk(chunk: object) -> None:
    """Refuse a chunk of a stream (blocks, or the state of a task) that breaks a rule."""
    if not isinstance(chunk, dict) or chunk.get("type") not in ("blocks", "task_update"):
        raise Refusal("invalid_chunks")
    if chunk["type"] == "task_update" and chunk.get("status") not in _TASK_STATES:
        raise Refusal("invalid_chunks")
    complaints = [_located(each, "/chunks") for each in _complaints(Chunk.parse, chunk)]
    _refuse("invalid_chunks", complaints)
    check_message(chunk.get("blocks"))


def check_view(view: object, kind: str) -> JsonObject:
    """Return the view if Slack would take it as a modal or Home tab; refuse it if not."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise Refusal("invalid_arguments", response_metadata=_messages(["invalid view type"]))
    if len(json.dumps(view, ensure_ascii=False).encode()) > BYTES_OF_A_VIEW:
        raise Refusal("view_too_large")
    blocks = view.get("blocks")
    frame = {**view, "blocks": [{"type": "divider"}]}
    found = [
        *(_located(each, "/view") for each in _complaints(lambda given: View(**given), frame)),
        *_check_inside(frame, "view", "/view"),
        *_check_required(view, kind),
    ]
    if isinstance(blocks, list) and 1 <= len(blocks) <= BLOCKS_OF_A_VIEW:
        found += _check_blocks(blocks, "/view/blocks", _EVERYWHERE)
    else:
        found.append(_located(f"must have 1 to {BLOCKS_OF_A_VIEW} items", "/view/blocks"))
    _refuse("invalid_arguments", found)
    return view


def with_block_ids(blocks: object, state: State) -> list[JsonObject]:
    """Checked blocks, each with a ``block_id``; empty for None."""
    if not isinstance(blocks, list):
        return []
    return [{"block_id": state.new_id("b"), **each} for each in blocks]


def _refuse(error: str, found: list[str]) -> None:
    if found:
        raise Refusal(error, errors=found, response_metadata=_messages(found))


def _messages(found: list[str]) -> JsonObject:
    return {"messages": [f"[ERROR] {each}" for each in found]}


def _located(complaint: str, pointer: str) -> str:
    return f"{complaint} [json-pointer:{pointer}]"


def _check_required(view: JsonObject, kind: str) -> Iterator[str]:
    """Complaints about a modal without a title, or without a submit button if it has inputs."""
    if kind == "home":
        return
    if "title" not in view:
        yield _located("missing required field: title", "/view")
    has_input = any(each.get("type") == "input" for each in _objects(view.get("blocks")))
    if has_input and "submit" not in view:
        yield _located("missing required field: submit", "/view")


def _check_blocks(blocks: list[object], pointer: str, kinds: tuple[str, ...]) -> Iterator[str]:
    seen: set[object] = set()
    for number, block in enumerate(blocks):
        place = f"{pointer}/{number}"
        if not isinstance(block, dict) or block.get("type") not in kinds:
            yield _located("unsupported type", f"{place}/type")
            continue
        for complaint in _block_complaints(json.dumps(block)):
            yield _located(complaint, place)
        yield from _check_inside(block, block["type"], place)
        if block.get("block_id", number) in seen:
            yield _located("duplicate block_id", f"{place}/block_id")
        seen.add(block.get("block_id", number))
        elements = _objects(block.get("elements"))
        action_ids = [each["action_id"] for each in elements if each.get("action_id")]
        if len(set(action_ids)) < len(action_ids):
            yield _located("duplicate action_id in one block", f"{place}/elements")


# A message is sent again with each edit, mostly unchanged, and slack_sdk is slow.
@lru_cache(maxsize=4_096)
def _block_complaints(block: str) -> tuple[str, ...]:
    """The complaints of slack_sdk about a block in JSON."""
    return tuple(_complaints(Block.parse, json.loads(block)))


def _complaints(parse: Callable[[JsonObject], Any], given: JsonObject) -> Iterator[str]:
    """The complaints of slack_sdk; unknown fields are noticed because it leaves them out."""
    try:
        known = parse(given).to_dict()
    except (SlackObjectFormationError, AttributeError, LookupError, TypeError, ValueError) as error:
        yield str(error)
        return
    if _comparable(known) != _comparable(given):
        yield f"invalid property, it is read as {known}"


def _comparable(given: object) -> object:
    """``given`` without empty values, which slack_sdk leaves out, and without the levels of
    headings, which Slack has had since March 2026 and slack_sdk doesn't know."""
    if isinstance(given, list):
        return [_comparable(each) for each in given]
    if not isinstance(given, dict):
        return given
    is_header = given.get("type") == "header"
    kept = {name: each for name, each in given.items() if not (is_header and name == "level")}
    return {name: _comparable(each) for name, each in kept.items() if each not in ("", [], {})}


def _check_inside(thing: JsonObject, kind: str, place: str) -> Iterator[str]:
    """Complaints about parts of ``thing`` that are in the wrong place, too long or empty."""
    for name, value in thing.items():
        pointer = f"{place}/{name}"
        if value == [] or (value == "" and name not in _MAY_BE_EMPTY):
            yield _located("must not be empty", pointer)
        size = len(value) if isinstance(value, str) else value
        if isinstance(size, int) and size > _LIMITS.get((kind, name), math.inf):
            yield _located(f"must be at most {_LIMITS[kind, name]}", pointer)
        for part in _objects(value if isinstance(value, list) else [value]):
            allowed = (*_ALLOWED_KINDS.get((kind, name), ("plain_text",)), f"{kind} {name}")
            part_kind = part.get("type", f"{kind} {name}")
            if part_kind in allowed:
                yield from _check_inside(part, part_kind, pointer)
            else:
                yield _located(f"unsupported type: {part_kind}", pointer)
    offered = _objects(thing.get("options"))
    if offered and "initial_option" in thing and thing["initial_option"] not in offered:
        yield _located("must be one of the options", f"{place}/initial_option")


def _objects(things: object) -> list[JsonObject]:
    return [each for each in things if isinstance(each, dict)] if isinstance(things, list) else []


def _texts(thing: object) -> Iterator[str]:
    """Every text that is shown, at any depth."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(thing, list):
        for each in thing:
            yield from _texts(each)
