"""How a briefing, an answer and the doctor's findings look on a terminal.

Each line stands above the passage it rests on, which is dim. Nothing of a source reaches the
terminal as a command: control characters are left out, and words are never read as markup.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.digest import Digest, Story
from bot.briefing.documents import Document, Passage
from bot.briefing.draft import Place
from bot.briefing.lines import Answer, Briefing, Caution, Line, Quote, Receipt
from bot.briefing.text import frame, is_from_the_right, isolated
from bot.briefing.wording import effort_line, is_left_out, receipt_line, source_lines
from bot.cli.claims import Malformed, Verdict
from bot.runtime.findings import Finding, State

# They would turn round what stands beside them; the other invisible ones shape letters.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNLIMITED = 1_000_000
# A reference before a passage is no part of it.
_BEFORE_THE_WORDS = re.compile(r"^\s*(?:[A-Z]{1,2}\d*(?:, [^\d\s]+ \d+)?  )?")
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
        self._status.update(stage)

    async def waiting(self, ahead: int) -> None:
        """Nothing: on the command line nobody comes before."""

    async def begins(self, documents: tuple[Document, ...], language: str | None) -> None:
        """On a terminal the sources are shown in the end."""

    async def line(self, line: Line, place: Place) -> None:
        # The line is shown when all of them can be.
        self._lines += 1
        self._status.update(f"Writing, {self._lines} lines so far")


def show(result: RenderableType) -> None:
    """Print ``result`` on standard output; colours and wrapping are for a terminal alone."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _UNLIMITED  # what is indented is cut at the width, soft wrapping or not
    console.print(result, soft_wrap=not console.is_terminal)


def briefing_view(briefing: Briefing) -> RenderableType:
    """The briefing, each line above its passages."""
    return Group(*_Screen(catalogue(briefing.language), briefing.receipt).briefing(briefing))


def answer_view(answer: Answer) -> RenderableType:
    """The answer, each line above its passages, or what stands nearest to one."""
    return Group(*_Screen(catalogue(answer.language), answer.receipt).answer(answer))


def digest_view(digest: Digest) -> RenderableType:
    """The digest, story by story, each line above its passages."""
    return Group(*_Screen(catalogue(digest.language), digest.receipt).digest(digest))


def document_view(document: Document) -> RenderableType:
    """What was read: where it is from, then its numbered sentences."""
    english = _Screen(catalogue("en"))
    sentences = (document.passage(number + 1) for number in range(len(document.sentences)))
    return Group(english.source(document), *map(english.passage, sentences))


def findings_view(findings: Iterable[Finding]) -> RenderableType:
    """The doctor's findings, one a line."""
    return Group(*(_signed(each.state, each.message) for each in findings))


def verdict_view(verdict: Verdict) -> RenderableType:
    """What is said of a claim: its reasons, and those that only advise, beneath it."""
    if isinstance(verdict, Malformed):
        return _signed("mend", verdict.error)
    state: State = "good" if verdict.supported else "mend"
    reasons = [*verdict.reasons, *verdict.advice]
    told = [
        _words(f"    {reason.check} ({reason.grade}): {reason.message}", "dim")
        for reason in reasons
    ]
    return Group(_signed(state, verdict.claim.claim), *told)


