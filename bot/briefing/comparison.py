"""What having several sources changes in a briefing or an answer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import combinations, islice, permutations

from bot.briefing.catalogue import catalogue
from bot.briefing.checks.all import findings
from bot.briefing.checks.meaning import direction, hedges, negation
from bot.briefing.checks.names import capitals
from bot.briefing.checks.statement import Statement
from bot.briefing.composition import Budget, words_of
from bot.briefing.dates import published_day, resolved, times
from bot.briefing.differences import Disagreement, told_disagreements
from bot.briefing.documents import Document, Excerpt, Library, Passage, whole
from bot.briefing.draft import DraftItem
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Answer, Briefing, Difference, Line, Quote, Support
from bot.briefing.machine_speech import why_not
from bot.briefing.normalisation import normalised
from bot.briefing.requests import Wishes
from bot.briefing.speech import is_attributed, told
from bot.briefing.terms import Postings, content, postings
from bot.briefing.text import UNSPACED
from bot.briefing.verification import Inspector, details

# Are two sources one article: under two addresses, or taken over from an agency?
#
# Runs of four words are compared. Of 1,320 pairs made by cutting, shortening and rewording, a
# shared third tells all but one from pairs that only have the subject in common.

SAME_TEXT = 0.35
"""The share of the shorter text's runs that the other has, from which both are one article."""

_RUN = 4
_PACKED_RUN = 5
_LEAST_RUNS = 20
_LONGEST_COMPARED = 100_000
_PACKED = re.compile(f"[{UNSPACED}]")


