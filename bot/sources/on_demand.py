"""The readers of sources and of feeds; what fetches is imported with the first page."""

from collections.abc import Mapping

from bot.service.ports import Attachments, Feeds
from bot.sources.material import Fetched
from bot.sources.reading import SourceReader
from bot.sources.workers import Workers


def reader(allow: frozenset[str], workers: Workers, attachments: Attachments) -> SourceReader:
    """Reads pages, pasted text, and the files that ``attachments`` bring.

    ``allow`` holds hosts of a private network that may be read (`fetching.Fetcher`).
    """

    async def fetch(url: str, public_only: bool) -> Fetched:
        from bot.sources.fetching import Fetcher

        return await Fetcher(allow).fetch(url, public_only)

    return SourceReader(fetch, workers, attachments)


def feeds(allow: frozenset[str], workers: Workers) -> Feeds:
    """Reads feeds; ``allow`` is as in `reader`."""
    from bot.sources.feeds import ACCEPT, FeedReader

    async def fetch(url: str, validators: Mapping[str, str]) -> Fetched:
        from bot.sources.fetching import FEED_AGENT, Fetcher

        fetcher = Fetcher(allow, user_agent=FEED_AGENT, accept=ACCEPT)
        return await fetcher.fetch(url, validators=validators)

    return FeedReader(fetch, workers)
