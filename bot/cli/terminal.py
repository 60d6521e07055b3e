"""Renders briefings, answers and the doctor's findings for a terminal.

Below each line are its passages, dimmed. Text of a source is never interpreted by the terminal:
control characters are left out, and markup isn't parsed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.status import Status
from rich.text import Text

from bot.briefing.catalogue import catalogue
from bot.briefing.digest import Digest
from bot.briefing.documents import Document, Passage
from bot.briefing.draft import Place
from bot.briefing.lines import Answer, Briefing, Line
from bot.briefing.rendering import Paragraph, ParagraphKind, render_paragraphs, without_passages
from bot.briefing.text import direction_marks, is_rtl, isolate_runs
from bot.briefing.wording import effort_line
from bot.cli.claims import MalformedRow, Verdict
from bot.runtime.findings import Finding, State
from bot.service.ports import DetachableReply, Reply

# They would reverse the text next to them; other invisible characters shape letters.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_QUOTATION_MARKS = re.compile("[\"“”„«»‘’']")
_UNLIMITED = 1_000_000
_SIGNS: dict[State, tuple[str, str]] = {
    "good": ("✓", "green"),
    "note": ("·", "dim"),
    "mend": ("✗", "bold red"),
}
_STYLES: dict[ParagraphKind, str] = {
    "title": "bold underline",
    "source": "dim",
    "lead": "bold",
    "heading": "bold cyan",
    "receipt": "dim",
}
_BEFORE: dict[ParagraphKind, str] = {
    "heading": "\n",
    "lead": "• ",
    "line": "• ",
    "item": "• ",
    "receipt": "\n",
}


class _StatusLine(DetachableReply):
    def __init__(self, status: Status) -> None:
        super().__init__()
        self._status = status
        self._lines = 0

    async def progress(self, stage: str) -> None:
        self._status.update(stage)

    async def line(self, line: Line, place: Place) -> None:
        # All lines are shown together at the end.
        self._lines += 1
        self._status.update(f"Writing, {self._lines} lines so far")


@contextmanager
def status_line(stage: str) -> Iterator[Reply]:
    """Show on standard error what is being done, if that is a terminal."""
    with Console(stderr=True).status(stage) as status:
        yield _StatusLine(status)


def show(result: RenderableType) -> None:
    """Print ``result`` on standard output; colours and wrapping are for a terminal only."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _UNLIMITED  # indented text is cut at the width even with soft wrapping
    console.print(result, soft_wrap=not console.is_terminal)


def outcome_view(outcome: Briefing | Answer | Digest) -> RenderableType:
    """The outcome with the passages of each line right below it; without the notes of a briefing or
    an answer, which go to standard error."""
    paragraphs = render_paragraphs(
        outcome if isinstance(outcome, Digest) else replace(outcome, notes=())
    )
    passages = {str(each.number): each for each in paragraphs if each.number}
    shown = [part for each in without_passages(paragraphs) for part in _shown(each, passages)]
    if isinstance(outcome, Briefing) and outcome.headline:
        shown.insert(1, passage_view(outcome.headline.evidence[0], outcome.language))
    effort = effort_line(outcome.receipt, catalogue(outcome.language))
    return Group(*shown, _words(effort, "dim", right=is_rtl(effort)))


def passage_view(passage: Passage, language: str | None = "en") -> RenderableType:
    """A passage, indented, after its reference."""
    right = is_rtl(passage.text)
    return _indented(f"{catalogue(language).place(passage)}  {passage.text}", right=right)


def document_view(document: Document) -> RenderableType:
    """A document: where it is from, then its numbered sentences."""
    known = (document.title, document.outlet, document.author, document.published, document.url)
    described = " · ".join(part for part in known if part) or catalogue("en").untitled
    sentences = map(document.passage, document.numbers)
    return Group(_words(f"{document.label}  {described}", "dim"), *map(passage_view, sentences))


def findings_view(findings: Iterable[Finding]) -> RenderableType:
    """The doctor's findings, one a line."""
    return Group(*(_finding_line(each.state, each.message) for each in findings))


def verdict_view(verdict: Verdict) -> RenderableType:
    """A claim with its reasons, also those that only advise, below it."""
    if isinstance(verdict, MalformedRow):
        return _finding_line("mend", verdict.error)
    state: State = "good" if verdict.is_supported else "mend"
    reasons = [*verdict.reasons, *verdict.advice]
    reasons_shown = [
        _words(f"    {reason.check} ({reason.grade}): {reason.message}", "dim")
        for reason in reasons
    ]
    return Group(_finding_line(state, verdict.claim.claim), *reasons_shown)


def printable(text: str) -> str:
    """``text`` without control characters and marks of direction."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "".join(c for c in kept if c not in _BIDI_CONTROLS)


def _shown(paragraph: Paragraph, passages: Mapping[str, Paragraph]) -> Iterator[RenderableType]:
    """A paragraph, then its passages; those that it contains word for word only as references."""
    right = paragraph.is_rtl
    text = " · ".join(part for part in (paragraph.text, paragraph.url) if part)
    rests_on = [passages[each.place] for each in paragraph.references]
    shown = _without_marks(paragraph.text)
    same = [each for each in rests_on if _without_marks(each.text) in shown]
    before, style = _BEFORE.get(paragraph.kind, ""), _STYLES.get(paragraph.kind, "")
    places = "".join(f" {each.references[0].place}" for each in same)
    yield _words(f"{before}{text}", style, right=right).append_text(Text(places, "dim"))
    for each in rests_on:
        if each not in same:
            passage = f"{each.references[0].place}  {each.text}"
            yield _indented(passage, right=each.is_rtl)


def _without_marks(text: str) -> str:
    """``text`` without quotation marks: those inside a quotation differ from its passage's."""
    return _QUOTATION_MARKS.sub("", text)


def _indented(words: str, *, right: bool) -> RenderableType:
    return Padding(_words(words, "dim", right=right), (0, 0, 0, 4), expand=False)


def _finding_line(state: State, words: str) -> Text:
    sign, style = _SIGNS[state]
    return Text(f"{sign} ", style).append(printable(words), "default")


def _words(words: str, style: str = "", *, right: bool = False) -> Text:
    """``words`` as lines that run from right to left if ``right``."""
    return Text(
        "\n".join(_with_direction(line, right) for line in printable(words).split("\n")), style
    )


def _with_direction(line: str, right: bool) -> str:
    before, behind = direction_marks(line, rtl=right) if line else ("", "")
    return f"{before}{isolate_runs(line, rtl=right)}{behind}"
