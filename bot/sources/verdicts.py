"""Whether a page holds an article, and in plain sentences what it holds instead.

Precision goes first: to refuse an article is worse than to brief a poor page. Wording that news
articles use too (cookies, captchas, "not found") counts only where there is little other text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Unreadable

_INSTEAD = "Paste the text or attach the file instead."

_SENTENCES = {
    "blocked": "The site keeps programs out, so the article did not come.",
    "consent": "The site shows a cookie consent page in place of the article.",
    "empty": "There is no text in it.",
    "error": "The site says that there is no such page.",
    "js_shell": "The page shows its text only to a browser that runs its scripts.",
    "login": "The page asks to log in before it shows the article.",
    "not_html": "The address leads to something other than a page of text.",
    "thin": "The page holds too little text for an article.",
}

_CHALLENGE_TITLES = re.compile(
    r"just a moment\.{0,3}|attention required!.*|access denied|are you (a )?(human|robot)\??"
    r"|robot or human\??|pardon our interruption.*|please verify you are a human.*"
    r"|verify(ing)? (that )?you are (a )?human.*|security check.*|captcha",
    re.IGNORECASE,
)
_CHALLENGE_WORDS = re.compile(
    r"\b(not|are) a robot\b|\byou(.re| are) (a )?human\b|\bno robots allowed\b", re.IGNORECASE
)
_ERROR_TITLES = re.compile(
    r"\b404\b|\bnot found\b|\bpage (can.?t|could ?n.t|cannot) be found\b"
    r"|\bseite nicht gefunden\b|\bpage introuvable\b"
    r"|\bpágina no encontrada\b|\bстраница не найдена\b",
    re.IGNORECASE,
)
_LOGIN_TITLES = re.compile(
    r"\b(log|sign) ?in\b|\banmelden\b|\beinloggen\b|\bse connecter\b|\biniciar sesión\b|\bвход\b",
    re.IGNORECASE,
)
_CONSENT_TERMS = re.compile(
    r"\b(?:necessary|essential|functional|advertising|marketing) cookies\b|\bwe use\b"
    r"|\bcookies?\b|\bconsent\b|\bprivacy (policy|settings)\b|\baccept all\b|\breject all\b"
    r"|\bpartners?\b|\beinwillig\w+|\bzustimm\w+|\bdatenschutz\w*|\bwerbung\b|\btracking\b"
    r"|\bconsentement\b|\baccepter\b|\bconsentimiento\b|\baceptar\b|\bconsenso\b|\baccett\w+",
    re.IGNORECASE,
)
_ASKS_FOR_SCRIPTS = re.compile(
    r"\b(enable|turn on|requires?|need) (to enable )?javascript\b", re.IGNORECASE
)
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_KEPT_OUT = frozenset({401, 402, 403, 407, 429, 451})


@dataclass(frozen=True)
class Signs:
    """What tells an article from what stands in its place.

    ``text`` is the extract, ``visible`` all text that a reader would see; ``heading`` is the
    page's own title and first heading; ``declared`` tells that it says it is an article.
    """

    text: str
    visible: str
    heading: str
    status: int
    headers: Mapping[str, str]
    declared: bool
    scripts: int
    has_root: bool
    has_plea: bool
    has_password: bool

    @property
    def words(self) -> int:
        """The words of the extract, two characters to a word where a script has no spaces."""
        return count_words(self.text)


def verdict(signs: Signs) -> str:
    """`article`, or what the page holds instead, as in `Unreadable`."""
    for name, holds in (
        ("blocked", _blocked),
        ("error", _error),
        ("consent", _consent),
        ("js_shell", _js_shell),
        ("login", _login),
    ):
        if holds(signs):
            return name
    if not signs.visible.strip():
        return "empty"
    return "thin" if signs.words < 60 else "article"


def verdict_of_status(status: int) -> str:
    """What an HTTP status below 500 says by itself, where there is no page to judge."""
    if status in _KEPT_OUT:
        return "blocked"
    return "error" if status >= 300 else "article"


def unreadable(name: str, source: str) -> Unreadable:
    """The error for a page whose verdict is ``name``."""
    return Unreadable(f"{_SENTENCES[name]} {_INSTEAD}", source=source, verdict=name)


def count_words(text: str) -> int:
    """Words as split at white space; characters of scripts without spaces count by halves."""
    packed = len(_WITHOUT_SPACES.findall(text))
    return len(_WITHOUT_SPACES.sub(" ", text).split()) + packed // 2


def _blocked(signs: Signs) -> bool:
    # Cloudflare and AWS document these headers for their challenge pages and nothing else.
    if signs.headers.get("cf-mitigated") == "challenge" or "x-amzn-waf-action" in signs.headers:
        return True
    if signs.words >= 250:
        return False
    titles = (line.strip() for line in signs.heading.splitlines())
    challenged = any(map(_CHALLENGE_TITLES.fullmatch, titles))
    if signs.words < 60 and count_words(signs.visible) < 150:
        challenged = challenged or _CHALLENGE_WORDS.search(signs.visible) is not None
    return challenged or verdict_of_status(signs.status) == "blocked"


def _error(signs: Signs) -> bool:
    if verdict_of_status(signs.status) == "error":
        return True
    short = signs.words < 250 and not signs.declared
    return short and _ERROR_TITLES.search(signs.heading) is not None


def _consent(signs: Signs) -> bool:
    if signs.words < 40:
        visible = count_words(signs.visible)
        return visible < 400 and _consent_share(signs.visible) > 0.02
    least = 0.07 if signs.declared else 0.02
    return signs.words < 900 and _consent_share(signs.text) > least


def _consent_share(text: str) -> float:
    """The share of consent terms in ``text``; 0 where it only repeats one or two of them."""
    found = [match[0].lower() for match in _CONSENT_TERMS.finditer(text)]
    is_dialog = len(found) >= 4 and len(set(found)) >= 3
    return len(found) / max(1, count_words(text)) if is_dialog else 0.0


def _js_shell(signs: Signs) -> bool:
    if signs.words < 80 and _ASKS_FOR_SCRIPTS.search(signs.text):
        return True
    if signs.words >= 80 or count_words(signs.visible) >= 120:
        return False
    return signs.has_root or signs.has_plea or (signs.scripts >= 3 and signs.words < 40)


def _login(signs: Signs) -> bool:
    if signs.words < 40 and signs.has_password:
        return True
    return signs.words < 150 and _LOGIN_TITLES.search(signs.heading) is not None
