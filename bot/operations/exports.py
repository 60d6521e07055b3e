"""Exports a briefing or an answer as files: Word, Markdown, plain text, and a calendar."""

import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from textwrap import shorten

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from icalendar import Calendar, Event

from bot.briefing.due import dated_commitments, with_ids
from bot.briefing.lines import Answer, Briefing, Commitment
from bot.briefing.rendering import (
    Citation,
    Paragraph,
    ParagraphKind,
    markdown,
    plain_text,
    render_paragraphs,
)
from bot.briefing.timeline import Timeline
from bot.service.ports import Exportable, ExportedFile

# Word documents.
#
# Words of a source are only ever the text of runs; the only links are to a source's own address.
# python-docx has no call for links and the direction of a paragraph, so these are set in the XML.
# https://ecma-international.org/publications-and-standards/standards/ecma-376/ (part 1: 17.16.22
# hyperlink, 17.3.1.6 bidi, 17.3.2.30 rtl)

_STYLES: dict[ParagraphKind, str] = {
    "title": "Title",
    "heading": "Heading 2",
    "line": "List Bullet",
    "item": "List Bullet",
}
_SMALL = Pt(9)
_GREY, _BLUE = RGBColor(0x55, 0x55, 0x55), RGBColor(0x1D, 0x4E, 0x89)
_TITLE = Pt(20)


def word_document(outcome: Briefing | Answer | Timeline) -> bytes:
    """The bytes of a .docx file with the whole of ``outcome``."""
    document = docx.Document()
    paragraphs = render_paragraphs(outcome)
    document.core_properties.author = "Readout"
    document.core_properties.title = _clean(paragraphs[0].text)[:255]  # Word's limit
    for paragraph in paragraphs:
        _add_paragraph(document, paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_paragraph(document: WordDocument, paragraph: Paragraph) -> None:
    added = document.add_paragraph(style=_STYLES.get(paragraph.kind))
    if paragraph.number:
        _add_reference(added, Citation(str(paragraph.number), None))
        added.add_run(" ")
    if paragraph.url:
        _add_link(added, paragraph.text, paragraph.url)
    for words in () if paragraph.url else paragraph.wording:
        run = added.add_run(_clean(words.text))
        run.bold = True if words.style == "bold" else None
        run.italic = True if words.style == "italic" else None
        _style_run(run, paragraph)
    for reference in paragraph.references:
        added.add_run(" ")
        _add_reference(added, reference)
    if paragraph.is_rtl:
        _set_right_to_left(added)


def _style_run(run: Run, paragraph: Paragraph) -> None:
    if paragraph.kind == "title":
        run.font.size = _TITLE
    if paragraph.kind in ("source", "passage", "receipt"):
        run.font.size, run.font.color.rgb = _SMALL, _GREY
    if paragraph.is_rtl:
        run.font.rtl = True


def _add_reference(paragraph: WordParagraph, reference: Citation) -> None:
    """Add a reference to a paragraph, with a link if its passage has an address."""
    if reference.url:
        _add_link(paragraph, f"[{reference.place}]", reference.url)
        return
    run = paragraph.add_run(f"[{reference.place}]")
    run.font.size, run.font.color.rgb = _SMALL, _GREY


def _add_link(paragraph: WordParagraph, text: str, url: str) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.color.rgb = _SMALL, _BLUE
    link = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    paragraph._p.replace(run._r, link)  # noqa: SLF001 - python-docx's way to its own XML
    link.append(run._r)  # noqa: SLF001


def _set_right_to_left(paragraph: WordParagraph) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.append(OxmlElement("w:bidi"))


# Calendar files (RFC 5545): an all-day event for each commitment.


def calendar(undertakings: Iterable[Commitment], made: datetime | None = None) -> bytes:
    """The bytes of a calendar file; ``undertakings`` have dates (`dated_commitments`), ``made`` is
    the time of the export (by default now). A commitment that is imported again replaces its
    earlier entry."""
    file = Calendar()
    file.add("prodid", "-//Readout//EN")
    file.add("version", "2.0")
    for id_, line in with_ids(undertakings):
        file.add_component(_event(id_, line, made or datetime.now(UTC)))
    return bytes(file.to_ical())


def _event(id_: str, line: Commitment, made: datetime) -> Event:
    passages = "\n".join(f"{each.reference}: {each.text}" for each in line.evidence)
    event = Event()
    event.add("uid", f"{id_}@readout")
    event.add("dtstamp", made)
    event.add("dtstart", date.fromisoformat(line.deadline_date or ""))
    event.add("summary", _clean(line.text if line.is_edited else f"{line.actor}: {line.action}"))
    event.add("description", _clean("\n".join((line.text, *line.terms, passages))))
    if address := next((each.url for each in line.evidence if each.url), None):
        event.add("url", _clean(address))
    return event


def _clean(text: str) -> str:
    """``text`` without control characters, which XML can't hold, except line ends."""
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return "".join(kept)


_NOT_IN_NAMES = re.compile(r"[\W_]+")
_LONGEST_NAME = 60


def export_files(outcome: Exportable) -> tuple[ExportedFile, ...]:
    """The files for ``outcome`` (an `Exporter`): Markdown for programs, Word for people, plain text
    without passages for e-mails, and a calendar of what is due.

    Each file is named after the headline or the question.
    """
    if isinstance(outcome, tuple):
        return (ExportedFile("due.ics", "What is due", calendar(outcome)),)
    due = tuple(dated_commitments(outcome)) if isinstance(outcome, Briefing) else ()
    title = outcome.title
    words = _NOT_IN_NAMES.sub(" ", title).strip().lower()
    short = shorten(words, _LONGEST_NAME, placeholder="") or words[:_LONGEST_NAME] or "briefing"
    name = short.replace(" ", "-")
    return (
        ExportedFile(f"{name}.md", title, markdown(outcome).encode()),
        ExportedFile(f"{name}.docx", title, word_document(outcome)),
        ExportedFile(f"{name}.txt", title, plain_text(outcome).encode()),
        *([ExportedFile(f"{name}.ics", title, calendar(due))] if due else []),
    )
