"""A briefing as it grows: lines that passed, lines withheld, and what the extractive engine fills
in.

A drafted line is proved at once, and judged before it is shown; a shown line is never taken back. A
line that fails keeps its place until it is repaired, replaced by its passage as a quotation, or
given up. If the bottom line or more than half of the lines fail, or the writer stopped early,
sentences of the sources fill the gap, and the notes say so.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, tee

from bot.briefing.budget import PARTS, Budget, shown_words
from bot.briefing.casualties import casualties
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.cautions import cautions, to_machines
from bot.briefing.clipping import clipped
from bot.briefing.documents import Document, Library
from bot.briefing.draft import DraftItem, DraftLine, Place
from bot.briefing.extractive.selection import may_be_chosen
from bot.briefing.extractive.several import sides
from bot.briefing.failed import Failed, Repaired
from bot.briefing.inspection import Inspector
from bot.briefing.lines import (
    Briefing,
    Caution,
    Line,
    Reason,
    Receipt,
    Unknown,
    Unread,
    Withheld,
)
from bot.briefing.passages import Excerpt
from bot.briefing.repeats import repeats
from bot.briefing.requests import Wishes
from bot.briefing.speech import told
from bot.briefing.verification import Verdict
from bot.briefing.words import count_words

_SECTIONS = ("key_points", "commitments", "quotes", "timeline", "figures")
_ONLY_ONE = ("headline", "bottom_line")
_PARTS = tuple(part for part in PARTS if part != "unknowns")
_REPAIRED = (*_ONLY_ONE, "key_points", "commitments", "quotes", "answer")
"""What is given back to its writer where it fails; the rest is worth no second request."""
_CERTAIN = ("name_spelling",)
"""The cautions that code adds to those of a model: in these it can't be wrong."""

# A briefing of fewer lines beside the bottom line is filled up, where so many are meant to be.
_FEWEST_LINES = 3


@dataclass(eq=False)
class _Drafted:
    """An item of the draft in its place, with the latest verdict on it."""

    item: DraftItem
    verdict: Line | Withheld
    words: int = 0
    """Those that it shows if it stands."""
    admitted: Line | None = None
    """The line that was let in, whatever a judge said of it since."""


