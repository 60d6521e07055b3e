"""Decides whether a page has an article, and if not, what it has instead."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from bot.briefing.text import count_words
from bot.sources.content import Markup
from bot.sources.metadata import PageMetadata
from bot.sources.refusals import site_of, verdict_of_status

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
# The label of a button in a consent dialog.
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


class PageSigns:
    """What tells an article from other pages, read from the page ``tree``, from which elements
    without visible text are removed.

    ``text`` is the extract, ``visible`` all text that a reader would see; ``heading`` is the
    page's own title and first headings, a line each; ``link_share`` is the share of the extract's
    words in lines made of links, ``cards`` how many of its headings lead to other pages of the
    site; ``consent_box_share`` is the share in a box with a button to agree. ``redirects_after``
    is the number of seconds after which the page sends a browser to another one.
    """

    def __init__(
        self, tree: HtmlElement, markup: Markup, metadata: PageMetadata, text: str
    ) -> None:
        own = [each for each in (markup.url, metadata.canonical) if each]
        pleas = tree.xpath("string(//body//noscript)")
        self.metadata, self.text = metadata, text
        self.status, self.headers, self.url = markup.status, markup.headers, markup.url
        self.host = (urlsplit(markup.url or "").hostname or "").lower()
        self.is_declared_article = metadata.is_article
        self.heading = "\n".join(map(_plain, tree.xpath("//head/title | //h1")))
        self.link_share = _link_share(tree, text)
        self.cards = _cards(tree, text, markup.url)
        self.scripts = len(tree.xpath("//script"))
        self.has_root = bool(tree.xpath(_ROOTS))
        self.has_plea = "javascript" in pleas.lower()
        self.has_password = bool(tree.xpath("//input[@type='password']"))
        self.has_wall = bool(tree.xpath(_WALLS))
        self.consent_box_share = _consent_box_share(tree, text)
        self.redirects_after = _redirects_after(tree, own)
        self.visible = _visible(tree)

    @cached_property
    def words(self) -> int:
        """The words of the extract, two characters to a word where a script has no spaces."""
        return count_words(self.text)

    @cached_property
    def visible_words(self) -> int:
        """The words of all visible text, counted likewise."""
        return count_words(self.visible)

    @cached_property
    def sentence_ends(self) -> int:
        """The number of sentences that end in the extract."""
        return len(_SENTENCE_END.findall(self.text))

    @property
    def path(self) -> str:
        """The path of the page's canonical address, or else of the one that was fetched."""
        try:
            return urlsplit(self.metadata.canonical or self.url or "").path
        except ValueError:  # the canonical address is malformed
            return urlsplit(self.url or "").path


def _link_share(tree: HtmlElement, text: str) -> float:
    return _share_within(text, [" ".join(" ".join(_IN_LINKS(tree)).split())])


def _share_within(text: str, places: Collection[str]) -> float:
    """The share of the words of ``text`` that are in lines found in one of ``places``."""
    lines = (" ".join(line.lstrip("-•* ").split()) for line in text.splitlines())
    words = sum(count_words(line) for line in lines if any(line in each for each in places))
    return words / max(1, count_words(text))


def _cards(tree: HtmlElement, text: str, url: str | None) -> int:
    """The number of different headings that are links to the same site and appear in ``text``,
    or the paragraph under them does."""
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


def _consent_box_share(tree: HtmlElement, text: str) -> float:
    boxes = {
        box: " ".join(box.text_content().split())
        for control in _CONTROLS(tree)
        if len((label := _plain(control) or control.get("value", "")).split()) <= _LONGEST_LABEL
        and _ASKS.match(label)
        and (box := _box_of(control)) is not None
    }
    return _share_within(text, boxes.values())


def _box_of(control: HtmlElement) -> HtmlElement | None:
    """The smallest element around a button with more than other buttons in it."""
    for box in control.iterancestors():
        if count_words(_plain(box)) >= _FEWEST_WORDS_IN_A_BOX:
            return box
    return None


def _redirects_after(tree: HtmlElement, own: Sequence[str]) -> int | None:
    for tag in _REFRESHES(tree):
        found = _REFRESH.match(tag.get("content"))
        if tag.get("http-equiv").lower() == "refresh" and found and (aim := found[2].strip()):
            places = {_host_and_path(each) for each in own}
            if own and _host_and_path(aim, own[0]) not in places:
                return int(found[1])
    return None


