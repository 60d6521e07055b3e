"""Feeds: fetches what is new in them.

One request brings a feed, or says that it hasn't changed; then the stored entries are used. If a
server says so for a week, the whole feed is requested once: some servers say so for ever.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.service.errors import SourceError, Unreachable, Unreadable
from bot.service.ports import Feed
from bot.sources.content import Entries, FeedLink, Fetched
from bot.sources.parser_processes import ParserProcesses

ACCEPT_FEEDS: Final = (
    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,"
    "text/xml;q=0.9,text/html;q=0.8,*/*;q=0.5"
)
LONGEST_UNCHANGED: Final = 7 * 86_400.0
"""For how many seconds a server is believed when it says that nothing has changed."""

_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_LONGEST_VALIDATOR = 500
_PARSER = "bot.sources.feed_entries:parse_feed"

FetchFeed = Callable[[str, Mapping[str, str]], Awaitable[Fetched]]
"""Fetches an address with additional headers."""


class FeedReader:
    """Reads feeds (`ports.Feeds`)."""

    def __init__(self, fetch: FetchFeed, parsers: ParserProcesses) -> None:
        self._fetch = fetch
        self._parsers = parsers

    async def read(self, url: str, kept: Feed | None, now: float) -> Feed:
        try:
            return await self._read(url, kept, now)
        except SourceError as error:
            # Pasting the text, which is advised for articles, doesn't help with a feed.
            error.message, error.source = error.message.partition(" Paste ")[0], url
            raise

    async def _read(self, url: str, kept: Feed | None, now: float) -> Feed:
        is_fresh = kept is not None and 0 <= now - kept.read < LONGEST_UNCHANGED
        location = kept.location if kept else url
        fetched = await self._fetch(location, kept.validators if kept and is_fresh else {})
        if fetched.status == 304 and kept and is_fresh:
            return kept
        found = await self._entries(fetched, url)
        if isinstance(found, FeedLink):
            location = found.url
            fetched = await self._fetch(location, {})
            found = await self._entries(fetched, url)
        if isinstance(found, FeedLink):  # a page that links to a page
            raise Unreadable(_PAGE, source=url, verdict="not_feed")
        return Feed(url, location, found.entries, _validators(fetched), now, found.left_out)

    async def _entries(self, fetched: Fetched, url: str) -> Entries | FeedLink:
        if fetched.status != 200:
            raise _status_error(fetched.status, url)
        found: Entries | FeedLink = await self._parsers.run(
            fetched.url, _PARSER, fetched.body, fetched.charset, fetched.url
        )
        return found


def _validators(fetched: Fetched) -> Mapping[str, str]:
    validators = {sent: fetched.headers.get(name, "") for name, sent in _VALIDATORS.items()}
    return {
        name: value for name, value in validators.items() if 0 < len(value) < _LONGEST_VALIDATOR
    }


_PAGE = "The page links to a feed, but that address has another page, not a feed."
_GONE = "There is no feed at this address any more. Look for its new address on the site."
_KEPT_OUT = "The site doesn’t let Readout read its feed."
_BROKEN = "The site reported an error."
_UNCHANGED = "The site only says that nothing has changed, although the whole feed was requested."


def _status_error(status: int, url: str) -> SourceError:
    if status == 304:
        return Unreachable(_UNCHANGED, source=url, verdict="error")
    if status >= 500:
        return Unreachable(_BROKEN, source=url, verdict="error")
    if status in (404, 410):
        return Unreadable(_GONE, source=url, verdict="error")
    return Unreadable(_KEPT_OUT, source=url, verdict="blocked")
