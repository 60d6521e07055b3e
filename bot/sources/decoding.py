"""Read bytes as text, whatever their encoding and whatever they claim it to be.

Strict UTF-8 goes before any label: text in another encoding is almost never valid UTF-8 by
chance, while pages that are UTF-8 and say otherwise are common. Among seven detectors tried on
35 pairs of language and encoding, faust-cchardet named all of them.
"""

import codecs
import re

import cchardet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# https://encoding.spec.whatwg.org/#names-and-labels : what a label means in a browser, where
# that is more than what Python takes it for.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

# Labels of the same list that Python does not know.
_ALIASES = {
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-gbk": "gbk",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-sjis": "shift_jis",
}

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 200_000


def decode(content: bytes, label: str | None = None) -> str:
    """The text of ``content``, without a byte order mark.

    ``label`` is what came with it, as in `charset=…`; a `<meta charset>` near the beginning is
    heard after it. Bytes that no encoding explains become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", *_labels(content, label)):
        text = _strictly(content, encoding)
        if text is not None:
            return text
    return content.decode(_detected(content), "replace")


def has_mark(content: bytes) -> bool:
    """Whether ``content`` begins with the byte order mark of a Unicode encoding."""
    return content.startswith(tuple(mark for mark, _ in _MARKS))


def _labels(content: bytes, label: str | None) -> list[str]:
    meta = _META.search(content[:_HEAD])
    named = [label, meta[1].decode("ascii", "replace") if meta else None]
    return [name for name in named if name]


def _detected(content: bytes) -> str:
    named = cchardet.detect(content[:_SAMPLE])["encoding"] or "utf-8"
    return _known(named) or "utf-8"


def _strictly(content: bytes, label: str) -> str | None:
    """The text, or None if the encoding is unknown or does not fit."""
    encoding = _known(label)
    try:
        return content.decode(encoding) if encoding else None
    except (LookupError, UnicodeError):  # a LookupError from codecs that make no text
        return None


def _known(label: str) -> str | None:
    """What ``label`` means to Python, None if nothing."""
    try:
        name = codecs.lookup(_ALIASES.get(label.lower(), label)).name
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name)
