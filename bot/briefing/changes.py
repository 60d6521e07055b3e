"""What is new in a story since it was last briefed in the same place?

A model says so from the numbered sentences of the sources and the numbered lines of earlier
briefings; this module proves it. What changed must be in the passages of both, by value, and a line
counts as known only if nothing in it is new.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.briefing.checks.all import findings
from bot.briefing.checks.quantities import quantities
from bot.briefing.checks.statement import Statement
from bot.briefing.composition import adds_nothing, full_text
from bot.briefing.dates import Day, Time, published_day, resolve_day, times
from bot.briefing.documents import Document, Library, Passage, label, label_index
from bot.briefing.draft import DraftChange, DraftItem, DraftKnown, DraftLine
from bot.briefing.lines import (
    Briefing,
    Change,
    Commitment,
    EarlierLine,
    EarlierReply,
    Line,
    Reason,
    Rewritten,
    Since,
    Withheld,
)
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.briefing.terms import content_stems
from bot.briefing.text import count_words
from bot.briefing.verification import Inspector, is_verbatim

MOST_CHANGES = 4
"""Above a briefing; more would not be read."""
_MOST_LINES = 60
_MOST_CHARACTERS = 16_000
"""Of the earlier lines with their passages, about 4,000 tokens in Latin letters."""
_LONGEST = 35
"""The limit on the words of a change."""
_BY_VALUE = ("numbers", "dates", "names")

EarlierBriefing = tuple[EarlierReply, Briefing]
"""A reply and the briefing that it shows."""


def earlier_lines(briefings: Iterable[EarlierBriefing]) -> tuple[EarlierLine, ...]:
    """The verified lines of the briefings, each once, up to the limit for a model."""
    found: dict[str, EarlierLine] = {}
    size = 0
    for line in (each for reply, briefing in briefings for each in _lines_of(reply, briefing)):
        size += len(line.text) + sum(len(passage.text) for passage in line.passages)
        if len(found) == _MOST_LINES or size > _MOST_CHARACTERS:
            break
        found.setdefault(line.text, line)
    return tuple(found.values())


def _lines_of(reply: EarlierReply, briefing: Briefing) -> Iterator[EarlierLine]:
    by_label = {document.label: document for document in briefing.documents}
    sides = (side for difference in briefing.differences for side in difference.sides)
    for line in (*briefing.lines(), *sides):
        source = by_label.get(line.evidence[0].document)
        if line.is_verified and line.corrected is None and source:
            day = published_day(source)
            yield EarlierLine(
                line.text,
                tuple(dict.fromkeys(line.evidence)),
                reply,
                source.outlet or source.title,
                day.isoformat() if day else None,
                source.language,
                isinstance(line, Commitment),
            )


def rewritten_pages(
    documents: Iterable[Document], briefings: Sequence[EarlierBriefing]
) -> tuple[Rewritten, ...]:
    """The pages among ``documents`` that had a different text when last briefed in one of the
    ``briefings``, the latest first."""
    found = []
    for document in documents:
        versions = (
            (reply, each)
            for reply, briefing in briefings
            for each in briefing.documents
            if document.key and each.key == document.key
        )
        last = next(versions, None)
        if last and _words(last[1]) != _words(document):
            found.append(Rewritten(document.label, last[0].day))
    return tuple(found)


def were_all_briefed(documents: Iterable[Document], briefings: Iterable[EarlierBriefing]) -> bool:
    """Whether all ``documents`` were briefed before with the same text."""
    known = {_words(each) for _, briefing in briefings for each in briefing.documents}
    return all(_words(document) in known for document in documents)


def _words(document: Document) -> tuple[str, ...]:
    return tuple(document.text.split())


class ChangeVerifier:
    """Proves what a model says that ``documents`` change in ``earlier`` lines, for a briefing in
    ``language``. ``secrets`` are those of `OutputFilter`."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        earlier: Sequence[EarlierLine],
        wishes: Wishes,
        language: str | None,
        secrets: tuple[str, ...] = (),
    ) -> None:
        self._documents = documents
        self._library = Library(documents)
        self._earlier = earlier
        self._wishes = wishes
        self._language = language
        self._secrets = secrets
        self._first = max((label_index(each.label) for each in documents), default=-1) + 1

    def verdict(self, draft: DraftChange) -> Change | Withheld:
        """The change in ``draft``, or why it is withheld."""
        references = (*draft.now, *(str(number) for number in draft.then))
        if why := self._misfit(draft):
            return Withheld("since", draft.text, (Reason("references", why),), references)
        cited = tuple(self._as_document(number) for number in dict.fromkeys(draft.then))
        inspector = Inspector(
            (*self._documents, *cited), self._language, self._secrets, self._wishes.house
        )
        then = (f"{each.label}{number}" for each in cited for number in each.numbers)
        evidence = [*draft.now, *then]
        line = DraftLine(evidence=evidence, voice="event", speaker=None, text=draft.text)
        verdict = inspector.verdict(DraftItem("since", line))
        if not isinstance(verdict, Line):
            reasons = verdict.reasons if isinstance(verdict, Withheld) else ()
            return Withheld("since", draft.text, reasons, references)
        change = self._change(draft, verdict)
        if reasons := tuple(self._objections(draft, change, cited)):
            return Withheld("since", draft.text, reasons, references)
        return change

    def day_known(
        self, line: Line, known: Iterable[DraftKnown], changes: Iterable[Change]
    ) -> str | None:
        """The ISO day of the earlier reply that already has ``line``: all its sentences must be
        ``known``, one earlier line must have everything in it, and none of ``changes`` may rest on
        the same sentences. Else None."""
        references = {passage.reference for passage in line.evidence}
        if any(references & {p.reference for p in change.evidence} for change in changes):
            return None
        pairs: dict[int, set[str]] = {}
        for each in known:
            pairs.setdefault(each.then, set()).add(each.now.strip(" []"))
        for number, sentences in pairs.items():
            is_there = 0 < number <= len(self._earlier) and references <= sentences
            if is_there and self._has_all_of(number, line):
                return self._earlier[number - 1].reply.day
        return None

    def _misfit(self, draft: DraftChange) -> str | None:
        """Why ``draft`` doesn't refer properly to today's and earlier lines; None if it does."""
        if not draft.now or any(self._library.find(each) is None for each in draft.now):
            return "It cites a sentence that does not exist."
        if any(not 0 < number <= len(self._earlier) for number in draft.then):
            return "It cites an earlier line that does not exist."
        if bool(draft.then) is (draft.kind == "new"):
            return "Something new must cite no earlier line, and any other change must cite one."
        if count_words(draft.text) > _LONGEST:
            return f"It has more than {_LONGEST} words."
        return None

    def _change(self, draft: DraftChange, line: Line) -> Change:
        labels = {document.label for document in self._documents}
        own = tuple(each for each in line.evidence if each.document in labels)
        has_values = draft.kind != "new" and draft.before and draft.after
        return Change(
            line.text,
            line.voice,
            line.speaker,
            own,
            days=line.days,
            doubts=line.doubts,
            kind=draft.kind,
            then=tuple(self._earlier[number - 1] for number in dict.fromkeys(draft.then)),
            before=draft.before if has_values else None,
            after=draft.after if has_values else None,
        )

    def _objections(
        self, draft: DraftChange, change: Change, cited: Sequence[Document]
    ) -> Iterator[Reason]:
        if not change.evidence or change.text in (line.text for line in change.then):
            yield Reason("references", "It repeats what was briefed before.")
        if change.kind == "new":
            numbers = range(1, len(self._earlier) + 1)
            if held := next((each for each in numbers if self._has_all_of(each, change)), None):
                yield Reason("words", f"It was briefed before: “{self._earlier[held - 1].text}”")
        if draft.kind == "changed" and bool(draft.before) is not bool(draft.after):
            yield Reason("words", "It says only what was or only what is now, not both.")
        if change.before and change.after:
            yield from self._missing(change.after, Library(self._documents), change.evidence)
            then = tuple(each.passage(n) for each in cited for n in each.numbers)
            yield from self._missing(change.before, Library(tuple(cited)), then)
            if not self._differ(change, cited):
                yield Reason("words", f"“{change.before}” and “{change.after}” do not differ.")

    def _missing(
        self, words: str, library: Library, passages: tuple[Passage, ...]
    ) -> Iterator[Reason]:
        """Yield why ``words`` are not in ``passages``: compared by value if they have a figure or a
        day, else word by word."""
        if is_verbatim(words, passages):
            return
        detail = Statement.of_passages(words, passages, library, self._language, is_detail=True)
        value = _value(words, self._language, None)
        has_value = bool(value.days or value.figures)
        held = set[str]().union(*(content_stems(p.text, self._language) for p in passages))
        is_refuted = any(each.check in _BY_VALUE for each in findings(detail))
        if is_refuted or not (has_value or content_stems(words, self._language) <= held):
            yield Reason("words", f"“{words}” is not in its passages.")

    def _differ(self, change: Change, cited: Sequence[Document]) -> bool:
        """Whether before and after have different values: compares days if both have some, else
        figures, else names and other words."""
        published = [published_day(self._library[p.document]) for p in change.evidence]
        after = _value(change.after or "", self._language, next(iter(published), None))
        before = _value(change.before or "", self._language, published_day(cited[0]))
        if before.days and after.days:
            return not any(day.may_be(other) for day in before.days for other in after.days)
        if before.figures and after.figures:
            return not _is_within(before.figures, after.figures)
        return not _is_within(before.words, after.words)

    def _has_all_of(self, number: int, line: Line) -> bool:
        """Whether the earlier line of that number has every figure, day and name in ``line`` and
        nearly every word, and no check objects."""
        earlier, document = self._earlier[number - 1], self._as_document(number)
        if not adds_nothing(line, document.text, self._language):
            return False
        passages = tuple(document.passage(n) for n in document.numbers)
        references = tuple(passage.reference for passage in passages)
        library = Library((document,))
        statement = Statement(line.text, references, passages, library, language=self._language)
        return not findings(statement) and self._has_days(line, earlier)

    def _has_days(self, line: Line, earlier: EarlierLine) -> bool:
        """Whether the earlier line names every day in ``line``. "Tuesday" is another day in another
        week, so such a word needs a date."""
        published = {published_day(self._library[p.document]) for p in line.evidence}
        day = published.pop() if len(published) == 1 else None
        written = date.fromisoformat(earlier.published) if earlier.published else None
        then = (earlier.text, *(passage.text for passage in earlier.passages))
        theirs = [
            found
            for text in then
            for time in times(text, earlier.language)
            if (found := _day(time, text, written, earlier.language))
        ]
        text = full_text(line)
        ours = [_day(each, text, day, self._language) for each in times(text, self._language)]
        return all(each and any(each.may_be(other) for other in theirs) for each in ours)

    def _as_document(self, number: int) -> Document:
        """The earlier line of that number with its passages, as a document for the checks."""
        line = self._earlier[number - 1]
        texts = dict.fromkeys((line.text, *(passage.text for passage in line.passages)))
        return numbered(
            label(self._first + number - 1),
            "\n\n".join(filter(None, texts)),
            language=line.language,
            title=line.source,
            published=line.published,
        )


