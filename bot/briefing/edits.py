"""Lines that the asker dropped or rewrote: the reply as it is now, and as it was before."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal, TypeVar

from bot.briefing.catalogue import catalogue
from bot.briefing.changes import replace_since
from bot.briefing.composition import Budget, total_shown_words
from bot.briefing.draft import DraftCaution, DraftItem, DraftLine, Place
from bot.briefing.lines import Answer, Briefing, Caution, Edit, Line, Quote, Reason
from bot.briefing.requests import Wishes
from bot.briefing.verification import Inspector

# The edits are kept next to the original, whose lines are numbered in reading order; what is shown
# is always the original with all edits applied, so that each can be undone.

AnyReply = TypeVar("AnyReply", bound=Briefing | Answer)
_APART = ("headline", "bottom_line", "differences")


@dataclass(frozen=True)
class Part:
    """Lines that stand together; each difference is a part by itself, ``about`` something."""

    name: Place | Literal["nearest"]
    lines: tuple[Line, ...]
    about: str | None = None


def parts_of(outcome: Briefing | Answer) -> Iterator[Part]:
    """Yield the parts with all lines, in the order in which they are read and numbered."""
    if isinstance(outcome, Answer):
        yield Part("answer", outcome.lines) if outcome.lines else Part("nearest", outcome.nearest)
        return
    if outcome.headline:
        yield Part("headline", (outcome.headline,))
    if outcome.bottom_line:
        yield Part("bottom_line", (outcome.bottom_line,))
    for difference in outcome.differences:
        yield Part("differences", difference.sides, difference.about)
    for name, lines in outcome.sections():
        yield Part(name, lines)
    if outcome.cautions:
        yield Part("cautions", outcome.cautions)


def original_of(outcome: Briefing | Answer) -> Briefing | Answer:
    """``outcome`` before all edits."""
    first = outcome.original
    return outcome if first is None else replace(first, documents=outcome.documents)


def with_edits(outcome: Briefing | Answer, edits: Sequence[Edit]) -> Briefing | Answer:
    """``outcome`` with these ``edits`` and no others. An edited briefing is never reused for
    another request."""
    first = original_of(outcome)
    if not edits:
        return first
    numbers, decided = count(), {edit.number: edit for edit in edits if edit.is_decided}
    shown = map_lines(first, lambda line: _edited(line, next(numbers), decided))
    receipt = shown.receipt.with_counts(counted_lines(shown), shown.withheld)
    words = total_shown_words(shown, catalogue(shown.language))
    return replace(
        shown,
        receipt=replace(receipt, words_shown=words),
        edits=tuple(edits),
        original=replace(first, documents=()),  # type: ignore[arg-type]  # of the same kind
        **({"made_from": None} if isinstance(shown, Briefing) else {}),  # type: ignore[arg-type]
    )


def without_history(outcome: Briefing | Answer) -> Briefing | Answer:
    """``outcome`` as it is now, without its edits or what it says about earlier briefings."""
    if isinstance(outcome, Briefing):
        was_edited = is_edited(outcome) or _has_note(outcome)
        outcome = replace(replace_since(outcome, None), was_edited=was_edited)
    return replace(outcome, edits=(), original=None, corrected=None)


def mark_corrected(
    outcome: Briefing | Answer, is_wrong: Callable[[Line], bool], day: str
) -> Briefing | Answer:
    """``outcome`` marked as corrected on that ISO ``day``, with its wrong lines. It is never reused
    for another request."""

    def marked(line: Line) -> Line:
        return replace(line, corrected=line.corrected or day) if is_wrong(line) else line

    first = replace(map_lines(original_of(outcome), marked), corrected=day)
    if isinstance(first, Briefing):
        first = replace(first, made_from=None)
    edits = (replace(each, line=each.line and marked(each.line)) for each in outcome.edits)
    return with_edits(first, tuple(edits))


def copy_corrections(outcome: AnyReply, others: Sequence[AnyReply]) -> AnyReply:
    """``outcome`` with the correction marks of ``others``, which are versions of it. A line is
    marked if it rests on a passage of a line marked there, unless it stands there unmarked; the
    reply, if one of its lines is, or if the others are marked but none of their lines."""
    lines = [line for other in others for line in all_lines(original_of(other))]
    wrong = [line for line in lines if line.corrected]
    days = {p.text: line.corrected for line in wrong for p in line.evidence}
    right = {line.text for line in lines if not line.corrected} - {line.text for line in wrong}

    def marked(line: Line) -> Line:
        found = [day for p in line.evidence if (day := days.get(p.text))]
        return replace(line, corrected=max(found)) if found and line.text not in right else line

    later = map_lines(outcome, marked)
    marks = {other.corrected for other in others if other.corrected}
    if not any(line.corrected for line in all_lines(later)) and (wrong or not marks):
        return outcome
    later = replace(later, corrected=max(marks, default=None))
    return replace(later, made_from=None) if isinstance(later, Briefing) else later


def all_lines(outcome: Briefing | Answer) -> Iterator[Line]:
    """Yield all lines, in the order in which they are read and numbered."""
    yield from (line for part in parts_of(outcome) for line in part.lines)


def is_edited(briefing: Briefing) -> bool:
    """Whether somebody dropped or rewrote lines of it, or of the briefing it was made from."""
    return briefing.was_edited or any(edit.is_decided for edit in briefing.edits)


def note_other_edits(briefing: Briefing, others: Iterable[Briefing]) -> Briefing:
    """``briefing`` with the note that one of the ``others``, its versions, was edited; without it
    if none was, unless it had the note from the start."""
    had_note = briefing.was_edited and _has_note(briefing)
    return _noted(briefing, is_elsewhere=had_note or any(map(is_edited, others)))


def note_earlier_edits(briefing: Briefing, before: Briefing) -> Briefing:
    """``briefing``, a new reply on the sources of ``before``, with the note if that was edited."""
    if not (is_edited(before) or _has_note(before)):
        return briefing
    return _noted(replace(briefing, was_edited=True), is_elsewhere=True)


def first_version(briefing: Briefing) -> Briefing:
    """``briefing`` as it was written, before edits to it or to another version."""
    first = briefing.original or briefing
    return _noted(first, is_elsewhere=False)


def find_line(outcome: Briefing | Answer, number: int) -> tuple[Part, Line] | None:
    """The line of that number in the original, after its part; None if there is none."""
    lines = [(part, line) for part in parts_of(original_of(outcome)) for line in part.lines]
    return lines[number] if 0 <= number < len(lines) else None


def current_line(outcome: Briefing | Answer, number: int) -> Line | None:
    """The line of that number as it is shown now; None if it was dropped or there is none."""
    place = find_line(outcome, number)
    if place is None:
        return None
    decided = {edit.number: edit for edit in outcome.edits if edit.is_decided}
    return _edited(place[1], number, decided)


def linked_numbers(outcome: Briefing | Answer, number: int) -> frozenset[int]:
    """The numbers of the lines that are dropped together with that one: sides of a difference."""
    stands_in = [part for part in parts_of(original_of(outcome)) for _ in part.lines]
    if not 0 <= number < len(stands_in):
        return frozenset()
    if stands_in[number].name != "differences":
        return frozenset({number})
    return frozenset(n for n, part in enumerate(stands_in) if part is stands_in[number])


def line_fingerprint(line: Line) -> str:
    """A hash of the text, by which a line is recognised as the one that somebody saw."""
    return hashlib.sha256(line.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def may_be_rewritten(line: Line) -> bool:
    """Whether ``line`` is in somebody's own words: those of a source can only be dropped."""
    is_copied = isinstance(line, Quote) or line.is_source_wording
    return line.is_edited or (not is_copied and bool(line.evidence[0].text))


