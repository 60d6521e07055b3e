"""What kind of thing some bytes are, told by what they hold and never by a name."""

import re
from typing import Literal

from bot.errors import Unreadable
from bot.sources.decoding import decode, has_mark

FILE_LIMIT = 20_000_000
"""The most bytes of a file that are read."""

Kind = Literal["empty", "html", "text", "other"]

_READABLE = "Plain text, Markdown and HTML files can be read; or paste the text."

_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\x1f\x8b", b"\xff\xd8\xff", b"\x89PNG")
_HEAD = 4096


def kind_of(content: bytes) -> Kind:
    """What ``content`` is."""
    if has_mark(content):
        return _kind_of_text(decode(content[: _HEAD * 4]))
    if content.lstrip().startswith(_SIGNATURES) or b"\0" in content:
        return "other"
    return _kind_of_text(content[:_HEAD].decode("latin-1"))


def text_of(content: bytes, name: str, label: str | None = None) -> str:
    """The text of a file or of a plain page, with one kind of line end.

    Raises:
        Unreadable: it is empty, or no text.
    """
    if kind_of(content) == "other":
        raise unsupported(name)
    text = decode(content, label).replace("\r\n", "\n").replace("\r", "\n")
    if not re.search(r"\w", text):
        raise Unreadable(f"There is no text in it. {_READABLE}", source=name, verdict="empty")
    return text


def unsupported(name: str) -> Unreadable:
    """The error for a file that holds something other than text."""
    return Unreadable(
        f"This kind of file can't be read. {_READABLE}", source=name, verdict="unsupported"
    )


def _kind_of_text(beginning: str) -> Kind:
    if not beginning.strip():
        return "empty"
    return "html" if _HTML.match(beginning) else "text"