def _host_and_path(address: str, base: str = "") -> str:
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
    """The text that a browser without scripts would show; removes the rest from ``tree``."""
    etree.strip_elements(tree, etree.Comment, *_WITHOUT_TEXT, with_tail=False)
    for element in tree.xpath("//*[contains(@style, 'none')]"):
        if _NOT_DISPLAYED.search(element.get("style")) and element.getparent() is not None:
            element.drop_tree()
    return " ".join(" ".join(_TEXTS(tree)).split())


_LIVE = re.compile(
    r"\blive\b|\bliveblog\b|\bliveticker\b|\ben direct\b|\ben vivo\b|\ben directo\b|\bонлайн\b"
    r"|\bin diretta\b|\bao vivo\b|\bcanlı\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"^\W{0,3}(?:\d{1,2}[:.h]\d{2}(?![\d%])|\d{1,2} ?[ap]\.?m\b)|^\d+ (?:min|minutes?|hours?) ago",
    re.IGNORECASE | re.MULTILINE,
)
_WORDS_A_CARD = 45  # a list has a sentence or two under a heading, a round-up has paragraphs


def is_listing(signs: PageSigns) -> bool:
    """Whether the page lists articles: most of its text is links, or its headings lead elsewhere
    and have few words under them."""
    is_of_links = signs.link_share >= 0.4 and signs.sentence_ends < 10
    is_of_cards = signs.cards >= 4 and signs.words < _WORDS_A_CARD * signs.cards
    is_nothing_else = signs.link_share >= 0.8
    return is_nothing_else or (not signs.is_declared_article and (is_of_links or is_of_cards))


def is_live(signs: PageSigns) -> bool:
    """Whether the page is a live blog: it says so, or is full of entries with their times."""
    if "LiveBlogPosting" in signs.metadata.kinds:
        return True
    is_called_live = _LIVE.search(signs.heading) or _LIVE.search(signs.path.replace("-", " "))
    return bool(is_called_live) and len(_ENTRY.findall(signs.text)) >= 5


# Detects the beginning of an article whose rest is for people who pay.
#
# A page that says it is not free may still hold its whole text, and one that says nothing may end
# after a paragraph: it takes signs of a wall and signs that the text is cut.

# A sentence in place of the text that subscribers see.
_WALL = re.compile(
    r"\b(?:to|and) (?:continue|keep) reading\b|\bkeep reading (?:for|with)\b"
    r"|\bcontinue reading (?:with|by|this article)\b"
    r"|\bsubscribe (?:now )?to (?:read|continue|unlock|access|keep)\b"
    r"|\b(?:article|story|content) is (?:(?:exclusive|exclusively|only|reserved|available) )+"
    r"(?:to|for) (?:our |paying |registered |[\w+]+ )?(?:subscribers|members)\b"
    r"|\bfor subscribers only\b|\bsubscribers?-only (?:article|content|story)\b"
    r"|\bunlock (?:this|the (?:full|rest of the)) (?:article|story)\b"
    r"|\bread the (?:full|rest of the|whole) (?:article|story) with\b"
    r"|\byou(?:'|’)?(?:ve| have) (?:reached|used|read) (?:your|all|the) .{0,30}"
    r"\b(?:free|articles|limit)\b|\bsubscription (?:is )?required\b"
    r"|\bthe rest of this (?:article|story) is\b"
    r"|\b(?:jetzt|um) weiterlesen\b|\bweiterlesen mit\b|\bnur für abonnent\w*\b"
    r"|\bartikel (?:exklusiv )?für abonnent\w*|\bzum weiterlesen\b"
    r"|\bil vous reste .{1,20} de cet article\b|\bcontinua a leggere con\b"
    r"|\bpour lire la suite\b|\ble reste de l.article\b|\bla suite est réservée\b"
    r"|\b(?:réservée?s?|riservat\w|reservad\w|exclusiv[oa]s?|dostępn\w+|exclusief)(?: \w+){1,3}"
    r" (?:abonnés|abbonati|suscriptores|assinantes|abonentów|prenumeratorów|abonnees)\b"
    r"|\b(?:para|sigue|seguir) (?:continuar |seguir )?(?:leyendo|lendo)\b"
    r"|\bper continuare a leggere\b|\bper leggere tutto l.articolo\b"
    r"|\b(?:только|доступ\w*) (?:для|по) подписк?\w*\b|\bоформите подписку\b"
    r"|\b(?:чтобы|для) (?:продолж\w+|дочит\w+)(?: чтени\w+)?\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\balready (?:a|have an?) (?:subscri\w+|member|account)\b|\bsubscribe now\b"
    r"|\bstart your (?:free )?trial\b|\bcancel (?:at )?any ?time\b|\bschon abonnent\b"
    r"|\bdéjà abonnée?\b"
    r"|\bya (?:es|eres) suscriptor\b|\bуже подписан\w*\b|\bgià abbonat\w\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:[€£$₽] ?\d[\d.,]*|\d ?(?:[€£$₽]|euros?\b|zł|руб\w*|tl\b|kr\b))"
    r" ?(?:an?|per|pro|im|par|al|por|na|в|/) ?(?:week|month|year|woche|monat|jahr|semaine|mois|an"
    r"|semana|mes|mese|anno|miesiąc|месяц|ay)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.{3,}|…|\[(?:\.{3}|…)\])[\"”»’]?\s*$")
