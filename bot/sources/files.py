"""Recognises the kind of a file by its bytes, and decodes text."""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

import cchardet

from bot.service.errors import NO_TEXT, Unreadable

# Zero-width spaces, the marks that turn the writing direction, and tag characters, in which
# whole sentences can be hidden. The two joiners stay where they belong to the spelling: after a
# letter of an Arabic or Indic script, and inside an emoji.
_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u061c\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
    "|(?<![\u0600-\u1aff\u2190-\U0001ffff])[\u200c\u200d]"
)


def without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)


# Decodes text, whatever its encoding and whatever it claims to be.
#
# Strict UTF-8 comes before any label: text in another encoding is almost never valid UTF-8 by
# chance, while pages that are UTF-8 and say otherwise are common. Among seven detectors tried on 35
# pairs of language and encoding, faust-cchardet named all of them.

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

    ``label`` is the encoding that came with it, as in `charset=…`; a `<meta charset>` near the
    beginning comes second. Bytes that no encoding explains become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    meta = _META.search(content[:_HEAD])
    for named in ("utf-8", label, meta and meta[1].decode("ascii", "replace")):
        text = _decode_strictly(content, named) if named else None
        if text is not None:
            return text
    detected = cchardet.detect(content[:_SAMPLE])["encoding"]
    return content.decode(_python_codec(detected or "utf-8") or "utf-8", "replace")


def has_byte_order_mark(content: bytes) -> bool:
    return content.startswith(tuple(mark for mark, _ in _MARKS))


def _decode_strictly(content: bytes, label: str) -> str | None:
    """The text, or None if the encoding is unknown or does not fit."""
    encoding = _python_codec(label)
    try:
        return content.decode(encoding) if encoding else None
    except (LookupError, UnicodeError):  # a LookupError from codecs that make no text
        return None


def _python_codec(label: str) -> str | None:
    """The name of Python's codec for ``label``; None if there is none."""
    try:
        name = codecs.lookup(_ALIASES.get(label.lower(), label)).name
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name)


# Kinds of files, recognised by their content and never by a name, and what to say about a file that
# can't be read.

FILE_LIMIT = 20_000_000
"""The most bytes of a file that are read."""

_HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]+:.*|[ \t]+\S.*")
# What mail programs write on every message, and people who type "From:" and "To:" do not.
_ONLY_IN_MAIL = re.compile(
    rb"^(?:message-id|mime-version|received|return-path):", re.IGNORECASE | re.MULTILINE
)
_ZIP = b"PK\x03\x04"


def _is_pdf(content: bytes) -> bool:
    start = content[:_HEAD].lstrip()
    return start.startswith(b"%PDF-") or (b"%PDF-" in start[:1024] and b"endobj" in content)


def _is_docx(content: bytes) -> bool:
    return content[:_HEAD].lstrip().startswith(_ZIP) and b"word/document" in content


def _is_mail(content: bytes) -> bool:
    """Whether ``content`` begins with the header of a message that was sent."""
    if b"\0" in content:
        return False
    header = re.split(rb"\r?\n\r?\n", content[: 16 * _HEAD].lstrip(), maxsplit=1)[0]
    lines = header.splitlines()
    if lines and lines[0].startswith(b"From "):  # of a mailbox
        del lines[0]
    is_header = len(lines) >= 2 and all(map(_HEADER.fullmatch, lines))
    return is_header and _ONLY_IN_MAIL.search(header) is not None


class FileKind(NamedTuple):
    """A kind of file that needs a parser: what people call one (``name``) and several (``names``),
    whether bytes are of this kind, and where the ``parser`` is. That is a function from bytes to an
    `Article`, which runs in a process of its own (`bot.sources.parser_processes`): such files come
    from strangers, and their parsers are slow or native code.
    """

    name: str
    names: str
    matches: Callable[[bytes], bool]
    parser: str


FILE_KINDS = {
    "pdf": FileKind("PDF", "PDF", _is_pdf, "bot.sources.pdf:parse_pdf"),
    "docx": FileKind("Word file", "DOCX", _is_docx, "bot.sources.office_files:parse_docx"),
    "mail": FileKind("e-mail", "e-mail (.eml)", _is_mail, "bot.sources.office_files:parse_mail"),
}

_ALL_KINDS = ", ".join(each.names for each in FILE_KINDS.values())
_READABLE = f"{_ALL_KINDS}, HTML, Markdown and plain text files can be read"
_OR_PASTE = "or paste the text."

