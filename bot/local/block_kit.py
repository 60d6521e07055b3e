"""Would Slack accept these blocks, and if not, in which words does it refuse them?"""

import json
from collections.abc import Callable, Iterator

from bot.local import limits
from bot.local.calls import Refusal
from bot.local.kinds import BLOCKS, ELEMENTS, VIEW, Many, Shape
from bot.local.state import JsonObject

_ROW = Many(limits.COLUMNS_OF_A_TABLE, ("raw_text", "raw_number", "rich_text"))


def check_message(blocks: object) -> None:
    """Refuse blocks of a message that break a rule; None and an empty list are fine."""
    if blocks is None:
        return
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if len(blocks) > limits.BLOCKS_OF_A_MESSAGE:
        raise Refusal("msg_blocks_too_many")
    _refuse("invalid_blocks", list(_check_blocks(blocks, "/blocks")))
    if sum(map(len, _words(blocks))) > limits.TEXT_OF_ALL_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def check_view(view: object, kind: str) -> JsonObject:
    """The view itself, if it is a modal or Home tab that Slack takes."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise Refusal("invalid_arguments", response_metadata=_messages(["invalid view type"]))
    if len(json.dumps(view, ensure_ascii=False).encode()) > limits.BYTES_OF_A_VIEW:
        raise Refusal("view_too_large")
    found = [*_check_fields(view, VIEW, "/view"), *_check_buttons(view, kind)]
    blocks = view.get("blocks")
    if isinstance(blocks, list) and 1 <= len(blocks) <= limits.BLOCKS_OF_A_VIEW:
        found += _check_blocks(blocks, "/view/blocks", limits.IN_MESSAGES_ALONE)
    else:
        found.append(_at(f"must have 1 to {limits.BLOCKS_OF_A_VIEW} items", "/view/blocks"))
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
    if block["type"] == "table":
        yield from _check_rows(block.get("rows"), place)
    elements = _objects(block, "elements")
    action_ids = [each["action_id"] for each in elements if each.get("action_id")]
    if len(set(action_ids)) < len(action_ids):
        yield _at("duplicate action_id in one block", f"{place}/elements")


def _objects(thing: JsonObject, name: str) -> list[JsonObject]:
    found = thing.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _check_rows(rows: object, place: str) -> Iterator[str]:
    if not isinstance(rows, list) or not 1 <= len(rows) <= limits.ROWS_OF_A_TABLE:
        yield _at(f"no more than {limits.ROWS_OF_A_TABLE} items allowed", f"{place}/rows")
        return
    for number, row in enumerate(rows):
        yield from _check_list(row, _ROW, f"{place}/rows/{number}")


def _check_fields(thing: JsonObject, shape: Shape, place: str) -> Iterator[str]:
    for name in shape.needs:
        if name not in thing:
            yield _at(f"missing required field: {name}", place)
    if shape.one_of and not any(name in thing for name in shape.one_of):
        yield _at(f"missing one of the fields: {', '.join(shape.one_of)}", place)
    for name, value in thing.items():
        yield from _check_field(name, value, shape, f"{place}/{name}")
    groups = [thing, *_objects(thing, "option_groups")]
    offered = [option for group in groups for option in _objects(group, "options")]
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
        if many.kinds:
            yield from _check_part(each, many.kinds, f"{place}/{number}")
        else:
            yield from _check_word(each, 255, f"{place}/{number}")


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
