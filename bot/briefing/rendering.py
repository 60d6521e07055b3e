"""Renders briefings, answers, timelines and digests: as paragraphs for any format, as Markdown, as
plain text, and as JSON.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import quote

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.digest import Digest, Story
from bot.briefing.documents import Document, Passage
from bot.briefing.lines import (
    EXTRACTIVE,
    Answer,
    Briefing,
    Caution,
    Difference,
    Line,
    Receipt,
    Since,
    Withheld,
)
from bot.briefing.text import (
    defang,
    directed_space,
    direction_marks,
    escape_markdown,
    is_rtl,
    isolate_runs,
)
from bot.briefing.timeline import Timeline
from bot.briefing.wording import Wording, Words, is_unjudged, receipt_line, source_lines

# Paragraphs for any format.
#
# `markdown` makes Markdown of them, `bot.operations.exports` a Word document. Title and sources
# come first, then the lines with numbers, each passage once under its number, and the receipt.

ParagraphKind = Literal[
    "title", "source", "lead", "heading", "text", "line", "passage", "item", "receipt"
]  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What stands in brackets behind a line or a passage: the number of a passage ("3"), or its
    place ("A3, p. 2") with the web address that leads to it, if any."""

    place: str
    url: str | None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: a ``line`` points at passages by their numbers, a ``passage`` has its
    ``number``, and an ``item`` is an entry of a list that points at nothing. ``url`` is where a
    ``source`` leads."""

    kind: ParagraphKind
    wording: Wording
    references: tuple[Citation, ...] = ()
    is_rtl: bool = False
    url: str | None = None
    number: int | None = None

    @property
    def text(self) -> str:
        """The text without styles and references."""
        return "".join(words.text for words in self.wording)


def render_paragraphs(outcome: Briefing | Answer | Timeline | Digest) -> tuple[Paragraph, ...]:
    """The paragraphs of a briefing, an answer, a timeline or a digest, in reading order."""
    receipt = Receipt(EXTRACTIVE, "") if isinstance(outcome, Timeline) else outcome.receipt
    renderer = _Renderer(catalogue(outcome.language), receipt, outcome.documents)
    match outcome:
        case Briefing():
            return tuple(renderer.briefing(outcome))
        case Answer():
            return tuple(renderer.answer(outcome))
        case Digest():
            return tuple(renderer.digest(outcome))
    return tuple(renderer.story(outcome))


@dataclass(frozen=True)
class _Renderer:
    """Renders with the fixed sentences of one language. ``passages`` are the sentences cited so
    far, numbered from 1."""

    fixed: Catalogue
    receipt: Receipt
    documents: tuple[Document, ...]
    passages: dict[Passage, int] = field(default_factory=dict)

    def briefing(self, briefing: Briefing) -> Iterator[Paragraph]:
        if line := briefing.headline:
            right = is_rtl(line.text)
            yield Paragraph("title", _plain(wording.headline(line, self.fixed)), (), right)
        yield from self._sources(self.documents, has_title=briefing.headline is not None)
        yield from self._since(briefing.since)
        if line := briefing.bottom_line:
            yield self._line("lead", line, _bold(wording.statement(line, self.fixed)))
        yield from self._differences(briefing)
        for name, lines in (*briefing.sections(), ("cautions", briefing.cautions)):
            if lines:
                yield _sentence("heading", self.fixed.headings[name])
                yield from self._lines(lines)
        yield from self._items(
            self.fixed.headings["unknowns"], [unknown.text for unknown in briefing.unknowns]
        )
        yield from self._ending(briefing)

    def _since(self, since: Since | None) -> Iterator[Paragraph]:
        """Yield what is new, each change with the days of the earlier lines."""
        if since is None or not since.changes:
            return
        day = self.fixed.day(since.replies[0].day)
        yield _sentence("heading", self.fixed.since.format(date=day))
        for change in since.changes:
            days = dict.fromkeys(self.fixed.day(each.reply.day) for each in change.then)
            asides = (
                Words(f" ({self.fixed.told_on.format(date=each)})", "italic") for each in days
            )
            yield self._line("line", change, (*wording.change(change, self.fixed), *asides))

    def answer(self, answer: Answer) -> Iterator[Paragraph]:
        yield _sentence("title", answer.question)
        yield from self._sources(self.documents, has_title=True)
        yield from self._lines(answer.lines)
        if not answer.answered:
            yield Paragraph("text", (Words(self.fixed.no_answer(answer), "bold"),))
        if heading := self.fixed.nearest_heading(answer):
            yield _sentence("text", f"{heading}:")
        yield from self._lines(answer.nearest)
        yield from self._ending(answer)

    def story(self, timeline: Timeline) -> Iterator[Paragraph]:
        yield _sentence("title", timeline.title)
        yield from self._sources(self.documents, has_title=True)
        for chapter in timeline.chapters:
            yield _sentence("heading", chapter.title)
            yield from (self._line("line", row.line, row.wording) for row in chapter.rows)
        yield from self._passages()
        yield _sentence("receipt", " ".join(timeline.notes))

    def digest(self, digest: Digest) -> Iterator[Paragraph]:
        words = self.fixed.digest
        for story in digest.stories:
            headline = _plain(wording.headline(story.headline, self.fixed))
            title = (Words(f"{words[story.status]}: "), *headline)
            yield self._line("heading", story.headline, title)
            yield from self._lines(story.lines)
            yield from self._differences(story)
            yield _sentence(
                "text", words["outlets"].format(outlets=self.fixed.join_list(story.outlets))
            )
            yield from self._sources(story.documents, has_title=False)
        if digest.due:
            yield _sentence("heading", words["due"])
        for each in digest.due:
            yield from self._lines([each.line])
            yield from self._sources([each.document], has_title=False)
        yield from self._items(words["down"], [f"{d.source}: {d.message}" for d in digest.down])
        yield from (_sentence("text", note) for note in digest.notes)
        yield from self._passages()
        yield _sentence("receipt", receipt_line(digest.receipt, (), self.fixed))

    def _sources(self, documents: Sequence[Document], *, has_title: bool) -> Iterator[Paragraph]:
        for line in source_lines(documents, self.fixed, has_title=has_title):
            yield Paragraph("source", (Words(line.text),), (), self.fixed.is_rtl, line.url)

    def _differences(self, briefing: Briefing | Story) -> Iterator[Paragraph]:
        """Yield each difference, with its sides and who says each beneath."""
        for difference in briefing.differences:
            yield _sentence("heading", self.fixed.differ.format(about=difference.about))
            for side in difference.sides:
                yield self._line("line", side, wording.side(side, briefing.documents, self.fixed))

    def _ending(self, outcome: Briefing | Answer) -> Iterator[Paragraph]:
        headings = self.fixed.headings
        unread = [f"{each.source}: {each.message}" for each in outcome.unread]
        yield from self._items(headings["unread"], unread)
        yield from self._items(headings["notes"], outcome.notes)
        yield from self._passages()
        receipt = receipt_line(outcome.receipt, outcome.documents, self.fixed)
        yield _sentence("receipt", receipt)

    def _lines(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        for line in lines:
            yield self._line("line", line, wording.line_wording(line, self.fixed))

    def _items(self, heading: str, sentences: Sequence[str]) -> Iterator[Paragraph]:
        if sentences:
            yield _sentence("heading", heading)
            yield from (_sentence("item", sentence) for sentence in sentences)

    def _line(self, kind: ParagraphKind, line: Line, shown: Wording) -> Paragraph:
        right = is_rtl(wording.direction_text(line))
        if is_unjudged(line, self.receipt):
            shown = (*shown, Words(f" ({self.fixed.not_judged})", "italic"))
        numbers = dict.fromkeys(n for each in line.evidence for n in self._numbers(each))
        return Paragraph(kind, shown, tuple(Citation(str(n), None) for n in numbers), right)

    def _numbers(self, passage: Passage) -> Iterator[int]:
        """Yield the numbers of the sentences that ``passage`` is, is cut from or runs over; its own
        number if it has no words (what addresses machines) or its document's text is not kept."""
        document = next(each for each in self.documents if each.label == passage.document)
        if not (passage.text and document.sentences):
            yield self._number(passage)
            return
        for number in document.numbers_in(passage.start, passage.end):
            yield self._number(document.passage(number))

    def _number(self, passage: Passage) -> int:
        return self.passages.setdefault(passage, len(self.passages) + 1)

    def _passages(self) -> Iterator[Paragraph]:
        if self.passages:
            yield _sentence("heading", self.fixed.buttons["evidence"])
        for passage, number in self.passages.items():
            place = Citation(self.fixed.place(passage), passage.url)
            right = is_rtl(passage.text)
            yield Paragraph("passage", (Words(passage.text),), (place,), right, number=number)


