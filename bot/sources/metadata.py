"""Reads what a page says about itself in JSON-LD and meta tags.

Nothing else counts as known: dates found elsewhere, in pages that state none, were wrong for every
second page.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape

from lxml.html import HtmlElement  # type: ignore[import-untyped]

_FIRST_YEAR = 1500  # systems write the year 1 for an unknown date
_ARTICLE = re.compile(r"Article$|Posting$|^Report$")

# In the order of trust; https://ogp.me/#type_article and what publishers' systems write.
_DATE_TAGS = (
    "article:published_time", "datepublished", "dc.date.issued", "dc.date", "pubdate", "date",
)  # fmt: skip


class PageMetadata:
    """What a page says about itself.

    ``published`` is an ISO date in the page's own time zone; ``is_article``: it calls itself an
    article; ``kinds`` are the types in its JSON-LD. ``is_free`` is None if it doesn't say; ``tier``
    is `locked` or `metered` if it says that people pay. ``body`` is the text in its JSON-LD,
    ``word_count`` the length that it states. ``canonical`` is its canonical address; ``has_more``:
    it links to a next page.
    """

    def __init__(self, tree: HtmlElement) -> None:
        tags = _tags(tree)
        nodes = list(_nodes(tree))
        article = next((node for node in nodes if _is_article(node)), {})
        dates = [_text(article.get("datePublished")), *(tags.get(name) for name in _DATE_TAGS)]
        self.title = _text(article.get("headline")) or tags.get("og:title")
        self.outlet = tags.get("og:site_name") or _text(article.get("publisher"))
        self.published = next((day for text in dates if (day := _iso_date(text))), None)
        self.is_article = bool(article) or tags.get("og:type") == "article"
        self.kinds = frozenset(kind for node in nodes for kind in _kinds(node))
        self.is_free = next((free for each in nodes if (free := _is_free(each)) is not None), None)
        self.tier = _tier(tags)
        self.body = _body(article.get("articleBody"))
        self.word_count = _count(article.get("wordCount"))
        self.canonical = _canonical(tree) or tags.get("og:url")
        self.has_more = bool(tree.xpath("//link[@rel='next' and @href]"))


def drop_article_bodies(tree: HtmlElement) -> None:
    """Remove JSON-LD with the article's text from ``tree``, for a page that isn't free to read."""
    for script in list(tree.iter("script")):
        if "ld+json" in (script.get("type") or "") and "articleBody" in (script.text or ""):
            script.drop_tree()


def _tags(tree: HtmlElement) -> dict[str, str]:
    """The contents of the meta tags by their lower-case name, the first of each."""
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = " ".join((tag.get("content") or "").split())
        if content:
            tags.setdefault(name.lower(), content)
    return tags


def _nodes(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Every object in the page's JSON-LD, outermost first."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                yield from _objects(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
        yield from _objects(value.get("mainEntity"))
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _is_article(node: dict[str, object]) -> bool:
    return any(map(_ARTICLE.search, _kinds(node)))


def _kinds(node: dict[str, object]) -> list[str]:
    kinds = node.get("@type")
    listed: Iterable[object] = kinds if isinstance(kinds, list) else (kinds,)
    return [kind for kind in listed if isinstance(kind, str)]


def _is_free(node: dict[str, object]) -> bool | None:
    """https://developers.google.com/search/docs/appearance/structured-data/paywalled-content"""
    said = node.get("isAccessibleForFree")
    if said is None or not (_is_article(node) or "WebPage" in _kinds(node)):
        return None
    return str(said).strip().lower() not in {"false", "no", "0"}


def _tier(tags: dict[str, str]) -> str | None:
    said = (tags.get("article:content_tier") or "").lower()
    return said if said in {"locked", "metered"} else None


def _body(value: object) -> str | None:
    """The text of an article as lines, without the tags that some pages leave in it."""
    if not isinstance(value, str):
        return None
    plain = re.sub(r"<[^>]{1,200}>", " ", unescape(value)) if "<" in unescape(value) else value
    lines = (" ".join(line.split()) for line in unescape(plain).splitlines())
    return "\n".join(filter(None, lines)) or None


def _count(value: object) -> int | None:
    digits = re.fullmatch(r"\s*(\d{1,6})\s*", str(value))
    return int(digits[1]) if digits else None


def _canonical(tree: HtmlElement) -> str | None:
    """The canonical address of the page; None if it names several."""
    named = {link.get("href") for link in tree.xpath("//link[@rel='canonical' and @href]")}
    return str(named.pop()).strip() if len(named) == 1 else None


def _text(value: object) -> str | None:
    """A JSON-LD value as text: itself, its name, or the first of several."""
    if isinstance(value, list):
        return _text(value[0]) if value else None
    if isinstance(value, dict):
        return _text(value.get("name"))
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _iso_date(text: str | None) -> str | None:
    try:
        day = date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
    return day.isoformat() if day.year >= _FIRST_YEAR else None
