"""A briefing as it grows: what stands, what was withheld, and what the extractive engine fills.

A shown line is never taken back. Where the bottom line fails, or more than half of the lines, or
the writer stopped early, sentences of the sources fill the place, and the notes say so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.briefing.cautions import cautions
from bot.briefing.documents import Document
from bot.briefing.draft import DraftItem
from bot.briefing.lines import Briefing, Line, Receipt, Unknown, Unread, Withheld
from bot.briefing.passages import Excerpt
from bot.briefing.requests import Wishes
from bot.briefing.unknowns import unknowns
from bot.briefing.verification import Verdict, Verifier

_SECTIONS = ("key_points", "quotes", "commitments", "timeline", "figures")
_ONLY_ONE = ("headline", "bottom_line")

# A briefing of fewer lines beside the bottom line is filled up.
_FEWEST_LINES = 3


@dataclass
class Composition:
    """Collects the verdicts on a draft, section by section."""

    excerpts: tuple[Excerpt, ...]
    wishes: Wishes
    _lines: dict[str, list[Line]] = field(default_factory=dict)
    _withheld: list[Withheld] = field(default_factory=list)
    _unknowns: list[Unknown] = field(default_factory=list)
    _written: int = 0
    _filled: int = 0

    def __post_init__(self) -> None:
        self._verifier = Verifier(self.documents, self.wishes.language)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that the briefing is about."""
        return tuple(excerpt.document for excerpt in self.excerpts)

    @property
    def written(self) -> int:
        """How many lines of the writer stand."""
        return self._written

    @property
    def filled(self) -> int:
        """How many lines the extractive engine put in their place."""
        return self._filled

    @property
    def withheld(self) -> int:
        """How many lines of the writer do not stand."""
        return len(self._withheld)

    def take(self, item: DraftItem) -> Verdict | None:
        """The verdict on an item of the writer's draft; None where it says nothing new."""
        verdict = self._verifier.verdict(item)
        match verdict:
            case Withheld():
                self._withheld.append(verdict)
            case Unknown():
                self._unknowns.append(verdict)
            case Line():
                if not self._add(item.section, verdict):
                    return None
                self._written += 1
        return verdict

    def fill(self, extracted: Iterable[DraftItem]) -> Iterator[Line]:
        """The lines that sentences of the source add where the draft did not hold."""
        wanted = self._sections_to_fill()
        if not wanted:  # then nothing need be extracted at all
            return
        for item in extracted:
            verdict = self._verifier.verdict(item) if item.section in wanted else None
            if not isinstance(verdict, Line):
                continue
            if self._add(item.section, verdict):
                self._filled += 1
                yield verdict

    def briefing(
        self, receipt: Receipt, unread: tuple[Unread, ...], notes: tuple[str, ...]
    ) -> Briefing:
        """The finished briefing, with what code itself has to say about the sources."""
        briefing = Briefing(
            documents=self.documents,
            words_read=tuple(excerpt.words for excerpt in self.excerpts),
            receipt=receipt,
            headline=self._first("headline"),
            bottom_line=self._first("bottom_line"),
            **{name: tuple(self._lines.get(name, ())) for name in _SECTIONS},  # type: ignore[arg-type]
            cautions=cautions(self.documents),
            unknowns=_once(self._unknowns, tuple(unknowns(self.documents))),
            withheld=tuple(self._withheld),
            unread=unread,
            notes=notes,
            language=self.wishes.language or next((d.language for d in self.documents), None),
        )
        shown = sum(1 for _ in briefing.lines())
        return replace(
            briefing, receipt=replace(receipt, lines=shown, withheld=len(self._withheld))
        )

    def _add(self, section: str, line: Line) -> bool:
        lines = self._lines.setdefault(section, [])
        if line in lines or (section in _ONLY_ONE and lines):
            return False
        if section == "key_points" and line == self._first("bottom_line"):
            return False
        lines.append(line)
        return True

    def _sections_to_fill(self) -> set[str]:
        missing = {name for name in _ONLY_ONE if not self._lines.get(name)}
        points = sum(len(self._lines.get(name, ())) for name in _SECTIONS)
        if points < _FEWEST_LINES or len(self._withheld) > self._written:
            missing.update(name for name in _SECTIONS if not self._lines.get(name))
            missing.add("key_points")
        return missing

    def _first(self, section: str) -> Line | None:
        return next(iter(self._lines.get(section, ())), None)


def _once(written: Iterable[Unknown], by_code: tuple[Unknown, ...]) -> tuple[Unknown, ...]:
    """What code knows to be unknown comes first; a writer's word of the same kind is dropped."""
    sure = {unknown.kind for unknown in by_code}
    return (*by_code, *(unknown for unknown in written if unknown.kind not in sure))
