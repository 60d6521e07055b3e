"""A briefing or an answer on paper: as paragraphs in any format, as Markdown, as plain text and as
JSON for other programs.
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

# The paragraphs of a briefing or an answer on paper, in any format.
#
# `markdown` makes Markdown of them, `bot.operations.exports` a Word document. Title and sources,
# then the lines with numbers; after them each passage once under its number, and at the end how it
# came about.

ParagraphKind = Literal[
    "title", "source", "lead", "heading", "text", "line", "passage", "item", "receipt"
]  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What stands in brackets behind a paragraph: the number of a passage ("3"), or behind a
    passage where it stands ("A3, p. 2"), with the web address that leads to it, if any."""

    place: str
    url: str | None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: a ``line`` points at passages by their numbers, a ``passage`` has its
    ``number``, and an ``item`` is an entry of a list that points at nothing. ``url`` is where a
    ``source`` leads."""

    kind: ParagraphKind
    told: Wording
    references: tuple[Citation, ...] = ()
    is_from_the_right: bool = False
    url: str | None = None
    number: int | None = None

    @property
    def text(self) -> str:
        """What it says, without styles and references."""
        return "".join(words.text for words in self.told)


def render_paragraphs(outcome: Briefing | Answer | Timeline | Digest) -> tuple[Paragraph, ...]:
    """The paragraphs of a briefing, an answer, a story or a digest, in the order in which they are
    read."""
    receipt = Receipt(EXTRACTIVE, "") if isinstance(outcome, Timeline) else outcome.receipt
    writing = _Paper(catalogue(outcome.language), receipt, outcome.documents)
    match outcome:
        case Briefing():
            return tuple(writing.briefing(outcome))
        case Answer():
            return tuple(writing.answer(outcome))
        case Digest():
            return tuple(writing.digest(outcome))
    return tuple(writing.story(outcome))


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
            right = is_rtl(line.text)
            yield Paragraph("title", _plain(wording.headline(line, self.fixed)), (), right)
        yield from self._sources(self.documents, has_title=briefing.headline is not None)
        yield from self._since(briefing.since)
        if line := briefing.bottom_line:
            yield self._told("lead", line, _bold(wording.statement(line, self.fixed)))
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
        """What is new, each with the days on which what was before was told."""
        if since is None or not since.changes:
            return
        day = self.fixed.day(since.replies[0].day)
        yield _sentence("heading", self.fixed.since.format(date=day))
        for change in since.changes:
            days = dict.fromkeys(self.fixed.day(each.reply.day) for each in change.then)
            told = (Words(f" ({self.fixed.told_on.format(date=each)})", "italic") for each in days)
            yield self._told("line", change, (*wording.change(change, self.fixed), *told))

    def answer(self, answer: Answer) -> Iterator[Paragraph]:
        yield _sentence("title", answer.question)
        yield from self._sources(self.documents, has_title=True)
        yield from self._lines(answer.lines)
        if not answer.answered:
            yield Paragraph("text", (Words(self.fixed.silence(answer), "bold"),))
        if heading := self.fixed.over_nearest(answer):
            yield _sentence("text", f"{heading}:")
        yield from self._lines(answer.nearest)
        yield from self._ending(answer)

    def story(self, timeline: Timeline) -> Iterator[Paragraph]:
        yield _sentence("title", timeline.title)
        yield from self._sources(self.documents, has_title=True)
        for chapter in timeline.chapters:
            yield _sentence("heading", chapter.title)
            yield from (self._told("line", row.line, row.told) for row in chapter.rows)
        yield from self._passages()
        yield _sentence("receipt", " ".join(timeline.notes))

    def digest(self, digest: Digest) -> Iterator[Paragraph]:
        words = self.fixed.digest
        for story in digest.stories:
            headline = _plain(wording.headline(story.headline, self.fixed))
            told = (Words(f"{words[story.status]}: "), *headline)
            yield self._told("heading", story.headline, told)
            yield from self._lines(story.lines)
            yield from self._differences(story)
            yield _sentence(
                "text", words["outlets"].format(outlets=self.fixed.listed(story.outlets))
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
        """Each difference with its sides beneath, and who says each."""
        for difference in briefing.differences:
            yield _sentence("heading", self.fixed.differ.format(about=difference.about))
            for side in difference.sides:
                told = wording.side(side, briefing.documents, self.fixed)
                yield self._told("line", side, told)

    def _ending(self, outcome: Briefing | Answer) -> Iterator[Paragraph]:
        headings = self.fixed.headings
        unread = [f"{each.source}: {each.message}" for each in outcome.unread]
        yield from self._items(headings["unread"], unread)
        yield from self._items(headings["notes"], outcome.notes)
        yield from self._passages()
        told = receipt_line(outcome.receipt, outcome.documents, self.fixed)
        yield _sentence("receipt", told)

    def _lines(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        for line in lines:
            yield self._told("line", line, wording.line_wording(line, self.fixed))

    def _items(self, heading: str, sentences: Sequence[str]) -> Iterator[Paragraph]:
        if sentences:
            yield _sentence("heading", heading)
            yield from (_sentence("item", sentence) for sentence in sentences)

    def _told(self, kind: ParagraphKind, line: Line, told: Wording) -> Paragraph:
        right = is_rtl(wording.direction_text(line))
        if is_unjudged(line, self.receipt):
            told = (*told, Words(f" ({self.fixed.not_judged})", "italic"))
        numbers = dict.fromkeys(n for each in line.evidence for n in self._numbers(each))
        return Paragraph(kind, told, tuple(Citation(str(n), None) for n in numbers), right)

    def _numbers(self, passage: Passage) -> Iterator[int]:
        """The numbers of the sentences that ``passage`` is, is cut from or runs over; its own if it
        has no words (what speaks to machines), or if the text of its document is not kept."""
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


def _plain(told: Wording) -> Wording:
    return tuple(Words(each.text) if each.style == "bold" else each for each in told)


def _bold(told: Wording) -> Wording:
    """``told`` with what is said in bold; what is said about it stays as it is."""
    return tuple(Words(each.text, "bold") if each.style == "plain" else each for each in told)


# A briefing or an answer as Markdown, for a document or a mail.
#
# Foreign words are escaped, so that nothing in a source becomes markup or a link; the only links
# are those that code made from a source's own address.

_OPENINGS = {"title": "# ", "heading": "## ", "line": "- ", "item": "- "}
_MARKS = {"plain": "", "bold": "**", "italic": "*"}
# Between paragraphs of these kinds no empty line is left.
_TOGETHER = {("item", "item"), ("line", "line")}


def markdown(outcome: Briefing | Answer | Timeline) -> str:
    """The whole of it: what is said with the numbers of its passages, and these behind it."""
    return _joined(render_paragraphs(outcome), _written, _TOGETHER)


def _joined(
    paragraphs: Sequence[Paragraph],
    written: Callable[[Paragraph], str],
    together: Collection[tuple[str, str]],
) -> str:
    """The paragraphs as they are ``written``, with an empty line between those whose kinds do not
    stand ``together``."""
    told = [written(paragraphs[0])]
    for before, paragraph in pairwise(paragraphs):
        told += ["\n" if (before.kind, paragraph.kind) in together else "\n\n", written(paragraph)]
    return "".join(told) + "\n"


def _written(paragraph: Paragraph) -> str:
    right = paragraph.is_from_the_right
    before, behind = direction_marks(paragraph.text, from_the_right=right)
    told = isolate_runs("".join(map(_styled, paragraph.told)), from_the_right=right)
    if paragraph.url:
        told = f"[{told}]({_address(paragraph.url)})"
    references = "".join(
        f"{directed_space(from_the_right=right)}{_reference(each)}" for each in paragraph.references
    )
    number = f"[{paragraph.number}] " if paragraph.number else ""
    opening = _OPENINGS.get(paragraph.kind, number)
    shown = f"*{told}*" if paragraph.kind == "receipt" else told
    return f"{opening}{before}{shown.rstrip()}{references}{behind}"


def _styled(words: Words) -> str:
    """Words in their style; a mark that stands beside a space would be no mark."""
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
    """``url`` as the target of a link: a bracket or a space would end it."""
    return quote(url, safe=":/?#[]@!$&'*+,;=%~")


# A briefing or an answer as plain text, for an e-mail.
#
# What it says and where that is from; passages and references to them stay in the thread.

_BULLETED = ("line", "item")
# Between paragraphs of these kinds no empty line is left.
_TOGETHER_AS_TEXT = {
    ("title", "source"), ("source", "source"), ("heading", "line"), ("heading", "item"),
    ("text", "line"), ("line", "line"), ("item", "item"),
}  # fmt: skip


def plain_text(outcome: Briefing | Answer | Timeline) -> str:
    """The whole of it but the passages, each paragraph on a line of its own."""
    told = list(without_passages(render_paragraphs(outcome)))
    return _joined(told, _written_as_text, _TOGETHER_AS_TEXT)


def without_passages(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """The others, without the heading of the passages either."""
    for paragraph, after in pairwise(paragraphs):
        if "passage" not in (paragraph.kind, after.kind):
            yield paragraph
    yield paragraphs[-1]


def _written_as_text(paragraph: Paragraph) -> str:
    right = paragraph.is_from_the_right
    told = paragraph.text if paragraph.url is None else f"{paragraph.text} · {paragraph.url}"
    before, behind = direction_marks(told, from_the_right=right)
    bullet = "- " if paragraph.kind in _BULLETED else ""
    return f"{bullet}{before}{isolate_runs(told, from_the_right=right)}{behind}"


# The JSON that other programs read: one object for a briefing, an answer, a document, a failure.
#
# `schema` is 2 and grows only with an incompatible change; keys may be added. A statement has both
# `text` and `evidence`, and its evidence is never empty.

SCHEMA = 2
_SECTIONS = ("key_points", "quotes", "commitments", "timeline", "figures")
_NEVER_TOLD = ("doubts", "edited", "told", "corrected")

Report = dict[str, Any]


def briefing_json(briefing: Briefing) -> Report:
    """A briefing, every key present; an empty section is a list, an unknown value null."""
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
    """An answer; no lines where the sources do not say, or (``answered`` is null) where no model
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
    """A digest; ``documents`` of a story are the labels of those that it rests on."""
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
        "notes": list(digest.remarks),
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
    """A failure: what kind, and a sentence for the asker."""
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
    """A line that is shown has no doubts left. Who wrote it is told only of one that somebody
    edited."""
    told = {name: value for name, value in asdict(line).items() if name not in _NEVER_TOLD}
    return {**told, **_edited(line)}


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
    """Words that failed, with the addresses and mentions in them made harmless."""
    return {
        "section": line.section,
        "text": defang(line.text),
        "reasons": [
            {"check": reason.check, "grade": reason.grade, "message": defang(reason.message)}
            for reason in line.reasons
        ],
        "references": [defang(reference) for reference in line.references],
    }
