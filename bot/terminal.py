"""How a briefing, an answer and the doctor's findings look on a terminal.

Each line stands above the passage it rests on, which is dim. Nothing of a source reaches the
terminal as a command: control characters are left out, and words are never read as markup.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.briefing.documents import Document, Passage
from bot.briefing.lines import (
    Answer,
    Briefing,
    Caution,
    Commitment,
    Difference,
    Event,
    Line,
    Quote,
    Unread,
    Withheld,
)
from bot.briefing.phrases import HEADINGS, SAYS_NOTHING, receipt_line
from bot.commands.claims import Judged, Malformed
from bot.doctor.findings import Finding, State
from bot.ports import Outcome

# They would turn round what stands beside them; the other invisible ones shape letters.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNLIMITED = 1_000_000
_SIGNS: dict[State, tuple[str, str]] = {
    "good": ("✓", "green"),
    "note": ("·", "dim"),
    "mend": ("✗", "bold red"),
}


class Progress:
    """A `Reply` that says on standard error what is being done; quiet where that is no terminal."""

    def __init__(self, stage: str) -> None:
        self._status = Console(stderr=True).status(stage)
        self._lines = 0

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._status.stop()

    async def progress(self, stage: str) -> None:
        """Show the stage."""
        self._status.update(stage)

    async def line(self, line: Line) -> None:
        """Count the line: it is shown when all of them can be."""
        self._lines += 1
        self._status.update(f"Writing, {self._lines} lines so far")

    async def withheld(self, line: Withheld) -> None:
        """Nothing is shown of it."""

    async def done(self, outcome: Outcome) -> None:
        """The result is printed by the command."""


def show(result: RenderableType) -> None:
    """Print ``result`` on standard output; colours and wrapping are for a terminal alone."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _UNLIMITED  # what is indented is cut at the width, soft wrapping or not
    console.print(result, soft_wrap=not console.is_terminal)


def briefing_view(briefing: Briefing) -> RenderableType:
    """The briefing, each line above its passages."""
    return Group(*_briefing_parts(briefing))


def answer_view(answer: Answer) -> RenderableType:
    """The answer, each line above its passages, or what stands nearest to one."""
    lines = answer.lines or answer.nearest
    title = answer.question if answer.answered else SAYS_NOTHING
    return Group(
        _words(title, "bold"),
        *(_told(line) for line in lines),
        *_unread(answer.unread),
        *_ending(receipt_line(answer.receipt, answer.documents), answer.documents),
    )


def document_view(document: Document) -> RenderableType:
    """What was read: where it is from, then its numbered sentences."""
    sentences = (document.passage(number + 1) for number in range(len(document.sentences)))
    return Group(_source(document), *(_passage(passage) for passage in sentences))


def findings_view(findings: Iterable[Finding]) -> RenderableType:
    """The doctor's findings, one a line."""
    return Group(*(_signed(each.state, each.message) for each in findings))


def verdict_view(verdict: Judged | Malformed) -> RenderableType:
    """What the checks say of a claim: its reasons, and those that only advise, beneath it."""
    if isinstance(verdict, Malformed):
        return _signed("mend", verdict.error)
    state: State = "good" if verdict.supported else "mend"
    reasons = [*verdict.reasons, *verdict.advice]
    told = [_words(f"    {reason.check}: {reason.message}", "dim") for reason in reasons]
    return Group(_signed(state, verdict.claim.claim), *told)