_TAIL = 400
_PROSE = 30
_PARAGRAPH = 12
_SHORT = 220
_SHORT_BY_ITSELF = 150
_CERTAIN = 4


def is_teaser(signs: PageSigns) -> bool:
    """Whether the text is cut off at a wall."""
    walls = _wall_sentences(signs)
    return _paywall_score(signs, walls) >= _CERTAIN and _is_cut(signs, walls)


def free_part(text: str) -> str:
    """``text`` without the offers at its end."""
    lines = text.splitlines()
    while lines and count_words(lines[-1]) < _PROSE and _speaks_of_wall(lines[-1]):
        lines.pop()
    return "\n".join(lines).rstrip()


def _paywall_score(signs: PageSigns, walls: int) -> int:
    metadata = signs.metadata
    is_declared = metadata.is_free is False or metadata.tier == "locked"
    gap = _gap(signs)
    points = _CERTAIN if is_declared else 2 if metadata.tier == "metered" else 0
    points += 2 if gap > 1 / 0.6 else 0
    points += 2 if gap >= 3 and signs.words < _SHORT else 0
    points += 2 + min(2, walls) if walls else 0
    points += 2 if _CUT.search(free_part(signs.text)) else 0
    points += 1 if signs.has_wall else 0
    is_offered = _OFFER.search(signs.visible) or _PRICE.search(signs.visible)
    return points + (1 if is_offered else 0)


def _is_cut(signs: PageSigns, walls: int) -> bool:
    gap = _gap(signs)
    if gap > 1 / 0.6 or _CUT.search(free_part(signs.text)):
        return True
    tail = signs.text[-_TAIL:]
    if walls and _WALL.search(tail):
        return True
    is_declared = signs.metadata.is_free is False or signs.metadata.tier is not None
    return gap == 0 and signs.words < (_SHORT if is_declared else _SHORT_BY_ITSELF)


def _gap(signs: PageSigns) -> float:
    """How many times as long as the extract the page says its text is; 0 if it doesn't say."""
    return (signs.metadata.word_count or 0) / max(1, signs.words)


def _wall_sentences(signs: PageSigns) -> int:
    """The number of different paywall phrases on the page; 0 if they are part of an article's own
    prose, or more prose follows them."""
    lines = signs.text.splitlines()
    said = [place for place, line in enumerate(lines) if _WALL.search(line)]
    after = lines[said[0] + 1 :] if said else []
    prose = [
        line for line in after if count_words(line) >= _PARAGRAPH and not _speaks_of_wall(line)
    ]
    if len(prose) >= 2 or any(count_words(lines[place]) >= _PROSE for place in said):
        return 0
    return len({match[0].lower() for match in _WALL.finditer(signs.visible)})


def _speaks_of_wall(line: str) -> bool:
    is_price = count_words(line) < _PARAGRAPH and _PRICE.search(line)
    return bool(_WALL.search(line) or _OFFER.search(line) or is_price) or not line.strip()


# Precision comes first: to refuse an article is worse than to brief a poor page. Wording that news
# articles use too (cookies, captchas, "not found") counts only where there is little other text.

