"""Remove from a page what a reader doesn't see but an extractor keeps.

`display: none` on an element is left to the extractor, which drops it. This is hygiene, not a
defence: everything read from a page is data, seen or not.
"""

import re

from lxml.html import HtmlElement  # type: ignore[import-untyped]

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

# A rule of a style sheet in the page whose selectors are plain classes or ids; what holds for
# some screens alone (@media) is not looked at.
_AT_BLOCK = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:[a-z]+)?([.#])([\w-]+)", re.IGNORECASE)
_LONGEST_SHEET = 200_000

_MOST = 0.3
"""The share of a page's text above which hiding is taken for a way to show it later."""


def drop_unseen(tree: HtmlElement) -> None:
    """Take out of ``tree`` what is not seen."""
    everything = len(tree.text_content())
    classes, names = _hiding(tree)
    for element in tree.xpath("//template | //*[@hidden or @style or @class or @id]"):
        if element.getparent() is None or element.tag in {"html", "body"}:
            continue
        is_styled = _is_unseen(element) or _is_ruled_out(element, classes, names)
        if is_styled and len(element.text_content()) <= _MOST * everything:
            element.drop_tree()


def _is_unseen(element: HtmlElement) -> bool:
    if element.tag == "template" or element.get("hidden", "until-found") != "until-found":
        return True
    style = element.get("style") or ""
    return bool(style) and (_STYLE.search(style) is not None or _is_white_on_white(element, style))


def _is_white_on_white(element: HtmlElement, style: str) -> bool:
    """Whether white letters stand on no other ground that the page's own elements name."""
    if not _WHITE.search(style) or _GROUND.search(style):
        return False
    return not any(
        _GROUND.search(above.get("style") or "") or above.get("bgcolor") or above.get("class")
        for above in element.iterancestors("div", "section", "td", "header", "aside", "figure")
    )


def _is_ruled_out(element: HtmlElement, classes: frozenset[str], names: frozenset[str]) -> bool:
    worn = (element.get("class") or "").lower().split()
    return not classes.isdisjoint(worn) or element.get("id") in names


def _hiding(tree: HtmlElement) -> tuple[frozenset[str], frozenset[str]]:
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