def _sentence(kind: ParagraphKind, text: str) -> Paragraph:
    return Paragraph(kind, (Words(text),), (), is_rtl(text))


def _plain(shown: Wording) -> Wording:
    return tuple(Words(each.text) if each.style == "bold" else each for each in shown)


def _bold(shown: Wording) -> Wording:
    """``shown`` in bold, except for remarks, which keep their style."""
    return tuple(Words(each.text, "bold") if each.style == "plain" else each for each in shown)


# A briefing or an answer as Markdown, for a document or a mail.
#
# Foreign words are escaped, so that nothing in a source becomes markup or a link; the only links
# are those that code made from a source's own address.

_OPENINGS = {"title": "# ", "heading": "## ", "line": "- ", "item": "- "}
_MARKS = {"plain": "", "bold": "**", "italic": "*"}
# No empty line between paragraphs of these kinds.
_TOGETHER = {("item", "item"), ("line", "line")}


def markdown(outcome: Briefing | Answer | Timeline) -> str:
    """``outcome`` as Markdown: lines with the numbers of their passages, then the passages."""
    return _join(render_paragraphs(outcome), _as_markdown, _TOGETHER)


def _join(
    paragraphs: Sequence[Paragraph],
    written: Callable[[Paragraph], str],
    together: Collection[tuple[str, str]],
) -> str:
    """The paragraphs, each as a string by ``written``, with an empty line between those whose
    kinds do not stand ``together``."""
    parts = [written(paragraphs[0])]
    for before, paragraph in pairwise(paragraphs):
        gap = "\n" if (before.kind, paragraph.kind) in together else "\n\n"
        parts += [gap, written(paragraph)]
    return "".join(parts) + "\n"


