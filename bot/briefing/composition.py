"""Composes a briefing of lines that passed, and fills gaps with sentences of the sources."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, combinations, islice, tee
from typing import get_args

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.checks.quantities import quantities
from bot.briefing.checks.tokens import tokens_of
from bot.briefing.clipping import fitting_sentence
from bot.briefing.differences import casualties
from bot.briefing.documents import Document, Excerpt, Library, Passage, Reference, Span
from bot.briefing.draft import CautionKind, DraftItem, LineSection, Place
from bot.briefing.extractive.selection import difference_sentences, may_be_chosen, stands_alone
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import (
    Answer,
    Briefing,
    Caution,
    Commitment,
    Difference,
    Event,
    Line,
    Reason,
    Receipt,
    Unknown,
    Unread,
    Withheld,
)
from bot.briefing.machine_speech import sentences_to_machines, unfit_reason
from bot.briefing.requests import Length, Wishes
from bot.briefing.speech import blank_quotations, draft_sentence, loaded_words
from bot.briefing.tasks import FailedItem, RepairedItem
from bot.briefing.terms import content_stems
from bot.briefing.text import LONGEST_QUOTATION, count_words, unspaced_bigrams
from bot.briefing.verification import Inspector, Verdict

# How much may a briefing say, and is there still room for the next line?
#
# One screen, faster to read than its source. Room is given out as lines arrive, with a share
# reserved for each section still to come, so that nothing is shown and then taken back.


@dataclass(frozen=True)
class _Room:
    """The limits of one part of a briefing. ``most`` is the number of lines in a short, a standard
    and a long one, ``of_little`` that for a very short source; ``share`` is the share of the words,
    likewise, that is reserved until the part's turn. A line has at most ``longest`` words, or
    ``copied`` if it is a sentence of the source. ``kept`` words are reserved for each of the two
    single lines at the top."""

    most: tuple[int, int, int] = (0, 0, 0)
    share: tuple[float, float, float] = (0, 0, 0)
    longest: int | None = None
    copied: int | None = None
    of_little: int = 0
    kept: int = 0


# Nobody shortens the sentences of a source, and a third of those in news have 26 to 35 words.
_ROOMS: Mapping[str, _Room] = {
    "headline": _Room(longest=14, kept=10),
    "bottom_line": _Room(longest=45, copied=55, kept=25),
    "differences": _Room((1, 3, 3), of_little=1),
    "key_points": _Room((2, 5, 10), longest=25, copied=35),
    "commitments": _Room((2, 4, 8), (0.25, 0.18, 0.15), longest=35, of_little=2),
    "quotes": _Room((0, 2, 4), (0, 0.12, 0.12), longest=LONGEST_QUOTATION),
    "cautions": _Room((1, 3, 3), (0.1, 0.08, 0.06), longest=25),
    "timeline": _Room((0, 0, 8), (0, 0, 0.12), longest=30),
    "figures": _Room((0, 0, 8), (0, 0, 0.08), longest=30),
    "unknowns": _Room((0, 2, 3), (0, 0.04, 0.03), of_little=1),
}
PARTS = tuple(_ROOMS)
"""The parts of a briefing, in the order in which its room is given out."""

SHORTEST_SOURCE = 120
"""In words; of a shorter source, only one fact is shown, with commitments and what is left open."""

_SHORT, _STANDARD, _SEVERAL, _LONG = 70, 220, 300, 600
_OF_SOURCE = {"standard": 0.3, "long": 0.5}
_AT_LEAST = 120

_LENGTHS = get_args(Length)
_BOTTOM_LINE_AT_A_GLANCE = 25
_BESIDE_POINTS = ("differences", "cautions")
_MOST_POINTS = 10
_TOP = {name: each.kept for name, each in _ROOMS.items() if each.kept}
"""The words reserved for each until it has its line."""


@dataclass(frozen=True)
class Budget:
    """The limits of one briefing: ``words`` counts all that is shown (lines, speakers, quotations,
    cautions), ``ceilings`` the lines of each part; ``longest`` is the number of words of one line
    in a writer's words, ``longest_copied`` that of a sentence of the source."""

    words: int
    ceilings: Mapping[str, int]
    shares: Mapping[str, float]
    longest: Mapping[str, int]
    longest_copied: Mapping[str, int]

    @classmethod
    def of(cls, wishes: Wishes, sources: Sequence[int]) -> "Budget":
        """The budget for ``wishes`` and for ``sources`` with these numbers of words."""
        length, read = wishes.length, sum(sources)
        at = _LENGTHS.index(length)
        longest = {name: each.longest for name, each in _ROOMS.items() if each.longest}
        if length == "short":
            longest["bottom_line"] = _BOTTOM_LINE_AT_A_GLANCE
        ceilings = {name: each.most[at] for name, each in _ROOMS.items() if each.most[at]}
        if wishes.points is not None:  # who asks for three points wants no other sections
            ceilings = {part: ceilings[part] for part in _BESIDE_POINTS} | {
                "key_points": min(wishes.points, _MOST_POINTS)
            }
        if read < SHORTEST_SOURCE:
            ceilings = {n: min(most, _ROOMS[n].of_little) for n, most in ceilings.items()}
        shares = {name: each.share[at] for name, each in _ROOMS.items() if each.share[at]}
        copied = longest | {name: each.copied for name, each in _ROOMS.items() if each.copied}
        return cls(_word_limit(length, read, len(sources)), ceilings, shares, longest, copied)

    def has_room(
        self, part: str, words: int, shown: Mapping[str, Sequence[int]], *, more_comes: bool = True
    ) -> bool:
        """Whether a line of that many shown ``words`` has room beside what is ``shown``: the words
        of each line, by part. If ``more_comes``, the words reserved for later parts are not used;
        those for the top never are, since its lines are filled in if they fail."""
        if len(shown.get(part, ())) >= self._most(part):
            return False
        used = sum(sum(lines) for lines in shown.values())
        top = sum(most for each, most in _TOP.items() if each != part and not shown.get(each))
        return used + words <= self.words - top - (self._kept(part, shown) if more_comes else 0)

    def _kept(self, part: str, shown: Mapping[str, Sequence[int]]) -> float:
        """The words reserved for the parts after ``part``."""
        later = PARTS[PARTS.index(part) + 1 :]
        return sum(
            max(0.0, self.shares.get(each, 0) * self.words - sum(shown.get(each, ())))
            for each in later
            if self._most(each)
        )

    def _most(self, part: str) -> int:
        return 1 if part in _TOP else self.ceilings.get(part, 0)


