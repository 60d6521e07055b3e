"""Finds the address that a link really leads to, and checks before any connection whether it may be
fetched.
"""

import base64
import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit, urlunsplit

import idna

# The rules are stricter than any parser's on purpose: whatever two parsers could read differently
# is refused. `ipaddress.is_global` is not the policy: on Python 3.13 it still lets multicast, NAT64
# and IPv4-compatible addresses pass.

LONGEST_ADDRESS = 4096

_DEFAULT_PORTS = {"http": 80, "https": 443}

# IANA IPv4 Special-Purpose Address Registry, multicast (RFC 5771) and reserved space (RFC 1112);
# 168.63.129.16 is Azure's host agent.
_REFUSED_IPV4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32",
        "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip

# Only global unicast is allowed (RFC 4291 §2.4), which leaves out every form that carries an
# IPv4 address but 6to4 and Teredo; what is refused inside is from IANA's IPv6 registry.
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_REFUSED_IPV6 = tuple(
    IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)

# RFC 6761, RFC 6762, RFC 9476 and what private networks use: asking DNS would leak the name.
_PRIVATE_ENDINGS = frozenset({
    "alt", "arpa", "cluster", "consul", "corp", "home", "internal", "intranet", "lan", "local",
    "localdomain", "localhost", "onion", "private", "svc", "test",
})  # fmt: skip

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
_URL = re.compile(r"(https?)://([^/?#]*)([^#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:@]+)(?::(?P<port>[1-9][0-9]{0,4}))?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_TOP_LEVEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+")
_KEPT_IN_PATH = "%/?:@!$&'()*+,;=~[]|^"


class Forbidden(Exception):
    """The address must not be fetched."""


@dataclass(frozen=True)
class CheckedUrl:
    """An address that may be fetched: ``url`` is what to send, without its fragment.

    ``host`` is ASCII, lower case, and has no brackets. ``is_allowed``: the operator allows this
    host and port by name, so its IP addresses are not checked.
    """

    url: str
    scheme: str
    host: str
    port: int
    is_allowed: bool = False

    @property
    def allowed_for_redirects(self) -> frozenset[str]:
        """The private hosts that a redirect from here may lead to: this one if it is allowed."""
        return frozenset({_host_with_port(self.host, self.port)} if self.is_allowed else ())


def check_url(text: str, allow: frozenset[str] = frozenset()) -> CheckedUrl:
    """Parse ``text`` as an address that may be fetched.

    ``allow`` has the private hosts that are allowed, as `host` (the scheme's own port) or
    `host:port`, in lower case.

    Raises:
        Forbidden: it may not.
    """
    if len(text) > LONGEST_ADDRESS or _UNSAFE.search(text):
        raise Forbidden(text)
    scheme, authority, rest = _parts(text)
    host, port = _host_and_port(authority, _DEFAULT_PORTS[scheme])
    is_standard = port == _DEFAULT_PORTS[scheme]
    is_allowed = _host_with_port(host, port) in allow or (is_standard and _bracketed(host) in allow)
    if not is_allowed:
        _check_public(host, is_standard)
    shown = _bracketed(host) if is_standard else _host_with_port(host, port)
    return CheckedUrl(f"{scheme}://{shown}{rest}", scheme, host, port, is_allowed)


def check_ip(address: str) -> None:
    """Check that ``address`` is on the public internet.

    Raises:
        Forbidden: it isn't, or it isn't an IP address.
    """
    if not is_public(address):
        raise Forbidden(address)


def _parts(text: str) -> tuple[str, str, str]:
    """Scheme, authority, and path with query, ready to send."""
    match = _URL.match(text)
    if match is None:
        raise Forbidden(text)
    scheme, authority, rest = match.groups()
    path = rest if rest.startswith("/") else f"/{rest}"
    return scheme.lower(), authority, quote(path, safe=_KEPT_IN_PATH)


def _host_and_port(authority: str, default: int) -> tuple[str, int]:
    match = _AUTHORITY.fullmatch(authority)
    port = int(match["port"] or default) if match else 0
    if match is None or port > 65535:
        raise Forbidden(authority)
    return _normalize_host(match["host"]), port


def _normalize_host(host: str) -> str:
    """The host in ASCII: an IP address in its shortest form, or labels without a final dot."""
    try:
        if host.startswith("["):
            return str(IPv6Address(host[1:-1]))
        name = host.lower() if host.isascii() else _to_ascii(host)
        name = name.removesuffix(".")
        labels = name.split(".")
        if _NUMBER.fullmatch(labels[-1]):
            return str(IPv4Address(name))
    except ValueError as error:
        raise Forbidden(host) from error
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Forbidden(host)
    return name


def _to_ascii(host: str) -> str:
    # UTS-46 maps the digits of other scripts, circled and superscript numbers to ASCII ones.
    if any(unicodedata.category(char) in {"Nd", "No"} and not char.isascii() for char in host):
        raise ValueError("a digit that is not ASCII")
    return idna.encode(host, uts46=True).decode()


def _check_public(host: str, is_standard_port: bool) -> None:
    labels = host.split(".")
    if not is_standard_port:
        raise Forbidden(host)
    if ":" in host or _NUMBER.fullmatch(labels[-1]):
        check_ip(host)
    elif len(labels) < 2 or labels[-1] in _PRIVATE_ENDINGS or not _TOP_LEVEL.fullmatch(labels[-1]):
        raise Forbidden(host)


