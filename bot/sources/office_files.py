"""Parses DOCX files and e-mails."""

import zlib
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from lxml import etree  # type: ignore[import-untyped]

from bot.sources.content import Article, Markup
from bot.sources.files import decode, without_invisible
from bot.sources.pages import parse_page

# The text of a DOCX file.
#
# python-docx opens the package and knows its parts; the text is read from their XML here, since the
# library leaves out footnotes and what was inserted while changes were tracked. Deleted, moved and
# hidden text is left out, as are headers, footers and comments.

# A novel has about ten members and unpacks to some megabytes; a bomb needs a ratio of hundreds.
_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 100_000_000
_MOST_RATIO = 200
_RATIO_COUNTS_FROM = 1_000_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}instrText",
    f"{_W}delText",
    f"{_W}pPr",
    _MC_FALLBACK,
}
_CHARACTERS = {
    f"{_W}tab": " ",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
}
# What zipfile, lxml and python-docx raise over a damaged file.
_DAMAGED = (OpcError, BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ValueError)
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
_NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
_PARAGRAPH, _TABLE = f"{_W}p", f"{_W}tbl"


def parse_docx(content: bytes) -> Article:
    """The text of a DOCX file by paragraphs, or a verdict on why there is none.

    A row of a table is one paragraph, with bars between its cells; footnotes and endnotes come at
    the end. Author and date stay unknown: those in the file are of the file, not of the text.
    """
    if found := _package_problem(content):
        return Article("", found)
    try:
        main = _main_part(content)
        body = _root(main)
        notes = [note for kind in _NOTES for note in _notes(main, kind)]
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        return Article("", "corrupt")
    except _DAMAGED:
        return Article("", "corrupt")
    blocks = [block for block in (*_blocks(body), *notes) if block]
    return Article("\n\n".join(blocks), "article" if blocks else "empty", title=_title(body))


def _package_problem(content: bytes) -> str | None:
    try:
        with ZipFile(BytesIO(content)) as package:
            members = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        return "corrupt"
    if any(member.flag_bits & 1 for member in members):
        return "encrypted"
    if not any(member.filename.startswith("word/") for member in members):
        return "not_word"
    unpacked = sum(member.file_size for member in members)
    is_bomb = unpacked > max(_MOST_RATIO * len(content), _RATIO_COUNTS_FROM)
    too_much = len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED
    return "bomb" if is_bomb or too_much else None


def _main_part(content: bytes) -> Part:
    try:
        main: Part = OpcPackage.open(BytesIO(content)).main_document_part
    except (AttributeError, TypeError) as error:  # python-docx on a damaged file
        raise OpcError from error
    return main


def _root(part: Part) -> etree._Element:
    """The XML of a part, with the namespace of the usual variant of the format."""
    blob = part.blob.replace(_STRICT, _W.strip("{}").encode())
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False))


def _notes(main: Part, kind: str) -> Iterator[str]:
    for relation in main.rels.values():
        if relation.reltype == kind and not relation.is_external:
            for note in _root(relation.target_part):
                if note.get(f"{_W}type") not in _NO_NOTES:
                    yield " ".join(_blocks(note))


def _blocks(container: etree._Element) -> Iterator[str]:
    """The paragraphs and rows in ``container``, however deep (content controls wrap them)."""
    for element in container:
        if element.tag == _PARAGRAPH:
            yield from _paragraph(element)
        elif element.tag == _TABLE:
            yield from _rows(element)
        elif element.tag not in _LEFT_OUT:
            yield from _blocks(element)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    lines = "".join(_pieces(paragraph)).splitlines()
    for line in lines:
        if words := " ".join(without_invisible(line).split()):
            yield words


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == _PARAGRAPH:  # of a text box
            yield "\n"
            yield from _pieces(child)
            yield "\n"
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            yield from _pieces(child)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val") not in {"0", "false", "off"}


def _rows(table: etree._Element) -> Iterator[str]:
    for row in table.iterchildren(f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is None:
            cells = (" ".join(_blocks(cell)) for cell in row.iter(f"{_W}tc"))
            yield " | ".join(cell for cell in cells if cell)


def _title(body: etree._Element) -> str | None:
    """The first paragraph if it has the style of a title or heading."""
    for paragraph in body.iter(_PARAGRAPH):
        text = " ".join(_paragraph(paragraph))
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val", "") if style is not None else ""
        if text:
            return text if name.startswith(("Title", "Heading1")) else None
    return None


# E-mails.
#
# Attachments are not opened. A reply keeps what it quotes, with the marks before it, so that
# readers of a passage see whose words they are.


def parse_mail(content: bytes) -> Article:
    """The plain part of a message, or else the article in its HTML part.

    The subject is the title, the sender the author, and the day it was sent the day of publication.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    text, verdict = _text(message.get_body(("plain", "html")))
    sent = getattr(_header(message, "date"), "datetime", None)  # a damaged one is a plain string
    return Article(
        text,
        verdict,
        title=_plain(_header(message, "subject")),
        author=_sender(_header(message, "from")),
        published=sent.date().isoformat() if sent else None,
        published_basis="stated" if sent else None,
    )


def _text(body: MIMEPart | None) -> tuple[str, str]:
    """The text of a part, and the verdict on it."""
    if body is None:
        return "", "empty"
    payload = body.get_payload(decode=True)
    written = decode(payload, body.get_content_charset()) if isinstance(payload, bytes) else ""
    if body.get_content_subtype() == "html":
        # Mail programs send fragments, which the extractor doesn't take for a page.
        article = parse_page(Markup(f"<html><body>{written}</body></html>"))
        if article.verdict == "too_deep":
            return "", "too_deep"
        return article.text, "article" if article.text else "empty"
    text = without_invisible(written.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text, "article" if text else "empty"


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        header: str | None = message[name]
    except (AttributeError, IndexError, TypeError, ValueError):  # raised for damaged headers
        return None
    return header


def _sender(header: str | None) -> str | None:
    name, address = parseaddr(header or "")
    return _plain(name or address)


def _plain(header: str | None) -> str | None:
    return " ".join(without_invisible(header or "").split()) or None
