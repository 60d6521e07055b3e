"""What a person types arrives as Slack's composer sends it."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.people import Composer

COMPOSER = Composer({"readout": "UBOT", "ana": "UANA"}.get, {"news": "CNEWS"}.get)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("a < b & c > d", "a &lt; b &amp; c &gt; d", id="escapes"),
        pytest.param("https://x.org/?a=1&b=2", "<https://x.org/?a=1&amp;b=2>", id="link"),
        pytest.param("(see https://x.org/a).", "(see <https://x.org/a>).", id="punctuation"),
        pytest.param("<https://x.org|here>", "<https://x.org|here>", id="labelled"),
        pytest.param("@readout and @ana", "<@UBOT> and <@UANA>", id="mentions"),
        pytest.param("<@UBOT> hello", "<@UBOT> hello", id="mention-by-id"),
        pytest.param("@nobody, me@ana.org", "@nobody, me@ana.org", id="no-mention"),
        pytest.param("#news #9 #other", "<#CNEWS> #9 #other", id="channels"),
    ],
)
def test_typed_text_is_escaped_and_linked(typed: str, text: str) -> None:
    assert COMPOSER.text(typed) == text


def test_the_block_keeps_links_as_they_are_and_the_structure() -> None:
    block = COMPOSER.block("Read https://x.org/?a=1&b=2\n> said\n• one\n• two\n```code```", "b1")
    section, quote, bullets, code = block["elements"]
    assert section["elements"][1] == {"type": "link", "url": "https://x.org/?a=1&b=2"}
    assert quote == {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]}
    assert [each["elements"][0]["text"] for each in bullets["elements"]] == ["one", "two"]
    assert code["type"] == "rich_text_preformatted"


def words(element: dict[str, Any]) -> str:
    """All the words of a block, in order."""
    inside = element.get("elements", [])
    return str(element.get("text", "")) + "".join(words(each) for each in inside)


@given(st.text(alphabet="ab @#:<>&|/.\n", max_size=40))
def test_no_word_is_lost(typed: str) -> None:
    assert html.unescape(COMPOSER.text(typed)) == typed


@given(st.text(alphabet="ab .,&<", min_size=1, max_size=40).filter(str.strip))
def test_plain_words_are_in_the_block(typed: str) -> None:
    assert words(COMPOSER.block(typed, "b1")) == typed