def known_lines_last(briefing: Briefing, day_of: Callable[[Line], str | None]) -> Briefing:
    """``briefing`` with known lines last in their sections; ``day_of`` gives the day on which a
    line was briefed before, or None."""
    sections = {}
    for name, lines in briefing.sections():
        marked = [replace(each, told=day_of(each)) for each in lines]
        sections[name] = tuple(sorted(marked, key=lambda each: each.told is not None))
    return replace(briefing, **sections)  # type: ignore[arg-type]  # a section is named as its field


def replace_since(briefing: Briefing, known: Since | None) -> Briefing:
    """``briefing`` for another channel or day: what it says about earlier briefings is replaced by
    ``known``."""
    return replace(known_lines_last(briefing, lambda _: None), since=known)


def since_without_changes(
    briefings: Sequence[EarlierBriefing], documents: Iterable[Document]
) -> Since | None:
    """The earlier briefings, and which pages have been rewritten since, without any claim about
    changes; None if there are no earlier briefings."""
    replies = tuple(reply for reply, _ in briefings)
    return Since(replies, rewritten=rewritten_pages(documents, briefings)) if replies else None


def forget_reply(briefing: Briefing, key: str) -> Briefing:
    """``briefing`` without anything from the earlier reply to the mention ``key``."""
    first = briefing.original and forget_reply(briefing.original, key)
    if (known := briefing.since) is None:
        return replace(briefing, original=first)
    replies = tuple(each for each in known.replies if each.key != key)
    changes = tuple(
        each for each in known.changes if all(line.reply.key != key for line in each.then)
    )
    left = replace(known, replies=replies, changes=changes) if replies else None
    return replace(briefing, since=left, original=first)


class _Value(NamedTuple):
    days: tuple[Day, ...]
    figures: frozenset[Decimal]
    words: frozenset[str]


def _value(text: str, language: str | None, published: date | None) -> _Value:
    named = times(text, language)
    days = (_day(each, text, published, language) for each in named)
    figures = frozenset(
        value
        for each in quantities(text, language)
        if not any(time.start <= each.start < time.end for time in named)
        for value in each.values
    )
    return _Value(tuple(filter(None, days)), figures, content_stems(text, language))


def _day(time: Time, text: str, published: date | None, language: str | None) -> Day | None:
    """The day that ``time`` in ``text`` means, if that is certain; None for a bare "Tuesday"."""
    if found := resolve_day(time, text, published, language):
        return Day(found.year, found.month, found.day)
    return next(iter(time.days)) if len(time.days) == 1 else None


def _is_within(one: frozenset[object], other: frozenset[object]) -> bool:
    """Whether one contains the other."""
    return one <= other or other <= one
