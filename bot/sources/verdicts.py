"""Whether a page has an article, and what it has instead.

Precision goes first: to refuse an article is worse than to brief a poor page. Wording that news
articles use too (cookies, captchas, "not found") counts only where there is little other text.
"""

import re

from bot.briefing.words import count_words
from bot.sources.listings import is_listing, is_live
from bot.sources.refusals import verdict_of_status
from bot.sources.signs import Signs
from bot.sources.sites import site_of
from bot.sources.teasers import is_teaser

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
# What stands in the place of an article speaks to the reader; an article rarely does. Left out is
# what is a common word in another of these languages (“sie”, “du”, “je”, “nos”, “su”).
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
_ASKS_FOR_SCRIPTS = re.compile(
    r"\b(enable|turn on|activate|requires?|need|without) (to enable )?javascript\b"
    r"|\bjavascript (is|to be)\b|\bактивируйте javascript\b|\bвключите javascript\b"
    r"|\bjavascript (aktivieren|activ[ae]r)\b|\bactive[rz] javascript\b",
    re.IGNORECASE,
)


def verdict(signs: Signs) -> str:
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


def _blocked(signs: Signs) -> bool:
    headers = signs.headers or {}
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
    challenged = challenged and not signs.declared and not _reports(signs)
    return challenged or verdict_of_status(signs.status) == "blocked"


def _error(signs: Signs) -> bool:
    if verdict_of_status(signs.status) == "error":
        return True
    if signs.words >= 250 or signs.declared or _reports(signs):
        return False
    return any(map(_ERROR_HEADING.fullmatch, _parts(signs.heading)))


def _consent(signs: Signs) -> bool:
    if signs.words < 250 and _CONSENT_HOST.match(signs.host):
        return True
    if signs.words < 40:
        return signs.visible_words < 400 and _consent_share(signs.visible) > 0.02
    least = 0.07 if signs.declared else 0.02
    if signs.asked_share >= 0.5 and signs.words < 900 and _speech_share(signs.text) > 2 * least:
        return True
    return signs.words < 900 and _consent_share(signs.text) > least


def _consent_share(text: str) -> float:
    """The share of consent terms in ``text``; 0 where it only repeats one or two of them, or
    does not speak to its reader."""
    found = [match[0].lower() for match in _CONSENT_TERMS.finditer(text)]
    writer, reader = _addressed(text)
    is_dialog = writer + reader >= 2 and len(found) >= 4 and len(set(found)) >= 3
    return len(found) / max(1, count_words(text)) if is_dialog else 0.0


def _addressed(text: str) -> tuple[int, int]:
    """How often who writes speaks of themselves, and to who reads, outside quotations."""
    told = _QUOTED.sub("", text)
    return len(_WRITER.findall(told)), len(_READER.findall(told))


def _speech_share(text: str) -> float:
    """The share of words of ``text`` by which its writer speaks to its reader; 0 where one of
    both is missing."""
    writer, reader = _addressed(text)
    return (writer + reader) / max(1, count_words(text)) if writer and reader else 0.0


def _reports(signs: Signs) -> bool:
    """Whether a page has sentences that speak of others alone, as an article does whose headline
    is what a login or an error says."""
    leads_on = signs.cards >= 3 or signs.link_share >= 0.3
    is_told = signs.words >= 50 and signs.sentence_ends >= 2 and not leads_on
    heads = {line.strip() for line in signs.heading.splitlines()}
    said = "\n".join(line for line in signs.text.splitlines() if line.strip("# ") not in heads)
    return is_told and not any(_addressed(said))


def _redirects(signs: Signs) -> bool:
    """Whether nobody could read the page before it is gone."""
    return signs.moves_after is not None and signs.moves_after <= _SOON


def _notice(signs: Signs) -> bool:
    """Whether a short page without a date speaks to its visitors, of whatever it does."""
    if signs.url is None or signs.declared or signs.told.published or signs.words >= 150:
        return False
    return _speech_share(signs.text) > 0.075


def _video(signs: Signs) -> bool:
    site = site_of(signs.url or "")
    return site is not None and site.kind == "video"


def _js_shell(signs: Signs) -> bool:
    if signs.words < 80 and not _reports(signs) and _ASKS_FOR_SCRIPTS.search(signs.text):
        return True
    if signs.words >= 80 or signs.visible_words >= 120 or _is_news_item(signs):
        return False
    return signs.has_root or signs.has_plea or (signs.scripts >= 3 and signs.words < 40)


def _login(signs: Signs) -> bool:
    if signs.words < 250 and _LOGIN_HOST.match(signs.host) and not signs.declared:
        return True
    if signs.words < 40 and signs.has_password:
        return True
    is_headed = any(map(_LOGIN_HEADING.fullmatch, _parts(signs.heading)))
    return signs.words < 150 and is_headed and not signs.declared and not _reports(signs)


def _thin(signs: Signs) -> bool:
    if signs.words < 50:
        return not _is_news_item(signs)
    return signs.words < 250 and not signs.declared and not _has_prose(signs)


def _has_prose(signs: Signs) -> bool:
    """Whether there are sentences; a file may be a table and nothing else."""
    paragraphs = any(count_words(line) >= 25 for line in signs.text.splitlines())
    return signs.url is None or signs.sentence_ends >= 2 or paragraphs


def _is_news_item(signs: Signs) -> bool:
    """Whether a short page calls itself an article and has sentences of its own."""
    return signs.declared and signs.words >= 25 and signs.sentence_ends >= 2


def _parts(heading: str) -> list[str]:
    """What a heading says apart from the name of its site."""
    return [part.strip(" .!…\"'“”") for part in _HEADING_PARTS.split(heading) if part.strip()]
