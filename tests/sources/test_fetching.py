"""Fetching stops at what must not be fetched, what never ends, and what is too large."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import Callable

import pytest
from aiohttp import web

from bot.service.errors import Refused, SourceError, Unreachable, Unreadable
from bot.sources.addresses import NotFetched, Reason
from bot.sources.fetching import HTML_LIMIT, MOST_REDIRECTS, Fetcher, public_socket
from tests.sources.site import Site


def reason(error: SourceError) -> Reason:
    assert isinstance(error.__cause__, NotFetched)
    return error.__cause__.reason


def resolving(*answers: list[str]) -> Fetcher:
    left = list(answers)

    async def lookup(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return left.pop(0)

    return Fetcher(lookup=lookup)


async def test_an_allowed_page_comes_with_its_type_and_body(site: Site) -> None:
    url = site.gives("/a", b"<p>Bridge</p>", "Text/HTML; charset=utf-8")

    fetched = await site.fetcher.fetch(url)

    assert (fetched.url, fetched.status, fetched.body) == (url, 200, b"<p>Bridge</p>")
    assert fetched.content_type == "text/html"
    assert fetched.headers["content-type"] == "Text/HTML; charset=utf-8"


async def test_the_request_says_who_asks_and_carries_nothing_else(site: Site) -> None:
    await site.fetcher.fetch(site.gives("/a?b=%20c#d", b""))

    sent = site.requests[0]
    assert sent.raw_path == "/a?b=%20c"
    assert sent.headers["User-Agent"].startswith("Readout/")
    assert sent.headers["Accept-Encoding"] == "gzip, deflate"
    assert not {"Cookie", "Authorization", "Referer"} & set(sent.headers)


async def test_the_same_page_is_refused_where_the_operator_allows_nothing(site: Site) -> None:
    with pytest.raises(Refused) as caught:
        await Fetcher().fetch(site.gives("/a", b"secret"))

    assert reason(caught.value) is Reason.PORT
    assert site.requests == []
    assert site.host not in caught.value.message


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_within_an_allowed_host_is_followed(site: Site, status: int) -> None:
    async def moved(_: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": "b", "Set-Cookie": "k=v"})

    target = site.gives("/b", b"here")

    fetched = await site.fetcher.fetch(site.answer("/a", moved))

    assert (fetched.url, fetched.body) == (target, b"here")
    assert "Cookie" not in site.requests[1].headers


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("http://127.0.0.1:1/", id="another-port"),
        pytest.param("http://localhost/", id="another-name"),
        pytest.param("//169.254.169.254/latest", id="metadata"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("http://[bad/", id="no-address"),
        pytest.param("https://user@example.com/", id="user"),
    ],
)
async def test_a_redirect_out_of_it_is_refused_in_the_same_words(site: Site, location: str) -> None:
    async def moved(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": location})

    with pytest.raises(Refused) as elsewhere:
        await site.fetcher.fetch(site.answer("/a", moved))
    with pytest.raises(Refused) as direct:
        await Fetcher().fetch("http://10.0.0.1/")

    assert elsewhere.value.message == direct.value.message
    assert elsewhere.value.source == site.url("/a")


async def test_endless_redirects_end(site: Site) -> None:
    async def again(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "/a"})

    with pytest.raises(Unreachable) as caught:
        await site.fetcher.fetch(site.answer("/a", again))

    assert reason(caught.value) is Reason.REDIRECT
    assert len(site.requests) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(["10.0.0.1"], id="private"),
        pytest.param(["93.184.215.14", "10.0.0.5"], id="one-of-two"),
        pytest.param(["93.184.215.14"] * 64 + ["127.0.0.1"], id="the-last-of-many"),
        pytest.param(["2606:4700::1", "::1"], id="ipv6"),
        pytest.param(["::ffff:169.254.169.254"], id="mapped"),
    ],
)
async def test_a_name_with_any_private_answer_is_told_like_one_without_an_address(
    answers: list[str],
) -> None:
    with pytest.raises(Unreachable) as missing:
        await resolving([]).fetch("http://news.example.com/")
    with pytest.raises(Unreachable) as private:
        await resolving(answers).fetch("http://news.example.com/")

    assert private.value.message == missing.value.message
    assert private.value.verdict == missing.value.verdict


async def failing(_host: str, _port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("host", ["news.example.com", "example.invalid"])
async def test_a_name_that_nobody_knows_is_a_site_that_is_not_found(host: str) -> None:
    with pytest.raises(Unreachable, match="No public website was found") as caught:
        await Fetcher(lookup=failing).fetch(f"https://{host}/story")

    assert reason(caught.value) is Reason.DNS
    assert host not in caught.value.message


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "wiki.corp", "10.0.0.1"])
async def test_an_address_that_is_private_by_itself_is_no_public_one(host: str) -> None:
    with pytest.raises(Refused, match="not a public web address"):
        await Fetcher(lookup=failing).fetch(f"http://{host}/")


async def test_a_name_is_looked_up_once_for_a_connection() -> None:
    fetcher = resolving(["93.184.215.14"])  # a second look-up would have no answer left

    with pytest.raises(Unreachable):  # no test connects to a public address
        await fetcher.fetch("http://news.example.com/")


def test_the_address_that_is_dialled_is_checked_once_more() -> None:
    with pytest.raises(NotFetched):
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80)))


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,deflate", "x-packed"])
async def test_nested_and_unknown_encodings_are_not_unpacked(site: Site, encoding: str) -> None:
    async def packed(_: web.Request) -> web.Response:
        body = gzip.compress(gzip.compress(b"x"))
        return web.Response(body=body, headers={"Content-Encoding": encoding})

    with pytest.raises(Unreadable) as caught:
        await site.fetcher.fetch(site.answer("/a", packed))

    assert reason(caught.value) is Reason.ENCODING


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
async def test_a_packed_page_is_limited_by_its_real_size(
    site: Site, pack: Callable[[bytes], bytes]
) -> None:
    async def packed(request: web.Request) -> web.Response:
        size = HTML_LIMIT + (1 if request.query else 0)
        encoding = "gzip" if pack is gzip.compress else "deflate"
        headers = {"Content-Type": "text/html", "Content-Encoding": encoding}
        return web.Response(body=pack(b"a" * size), headers=headers)

    url = site.answer("/a", packed)

    assert len((await site.fetcher.fetch(url)).body) == HTML_LIMIT
    with pytest.raises(Unreadable) as caught:
        await site.fetcher.fetch(f"{url}?more")
    assert reason(caught.value) is Reason.TOO_LARGE


async def test_a_site_that_drips_is_left_at_the_deadline(site: Site) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"a")
            await asyncio.sleep(0.01)

    fetcher = Fetcher(frozenset({site.host}), deadline=0.2)

    with pytest.raises(Unreachable) as caught:
        await fetcher.fetch(site.answer("/a", drip))
    assert "in time" in caught.value.message


async def test_nobody_listening_is_a_fault_of_the_network() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(Unreachable):
            await Fetcher(frozenset({host})).fetch(f"http://{host}/")
