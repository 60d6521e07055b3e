"""Compares the sources of a briefing or an answer: copies, support and differences."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice, permutations

from bot.briefing.catalogue import catalogue
from bot.briefing.checks.all import findings
from bot.briefing.checks.statement import Statement
from bot.briefing.composition import Budget, total_shown_words
from bot.briefing.differences import Disagreement, shown_disagreements
from bot.briefing.documents import Document, Excerpt, Library, Passage, whole_excerpts
from bot.briefing.draft import DraftItem
from bot.briefing.lines import Answer, Briefing, Difference, Line, Quote, Support
from bot.briefing.requests import Wishes
from bot.briefing.speech import draft_sentence
from bot.briefing.text import UNSPACED_CHARACTER
from bot.briefing.verification import Inspector

# Are two sources one article: under two addresses, or taken over from an agency?
#
# Shingles (runs) of four words are compared. Of 1,320 pairs made by cutting, shortening and
# rewording, a shared third tells all but one from pairs that only have the subject in common.

_SAME_TEXT = 0.35
"""The share of the shorter text's shingles that the other has, from which both are one article."""

_WORDS, _CHARACTERS = 4, 5  # in a shingle
_FEWEST_SHINGLES = 20
_LONGEST_COMPARED = 100_000


def duplicate_pairs(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """The pairs of ``documents``, by label, that carry the same article, in their order."""
    known = [(document, shingles(document.text)) for document in documents]
    return [
        (first.label, second.label)
        for (first, of_first), (second, of_second) in combinations(known, 2)
        if (first.key is not None and first.key == second.key)
        or overlap(of_first, of_second) >= _SAME_TEXT
    ]


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """The share of the smaller set of shingles that the other has too; 0 if there are too few."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller >= _FEWEST_SHINGLES else 0.0


def shingles(text: str) -> frozenset[str]:
    """The shingles of ``text``: runs of words, or of characters if its script has no spaces.

    Only the beginning of a book counts: no agency sends one.
    """
    text = text[:_LONGEST_COMPARED]
    is_unspaced = len(UNSPACED_CHARACTER.findall(text)) * 2 > len(text)
    units = re.findall(r"\w" if is_unspaced else r"\w+", text.casefold())
    length = _CHARACTERS if is_unspaced else _WORDS
    return frozenset(
        " ".join(units[start : start + length]) for start in range(len(units) - length + 1)
    )


def first_copies(documents: Iterable[Document]) -> Mapping[str, str]:
    """For the label of each document, the label of its first copy: copies count as one source."""
    listed = tuple(documents)
    first = {each.label: each.label for each in listed}
    for one, other in duplicate_pairs(listed):
        kept, dropped = first[one], first[other]
        first |= {label: kept for label, known in first.items() if known == dropped}
    return first


# How many sources support a line?
#
# Those that it cites count, each if its passages support the line by themselves; copies of one
# article count once. Other sources are not searched: of 133 lines on stories that the search had
# never seen, it added a passage to none.


def with_support(
    lines: Iterable[Line], documents: tuple[Document, ...], language: str | None
) -> tuple[Line, ...]:
    """``lines`` with their support, None for a line that no source supports alone; unchanged if
    ``documents`` are copies of one article. ``language`` is that of the lines, None for that of
    their sources."""
    if len(documents) < 2:
        return tuple(lines)
    first = first_copies(documents)
    if len(set(first.values())) < 2:
        return tuple(lines)
    library = Library(documents)
    return tuple(
        replace(line, support=_support(_supporting(line, library, language), first))
        for line in lines
    )


def _support(labels: Collection[str], first: Mapping[str, str]) -> Support | None:
    if not labels:
        return None
    return Support(
        sources=tuple(label for label in first if label in labels),
        witnesses=len({first[label] for label in labels}),
        of=len(set(first.values())),
    )


def _supporting(line: Line, library: Library, language: str | None) -> list[str]:
    """The labels of the documents whose passages support ``line`` without those of others."""
    cited = list(dict.fromkeys(passage.document for passage in line.evidence))
    if len(cited) == 1 or isinstance(line, Quote):
        return cited[:1]
    spoken = language or library[cited[0]].language
    speaker = line.speaker if line.voice == "attributed" else None
    found = []
    for label in cited:
        passages = tuple(passage for passage in line.evidence if passage.document == label)
        statement = Statement.of_passages(line.text, passages, library, spoken)
        if not findings(replace(statement, speaker=speaker)):
            found.append(label)
    return found


# Every line gets the number of sources that support it; differences between sources are shown side
# by side; sources that are one article, and those that no line rests on, are named.


def compare_sources(
    briefing: Briefing,
    excerpts: tuple[Excerpt, ...],
    language: str | None = None,
    known: tuple[Document, ...] = (),
) -> Briefing:
    """``briefing``, made from ``excerpts``, compared with all sources: its own and those ``known``
    before. ``language`` is the one asked for."""
    if len(excerpts) + len(known) < 2:
        return briefing
    documents = (*known, *briefing.documents)
    is_by_model = briefing.receipt.is_by_model
    found = shown_disagreements(excerpts, whole_excerpts(known)) if known or not is_by_model else ()
    if is_by_model:  # the model has compared the new sources, and seen no others
        found = tuple(each for each in found if any(side in known for side, _ in each.sides))
    else:
        briefing = replace(briefing, differences=())
    inspector = Inspector(documents)
    differences = filter(None, (_difference(each, inspector) for each in found))
    briefing = _with_differences(differences, briefing, documents)
    lines = with_support(briefing.lines(), documents, language)
    compared = replace(
        _with_lines(briefing, _mark_disputed(lines, briefing.differences)),
        documents=documents,
        words_read=(*(document.words for document in known), *briefing.words_read),
    )
    copies, unused = _copy_notes(compared, known), notes_on_unused_sources(compared, known)
    notes = (*briefing.notes, *copies, *unused)
    return _note_known(replace(compared, notes=notes), known)


def answer_with_support(answer: Answer, language: str | None = None) -> Answer:
    """``answer``, each line with the number of sources that support it."""
    return replace(answer, lines=with_support(answer.lines, answer.documents, language))


def _difference(found: Disagreement, inspector: Inspector) -> Difference | None:
    """The disagreement with its sides as lines; None if fewer than two may be shown."""
    sides = [side for each in found.distinct_sides if (side := _side(*each, found, inspector))]
    return Difference(" / ".join(found.words), tuple(sides)) if sides[1:] else None


def _with_differences(
    found: Iterable[Difference], briefing: Briefing, documents: Sequence[Document]
) -> Briefing:
    """``briefing`` with as many differences as have room; its last key points, which matter less,
    make room for them."""
    fixed = catalogue(briefing.language)
    budget = Budget.of(briefing.wishes or Wishes(), [document.words for document in documents])
    for each in islice(found, budget.ceilings.get("differences", 0)):
        longer = replace(briefing, differences=(*briefing.differences, each))
        while total_shown_words(longer, fixed) > budget.words and len(longer.key_points) > 1:
            longer = replace(longer, key_points=longer.key_points[:-1])
        if total_shown_words(longer, fixed) <= budget.words:
            briefing = longer
    return briefing


def _side(
    document: Document, number: int, found: Disagreement, inspector: Inspector
) -> Line | None:
    """A sentence as a line, with the passages of all sources that have it word for word."""
    line = inspector.verdict(DraftItem("key_points", draft_sentence(document, number)))
    if not isinstance(line, Line):
        return None
    passages = (each.passage(place) for each, place in found.sides)
    same = (each for each in passages if each.text == line.text)
    return replace(line, evidence=tuple(dict.fromkeys((*line.evidence, *same))))


def _mark_disputed(lines: Iterable[Line], differences: Sequence[Difference]) -> Iterator[Line]:
    """The lines, marked where one of their passages is a side of a difference."""
    sides = {_place(side.evidence[0]) for each in differences for side in each.sides}
    for line in lines:
        is_disputed = any(_place(passage) in sides for passage in line.evidence)
        support = line.support and replace(line.support, is_disputed=is_disputed)
        yield replace(line, support=support)


def _place(passage: Passage) -> tuple[str, str]:
    return passage.document, passage.reference


def _with_lines(briefing: Briefing, lines: Iterable[Line]) -> Briefing:
    """``briefing`` with ``lines`` in place of its own, in the order of `Briefing.lines`."""
    left = iter(lines)
    top = {name: getattr(briefing, name) and next(left) for name in ("headline", "bottom_line")}
    rest = {name: tuple(next(left) for _ in section) for name, section in briefing.sections()}
    return replace(briefing, **top, **rest)  # type: ignore[arg-type]


def _note_known(briefing: Briefing, known: Sequence[Document]) -> Briefing:
    """``briefing`` with a note on the sources ``known`` before, whose words count as read."""
    if not known:
        return briefing
    words = catalogue(briefing.language)
    note = words.joined.format(labels=words.join_list([document.label for document in known]))
    read = briefing.receipt.words_read + sum(document.words for document in known)
    receipt = replace(briefing.receipt, words_read=read)
    return replace(briefing, notes=(note, *briefing.notes), receipt=receipt)


def _copy_notes(briefing: Briefing, known: Sequence[Document]) -> Iterator[str]:
    """Yield a note for each pair of sources, one at least not ``known`` before, that carry one
    article, unless they are shown to differ."""
    words, earlier = catalogue(briefing.language), {document.label for document in known}
    for first, second in duplicate_pairs(briefing.documents):
        is_shown = any(_is_between(first, second, each) for each in briefing.differences)
        if not is_shown and not {first, second} <= earlier:
            yield words.alike.format(first=first, second=second)


def _is_between(first: str, second: str, difference: Difference) -> bool:
    """Whether one of the two sources says one thing and the other another."""
    sides = [{passage.document for passage in side.evidence} for side in difference.sides]
    return any(first in one and second in other for one, other in permutations(sides, 2))


def notes_on_unused_sources(briefing: Briefing, known: Sequence[Document] = ()) -> Iterator[str]:
    """Yield a note on the sources that no line rests on, nor on their copies, if there are any."""
    sides = (side for each in briefing.differences for side in each.sides)
    used = {p.document for line in (*briefing.lines(), *sides) for p in line.evidence}
    first = first_copies(briefing.documents)
    used_copies = {first[label] for label in used}
    alone = [
        document.label
        for document in briefing.documents
        if document not in known and first[document.label] not in used_copies
    ]
    if alone:
        words = catalogue(briefing.language)
        yield words.unused.format(labels=words.join_list(alone))