_CHALLENGE_TITLES = re.compile(
    r"just a moment\.{0,3}|attention required!.*|access (to this page has been )?denied"
    r"|are you (a )?(human|robot)\??|robot or human\??|pardon our interruption.*"
    r"|(please )?verify(ing)? (that )?you(’|'| a)re (a )?human.*|(human|bot) verification"
    r"|security (check|verification).*|captcha|one more step|checking your browser.*|ddos-guard"
    r"|un momento\.{0,3}|einen moment,? bitte.*|un instant\.{0,3}|bitte bestätigen sie.*"
    r"|подтвердите, что вы не робот.*|request (blocked|rejected)"
    r"|(sorry, )?you have been blocked\b.*",
    re.IGNORECASE,
)
_CHALLENGE_WORDS = re.compile(
    r"\b(not|are|aren.t) a (ro)?bot\b|\byou(.re| are) (a )?human\b|\bno robots allowed\b"
    r"|\bunusual (traffic|activity) from\b|\bchecking (if the site connection|your browser)\b"
    r"|\bverify (that )?you\b|\bне робот\b|\bkein roboter\b|\bpas un robot\b|\bno (eres|soy) un"
    r" robot\b|\bdisable any ad ?blocker\b|\bincapsula incident\b|\bddos protection by\b"
    r"|\byou have been blocked\b"
    r"|\baccess to this (?:page|site) (?:has been|is) (?:denied|blocked)\b"
    r"|\bunavailable (?:to visitors )?(?:in|from) (?:your|most|the) (?:european|eu|region|country)"
    r"|\bunavailable (?:due to|for) legal reasons\b|\byou were a bot\b"
    r"|\btype the characters\b|\bcomplete the (captcha|security check)\b|\bpress (&|and) hold\b",
    re.IGNORECASE,
)
_ERROR_HEADING = re.compile(
    r"(?:error |http )?(?:404|410)(?: error)?(?:[\W_]*(?:page )?(?:not found|gone))?|not found"
    r"|(?:sorry,? |oops[.!, ]*)?(?:the |this |that )?(?:page|article|story|content|link|post)"
    r"(?: not found| (?:you|that)[\w ’']{0,40}| unavailable| has expired)"
    r"|(?:sorry,? )?(?:the|this|that) (?:page|article|story|content|link|post)"
    r"(?: you[\w ’']{0,40})? (?:is|was|has|does|can|could|may)[\w ’']{0,30}"
    r"(?:found|exists?|available|removed|deleted|moved|anymore)"
    r"|(?:sorry,? )?we (?:can.t|couldn.t|could not|cannot|are unable to) find"
    r" (?:the|that|this|what).{0,40}"
    r"|nothing (?:was )?found(?: for .{1,40})?|(?:fehler|erreur|ошибка) 404|такой страницы нет"
    r"|(?:whoops|oops|uh.oh|hmm)\b.{0,60}|(?:sorry,? )?something went wrong"
    r"|seite (?:wurde )?nicht gefunden|(?:erreur 404 ?:? ?)?page (?:introuvable|non trouvée)"
    r"|p[áa]gina n(?:o|ão) encontrada|pagina non trovata|страница не найдена|sayfa bulunamadı"
    r"|الصفحة غير موجودة|էջը չի գտնվել|页面不存在",
    re.IGNORECASE,
)
_LOGIN_HEADING = re.compile(
    r"(?:please |you (?:must|need to) )?(?:log|sign) ?(?:in|on)(?: (?:or|/|and) \w[\w ]{2,20})?"
    r"(?:,? (?:to|with|for) .{1,50})?|login(?: page| required)?|member login|welcome back"
    r"|(?:bitte )?(?:anmelden|einloggen)|anmeldung|(?:se connecter|connexion|identifiez-vous)"
    r"|iniciar sesión|entrar|accedi|вход(?: в .{1,30})?|войти|войдите.{0,40}|giriş(?: yap)?"
    r"|تسجيل الدخول|登录",
    re.IGNORECASE,
)
_HEADING_PARTS = re.compile(r"\s[-–—|·:•]\s|[|\n]")
_CONSENT_TERMS = re.compile(
    r"\b(?:necessary|essential|functional|advertising|marketing) cookies\b|\bwe use\b"
    r"|\bcookies?\b|\bconsent\b|\bprivacy (policy|settings)\b|\baccept all\b|\breject all\b"
    r"|\bpartners?\b|\beinwillig\w+|\bzustimm\w+|\bdatenschutz\w*|\bwerbung\b|\btracking\b"
    r"|\bconsentement\b|\baccepter\b|\bconsentimiento\b|\baceptar\b|\bconsenso\b|\baccett\w+"
    r"|\btoestemming\b|\bakkoord\b|\bpartner(?:zy|ami|ów)\b|\bplik(?:i|ów)\b|\bzgod\w+"
    r"|\bdan(?:e|ych) osobow\w+|\bterze parti\b|\bsocios\b|\bdatos personales\b"
    r"|\bpersonal data\b|\blegitimate interest\b|\bfiles? cookie\b|\bпринять все\b|\bсогласи\w+",
    re.IGNORECASE,
)
# A page without an article addresses the reader; an article rarely does. Left out are words that
# are common in another of these languages (“sie”, “du”, “je”, “nos”, “su”).
_WRITER = re.compile(
    r"\b(?:we|our|ours|wir|uns|unser\w*|nous|notre|nosotr[oa]s|nuestr\w+|noi|nostr[oaie]|wij|ons"
    r"|onze|nasi|nasz\w*|мы|нас|нам|наш\w*|noss[oa]s?|nós|biz|bizim)\b|\b(?-i:us)\b",
    re.IGNORECASE,
)
_READER = re.compile(
    r"\b(?:you|yours?|dir|dich|dein\w*|vous|votre|vos|usted(?:es)?|ti|tus?|tu[ao]|tuoi|jouw|uw"
    r"|tw[oó]j\w*|вы|вас|вам|ваш\w*|você|siz\w*)\b|(?<=[\w,] )(?-i:Sie|Ihnen|Ihr\w*)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"„«][^“”\"«»]{0,300}[”\"“»]")
