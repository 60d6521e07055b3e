"""The address rules refuse everything in a private network, and let news sites pass."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.addresses import (
    CheckedUrl,
    Forbidden,
    article_key,
    check_ip,
    check_url,
    hides_target,
    unwrap,
    without_trackers,
)
from bot.sources.fetching import redirect_target
from tests.shared_data import shared


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://example.com/a", id="another-scheme"),
        pytest.param("example.com/a", id="no-scheme"),
        pytest.param("http:/example.com/", id="one-slash"),
        pytest.param("https://anna@example.com/", id="user"),
        pytest.param("https://example.com:443@10.0.0.1/", id="host-as-user"),
        pytest.param("http://example.com:8080/", id="another-port"),
        pytest.param("http://example.com:443/", id="port-of-the-other-scheme"),
        pytest.param("http://example.com:080/", id="port-with-leading-zero"),
        pytest.param("http://example.com:/", id="empty-port"),
        pytest.param("http://example.com:70000/", id="port-too-high"),
        pytest.param("http://example.com/a b", id="space"),
        pytest.param("http://example.com\\.test/", id="backslash"),
        pytest.param("http://example.com/\ud800", id="half-a-surrogate-pair"),
        pytest.param(f"http://example.com/{'a' * 4096}", id="too-long"),
        pytest.param("http://intranet/", id="one-label"),
        pytest.param("http://wiki.corp/", id="private-ending"),
        pytest.param("http://wiki.corp./", id="private-ending-with-dot"),
        pytest.param("http://LOCALHOST/", id="localhost"),
        pytest.param("http://a..example.com/", id="empty-label"),
        pytest.param("http://%31%30.0.0.1/", id="escaped-host"),
        pytest.param("http://167772161/", id="one-number"),
        pytest.param("http://10.1/", id="two-numbers"),
        pytest.param("http://0x0a.0.0.1/", id="hexadecimal"),
        pytest.param("http://012.0.0.1/", id="octal"),
        pytest.param("http://1.2.3.0x4/", id="hexadecimal-ending"),
        pytest.param("http://[::1%25eth0]/", id="zone"),
        pytest.param("http://[10.0.0.1]/", id="ipv4-in-brackets"),
        pytest.param("http://１０.0.0.1/", id="wide-digits"),
        pytest.param("http://⑯.0.0.1/", id="circled-number"),
        pytest.param("http://10。0。0。1/", id="ideographic-full-stops"),
        pytest.param("http://10.0.0.1/", id="private-ipv4"),
        pytest.param("http://10.0.0.1./", id="private-ipv4-with-dot"),
        pytest.param("http://[::1]/", id="ipv6-loopback"),
        pytest.param("http://[::ffff:10.0.0.1]/", id="ipv4-mapped"),
    ],
)
def test_an_address_that_breaks_a_rule_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        pytest.param("HTTPS://Example.COM", "https://example.com/", id="case"),
        pytest.param("http://example.com:80/a?b=c#d", "http://example.com/a?b=c", id="fragment"),
        pytest.param("https://example.com.?q", "https://example.com/?q", id="dot-and-no-path"),
        pytest.param("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4", id="idn"),
        pytest.param("https://example.com/a%20b@c", "https://example.com/a%20b@c", id="escaped"),
        pytest.param("https://10.example.com/", "https://10.example.com/", id="numeric-label"),
        pytest.param("http://93.184.215.14/", "http://93.184.215.14/", id="public-ipv4"),
        pytest.param("http://[2606:4700:0::1]/", "http://[2606:4700::1]/", id="public-ipv6"),
    ],
)
def test_a_public_address_is_sent_as_it_was_meant(url: str, sent: str) -> None:
    assert check_url(url).url == sent


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.255.255.255", "100.64.0.1", "127.8.8.8", "168.63.129.16", "169.254.169.254",
        "172.31.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.19.0.1",
        "198.51.100.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1",
        "::ffff:8.8.8.8", "64:ff9b::a00:1", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::",
        "3fff::1", "4000::1", "5f00::1", "fc00::1", "fe80::1", "fe80::1%eth0", "ff02::1", "", "a.b",
    ],
)  # fmt: skip
def test_an_ip_address_outside_the_public_internet_is_refused(address: str) -> None:
    with pytest.raises(Forbidden):
        check_ip(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "9.255.255.255", "100.63.255.255", "100.128.0.0", "172.32.0.1", "192.0.1.1",
     "198.20.0.1", "223.255.255.255", "2001:200::1", "2606:4700::1111", "2a00::1"],
)  # fmt: skip
def test_neighbouring_public_addresses_are_accepted(address: str) -> None:
    check_ip(address)


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        pytest.param("http://wiki/start", "wiki", id="name"),
        pytest.param("https://wiki/start", "wiki", id="name-on-https"),
        pytest.param("http://wiki:8080/", "wiki:8080", id="name-and-port"),
        pytest.param("http://10.0.0.5/", "10.0.0.5", id="address"),
        pytest.param("http://[::1]:9000/", "[::1]:9000", id="ipv6"),
    ],
)
def test_a_host_of_the_operators_list_is_allowed(url: str, allow: str) -> None:
    assert check_url(url, frozenset({allow})).is_allowed


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        pytest.param("http://wiki:8080/", "wiki", id="another-port"),
        pytest.param("http://wiki/", "wiki:8080", id="no-port"),
        pytest.param("http://a.corp/", "corp", id="a-host-below"),
        pytest.param("http://10.1/", "10.1", id="no-canonical-address"),
        pytest.param("http://u@wiki/", "wiki", id="user"),
    ],
)
def test_the_operators_list_allows_nothing_else(url: str, allow: str) -> None:
    with pytest.raises(Forbidden):
        check_url(url, frozenset({allow}))


def test_a_redirect_stays_within_an_allowed_host_or_leads_to_the_public_web() -> None:
    allowed = check_url("http://wiki:8080/a", frozenset({"wiki:8080", "other:8080"}))

    assert redirect_target(allowed, "/b").url == "http://wiki:8080/b"
    assert not redirect_target(allowed, "https://example.com/").is_allowed
    with pytest.raises(Forbidden):
        redirect_target(allowed, "http://other:8080/")
    with pytest.raises(Forbidden):
        redirect_target(redirect_target(allowed, "https://example.com/"), "http://wiki:8080/")


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"http://example.com/{text}"):
        try:
            checked = check_url(url)
        except Forbidden:
            continue
        assert check_url(checked.url) == checked


@given(st.ip_addresses())
def test_an_address_in_a_url_is_judged_like_the_address_itself(address: object) -> None:
    host = f"[{address}]" if ":" in str(address) else str(address)
    assert judged(f"http://{host}/") == judged_ip(str(address))


def test_the_shared_payloads_are_judged_correctly() -> None:
    lines = shared("ssrf_payloads.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]

    wrong = [row["id"] for row in rows if not _as_expected(row)]

    assert len(rows) > 200
    assert wrong == []


def _as_expected(row: dict[str, object]) -> bool:
    expected = row["expect"] == "allow"
    match row["layer"], row:
        case "redirect", {"hops": [*hops]}:
            return _follows(str(row["url"]), hops) == expected
        case "dns", {"dns": dict(answers)}:
            return _resolves(answers) == expected
        case "response" | "redirect" | "dns", _:
            return True
    return judged(str(row["url"])) == expected


def _follows(url: str, hops: list[Any]) -> bool:
    followed = {301, 302, 303, 307, 308}
    try:
        checked: CheckedUrl = check_url(url)
        for status, location in hops:
            if status not in followed:
                return False
            checked = redirect_target(checked, location)
    except Forbidden:
        return False
    return True


def _resolves(answers: dict[str, list[list[str]]]) -> bool:
    found = [address for each in answers.values() for lookup in each for address in lookup]
    return bool(found) and all(map(judged_ip, found))


def judged(url: str) -> bool:
    try:
        check_url(url)
    except Forbidden:
        return False
    return True


def judged_ip(address: str) -> bool:
    try:
        check_ip(address)
    except Forbidden:
        return False
    return True


# Two addresses of one article have the same key, which is never fetched.


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
    assert unwrap(wrapped) == f"https://a.example/b{inside}"


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
def test_an_unwrapped_address_stays_unchanged(url: str) -> None:
    assert unwrap(url) == url


def test_only_tracking_parameters_are_removed() -> None:
    url = "https://a.example/b?id=7&utm_source=x&ref=home&fbclid=1#part"

    assert without_trackers(url) == "https://a.example/b?id=7&ref=home#part"


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
    assert article_key(first) == article_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/b?page=2", "https://a.example/b"),
        ("https://a.example/b", "https://m.a.example/b"),
        ("https://a.example/#!/b", "https://a.example/#!/c"),
    ],
)
def test_addresses_of_two_articles_have_two_keys(first: str, second: str) -> None:
    assert article_key(first) != article_key(second)


def test_a_link_of_google_news_hides_its_target() -> None:
    assert hides_target("https://news.google.com/rss/articles/CBMi?oc=5")
    assert not hides_target("https://news.google.com/")
    assert not hides_target("https://news.example/articles/1")


@given(st.text())
def test_the_key_of_a_key_is_the_same(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"https://www.google.com/url?q={text}"):
        assert article_key(article_key(url)) == article_key(url)
        unwrap(url)
        without_trackers(url)


def test_the_shared_addresses_are_cleaned_correctly() -> None:
    rows = json.loads(shared("url_cases.json").read_text("utf-8"))

    wrong = [row["cls"] for row in rows if article_key(row["dirty"]) != row["clean"]]

    assert len(rows) > 20
    assert wrong == []
