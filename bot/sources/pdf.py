"""Parses PDFs: the text, and where each page begins."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise
from statistics import median

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDFText_GetCharIndexFromTextIndex

from bot.briefing.documents import Span
from bot.briefing.text import count_words
from bot.sources.content import Article
from bot.sources.files import without_invisible

# A line as printed on a page: its words and where they are.
#
# Positions are in points from the lower left corner, as in a PDF.

HYPHEN = "\u00ad"
"""Replaces the hyphen at the end of a line whose last word may continue in the next one."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""

# "12 | Annual report", "Page 12 of 40", "– 12 –"
_FIRST_NUMBER = re.compile(r"\W*(?:[^\W\d]+\W+)?(\d{1,5})(?!\w)")
_LAST_NUMBER = re.compile(r"(?<!\w)(\d{1,5})\W*$")

# The lines at each end of a page that may be running heads or page numbers.
_LINES_AT_AN_END = 3
_MOST_WORDS_WITH_NUMBER = 8


@dataclass(frozen=True)
class PageLine:
    """A printed line. If it runs from right to left, its positions are mirrored, and if it runs up
    or down the page, they are rotated, so that ``left`` is always where it begins and ``bottom``
    is towards the next line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def between(cls, text: str, first: Box, last: Box) -> "PageLine":
        """The line from the box of its first character to that of its last."""
        across, along = last[0] - first[0], last[1] - first[1]
        if abs(along) > abs(across):
            first, last = (_rotated(box, upwards=along > 0) for box in (first, last))
        elif across < 0:
            first, last = ((-box[2], box[1], -box[0], box[3]) for box in (first, last))
        top = max(first[3], first[1] + last[3] - last[1])
        return cls(text, first[0], first[1], last[2], top)

    @property
    def height(self) -> float:
        """From the bottom of the font to its top."""
        return self.top - self.bottom

    @property
    def width_of_first_word(self) -> float:
        """The approximate width of the first word, with a space before it."""
        first = self.text.split(maxsplit=1)[0]
        return (len(first) + 1) * (self.right - self.left) / len(self.text)


def _rotated(box: Box, *, upwards: bool) -> Box:
    """``box`` on a page rotated so that a line up, or down, the page runs to the right."""
    left, bottom, right, top = box
    return (bottom, -right, top, -left) if upwards else (-top, left, -bottom, right)


def without_running_heads(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """The pages without running heads and page numbers.

    Those are lines near the same end of at least half of the pages, and at least two, that are the
    same there, or are short and begin or end with the page number.
    """
    keys = [_keys(lines, page) for page, lines in enumerate(pages)]
    seen = Counter(key for page in keys for key in set().union(*page.values()))
    needed = max(2, (len(pages) + 1) // 2)
    return [
        [
            line
            for place, line in enumerate(lines)
            if all(seen[key] < needed for key in found.get(place, ()))
        ]
        for lines, found in zip(pages, keys, strict=True)
    ]


def _keys(lines: Sequence[PageLine], page: int) -> dict[int, set[str]]:
    """What may repeat on other pages, by the index of the line: the end of the page with the
    wording, or with the page number at its edge."""
    order = sorted(range(len(lines)), key=lambda place: -lines[place].top)
    upper = order[: min(_LINES_AT_AN_END, (len(lines) + 1) // 2)]
    lower = order[max(len(lines) - _LINES_AT_AN_END, len(upper)) :]
    return {
        place: {f"{end} {wording}" for wording in _wordings(lines[place].text, page)}
        for end, places in (("top", upper), ("bottom", lower))
        for place in places
    }


def _wordings(text: str, page: int) -> Iterator[str]:
    yield text
    if count_words(text) <= _MOST_WORDS_WITH_NUMBER:
        for edge, number in (("±…", _FIRST_NUMBER.match(text)), ("…±", _LAST_NUMBER.search(text))):
            if number:
                yield f"{edge} {int(number[1]) - page}"


# Printed lines become running text again: paragraphs of whole words.
#
# A printed page breaks lines where its column ends. The end of a paragraph shows in the position of
# the lines: a gap, an indent, another font size, a line that had room for the next word. A
# paragraph cut in two may cost a sentence, two joined into one cost nothing; so if in doubt, a line
# continues.

# Sizes and gaps are relative to those of the line before, room to the width of the column.
_OTHER_SIZE = 1.15
_WIDER_GAP = 1.3
_WIDEST_GAP = 2.2
_INDENT = 0.6
_MUCH_ROOM = 0.25
_LARGE_TYPE = 1.15
_NEIGHBOURS = 12

_PARAGRAPH_END = "\n\n"
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟։।]['\"”’»)\]]*$")
_ITEM = re.compile(r"[•◦▪‣–—*-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
_LAST_WORD = re.compile(r"[\w-]+$")
_FIRST_WORD = re.compile(r"[\w-]+")
_WORD = re.compile(r"\w+(?:-\w+)*")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
)


def reflow(printed: Sequence[Sequence[PageLine]]) -> Article:
    """The running text of printed pages, whose lines are in reading order; the title is the heading
    on the first page, if a line there is larger than the rest.

    A page's span reaches from its first line to that of the next page; one without text is empty.
    Running heads and page numbers are left out, and hyphenated words are joined, on the page where
    they begin.
    """
    pages = without_running_heads(printed)
    joints = _Joints(pages)
    chunks: list[str] = []
    starts: list[int] = []
    length = 0
    for number, lines in enumerate(pages):
        starts.append(length)
        for place, line in enumerate(lines):
            chunk = line.text.removesuffix(HYPHEN) + joints.after(number, place)
            chunks.append(chunk)
            length += len(chunk)
    text = "".join(chunks).rstrip()
    ends = [*starts[1:], len(text)][: len(starts)]
    spans = (Span(min(s, len(text)), min(e, len(text))) for s, e in zip(starts, ends, strict=True))
    verdict = "article" if text else "empty"
    return Article(text, verdict, title=_heading(pages), pages=tuple(spans))


class _Joints:
    """Decides what comes between a line and the next: nothing, a space, or a paragraph break."""

    def __init__(self, pages: Sequence[Sequence[PageLine]]) -> None:
        self._pages = pages
        lines = [line for page in pages for line in page]
        self._words = {word for line in lines for word in _WORD.findall(line.text.casefold())}
        steps = [
            (above.bottom - below.bottom) / above.height
            for page in pages
            for above, below in pairwise(page)
            if 0 < above.bottom - below.bottom < 3 * above.height
        ]
        self._usual_step = median(steps) if steps else 1.2

    def after(self, page: int, place: int) -> str:
        """What comes after the line at ``place`` of ``page``, without its `HYPHEN`."""
        line, following = self._pages[page][place], self._following(page, place)
        hyphen = "-" if line.text.endswith(HYPHEN) else ""
        if following is None or not self._goes_on(line, following, self._edge(page, place)):
            return hyphen + _PARAGRAPH_END
        if hyphen:
            return "" if self._is_one_word(line.text, following.text) else hyphen
        return "" if _are_unspaced(line.text, following.text) else " "

    def _following(self, page: int, place: int) -> PageLine | None:
        if place + 1 < len(self._pages[page]):
            return self._pages[page][place + 1]
        return next((lines[0] for lines in self._pages[page + 1 :] if lines), None)

    def _edge(self, page: int, place: int) -> float:
        """The right edge of a line's column, from the lines around it."""
        lines = self._pages[page]
        line = lines[place]
        around = lines[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS]
        near = 4 * line.height
        return max(each.right for each in around if abs(each.left - line.left) <= near)

    def _goes_on(self, line: PageLine, following: PageLine, edge: float) -> bool:
        sizes = line.height / following.height
        if not 1 / _OTHER_SIZE < sizes < _OTHER_SIZE:
            return False
        if _ITEM.match(following.text):
            return False
        step = (line.bottom - following.bottom) / line.height
        if step < -0.3 or step > 10:  # another column, or another page
            return _is_cut(line.text, following.text)
        if step < 0.3:  # the same line, further on
            return True
        if step > min(self._usual_step * _WIDER_GAP, _WIDEST_GAP):
            return False
        return line.text.endswith(HYPHEN) or not self._had_room(line, following, edge)

    def _had_room(self, line: PageLine, following: PageLine, edge: float) -> bool:
        """Whether the next line is a new paragraph: its first word would have fitted here, or it is
        indented."""
        if _is_cut(line.text, following.text):
            much = _MUCH_ROOM * (edge - line.left)
            return edge - line.right > much and not following.text[0].islower()
        indented = following.left - line.left > _INDENT * line.height and not _ITEM.match(line.text)
        return indented or edge - line.right > following.width_of_first_word

    def _is_one_word(self, line: str, following: str) -> bool:
        """Whether the hyphen at the end of ``line`` only divides a word."""
        first, last = _FIRST_WORD.match(following), _LAST_WORD.search(line.removesuffix(HYPHEN))
        if first is None or last is None or not first[0][0].islower():
            return False
        begun, ended = last[0].casefold(), first[0].casefold()
        return f"{begun}-{ended}" not in self._words or f"{begun}{ended}" in self._words