def shown_words(line: Line, fixed: Catalogue) -> int:
    """The number of words shown of ``line``, except for how many sources support it."""
    if isinstance(line, Difference):
        return count_words(line.about) + sum(shown_words(side, fixed) for side in line.sides)
    shown = wording.line_wording(replace(line, support=None), fixed)
    return count_words("".join(each.text for each in shown))


def total_shown_words(outcome: Briefing | Answer, fixed: Catalogue) -> int:
    """The number of words shown: all but headings, sources, notes and receipt."""
    if isinstance(outcome, Answer):
        return sum(shown_words(each, fixed) for each in outcome.lines or outcome.nearest)
    lines = (*outcome.changes, *outcome.lines(), *outcome.differences, *outcome.cautions)
    gaps = sum(count_words(each.text) for each in outcome.unknowns)
    return gaps + sum(shown_words(each, fixed) for each in lines)


def _word_limit(length: str, read: int, sources: int) -> int:
    if length == "short":
        return _SHORT
    most = _SEVERAL if sources > 1 else _STANDARD
    standard = min(most, max(_AT_LEAST, int(_OF_SOURCE["standard"] * read)))
    if length == "standard":
        return standard
    return max(standard, min(_LONG, int(_OF_SOURCE["long"] * read)))


# Does a line repeat what another already says?

_MOST_OF_IT = 0.8
"""Of the content words of a line that cites a sentence of the other."""
_WORD = re.compile(r"[^\W\d_]+")


