"""The sentences that a line cites, the words it shares with them, and the sentences around them.

A word is marked only if the line has the same one, a number or a day only if the line names the
same: better too few than a word that supports nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.briefing.checks.quantities import Quantity, quantities
from bot.briefing.checks.units import are_incompatible
from bot.briefing.dates import Time, times
from bot.briefing.documents import Document, Passage, Span
from bot.briefing.lexicon import function_words
from bot.briefing.lines import Line
from bot.briefing.machine_speech import unfit_reason
from bot.briefing.normalisation import normalised
from bot.briefing.verification import detail_texts

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"'s?$")
_SHORTEST = 2
_BETWEEN = re.compile(r"[\s-]*")


@dataclass(frozen=True)
class CitedSentence:
    """A whole sentence as a passage, with ``marks`` as spans of its text. ``before`` and ``after``
    are the sentences around it, empty if there are none to be shown."""

    passage: Passage
    marks: tuple[Span, ...]
    before: str
    after: str


def cited_sentences(
    line: Line, documents: Sequence[Document], language: str | None
) -> tuple[CitedSentence, ...]:
    """The sentences that ``line`` cites, each once; ``language`` is that of the line."""
    by_label = {document.label: document for document in documents}
    numbers = dict.fromkeys(
        (passage.document, number)
        for passage in line.evidence
        if passage.text
        for number in by_label[passage.document].numbers_in(passage.start, passage.end)
    )
    said = " ".join((line.text, *detail_texts(line)))
    copied = line.evidence[0] if line.is_source_wording else None
    shown, found = set(numbers), list[CitedSentence]()
    for label, number in numbers:
        document = by_label[label]
        whole, around = document.passage(number), list[str]()
        for near in (number - 1, number + 1):
            around.append("" if (label, near) in shown else _neighbour(document, near))
            shown.add((label, near))
        marked = [*shared_spans(whole.text, said, document.language, language or document.language)]
        if copied and copied.document == label:
            start, end = max(copied.start, whole.start), min(copied.end, whole.end)
            marked += [Span(start - whole.start, end - whole.start)] if start < end else []
        found.append(CitedSentence(whole, _merge_spans(marked, whole.text), *around))
    return tuple(found)


def shared_spans(
    passage: str, said: str, language: str | None, said_in: str | None
) -> tuple[Span, ...]:
    """The words, numbers and days of ``passage``, in ``language``, that ``said``, in ``said_in``,
    has too; if the languages differ, only numbers and days."""
    days, numbers = times(said, said_in), list(_counts(said, said_in))
    same: list[Time | Quantity] = [
        each for each in times(passage, language) if any(_is_same_day(each, day) for day in days)
    ]
    same += [
        each
        for each in _counts(passage, language)
        if any(_is_same_number(each, number) for number in numbers)
    ]
    found = [_original_span(passage, each.start, each.end) for each in same]
    if language == said_in or None in (language, said_in):
        known = {word for word, _ in _content_words(said, language)}
        found += [span for word, span in _content_words(passage, language) if word in known]
    return _merge_spans(found, passage)


def _neighbour(document: Document, number: int) -> str:
    """A sentence beside one that is cited; empty if there is none to be shown."""
    is_there = 1 <= number <= len(document.sentences)
    if not is_there or unfit_reason(document, number) in ("machine", "markup"):
        return ""
    return document.sentence(number)


def _content_words(text: str, language: str | None) -> Iterator[tuple[str, Span]]:
    """Yield the content words, and where they stand."""
    plain, fillers = normalised(text), function_words(language)
    for match in _WORD.finditer(plain.text):
        word = _POSSESSIVE.sub("", match[0].casefold())
        if len(word) >= _SHORTEST and word not in fillers:
            end = match.start() + len(_POSSESSIVE.sub("", match[0]))
            yield word, Span(plain.places[match.start()], plain.places[end])


def _counts(text: str, language: str | None) -> Iterator[Quantity]:
    """Yield the numbers that are certain and not part of a day."""
    days = times(text, language)
    for each in quantities(text, language or "en"):
        is_of_day = any(day.start < each.end and each.start < day.end for day in days)
        if each.is_certain and not is_of_day:
            yield each


def _is_same_number(theirs: Quantity, ours: Quantity) -> bool:
    if theirs.kind != ours.kind or bool(theirs.units) != bool(ours.units):
        return False
    return theirs.values == ours.values and not are_incompatible(theirs.units, ours.units)


def _is_same_day(theirs: Time, ours: Time) -> bool:
    if theirs.days and ours.days:
        return any(one.may_be(other) for one in theirs.days for other in ours.days)
    if theirs.weekday is not None and not (theirs.days or ours.days):
        return theirs.weekday == ours.weekday and theirs.offset == ours.offset
    return False


def _original_span(text: str, start: int, end: int) -> Span:
    """The span in ``text`` of a span in its normalised form, without a full stop at its end."""
    places = normalised(text).places
    span = Span(places[start], places[end])
    return Span(span.start, span.start + len(text[slice(*span)].rstrip(".,;: ")))


def _merge_spans(found: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The spans in order, with those that touch joined."""
    joined: list[Span] = []
    for span in sorted(found):
        last = joined[-1] if joined else None
        if last and (span.start <= last.end or _BETWEEN.fullmatch(text, last.end, span.start)):
            joined[-1] = Span(last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
