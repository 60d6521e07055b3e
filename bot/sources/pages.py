"""The article on a page.

This is the only module that imports trafilatura: of the seventeen extractors we compared, it lost
and added the least on news pages, and its import is slow.
"""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urljoin, urlsplit

import tld
import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.settings import Document as Found

from bot.briefing.words import count_words
from bot.sources.invisible import without_invisible
from bot.sources.material import Article, Markup
from bot.sources.metadata import Stated, stated, without_bodies
from bot.sources.paragraphs_of_pages import with_net
from bot.sources.refusals import BRIEFED, verdict_of_status
from bot.sources.signs import signs_of
from bot.sources.teasers import free_part
from bot.sources.unseen import drop_unseen
from bot.sources.verdicts import verdict

# The parser drops what lies deeper than this, and all that follows.
_IS_CUT_OFF = etree.XPath("boolean(//*[count(ancestor::*) >= 255])")


def article_in(markup: Markup) -> Article:
    """The article in ``markup``, with a verdict on it: a page without one is no error."""
    tree = trafilatura.load_html(markup.html)
    if tree is None:
        found_none = verdict_of_status(markup.status)
        return Article("", "empty" if found_none == "article" else found_none)
    is_cut_off = _IS_CUT_OFF(tree)
    told = stated(tree)
    drop_unseen(tree)
    if told.is_free is False:
        without_bodies(tree)
    found = _extracted(tree, markup.url)
    text = without_invisible(with_net(found.text or "", tree)).strip()
    signs = signs_of(tree, markup, told, text)
    if _is_in_json_alone(told, signs.visible):
        text = without_invisible(told.body or "")
        signs = replace(signs, text=text, visible=text)
    judged = verdict(signs)
    if is_cut_off and judged in BRIEFED | {"empty", "thin"}:
        return Article("", "too_deep")
    return replace(
        _described(found, told, markup),
        text=free_part(text) if judged == "teaser" else text,
        verdict=judged,
    )


def _described(found: Found, told: Stated, markup: Markup) -> Article:
    """What is known of the article, without its text."""
    outlet = told.outlet or _domain(markup.url)
    return Article(
        text="",
        verdict="",
        title=_plain_title(told.title or found.title, outlet),
        outlet=outlet,
        author=found.author.replace("; ", ", ") if found.author else None,
        published=told.published or found.date,
        published_basis="stated" if told.published else "about" if found.date else None,
        canonical=_own_address(told.canonical, markup.url),
        has_more=told.has_more,
    )


def _is_in_json_alone(told: Stated, visible: str) -> bool:
    """Whether the page holds its text for search engines and its own scripts alone, freely."""
    if told.body is None or told.is_free is False:
        return False
    return count_words(told.body) >= 50 and 2 * count_words(visible) < count_words(told.body)


def _own_address(canonical: str | None, url: str | None) -> str | None:
    """The address that the page gives itself, if it may be believed: on its own registrable
    domain and no start page. Of 982 pages 46 name another domain, and those who lead to a start
    page mean their site."""
    try:
        address = urljoin(url or "", canonical) if canonical else ""
        parts = urlsplit(address)
    except ValueError:
        return None
    is_start = parts.path in {"", "/"} and not parts.query
    is_own = parts.scheme in {"http", "https"} and _domain(address) == _domain(url)
    return address if is_own and not is_start else None


def _extracted(tree: HtmlElement, url: str | None) -> Found:
    found = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if isinstance(found, Found) else Found()


def _domain(url: str | None) -> str | None:
    """The registrable domain, or the host where there is none."""
    return (tld.get_fld(url, fail_silently=True) or urlsplit(url).hostname) if url else None


def _plain_title(title: str | None, outlet: str | None) -> str | None:
    """The title without the name of the outlet that many pages write behind it."""
    plain = " ".join(without_invisible(unescape(title or "")).split())
    if outlet:
        plain = re.sub(rf"\s+[-–—|·:]\s+{re.escape(outlet)}$", "", plain, flags=re.IGNORECASE)
    return plain or None