def _as_markdown(paragraph: Paragraph) -> str:
    right = paragraph.is_rtl
    before, behind = direction_marks(paragraph.text, rtl=right)
    text = isolate_runs("".join(map(_styled, paragraph.wording)), rtl=right)
    if paragraph.url:
        text = f"[{text}]({_address(paragraph.url)})"
    references = "".join(
        f"{directed_space(rtl=right)}{_reference(each)}" for each in paragraph.references
    )
    number = f"[{paragraph.number}] " if paragraph.number else ""
    opening = _OPENINGS.get(paragraph.kind, number)
    shown = f"*{text}*" if paragraph.kind == "receipt" else text
    return f"{opening}{before}{shown.rstrip()}{references}{behind}"


def _styled(words: Words) -> str:
    """Words in their style; a mark beside a space would not work."""
    said = words.text.strip()
    if not said:
        return words.text
    before, behind = words.text.split(said)
    mark = _MARKS[words.style]
    return f"{before}{mark}{escape_markdown(said)}{mark}{behind}"


def _reference(reference: Citation) -> str:
    place = f"[{reference.place}]"
    return f"{place}({_address(reference.url)})" if reference.url else place


def _address(url: str) -> str:
    """``url`` as the target of a link, in which a bracket or a space would end it."""
    return quote(url, safe=":/?#[]@!$&'*+,;=%~")


# A briefing or an answer as plain text, for an e-mail.
#
# Without passages and references to them, which stay in the thread.

_BULLETED = ("line", "item")
# No empty line between paragraphs of these kinds.
_TOGETHER_AS_TEXT = {
    ("title", "source"), ("source", "source"), ("heading", "line"), ("heading", "item"),
    ("text", "line"), ("line", "line"), ("item", "item"),
}  # fmt: skip


def plain_text(outcome: Briefing | Answer | Timeline) -> str:
    """``outcome`` as plain text without its passages, each paragraph on a line of its own."""
    shown = list(without_passages(render_paragraphs(outcome)))
    return _join(shown, _as_text, _TOGETHER_AS_TEXT)