def repeats(line: Line, earlier: Line, language: str | None) -> bool:
    """Whether ``line`` cites a sentence that ``earlier`` cites too, and adds hardly a word to it:
    no figure, no name and no "not". Both are in ``language``."""
    references = {passage.reference for passage in line.evidence}
    return any(
        adds_nothing(line, full_text(each), language)
        for each in (earlier.sides if isinstance(earlier, Difference) else (earlier,))
        if not references.isdisjoint(passage.reference for passage in each.evidence)
    )


def adds_nothing(line: Line, before: str, language: str | None) -> bool:
    """Whether ``line`` adds hardly a word to the text ``before``, and no figure, no name and no
    "not"; days are not compared."""
    now = full_text(line)
    words, known = (
        unspaced_bigrams(each) or content_stems(each, language) for each in (now, before)
    )
    if not words or len(words & known) < _MOST_OF_IT * len(words):
        return False
    new = tuple(words - known)
    added = [word for word in _WORD.findall(now) if word.lower().startswith(new)]
    return not (
        _figures(now, language) - _figures(before, language)
        or _negated(now, language) - _negated(before, language)
        or any(_is_name(word, now, line) for word in added)
    )


def full_text(line: Line) -> str:
    """The text of ``line`` with the terms or the time that its section shows beside it."""
    match line:
        case Commitment(terms=terms):
            return " ".join((line.text, *terms))
        case Event(when=when):
            return f"{line.text} {when}"
    return line.text


def _figures(text: str, language: str | None) -> frozenset[Decimal]:
    return frozenset(value for each in quantities(text, language) for value in each.values)


def _negated(text: str, language: str | None) -> frozenset[str]:
    tokens = tokens_of(text, language)
    about = map(tokens.about, tokens.cues("negations"))
    return frozenset(tokens.keys[place] for place in about if place is not None)


def _is_name(word: str, text: str, line: Line) -> bool:
    """Whether ``word`` is written as a name; at the beginning of ``text`` only if a passage has it
    with its capital too."""
    if not word[0].isupper():
        return False
    whole = re.compile(rf"(?<!\w){word}(?!\w)")
    return not text.startswith(word) or any(whole.search(p.text) for p in line.evidence)


# Cautions that code finds in the sources: noted, never corrected.

_MOST_OF_A_KIND = 3
_LONGEST_CAUTION = 25
"""The words of a sentence that is read at once."""
_MOST_PLACES = 12
# A name may begin with the second word of a pair ("Later Ilva Terren").
_FULL_NAME = re.compile(r"\b([A-ZÀ-Þ][\w’'-]+)(?=\s+([A-ZÀ-Þ][\w’'-]+)\b)")
_SHORTEST_NAME = 5
_DIGIT = re.compile(r"\d")


def cautions(documents: Sequence[Document], words: Catalogue) -> tuple[Caution, ...]:
    """The cautions that code finds in ``documents``, the most useful first; at most three of one
    kind for each document. ``words`` are those of the briefing's language."""
    return tuple(
        found
        for kind in _KINDS
        for document in documents
        for found in islice(kind(document, words), _MOST_OF_A_KIND)
    )


def _without_reply(document: Document, _: Catalogue) -> Iterator[Caution]:
    """Allegations after which the source says that the other side does not answer."""
    words = lexicon(document.language)
    silent = re.compile(rf"\b(?:{words.no_comment})\b", re.IGNORECASE)
    for noted in _cautions_with(document, words.alleges, "single_source"):
        number = document.number_at(noted.evidence[0].start) + 1
        if number <= len(document.sentences) and silent.search(document.sentence(number)):
            yield replace(noted, evidence=(*noted.evidence, document.passage(number)))


def _denials(document: Document, _: Catalogue) -> Iterator[Caution]:
    """Denials that say by themselves who denies what, unlike those of "the claim"."""
    words = lexicon(document.language)
    leans = re.compile(
        rf"\W*(?:{words.dangling})\b|(?!.*\b(?:{words.alleges})\b).*\b(?:{words.unsaid})",
        re.IGNORECASE,
    )
    for noted in _cautions_with(document, rf"(?:{words.denies})(?! (?:it|this)\b)", "denial"):
        if not leans.match(noted.text):
            yield noted