def _has_note(briefing: Briefing) -> bool:
    return catalogue(briefing.language).edited_elsewhere in briefing.notes


def _noted(briefing: Briefing, *, is_elsewhere: bool) -> Briefing:
    """``briefing`` with or without the note on edits elsewhere, which outlasts edits of its own."""
    note = catalogue(briefing.language).edited_elsewhere
    first = briefing.original and _noted(briefing.original, is_elsewhere=is_elsewhere)
    rest = tuple(each for each in briefing.notes if each != note)
    if not is_elsewhere:
        return replace(briefing, notes=rest, original=first)
    return replace(briefing, notes=(*rest, note), original=first, made_from=None)


def map_lines(first: AnyReply, changed: Callable[[Line], Line | None]) -> AnyReply:
    """``first`` with each line ``changed``, in reading order, and without those that become None.
    What is new since an earlier reply stays as it is."""
    kept = [(part, tuple(filter(None, map(changed, part.lines)))) for part in parts_of(first)]
    if isinstance(first, Answer):
        field = "lines" if first.lines else "nearest"
        return replace(first, **{field: kept[0][1]})  # type: ignore[arg-type]  # lines, both
    sides = [lines for part, lines in kept if part.name == "differences"]
    named = {part.name: lines for part, lines in kept}
    sections = {name: lines for name, lines in named.items() if name not in _APART}
    return replace(
        first,
        headline=next(iter(named.get("headline", ())), None),
        bottom_line=next(iter(named.get("bottom_line", ())), None),
        differences=tuple(
            replace(each, sides=lines)
            for each, lines in zip(first.differences, sides, strict=True)
            if len(lines) == len(each.sides)
        ),
        **sections,  # type: ignore[arg-type]  # a part is named as its field
    )