def without_passages(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """Yield the paragraphs that are neither passages nor their heading."""
    for paragraph, after in pairwise(paragraphs):
        if "passage" not in (paragraph.kind, after.kind):
            yield paragraph
    yield paragraphs[-1]


def _as_text(paragraph: Paragraph) -> str:
    right = paragraph.is_rtl
    text = paragraph.text if paragraph.url is None else f"{paragraph.text} · {paragraph.url}"
    before, behind = direction_marks(text, rtl=right)
    bullet = "- " if paragraph.kind in _BULLETED else ""
    return f"{bullet}{before}{isolate_runs(text, rtl=right)}{behind}"


# The JSON that other programs read: one object for a briefing, an answer, a document, a failure.
#
# `schema` is 2 and grows only with an incompatible change; keys may be added. A statement has both
# `text` and `evidence`, and its evidence is never empty.

SCHEMA = 2
_SECTIONS = ("key_points", "quotes", "commitments", "timeline", "figures")
_LEFT_OUT = ("doubts", "edited", "told", "corrected")

Report = dict[str, Any]


def briefing_json(briefing: Briefing) -> Report:
    """A briefing. Every key is present; an empty section is a list, an unknown value null."""
    documents = zip(briefing.documents, briefing.words_read, strict=True)
    return {
        "schema": SCHEMA,
        "kind": "briefing",
        "documents": [_document(document, words_read) for document, words_read in documents],
        "since": briefing.since and _since(briefing.since),
        "headline": briefing.headline and _statement(briefing.headline),
        "bottom_line": briefing.bottom_line and _statement(briefing.bottom_line),
        **{name: list(map(_statement, getattr(briefing, name))) for name in _SECTIONS},
        "differences": [_difference(each) for each in briefing.differences],
        "cautions": [_caution(caution) for caution in briefing.cautions],
        "unknowns": [asdict(unknown) for unknown in briefing.unknowns],
        "withheld": [_withheld(line) for line in briefing.withheld],
        "unread": [asdict(unread) for unread in briefing.unread],
        "notes": list(briefing.notes),
        "receipt": asdict(briefing.receipt),
    }


def answer_json(answer: Answer) -> Report:
    """An answer. It has no lines if the sources do not say, or (``answered`` is null) if no model
    has read them."""
    return {
        "schema": SCHEMA,
        "kind": "answer",
        "documents": [_document(document, document.words) for document in answer.documents],
        "question": answer.question,
        "answered": answer.answered,
        "lines": [_statement(line) for line in answer.lines],
        "nearest": [_statement(line) for line in answer.nearest],
        "withheld": [_withheld(line) for line in answer.withheld],
        "unread": [asdict(unread) for unread in answer.unread],
        "notes": list(answer.notes),
        "receipt": asdict(answer.receipt),
    }


def document_json(document: Document, notes: tuple[str, ...] = ()) -> Report:
    """A document as it was read."""
    whole = _document(document, document.words)
    return {"schema": SCHEMA, "kind": "document", "document": whole, "notes": list(notes)}


def digest_json(digest: Digest) -> Report:
    """A digest; ``documents`` of a story are labels."""
    read = [pair for s in digest.stories for pair in zip(s.documents, s.words_read, strict=True)]
    due = [(each.document, each.document.words) for each in digest.due]
    return {
        "schema": SCHEMA,
        "kind": "digest",
        "at": digest.at,
        "stories": [_story(story) for story in digest.stories],
        "documents": [_document(document, words) for document, words in (*read, *due)],
        "due": [_statement(each.line) for each in digest.due],
        "down": [asdict(each) for each in digest.down],
        "notes": list(digest.all_notes),
        "receipt": asdict(digest.receipt),
    }


def _story(story: Story) -> Report:
    return {
        "headline": _statement(story.headline),
        "lines": [_statement(line) for line in story.lines],
        "status": story.status,
        "documents": [document.label for document in story.documents],
        "outlets": list(story.outlets),
        "differences": [_difference(each) for each in story.differences],
    }


def failure_json(kind: str, message: str, verdict: str | None, source: str | None) -> Report:
    """A failure: its kind, and a message for the asker."""
    error = {"kind": kind, "verdict": verdict, "source": source, "message": message}
    return {"schema": SCHEMA, "kind": "failure", "error": error}


def _document(document: Document, words_read: int) -> Report:
    return {
        "label": document.label,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "published_basis": document.published_basis,
        "url": document.url,
        "canonical": document.key,
        "language": document.language,
        "verdict": document.verdict,
        "words": document.words,
        "words_read": words_read,
        "numbering": document.numbering,
        "text": document.text,
    }


def _statement(line: Line) -> Report:
    """A line. One that is shown has no doubts left; who edited it is an entry of its own."""
    fields = {name: value for name, value in asdict(line).items() if name not in _LEFT_OUT}
    return {**fields, **_edited(line)}


def _since(since: Since) -> Report:
    return {
        "day": since.replies[0].day,
        "changes": [_statement(change) for change in since.changes],
        "rewritten": [asdict(each) for each in since.rewritten],
    }


def _edited(line: Line) -> Report:
    if line.edited is None:
        return {}
    return {"edited_by": defang(line.edited.by), "verified": line.is_verified}


def _difference(difference: Difference) -> Report:
    return {
        "about": difference.about,
        "sides": [_statement(side) for side in difference.sides],
    }


def _caution(caution: Caution) -> Report:
    evidence = [asdict(passage) for passage in caution.evidence]
    return {
        "kind": caution.kind,
        "text": caution.text,
        "evidence": evidence,
        **_edited(caution),
    }


def _withheld(line: Withheld) -> Report:
    """A withheld line, with addresses and mentions defanged."""
    return {
        "section": line.section,
        "text": defang(line.text),
        "reasons": [
            {"check": reason.check, "grade": reason.grade, "message": defang(reason.message)}
            for reason in line.reasons
        ],
        "references": [defang(reference) for reference in line.references],
    }
