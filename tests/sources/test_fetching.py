"""Fetching stops at what must not be fetched, what never ends, and what is too large."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.service.errors import Refused, SourceError, Unreachable, Unreadable
from bot.sources.addresses import Forbidden
from bot.sources.content import Fetched
from bot.sources.fetching import HTML_LIMIT, MOST_REDIRECTS, Fetcher, public_socket
from tests.sources.site import Site


class FixedResolver(AbstractResolver):
    """Has one list of addresses for each look-up; an error where none is left."""

    def __init__(self, *answers: list[str]) -> None:
        self._left = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        if not self._left:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in self._left.pop(0)
        ]

    async def close(self) -> None:
        """Nothing is held open."""


def resolving(*answers: list[str]) -> Fetcher:
    resolver = FixedResolver(*answers)
    return Fetcher(resolver=lambda: resolver)


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
async def test_a_redirect_out_of_an_allowed_host_is_refused_in_the_same_words(
    site: Site, location: str
) -> None:
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

    assert "keeps redirecting" in caught.value.message
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
async def test_a_name_with_any_private_answer_is_reported_like_one_without_an_address(
    answers: list[str],
) -> None:
    with pytest.raises(Unreachable) as missing:
        await resolving([]).fetch("http://news.example.com/")
    with pytest.raises(Unreachable) as private:
        await resolving(answers).fetch("http://news.example.com/")

    assert private.value.message == missing.value.message
    assert private.value.verdict == missing.value.verdict


@pytest.mark.parametrize("host", ["news.example.com", "example.invalid"])
async def test_an_unknown_name_is_a_site_that_is_not_found(host: str) -> None:
    with pytest.raises(Unreachable) as caught:
        await resolving().fetch(f"https://{host}/story")

    assert "No public website was found" in caught.value.message
    assert host not in caught.value.message


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "wiki.corp", "10.0.0.1"])
async def test_a_private_address_is_refused(host: str) -> None:
    with pytest.raises(Refused, match="not a public web address"):
        await resolving().fetch(f"http://{host}/")


async def test_a_name_is_looked_up_once_for_a_connection() -> None:
    fetcher = resolving(["93.184.215.14"])  # a second look-up would have no answer left

    with pytest.raises(Unreachable) as caught:  # no test connects to a public address
        await fetcher.fetch("http://news.example.com/")

    assert "No public website" not in caught.value.message


def test_the_address_is_checked_again_when_connecting() -> None:
    with pytest.raises(Forbidden):
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80)))


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,deflate", "x-packed"])
async def test_nested_and_unknown_encodings_are_not_unpacked(site: Site, encoding: str) -> None:
    async def packed(_: web.Request) -> web.Response:
        body = gzip.compress(gzip.compress(b"x"))
        return web.Response(body=body, headers={"Content-Encoding": encoding})

    with pytest.raises(Unreadable) as caught:
        await site.fetcher.fetch(site.answer("/a", packed))

    assert "encoding" in caught.value.message


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
    assert "too large" in caught.value.message


async def test_a_slow_site_is_abandoned_at_the_deadline(site: Site) -> None:
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


async def test_a_refused_connection_is_a_network_failure() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(Unreachable):
            await Fetcher(frozenset({host})).fetch(f"http://{host}/")


# Whatever a site answers, a fetch ends within its limits of time and memory.


_STATM = Path("/proc/self/statm")
_PAGE = 4096
_EXTRA = 50_000_000
_DEADLINE = 0.5

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MOVED = b"HTTP/1.1 302 Found\r\n"


def zeros(packer: "zlib._Compress") -> bytes:
    """10 MB of zeros, packed so that any number of them may follow each other."""
    return packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)


async def bomb(wbits: int, name: bytes) -> AsyncIterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    yield OK + b"Content-Encoding: " + name + b"\r\n\r\n" + zeros(packer)
    again = zeros(packer)
    for _ in range(1000):  # 10 GB
        yield again


async def endless(head: bytes, body: bytes, pause: float = 0) -> AsyncIterator[bytes]:
    yield head
    while True:
        yield body
        await asyncio.sleep(pause)


async def once(answer: bytes) -> AsyncIterator[bytes]:
    yield answer


ABUSES: dict[str, Callable[[], AsyncIterator[bytes]]] = {
    "gzip-bomb-of-10-GB": lambda: bomb(31, b"gzip"),
    "deflate-bomb-of-10-GB": lambda: bomb(15, b"deflate"),
    "gzip-in-gzip": lambda: once(OK + b"Content-Encoding: gzip, gzip, gzip\r\n\r\nx"),
    "endless-body": lambda: endless(OK + b"\r\n", b"a" * 65_536),
    "endless-film-called-a-page": lambda: endless(
        OK + b"Content-Length: 2000000000\r\n\r\n\0\0\0\x18ftypmp42", bytes(65_536)
    ),
    "endless-file": lambda: endless(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\n", b"PK" * 32_768
    ),
    "body-in-drops": lambda: endless(OK + b"\r\n", b"a", 0.05),
    "header-in-drops": lambda: endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"a", 0.05),
    "nothing-at-all": lambda: endless(b"", b"", 0.05),
    "header-of-1-MB": lambda: once(OK + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n"),
    "a-great-many-headers": lambda: once(OK + b"X-A: a\r\n" * 50_000 + b"\r\n"),
    "endless-interim-answers": lambda: endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.001),
    "address-of-100-kB": lambda: once(
        MOVED + b"Location: http://a.example/" + b"a" * 100_000 + b"\r\n\r\n"
    ),
    "two-lengths": lambda: once(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello"),
    "shorter-than-it-says": lambda: once(OK + b"Content-Length: 5000\r\n\r\nhello"),
    "longer-than-it-says": lambda: once(OK + b"Content-Length: 5\r\n\r\nhello and more"),
    "packing-that-is-none": lambda: once(OK + b"Content-Encoding: gzip\r\n\r\nhello"),
    "no-http": lambda: once(b"SSH-2.0-OpenSSH_9.6\r\n"),
}


@pytest.mark.parametrize("abuse", ABUSES)
async def test_a_hostile_response_ends_in_a_sentence_and_takes_little_memory(abuse: str) -> None:
    async with answering(ABUSES[abuse]) as url, watched() as most:
        with pytest.raises(SourceError) as caught:
            await fetched(url)

    assert "aste" in caught.value.message or "public web" in caught.value.message
    assert most() < _EXTRA


async def test_the_body_of_a_redirect_is_not_read() -> None:
    moved = endless(MOVED + b"Location: /b\r\nSet-Cookie: a=b\r\n\r\n", b"a" * 65_536)
    answers = iter([moved, once(OK + b"\r\n<p>here")])

    async with answering(lambda: next(answers)) as url, watched() as most:
        assert (await fetched(url)).body == b"<p>here"

    assert most() < _EXTRA


async def fetched(url: str) -> Fetched:
    host = url.removeprefix("http://").partition("/")[0]
    return await Fetcher(frozenset({host}), deadline=_DEADLINE).fetch(url)


@asynccontextmanager
async def answering(abuse: Callable[[], AsyncIterator[bytes]]) -> AsyncIterator[str]:
    answering: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        answering.add(task)
        try:
            await reader.readuntil(b"\r\n\r\n")
            async for part in abuse():
                writer.write(part)
                await writer.drain()
            writer.close()
            await writer.wait_closed()
        except (ConnectionError, asyncio.CancelledError):
            writer.transport.abort()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/a"
    finally:
        server.close()
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)
        await asyncio.sleep(0)  # for the transports to end


@asynccontextmanager
async def watched() -> AsyncIterator[Callable[[], int]]:
    """What the process took at most, in bytes above what it had."""
    before, most = resident(), 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, resident() - before)
            await asyncio.sleep(0.002)

    watching = asyncio.create_task(watch())
    try:
        yield lambda: most
    finally:
        watching.cancel()


def resident() -> int:
    return int(_STATM.read_text().split()[1]) * _PAGE if _STATM.exists() else 0
