"""Foreign words made harmless where a reader's program might act on them."""

import re

# Something that a chat or a Markdown reader turns into a link or a mention: an address with a
# scheme, a bare host, a mail address, a Slack token.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,20}):(?=//|[^\s/])", re.IGNORECASE)
_HOST = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2,})")
_TOKEN = re.compile(r"<(?=[!@#])|@(?=\w)|(?<!\w)mailto(?=:)", re.IGNORECASE)
# Round brackets make a link only right behind a square one, which is escaped.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#+!|<>~])")

# Spaces that hold words together stay.
_GAP = re.compile(r"[^\S\u00a0\u202f]+")

# Invisible, and never part of an address or a token.
_BREAK = "\u2060"


def harmless(text: str) -> str:
    """``text`` with an invisible character in every address and mention, so that none works.

    For words that failed the checks, and for places where a program looks for links in plain
    text. Passages are never changed: they are shown where nothing is looked for.
    """
    text = _TOKEN.sub(lambda match: match[0][0] + _BREAK + match[0][1:], text)
    text = _SCHEME.sub(rf"\1{_BREAK}:", text)
    return _HOST.sub(f"{_BREAK}.", text)


def markdown_text(text: str) -> str:
    """``text`` as plain words of a Markdown document: no markup, no link, one line."""
    return _MARKDOWN.sub(r"\\\1", harmless(_GAP.sub(" ", text).strip(" ")))
