"""Blocks are refused for the reasons, and with the words, for which Slack refuses them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.block_kit import check_message, check_view
from bot.local.calls import Refusal


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


TEXT = {"type": "text", "text": "words", "style": {"bold": True}}
BULLETS = {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [line(TEXT)]}
OPTION = {"text": plain("Short"), "value": "short"}
HALF = {"text": plain("Good"), "value": "good"}
FEEDBACK = {"type": "feedback_buttons", "positive_button": HALF, "negative_button": HALF}


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([section("x" * 3000)], id="section"),
        pytest.param([section("x", accessory=button(style="danger"))], id="accessory"),
        pytest.param([{"type": "section", "fields": [mrkdwn("x" * 2000)] * 6}], id="fields"),
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
        pytest.param([{"type": "table", "rows": [[plain("a")] * 20] * 100}], id="table"),
        pytest.param([], id="none"),
        pytest.param(
            [actions({"type": "overflow", "action_id": "more", "options": [OPTION] * 5})], id="menu"
        ),
    ],
)
def test_taken(blocks: list[dict[str, Any]]) -> None:
    check_message(blocks)


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        pytest.param([section("x" * 3001)], "less than 3001", id="section"),
        pytest.param([section("")], "more than 0", id="empty-text"),
        pytest.param([{"type": "section"}], "missing one of", id="section-without-text"),
        pytest.param([{"type": "section", "text": "x"}], "text object", id="text-as-string"),
        pytest.param([section("x", colour="red")], "additional property", id="unknown-field"),
        pytest.param([{"type": "section", "fields": [mrkdwn("x")] * 11}], "no more", id="fields"),
        pytest.param([{"type": "header", "text": plain("x" * 151)}], "than 151", id="header"),
        pytest.param([{"type": "header", "text": mrkdwn("x")}], "plain_text", id="header-mrkdwn"),
        pytest.param([{"type": "context", "elements": [mrkdwn("x")] * 11}], "10", id="context"),
        pytest.param([{"type": "context", "elements": [button()]}], "type: button", id="button-in"),
        pytest.param([actions(*[button(action_id=str(n)) for n in range(26)])], "25", id="actions"),
        pytest.param([actions()], "at least 1", id="no-actions"),
        pytest.param([actions(button(text=plain("x" * 76)))], "less than 76", id="label"),
        pytest.param([actions(button(value="x" * 2001))], "less than 2001", id="value"),
        pytest.param([actions(button(action_id="x" * 256))], "less than 256", id="action-id"),
        pytest.param([actions(button(style="green"))], "one of primary", id="style"),
        pytest.param([actions(button(), button())], "duplicate action_id", id="same-action-id"),
        pytest.param([section("x", block_id="b")] * 2, "duplicate block_id", id="same-block-id"),
        pytest.param([section("x", block_id="b" * 256)], "less than 256", id="block-id"),
        pytest.param([{"type": "paragraph"}], "unsupported type", id="unknown-block"),
        pytest.param(["words"], "unsupported type", id="no-block"),
        pytest.param([rich(TEXT)], "unsupported type: text", id="inline-in-rich-text"),
        pytest.param([rich(line({"type": "text"}))], "missing required", id="text-without-text"),
        pytest.param([rich(line(BULLETS))], "type: rich_text_list", id="list-in-section"),
        pytest.param([rich(line({"type": "link", "text": "x"}))], "url", id="link-without-url"),
        pytest.param([{"type": "table", "rows": [[plain("a")] * 21]}], "20", id="columns"),
        pytest.param([{"type": "table", "rows": [[plain("a")]] * 101}], "100", id="rows"),
    ],
)
def test_refused(blocks: list[Any], complaint: str) -> None:
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
def test_refused_as_a_whole(blocks: Any, error: str) -> None:
    with pytest.raises(Refusal, match=error):
        check_message(blocks)


MODAL = {"type": "modal", "title": plain("Evidence"), "blocks": [section("x")]}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"title": plain("x" * 25)}, "less than 25", id="title"),
        pytest.param({"private_metadata": "x" * 3001}, "less than 3001", id="private-metadata"),
        pytest.param({"blocks": [section("x")] * 101}, "no more than 100", id="blocks"),
        pytest.param({"submit": plain("x" * 25)}, "less than 25", id="submit"),
        pytest.param({"callback_id": "x" * 256}, "less than 256", id="callback"),
        pytest.param({"type": "home"}, "view type", id="home-as-modal"),
    ],
)
def test_a_modal_has_limits_of_its_own(change: dict[str, Any], complaint: str) -> None:
    check_view(MODAL, "modal")
    with pytest.raises(Refusal, match="invalid_arguments") as refusal:
        check_view({**MODAL, **change}, "modal")
    assert complaint in refusal.value.answer["response_metadata"]["messages"][0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "value"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(kind=st.sampled_from(["section", "actions", "rich_text", "table", "context"]), block=JSON)
def test_nonsense_is_refused_and_never_breaks_the_check(kind: str, block: Any) -> None:
    given_block = {**block, "type": kind} if isinstance(block, dict) else block
    with pytest.raises(Refusal):
        check_message([given_block, {"type": "nonsense"}])
