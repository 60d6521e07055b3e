"""What is fetched, and what is extracted from it. It imports no library, so it is quick to load."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.briefing.digest import Entry
from bot.briefing.documents import Span

PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
"""The media types of a page; a missing one counts as a page, as in browsers."""


@dataclass(frozen=True)
class Fetched:
    """An HTTP response: ``url`` is the address after redirects, ``headers`` have names in lower
    case, ``content_type`` is the media type in lower case without parameters, ``charset`` its
    parameter, ``body`` is decompressed. ``is_public`` is False if the operator had to allow the
    host."""

    url: str
    status: int
    headers: Mapping[str, str]
    content_type: str
    body: bytes
    charset: str | None = None
    is_public: bool = True


@dataclass(frozen=True)
class Markup:
    """A page or an HTML file, decoded. A file has no ``url``."""

    html: str
    url: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Article:
    """The visible text of a page or a file, and what it says about itself.

    ``published`` is an ISO date; ``verdict`` is `article`, or what `refusals` or `files` have a
    sentence for; ``pages`` are spans of the text, none where there are no pages.
    """

    text: str
    verdict: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: Literal["stated", "dateline", "about"] | None = None
    canonical: str | None = None
    has_more: bool = False
    pages: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Entries:
    """The entries of a feed in its order, each article once; ``left_out`` counts those dropped from
    the middle of a long feed."""

    entries: tuple[Entry, ...]
    left_out: int = 0


@dataclass(frozen=True)
class FeedLink:
    """The address of the feed that a page links to."""

    url: str


Fetch = Callable[[str, bool], Awaitable[Fetched]]
"""Fetches an address; with True only from the public web."""
