"""What stands on paper of a briefing or an answer, paragraph by paragraph, whatever the paper is?

`markdown` writes it down as Markdown, `export.word` as a Word document. Everything is there: each
line is followed by the passages it rests on, and at the end stands how it came about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.directions import is_from_the_right
from bot.briefing.documents import Passage
from bot.briefing.lines import Answer, Briefing, Caution, Event, Line, Receipt
from bot.briefing.receipts import receipt_line
from bot.briefing.verified import is_left_out
from bot.briefing.wording import Wording, Words

Kind = Literal["title", "lead", "heading", "text", "line", "passage", "item", "receipt"]


@dataclass(frozen=True)
class Reference:
    """Where a passage stands ("A3, p. 2"), and the web address that leads to it, if any."""

    place: str
    url: str | None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: a ``line`` rests on its references, a ``passage`` stands under its line, and
    an ``item`` is an entry of a list without passages."""

    kind: Kind
    told: Wording
    references: tuple[Reference, ...] = ()
    is_from_the_right: bool = False

    @property
    def text(self) -> str:
        """What it says, without styles and references."""
        return "".join(words.text for words in self.told)


def paper(outcome: Briefing | Answer) -> tuple[Paragraph, ...]:
    """The paragraphs of a briefing or an answer, in the order in which they are read."""
    writing = _Paper(catalogue(outcome.language), outcome.receipt)
    told = writing.briefing(outcome) if isinstance(outcome, Briefing) else writing.answer(outcome)
    return tuple(told)


@dataclass(frozen=True)
class _Paper:
    """What is written, with the fixed words of one language."""

    fixed: Catalogue
    receipt: Receipt

    def briefing(self, briefing: Briefing) -> Iterator[Paragraph]:
        if line := briefing.headline:
            right = is_from_the_right(line.text)
            yield Paragraph("title", _plain(wording.headline(line, self.fixed)), (), right)
        if line := briefing.bottom_line:
            yield self._told("lead", line, _bold(wording.statement(line, self.fixed)))
            yield from self._passages(line)
        yield from self._differences(briefing)
        yield from self._sections(briefing)
        yield from self._cautions(briefing.cautions)
        yield from self._items("unknowns", [unknown.text for unknown in briefing.unknowns])
        yield from self._ending(briefing)

    def answer(self, answer: Answer) -> Iterator[Paragraph]:
        yield _sentence("title", answer.question)
        yield from self._lines(answer.lines)
        if not answer.answered:
            yield Paragraph("text", (Words(self.fixed.silence(answer), "bold"),))
        if answer.nearest:
            yield _sentence("text", f"{self.fixed.nearest}:")
            yield from self._lines(answer.nearest)
        yield from self._ending(answer)

    def _sections(self, briefing: Briefing) -> Iterator[Paragraph]:
        for section, lines, times in briefing.shown():
            yield _sentence("heading", self.fixed.headings[section])
            yield from self._lines(lines)
            yield from self._pointers(times)

    def _differences(self, briefing: Briefing) -> Iterator[Paragraph]:
        """Each difference with its sides beneath, and who says each."""
        for difference in briefing.differences:
            yield _sentence("heading", self.fixed.differ.format(about=difference.about))
            for side in difference.sides:
                told = wording.side(side, briefing.documents, self.fixed)
                yield self._told("line", side, told)

    def _pointers(self, events: Sequence[Event]) -> Iterator[Paragraph]:
        """Times of sentences that stand above already, with where."""
        for event in events:
            yield self._told("item", event, (Words(event.when, "bold"),))

    def _cautions(self, cautions: Sequence[Caution]) -> Iterator[Paragraph]:
        if cautions:
            yield _sentence("heading", self.fixed.headings["cautions"])
        for note in cautions:
            yield self._told("line", note, wording.of_its_kind(note, self.fixed))

    def _ending(self, outcome: Briefing | Answer) -> Iterator[Paragraph]:
        yield from self._items("unread", [f"{u.source}: {u.message}" for u in outcome.unread])
        yield from self._items("notes", outcome.notes)
        told = receipt_line(outcome.receipt, outcome.documents, self.fixed)
        yield _sentence("receipt", told)

    def _lines(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        for line in lines:
            yield self._told("line", line, wording.of_its_kind(line, self.fixed))
            yield from self._passages(line)

    def _items(self, section: str, sentences: Sequence[str]) -> Iterator[Paragraph]:
        if sentences:
            yield _sentence("heading", self.fixed.headings[section])
            yield from (_sentence("item", sentence) for sentence in sentences)

    def _told(self, kind: Kind, line: Line, told: Wording) -> Paragraph:
        right = is_from_the_right(wording.directing(line))
        if is_left_out(line, self.receipt):
            told = (*told, Words(f" ({self.fixed.not_judged})", "italic"))
        places = {each.reference: self._reference(each) for each in line.evidence}
        return Paragraph(kind, told, tuple(places.values()), right)

    def _reference(self, passage: Passage) -> Reference:
        return Reference(self.fixed.place(passage), passage.url)

    def _passages(self, line: Line) -> Iterator[Paragraph]:
        """The passages beneath a line that says it in other words."""
        for passage in dict.fromkeys(each for each in line.evidence if each.text != line.text):
            told = Words(f"{self.fixed.place(passage)}: "), Words(passage.text)
            yield Paragraph("passage", told, (), is_from_the_right(passage.text))


def _sentence(kind: Kind, text: str) -> Paragraph:
    return Paragraph(kind, (Words(text),), (), is_from_the_right(text))


def _plain(told: Wording) -> Wording:
    return tuple(Words(each.text) if each.style == "bold" else each for each in told)


def _bold(told: Wording) -> Wording:
    """``told`` with what is said in bold; what is said about it stays as it is."""
    return tuple(Words(each.text, "bold") if each.style == "plain" else each for each in told)
