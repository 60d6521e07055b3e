"""A briefing as it grows: what stands, what was withheld, and what the extractive engine fills.

A drafted line is proved at once, and judged before it is shown; a shown line is never taken back.
A line that fails keeps its place until it is repaired, replaced by its passage as a quotation, or
given up. Where the bottom line fails, or more than half of the lines, or the writer stopped early,
sentences of the sources fill the place, and the notes say so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.briefing.casualties import casualties
from bot.briefing.catalogue import catalogue
from bot.briefing.cautions import cautions
from bot.briefing.documents import Document, Library
from bot.briefing.draft import DraftItem, DraftLine, Place
from bot.briefing.extractive.selection import MOST_SENTENCES, may_be_chosen
from bot.briefing.extractive.several import sides
from bot.briefing.failed import Failed, Repaired
from bot.briefing.inspection import Inspector
from bot.briefing.lines import (
    Briefing,
    Line,
    Reason,
    Receipt,
    Unknown,
    Unread,
    Withheld,
)
from bot.briefing.passages import Excerpt
from bot.briefing.quota import may_be_copied
from bot.briefing.requests import Wishes
from bot.briefing.speech import told
from bot.briefing.verification import Verdict
from bot.briefing.words import count_words

_SECTIONS = ("key_points", "quotes", "commitments", "timeline", "figures")
_ONLY_ONE = ("headline", "bottom_line")

# A briefing of fewer lines beside the bottom line is filled up.
_FEWEST_LINES = 3


@dataclass(eq=False)
class _Drafted:
    """An item of the draft in its place, with the latest verdict on it."""

    item: DraftItem
    verdict: Line | Withheld


@dataclass
class Composition:
    """Collects the verdicts on a draft, section by section. ``secrets`` are those of `Door`."""

    excerpts: tuple[Excerpt, ...]
    wishes: Wishes
    secrets: tuple[str, ...] = ()
    _places: dict[str, list[_Drafted]] = field(default_factory=dict)
    _failures: list[_Drafted] = field(default_factory=list)
    _given_back: list[_Drafted] = field(default_factory=list)
    _unknowns: list[Unknown] = field(default_factory=list)
    _written: int = 0
    _filled: int = 0

    def __post_init__(self) -> None:
        self._inspector = Inspector(
            self.documents, self.wishes.language, self.secrets, self.wishes.house
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that the briefing is about."""
        return tuple(excerpt.document for excerpt in self.excerpts)

    @property
    def language(self) -> str | None:
        """The language that the lines are in: the one wished for, or that of the first source."""
        return self.wishes.language or next((each.language for each in self.documents), None)

    @property
    def written(self) -> int:
        """How many lines of the writer stand."""
        return self._written

    @property
    def filled(self) -> int:
        """How many sentences of the sources stand where the writer's lines did not."""
        return self._filled

    def give_back(self) -> tuple[Failed, ...]:
        """The items that go back to their writer, in the order in which they failed: those that a
        proof or the judge is against, and none that is only doubted."""
        withheld = [(each, each.verdict) for each in self._failures]
        told = [
            (each, Failed(each.item, verdict.reasons))
            for each, verdict in withheld
            if isinstance(verdict, Withheld) and any(r.grade != "doubt" for r in verdict.reasons)
        ]
        self._given_back = [each for each, _ in told]
        return tuple(failed for _, failed in told)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The lines of the writer that do not stand."""
        verdicts = (each.verdict for each in self._failures)
        return tuple(verdict for verdict in verdicts if isinstance(verdict, Withheld))

    def take(self, item: DraftItem) -> Verdict | None:
        """The verdict on an item of the writer's draft; None where it says nothing new."""
        verdict = self._inspector.verdict(item)
        match verdict:
            case Withheld():
                failure = _Drafted(item, verdict)
                self._failures.append(failure)
                self._places.setdefault(item.section, []).append(failure)
            case Unknown(kind=kind):
                if kind != "publication_date":  # its days are told as they are written
                    self._unknowns.append(verdict)
            case Line():
                if not self._add(item, verdict):
                    return None
                self._written += 1
        return verdict

    def decide(self, line: Line, judge: str, problem: str | None) -> Line | None:
        """``line`` as ``judge`` found it supported; None where it is withheld for ``problem``."""
        if problem is not None:
            self._withhold(line, (Reason("judge", problem, "judge"),))
            return None
        judged = replace(line, judge=judge, doubts=())
        self._drafted(line).verdict = judged
        return judged

    def pass_unjudged(self, line: Line) -> Line | None:
        """``line`` where no judge could be asked; None where it is withheld for its doubts."""
        if line.doubts:
            self._withhold(line, line.doubts)
            return None
        return line

    def mend(self, repaired: Repaired) -> Line | None:
        """The line that a repair makes of a failed one, in its place; None where it fails again."""
        if not 0 <= repaired.place < len(self._given_back):
            return None
        failure = self._given_back[repaired.place]
        item = DraftItem(failure.item.section, repaired.item.content)
        verdict = self._inspector.verdict(item)
        if isinstance(failure.verdict, Line) or not isinstance(verdict, Line | Withheld):
            return None
        if isinstance(verdict, Withheld):
            failure.verdict = verdict
            return None
        if not self._is_new(failure.item.section, verdict):
            return None
        failure.verdict = verdict
        self._written += 1
        return verdict

    def verdict(self, item: DraftItem) -> Verdict | None:
        """The verdict on an item that is not taken in."""
        return self._inspector.verdict(item)

    def lines(self, section: str) -> list[Line]:
        """The lines that stand in ``section``, in order."""
        verdicts = (each.verdict for each in self._places.get(section, ()))
        return [verdict for verdict in verdicts if isinstance(verdict, Line)]

    def own_lines(self) -> tuple[Line, ...]:
        """The lines in the writer's own words that stand so far."""
        lines = (each for section in self._places for each in self.lines(section))
        return tuple(each for each in lines if not each.is_source_wording)

    def place_of(self, line: Line) -> Place:
        """Where a line stands that was taken in."""
        return self._drafted(line).item.section  # type: ignore[return-value]  # it is no gap

    def settle(self) -> Iterator[Line]:
        """The passages that are quoted in place of what failed for good."""
        for failure in self._failures:
            if isinstance(failure.verdict, Line):
                continue
            if failure.item.section not in (*_ONLY_ONE, "key_points"):
                continue
            line = next(filter(None, map(self._quoted, failure.verdict.references)), None)
            if failure.item.section == "bottom_line" and line == self._first("headline"):
                continue
            section = failure.item.section
            if line and self._may_be_copied(line) and self._is_new(section, line):
                places = self._places[section]
                places[places.index(failure)] = _Drafted(failure.item, line)
                self._filled += 1
                yield line

    def fill(self, extracted: Iterable[DraftItem]) -> Iterator[Line]:
        """The lines that sentences of the source add where the draft did not hold."""
        wanted = self._sections_to_fill()
        if not wanted:  # then nothing need be extracted at all
            return
        for item in extracted:
            verdict = self._inspector.verdict(item) if item.section in wanted else None
            if not isinstance(verdict, Line):
                continue
            if self._add(item, verdict):
                self._filled += 1
                yield verdict

    def cover(self) -> Iterator[Line]:
        """The sentences that count the dead, the injured and the missing, if no line does."""
        for document in self.documents:
            for number, figure in islice(casualties(document), 1):
                if self._shows(figure) or (document, number) in sides(self.excerpts):
                    continue
                item = self._sentence(f"{document.label}{number}")
                line = self._inspected(item) if item else None
                if item and line and self._add(item, line):
                    self._filled += 1
                    yield line

    def briefing(
        self, receipt: Receipt, unread: tuple[Unread, ...], notes: tuple[str, ...]
    ) -> Briefing:
        """The finished briefing, with what code itself has to say about the sources."""
        words = catalogue(self.language)
        briefing = Briefing(
            documents=self.documents,
            words_read=tuple(excerpt.words for excerpt in self.excerpts),
            receipt=receipt,
            headline=self._first("headline"),
            bottom_line=self._first("bottom_line"),
            **{name: tuple(self.lines(name)) for name in _SECTIONS},  # type: ignore[arg-type]
            cautions=cautions(self.documents, words),
            unknowns=tuple(self._unknowns),
            withheld=self.withheld,
            unread=unread,
            notes=notes,
            language=self.language,
        )
        counts = receipt.counting(tuple(briefing.lines()), self.withheld)
        return replace(briefing, receipt=counts)

    def _add(self, item: DraftItem, line: Line) -> bool:
        if not self._is_new(item.section, line):
            return False
        self._places.setdefault(item.section, []).append(_Drafted(item, line))
        return True

    def _withhold(self, line: Line, reasons: tuple[Reason, ...]) -> None:
        drafted = self._drafted(line)
        references = tuple(passage.reference for passage in line.evidence)
        drafted.verdict = Withheld(self.place_of(line), line.text, reasons, references)
        if drafted not in self._failures:
            self._failures.append(drafted)
        self._written -= 1

    def _drafted(self, line: Line) -> _Drafted:
        everything = (each for places in self._places.values() for each in places)
        return next(each for each in everything if each.verdict is line)

    def _is_new(self, section: str, line: Line) -> bool:
        lines = self.lines(section)
        if line in lines or (section in _ONLY_ONE and lines):
            return False
        return not (section == "key_points" and line == self._first("bottom_line"))

    def _quoted(self, reference: str) -> Line | None:
        """The sentence ``reference`` as a line, if it may be shown as it is."""
        item = self._sentence(reference)
        return self._inspected(item) if item else None

    def _sentence(self, reference: str) -> DraftItem | None:
        """The sentence ``reference`` as a key point, if it may be chosen."""
        library = Library(self.documents)
        found = library.find(reference)
        if found is None or not may_be_chosen(library[found.label], found.number):
            return None
        draft = DraftLine(**told(library[found.label], found.number))
        return DraftItem("key_points", draft)

    def _inspected(self, item: DraftItem) -> Line | None:
        verdict = self._inspector.verdict(item)
        return verdict if isinstance(verdict, Line) else None

    def _may_be_copied(self, line: Line) -> bool:
        """Whether one more sentence of a source may be shown in its own words."""
        passage = line.evidence[0]
        excerpt = next(each for each in self.excerpts if each.document.label == passage.document)
        copied = self._copied()
        words = sum(count_words(text) for text in {*copied, line.text})
        is_new = all(passage not in each.evidence for each in self.lines("key_points"))
        return (
            is_new
            and len(copied) < MOST_SENTENCES[self.wishes.length]
            and (words <= may_be_copied(excerpt))
        )

    def _copied(self) -> set[str]:
        lines = (each for name in (*_ONLY_ONE, "key_points") for each in self.lines(name))
        return {each.text for each in lines if each.is_source_wording}

    def _shows(self, figure: str) -> bool:
        whole = re.compile(rf"(?<!\w){re.escape(figure)}(?!\w)", re.IGNORECASE)
        sections = (*_ONLY_ONE, *_SECTIONS)
        return any(whole.search(line.text) for name in sections for line in self.lines(name))

    def _sections_to_fill(self) -> set[str]:
        missing = {name for name in _ONLY_ONE if not self.lines(name)}
        points = sum(len(self.lines(name)) for name in _SECTIONS)
        if points < _FEWEST_LINES or len(self.withheld) > self._written:
            missing.update(name for name in _SECTIONS if not self.lines(name))
            missing.add("key_points")
        return missing

    def _first(self, section: str) -> Line | None:
        return next(iter(self.lines(section)), None)
