"""Which other sources support a line as well?

A sentence of another source is added to a line's passages if it supports the line by itself: the
checks find nothing in either direction, and it has every content word of the line (with one in
seven missing, "for cash" and "of the cup" were), the names in the same order, and the same days.
Sources that carry the same article are one witness.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from bot.briefing.bearing import why_not
from bot.briefing.checks.all import findings
from bot.briefing.checks.capitals import capitals
from bot.briefing.checks.direction import direction
from bot.briefing.checks.hedges import hedges
from bot.briefing.checks.negation import negation
from bot.briefing.checks.statement import Statement
from bot.briefing.content import Postings, content, postings
from bot.briefing.dates import published_day, resolved, times
from bot.briefing.documents import Document, Library, Passage
from bot.briefing.families import Families
from bot.briefing.inspection import details
from bot.briefing.lines import Line, Quote, Support
from bot.briefing.normalisation import normalised
from bot.briefing.speech import attribution

_FEWEST_WORDS = 4
_MOST_TRIED = 3
"""Sentences of a source that are held against a line, the likeliest first."""
_NOTHING_LIKE_IT = 0.34
"""Where no sentence of the others has more of a line's content words, none of them tells it."""
_LONG_ENOUGH = 0.5
"""How long others must be, against the source that a line is from, to have had room for it."""


class Corroboration:
    """Looks in ``documents`` for what bears the lines of a briefing or an answer. ``language`` is
    the one that the lines are in, None for that of their sources."""

    def __init__(self, documents: tuple[Document, ...], language: str | None = None) -> None:
        self._library = Library(documents)
        self._language = language
        self._postings: dict[str, Postings] = {}

    @cached_property
    def _families(self) -> Families:
        return Families(self._library)

    def of(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """``lines``, each with the passages of other sources that bear it, and with its support;
        as they are where there is but one witness."""
        if len(self._library.documents) < 2 or len(self._families) < 2:
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
            witnesses=self._families.count(labels),
            of=len(self._families),
            is_alone=len(own) == 1 and not found and self._is_alone(line),
        )
        return replace(line, evidence=(*line.evidence, *found), support=support)

    def _spoken(self, line: Line) -> str | None:
        """The language that ``line`` is in."""
        return self._language or self._library[line.evidence[0].document].language

    def _bearing(self, line: Line, document: Document) -> Passage | None:
        """The sentence of ``document`` that bears ``line``, None where there is none."""
        if isinstance(line, Quote):
            return _same_quotation(line, document)
        own = content(line.text, self._spoken(line))
        if document.language != self._spoken(line) or len(own) < _FEWEST_WORDS:
            return None
        likeliest = (number for number, _ in self._shared(line, document).most_common(_MOST_TRIED))
        said = (n for n in likeliest if own <= content(document.sentence(n), document.language))
        return next((document.passage(n) for n in said if self._bears(line, document, n)), None)

    def _shared(self, line: Line, document: Document) -> Counter[int]:
        """How many of the content words of ``line`` each sentence of ``document`` has."""
        return _shared(content(line.text, self._spoken(line)), self._postings[document.label])

    def _speaker(self, line: Line) -> str:
        """Who says ``line``; where that is not shown beside a sentence of a source, by its words
        ("the coast guard"). Empty for nobody."""
        if line.speaker or not (line.voice == "attributed" or line.is_source_wording):
            return line.speaker or ""
        first = line.evidence[0]
        source = self._library[first.document]
        said = attribution(source, source.number_at(first.start))
        return said.speaker if said else ""

    def _bears(self, line: Line, document: Document, number: int) -> bool:
        passage = document.passage(number)
        if why_not(document, number) or not _has_details(line, passage):
            return False
        speaker = self._speaker(line)
        if speaker and not _says(speaker, document, number):
            return False
        if not self._are_days_alike(line, passage):
            return False
        if passage.text == line.text:
            return True
        language = document.language
        back = self._statement(passage.text, line.evidence, language)
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
        said = self._statement(line.text, passages, self._spoken(line))
        speaker = line.speaker if line.voice == "attributed" else None
        return replace(said, voice=line.voice, speaker=speaker)

    def _statement(
        self, text: str, passages: tuple[Passage, ...], language: str | None
    ) -> Statement:
        languages = {self._library[passage.document].language for passage in passages}
        return Statement(
            text,
            tuple(passage.reference for passage in passages),
            passages,
            self._library,
            language=language,
            is_translation=languages != {language},
        )

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

    def _is_alone(self, line: Line) -> bool:
        """Whether other witnesses had room for ``line`` and have nothing like it."""
        label = line.evidence[0].document
        others = [each for each in self._library if self._families.count((label, each.label)) > 1]
        language, own = self._spoken(line), content(line.text, self._spoken(line))
        room = _LONG_ENOUGH * self._library[label].words
        if isinstance(line, Quote) or len(own) < _FEWEST_WORDS:
            return False
        return all(
            each.language == language
            and each.words >= room
            and max(self._shared(line, each).values(), default=0) <= _NOTHING_LIKE_IT * len(own)
            for each in others
        )


def _shared(words: frozenset[str], places: Postings) -> Counter[int]:
    return Counter(number for word in words for number in places[word])


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


def _says(speaker: str, document: Document, number: int) -> bool:
    """Whether the source lets ``speaker`` say that sentence, by a word that names both."""
    said = attribution(document, number)
    if said is None:
        return False
    there = f"{said.speaker} {document.sentence(number)}"
    return not content(speaker, document.language).isdisjoint(content(there, document.language))


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
