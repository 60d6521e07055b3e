"""What a page states about itself, in JSON-LD and in meta tags.

Only what is stated there counts as known: a date found elsewhere in a page was invented for
every second page that has none.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ARTICLE = re.compile(r"Article$|Posting$|^Report$")

# In the order of trust; https://ogp.me/#type_article and what publishers' systems write.
_DATE_TAGS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)


@dataclass(frozen=True)
class Stated:
    """``published`` is an ISO date in the page's own time zone; ``is_article`` tells that it
    calls itself one."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    is_article: bool = False


def stated(tree: HtmlElement) -> Stated:
    """What the page states about itself."""
    tags = _tags(tree)
    nodes = list(_nodes(tree))
    article = next((node for node in nodes if _is_article(node)), {})
    dates = [_text(article.get("datePublished")), *(tags.get(name) for name in _DATE_TAGS)]
    return Stated(
        title=_first(_text(article.get("headline")), tags.get("og:title")),
        outlet=_first(tags.get("og:site_name"), _text(article.get("publisher"))),
        published=next((day for text in dates if (day := _iso_date(text))), None),
        is_article=bool(article) or tags.get("og:type") == "article",
    )


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
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _is_article(node: dict[str, object]) -> bool:
    kinds = node.get("@type")
    listed: Iterable[object] = kinds if isinstance(kinds, list) else (kinds,)
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in listed)


def _text(value: object) -> str | None:
    """A JSON-LD value as text: itself, its name, or the first of several."""
    if isinstance(value, list):
        return _text(value[0]) if value else None
    if isinstance(value, dict):
        return _text(value.get("name"))
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _first(*texts: str | None) -> str | None:
    return next((text for text in texts if text), None)


def _iso_date(text: str | None) -> str | None:
    try:
        return date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None
