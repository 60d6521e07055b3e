"""The text of a PDF, and on which page it is.

This is the only module that imports pypdfium2: of nine libraries we compared, it is one of the
three fastest, gets the order of columns right and may be used by anybody. It is native code that
reads strangers' files, so it runs in a process of its own (`bot.sources.parsing`).
"""

import re
from collections.abc import Iterator

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDFText_GetCharIndexFromTextIndex

from bot.sources.invisible import without_invisible
from bot.sources.material import Article
from bot.sources.page_lines import HYPHEN, Box, PageLine
from bot.sources.reflow import reflowed

MOST_PAGES = 1_000
"""Of a longer PDF nothing is read. A page takes about 5 ms, and there are 15 s for a file."""

# A scan has at most a stamp or a page number that a machine wrote.
_FEWEST_CHARACTERS_ON_A_PAGE = 25

# Smaller letters, in points, are written for machines.
_SMALLEST_LINE = 2.0

# pdfium ends a line with CRLF, or with U+FFFE where it takes its last character for a hyphen.
_LINE = re.compile(r"[^\r\n\ufffe]+\ufffe?")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u00ad]$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\uffff]+")
_NO_TITLE = re.compile(
    r"\W*(?:untitled|anonymous|unspecified|title|document\d*|microsoft word.*|powerpoint.*|slide"
    r" \d+|\S+\.\w{2,5})?\W*",
    re.IGNORECASE,
)


def article_of_pdf(content: bytes) -> Article:
    """The text of a PDF with its pages, or a verdict on why there is none.

    Author and date stay unknown: what a PDF says of itself is who made the file, and when.
    """
    try:
        with PdfDocument(content) as document:
            return _article(document)
    except PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
        return Article("", "encrypted" if is_locked else "corrupt")


def _article(document: PdfDocument) -> Article:
    if len(document) > MOST_PAGES:
        return Article("", "too_many_pages")
    pages = [list(_lines(document[index])) for index in range(len(document))]
    letters = sum(len(line.text) for lines in pages for line in lines)
    if letters < _FEWEST_CHARACTERS_ON_A_PAGE * len(pages):
        return Article("", "scanned")
    title = without_invisible(document.get_metadata_value("Title")).strip()
    flow = reflowed(pages)
    if _NO_TITLE.fullmatch(title):
        title = flow.heading or ""
    verdict = "article" if flow.text else "empty"
    return Article(flow.text, verdict, title=title or None, pages=flow.pages)


def _lines(page: PdfPage) -> Iterator[PageLine]:
    """The lines of a page, in the order in which they were written into it."""
    textpage = page.get_textpage()
    try:
        paper = page.get_bbox()
        for words, first, last in _boxed(textpage):
            line = PageLine.between(words, first, last)
            is_seen = _overlap(paper, first) or _overlap(paper, last)
            if is_seen and line.height >= _SMALLEST_LINE:
                yield line
    finally:
        textpage.close()
        page.close()


def _boxed(textpage: PdfTextPage) -> Iterator[tuple[str, Box, Box]]:
    """The words of each line, with the boxes of its first and its last character."""
    text = textpage.get_text_range()
    passed, units = 0, 0
    for match in _LINE.finditer(text):
        units += _units(text[passed : match.start()])
        passed = match.start()
        written = match[0].rstrip("\ufffe")
        words = " ".join(_CONTROL.sub(" ", without_invisible(written)).split())
        if match[0].endswith("\ufffe") or _HYPHEN.search(words):
            words = words.rstrip("-\u2010\u00ad") + HYPHEN
        if words.strip(HYPHEN):
            lead = len(written) - len(written.lstrip())
            end = units + _units(written.rstrip()) - 1
            yield words, _box(textpage, units + lead), _box(textpage, end)


def _overlap(paper: Box, box: Box) -> bool:
    return paper[0] < box[2] and box[0] < paper[2] and paper[1] < box[3] and box[1] < paper[3]


def _units(text: str) -> int:
    """The length of ``text`` as pdfium counts it, in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _box(textpage: PdfTextPage, index: int) -> Box:
    """Left, bottom, right and top of the character at ``index`` of the text, in points."""
    character = FPDFText_GetCharIndexFromTextIndex(textpage, index)
    left, bottom, right, top = textpage.get_charbox(max(character, 0), loose=True)
    return left, bottom, right, top
