"""The signs on a page that tell an article from what is shown in its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from bot.briefing.words import count_words
from bot.sources.material import Markup
from bot.sources.metadata import Stated

_ROOTS = "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='___gatsby']"
_WALLS = (
    "boolean(//*["
    + " or ".join(
        f"contains(@{where}, '{word}')"
        for where in ("class", "id")
        for word in ("paywall", "Paywall", "subscriber-only", "regwall", "premium-wall", "meter-")
    )
    + "])"
)
_IN_LINKS = etree.XPath("//a[@href]//text()", smart_strings=False)
_TEXTS = etree.XPath("//text()", smart_strings=False)
_HEADINGS = etree.XPath("//*[self::h2 or self::h3 or self::h4][.//a[@href] or ancestor::a[@href]]")
_LINKS_OF = etree.XPath(".//a[@href] | ancestor::a[@href]")
_UNDER = etree.XPath("following::p[1]")
_MOST_HEADINGS = 60
_CONTROLS = etree.XPath("//button | //a | //input[@type='submit' or @type='button']")
_REFRESHES = etree.XPath("//meta[@http-equiv and @content][not(ancestor::noscript)]")
_REFRESH = re.compile(r"\s*(\d{1,9})[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
# What stands on the button of a dialog that asks for consent.
_ASKS = re.compile(
    r"(?:\w{1,3},? )?(?:i )?(?:accept|agree|allow|reject|refuse|consent|zustimm|akzeptier|einwillig"
    r"|(?:alle\w? )?(?:zulassen|ablehnen|akzeptieren)|j.accept|(?:tout )?(?:accepter|refuser)|acept"
    r"|rechaz|accett|rifiut|acconsent|aceit|rejeit|akkoord|accepteer|weiger|akcept|zgadzam|odrzu"
    r"|wyrażam|принять|принима|соглас|отказ|kabul|reddet|onayl|godkänn|hyväksy|souhlas|přijm"
    r"|elfogad|同意|接受|موافق|أوافق)",
    re.IGNORECASE,
)
_LONGEST_LABEL = 6
_FEWEST_WORDS_IN_A_BOX = 12
_WITHOUT_TEXT = ("script", "style", "noscript", "template", "svg", "head")
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?։۔؟।][\"”»’)]*(?=\s|$)|[。！？]")


@dataclass(frozen=True)
class Signs:
    """What tells an article from what stands in its place.

    ``text`` is the extract, ``visible`` all text that a reader would see; ``heading`` is the
    page's own title and first headings, a line each; ``link_share`` the share of the extract's
    words that stand in lines made of links, ``cards`` how many of its headings lead to other
    pages of the site; ``asked_share`` is the share that stands in a box with a button to agree.
    ``moves_after`` is the seconds after which the page sends a browser to another one.
    """

    text: str
    visible: str
    heading: str
    told: Stated
    status: int = 200
    headers: Mapping[str, str] | None = None
    url: str | None = None
    link_share: float = 0.0
    cards: int = 0
    scripts: int = 0
    has_root: bool = False
    has_plea: bool = False
    has_password: bool = False
    has_wall: bool = False
    asked_share: float = 0.0
    moves_after: int | None = None

    @cached_property
    def words(self) -> int:
        """The words of the extract, two characters to a word where a script has no spaces."""
        return count_words(self.text)

    @cached_property
    def visible_words(self) -> int:
        """The words of all that is seen, counted likewise."""
        return count_words(self.visible)

    @cached_property
    def sentence_ends(self) -> int:
        """How many sentences end in the extract."""
        return len(_SENTENCE_END.findall(self.text))

    @property
    def declared(self) -> bool:
        """Whether the page says that it is an article."""
        return self.told.is_article

    @property
    def host(self) -> str:
        """The host that the page came from."""
        return (urlsplit(self.url or "").hostname or "").lower()

    @property
    def path(self) -> str:
        """The path of the page's own address, as it tells it or else as it was fetched."""
        try:
            return urlsplit(self.told.canonical or self.url or "").path
        except ValueError:  # what the page calls its address is none
            return urlsplit(self.url or "").path