_SOON = 15  # seconds
_CONSENT_HOST = re.compile(r"consent\.|(?:.*\.)?guce\.|.*privacy-mgmt\.com|cookiewall\.")
_LOGIN_HOST = re.compile(r"accounts\.google\.com|login\.|signin\.|auth\.|sso\.|id\.|idp\.")
# Editors of documents, which without scripts show only menus. What is published from there (`/pub`,
# `/mobilebasic`) is a page like others.
_EDITOR = re.compile(
    r"docs\.google\.com/(?:.*/)?d/[\w-]+(?:/(?:edit|view|(?:template/)?preview|copy))?/?"
    r"|drive\.google\.com/(?:file|drive|open)\b.*"
)
_ASKS_FOR_SCRIPTS = re.compile(
    r"\b(enable|turn on|activate|requires?|need|without) (to enable )?javascript\b"
    r"|\bjavascript (is|to be)\b|\bактивируйте javascript\b|\bвключите javascript\b"
    r"|\bjavascript (aktivieren|activ[ae]r)\b|\bactive[rz] javascript\b",
    re.IGNORECASE,
)


def verdict(signs: PageSigns) -> str:
    """`article`, `teaser` or `live`, or what the page holds instead, as in `Unreadable`."""
    for name, holds in (
        ("blocked", _blocked),
        ("error", _error),
        ("consent", _consent),
        ("redirect", _redirects),
        ("video", _video),
        ("js_shell", _js_shell),
        ("login", _login),
        ("teaser", is_teaser),
        ("listing", is_listing),
        ("notice", _notice),
    ):
        if holds(signs):
            return name
    if not signs.visible.strip():
        return "empty"
    if _thin(signs):
        return "thin"
    return "live" if is_live(signs) else "article"


def _blocked(signs: PageSigns) -> bool:
    headers = signs.headers
    # Cloudflare and AWS document these headers for their challenge pages and nothing else.
    if headers.get("cf-mitigated") == "challenge" or "x-amzn-waf-action" in headers:
        return True
    if signs.words >= 250:
        return False
    titles = (line.strip() for line in signs.heading.splitlines())
    challenged = any(
        _CHALLENGE_TITLES.fullmatch(part.strip()) for title in titles for part in _parts(title)
    )
    if signs.words < 60 and signs.visible_words < 150:
        challenged = challenged or _CHALLENGE_WORDS.search(signs.visible) is not None
    challenged = challenged and not signs.is_declared_article and not _reports(signs)
    return challenged or verdict_of_status(signs.status) == "blocked"


def _error(signs: PageSigns) -> bool:
    if verdict_of_status(signs.status) == "error":
        return True
    if signs.words >= 250 or signs.is_declared_article or _reports(signs):
        return False
    return any(map(_ERROR_HEADING.fullmatch, _parts(signs.heading)))


