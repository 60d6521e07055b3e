"""Decide whether an address may be fetched, before a packet leaves for it.

The rules are stricter than any parser's on purpose: what two parsers could read in two ways is
refused. `ipaddress.is_global` is not the policy: on Python 3.13 it still lets multicast, NAT64
and IPv4-compatible addresses pass.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import quote

import idna

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
_NEVER_EXISTS = "invalid"  # RFC 6761 §6.4

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
_URL = re.compile(r"(https?)://([^/?#]*)([^#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>[1-9][0-9]{0,4}))?")
_PORTED = re.compile(r"[^:\[\]]+:")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_TOP_LEVEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+")
_KEPT_IN_PATH = "%/?:@!$&'()*+,;=~[]|^"


class Reason(StrEnum):
    """Why something was not fetched."""

    SCHEME = "scheme"
    USERINFO = "userinfo"
    PORT = "port"
    NAME = "name"
    ADDRESS = "address"
    DNS = "dns"
    REDIRECT = "redirect"
    ENCODING = "encoding"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"


class NotFetched(Exception):
    """A rule of fetching stopped it; ``detail`` is for the log and never for the asker."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class CheckedUrl:
    """An address that may be dialled: ``url`` is what to send, without its fragment.

    ``host`` is ASCII, lower case, and has no brackets. ``allowed`` tells that the operator
    allows this host and port by name, so that its addresses are not checked.
    """

    url: str
    scheme: str
    host: str
    port: int
    allowed: bool = False

    @property
    def reachable_by_redirect(self) -> frozenset[str]:
        """The allowed host that a redirect from here may lead to: itself, or none."""
        return frozenset({_joined(self.host, self.port)} if self.allowed else ())


def check_url(text: str, allow: frozenset[str] = frozenset()) -> CheckedUrl:
    """The address that ``text`` is, if it may be fetched.

    ``allow`` holds hosts as `host` (the scheme's own port) or `host:port`, in lower case.

    Raises:
        NotFetched: with the rule that it breaks.
    """
    if len(text) > LONGEST_ADDRESS or _UNSAFE.search(text):
        raise NotFetched(
            Reason.NAME, "too long, or contains a space, control character or backslash"
        )
    scheme, authority, rest = _parts(text)
    host, port = _host_and_port(authority, _DEFAULT_PORTS[scheme])
    standard = port == _DEFAULT_PORTS[scheme]
    allowed = _joined(host, port) in allow or (standard and _bracketed(host) in allow)
    if not allowed:
        _check_public(host, standard)
    shown = _bracketed(host) if standard else _joined(host, port)
    return CheckedUrl(f"{scheme}://{shown}{rest}", scheme, host, port, allowed)


def check_ip(address: str) -> None:
    """Nothing, if ``address`` is on the public internet.

    Raises:
        NotFetched: it is not, or it is no address.
    """
    if not is_public(address):
        raise NotFetched(Reason.ADDRESS, address)


def _parts(text: str) -> tuple[str, str, str]:
    """Scheme, authority, and path with query, ready to send."""
    match = _URL.match(text)
    if match is None:
        raise NotFetched(Reason.SCHEME, text[:40])
    scheme, authority, rest = match.groups()
    path = rest if rest.startswith("/") else f"/{rest}"
    return scheme.lower(), authority, quote(path, safe=_KEPT_IN_PATH)


def _host_and_port(authority: str, default: int) -> tuple[str, int]:
    if "@" in authority:
        raise NotFetched(Reason.USERINFO, "the address names a user")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        reason = Reason.PORT if _PORTED.match(authority) else Reason.NAME
        raise NotFetched(reason, authority)
    port = int(match["port"] or default)
    if port > 65535:
        raise NotFetched(Reason.PORT, str(port))
    return _canonical(match["host"]), port


def _canonical(host: str) -> str:
    """The host as ASCII: an address in its shortest form, or labels without a final dot."""
    try:
        if host.startswith("["):
            return str(IPv6Address(host[1:-1]))
        name = host.lower() if host.isascii() else _in_ascii(host)
        name = name.removesuffix(".")
        labels = name.split(".")
        if _NUMBER.fullmatch(labels[-1]):
            return str(IPv4Address(name))
    except ValueError as error:
        raise NotFetched(Reason.NAME, host) from error
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotFetched(Reason.NAME, host)
    return name


def _in_ascii(host: str) -> str:
    # UTS-46 maps the digits of other scripts, circled and superscript numbers to ASCII ones.
    if any(unicodedata.category(char) in {"Nd", "No"} and not char.isascii() for char in host):
        raise ValueError("a digit that is not ASCII")
    return idna.encode(host, uts46=True).decode()


def _check_public(host: str, standard_port: bool) -> None:
    if not standard_port:
        raise NotFetched(Reason.PORT, host)
    labels = host.split(".")
    if ":" in host or _NUMBER.fullmatch(labels[-1]):
        check_ip(host)
    elif labels[-1] == _NEVER_EXISTS:
        raise NotFetched(Reason.DNS, host)
    elif len(labels) < 2 or labels[-1] in _PRIVATE_ENDINGS or not _TOP_LEVEL.fullmatch(labels[-1]):
        raise NotFetched(Reason.NAME, host)


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


def _joined(host: str, port: int) -> str:
    return f"{_bracketed(host)}:{port}"
