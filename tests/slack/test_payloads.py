"""Typed and pasted text is read unchanged, from the blocks of a message first."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.payloads import paragraphs
from sandbox.slack.people import Composer
from tests.slack.examples import event, rich, words


def texts(message: dict[str, Any]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(message)]


def test_blocks_go_before_the_escaped_text() -> None:
    message = event("R&amp;D", blocks=rich(words("R&D\nline two")))

    assert texts(message) == ["R&D", "line two"]


def test_an_address_in_blocks_is_not_unescaped_again() -> None:
    url = "https://example.org/?a=1&amp=2"
    (line,) = paragraphs(event(blocks=rich({"type": "link", "url": url})))

    assert line.links == [url]
    assert line.pieces[0].is_bare_link


@pytest.mark.parametrize(
    ("element", "text"),
    [
        pytest.param({"type": "emoji", "name": "x", "unicode": "1f642"}, "🙂", id="emoji"),
        pytest.param({"type": "emoji", "name": "ours"}, ":ours:", id="own-emoji"),
        pytest.param({"type": "user", "user_id": "U9"}, "@U9", id="person"),
        pytest.param({"type": "channel", "channel_id": "C9"}, "#C9", id="channel"),
        pytest.param({"type": "broadcast", "range": "here"}, "@here", id="broadcast"),
        pytest.param({"type": "usergroup", "usergroup_id": "S9"}, "@S9", id="group"),
        pytest.param({"type": "date", "timestamp": 1, "fallback": "today"}, "today", id="date"),
        pytest.param({"type": "link", "url": "https://a.b", "text": "here"}, "here", id="label"),
        pytest.param({"type": "hologram", "elements": [words("new")]}, "new", id="unknown-holder"),
        pytest.param({"type": "hologram", "text": "newer"}, "newer", id="unknown-words"),
        pytest.param({"type": "hologram"}, "", id="unknown-and-empty"),
    ],
)
def test_every_kind_of_element_keeps_its_words(element: dict[str, Any], text: str) -> None:
    assert texts(event(blocks=rich(element))) == [text]


def test_quotations_fences_and_lists_keep_their_lines() -> None:
    section = {"type": "rich_text_section", "elements": [words("one")]}
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_list", "elements": [section, section]},
            {"type": "rich_text_quote", "elements": [words("q1\n\nq2")]},
            {"type": "rich_text_preformatted", "elements": [words("fenced")]},
        ],
    }
    read = [(line.text, line.quoted) for line in paragraphs(event(blocks=[block]))]

    assert read == [
        ("one", False),
        ("one", False),
        ("q1", True),
        ("", True),
        ("q2", True),
        ("fenced", True),
    ]


@pytest.mark.parametrize(
    ("text", "shown", "links"),
    [
        pytest.param("a &lt;b&gt; &amp;lt;", "a <b> &lt;", [], id="escapes-once"),
        pytest.param("<https://a.b/?x=1&amp;y=2>", "https://a.b/?x=1&y=2",
                     ["https://a.b/?x=1&y=2"], id="link"),
        pytest.param("see <https://a.b|the page>!", "see the page!", ["https://a.b"], id="label"),
        pytest.param("see https://a.b/c, then", "see https://a.b/c, then", ["https://a.b/c"],
                     id="typed-after-a-command"),
        pytest.param("<!here> <#C1|news> <@U2>", "@here #news @U2", [], id="tokens"),
        pytest.param("<!subteam^S1|@crew> <!date^1^{date}|May>", "@crew May", [], id="labelled"),
    ],
)  # fmt: skip
def test_text_without_blocks_is_unescaped(text: str, shown: str, links: list[str]) -> None:
    (line,) = paragraphs(event(text))

    assert (line.text, line.links) == (shown, links)


def test_quotations_and_fences_are_found_in_text_too() -> None:
    read = [(line.text, line.quoted) for line in paragraphs(event("&gt; q\nx\n```a\nb\nc```\ny"))]

    assert read == [("q", True), ("x", False), ("a", True), ("b", True), ("c", True), ("y", False)]


def test_a_forwarded_message_is_quoted_material() -> None:
    shared = {"is_share": True, "text": "the forwarded words", "from_url": "https://a.b"}
    unfurled = {"text": "a preview", "from_url": "https://a.b"}
    message = event("look", attachments=[shared, unfurled])

    assert [(line.text, line.quoted) for line in paragraphs(message)] == [
        ("look", False),
        ("the forwarded words", True),
    ]


COMPOSER = Composer(lambda _: None, lambda _: None)
TYPED = st.text("ab é—“”.,!?&<|{}~*_()\n\u00a0", min_size=1).filter(
    lambda text: text.strip("\n") == text
)


@given(TYPED)
def test_typed_text_is_read_verbatim(text: str) -> None:
    message = event(COMPOSER.text(text), blocks=[COMPOSER.block(text, "b")])

    assert "\n".join(texts(message)) == text


@given(TYPED)
def test_typed_text_without_blocks_is_read_verbatim(text: str) -> None:
    assert "\n".join(texts(event(COMPOSER.text(text)))) == text