def is_public(address: str) -> bool:
    """Whether ``address`` (IPv4 or IPv6, no zone) is on the public internet."""
    try:
        if ":" not in address:
            ipv4 = IPv4Address(address)
            return not any(ipv4 in block for block in _REFUSED_IPV4)
        ipv6 = IPv6Address(address)
    except ValueError:
        return False
    return ipv6 in _GLOBAL_IPV6 and not any(ipv6 in block for block in _REFUSED_IPV6)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _host_with_port(host: str, port: int) -> str:
    return f"{_bracketed(host)}:{port}"


# Three forms of an article's address: what to fetch (`unwrap`, which loses nothing), what to show
# (`without_trackers`), and what is the same for all addresses of an article (`article_key`). The
# key is never fetched: a parameter that looks like a tracker may be the article's number.

# Click numbers of advertisers, campaign names and mailing lists: no site chooses text by them.
_TRACKERS = re.compile(
    r"utm_\w+|(?:fbc|gc|dc|ysc|yc|msc|twc|ttc|irc)lid|[gw]braid|gclsrc"
    r"|igsh(?:id)?|mc_[ce]id|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_(?:id|conv)|oly_(?:anon|enc)_id"
    r"|wt_mc|wickedid|__twitter_impression|_branch_match_id|guce_referrer\w*|guccounter"
    r"|ns_(?:source|mchannel|campaign|linkname|fee)|at_(?:medium|campaign|custom\d|link_\w+|format)"
    r"|xtor|__s|s_cid|cmpid|ocid|icid|ncid|hsctatracking|trk(?:campaign|info)?",
    re.IGNORECASE,
)
# On most sites these say where somebody came from or who shared it; too short or too common to be
# sure.
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


def unwrap(url: str) -> str:
    """The address that ``url`` wraps (search results, mail filters, AMP caches), or itself."""
    for _ in range(_NESTED):
        inner = _wrapped_target(url)
        if inner is None or re.match(r"https?://[^/]", inner, re.IGNORECASE) is None:
            return url
        url = inner
    return url


def hides_target(url: str) -> bool:
    """Whether ``url`` is a link of Google News: since 2024 only its own scripts know the target."""
    parts = _split(url)
    return parts is not None and parts.hostname == "news.google.com" and "articles/" in parts.path


def without_trackers(url: str) -> str:
    """``url`` without parameters that only track people; the others keep their order."""
    parts = _split(url)
    if parts is None or not parts.query:
        return url
    kept = [each for each in parts.query.split("&") if not _TRACKERS.fullmatch(_name(each))]
    return urlunsplit(parts._replace(query="&".join(kept)))


def article_key(url: str) -> str:
    """The same text for all addresses of an article."""
    url = unwrap(url)
    parts = _split(url)
    if parts is None:
        return url
    host = (parts.hostname or "").removesuffix(".")
    if video := _video_of(parts, host):
        return f"https://www.youtube.com/watch?{_canonical_query(f'v={video}')}"
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    path = _normalize_escapes(parts.path) or "/"
    return urlunsplit(
        (parts.scheme.lower(), f"{host}{port}", path, _canonical_query(parts.query), fragment)
    )


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.hostname else None


def _wrapped_target(url: str) -> str | None:
    parts = _split(url)
    if parts is None:
        return None
    place = f"{(parts.hostname or '').lower()}{parts.path}"
    for pattern in _AMP:
        if match := pattern.fullmatch(place):
            query = f"?{parts.query}" if parts.query else ""
            return f"http{'s' if match[1] else ''}://{match[2]}{query}"
    if place.startswith("urldefense."):
        return _unwrap_proofpoint(url, parts)
    parameters = dict(parse_qsl(parts.query))
    for pattern, names in _WRAPPERS:
        if pattern.fullmatch(place):
            return next((parameters[name] for name in names if name in parameters), None)
    return None


def _unwrap_proofpoint(url: str, parts: SplitResult) -> str | None:
    """The address that Proofpoint's filter wraps: version 2 has escapes of its own, version 3 has
    the characters that it took out at the end."""
    if match := _DEFENDED.search(url):
        padded = match[2] + "=" * (-len(match[2]) % 4)
        left_out = iter(base64.urlsafe_b64decode(padded).decode("utf-8", "replace"))
        return re.sub(r"\*", lambda _: next(left_out, "*"), match[1])
    target = dict(parse_qsl(parts.query)).get("u")
    return unquote(target.replace("-", "%").replace("_", "/")) if target else None


def _video_of(parts: SplitResult, host: str) -> str | None:
    """The id of the YouTube video that the address leads to; None if it leads to none."""
    if host not in _YOUTUBE:
        return None
    return parts.path.strip("/") if host == "youtu.be" else dict(parse_qsl(parts.query)).get("v")


def _canonical_query(query: str) -> str:
    names = [each for each in query.split("&") if each]
    kept = [
        each
        for each in names
        if not (_TRACKERS.fullmatch(_name(each)) or _AMBIGUOUS.fullmatch(_name(each)))
    ]
    return "&".join(sorted(kept))


def _name(parameter: str) -> str:
    return unquote(parameter.partition("=")[0])


def _normalize_escapes(path: str) -> str:
    """``path`` with no more escapes than needed, in capitals (RFC 3986 §6.2.2)."""
    plain = _UNRESERVED.sub(lambda match: unquote(match[0]), path)
    return quote(_ESCAPE.sub(lambda match: match[0].upper(), plain), safe="/%:@!$&'()*+,;=~[]|^")
