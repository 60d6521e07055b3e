"""Fetches pages and files, but only from addresses that may be read.

It uses aiohttp because its resolver and its socket factory are public: a name is looked up once,
every answer is checked, and the address that is connected to is checked again. Redirects are
followed here, each through the same checks on a new connection.
"""

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot import __version__
from bot.service.errors import Refused, SourceError, Unreachable, Unreadable
from bot.sources.addresses import CheckedUrl, Forbidden, check_ip, check_url, is_public
from bot.sources.content import PAGE_TYPES, Fetched
from bot.sources.files import FILE_LIMIT
from bot.sources.refusals import PASTE_INSTEAD

HTML_LIMIT: Final = 5_000_000
MOST_REDIRECTS: Final = 5
MOST_ANSWERS: Final = 8
USER_AGENT: Final = f"Readout/{__version__} (reads one page when a person asks for it)"
FEED_USER_AGENT: Final = f"Readout/{__version__} (reads feeds that people chose)"
ACCEPT_PAGES: Final = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})

_log = logging.getLogger(__name__)


class Fetcher:
    """Fetches pages and files for people who asked for them.

    ``allow`` has hosts of a private network that may be read, as in `check_url`: only if the
    asker typed them, or they redirect to themselves. ``resolver`` looks up names; ``deadline`` is
    the time in seconds for the whole chain of redirects.
    """

    def __init__(
        self,
        allow: frozenset[str] = frozenset(),
        *,
        user_agent: str = USER_AGENT,
        accept: str = ACCEPT_PAGES,
        resolver: Callable[[], AbstractResolver] = aiohttp.ThreadedResolver,
        deadline: float = 20.0,
    ) -> None:
        self._allow = allow
        self._resolver = resolver
        self._deadline = deadline
        self._headers = {
            "User-Agent": user_agent,
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
        }

    async def fetch(
        self,
        url: str,
        public_only: bool = False,  # noqa: FBT002 - a port
        validators: Mapping[str, str] | None = None,
    ) -> Fetched:
        """Fetch ``url``, whatever its status; with ``public_only`` ``allow`` doesn't apply.

        ``validators`` are the headers of a conditional request, which may bring status 304.

        Raises:
            Refused: it must not be fetched, or redirects to what must not be.
            Unreachable: no public address, no answer in time, TLS, too many redirects.
            Unreadable: it is too large, or packed in a way that is not unpacked.
        """
        allow = frozenset[str]() if public_only else self._allow
        try:
            async with asyncio.timeout(self._deadline):
                return await self._follow(check_url(url, allow), validators)
        except SourceError as error:
            error.source = url
            raise
        except (Forbidden, aiohttp.ClientError, OSError) as error:
            _log.info("a page was not fetched: %s", type(error).__name__)
            raise _source_error(error, url) from error

    async def _follow(self, url: CheckedUrl, validators: Mapping[str, str] | None) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            found = await self._request(url, validators)
            if isinstance(found, Fetched):
                return replace(found, is_public=not url.is_allowed)
            url = found
        raise Unreachable(_ENDLESS, source=url.url)

    async def _request(
        self, url: CheckedUrl, validators: Mapping[str, str] | None
    ) -> Fetched | CheckedUrl:
        """The response to one request, or where it is redirected to."""
        async with (
            self._session(url) as session,
            session.get(
                URL(url.url, encoded=True), allow_redirects=False, headers=validators
            ) as response,
        ):
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                return redirect_target(url, location)
            return await _download(url, response)

    def _session(self, url: CheckedUrl) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=None if url.is_allowed else _PublicResolver(self._resolver()),
            socket_factory=None if url.is_allowed else public_socket,
            use_dns_cache=False,
            force_close=True,
        )
        return aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=5, sock_connect=5, sock_read=10),
        )


def redirect_target(url: CheckedUrl, location: str) -> CheckedUrl:
    """Where a redirect from ``url`` leads.

    Raises:
        Forbidden: it must not be fetched.
    """
    try:
        target = urljoin(url.url, location)
    except ValueError as error:
        raise Forbidden(location) from error
    return check_url(target, url.allowed_for_redirects)


def public_socket(address: aiohttp.AddrInfoType) -> socket.socket:
    """A socket for an address that is about to be connected to.

    aiohttp asks no resolver if the host is an IP address already, so this check is needed too.

    Raises:
        Forbidden: the address is not on the public internet.
    """
    family, kind, protocol, _, sockaddr = address
    check_ip(str(sockaddr[0]))
    return socket.socket(family, kind, protocol)


class _PublicResolver(AbstractResolver):
    """Resolves a name once. A name with an address that isn't public is treated like one that
    doesn't exist: people in a channel must not learn which names a private network knows."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # aiohttp's signature
    ) -> list[ResolveResult]:
        try:
            answers = await self._resolver.resolve(host, port, family)
        except OSError as error:
            raise Unreachable(_NO_SITE, source=host) from error
        if not answers or not all(is_public(each["host"]) for each in answers):
            raise Unreachable(_NO_SITE, source=host)
        return answers[:MOST_ANSWERS]

    async def close(self) -> None:
        await self._resolver.close()


async def _download(url: CheckedUrl, response: aiohttp.ClientResponse) -> Fetched:
    encoding = ",".join(response.headers.getall("Content-Encoding", [])).strip().lower()
    if encoding not in _ENCODINGS:
        raise Unreadable(_ENCODED, source=url.url, verdict="unsupported")
    headers = {name.lower(): value for name, value in response.headers.items()}
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    limit = HTML_LIMIT if content_type in PAGE_TYPES else FILE_LIMIT
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > limit:
            raise Unreadable(_TOO_LARGE, source=url.url, verdict="unsupported")
    charset = response.charset
    return Fetched(url.url, response.status, headers, content_type, bytes(body), charset)


_REFUSED = f"This is not a public web address that can be read. {PASTE_INSTEAD}"
_NO_SITE = (
    "No public website was found at this address. Check the link or try again later. "
    + PASTE_INSTEAD
)
_ENDLESS = f"The address keeps redirecting. {PASTE_INSTEAD}"
_ENCODED = f"The site sent it in an encoding that can't be read. {PASTE_INSTEAD}"
_TOO_LARGE = (
    "It is too large: 5 MB of HTML or 20 MB of anything else can be read. Paste the part that "
    "matters, or attach it as a text file."
)


def _source_error(error: Forbidden | aiohttp.ClientError | OSError, url: str) -> SourceError:
    match error:
        case Forbidden():
            return Refused(_REFUSED, source=url)
        case TimeoutError():
            said = "The site did not answer in time. Try again later."
        case aiohttp.ClientSSLError():
            said = "A secure connection to the site failed."
        case _:
            said = "The site could not be reached."
    return Unreachable(f"{said} {PASTE_INSTEAD}", source=url)
