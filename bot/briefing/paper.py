"""The paragraphs of a briefing or an answer on paper, in any format.

`markdown` makes Markdown of them, `export.word` a Word document. Title and sources, then the lines
with numbers; after them each passage once under its number, and at the end how it came about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.directions import is_from_the_right
from bot.briefing.documents import Document, Passage
from bot.briefing.lines import Answer, Briefing, Caution, Line, Receipt
from bot.briefing.receipts import receipt_line
from bot.briefing.source_line import source_lines
from bot.briefing.verified import is_left_out
from bot.briefing.wording import Wording, Words

Kind = Literal[
    "title", "source", "lead", "heading", "text", "line", "passage", "item", "receipt"
]  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """What stands in brackets behind a paragraph: the number of a passage ("3"), or behind a
    passage where it stands ("A3, p. 2"), with the web address that leads to it, if any."""

    place: str
    url: str | None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: a ``line`` points at passages by their numbers, a ``passage`` has its
    ``number``, and an ``item`` is an entry of a list that points at nothing. ``url`` is where a
    ``source`` leads."""

    kind: Kind
    told: Wording
    references: tuple[Reference, ...] = ()
    is_from_the_right: bool = False
    url: str | None = None
    number: int | None = None

    @property
    def text(self) -> str:
        """What it says, without styles and references."""
        return "".join(words.text for words in self.told)


def paper(outcome: Briefing | Answer) -> tuple[Paragraph, ...]:
    """The paragraphs of a briefing or an answer, in the order in which they are read."""
    writing = _Paper(catalogue(outcome.language), outcome.receipt, outcome.documents)
    told = writing.briefing(outcome) if isinstance(outcome, Briefing) else writing.answer(outcome)
    return tuple(told)


@dataclass(frozen=True)
class _Paper:
    """What is written, with the fixed words of one language. ``passages`` are the
    sentences that lines have pointed at so far, numbered from 1."""

    fixed: Catalogue
    receipt: Receipt
    documents: tuple[Document, ...]
    passages: dict[Passage, int] = field(default_factory=dict)

    def briefing(self, briefing: Briefing) -> Iterator[Paragraph]:
        if line := briefing.headline:
            right = is_from_the_right(line.text)
            yield Paragraph("title", _plain(wording.headline(line, self.fixed)), (), right)
        yield from self._sources(has_title=briefing.headline is not None)
        if line := briefing.bottom_line:
            yield self._told("lead", line, _bold(wording.statement(line, self.fixed)))
        yield from self._differences(briefing)
        yield from self._sections(briefing)
        yield from self._cautions(briefing.cautions)
        yield from self._items("unknowns", [unknown.text for unknown in briefing.unknowns])
        yield from self._ending(briefing)

    def answer(self, answer: Answer) -> Iterator[Paragraph]:
        yield _sentence("title", answer.question)
        yield from self._sources(has_title=True)
        yield from self._lines(answer.lines)
        if not answer.answered:
            yield Paragraph("text", (Words(self.fixed.silence(answer), "bold"),))
        if heading := self.fixed.over_nearest(answer):
            yield _sentence("text", f"{heading}:")
        yield from self._lines(answer.nearest)
        yield from self._ending(answer)

    def _sources(self, *, has_title: bool) -> Iterator[Paragraph]:
        for line in source_lines(self.documents, self.fixed, has_title=has_title):
            yield Paragraph("source", (Words(line.text),), (), self.fixed.is_rtl, line.url)

    def _sections(self, briefing: Briefing) -> Iterator[Paragraph]:
        for section, lines in briefing.sections():
            yield _sentence("heading", self.fixed.headings[section])
            yield from self._lines(lines)

    def _differences(self, briefing: Briefing) -> Iterator[Paragraph]:
        """Each difference with its sides beneath, and who says each."""
        for difference in briefing.differences:
            yield _sentence("heading", self.fixed.differ.format(about=difference.about))
            for side in difference.sides:
                told = wording.side(side, briefing.documents, self.fixed)
                yield self._told("line", side, told)

    def _cautions(self, cautions: Sequence[Caution]) -> Iterator[Paragraph]:
        if cautions:
            yield _sentence("heading", self.fixed.headings["cautions"])
        for note in cautions:
            yield self._told("line", note, wording.of_its_kind(note, self.fixed))

    def _ending(self, outcome: Briefing | Answer) -> Iterator[Paragraph]:
        yield from self._items("unread", [f"{u.source}: {u.message}" for u in outcome.unread])
        yield from self._items("notes", outcome.notes)
        yield from self._passages()
        told = receipt_line(outcome.receipt, outcome.documents, self.fixed)
        yield _sentence("receipt", told)

    def _lines(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        for line in lines:
            yield self._told("line", line, wording.of_its_kind(line, self.fixed))

    def _items(self, section: str, sentences: Sequence[str]) -> Iterator[Paragraph]:
        if sentences:
            yield _sentence("heading", self.fixed.headings[section])
            yield from (_sentence("item", sentence) for sentence in sentences)

    def _told(self, kind: Kind, line: Line, told: Wording) -> Paragraph:
        right = is_from_the_right(wording.directing(line))
        if is_left_out(line, self.receipt):
            told = (*told, Words(f" ({self.fixed.not_judged})", "italic"))
        numbers = dict.fromkeys(n for each in line.evidence for n in self._numbers(each))
        return Paragraph(kind, told, tuple(Reference(str(n), None) for n in numbers), right)

    def _numbers(self, passage: Passage) -> Iterator[int]:
        """The numbers of the sentences that ``passage`` is, is cut from or runs over; of one
        without words (what speaks to machines) its own."""
        if not passage.text:
            yield self._number(passage)
            return
        document = next(each for each in self.documents if each.label == passage.document)
        last = document.number_at(passage.end - 1)
        for number in range(document.number_at(passage.start), last + 1):
            yield self._number(document.passage(number))

    def _number(self, passage: Passage) -> int:
        return self.passages.setdefault(passage, len(self.passages) + 1)

    def _passages(self) -> Iterator[Paragraph]:
        if self.passages:
            yield _sentence("heading", self.fixed.buttons["evidence"])
        for passage, number in self.passages.items():
            place = Reference(self.fixed.place(passage), passage.url)
            right = is_from_the_right(passage.text)
            yield Paragraph("passage", (Words(passage.text),), (place,), right, number=number)


def _sentence(kind: Kind, text: str) -> Paragraph:
    return Paragraph(kind, (Words(text),), (), is_from_the_right(text))


def _plain(told: Wording) -> Wording:
    return tuple(Words(each.text) if each.style == "bold" else each for each in told)


def _bold(told: Wording) -> Wording:
    """``told`` with what is said in bold; what is said about it stays as it is."""
    return tuple(Words(each.text, "bold") if each.style == "plain" else each for each in told)