def _consent(signs: PageSigns) -> bool:
    if signs.words < 250 and _CONSENT_HOST.match(signs.host):
        return True
    if signs.words < 40:
        return signs.visible_words < 400 and _consent_share(signs.visible) > 0.02
    least = 0.07 if signs.is_declared_article else 0.02
    if (
        signs.consent_box_share >= 0.5
        and signs.words < 900
        and _speech_share(signs.text) > 2 * least
    ):
        return True
    return signs.words < 900 and _consent_share(signs.text) > least


def _consent_share(text: str) -> float:
    """The share of consent terms in ``text``; 0 if it only repeats one or two of them, or does
    not address its reader."""
    found = [match[0].lower() for match in _CONSENT_TERMS.finditer(text)]
    writer, reader = _count_pronouns(text)
    is_dialog = writer + reader >= 2 and len(found) >= 4 and len(set(found)) >= 3
    return len(found) / max(1, count_words(text)) if is_dialog else 0.0


def _count_pronouns(text: str) -> tuple[int, int]:
    """How often the writer says "we" and the like, and how often "you", outside quotations."""
    unquoted = _QUOTED.sub("", text)
    return len(_WRITER.findall(unquoted)), len(_READER.findall(unquoted))


def _speech_share(text: str) -> float:
    """The share of such pronouns among the words of ``text``; 0 if either kind is missing."""
    writer, reader = _count_pronouns(text)
    return (writer + reader) / max(1, count_words(text)) if writer and reader else 0.0


def _reports(signs: PageSigns) -> bool:
    """Whether a page has sentences that speak of others alone, as an article does whose headline
    happens to be worded like a login or an error."""
    leads_on = signs.cards >= 3 or signs.link_share >= 0.3
    is_told = signs.words >= 50 and signs.sentence_ends >= 2 and not leads_on
    heads = {line.strip() for line in signs.heading.splitlines()}
    said = "\n".join(line for line in signs.text.splitlines() if line.strip("# ") not in heads)
    return is_told and not any(_count_pronouns(said))


def _redirects(signs: PageSigns) -> bool:
    """Whether the page sends visitors elsewhere before they could read it."""
    return signs.redirects_after is not None and signs.redirects_after <= _SOON


def _notice(signs: PageSigns) -> bool:
    """Whether a short page without a date mainly addresses its visitors."""
    if (
        signs.url is None
        or signs.is_declared_article
        or signs.metadata.published
        or signs.words >= 150
    ):
        return False
    return _speech_share(signs.text) > 0.075


def _video(signs: PageSigns) -> bool:
    site = site_of(signs.url or "")
    return site is not None and site.kind == "video"


def _js_shell(signs: PageSigns) -> bool:
    if _EDITOR.fullmatch(f"{signs.host}{urlsplit(signs.url or '').path}"):
        return True
    if signs.words < 80 and not _reports(signs) and _ASKS_FOR_SCRIPTS.search(signs.text):
        return True
    if signs.words >= 80 or signs.visible_words >= 120 or _is_news_item(signs):
        return False
    return signs.has_root or signs.has_plea or (signs.scripts >= 3 and signs.words < 40)


def _login(signs: PageSigns) -> bool:
    if signs.words < 250 and _LOGIN_HOST.match(signs.host) and not signs.is_declared_article:
        return True
    if signs.words < 40 and signs.has_password:
        return True
    is_headed = any(map(_LOGIN_HEADING.fullmatch, _parts(signs.heading)))
    return signs.words < 150 and is_headed and not signs.is_declared_article and not _reports(signs)


def _thin(signs: PageSigns) -> bool:
    if signs.words < 50:
        return not _is_news_item(signs)
    return signs.words < 250 and not signs.is_declared_article and not _has_prose(signs)


def _has_prose(signs: PageSigns) -> bool:
    """Whether there are sentences; a file may be a table and nothing else."""
    paragraphs = any(count_words(line) >= 25 for line in signs.text.splitlines())
    return signs.url is None or signs.sentence_ends >= 2 or paragraphs


def _is_news_item(signs: PageSigns) -> bool:
    """Whether a short page calls itself an article and has sentences of its own."""
    return signs.is_declared_article and signs.words >= 25 and signs.sentence_ends >= 2


def _parts(heading: str) -> list[str]:
    """The parts of a heading, since one of them is often the name of the site."""
    return [part.strip(" .!…\"'“”") for part in _HEADING_PARTS.split(heading) if part.strip()]
