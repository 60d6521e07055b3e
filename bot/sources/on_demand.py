"""The readers of sources and of feeds; their libraries are imported when they are first needed.

The fetcher is imported with the first page; the extractor and the parsers never are in this
process, only in those that take pages and files apart.
"""

from collections.abc import Callable, Mapping
from pkgutil import resolve_name

from bot.service.ports import Attachments, Feeds
from bot.sources.files import FILE_KINDS
from bot.sources.material import Article, Elsewhere, Entries, Fetched, Markup
from bot.sources.reading import SourceReader
from bot.sources.workers import Workers


def reader(allow: frozenset[str], workers: Workers, attachments: Attachments) -> SourceReader:
    """Reads pages, pasted text, and the files that ``attachments`` bring.

    ``allow`` holds hosts of a private network that may be read (`fetching.Fetcher`).
    """

    async def fetch(url: str, public_only: bool) -> Fetched:
        from bot.sources.fetching import Fetcher

        return await Fetcher(allow).fetch(url, public_only)

    async def extract(markup: Markup) -> Article:
        return await workers.run(markup.url or "the file", extracted, markup)

    async def parse(content: bytes, kind: str, name: str) -> Article:
        return await workers.run(name, taken_apart, content, kind)

    return SourceReader(fetch=fetch, extract=extract, parse=parse, attachments=attachments)


def feeds(allow: frozenset[str], workers: Workers) -> Feeds:
    """Reads feeds; ``allow`` is as in `reader`."""
    from bot.sources.feeds import ACCEPT, FeedReader

    async def fetch(url: str, validators: Mapping[str, str]) -> Fetched:
        from bot.sources.fetching import FEED_AGENT, Fetcher

        fetcher = Fetcher(allow, user_agent=FEED_AGENT, accept=ACCEPT)
        return await fetcher.fetch(url, validators=validators)

    async def parse(content: bytes, charset: str | None, url: str) -> Entries | Elsewhere:
        return await workers.run(url, listed, content, charset, url)

    return FeedReader(fetch, parse)


def extracted(markup: Markup) -> Article:
    """The article in ``markup``: what a worker does."""
    from bot.sources.pages import article_in

    return article_in(markup)


def taken_apart(content: bytes, kind: str) -> Article:
    """The text in a file of that kind, or a verdict that `files` has a sentence for: what a worker
    does."""
    parser: Callable[[bytes], Article] = resolve_name(FILE_KINDS[kind].parser)
    return parser(content)


def listed(content: bytes, charset: str | None, url: str) -> Entries | Elsewhere:
    """The entries of a feed: what a worker does."""
    from bot.sources.feed_entries import entries_in

    return entries_in(content, charset, url)
