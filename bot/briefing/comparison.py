"""What having several sources changes in a briefing or an answer.

Every line gets the passages of other sources that support it, and their number; differences between
sources are shown side by side; sources that are one article, and those that no line rests on, are
named.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, permutations

from bot.briefing.budget import Budget, words_of
from bot.briefing.catalogue import catalogue
from bot.briefing.corroboration import Corroboration
from bot.briefing.differences import Disagreement, told_disagreements
from bot.briefing.documents import Document, Passage
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.families import Families
from bot.briefing.inspection import Inspector
from bot.briefing.likeness import Alike, alike
from bot.briefing.lines import Answer, Briefing, Difference, Line
from bot.briefing.passages import Excerpt, whole
from bot.briefing.requests import Wishes
from bot.briefing.speech import told

_SECTIONS = ("key_points", "quotes", "commitments", "timeline", "figures")
_MOST_ALONE = 3
"""Lines that are marked as one source's alone: of more a reader would learn nothing."""


def compared(
    briefing: Briefing,
    excerpts: tuple[Excerpt, ...],
    language: str | None = None,
    known: tuple[Document, ...] = (),
) -> Briefing:
    """``briefing``, which is from ``excerpts``, held against all sources: those of it and those
    that were ``known`` before. ``language`` is the one asked for."""
    if len(excerpts) + len(known) < 2:
        return briefing
    documents = (*known, *briefing.documents)
    if briefing.receipt.engine == "extractive":
        found, inspector = told_disagreements(excerpts, whole(known)), Inspector(documents)
        every = filter(None, (_difference(each, inspector) for each in found))
        briefing = _with_room(every, replace(briefing, differences=()), documents)
    lines = Corroboration(documents, language).of(list(briefing.lines()))
    of_all = replace(
        _with_lines(briefing, _fewer_alone(_disputed(lines, briefing.differences))),
        documents=documents,
        words_read=(*(document.words for document in known), *briefing.words_read),
    )
    notes = (*briefing.notes, *_alike(briefing), *_unused(of_all, known))
    return _with_known(replace(of_all, notes=notes), known)


def compared_answer(answer: Answer, language: str | None = None) -> Answer:
    """``answer`` with the passages of all sources that bear its lines."""
    return replace(answer, lines=Corroboration(answer.documents, language).of(answer.lines))


def _difference(found: Disagreement, inspector: Inspector) -> Difference | None:
    """The disagreement with its sides as lines; None where fewer than two may be shown."""
    sides = [side for each in found.apart if (side := _side(*each, found, inspector))]
    return Difference(" / ".join(found.words), tuple(sides)) if sides[1:] else None


def _with_room(
    found: Iterable[Difference], briefing: Briefing, documents: Sequence[Document]
) -> Briefing:
    """``briefing`` with what sources differ in, which matters more than its last points: they make
    room for it."""
    fixed = catalogue(briefing.language)
    budget = Budget.of(briefing.wishes or Wishes(), [document.words for document in documents])
    for each in islice(found, budget.ceilings.get("differences", 0)):
        told = replace(briefing, differences=(*briefing.differences, each))
        while words_of(told, fixed) > budget.words and len(told.key_points) > 1:
            told = replace(told, key_points=told.key_points[:-1])
        if words_of(told, fixed) <= budget.words:
            briefing = told
    return briefing


def _side(
    document: Document, number: int, found: Disagreement, inspector: Inspector
) -> Line | None:
    """A sentence as a line, with the passages of all sources that have it word for word."""
    line = inspector.verdict(DraftItem("key_points", DraftLine(**told(document, number))))
    if not isinstance(line, Line):
        return None
    passages = (each.passage(place) for each, place in found.sides)
    same = (each for each in passages if each.text == line.text)
    return replace(line, evidence=tuple(dict.fromkeys((*line.evidence, *same))))


def _disputed(lines: Iterable[Line], differences: Sequence[Difference]) -> Iterator[Line]:
    """The lines, marked where one of their passages is a side of a difference."""
    sides = {_place(side.evidence[0]) for each in differences for side in each.sides}
    for line in lines:
        is_disputed = any(_place(passage) in sides for passage in line.evidence)
        support = line.support and replace(line.support, is_disputed=is_disputed)
        yield replace(line, support=support)


def _place(passage: Passage) -> tuple[str, str]:
    return passage.document, passage.reference


def _fewer_alone(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, of which only the first few say that one source alone has them."""
    left = _MOST_ALONE
    for line in lines:
        if line.support and line.support.is_alone:
            left -= 1
        is_alone = bool(line.support and line.support.is_alone and left >= 0)
        yield replace(line, support=line.support and replace(line.support, is_alone=is_alone))


def _with_lines(briefing: Briefing, lines: Iterable[Line]) -> Briefing:
    """``briefing`` with ``lines`` in place of its own, in the order of `Briefing.lines`."""
    left = iter(lines)
    top = {name: getattr(briefing, name) and next(left) for name in ("headline", "bottom_line")}
    rest = {name: tuple(next(left) for _ in section) for name, section in briefing.sections()}
    return replace(briefing, **top, **rest)  # type: ignore[arg-type]


def _with_known(briefing: Briefing, known: Sequence[Document]) -> Briefing:
    """``briefing`` with a note on what was ``known`` before, which was read too."""
    if not known:
        return briefing
    words = catalogue(briefing.language)
    note = words.joined.format(labels=words.listed([document.label for document in known]))
    read = briefing.receipt.words_read + sum(document.words for document in known)
    receipt = replace(briefing.receipt, words_read=read)
    return replace(briefing, notes=(note, *briefing.notes), receipt=receipt)


def _alike(briefing: Briefing) -> Iterator[str]:
    """For each pair of sources that are one article, that they are one witness; none where they
    are shown to differ."""
    words = catalogue(briefing.language)
    for pair in alike(briefing.documents):
        if not any(_is_between(pair, difference) for difference in briefing.differences):
            yield words.alike.format(first=pair.first, second=pair.second)


def _is_between(pair: Alike, difference: Difference) -> bool:
    """Whether one of the two sources says one thing and the other another."""
    said = [{passage.document for passage in side.evidence} for side in difference.sides]
    return any(pair.first in one and pair.second in other for one, other in permutations(said, 2))


def _unused(briefing: Briefing, known: Sequence[Document]) -> Iterator[str]:
    """That nothing rests on some of the sources, where none of their copies is used."""
    sides = (side for each in briefing.differences for side in each.sides)
    used = {p.document for line in (*briefing.lines(), *sides) for p in line.evidence}
    families = Families(briefing.documents)
    alone = [
        document.label
        for document in briefing.documents
        if document not in known
        if all(families.count((document.label, each)) > 1 for each in used)
    ]
    if alone:
        words = catalogue(briefing.language)
        yield words.unused.format(labels=words.listed(alone))
