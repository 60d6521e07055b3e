"""Files of our own: what a printer, an office and a mail program make of a text."""

import io
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage

import docx
from docx.document import Document as Word
from docx.oxml import parse_xml
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12, spaceAfter=6)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=18, leading=22)


def turned(*pages: Sequence[str]) -> bytes:
    """Lines that run up the page, as on a sheet that was put into a printer sideways."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for lines in pages:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        for number, line in enumerate(lines):
            canvas.drawString(50, -60 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def pdf(*pages: Sequence[str], title: str = "", password: str | None = None) -> bytes:
    """Lines as they are given, one under the other, page by page."""
    made = io.BytesIO()
    locked = StandardEncryption(password, "owner") if password is not None else None
    canvas = Canvas(made, encrypt=locked)
    canvas.setTitle(title)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 780 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def printed(paragraphs: Sequence[str], *, columns: int = 1, title: str | None = None) -> bytes:
    """Paragraphs set by a program, with a running head and the number of the page."""
    made = io.BytesIO()
    width = 470 / columns
    frames = [Frame(60 + n * (width + 15), 60, width, 700) for n in range(columns)]
    paper = BaseDocTemplate(made, pagesize=A4, title=title or "untitled")
    paper.addPageTemplates(PageTemplate(frames=frames, onPage=_furnish))
    heading = [Paragraph(title, _TITLE)] if title else []
    paper.build([*heading, *(Paragraph(text, _BODY) for text in paragraphs)])
    return made.getvalue()


def _furnish(canvas: Canvas, paper: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(60, 800, "The Courier Yearbook 2026")
    canvas.drawCentredString(300, 30, f"Page {paper.page}")


def scanned(pages: int = 2) -> bytes:
    """Pages without a letter."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for _ in range(pages):
        canvas.rect(72, 72, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def word(*paragraphs: str, change: Callable[[Word], None] | None = None) -> bytes:
    """Paragraphs in a Word file; ``change`` adds what else there is."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def raw(document: Word, xml: str) -> None:
    """Put a paragraph that is written in XML at the end of a Word file."""
    document.element.body.insert(-1, parse_xml(f"<w:p {_W}>{xml}</w:p>"))


def with_part(content: bytes, name: str, xml: str, kind: str) -> bytes:
    """A Word file with one more part, such as its footnotes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.namelist():
            part = old.read(member)
            if member == "word/_rels/document.xml.rels":
                relation = (
                    '<Relationship Id="rId99" Target="{}" Type="http://schemas.openxmlformats.org/'
                    'officeDocument/2006/relationships/{}"/></Relationships>'
                )
                part = part.replace(b"</Relationships>", relation.format(name, kind).encode())
            new.writestr(member, part)
        new.writestr(f"word/{name}", xml.replace("W_", _W))
    return made.getvalue()


def changed(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each member replaced by what ``change`` returns for its name and content;
    without a member for which that is None."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if (part := change(name, old.read(name))) is not None:
                new.writestr(name, part)
    return made.getvalue()


def zipped(**members: bytes) -> bytes:
    """An archive; in names ``__`` stands for a slash and ``_`` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def mail(text: str | None, html: str | None = None, **headers: str) -> bytes:
    """A message as it is sent."""
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message["Message-ID"] = "<1@courier.example>"
    for name, value in headers.items():
        message[name] = value
    if text is not None:
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return message.as_bytes()