def _anonymous(document: Document, _: Catalogue) -> Iterator[Caution]:
    words = lexicon(document.language).anonymous
    return _cautions_with(document, rf"(?:{words})\b", "anonymous_source")


def _second_hand(document: Document, _: Catalogue) -> Iterator[Caution]:
    return _cautions_with(document, lexicon(document.language).second_hand, "second_hand")


def _loaded_wording(document: Document, words: Catalogue) -> Iterator[Caution]:
    for number in document.numbers:
        if (loaded := loaded_words(document, number)) and unfit_reason(document, number) is None:
            listed = ", ".join(map(words.quote, dict.fromkeys(loaded)))
            text = words.loaded.format(words=listed)
            yield Caution(text, (document.passage(number),), kind="loaded_wording")


def _name_spellings(document: Document, words: Catalogue) -> Iterator[Caution]:
    """Two names that differ by one letter beside the same other name ("Jeyhum", "Jeyhun")."""
    is_role = lexicon(document.language).is_role
    names: dict[tuple[str, str], list[int]] = {}
    for number in document.numbers:
        for match in _FULL_NAME.finditer(document.sentence(number)):
            first, last = (part.replace("’", "'").removesuffix("'s") for part in match.groups())
            # What is all in capitals is a heading as often as a name.
            if not is_role(first.lower()) and not (first + last).isupper():
                names.setdefault((first, last), []).append(number)
    for pair in _pairs_that_share_a_word(names):
        if _is_another_spelling(*pair):
            fit = ([n for n in names[name] if unfit_reason(document, n) is None] for name in pair)
            passages = tuple(document.passage(numbers[0]) for numbers in fit if numbers)
            if len(passages) == len(pair):
                one, other = (words.quote(" ".join(name)) for name in pair)
                text = words.spelt.format(one=one, other=other)
                yield Caution(text, passages, kind="name_spelling")