def plain(text: str) -> str:
    """``text`` without what a terminal would obey."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "".join(c for c in kept if c not in _TURNING)


@dataclass(frozen=True)
class _Screen:
    """What is shown on a terminal, with the fixed words of one language."""

    fixed: Catalogue
    receipt: Receipt | None = None

    def briefing(self, briefing: Briefing) -> Iterator[RenderableType]:
        headings = self.fixed.headings
        if briefing.headline:
            yield _words(briefing.headline.text, "bold underline")
            yield from map(self.passage, briefing.headline.evidence[:1])
        yield from self._sources(briefing.documents, has_title=briefing.headline is not None)
        if briefing.bottom_line:
            yield self._told(briefing.bottom_line, "bold")
        yield from self._differences(briefing)
        for name, lines in briefing.sections():
            yield _title(headings[name])
            yield from map(self._told, lines)
        yield from self._cautions(briefing.cautions)
        yield from _sentences(headings["unknowns"], [u.text for u in briefing.unknowns])
        yield from self._ending(briefing)

    def answer(self, answer: Answer) -> Iterator[RenderableType]:
        yield _words(answer.question if answer.answered else self._silence(answer), "bold")
        yield from self._sources(answer.documents, has_title=False)
        yield from map(self._told, answer.lines or answer.nearest)
        yield from self._ending(answer)

    def digest(self, digest: Digest) -> Iterator[RenderableType]:
        words = self.fixed.digest
        for story in digest.stories:
            yield _words(f"{words[story.status]}: {story.headline.text}", "bold underline")
            yield from map(self.passage, story.headline.evidence[:1])
            yield from map(self._told, story.lines)
            yield from self._differences(story)
            yield _words(words["outlets"].format(outlets=self.fixed.listed(story.outlets)))
            yield from self._sources(story.documents, has_title=False)
            yield Text()
        if digest.due:
            yield _title(words["due"])
        for each in digest.due:
            yield self._told(each.line)
            yield self.source(each.document)
        down = [f"{each.source}: {each.message}" for each in digest.down]
        yield from _sentences(words["down"], down)
        yield from map(_words, digest.notes)
        told = receipt_line(digest.receipt, (), self.fixed)
        yield _words(f"{told} · {effort_line(digest.receipt, self.fixed)}", "dim")

    def _silence(self, answer: Answer) -> str:
        heading = self.fixed.over_nearest(answer)
        return " ".join((self.fixed.silence(answer), *((f"{heading}:",) if heading else ())))

    def _differences(self, briefing: Briefing | Story) -> Iterator[RenderableType]:
        """Each difference with its sides beneath, and who says each."""
        for difference in briefing.differences:
            yield _title(self.fixed.differ.format(about=difference.about))
            for side in difference.sides:
                told = wording.side(side, briefing.documents, self.fixed)
                yield self._under(side, f"• {_text(told)}")

    def _cautions(self, cautions: Sequence[Caution]) -> Iterator[RenderableType]:
        if cautions:
            yield _title(self.fixed.headings["cautions"])
        for caution in cautions:
            yield _words(f"• {_text(wording.of_its_kind(caution, self.fixed))}")
            yield from map(self.passage, caution.evidence)

    def _ending(self, outcome: Briefing | Answer) -> Iterator[RenderableType]:
        unread = [f"{each.source}: {each.message}" for each in outcome.unread]
        yield from _sentences(self.fixed.headings["unread"], unread)
        yield Text()
        told = receipt_line(outcome.receipt, outcome.documents, self.fixed)
        yield _words(f"{told} · {effort_line(outcome.receipt, self.fixed)}", "dim")

    def _told(self, line: Line, style: str = "") -> RenderableType:
        return self._under(line, f"• {_text(wording.of_its_kind(line, self.fixed))}", style)

    def _under(self, line: Line, told: str, style: str = "") -> RenderableType:
        """``told`` above the passages of ``line``; behind it the places of those that have its
        very words."""
        is_cut = isinstance(line, Quote)
        same = [each for each in line.evidence if each.text == line.text and not is_cut]
        others = dict.fromkeys(each for each in line.evidence if each not in same)
        if self.receipt and is_left_out(line, self.receipt):
            told = f"{told} ({self.fixed.not_judged})"
        places = "".join(f" {self.fixed.place(each)}" for each in dict.fromkeys(same))
        shown = _words(told, style).append_text(Text(places, "dim"))
        return Group(shown, *map(self.passage, others)) if others else shown

    def passage(self, passage: Passage) -> RenderableType:
        """A passage after its place, indented."""
        told = _words(f"{self.fixed.place(passage)}  {passage.text}", "dim")
        return Padding(told, (0, 0, 0, 4), expand=False)

    def _sources(self, documents: Sequence[Document], *, has_title: bool) -> Iterator[Text]:
        """Where each source is from, and its address."""
        for line in source_lines(documents, self.fixed, has_title=has_title):
            told = " · ".join(part for part in (line.text, line.url) if part)
            yield _words(told, "dim", right=self.fixed.is_rtl)

    def source(self, document: Document) -> Text:
        """What a label stands for."""
        known = (document.title, document.outlet, document.author, document.published, document.url)
        described = " · ".join(part for part in known if part) or self.fixed.untitled
        return _words(f"{document.label}  {described}", "dim")


def _text(told: wording.Wording) -> str:
    return "".join(words.text for words in told)


def _sentences(title: str, sentences: Sequence[str]) -> Iterator[RenderableType]:
    if sentences:
        yield _title(title)
        yield from (_words(f"• {sentence}") for sentence in sentences)


def _signed(state: State, words: str) -> Text:
    sign, style = _SIGNS[state]
    return Text(f"{sign} ", style).append(plain(words), "default")


def _title(words: str) -> Text:
    return _words(f"\n{words}", "bold cyan")


def _words(words: str, style: str = "", *, right: bool | None = None) -> Text:
    """``words`` on lines of their own, which run in the direction of their first letter, or from
    the ``right`` or not as it says."""
    shown = plain(words)
    right = is_from_the_right(_BEFORE_THE_WORDS.sub("", shown)) if right is None else right
    return Text("\n".join(_directed(line, right) for line in shown.split("\n")), style)


def _directed(line: str, right: bool) -> str:
    """A line with what says its direction, which ends with it."""
    before, behind = frame(line, from_the_right=right) if line else ("", "")
    return f"{before}{isolated(line, from_the_right=right)}{behind}"
