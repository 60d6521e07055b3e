"""What does a control send when a person uses it, and what do the fields of a form hold?"""

import time
from collections.abc import Iterator

from bot.local.state import JsonObject


def action(blocks: list[JsonObject], control: str, choice: str) -> JsonObject:
    """The ``actions`` entry for the control of that action_id, label or value.

    Raises:
        LookupError: there is no such control.
    """
    for block, element in controls(blocks):
        if control in (element.get("action_id"), label(element), element.get("value")):
            return _pressed(block, element, choice)
    known = [element.get("action_id") for _, element in controls(blocks)]
    raise LookupError(f"there is no {control!r} to click, only {known}")


def controls(blocks: list[JsonObject]) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Every control with its block; each half of feedback buttons counts as one."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in inside:
            if isinstance(element, dict) and element.get("type") == "feedback_buttons":
                for half in ("positive_button", "negative_button"):
                    shared = {"action_id": element.get("action_id"), "type": "feedback_buttons"}
                    yield block, element[half] | shared
            elif isinstance(element, dict) and "action_id" in element:
                yield block, element


def label(element: JsonObject) -> str:
    """The words on a control."""
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def entered_values(blocks: list[JsonObject], entered: dict[str, str]) -> JsonObject:
    """The ``state.values`` with what was entered for each action_id, else what was set before."""
    values: dict[str, JsonObject] = {}
    for block, element in controls(blocks):
        if element["type"] in ("button", "feedback_buttons", "overflow", "icon_button"):
            continue
        given = entered.get(str(element["action_id"]))
        field = {"type": element["type"], **_value(element, given)}
        values.setdefault(str(block["block_id"]), {})[str(element["action_id"])] = field
    return values


def _pressed(block: JsonObject, element: JsonObject, choice: str) -> JsonObject:
    pressed: JsonObject = {
        "action_id": element.get("action_id"),
        "block_id": block.get("block_id"),
        "type": element["type"],
        "action_ts": f"{time.time():.6f}",
    }
    if "options" in element or element["type"].endswith("_select"):
        return pressed | _value(element, choice)
    if element["type"] == "plain_text_input":
        return pressed | {"value": choice}
    kept = ("text", "value", "style") if element["type"] == "button" else ("text", "value")
    return pressed | {name: element[name] for name in kept if name in element}


def _value(element: JsonObject, given: str | None) -> JsonObject:
    kind = element["type"]
    if kind in ("checkboxes", "multi_static_select"):
        chosen = [each for each in element["options"] if each["value"] in (given or "").split(",")]
        return {"selected_options": chosen if given else element.get("initial_options", [])}
    if kind.startswith("multi_"):
        plural = f"{kind.removeprefix('multi_').removesuffix('_select')}"
        chosen = [each for each in (given or "").split(",") if each]
        return {f"selected_{plural}": chosen or element.get(f"initial_{plural}", [])}
    if "options" in element:
        option = next((each for each in element["options"] if each["value"] == given), None)
        return {"selected_option": option or element.get("initial_option")}
    if kind.endswith("_select"):
        noun = kind.removesuffix("_select").removesuffix("s")
        return {f"selected_{noun}": given or element.get(f"initial_{noun}")}
    if kind in ("datepicker", "timepicker", "datetimepicker"):
        noun = {"datepicker": "date", "timepicker": "time"}.get(kind, "date_time")
        return {f"selected_{noun}": given or element.get(f"initial_{noun}")}
    return {"value": given if given is not None else element.get("initial_value")}