_SENTENCES = {
    "bomb": f"The file unpacks to far more than a document should. Save it as a PDF, {_OR_PASTE}",
    "corrupt": "The {file} is damaged, so it can't be opened. Save or export it again, "
    f"{_OR_PASTE}",
    "empty": f"{NO_TEXT} {_READABLE}; {_OR_PASTE}",
    "encrypted": f"The file is locked with a password. Save it without one, {_OR_PASTE}",
    "not_word": "This is an archive, not a Word file. Send the files in it one by one, "
    f"{_OR_PASTE}",
    "scanned": "The PDF is made of pictures and has no text in it. Run text recognition (OCR) over "
    f"it and send the result, {_OR_PASTE}",
    "too_deep": f"It is nested too deeply to be read in full. Save it as a PDF, {_OR_PASTE}",
    "too_many_pages": "The PDF has more than the 1,000 pages I can read. Send the part that "
    f"matters, {_OR_PASTE}",
}
_VERDICTS = {
    "bomb": "unsupported",
    "not_word": "unsupported",
    "too_deep": "thin",
    "too_many_pages": "unsupported",
}
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)

# Other kinds of files, and what people can do about them. The first match counts.
_PICTURE = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE_ZIP = (
    (b"xl/", "a spreadsheet", "Save the sheet that matters as a PDF"),
    (b"ppt/", "a presentation", "Save it as a PDF"),
    (b"opendocument", "an OpenDocument file", "Save it as DOCX or PDF"),
    (b"epub", "an e-book", "Save it as a PDF"),
    (_ZIP, "an archive", "Send the files in it one by one"),
)
_INSIDE_OFFICE = (
    ("WordDocument", "an old Word file (.doc)", "Save it as DOCX or PDF"),
    ("Workbook", "an old Excel file (.xls)", "Save the sheet that matters as a PDF"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)", "Save it as a PDF"),
    ("__substg1.0", "an Outlook message (.msg)", "Save it as .eml"),
)


def kind_of(content: bytes) -> str:
    """The kind of ``content``: a key of `FILE_KINDS`, or `empty`, `html`, `text` or `other`."""
    if has_byte_order_mark(content):
        return _kind_of_text(decode(content[: _HEAD * 4]))
    for name, kind in FILE_KINDS.items():
        if kind.matches(content):
            return name
    start = content[:_HEAD].lstrip()
    if start.startswith((_ZIP, b"{\\rtf", b"\x1f\x8b", *_PICTURE)) or b"\0" in content:
        return "other"
    return _kind_of_text(content[:_HEAD].decode("latin-1"))


def text_of(content: bytes, name: str, label: str | None = None) -> str:
    """The text of a file or of a plain page, with one kind of line end.

    Raises:
        Unreadable: it is empty, or no text.
    """
    if kind_of(content) == "other":
        raise unsupported_file(content, name)
    text = decode(content, label).replace("\r\n", "\n").replace("\r", "\n")
    if not re.search(r"\w", text):
        raise unreadable_file("empty", name)
    return text


def unreadable_file(verdict: str, name: str, kind: str = "text") -> Unreadable:
    """The error for a file of ``kind`` that could not be parsed, with the ``verdict`` of its
    parser."""
    known = _VERDICTS.get(verdict, verdict)
    named = FILE_KINDS[kind].name if kind in FILE_KINDS else "file"
    message = _SENTENCES[verdict].format(file=named)
    return Unreadable(message, source=name, verdict=known)


def unsupported_file(content: bytes, name: str) -> Unreadable:
    """The error for a file of another kind: what it is, and what helps."""
    if content.startswith(_OFFICE) and _utf_16("EncryptedPackage") in content:
        return unreadable_file("encrypted", name)
    what, helps = _describe(content)
    message = f"This is {what}, which can't be read. {helps}, {_OR_PASTE}"
    return Unreadable(message, source=name, verdict="unsupported")


def _describe(content: bytes) -> tuple[str, str]:
    if content.startswith(_OFFICE):
        found = [(what, helps) for sign, what, helps in _INSIDE_OFFICE if _utf_16(sign) in content]
        return found[0] if found else ("an old Office file", "Save it as DOCX or PDF")
    if content.startswith(_ZIP):
        return next((what, helps) for sign, what, helps in _INSIDE_ZIP if sign in content)
    if content.lstrip().startswith(b"{\\rtf"):
        return "an RTF file", "Save it as DOCX or PDF"
    if content.startswith(_PICTURE):
        return "a picture", "Run text recognition (OCR) over it"
    return "a kind of file I don't know", _READABLE


def _utf_16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _kind_of_text(beginning: str) -> str:
    if not beginning.strip():
        return "empty"
    return "html" if _HTML.match(beginning) else "text"