def _pairs_that_share_a_word(
    names: Iterable[tuple[str, str]],
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    sharing: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for name in names:
        for place, word in enumerate(name):
            sharing.setdefault((place, word), []).append(name)
    for alike in sharing.values():
        yield from combinations(alike, 2)


def _is_another_spelling(one: tuple[str, str], other: tuple[str, str]) -> bool:
    changed = (one[1], other[1]) if one[0] == other[0] else (one[0], other[0])
    is_name = all(len(each) >= _SHORTEST_NAME and not _DIGIT.search(each) for each in changed)
    return is_name and _differ_by_one_letter(*changed)


def _differ_by_one_letter(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    shortened = (long[:place] + long[place + 1 :] for place in range(len(long)))
    return len(long) - len(short) == 1 and not long.startswith(short) and short in shortened


def _machine_speech(document: Document, words: Catalogue) -> Iterator[Caution]:
    """That the source addresses machines, and where; what it says to them is not repeated, so the
    passages are empty."""
    numbers = sentences_to_machines(document)[:_MOST_PLACES]
    if numbers:
        places = tuple(_empty_passage(document, number) for number in numbers)
        yield Caution(words.to_machines, places, kind="addresses_machine")


def _empty_passage(document: Document, number: int) -> Passage:
    start = document.sentences[number - 1].start
    empty = document.cut(Span(start, start), Reference(document.label, number))
    return replace(empty, url=document.url)


def _cautions_with(document: Document, words: str, kind: CautionKind) -> Iterator[Caution]:
    """Yield each sentence that has one of ``words`` outside quotation marks, as a caution that
    readers understand by itself; those too long for a line are left out."""
    pattern = re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for number, span in enumerate(document.sentences, 1):
        found = pattern.search(blank_quotations(document, span))
        if found and unfit_reason(document, number) is None:
            place = Span(span.start + found.start(), span.start + found.end())
            part = fitting_sentence(document, number, _LONGEST_CAUTION)
            if part and part.contains(place):
                passage = document.cut(part, Reference(document.label, number))
                yield Caution(passage.text, (passage,), kind=kind)


_KINDS = (
    _machine_speech,
    _without_reply,
    _anonymous,
    _second_hand,
    _denials,
    _loaded_wording,
    _name_spellings,
)


# A drafted line is proved at once, and judged before it is shown; a shown line is never taken back.
# A line that fails keeps its place until it is repaired, replaced by its passage as a quotation, or
# given up. If the bottom line or more than half of the lines fail, or the writer stopped early,
# sentences of the sources fill the gap, and the notes say so.

_SECTIONS = get_args(LineSection)
AT_THE_TOP = ("headline", "bottom_line")
_PARTS = tuple(part for part in PARTS if part != "unknowns")
_REPAIRED = (*AT_THE_TOP, "key_points", "commitments", "quotes", "answer")
"""What its writer gets back if it fails; the rest is not worth a second request."""
_CERTAIN = ("name_spelling",)
"""The cautions that code adds to those of a model, since it can't be wrong about these."""

# A briefing with fewer lines beside the bottom line is filled up, if its budget allows as many.
_FEWEST_LINES = 3


@dataclass(eq=False)
class _Drafted:
    """An item of the draft, with the latest verdict on it."""

    item: DraftItem
    verdict: Line | Withheld
    words: int = 0
    """How many it shows if it stands."""
    admitted: Line | None = None
    """The line that was admitted, whatever a judge has said of it since."""


@dataclass
class Composition:
    """Collects the verdicts on a draft, section by section. ``secrets`` as in `OutputFilter`."""

    excerpts: tuple[Excerpt, ...]
    wishes: Wishes
    secrets: tuple[str, ...] = ()
    written: int = field(default=0, init=False)
    """How many lines of the writer stand."""
    filled: int = field(default=0, init=False)
    """How many sentences of the sources stand in place of the writer's lines."""
    _places: dict[str, list[_Drafted]] = field(default_factory=dict)
    _failures: list[_Drafted] = field(default_factory=list)
    _given_back: list[_Drafted] = field(default_factory=list)
    _without_room: list[tuple[DraftItem, Line]] = field(default_factory=list)
    _unknowns: list[Unknown] = field(default_factory=list)
    _is_drafting: bool = True

    def __post_init__(self) -> None:
        self._inspector = Inspector(
            self.documents, self.wishes.language, self.secrets, self.wishes.house
        )
        self._fixed = catalogue(self.language)
        notes = (_machine_speech(document, self._fixed) for document in self.documents)
        self._to_machines = tuple(chain.from_iterable(notes))
        self._budget = Budget.of(self.wishes, [document.words for document in self.documents])

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the excerpts."""
        return tuple(excerpt.document for excerpt in self.excerpts)

    @property
    def language(self) -> str | None:
        """The language of the lines: the one wished for, or that of the first source."""
        return self.wishes.language or next((each.language for each in self.documents), None)

    def collect_failed(self) -> tuple[FailedItem, ...]:
        """The items for the writer to repair, in the order of the draft: those that a proof or the
        judge refused, and none that is only doubted. `apply_repair` refers to them by place."""
        withheld = [(d, d.verdict) for part in self._places for d in self._places[part]]
        failed = [
            (each, FailedItem(each.item, verdict.reasons))
            for each, verdict in withheld
            if isinstance(verdict, Withheld)
            and each.item.section in _REPAIRED
            and any(reason.grade != "doubt" for reason in verdict.reasons)
        ]
        self._given_back = [each for each, _ in failed]
        return tuple(item for _, item in failed)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The writer's lines that were refused."""
        verdicts = (each.verdict for each in self._failures)
        return tuple(verdict for verdict in verdicts if isinstance(verdict, Withheld))

    def add(self, item: DraftItem, verdict: Verdict | None) -> Verdict | None:
        """Take an item of the writer's draft with that ``verdict``. Returns what became of it; None
        if it says nothing new, has no room (yet) or has no verdict."""
        if isinstance(verdict, Line):
            verdict = self._short_enough(item, verdict)
        match verdict:
            case Withheld():
                failure = _Drafted(item, verdict)
                self._failures.append(failure)
                self._places.setdefault(item.section, []).append(failure)
            case Unknown():
                self._add_unknown(verdict)
            case Line():
                if not self._admit(item, verdict):
                    return None
                self.written += 1
        return verdict

    def add_waiting(self) -> Iterator[Line]:
        """Yield the lines that have room after all, now that the writer has finished."""
        self._is_drafting = False
        for item, line in self._without_room:
            if self._admit(item, line, more_comes=False):
                self.written += 1
                yield line
        self._without_room = []

    def apply_judgement(self, line: Line, judge: str, problem: str | None) -> Line | None:
        """``line`` as judged by ``judge``; None if it is withheld because of its ``problem``."""
        if problem is not None:
            self._withhold(line, (Reason("judge", problem, "judge"),))
            return None
        judged = line.judged_by(judge)
        self._drafted(line).verdict = judged
        return judged

    def accept_unjudged(self, line: Line) -> Line | None:
        """``line`` if no judge could be asked; None if it is withheld because of its doubts."""
        if line.doubts:
            self._withhold(line, line.doubts)
            return None
        return line

    def apply_repair(self, repaired: RepairedItem, verdict: Verdict | None) -> Line | None:
        """Put a repaired item with that ``verdict`` in place of the failed one. Returns its line;
        None if it fails again."""
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
        if not self._replace_failed(failure, verdict):
            return None
        self.written += 1
        return verdict

    def verdict(self, item: DraftItem) -> Verdict | None:
        """The verdict on an item, which is not added; takes a second for a book."""
        return self._inspector.verdict(item)

    def lines(self, section: str) -> list[Line]:
        """The lines that stand in ``section``, in order."""
        verdicts = (each.verdict for each in self._places.get(section, ()))
        return [verdict for verdict in verdicts if isinstance(verdict, Line)]

    def lines_in_own_words(self) -> tuple[Line, ...]:
        """The lines in the writer's own words so far."""
        lines = (each for section in self._places for each in self.lines(section))
        return tuple(each for each in lines if not each.is_source_wording)

    def place_of(self, line: Line) -> Place:
        """Where ``line``, which was added, stands."""
        return self._drafted(line).item.place

    def fill_gaps(self, extracted: Iterable[DraftItem]) -> Iterator[Line]:
        """Yield the lines with which sentences of the sources fill the gaps of the draft: at the
        top first, so that no sentence that belongs there is used further down."""
        top, rest = tee(extracted)
        yield from self._quote_failed(AT_THE_TOP)
        yield from self._fill(top, self._sections_to_fill().intersection(AT_THE_TOP))
        yield from self._quote_failed(("key_points",))
        yield from self._fill(rest, self._sections_to_fill())
        yield from self._add_casualties()

    def _quote_failed(self, sections: Collection[str]) -> Iterator[Line]:
        """Yield the passages quoted in place of lines that failed for good."""
        for failure in self._failures:
            if isinstance(failure.verdict, Line) or failure.item.section not in sections:
                continue
            line = next(filter(None, map(self._quoted, failure.verdict.references)), None)
            quoted = _Drafted(failure.item, failure.verdict)
            if line and self._replace_failed(quoted, line):
                places = self._places[failure.item.section]
                places[places.index(failure)] = quoted
                self.filled += 1
                yield line

    def _fill(self, extracted: Iterable[DraftItem], wanted: Collection[str]) -> Iterator[Line]:
        """Yield sentences of the sources for the sections ``wanted``."""
        if not wanted:  # then nothing need be extracted at all
            return
        for item in extracted:
            if item.section in wanted and (line := self._filled_in(item, more_comes=True)):
                yield line

    def _add_casualties(self) -> Iterator[Line]:
        """Yield sentences that count the dead, the injured and the missing, if no line does."""
        for document in self.documents:
            for number, figure in islice(casualties(document), 1):
                place = (document, number)
                if self._mentions(figure) or place in difference_sentences(self.excerpts):
                    continue
                item = self._sentence(document, number)
                if item and (line := self._filled_in(item, more_comes=False)):
                    yield line

    def briefing(
        self, receipt: Receipt, unread: tuple[Unread, ...], notes: tuple[str, ...]
    ) -> Briefing:
        """The finished briefing, with the cautions that code adds."""
        briefing = Briefing(
            documents=self.documents,
            words_read=tuple(excerpt.words for excerpt in self.excerpts),
            receipt=receipt,
            headline=next(iter(self.lines("headline")), None),
            bottom_line=next(iter(self.lines("bottom_line")), None),
            differences=tuple(self.lines("differences")),  # type: ignore[arg-type]
            **{name: tuple(self.lines(name)) for name in _SECTIONS},  # type: ignore[arg-type]
            cautions=tuple(self._cautions(self._fixed, by_model=receipt.is_by_model)),
            unknowns=tuple(self._unknowns),
            withheld=self.withheld,
            unread=unread,
            notes=notes,
            language=self.language,
        )
        counted = (*briefing.lines(), *briefing.differences, *self.lines("cautions"))
        return replace(briefing, receipt=receipt.with_counts(counted, self.withheld))

    def _admit(self, item: DraftItem, line: Line, *, more_comes: bool = True) -> bool:
        if not self._is_new(item.section, line) or self._too_long(item.section, line):
            return False
        words = shown_words(line, self._fixed)
        if not self._has_room(item.section, words, more_comes=more_comes):
            if more_comes:
                self._without_room.append((item, line))
            return False
        self._places.setdefault(item.section, []).append(_Drafted(item, line, words, admitted=line))
        return True

    def _filled_in(self, item: DraftItem, *, more_comes: bool) -> Line | None:
        """Add a sentence of a source where the writer left room. Returns its line; None if it has
        no room or says nothing new."""
        line = self._inspector.verdict(item)
        if not isinstance(line, Line) or not self._admit(item, line, more_comes=more_comes):
            return None
        self.filled += 1
        return line

    def _replace_failed(self, drafted: _Drafted, line: Line) -> bool:
        """Put ``line`` in the place of what failed. Returns whether it has room and is new."""
        section, words = drafted.item.section, shown_words(line, self._fixed)
        if self._too_long(section, line) or not self._is_new(section, line):
            return False
        if not self._has_room(section, words, more_comes=False):
            return False
        drafted.verdict, drafted.words = line, words
        return True

    def _has_room(self, section: str, words: int, *, more_comes: bool) -> bool:
        if section == "answer":  # its length is not limited
            return True
        return self._budget.has_room(section, words, self._shown(), more_comes=more_comes)

    def _shown(self) -> dict[str, list[int]]:
        """The words of each line that stands, by part."""
        shown = {part: [each.words for each in self._admitted(part)] for part in _PARTS}
        shown["cautions"] += [shown_words(each, self._fixed) for each in self._to_machines]
        return {**shown, "unknowns": [count_words(each.text) for each in self._unknowns]}

    def _admitted(self, section: str) -> list[_Drafted]:
        """What has its place in ``section``. Until the draft is complete, a line that a judge
        refuses keeps its place, so that what is admitted and judged never depends on how fast a
        judge is."""
        return [
            each
            for each in self._places.get(section, ())
            if isinstance(each.verdict, Line) or (self._is_drafting and each.admitted)
        ]

    def _short_enough(self, item: DraftItem, line: Line) -> Line | Withheld:
        """``line``, withheld if it is in the writer's words and too long for its place."""
        why = self._too_long(item.section, line) if line.needs_judgement else None
        return Withheld(item.place, line.text, (why,), item.references) if why else line

    def _too_long(self, section: str, line: Line) -> Reason | None:
        budget, words = self._budget, count_words(line.text)
        limits = budget.longest if line.needs_judgement else budget.longest_copied
        longest = limits.get(section)
        if longest is None or words <= longest:
            return None
        return Reason("output", f"It has {words} words; the limit here is {longest}.")

    def _add_unknown(self, unknown: Unknown) -> None:
        if unknown.kind == "publication_date":  # undated days are left as they are written
            return
        words = count_words(unknown.text)
        if unknown not in self._unknowns and self._has_room("unknowns", words, more_comes=False):
            self._unknowns.append(unknown)

    def _cautions(self, words: Catalogue, *, by_model: bool) -> Iterator[Caution]:
        """The writer's cautions and those that code finds; if a model wrote, only the certain ones.
        That a source addresses machines always comes first: its room is reserved from the start."""
        own = [each for each in self.lines("cautions") if isinstance(each, Caution)]
        lines = [line for part in _PARTS for line in self.lines(part)]
        cited = {passage.reference for line in lines for passage in line.evidence}
        by_code = [
            each
            for each in cautions(self.documents, words)
            if each not in self._to_machines and not _is_warned_of(each, own)
            if each.kind in _CERTAIN
            or not (by_model or cited.intersection(p.reference for p in each.evidence))
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
        self.written -= 1

    def _drafted(self, line: Line) -> _Drafted:
        everything = (each for places in self._places.values() for each in places)
        return next(each for each in everything if each.verdict is line)

    def _is_new(self, section: str, line: Line) -> bool:
        """Whether ``line`` says what no other line says: a fact is told once."""
        if section in AT_THE_TOP and self._admitted(section):
            return False
        parts = ("answer",) if section == "answer" else _PARTS
        places = (each for part in parts for each in self._admitted(part))
        earlier = [
            each.verdict if isinstance(each.verdict, Line) else each.admitted for each in places
        ]
        return not any(
            line == each or repeats(line, each, self.language) for each in earlier if each
        )

    def _quoted(self, reference: str) -> Line | None:
        """The sentence ``reference`` as a line; None if it may not be shown as it is, or says
        nothing without those around it."""
        library = Library(self.documents)
        found = library.find(reference)
        if found is None or not stands_alone(library[found.label], found.number):
            return None
        item = self._sentence(library[found.label], found.number)
        verdict = self._inspector.verdict(item) if item else None
        return verdict if isinstance(verdict, Line) else None

    def _sentence(self, document: Document, number: int) -> DraftItem | None:
        """A sentence as a key point; None if it may not be chosen."""
        if not may_be_chosen(document, number):
            return None
        part = fitting_sentence(document, number, self._budget.longest_copied["key_points"])
        return DraftItem("key_points", draft_sentence(document, number, part))

    def _mentions(self, figure: str) -> bool:
        whole = re.compile(rf"(?<!\w){re.escape(figure)}(?!\w)", re.IGNORECASE)
        return any(whole.search(line.text) for name in _PARTS for line in self.lines(name))

    def _sections_to_fill(self) -> set[str]:
        missing = {name for name in AT_THE_TOP if not self.lines(name)}
        if self._is_headline_enough():
            missing.discard("bottom_line")
        points = sum(len(self.lines(name)) for name in _SECTIONS)
        fewest = min(_FEWEST_LINES, self._budget.ceilings.get("key_points", 0))
        if points < fewest or len(self.withheld) > self.written:
            missing.update(name for name in _SECTIONS if not self.lines(name))
            missing.add("key_points")
        return missing

    def _is_headline_enough(self) -> bool:
        """Whether the headline says all of a very short source, as its writer decided."""
        has_failed = any(each.item.section == "bottom_line" for each in self._failures)
        is_little = not self._budget.ceilings["key_points"]
        return is_little and not has_failed and bool(self.lines("headline"))


def _is_warned_of(caution: Caution, others: Iterable[Caution]) -> bool:
    """Whether one of the ``others`` warns of all that ``caution`` does."""
    places = set(caution.evidence)
    return any(each.kind == caution.kind and places <= set(each.evidence) for each in others)
