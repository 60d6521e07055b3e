"""What may each kind of block and element hold, in a message, a modal or a Home tab?

One table of Block Kit: the fields that each kind may have and the limits of each, from
docs.slack.dev/reference/block-kit and slack_sdk.models.blocks. Kinds that the table does not have
are refused, as are fields that Slack does not know: cards, carousels, containers, alerts, charts,
data tables, videos and calls, which Slack accepts, aren't simulated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.local.limits import COLUMNS_OF_A_TABLE

_ID = 255


@dataclass(frozen=True)
class Many:
    """A list of one to ``most`` things of these kinds; without kinds, of words."""

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
    for kind in ("static", "external", "users", "conversations", "channels")
)
_INPUTS = ("plain_text_input", "url_text_input", "email_text_input", "number_input")
_OPTIONS = ("checkboxes", "radio_buttons")
_INLINE = ("text", "link", "user", "emoji", "channel", "broadcast", "usergroup", "date", "color")
_STATIC = {"options": Many(100, ("option",)), "option_groups": Many(100, ("group",))}
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


def _input(*needs: str) -> Shape:
    return Shape(
        needs=needs,
        words={"action_id": _ID, "initial_value": 3000},
        plain={"placeholder": 150},
        free=(
            *("multiline", "focus_on_load", "dispatch_action_config"),
            *("is_decimal_allowed", "min_value", "max_value"),
        ),
        numbers={"min_length": (0, 3000), "max_length": (1, 3000)},
    )


def _inline(*needs: str, **words: int) -> Shape:
    return Shape(
        needs=needs,
        words=words,
        free=("style", "skin_tone", "unicode", "timestamp", "format", "fallback", "unsafe"),
    )


BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        one_of=("text", "fields"),
        texts={"text": 3000},
        lists={"fields": Many(10, ("field",))},
        parts={"accessory": ("button", "image", "overflow", *_OPTIONS, *_PICKERS, *_SELECTS)},
        free=("expand",),
    ),
    "header": Shape(needs=("text",), plain={"text": 150}, free=("level",)),
    "divider": Shape(),
    "context": Shape(
        needs=("elements",), lists={"elements": Many(10, ("image", "mrkdwn", "plain_text"))}
    ),
    "actions": Shape(
        needs=("elements",),
        lists={"elements": Many(25, ("button", "overflow", *_OPTIONS, *_PICKERS, *_SELECTS))},
    ),
    "context_actions": Shape(
        needs=("elements",), lists={"elements": Many(5, ("feedback_buttons", "icon_button"))}
    ),
    "image": Shape(
        needs=("alt_text",),
        one_of=("image_url", "slack_file"),
        words={"image_url": 3000, "alt_text": 2000},
        plain={"title": 2000},
        free=("slack_file",),
    ),
    "input": Shape(
        needs=("label", "element"),
        plain={"label": 2000, "hint": 2000},
        parts={"element": (*_INPUTS, *_OPTIONS, *_PICKERS, *_SELECTS, "file_input")},
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
    "table": Shape(
        needs=("rows",),
        lists={"column_settings": Many(COLUMNS_OF_A_TABLE, ("column",))},
        free=("rows",),
    ),
    "task_card": Shape(
        needs=("task_id", "title", "status"),
        words={"task_id": _ID, "title": 255},
        choices={"status": ("pending", "in_progress", "complete", "error")},
        parts={"details": ("rich_text",), "output": ("rich_text",)},
        lists={"sources": Many(1000, ("url",))},
    ),
    "plan": Shape(
        needs=("title",), words={"title": 255}, lists={"tasks": Many(1000, ("task_card",))}
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
    "icon_button": Shape(
        needs=("icon", "text"),
        words={"action_id": _ID, "icon": 75, "value": 2000, "accessibility_label": 75},
        plain={"text": 75},
        parts=_CONFIRM,
        lists={"visible_to_user_ids": Many(10, ())},
    ),
    "image": BLOCKS["image"],
    "rich_text": BLOCKS["rich_text"],
    "task_card": BLOCKS["task_card"],
    "url": Shape(needs=("url", "text"), words={"url": 3000, "text": 3000}),
    "raw_text": Shape(needs=("text",), words={"text": 12_000}),
    "raw_number": Shape(needs=("value", "text"), words={"text": 12_000}, free=("value",)),
    "column": Shape(
        choices={"align": ("left", "center", "right")}, free=("is_wrapped",), typed=False
    ),
    "mrkdwn": Shape(needs=("text",), words={"text": 3000}, free=("verbatim",)),
    "plain_text": Shape(needs=("text",), words={"text": 3000}, free=("emoji",)),
    "field": Shape(
        needs=("text", "type"),
        words={"text": 2000},
        choices={"type": ("plain_text", "mrkdwn")},
        free=("emoji", "verbatim"),
        typed=False,
    ),
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
    "group": Shape(
        needs=("label", "options"),
        plain={"label": 75},
        lists={"options": Many(100, ("option",))},
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
    "file_input": Shape(words={"action_id": _ID}, free=("filetypes", "max_files")),
    **{kind: _input() for kind in _INPUTS},
    "number_input": _input("is_decimal_allowed"),
    **{kind: _select() for kind in (*_PICKERS, *_SELECTS)},
    **{
        kind: _select(("options", "option_groups"), **_STATIC)
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
    "emoji": _inline("name", name=_ID),
    "channel": _inline("channel_id", channel_id=_ID),
    "broadcast": _inline("range", range=10),
    "usergroup": _inline("usergroup_id", usergroup_id=_ID),
    "date": _inline(url=3000),
    "color": _inline("value", value=20),
}

VIEW = Shape(
    needs=("blocks",),
    words={"private_metadata": 3000, "callback_id": _ID, "external_id": _ID},
    plain={"title": 24, "submit": 24, "close": 24},
    choices={"type": ("modal", "home")},
    free=("blocks", "clear_on_close", "notify_on_close", "submit_disabled"),
)