def _edited(line: Line, number: int, decided: Mapping[int, Edit]) -> Line | None:
    """The line as it is shown, with the words of its edit; None if it was dropped."""
    edit = decided.get(number)
    if edit is None:
        return line
    if edit.line is None:
        return None
    new = edit.line
    line = replace(
        line,
        text=new.text,
        voice=new.voice,
        speaker=new.speaker,
        evidence=new.evidence,
        days=new.days,
        judge=new.judge,
        edited=new.edited,
        support=None,  # it belonged to the earlier words
        told=None,
        corrected=new.corrected,
    )
    return replace(line, is_drafted=True) if isinstance(line, Caution) else line


def counted_lines(outcome: Briefing | Answer) -> tuple[Line, ...]:
    """The lines that a receipt counts: a difference counts as one, cautions by code don't count."""
    if isinstance(outcome, Answer):
        return outcome.lines
    cautions = (each for each in outcome.cautions if each.is_drafted)
    return (*outcome.changes, *outcome.lines(), *outcome.differences, *cautions)


_LONGEST_WORDS = 45
"""In parts that have no limit in the budget."""


@dataclass(frozen=True)
class CheckedEdit:
    """A rewritten ``line`` as it would be shown, and the ``reasons`` of the checks against it:
    proofs or, if there are none, doubts, which a judge may decide."""

    line: Line
    reasons: tuple[Reason, ...]

    @property
    def is_refuted(self) -> bool:
        """Whether a check proves the line wrong."""
        return any(reason.grade == "proof" for reason in self.reasons)


def check_edit(
    text: str, place: tuple[Part, Line], outcome: Briefing | Answer, secrets: tuple[str, ...]
) -> CheckedEdit:
    """Check the line at that ``place`` of a reply with ``text`` for its words, against the same
    passages. Takes a second for a book."""
    part, line = place
    wishes = outcome.wishes or Wishes(language=outcome.language)
    inspector = Inspector(outcome.documents, wishes.language, secrets, wishes.house)
    verdict = inspector.verdict(_item(text, part, line))
    if isinstance(verdict, Line):
        words = (verdict.text, verdict.voice, verdict.speaker, verdict.evidence)
        return CheckedEdit(Line(*words, days=verdict.days), verdict.doubts)
    reasons = getattr(verdict, "reasons", ())
    return CheckedEdit(Line(text, line.voice, line.speaker, line.evidence), reasons)


def word_limit(part: Part, outcome: Briefing | Answer) -> int:
    """The most words that a line of ``part`` may have."""
    wishes = outcome.wishes or Wishes()
    budget = Budget.of(wishes, [document.words for document in outcome.documents])
    return budget.longest.get(part.name, _LONGEST_WORDS)


def _item(text: str, part: Part, line: Line) -> DraftItem:
    references = list(dict.fromkeys(passage.reference for passage in line.evidence))
    if isinstance(line, Caution):
        return DraftItem("cautions", DraftCaution(evidence=references, kind=line.kind, text=text))
    place = part.name if part.name in ("headline", "answer") else "key_points"
    content = DraftLine(evidence=references, voice=line.voice, speaker=line.speaker, text=text)
    return DraftItem(place, content)
