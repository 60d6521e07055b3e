"""Whatever a site answers, a fetch ends within its limits of time and memory."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.service.errors import SourceError
from bot.sources.fetching import Fetcher
from bot.sources.material import Fetched

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
async def test_a_hostile_answer_ends_in_a_sentence_and_takes_little_memory(abuse: str) -> None:
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