def plain(text: str) -> str:
    """``text`` without what a terminal would obey."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "".join(c for c in kept if c not in _TURNING)


def _briefing_parts(briefing: Briefing) -> Iterator[RenderableType]:
    if briefing.headline:
        yield _words(briefing.headline.text, "bold underline")
        yield from map(_passage, briefing.headline.evidence[:1])
    if briefing.bottom_line:
        yield _told(briefing.bottom_line, "bold")
    yield from _section(HEADINGS["key_points"], briefing.key_points)
    yield from _section(HEADINGS["quotes"], briefing.quotes)
    yield from _section(HEADINGS["commitments"], briefing.commitments)
    yield from _timeline(briefing)
    figures = [figure for figure in briefing.figures if not briefing.repeats(figure)]
    yield from _section(HEADINGS["figures"], figures)
    yield from _differences(briefing.differences)
    yield from _cautions(briefing.cautions)
    yield from _sentences(HEADINGS["unknowns"], [u.text for u in briefing.unknowns])
    yield from _unread(briefing.unread)
    yield from _ending(receipt_line(briefing.receipt, briefing.documents), briefing.documents)


def _section(title: str, lines: Sequence[Line]) -> Iterator[RenderableType]:
    if lines:
        yield _title(title)
        yield from map(_told, lines)


def _timeline(briefing: Briefing) -> Iterator[RenderableType]:
    """The events; those of sentences that stand above already are times alone, in one line."""
    if briefing.timeline:
        yield _title(HEADINGS["timeline"])
    yield from (_told(event) for event in briefing.timeline if not briefing.repeats(event))
    pointers = [event for event in briefing.timeline if briefing.repeats(event)]
    told = [f"{event.when} ({event.evidence[0].place})" for event in pointers]
    if told:
        yield _words(f"• {' · '.join(told)}")


def _differences(differences: Sequence[Difference]) -> Iterator[RenderableType]:
    for difference in differences:
        yield from _section(f"The sources differ: {difference.about}", difference.sides)


def _cautions(cautions: Sequence[Caution]) -> Iterator[RenderableType]:
    if cautions:
        yield _title(HEADINGS["cautions"])
    for caution in cautions:
        yield _words(f"• {caution.text}")
        yield from map(_passage, caution.evidence)


def _sentences(title: str, sentences: Sequence[str]) -> Iterator[RenderableType]:
    if sentences:
        yield _title(title)
        yield from (_words(f"• {sentence}") for sentence in sentences)


def _unread(unread: Sequence[Unread]) -> Iterator[RenderableType]:
    return _sentences(HEADINGS["unread"], [f"{each.source}: {each.message}" for each in unread])


def _ending(receipt: str, documents: Sequence[Document]) -> Iterator[RenderableType]:
    yield Text()
    yield from map(_source, documents)
    yield _words(receipt, "dim")


def _told(line: Line, style: str = "") -> RenderableType:
    if isinstance(line, Quote) or not line.is_source_wording:
        return Group(_words(f"• {_wording(line)}", style), *map(_passage, line.evidence))
    reference = Text(f" {line.evidence[0].place}", "dim")
    return _words(f"• {_wording(line)}", style).append_text(reference)


def _wording(line: Line) -> str:
    match line:
        case Quote():
            speaker = ", ".join(part for part in (line.speaker, line.role) if part)
            return f"“{line.text}” {speaker}"
        case Event():
            return f"{line.when}{f' ({line.date})' if line.date else ''}: {_said(line)}"
        case Commitment():
            told = " · ".join([line.action, *line.terms])
            return f"{line.actor} → {told} ({line.status})"
        case _:
            return _said(line)


def _said(line: Line) -> str:
    text = f"“{line.text}”" if line.is_source_wording else line.text
    return f"{text} (the outlet’s words)" if line.voice == "outlet" else text


def _passage(passage: Passage) -> RenderableType:
    return Padding(_words(f"{passage.place}  {passage.text}", "dim"), (0, 0, 0, 4), expand=False)


def _source(document: Document) -> Text:
    known = (document.title, document.outlet, document.author, document.published, document.url)
    described = " · ".join(part for part in known if part) or "Untitled text"
    return _words(f"{document.label}  {described}", "dim")


def _signed(state: State, words: str) -> Text:
    sign, style = _SIGNS[state]
    return Text(f"{sign} ", style).append(plain(words), "default")


def _title(words: str) -> Text:
    return _words(f"\n{words}", "bold cyan")


def _words(words: str, style: str = "") -> Text:
    return Text(plain(words), style)
