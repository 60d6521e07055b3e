"""What passes between the parts of this folder: no vendor, so that importing it costs nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.briefing.digest import Entry
from bot.briefing.documents import Span

PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
"""The media types of a page; one that does not say is taken for a page, as browsers do."""


@dataclass(frozen=True)
class Fetched:
    """What an address brought: ``url`` is where it was found after redirects, ``headers`` have
    names in lower case, ``content_type`` is the media type in lower case without parameters,
    ``charset`` is what came with it, ``body`` is decompressed; ``is_public``: it came from no host
    that the operator allowed."""

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
    """What was found in a page or a file: its visible text and what it says about itself.

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
    """The entries of a feed in its order, an article once; ``left_out`` counts those in the middle
    of a long feed."""

    entries: tuple[Entry, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Elsewhere:
    """That a page names a feed, and its address."""

    url: str


Fetch = Callable[[str, bool], Awaitable[Fetched]]
"""Brings what an address holds; with True from the public web alone."""
