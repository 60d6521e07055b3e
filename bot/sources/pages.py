"""Extracts the article from a page."""

import re
from collections import Counter
from html import unescape
from urllib.parse import urljoin, urlsplit

import tld
import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.settings import Document as Found

from bot.briefing.text import count_words
from bot.sources.content import Article, Markup
from bot.sources.files import without_invisible
from bot.sources.metadata import PageMetadata, drop_article_bodies
from bot.sources.page_verdicts import PageSigns, free_part, verdict
from bot.sources.refusals import BRIEFED_VERDICTS, verdict_of_status

# Remove from a page what a reader doesn't see but an extractor keeps.
#
# `display: none` on an element is left to the extractor, which drops it. This is hygiene, not a
# defence: everything read from a page is data, seen or not.

_STYLE = re.compile(
    r"""(?:^|;)\s*(?:
          font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;!]|$)
        | color\s*:\s*transparent
        | (?:left|right|top|text-indent)\s*:\s*-\d{3}
        | clip\s*:\s*rect\(\s*0
        | clip-path\s*:\s*inset\(\s*(?:50|100)%
        | opacity\s*:\s*0?\.?0+\s*%?\s*(?:[;!]|$)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WHITE = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:white|#fff(?:fff)?|rgb\(255,\s*255,\s*255\))\s*(?:[;!]|$)",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!white|#fff|none|transparent)", re.IGNORECASE
)
_FOR_SCREEN_READERS = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only",
    "u-hidden-visually", "element-invisible",
})  # fmt: skip

# A rule of a style sheet in the page whose selectors are plain classes or ids; rules for some
# screens only (@media) are ignored.
_AT_BLOCK = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:[a-z]+)?([.#])([\w-]+)", re.IGNORECASE)
_LONGEST_SHEET = 200_000

_MOST_HIDDEN = 0.3
"""A hidden element with a larger share of the page's text is kept: scripts probably show it
later."""


def drop_hidden(tree: HtmlElement) -> None:
    """Remove elements from ``tree`` that a reader doesn't see."""
    page_length = len(tree.text_content())
    classes, names = _hidden_selectors(tree)
    for element in tree.xpath("//template | //*[@hidden or @style or @class or @id]"):
        if element.getparent() is None or element.tag in {"html", "body"}:
            continue
        is_styled = _is_hidden(element) or _is_hidden_by_sheet(element, classes, names)
        if is_styled and len(element.text_content()) <= _MOST_HIDDEN * page_length:
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag == "template" or element.get("hidden", "until-found") != "until-found":
        return True
    style = element.get("style") or ""
    return bool(style) and (_STYLE.search(style) is not None or _is_white_on_white(element, style))


def _is_white_on_white(element: HtmlElement, style: str) -> bool:
    """Whether the text is white, and no element around it sets another background."""
    if not _WHITE.search(style) or _GROUND.search(style):
        return False
    return not any(
        _GROUND.search(above.get("style") or "") or above.get("bgcolor") or above.get("class")
        for above in element.iterancestors("div", "section", "td", "header", "aside", "figure")
    )


def _is_hidden_by_sheet(
    element: HtmlElement, classes: frozenset[str], names: frozenset[str]
) -> bool:
    own_classes = (element.get("class") or "").lower().split()
    return not classes.isdisjoint(own_classes) or element.get("id") in names


def _hidden_selectors(tree: HtmlElement) -> tuple[frozenset[str], frozenset[str]]:
    """The classes and the ids that the page's own style sheets hide."""
    found: dict[str, set[str]] = {".": set(_FOR_SCREEN_READERS), "#": set()}
    sheets = "\n".join(sheet.text or "" for sheet in tree.iter("style"))
    if len(sheets) <= _LONGEST_SHEET:
        for selectors, body in _RULE.findall(_AT_BLOCK.sub("", sheets)):
            if _STYLE.search(body) or _NOT_SHOWN.search(body):
                matches = (_SELECTOR.fullmatch(each.strip()) for each in selectors.split(","))
                for match in filter(None, matches):
                    name = match[2].lower() if match[1] == "." else match[2]
                    found[match[1]].add(name)
    return frozenset(found["."]), frozenset(found["#"])


# A fallback: the text in a page's own paragraph tags, if the extractor lost most of it.
#
# An extractor looks for one container, and some sites spread an article over several. The fallback
# is used only if it is much longer and has nearly all that the extractor found; on the news pages
# of the benchmark it never is (0 of 36), and it restores articles that were cut to a third.

_BOILERPLATE = frozenset({
    "aside", "button", "figcaption", "figure", "footer", "form", "header", "nav", "noscript",
})  # fmt: skip
_BOILERPLATE_CLASS = re.compile(
    r"comment|related|footer|newsletter|promo|sidebar|cookie|consent|paywall", re.IGNORECASE
)
_IN_PARAGRAPHS = etree.XPath("//p//text()", smart_strings=False)
_LONGER = 1.5
_LONGER_BY = 200
_HELD = 0.9


def restore_lost_text(text: str, tree: HtmlElement) -> str:
    """Return ``text``, or the paragraphs of ``tree`` if most of them were lost."""
    enough = _LONGER * len(text) + _LONGER_BY
    if sum(map(len, _IN_PARAGRAPHS(tree))) <= enough or len(found := _paragraphs(tree)) <= enough:
        return text
    return found if _share_contained(found, text) >= _HELD else text


def _paragraphs(tree: HtmlElement) -> str:
    boilerplate = {
        element
        for element in tree.iter()
        if element.tag in _BOILERPLATE
        or _BOILERPLATE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    }
    texts = (
        " ".join(paragraph.text_content().split())
        for paragraph in tree.iter("p")
        if boilerplate.isdisjoint(paragraph.iterancestors()) and _is_prose(paragraph)
    )
    return "\n".join(filter(None, texts))


def _is_prose(paragraph: HtmlElement) -> bool:
    linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
    return bool(2 * linked <= len(paragraph.text_content()))


def _share_contained(found: str, text: str) -> float:
    """The share of the words of ``text`` that are also in ``found``."""
    wanted, there = (Counter(re.findall(r"\w+", each.lower())) for each in (text, found))
    return (wanted & there).total() / max(1, wanted.total())


# This is the only module that imports trafilatura: of the seventeen extractors we compared, it lost
# and added the least on news pages, and its import is slow.

# The parser drops what lies deeper than this, and all that follows.
_IS_CUT_OFF = etree.XPath("boolean(//*[count(ancestor::*) >= 255])")


def parse_page(markup: Markup) -> Article:
    """Extract the article from ``markup``, with a verdict; a page without one is not an error."""
    tree = trafilatura.load_html(markup.html)
    if tree is None:
        found_none = verdict_of_status(markup.status)
        return Article("", "empty" if found_none == "article" else found_none)
    is_cut_off = _IS_CUT_OFF(tree)
    metadata = PageMetadata(tree)
    drop_hidden(tree)
    if metadata.is_free is False:
        drop_article_bodies(tree)
    found = _extract(tree, markup.url)
    text = without_invisible(restore_lost_text(found.text or "", tree)).strip()
    signs = PageSigns(tree, markup, metadata, text)
    if _is_in_json_alone(metadata, signs.visible):
        text = without_invisible(metadata.body or "")
        signs.text = signs.visible = text
    judged = verdict(signs)
    if is_cut_off and judged in BRIEFED_VERDICTS | {"empty", "thin"}:
        return Article("", "too_deep")
    outlet = metadata.outlet or _domain(markup.url)
    return Article(
        text=free_part(text) if judged == "teaser" else text,
        verdict=judged,
        title=_plain_title(metadata.title or found.title, outlet),
        outlet=outlet,
        author=found.author.replace("; ", ", ") if found.author else None,
        published=metadata.published or found.date,
        published_basis="stated" if metadata.published else "about" if found.date else None,
        canonical=_own_address(metadata.canonical, markup.url),
        has_more=metadata.has_more,
    )


def _is_in_json_alone(metadata: PageMetadata, visible: str) -> bool:
    """Whether the text is free to read, but only in JSON for search engines and scripts."""
    if metadata.body is None or metadata.is_free is False:
        return False
    return count_words(metadata.body) >= 50 and 2 * count_words(visible) < count_words(
        metadata.body
    )


def _own_address(canonical: str | None, url: str | None) -> str | None:
    """The page's canonical address, if it is on the page's own registrable domain and isn't a start
    page: of 982 pages 46 named another domain, and those that named a start page meant the site."""
    try:
        address = urljoin(url or "", canonical) if canonical else ""
        parts = urlsplit(address)
    except ValueError:
        return None
    is_start = parts.path in {"", "/"} and not parts.query
    is_own = parts.scheme in {"http", "https"} and _domain(address) == _domain(url)
    return address if is_own and not is_start else None


def _extract(tree: HtmlElement, url: str | None) -> Found:
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
    """The title without the name of the outlet, which many pages append."""
    plain = " ".join(without_invisible(unescape(title or "")).split())
    if outlet:
        plain = re.sub(rf"\s+[-–—|·:]\s+{re.escape(outlet)}$", "", plain, flags=re.IGNORECASE)
    return plain or None
