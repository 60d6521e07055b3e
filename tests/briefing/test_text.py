"""Nothing foreign becomes a link or a mention."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.text import harmless, markdown_text

_LINKS = re.compile(
    r"\b[a-z][a-z0-9+.-]*:(?=//|[^\s/])|(?<=[^\W_])\.(?=[^\W\d_]{2,}\b)|<[!@#]|@(?=\w)",
    re.IGNORECASE,
)
_HOSTILE = [
    "<!channel>",
    "<!here|here>",
    "<@U123>",
    "<#C1|general>",
    "https://evil.example/a?b=c",
    "HTTP://EVIL.EXAMPLE",
    "javascript:alert(1)",
    "mailto:a@evil.example",
    "data:text/html,x",
    "www.evil.example",
    "evil.example/path",
    "a@evil.example",
    "@everyone",
    "[click](https://evil.example)",
    "![x](//evil.example/p.png)",
    "<a href='https://evil.example'>x</a>",
    "tel:+3741234567",
    "slack://open",
    "приклад.укр",
]


@pytest.mark.parametrize("text", _HOSTILE)
def test_no_address_or_mention_survives(text: str) -> None:
    made = harmless(f"See {text} now")
    assert not _LINKS.search(made)
    assert made.replace("\u2060", "") == f"See {text} now"


@given(st.text(max_size=60) | st.lists(st.sampled_from([*_HOSTILE, " ", "."])).map("".join))
def test_it_adds_invisible_characters_and_changes_nothing_else(text: str) -> None:
    made = harmless(text)
    assert made.replace("\u2060", "") == text.replace("\u2060", "")
    assert not _LINKS.search(made)


@pytest.mark.parametrize("text", ["It cost 3.5 million.", "It ended. Then: no more.", "12:30 p.m."])
def test_plain_prose_stays(text: str) -> None:
    assert harmless(text) == text


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*_HOSTILE, "\n", "`", "# ", "- "])).map("".join)
)
def test_words_become_no_markup(text: str) -> None:
    made = markdown_text(text)
    assert "\n" not in made
    bare = re.sub(r"\\.", "", made)
    assert not re.search(r"[\[\]<>`*_#!|]", bare)


def test_text_of_several_lines_becomes_one() -> None:
    assert markdown_text("One\n  two\tthree") == "One two three"
