"""Blocks are refused for the reasons for which Slack refuses them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.blocks import check_message, check_view
from sandbox.slack.calls import Refusal


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Evidence"), "action_id": "evidence", **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def line(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def card(**more: Any) -> dict[str, Any]:
    return {"type": "task_card", "task_id": "1", "title": "Reading", "status": "complete", **more}


def option(number: int, **more: Any) -> dict[str, Any]:
    return {"text": plain("Short"), "value": str(number), **more}


def menu(count: int, **more: Any) -> dict[str, Any]:
    offered = {"options": [option(number) for number in range(count)]} if count else {}
    return {"type": "static_select", "action_id": "length", **offered, **more}


def boxes(**more: Any) -> dict[str, Any]:
    return {"type": "checkboxes", "action_id": "kept", "options": [option(0, **more)]}


def sure(title: str = "Sure?", text: str = "It goes.", yes: str = "Yes", no: str = "No") -> Any:
    asked = {"title": plain(title), "text": plain(text)}
    return {**asked, "confirm": plain(yes), "deny": plain(no)}


def asked(label: str = "Words", hint: str = "A few.", **element: Any) -> dict[str, Any]:
    typed = {"type": "plain_text_input", "action_id": "words", **element}
    return {"type": "input", "label": plain(label), "hint": plain(hint), "element": typed}


TEXT = {"type": "text", "text": "words", "style": {"bold": True}}
BULLETS = {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [line(TEXT)]}
HALF = {"text": plain("Good"), "value": "good"}
FEEDBACK = {"type": "feedback_buttons", "positive_button": HALF, "negative_button": HALF}


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([section("x" * 3000)], id="section"),
        pytest.param([{"type": "header", "text": plain("x" * 150)}], id="header"),
        pytest.param([{"type": "divider"}] * 50, id="fifty"),
        pytest.param([{"type": "context", "elements": [mrkdwn("x")] * 10}], id="context"),
        pytest.param([actions(*(button(action_id=f"a{n}") for n in range(25)))], id="actions"),
        pytest.param([actions(button()), actions(button())], id="action-id-in-two-blocks"),
        pytest.param([actions(button(value="x" * 2000, url="https://x"))], id="button"),
        pytest.param([{"type": "context_actions", "elements": [FEEDBACK]}], id="feedback"),
        pytest.param([rich(line(TEXT), BULLETS)], id="list"),
        pytest.param([rich({"type": "rich_text_quote", "elements": [TEXT]})], id="quote"),
        pytest.param([{"type": "markdown", "text": "# x"}], id="markdown"),
        pytest.param([card()], id="task-card"),
        pytest.param([actions(menu(100))], id="select"),
        pytest.param([actions(menu(1, initial_option=option(0)))], id="chosen-before"),
        pytest.param([actions(boxes(text=mrkdwn("*x*")))], id="mrkdwn-beside-a-box"),
        pytest.param([actions(button(confirm=sure()))], id="confirm"),
        pytest.param([], id="none"),
        pytest.param(
            [actions({"type": "overflow", "action_id": "more", "options": [option(0)] * 5})],
            id="menu",
        ),
    ],
)
def test_valid_blocks_are_accepted(blocks: list[dict[str, Any]]) -> None:
    check_message(blocks)


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        pytest.param([section("x" * 3001)], "exceed 3000", id="section"),
        pytest.param([section("")], "be empty", id="empty-text"),
        pytest.param([{"type": "section"}], "must be specified", id="section-without-text"),
        pytest.param([{"type": "section", "text": "x"}], "read as", id="text-as-string"),
        pytest.param([section("x", colour="red")], "invalid property", id="unknown-field"),
        pytest.param([{"type": "header", "text": plain("x" * 151)}], "exceed 150", id="header"),
        pytest.param([{"type": "header", "text": mrkdwn("x")}], "type: mrkdwn", id="header-mrkdwn"),
        pytest.param([{"type": "context", "elements": [mrkdwn("x")] * 11}], "10", id="context"),
        pytest.param([{"type": "context", "elements": [button()]}], "type: button", id="button-in"),
        pytest.param([actions(*[button(action_id=str(n)) for n in range(26)])], "25", id="actions"),
        pytest.param([actions()], "be empty", id="no-actions"),
        pytest.param([actions(button(text=plain("x" * 76)))], "exceed 75", id="label"),
        pytest.param([actions(button(value="x" * 2001))], "exceed 2000", id="value"),
        pytest.param([actions(button(action_id="x" * 256))], "255", id="action-id"),
        pytest.param([actions(button(style="green"))], "primary", id="style"),
        pytest.param([actions(button(), button())], "duplicate action_id", id="same-action-id"),
        pytest.param([section("x", block_id="b")] * 2, "duplicate block_id", id="same-block-id"),
        pytest.param([section("x", block_id="b" * 256)], "255", id="block-id"),
        pytest.param([{"type": "paragraph"}], "unsupported type", id="unknown-block"),
        pytest.param(["words"], "unsupported type", id="no-block"),
        pytest.param([rich(TEXT)], "unsupported type: text", id="inline-in-rich-text"),
        pytest.param([rich(line({"type": "text"}))], "argument: 'text'", id="text-without-text"),
        pytest.param([rich(line(BULLETS))], "type: rich_text_list", id="list-in-section"),
        pytest.param([rich(line({"type": "link", "text": "x"}))], "url", id="link-without-url"),
        pytest.param([card(status="done")], "pending", id="state-of-a-task"),
        pytest.param([{"type": "card", "title": plain("x")}], "unsupported type", id="card"),
        pytest.param([actions(menu(101))], "exceed 100", id="options"),
        pytest.param([actions(menu(0))], "must be specified", id="no-options"),
        pytest.param([actions(menu(1, initial_option=option(1)))], "of the options", id="initial"),
        pytest.param(
            [actions(menu(1, placeholder=plain("x" * 151)))], "exceed 150", id="placeholder"
        ),
        pytest.param([actions(boxes(value="x" * 151))], "exceed 150", id="option-value"),
        pytest.param([actions(boxes(text=plain("x" * 76)))], "exceed 75", id="option-text"),
        pytest.param(
            [actions(menu(0, options=[option(0, text=mrkdwn("x"))]))],
            "type: mrkdwn",
            id="in-a-menu",
        ),
        pytest.param(
            [actions({"type": "overflow", "options": [option(0)] * 6})], "1 and 5", id="menu"
        ),
        pytest.param([actions(button(url="x" * 3001))], "exceed 3000", id="button-url"),
        pytest.param(
            [actions(button(accessibility_label="x" * 76))], "exceed 75", id="spoken-label"
        ),
        pytest.param(
            [actions(button(confirm=sure(title="x" * 101)))], "exceed 100", id="confirm-title"
        ),
        pytest.param(
            [actions(button(confirm=sure(text="x" * 301)))], "exceed 300", id="confirm-text"
        ),
        pytest.param([actions(button(confirm=sure(yes="x" * 31)))], "exceed 30", id="confirm-yes"),
        pytest.param([actions(button(confirm=sure(no="x" * 31)))], "exceed 30", id="confirm-no"),
    ],
)
def test_invalid_blocks_are_refused_with_slacks_message(blocks: list[Any], complaint: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_message(blocks)
    assert refusal.value.answer["error"] == "invalid_blocks"
    assert complaint in refusal.value.answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        pytest.param([{"type": "divider"}] * 51, "msg_blocks_too_many", id="fifty-one"),
        pytest.param([section("x" * 3000)] * 5, "msg_blocks_too_long", id="all-text"),
        pytest.param([{"type": "markdown", "text": "x" * 6001}] * 2, "too_long", id="markdown"),
        pytest.param({"type": "divider"}, "invalid_blocks_format", id="no-list"),
    ],
)
def test_too_many_or_too_long_blocks_are_refused(blocks: Any, error: str) -> None:
    with pytest.raises(Refusal, match=error):
        check_message(blocks)


SUBMIT = {"submit": plain("Save")}
MODAL = {"type": "modal", "title": plain("Evidence"), "blocks": [section("x")]}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"title": plain("x" * 25)}, "24", id="title"),
        pytest.param({"private_metadata": "x" * 3001}, "exceed 3000", id="private-metadata"),
        pytest.param({"blocks": [section("x")] * 101}, "1 to 100", id="blocks"),
        pytest.param({"blocks": []}, "1 to 100", id="no-blocks"),
        pytest.param({"close": plain("x" * 25)}, "24", id="close"),
        pytest.param({"external_id": "x" * 256}, "at most 255", id="external-id"),
        pytest.param({"blocks": [asked()]}, "field: submit", id="input-without-submit"),
        pytest.param({"blocks": [asked("x" * 2001)], **SUBMIT}, "2000", id="label"),
        pytest.param({"blocks": [asked(hint="x" * 2001)], **SUBMIT}, "2000", id="hint"),
        pytest.param(
            {"blocks": [asked(max_length=3001)], **SUBMIT}, "at most 3000", id="most-typed"
        ),
        pytest.param(
            {"blocks": [asked(initial_value="x" * 3001)], **SUBMIT}, "at most 3000", id="typed"
        ),
        pytest.param(
            {"blocks": [{"type": "context_actions", "elements": [FEEDBACK]}]},
            "unsupported type",
            id="thumbs",
        ),
        pytest.param({"submit": plain("x" * 25)}, "24", id="submit"),
        pytest.param({"callback_id": "x" * 256}, "255", id="callback"),
        pytest.param({"type": "home"}, "view type", id="home-as-modal"),
    ],
)
def test_a_modal_has_limits_of_its_own(change: dict[str, Any], complaint: str) -> None:
    check_view(MODAL, "modal")
    with pytest.raises(Refusal, match="invalid_arguments") as refusal:
        check_view({**MODAL, **change}, "modal")
    assert complaint in refusal.value.answer["response_metadata"]["messages"][0]


def test_a_home_tab_has_no_buttons_of_its_own() -> None:
    home = {"type": "home", "blocks": [section("x"), asked()]}
    check_view(home, "home")
    with pytest.raises(Refusal, match="invalid_arguments"):
        check_view({**home, **SUBMIT}, "home")


def test_a_view_has_a_greatest_size() -> None:
    held = [section("é" * 2900) for _ in range(43)]
    check_view({**MODAL, "blocks": held[:42]}, "modal")
    with pytest.raises(Refusal, match="view_too_large"):
        check_view({**MODAL, "blocks": held}, "modal")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "value"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(kind=st.sampled_from(["section", "actions", "rich_text", "context"]), block=JSON)
def test_nonsense_is_refused_and_never_breaks_the_check(kind: str, block: Any) -> None:
    given_block = {**block, "type": kind} if isinstance(block, dict) else block
    with pytest.raises(Refusal):
        check_message([given_block, {"type": "nonsense"}])