def alike(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """The pairs of ``documents``, by label, that carry one article, in their order."""
    known = [(document, runs(document.text)) for document in documents]
    return [
        (first.label, second.label)
        for (first, of_first), (second, of_second) in combinations(known, 2)
        if (first.key is not None and first.key == second.key)
        or shared(of_first, of_second) >= SAME_TEXT
    ]


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    """The share of the smaller set of runs that the other has too, 0 where there are too few."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller >= _LEAST_RUNS else 0.0


def runs(text: str) -> frozenset[str]:
    """The runs of words in ``text``; of characters where its script has no spaces.

    Of a book the beginning: no agency sends one.
    """
    text = text[:_LONGEST_COMPARED]
    packed = len(_PACKED.findall(text)) * 2 > len(text)
    units = re.findall(r"\w" if packed else r"\w+", text.casefold())
    length = _PACKED_RUN if packed else _RUN
    return frozenset(
        " ".join(units[start : start + length]) for start in range(len(units) - length + 1)
    )


def witnesses(documents: Iterable[Document]) -> Mapping[str, str]:
    """For the label of each of ``documents`` that of the first of its copies: they count as one."""
    listed = tuple(documents)
    first = {each.label: each.label for each in listed}
    for one, other in alike(listed):
        kept, dropped = first[one], first[other]
        first |= {label: kept for label, known in first.items() if known == dropped}
    return first


# Which other sources support a line as well?
#
# A sentence of another source is added to a line's passages if it supports the line by itself: the
# checks find nothing in either direction, and it has every content word of the line (with one in
# seven missing, "for cash" and "of the cup" were), the names in the same order, and the same days.
# Sources that carry the same article are one witness.

_FEWEST_WORDS = 4
_MOST_TRIED = 3
"""Sentences of a source that are held against a line, the likeliest first."""


class Corroboration:
    """Looks in ``documents`` for what bears the lines of a briefing or an answer. ``language`` is
    the one that the lines are in, None for that of their sources."""

    def __init__(self, documents: tuple[Document, ...], language: str | None = None) -> None:
        self._library = Library(documents)
        self._language = language
        self._postings: dict[str, Postings] = {}

    @cached_property
    def _witnesses(self) -> Mapping[str, str]:
        return witnesses(self._library)

    def of(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """``lines``, each with the passages of other sources that bear it, and with its support;
        as they are where there is but one witness."""
        if len(self._library.documents) < 2 or len(set(self._witnesses.values())) < 2:
            return tuple(lines)
        wanted = {word for line in lines for word in content(line.text, self._spoken(line))}
        self._postings = {each.label: postings(each, wanted) for each in self._library}
        return tuple(map(self._corroborated, lines))

    def _corroborated(self, line: Line) -> Line:
        own = dict.fromkeys(passage.document for passage in line.evidence)
        found = [
            passage
            for document in self._library
            if document.label not in own and (passage := self._bearing(line, document))
        ]
        bearing = [label for label in own if len(own) == 1 or self._stands(line, label)]
        if not bearing:
            return line
        labels = {*bearing, *(passage.document for passage in found)}
        support = Support(
            sources=tuple(each.label for each in self._library if each.label in labels),
            witnesses=len({self._witnesses[each] for each in labels}),
            of=len(set(self._witnesses.values())),
        )
        return replace(line, evidence=(*line.evidence, *found), support=support)

    def _spoken(self, line: Line) -> str | None:
        return self._language or self._library[line.evidence[0].document].language

    def _bearing(self, line: Line, document: Document) -> Passage | None:
        """The sentence of ``document`` that bears ``line``, None where there is none."""
        if isinstance(line, Quote):
            return _same_quotation(line, document)
        own = content(line.text, self._spoken(line))
        if document.language != self._spoken(line) or len(own) < _FEWEST_WORDS:
            return None
        places = self._postings[document.label]
        shared = Counter(number for word in own for number in places[word])
        likeliest = (number for number, _ in shared.most_common(_MOST_TRIED))
        said = (n for n in likeliest if own <= content(document.sentence(n), document.language))
        return next((document.passage(n) for n in said if self._bears(line, document, n)), None)

    def _is_attributed(self, line: Line) -> bool:
        """Whether somebody says ``line``; a writer's own words are taken as they are meant."""
        first = line.evidence[0]
        source = self._library[first.document]
        return bool(line.speaker) or (
            (line.voice == "attributed" or line.is_source_wording)
            and is_attributed(source, source.number_at(first.start))
        )

    def _bears(self, line: Line, document: Document, number: int) -> bool:
        passage = document.passage(number)
        if why_not(document, number) or not _has_details(line, passage):
            return False
        if self._is_attributed(line) and not _says(line.speaker, document, number):
            return False
        if not self._are_days_alike(line, passage):
            return False
        if passage.text == line.text:
            return True
        language = document.language
        back = Statement.of_passages(passage.text, line.evidence, self._library, language)
        names, theirs = _names(line, passage.text, language)
        return (
            not findings(self._said(line, (passage,)))
            and not any(check(back) for check in (hedges, negation, direction))
            and names == theirs
        )

    def _stands(self, line: Line, label: str) -> bool:
        """Whether ``line`` stands in its passages of that source alone."""
        if isinstance(line, Quote):
            return line.evidence[0].document == label
        own = tuple(passage for passage in line.evidence if passage.document == label)
        return not findings(self._said(line, own))

    def _said(self, line: Line, passages: tuple[Passage, ...]) -> Statement:
        spoken = self._spoken(line)
        said = Statement.of_passages(line.text, passages, self._library, spoken)
        speaker = line.speaker if line.voice == "attributed" else None
        return replace(said, speaker=speaker)

    def _are_days_alike(self, line: Line, passage: Passage) -> bool:
        """Whether "on Monday" is the same day in both, as far as is known."""
        first = line.evidence[0]
        ours, theirs = self._days(first, line.text), self._days(passage, passage.text)
        return not ours or not theirs or bool(ours & theirs)

    def _days(self, passage: Passage, text: str) -> set[date]:
        document = self._library[passage.document]
        published = published_day(document)
        named = times(text, document.language)
        found = (resolved(each, text, published, document.language) for each in named)
        return {day for day in found if day}


def _same_quotation(quote: Quote, document: Document) -> Passage | None:
    """The sentence in which ``document`` has the same words, of the same speaker if one is
    shown."""
    said = _bare(quote.text)
    for span in document.quotations:
        number = document.number_at(span.start)
        if _bare(document.text[slice(*span)]) == said and why_not(document, number) is None:
            is_theirs = quote.speaker is None or _says(quote.speaker, document, number)
            return document.passage(number) if is_theirs else None
    return None


def _bare(words: str) -> str:
    return normalised(words).text.casefold().strip(" .,;:!?")


def _says(speaker: str | None, document: Document, number: int) -> bool:
    """Whether the source lets ``speaker`` say that sentence, by a word that names both; of a line
    whose words alone tell who says it ("the coast guard") these are compared, and "she" is nobody
    in particular."""
    if not is_attributed(document, number):
        return False
    sentence, language = document.sentence(number), document.language
    if speaker is None:
        third = rf"\b(?:{lexicon(language).third_persons})\b"
        return re.search(third, sentence, re.IGNORECASE) is None
    named = told(document, number).speaker or ""
    return not content(speaker, language).isdisjoint(content(f"{named} {sentence}", language))


def _has_details(line: Line, passage: Passage) -> bool:
    """Whether every other text of ``line`` stands in ``passage`` as it is."""
    return all(words in passage.text for words in details(line) if words != line.speaker)


def _names(line: Line, text: str, language: str | None) -> tuple[list[str], list[str]]:
    """The names that ``line`` and ``text`` share, in the order of each; whoever speaks, and a day,
    may stand anywhere."""
    speaker = {word.casefold() for word in (line.speaker or "").split()}
    ours, theirs = (
        [word.key for run in capitals(each).runs for word in run] for each in (line.text, text)
    )
    days = {word for each in times(text, language) for word in each.words.casefold().split()}
    shared = (set(ours) & set(theirs)) - speaker - days
    first, second = (dict.fromkeys(each) for each in (ours, theirs))
    return [each for each in first if each in shared], [each for each in second if each in shared]


# Every line gets the passages of other sources that support it, and their number; differences
# between sources are shown side by side; sources that are one article, and those that no line rests
# on, are named.


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
    if not briefing.receipt.is_by_model:
        found, inspector = told_disagreements(excerpts, whole(known)), Inspector(documents)
        every = filter(None, (_difference(each, inspector) for each in found))
        briefing = _with_room(every, replace(briefing, differences=()), documents)
    lines = Corroboration(documents, language).of(list(briefing.lines()))
    of_all = replace(
        _with_lines(briefing, _disputed(lines, briefing.differences)),
        documents=documents,
        words_read=(*(document.words for document in known), *briefing.words_read),
    )
    notes = (*briefing.notes, *_alike(briefing), *unused(of_all, known))
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
    line = inspector.verdict(DraftItem("key_points", told(document, number)))
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
    for first, second in alike(briefing.documents):
        if not any(_is_between(first, second, each) for each in briefing.differences):
            yield words.alike.format(first=first, second=second)


def _is_between(first: str, second: str, difference: Difference) -> bool:
    """Whether one of the two sources says one thing and the other another."""
    said = [{passage.document for passage in side.evidence} for side in difference.sides]
    return any(first in one and second in other for one, other in permutations(said, 2))


def unused(briefing: Briefing, known: Sequence[Document] = ()) -> Iterator[str]:
    """That nothing rests on some of the sources, where none of their copies is used."""
    sides = (side for each in briefing.differences for side in each.sides)
    used = {p.document for line in (*briefing.lines(), *sides) for p in line.evidence}
    first = witnesses(briefing.documents)
    borne = {first[label] for label in used}
    alone = [
        document.label
        for document in briefing.documents
        if document not in known and first[document.label] not in borne
    ]
    if alone:
        words = catalogue(briefing.language)
        yield words.unused.format(labels=words.listed(alone))
