"""Builds the readers of sources and of feeds; the HTTP client is imported with the first page."""

from collections.abc import Mapping

from bot.service.ports import Attachments, Feeds
from bot.sources.content import Fetched
from bot.sources.parser_processes import ParserProcesses
from bot.sources.reading import SourceReader


def source_reader(
    allow: frozenset[str], parsers: ParserProcesses, attachments: Attachments
) -> SourceReader:
    """A reader of pages, pasted text, and the files from ``attachments``.

    ``allow`` has hosts of a private network that may be read (`fetching.Fetcher`).
    """

    async def fetch(url: str, public_only: bool) -> Fetched:
        from bot.sources.fetching import Fetcher

        return await Fetcher(allow).fetch(url, public_only)

    return SourceReader(fetch, parsers, attachments)


def feed_reader(allow: frozenset[str], parsers: ParserProcesses) -> Feeds:
    """A reader of feeds; ``allow`` is as in `source_reader`."""
    from bot.sources.feeds import ACCEPT_FEEDS, FeedReader

    async def fetch(url: str, validators: Mapping[str, str]) -> Fetched:
        from bot.sources.fetching import FEED_USER_AGENT, Fetcher

        fetcher = Fetcher(allow, user_agent=FEED_USER_AGENT, accept=ACCEPT_FEEDS)
        return await fetcher.fetch(url, validators=validators)

    return FeedReader(fetch, parsers)
