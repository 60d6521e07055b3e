"""Which address an article really has, whatever it was wrapped in on its way.

Three values: what to fetch (`unwrapped`: nothing is lost from it), what to show (`tidy`: without
what only follows people), and what tells that two addresses are one article (`key`). The key is
never fetched: a parameter that looks like a tracker may be the article's number.
"""

import base64
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit, urlunsplit

# Click numbers of advertisers, campaign names and mailing lists: no site chooses text by them.
_TRACKERS = re.compile(
    r"utm_\w+|(?:fbc|gc|dc|ysc|yc|msc|twc|ttc|irc)lid|[gw]braid|gclsrc"
    r"|igsh(?:id)?|mc_[ce]id|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_(?:id|conv)|oly_(?:anon|enc)_id"
    r"|wt_mc|wickedid|__twitter_impression|_branch_match_id|guce_referrer\w*|guccounter"
    r"|ns_(?:source|mchannel|campaign|linkname|fee)|at_(?:medium|campaign|custom\d|link_\w+|format)"
    r"|xtor|__s|s_cid|cmpid|ocid|icid|ncid|hsctatracking|trk(?:campaign|info)?",
    re.IGNORECASE,
)
# Where somebody came from or who shared it, on most sites; too short or too common to be sure.
_AMBIGUOUS = re.compile(
    r"ref|ref_src|ref_url|referrer|referringsource|source|src|cid|st|mod|smid|smtyp|smprod"
    r"|unlocked_article_code|share(?:d|_?id|_?token|_?type)?|shared_from|reflink|si|sh|rss|cmp"
    r"|partner|ftag|tpcc|spm|scm|taid|ito|via|sr_share|outputtype",
    re.IGNORECASE,
)
_YOUTUBE = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"})

# Host and path of pages that only lead elsewhere, and the parameter that says where.
_WRAPPERS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}/url"), ("q", "url")),
    (re.compile(r"(?:l|lm|m)\.facebook\.com/(?:l|flx/warn)(?:\.php)?/?"), ("u",)),
    (re.compile(r"l\.instagram\.com/.*"), ("u",)),
    (re.compile(r"[\w.]*safelinks\.protection\.outlook\.com/.*"), ("url",)),
    (re.compile(r"(?:www\.)?linkedin\.com/(?:redir/redirect|safety/go)/?"), ("url",)),
    (re.compile(r"slack-redir\.net/link"), ("url",)),
    (re.compile(r"out\.reddit\.com/.*"), ("url",)),
    (re.compile(r"(?:www\.)?youtube\.com/redirect"), ("q",)),
    (re.compile(r"(?:m\.)?vk\.com/away(?:\.php)?"), ("to",)),
    (re.compile(r"duckduckgo\.com/l/?"), ("uddg",)),
    (re.compile(r"steamcommunity\.com/linkfilter/?"), ("url", "u")),
)
_AMP = (
    re.compile(r"(?:www\.)?google\.[a-z.]{2,6}/amp/(s/)?(.+)"),
    re.compile(r"[\w-]+\.cdn\.ampproject\.org/[a-z]/(s/)?(.+)"),
)
_DEFENDED = re.compile(r"urldefense\.(?:com|us)/v3/__(.+?)__;([\w-]*)!")
_NESTED = 4
_UNRESERVED = re.compile(r"%(?:2D|2E|5F|7E|3[0-9]|[46][1-9A-F]|[57][0-9A])", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)


def unwrapped(url: str) -> str:
    """The address that ``url`` wraps (search results, mail filters, AMP caches), or itself."""
    for _ in range(_NESTED):
        inner = _inner(url)
        if inner is None or re.match(r"https?://[^/]", inner, re.IGNORECASE) is None:
            return url
        url = inner
    return url


def leads_nowhere(url: str) -> bool:
    """Whether ``url`` is a link of Google News: since 2024 only its own scripts know the target."""
    parts = _split(url)
    return parts is not None and parts.hostname == "news.google.com" and "articles/" in parts.path


def tidy(url: str) -> str:
    """``url`` without the parameters that only follow people; the rest stays in its order."""
    parts = _split(url)
    if parts is None or not parts.query:
        return url
    kept = [each for each in parts.query.split("&") if not _TRACKERS.fullmatch(_name(each))]
    return urlunsplit(parts._replace(query="&".join(kept)))


def key(url: str) -> str:
    """What tells that two addresses are of one article."""
    url = unwrapped(url)
    parts = _split(url)
    if parts is None:
        return url
    host = (parts.hostname or "").removesuffix(".")
    parts = _of_video(parts._replace(scheme=parts.scheme.lower()), host)
    host = (parts.hostname or "").removesuffix(".")
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    path = _plainly_escaped(parts.path) or "/"
    return urlunsplit((parts.scheme, f"{host}{port}", path, _sorted(parts.query), fragment))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.hostname else None


def _inner(url: str) -> str | None:
    parts = _split(url)
    if parts is None:
        return None
    place = f"{(parts.hostname or '').lower()}{parts.path}"
    for pattern in _AMP:
        if match := pattern.fullmatch(place):
            query = f"?{parts.query}" if parts.query else ""
            return f"http{'s' if match[1] else ''}://{match[2]}{query}"
    if place.startswith("urldefense."):
        return _defended(url, parts)
    told = dict(parse_qsl(parts.query))
    for pattern, names in _WRAPPERS:
        if pattern.fullmatch(place):
            return next((told[name] for name in names if name in told), None)
    return None


def _defended(url: str, parts: SplitResult) -> str | None:
    """What Proofpoint's filter wraps: in version 2 with its own escapes, in version 3 with the
    characters that it left out at the end."""
    if match := _DEFENDED.search(url):
        padded = match[2] + "=" * (-len(match[2]) % 4)
        left_out = iter(base64.urlsafe_b64decode(padded).decode("utf-8", "replace"))
        return re.sub(r"\*", lambda _: next(left_out, "*"), match[1])
    told = dict(parse_qsl(parts.query)).get("u")
    return unquote(told.replace("-", "%").replace("_", "/")) if told else None


def _of_video(parts: SplitResult, host: str) -> SplitResult:
    if host not in _YOUTUBE:
        return parts
    told = dict(parse_qsl(parts.query))
    video = parts.path.strip("/") if host == "youtu.be" else told.get("v")
    if not video:
        return parts
    return SplitResult("https", "www.youtube.com", "/watch", f"v={video}", "")


def _sorted(query: str) -> str:
    names = [each for each in query.split("&") if each]
    kept = [
        each
        for each in names
        if not (_TRACKERS.fullmatch(_name(each)) or _AMBIGUOUS.fullmatch(_name(each)))
    ]
    return "&".join(sorted(kept))


def _name(parameter: str) -> str:
    return unquote(parameter.partition("=")[0])


def _plainly_escaped(path: str) -> str:
    """``path`` with no more escapes than it needs, in capitals (RFC 3986 §6.2.2)."""
    plain = _UNRESERVED.sub(lambda match: unquote(match[0]), path)
    return quote(_ESCAPE.sub(lambda match: match[0].upper(), plain), safe="/%:@!$&'()*+,;=~[]|^")
