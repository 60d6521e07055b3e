"""The safety net: the text in a page's own paragraph tags, if the extractor lost most of it.

An extractor looks for one container, and some sites spread an article over several. The net is
used only where it is much longer and holds nearly all that the extractor found; on the news
pages of the benchmark it never is (0 of 36), and it brings back articles that were cut to a
third.
"""

import re
from collections import Counter

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

_BESIDE = frozenset({
    "aside", "button", "figcaption", "figure", "footer", "form", "header", "nav", "noscript",
})  # fmt: skip
_BESIDE_CLASS = re.compile(
    r"comment|related|footer|newsletter|promo|sidebar|cookie|consent|paywall", re.IGNORECASE
)
_IN_PARAGRAPHS = etree.XPath("//p//text()", smart_strings=False)
_LONGER = 1.5
_LONGER_BY = 200
_HELD = 0.9


def with_net(text: str, tree: HtmlElement) -> str:
    """``text``, or the paragraphs of ``tree`` if most of them were lost."""
    enough = _LONGER * len(text) + _LONGER_BY
    if sum(map(len, _IN_PARAGRAPHS(tree))) <= enough or len(found := _paragraphs(tree)) <= enough:
        return text
    return found if _share_held(found, text) >= _HELD else text


def _paragraphs(tree: HtmlElement) -> str:
    beside = {
        element
        for element in tree.iter()
        if element.tag in _BESIDE
        or _BESIDE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    }
    texts = (
        " ".join(paragraph.text_content().split())
        for paragraph in tree.iter("p")
        if beside.isdisjoint(paragraph.iterancestors()) and _is_prose(paragraph)
    )
    return "\n".join(filter(None, texts))


def _is_prose(paragraph: HtmlElement) -> bool:
    linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
    return bool(2 * linked <= len(paragraph.text_content()))


def _share_held(found: str, text: str) -> float:
    """The share of the words of ``text`` that ``found`` has too."""
    wanted, there = (Counter(re.findall(r"\w+", each.lower())) for each in (text, found))
    return (wanted & there).total() / max(1, wanted.total())
