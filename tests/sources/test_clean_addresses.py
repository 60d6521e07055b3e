"""Two addresses of one article are known by one key, and nothing is fetched by it."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.addresses import key, leads_nowhere, tidy, unwrapped

_SHARED = Path(os.environ.get("READOUT_SHARED") or Path(__file__).parents[3] / "shared")
_CASES = _SHARED / "data" / "url_cases.json"


@pytest.mark.parametrize(
    ("wrapped", "inside"),
    [
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fa.example%2Fb%3Fc%3D1", "?c=1"),
        ("https://google.co.uk/amp/s/a.example/b?c=1", "?c=1"),
        ("https://a-example.cdn.ampproject.org/v/s/a.example/b", ""),
        ("https://lm.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fb&h=x", ""),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb&d=0", ""),
        ("https://urldefense.com/v3/__https://a.example/b*c=1__;Pw!!x$", "?c=1"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_b-3Fc-3D1&d=x", "?c=1"),
        ("https://vk.com/away.php?to=https%3A%2F%2Fa.example%2Fb", ""),
        ("https://slack-redir.net/link?url=https%3A%2F%2Fa.example%2Fb", ""),
        (
            (
                "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D"
                "https%253A%252F%252Fa.example%252Fb"
            ),
            "",
        ),
    ],
)
def test_a_wrapped_address_is_what_it_wraps(wrapped: str, inside: str) -> None:
    assert unwrapped(wrapped) == f"https://a.example/b{inside}"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/search?q=bridge",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://l.facebook.com/l.php?h=x",
        "https://a.example/url?u=https://b.example/",
        "not an address",
        "http://[bad/",
    ],
)
def test_what_wraps_nothing_stays_as_it_is(url: str) -> None:
    assert unwrapped(url) == url


def test_what_is_shown_loses_only_what_follows_people() -> None:
    url = "https://a.example/b?id=7&utm_source=x&ref=home&fbclid=1#part"

    assert tidy(url) == "https://a.example/b?id=7&ref=home#part"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://A.example:443/b?utm_medium=x", "https://a.example/b"),
        ("https://a.example/b?y=1&x=2", "https://a.example/b?x=2&y=1#top"),
        ("https://a.example/%7Eb", "https://a.example/~b"),
        ("https://youtu.be/xyz?si=1", "https://m.youtube.com/watch?v=xyz&t=3"),
    ],
)
def test_addresses_of_one_article_have_one_key(first: str, second: str) -> None:
    assert key(first) == key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/b?page=2", "https://a.example/b"),
        ("https://a.example/b", "https://m.a.example/b"),
        ("https://a.example/#!/b", "https://a.example/#!/c"),
    ],
)
def test_addresses_of_two_articles_have_two(first: str, second: str) -> None:
    assert key(first) != key(second)


def test_a_link_of_google_news_leads_nowhere() -> None:
    assert leads_nowhere("https://news.google.com/rss/articles/CBMi?oc=5")
    assert not leads_nowhere("https://news.google.com/")
    assert not leads_nowhere("https://news.example/articles/1")


@given(st.text())
def test_any_text_has_a_key_that_is_its_own(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"https://www.google.com/url?q={text}"):
        assert key(key(url)) == key(url)
        unwrapped(url)
        tidy(url)


def test_the_addresses_of_others_are_cleaned_as_they_should_be() -> None:
    if not _CASES.exists():
        pytest.skip("no shared url_cases.json: set READOUT_SHARED to the folder above data/")
    rows = json.loads(_CASES.read_text("utf-8"))

    wrong = [row["cls"] for row in rows if key(row["dirty"]) != row["clean"]]

    assert len(rows) > 20
    assert wrong == []