@dataclass
class Composition:
    """Collects the verdicts on a draft, section by section. ``secrets`` are those of `Door`."""

    excerpts: tuple[Excerpt, ...]
    wishes: Wishes
    secrets: tuple[str, ...] = ()
    _places: dict[str, list[_Drafted]] = field(default_factory=dict)
    _failures: list[_Drafted] = field(default_factory=list)
    _given_back: list[_Drafted] = field(default_factory=list)
    _without_room: list[tuple[DraftItem, Line]] = field(default_factory=list)
    _unknowns: list[Unknown] = field(default_factory=list)
    _is_drafting: bool = True
    _written: int = 0
    _filled: int = 0

    def __post_init__(self) -> None:
        self._inspector = Inspector(
            self.documents, self.wishes.language, self.secrets, self.wishes.house
        )
        self._fixed = catalogue(self.language)
        self._to_machines = to_machines(self.documents, self._fixed)
        self._budget = Budget.of(self.wishes, [document.words for document in self.documents])

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
        """The items that go back to their writer, in the order of the draft: those that a proof or
        the judge is against, and none that is only doubted."""
        withheld = [(d, d.verdict) for part in self._places for d in self._places[part]]
        told = [
            (each, Failed(each.item, verdict.reasons))
            for each, verdict in withheld
            if isinstance(verdict, Withheld)
            and each.item.section in _REPAIRED
            and any(reason.grade != "doubt" for reason in verdict.reasons)
        ]
        self._given_back = [each for each, _ in told]
        return tuple(failed for _, failed in told)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The lines of the writer that do not stand."""
        verdicts = (each.verdict for each in self._failures)
        return tuple(verdict for verdict in verdicts if isinstance(verdict, Withheld))

    def take(self, item: DraftItem, verdict: Verdict | None) -> Verdict | None:
        """What becomes of an item of the writer's draft with that `verdict`; None where it says
        nothing new."""
        if isinstance(verdict, Line):
            verdict = self._short_enough(item, verdict)
        match verdict:
            case Withheld():
                failure = _Drafted(item, verdict)
                self._failures.append(failure)
                self._places.setdefault(item.section, []).append(failure)
            case Unknown():
                self._note(verdict)
            case Line():
                if not self._add(item, verdict):
                    return None
                self._written += 1
        return verdict

    def late(self) -> Iterator[Line]:
        """The lines that have room after all, once the writer has no more to come."""
        self._is_drafting = False
        for item, line in self._without_room:
            if self._add(item, line, more_comes=False):
                self._written += 1
                yield line
        self._without_room = []

    def decide(self, line: Line, judge: str, problem: str | None) -> Line | None:
        """``line`` as ``judge`` found it supported; None where it is withheld for ``problem``."""
        if problem is not None:
            self._withhold(line, (Reason("judge", problem, "judge"),))
            return None
        judged = line.judged_by(judge)
        self._drafted(line).verdict = judged
        return judged

    def pass_unjudged(self, line: Line) -> Line | None:
        """``line`` where no judge could be asked; None where it is withheld for its doubts."""
        if line.doubts:
            self._withhold(line, line.doubts)
            return None
        return line

    def mend(self, repaired: Repaired, verdict: Verdict | None) -> Line | None:
        """The line that a repair with that `verdict` makes of a failed one, in its place; None
        where it fails again."""
        if not 0 <= repaired.place < len(self._given_back):
            return None
        failure = self._given_back[repaired.place]
        is_of_place = repaired.item.section == failure.item.section
        if isinstance(failure.verdict, Line) or not (
            is_of_place and isinstance(verdict, Line | Withheld)
        ):
            return None
        if isinstance(verdict, Line):
            verdict = self._short_enough(repaired.item, verdict)
        if isinstance(verdict, Withheld):
            failure.verdict = verdict
            return None
        if not self._stand(failure, verdict):
            return None
        self._written += 1
        return verdict

    def verdict(self, item: DraftItem) -> Verdict | None:
        """The verdict on an item, which is not taken in by that; for a book it takes a second."""
        return self._inspector.verdict(item)

    def lines(self, section: str) -> list[Line]:
        """The lines that stand in ``section``, in order."""
        return [each.verdict for each in self._standing(section)]  # type: ignore[misc]

    def own_lines(self) -> tuple[Line, ...]:
        """The lines in the writer's own words that stand so far."""
        lines = (each for section in self._places for each in self.lines(section))
        return tuple(each for each in lines if not each.is_source_wording)

    def place_of(self, line: Line) -> Place:
        """Where a line stands that was taken in."""
        return self._drafted(line).item.place

    def complete(self, extracted: Iterable[DraftItem]) -> Iterator[Line]:
        """The lines that sentences of the sources add where the draft did not hold: at the top
        first, so that no sentence that would stand there is told further down."""
        top, rest = tee(extracted)
        yield from self._settle(_ONLY_ONE)
        yield from self._fill(top, self._sections_to_fill().intersection(_ONLY_ONE))
        yield from self._settle(("key_points",))
        yield from self._fill(rest, self._sections_to_fill())
        yield from self._cover()

    def _settle(self, sections: Collection[str]) -> Iterator[Line]:
        """The passages that are quoted in place of what failed for good."""
        for failure in self._failures:
            if isinstance(failure.verdict, Line) or failure.item.section not in sections:
                continue
            line = next(filter(None, map(self._quoted, failure.verdict.references)), None)
            if line is None:
                continue
            if self._too_long(failure.item.section, line):
                continue
            places = self._places[failure.item.section]
            quoted = _Drafted(failure.item, failure.verdict)
            if self._stand(quoted, line):
                places[places.index(failure)] = quoted
                self._filled += 1
                yield line

    def _fill(self, extracted: Iterable[DraftItem], wanted: Collection[str]) -> Iterator[Line]:
        """Sentences of the sources for the sections ``wanted``."""
        if not wanted:  # then nothing need be extracted at all
            return
        for item in extracted:
            verdict = self._inspector.verdict(item) if item.section in wanted else None
            if isinstance(verdict, Line) and self._fill_in(item, verdict, more_comes=True):
                yield verdict

    def _cover(self) -> Iterator[Line]:
        """The sentences that count the dead, the injured and the missing, if no line does."""
        for document in self.documents:
            for number, figure in islice(casualties(document), 1):
                if self._shows(figure) or (document, number) in sides(self.excerpts):
                    continue
                item = self._sentence(f"{document.label}{number}")
                line = self._inspected(item) if item else None
                if item and line and self._fill_in(item, line, more_comes=False):
                    yield line

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
            differences=tuple(self.lines("differences")),  # type: ignore[arg-type]
            **{name: tuple(self.lines(name)) for name in _SECTIONS},  # type: ignore[arg-type]
            cautions=tuple(self._cautions(self._fixed, by_model=receipt.engine == "openai")),
            unknowns=tuple(self._unknowns),
            withheld=self.withheld,
            unread=unread,
            notes=notes,
            language=self.language,
        )
        said = (*briefing.lines(), *briefing.differences, *self.lines("cautions"))
        return replace(briefing, receipt=receipt.counting(said, self.withheld))

    def _add(self, item: DraftItem, line: Line, *, more_comes: bool = True) -> bool:
        if not self._is_new(item.section, line):
            return False
        if self._too_long(item.section, line):
            return False
        words = shown_words(line, self._fixed)
        if not self._has_room(item.section, words, more_comes=more_comes):
            if more_comes:
                self._without_room.append((item, line))
            return False
        self._places.setdefault(item.section, []).append(_Drafted(item, line, words, admitted=line))
        return True

    def _fill_in(self, item: DraftItem, line: Line, *, more_comes: bool) -> bool:
        """Whether a sentence of a source has its place now, where the writer left one open."""
        is_in = self._add(item, line, more_comes=more_comes)
        self._filled += is_in
        return is_in

    def _stand(self, drafted: _Drafted, line: Line) -> bool:
        """Whether ``line`` has its place now, where something else stood."""
        section, words = drafted.item.section, shown_words(line, self._fixed)
        if self._too_long(section, line) or not self._is_new(section, line):
            return False
        if not self._has_room(section, words, more_comes=False):
            return False
        drafted.verdict, drafted.words = line, words
        return True

    def _has_room(self, section: str, words: int, *, more_comes: bool) -> bool:
        if section == "answer":  # it is as long as it is
            return True
        return self._budget.has_room(section, words, self._shown(), more_comes=more_comes)

    def _shown(self) -> dict[str, list[int]]:
        """The words of each line that stands, by part."""
        shown = {part: [each.words for each in self._let_in(part)] for part in _PARTS}
        shown["cautions"] += [shown_words(each, self._fixed) for each in self._to_machines]
        return {**shown, "unknowns": [count_words(each.text) for each in self._unknowns]}

    def _standing(self, section: str) -> list[_Drafted]:
        return [each for each in self._places.get(section, ()) if isinstance(each.verdict, Line)]

    def _let_in(self, section: str) -> list[_Drafted]:
        """What has its place there. Until the draft is whole a line that a judge refuses keeps its
        own, so that what is let in, and asked about, never hangs on how fast a judge is."""
        return [
            each
            for each in self._places.get(section, ())
            if isinstance(each.verdict, Line) or (self._is_drafting and each.admitted)
        ]

    def _short_enough(self, item: DraftItem, line: Line) -> Line | Withheld:
        """``line``, unless a writer's own words are more than its place has room for."""
        why = self._too_long(item.section, line) if line.needs_judgement else None
        return Withheld(item.place, line.text, (why,), item.references) if why else line

    def _too_long(self, section: str, line: Line) -> Reason | None:
        budget, words = self._budget, count_words(line.text)
        limits = budget.longest if line.needs_judgement else budget.longest_copied
        longest = limits.get(section)
        if longest is None or words <= longest:
            return None
        return Reason("output", f"It has {words} words; the limit here is {longest}.")

    def _note(self, unknown: Unknown) -> None:
        if unknown.kind == "publication_date":  # its days are told as they are written
            return
        words = count_words(unknown.text)
        if unknown not in self._unknowns and self._has_room("unknowns", words, more_comes=False):
            self._unknowns.append(unknown)

    def _cautions(self, words: Catalogue, *, by_model: bool) -> Iterator[Caution]:
        """What to read with care: the writer's own, and what code finds, which is all of it only
        where no model wrote. That a source speaks to machines comes first, and always: its room
        is kept from the beginning."""
        own = [each for each in self.lines("cautions") if isinstance(each, Caution)]
        lines = [line for part in _PARTS for line in self.lines(part)]
        told = {passage.reference for line in lines for passage in line.evidence}
        by_code = [
            each
            for each in cautions(self.documents, words)
            if each not in self._to_machines and not _warned_of(each, own)
            if each.kind in _CERTAIN
            or not (by_model or told.intersection(p.reference for p in each.evidence))
        ]
        yield from (*self._to_machines, *own)
        shown = self._shown()
        for each in by_code:
            length = shown_words(each, words)
            if not self._too_long("cautions", each) and self._budget.has_room(
                "cautions", length, shown, more_comes=False
            ):
                shown["cautions"].append(length)
                yield each

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
        """Whether ``line`` says what no line says that stands; a fact stands once."""
        if section in _ONLY_ONE and self._let_in(section):
            return False
        parts = ("answer",) if section == "answer" else _PARTS
        places = (each for part in parts for each in self._let_in(part))
        earlier = [
            each.verdict if isinstance(each.verdict, Line) else each.admitted for each in places
        ]
        return not any(
            line == each or repeats(line, each, self.language) for each in earlier if each
        )

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
        document, most = library[found.label], self._budget.longest_copied["key_points"]
        draft = DraftLine(**told(document, found.number, clipped(document, found.number, most)))
        return DraftItem("key_points", draft)

    def _inspected(self, item: DraftItem) -> Line | None:
        verdict = self._inspector.verdict(item)
        return verdict if isinstance(verdict, Line) else None

    def _shows(self, figure: str) -> bool:
        whole = re.compile(rf"(?<!\w){re.escape(figure)}(?!\w)", re.IGNORECASE)
        return any(whole.search(line.text) for name in _PARTS for line in self.lines(name))

    def _sections_to_fill(self) -> set[str]:
        missing = {name for name in _ONLY_ONE if not self.lines(name)}
        if self._is_told_in_one():
            missing.discard("bottom_line")
        points = sum(len(self.lines(name)) for name in _SECTIONS)
        fewest = min(_FEWEST_LINES, self._budget.ceilings.get("key_points", 0))
        if points < fewest or len(self.withheld) > self._written:
            missing.update(name for name in _SECTIONS if not self.lines(name))
            missing.add("key_points")
        return missing

    def _is_told_in_one(self) -> bool:
        """Whether the headline tells all there is of a short source, as its writer found."""
        has_failed = any(each.item.section == "bottom_line" for each in self._failures)
        is_little = not self._budget.ceilings["key_points"]
        return is_little and not has_failed and bool(self.lines("headline"))

    def _first(self, section: str) -> Line | None:
        return next(iter(self.lines(section)), None)


def _warned_of(caution: Caution, others: Iterable[Caution]) -> bool:
    """Whether one of the ``others`` warns of all that ``caution`` does."""
    places = set(caution.evidence)
    return any(each.kind == caution.kind and places <= set(each.evidence) for each in others)
