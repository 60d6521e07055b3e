"""What article stands in a page.

This is the only module that imports trafilatura: of the seventeen extractors that were compared
it lost and added the least on news pages, and its import is slow.
"""

import asyncio
import re
from concurrent.futures import Executor
from html import unescape

import tld
import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.settings import Document as Found

from bot.sources.invisible import without_invisible
from bot.sources.material import Article, Markup
from bot.sources.metadata import Stated, stated
from bot.sources.verdicts import Signs, verdict, verdict_of_status

# What a reader does not see and trafilatura keeps. `display: none` is left to it: taking out
# what opens at a click (accordions) loses real text.
_UNSEEN_STYLE = re.compile(
    r"""(?:^|;)\s*(?:
          font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;!]|$)
        | color\s*:\s*transparent
        | (?:left|top|text-indent)\s*:\s*-\d{3}
        | clip\s*:\s*rect\(\s*0
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ROOTS = "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='___gatsby']"
_WITHOUT_TEXT = ("script", "style", "noscript", "template", "svg", "head")


class PageExtractor:
    """Takes pages apart in ``executor``, because a large one takes seconds."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def __call__(self, markup: Markup) -> Article:
        """The article in ``markup``, with a verdict on it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, article_in, markup)


def article_in(markup: Markup) -> Article:
    """The article in ``markup``, with a verdict on it: a page without one is no error."""
    tree = trafilatura.load_html(markup.html)
    if tree is None:
        found_none = verdict_of_status(markup.status)
        return Article("", "empty" if found_none == "article" else found_none)
    told = stated(tree)
    _drop_unseen(tree)
    found = _extracted(tree, markup.url)
    text = without_invisible(found.text or "").strip()
    outlet = told.outlet or _domain(markup.url)
    title = _plain_title(told.title or found.title, outlet)
    return Article(
        text=_headed(text, title),
        verdict=verdict(_signs(tree, markup, told, text)),
        title=title,
        outlet=outlet,
        author=found.author.replace("; ", ", ") if found.author else None,
        published=told.published or found.date,
        published_basis="stated" if told.published else "about" if found.date else None,
    )


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


def _drop_unseen(tree: HtmlElement) -> None:
    for element in tree.xpath(
        "//template | //*[@hidden and @hidden != 'until-found'] | //*[@style]"
    ):
        unseen = _UNSEEN_STYLE.search(element.get("style") or "")
        if (unseen or element.get("style") is None) and element.getparent() is not None:
            element.drop_tree()


def _domain(url: str | None) -> str | None:
    return tld.get_fld(url, fail_silently=True) if url else None


def _plain_title(title: str | None, outlet: str | None) -> str | None:
    """The title without the name of the outlet that many pages write behind it."""
    plain = " ".join(without_invisible(unescape(title or "")).split())
    if outlet:
        plain = re.sub(rf"\s+[-–—|·:]\s+{re.escape(outlet)}$", "", plain, flags=re.IGNORECASE)
    return plain or None


def _headed(text: str, title: str | None) -> str:
    """``text`` with the title as its first paragraph."""
    if not title or _letters(text[: 2 * len(title) + 100]).startswith(_letters(title)):
        return text
    return f"{title}\n{text}"


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _signs(tree: HtmlElement, markup: Markup, told: Stated, text: str) -> Signs:
    heading = tree.xpath("//head/title | //h1")
    pleas = tree.xpath("string(//body//noscript)")
    return Signs(
        text=text,
        heading="\n".join(" ".join(element.text_content().split()) for element in heading),
        status=markup.status,
        headers=markup.headers,
        declared=told.is_article,
        scripts=len(tree.xpath("//script")),
        has_root=bool(tree.xpath(_ROOTS)),
        has_plea="javascript" in pleas.lower(),
        has_password=bool(tree.xpath("//input[@type='password']")),
        visible=_visible(tree),
    )


def _visible(tree: HtmlElement) -> str:
    """The text that a browser without scripts would show; takes the rest out of ``tree``."""
    etree.strip_elements(tree, etree.Comment, *_WITHOUT_TEXT, with_tail=False)
    return " ".join(" ".join(tree.itertext()).split())
