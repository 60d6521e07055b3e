"""Parses feeds (RSS, RDF, Atom and JSON Feed), or finds the feed that a page links to.

Feeds come from strangers, so this runs in a process of its own (`parser_processes`). Bytes are
decoded as those of pages are, since feedparser trusts the label. Of a long feed only both ends are
parsed: an entry takes 0.3 ms (measured), and the newest may be at either end. Cleaning the markup
of entries, which is most of feedparser's work, is turned off, since the markup is dropped here.
"""

import calendar
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import html  # type: ignore[import-untyped]

from bot.briefing.digest import Entry
from bot.service.errors import Unreadable
from bot.sources.addresses import article_key, unwrap
from bot.sources.content import Entries, FeedLink
from bot.sources.files import decode, kind_of, without_invisible

MOST_ENTRIES = 500
_LONGEST_TITLE, _LONGEST_SUMMARY = 300, 1000

_NO_FEED = "There is no feed at this address. Give the address of an RSS, Atom or JSON feed."
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_TYPES = (
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
)  # fmt: skip


def parse_feed(content: bytes, charset: str | None, url: str) -> Entries | FeedLink:
    """Parse the ``content`` of ``url``: the entries if it is a feed, a link if it is a page that
    has one.

    Raises:
        Unreadable: it is neither.
    """
    declared = _DECLARED.match(content[:300])
    label = charset or (declared[1].decode("ascii") if declared else None)
    text = decode(content, label).replace("\0", "").lstrip()
    if text.startswith("{"):
        return _entries_from_json(text, url)
    if kind_of(content) == "html":
        return _feed_link(text, url)
    shortened, left_out = _without_middle(_DECLARATION.sub("", text, count=1))
    found = feedparser.parse(
        io.BytesIO(shortened.encode("utf-8", "replace")),
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not found.get("version") and not found.entries:
        raise _no_feed(url)
    return Entries(_distinct(_entry_from_xml(each, url) for each in found.entries), left_out)


def _without_middle(text: str) -> tuple[str, int]:
    """``text`` without the entries in the middle of a long feed, and their number."""
    ends = [match.end() for match in _END.finditer(text)]
    half = MOST_ENTRIES // 2
    if len(ends) <= MOST_ENTRIES:
        return text, 0
    return text[: ends[half - 1]] + text[ends[-half - 1] :], len(ends) - MOST_ENTRIES


def _entry_from_xml(found: Any, url: str) -> Entry | None:  # noqa: ANN401 - feedparser's own dictionary, of anything
    # The `get` of its own dictionary warns when one of the two stands in for the other.
    when = dict.get(found, "published_parsed") or dict.get(found, "updated_parsed")
    try:
        published = float(calendar.timegm(when)) if when else None
    except (ValueError, OverflowError):
        published = None
    link, name = found.get("link"), found.get("id")
    address = link or (name if str(name).startswith(("http://", "https://")) else "")
    title, summary = found.get("title", ""), found.get("summary", "")
    return _entry(url, str(address), title, summary, published)


def _entries_from_json(text: str, url: str) -> Entries:
    """https://www.jsonfeed.org/version/1.1/"""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise _no_feed(url) from None
    items = feed.get("items")
    if "jsonfeed.org/version/" not in str(feed.get("version")) or not isinstance(items, list):
        raise _no_feed(url)
    half = MOST_ENTRIES // 2
    left_out = max(0, len(items) - MOST_ENTRIES)
    kept = [*items[:half], *items[-half:]] if left_out else items
    entries = (_entry_from_json(each, url) for each in kept if isinstance(each, dict))
    return Entries(_distinct(entries), left_out)


def _entry_from_json(item: dict[str, object], url: str) -> Entry | None:
    def text(*names: str) -> str:
        return next((value for n in names if isinstance(value := item.get(n), str) and value), "")

    try:
        when = datetime.fromisoformat(text("date_published", "date_modified"))
        published = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        published = None
    summary = text("summary", "content_text", "content_html")
    return _entry(url, text("url", "external_url"), text("title"), summary, published)


def _distinct(entries: Iterator[Entry | None]) -> tuple[Entry, ...]:
    """The entries without repeated articles, whatever their ids and addresses."""
    found: dict[str, Entry] = {}
    titles: set[str] = set()
    for entry in entries:
        if entry is None or entry.key in found or entry.title in titles:
            continue
        found[entry.key] = entry
        titles.update({entry.title} if entry.title else ())
    return tuple(found.values())


def _entry(url: str, link: str, title: str, summary: str, published: float | None) -> Entry | None:
    """The entry of the feed at ``url``; None if its ``link`` leads nowhere."""
    try:
        address = urljoin(url, link.strip())
        is_elsewhere = urlsplit(address).netloc != urlsplit(url).netloc
    except ValueError:
        return None
    if not link.strip() or not address.startswith(("http://", "https://")):
        return None
    return Entry(
        address,
        article_key(address),
        _plain(title, _LONGEST_TITLE),
        _plain(summary, _LONGEST_SUMMARY),
        published,
        public_only=is_elsewhere or unwrap(address) != address,
    )


def _plain(markup: str, most: int) -> str:
    """The words of ``markup`` on one line, at most ``most`` characters."""
    text = markup[: 20 * most]
    if "<" in text or "&" in text:
        try:
            text = str(html.fragment_fromstring(text, create_parent=True).text_content())
        except (ValueError, html.etree.LxmlError):
            text = re.sub(r"<[^>]*>?", " ", text)
    return " ".join(without_invisible(text).split())[:most].strip()


def _feed_link(page: str, url: str) -> FeedLink:
    """The first feed that ``page`` links to."""
    try:
        links = html.fromstring(page).iter("link")
    except (ValueError, html.etree.LxmlError):
        raise _no_feed(url) from None
    for link in links:
        is_feed = (link.get("type") or "").lower().split(";")[0].strip() in _TYPES
        if is_feed and "alternate" in (link.get("rel") or "").lower() and link.get("href"):
            return FeedLink(urljoin(url, link.get("href").strip()))
    raise _no_feed(url)


def _no_feed(url: str) -> Unreadable:
    return Unreadable(_NO_FEED, source=url, verdict="not_feed")