def signs_of(tree: HtmlElement, markup: Markup, told: Stated, text: str) -> Signs:
    """The signs of the page ``tree``; takes out of it what holds no visible text."""
    heading = tree.xpath("//head/title | //h1")
    pleas = tree.xpath("string(//body//noscript)")
    return Signs(
        text=text,
        heading="\n".join(" ".join(element.text_content().split()) for element in heading),
        told=told,
        status=markup.status,
        headers=markup.headers,
        url=markup.url,
        link_share=_link_share(tree, text),
        cards=_cards(tree, text, markup.url),
        scripts=len(tree.xpath("//script")),
        has_root=bool(tree.xpath(_ROOTS)),
        has_plea="javascript" in pleas.lower(),
        has_password=bool(tree.xpath("//input[@type='password']")),
        has_wall=tree.xpath(_WALLS),
        asked_share=_asked_share(tree, text),
        moves_after=_moves_after(tree, [each for each in (markup.url, told.canonical) if each]),
        visible=_visible(tree),
    )


def _link_share(tree: HtmlElement, text: str) -> float:
    linked = " ".join(" ".join(_IN_LINKS(tree)).split())
    lines = [" ".join(line.lstrip("-•* ").split()) for line in text.splitlines()]
    words = sum(count_words(line) for line in lines if line and line in linked)
    return words / max(1, count_words(text))


def _cards(tree: HtmlElement, text: str, url: str | None) -> int:
    """The headings made of a link to the same site, with what stands under them in ``text``."""
    lines = {" ".join(line.split()) for line in text.splitlines()}
    own = {"", urlsplit(url or "").netloc}
    found = set()
    for heading in _HEADINGS(tree)[:_MOST_HEADINGS]:
        link = next(iter(_LINKS_OF(heading)))
        said, under = _plain(heading), "".join(map(_plain, _UNDER(heading)))
        is_whole = 2 * len(_plain(link)) > len(said)
        if is_whole and _leads_to(link.get("href"), own):
            # Headings beside an article all have its first paragraph under them: one sign.
            found.add(said if said in lines else under)
    return len(found & lines)


def _asked_share(tree: HtmlElement, text: str) -> float:
    boxes = {
        box: " ".join(box.text_content().split())
        for control in _CONTROLS(tree)
        if len((label := _plain(control) or control.get("value", "")).split()) <= _LONGEST_LABEL
        and _ASKS.match(label)
        and (box := _box_of(control)) is not None
    }
    lines = (" ".join(line.lstrip("-•* ").split()) for line in text.splitlines())
    words = sum(count_words(line) for line in lines if any(line in box for box in boxes.values()))
    return words / max(1, count_words(text))


def _box_of(control: HtmlElement) -> HtmlElement | None:
    """The smallest element around a button with more than other buttons in it."""
    for box in control.iterancestors():
        if count_words(_plain(box)) >= _FEWEST_WORDS_IN_A_BOX:
            return box
    return None


def _moves_after(tree: HtmlElement, own: Sequence[str]) -> int | None:
    for tag in _REFRESHES(tree):
        found = _REFRESH.match(tag.get("content"))
        if tag.get("http-equiv").lower() == "refresh" and found and (aim := found[2].strip()):
            places = {_place(each) for each in own}
            if own and _place(aim, own[0]) not in places:
                return int(found[1])
    return None


def _place(address: str, base: str = "") -> str:
    """The host and the path of ``address``; a page that reloads itself may change the rest."""
    try:
        parts = urlsplit(urljoin(base, address))
    except ValueError:
        return address
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def _leads_to(href: str, hosts: set[str]) -> bool:
    try:
        return not href.startswith("#") and urlsplit(href).netloc in hosts
    except ValueError:
        return False


def _plain(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _visible(tree: HtmlElement) -> str:
    """The text that a browser without scripts would show; takes the rest out of ``tree``."""
    etree.strip_elements(tree, etree.Comment, *_WITHOUT_TEXT, with_tail=False)
    for element in tree.xpath("//*[contains(@style, 'none')]"):
        if _NOT_DISPLAYED.search(element.get("style")) and element.getparent() is not None:
            element.drop_tree()
    return " ".join(" ".join(_TEXTS(tree)).split())