def _is_cut(line: str, following: str) -> bool:
    return _SENTENCE_END.search(line) is None or following[0].islower()


def _are_unspaced(line: str, following: str) -> bool:
    return bool(_UNSPACED.match(line[-1]) and _UNSPACED.match(following[0]))


def _heading(pages: Sequence[Sequence[PageLine]]) -> str | None:
    """The first lines in the largest type on the first page with text, if larger than usual."""
    first = next((lines for lines in pages if lines), [])
    largest = max((line.height for line in first), default=0)
    if not first or largest < _LARGE_TYPE * median(line.height for each in pages for line in each):
        return None
    begun = dropwhile(lambda line: line.height < 0.95 * largest, first)
    lines = [next(begun)]
    for line in begun:
        step = lines[-1].bottom - line.bottom
        if line.height < 0.95 * largest or not 0 < step < _WIDER_GAP * largest:
            break
        lines.append(line)
    heading = " ".join(line.text.removesuffix(HYPHEN) for line in lines)
    return heading if count_words(heading) <= 30 else None


# This is the only module that imports pypdfium2: of nine libraries we compared, it is one of the
# three fastest, gets the order of columns right and has a permissive licence. It is native code
# that reads strangers' files, so it runs in a process of its own (`bot.sources.parser_processes`).

MOST_PAGES = 1_000
"""A longer PDF is refused. A page takes about 5 ms, and the limit for a file is 15 s."""

# A scan has no text, except perhaps a stamp or a page number.
_FEWEST_CHARACTERS_ON_A_PAGE = 25

# Smaller letters, in points, are meant for machines.
_SMALLEST_LINE = 2.0

# pdfium ends a line with CRLF, or with U+FFFE if it takes the last character for a hyphen.
_LINE = re.compile(r"[^\r\n\ufffe]+\ufffe?")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u00ad]$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\uffff]+")
_NO_TITLE = re.compile(
    r"\W*(?:untitled|anonymous|unspecified|title|document\d*|microsoft word.*|powerpoint.*|slide"
    r" \d+|\S+\.\w{2,5})?\W*",
    re.IGNORECASE,
)


def parse_pdf(content: bytes) -> Article:
    """The text of a PDF with its pages, or a verdict on why there is none.

    Author and date stay unknown: those in the file are of the file, not of the text.
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
    article = reflow(pages)
    return article if _NO_TITLE.fullmatch(title) else replace(article, title=title)


def _lines(page: PdfPage) -> Iterator[PageLine]:
    """The lines of a page, in the order of the file."""
    textpage = page.get_textpage()
    try:
        paper = page.get_bbox()
        for words, first, last in _words_with_boxes(textpage):
            line = PageLine.between(words, first, last)
            is_seen = _overlap(paper, first) or _overlap(paper, last)
            if is_seen and line.height >= _SMALLEST_LINE:
                yield line
    finally:
        textpage.close()
        page.close()


def _words_with_boxes(textpage: PdfTextPage) -> Iterator[tuple[str, Box, Box]]:
    """The words of each line, with the boxes of its first and last characters."""
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
