"""Which parts of a draft are shown: the checks' verdict, and the rules that no meaning can bend.

The verifier asks whether the passages support a line. This module asks beforehand whether they are
passages at all (a sentence that addresses a machine isn't), and afterwards whether the words may be
shown: in the requested language, in the sources' vocabulary, and allowed by `door`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.briefing.bearing import Unfit, spoken_to_machines, why_not
from bot.briefing.documents import Document, Library
from bot.briefing.door import Door, is_left_in
from bot.briefing.draft import (
    DraftCaution,
    DraftDifference,
    DraftItem,
    DraftLine,
    DraftQuote,
    DraftUnknown,
)
from bot.briefing.gaps import besides_the_matter, is_a_gap
from bot.briefing.grounding import beginnings, grounding, may_be_ordered, states
from bot.briefing.house import House
from bot.briefing.house_style import dressed, is_quoted, objections, spelt
from bot.briefing.lines import (
    Caution,
    Commitment,
    Difference,
    Event,
    Figure,
    Grade,
    Line,
    Quote,
    Reason,
    Unknown,
    Withheld,
)
from bot.briefing.machine_speech import speaks_to_machine
from bot.briefing.verification import Verdict, Verifier

_WHY_NOT: dict[Unfit, str] = {
    "machine": "{} is addressed to AI tools.",
    "command": "{} is an instruction, not a statement.",
    "question": "{} is a question, not a statement.",
    "markup": "{} contains markup.",
}


class Inspector:
    """Inspects the lines of one briefing or answer. ``language`` is the one asked for; None
    means that of the source. ``secrets`` are those of `Door`; ``house`` is how the desk writes."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        language: str | None = None,
        secrets: tuple[str, ...] = (),
        house: House = House(),
    ) -> None:
        self._documents = documents
        self._library = Library(documents)
        self._language = language
        self._verifier = Verifier(documents, language)
        self._door = Door.of(documents, secrets)
        self._house = house

    def verdict(self, item: DraftItem) -> Verdict | None:
        """The line that ``item`` is, or why it is withheld; None for a gap that is none."""
        verdict = self._verdict(item) if item.fits else _misplaced(item)
        if isinstance(verdict, Difference):
            sides = tuple(self._dressed(side, item) for side in verdict.sides)
            return replace(verdict, about=spelt(self._house, verdict.about), sides=sides)
        if isinstance(verdict, Line):
            return self._dressed(verdict, item)
        return self._at_the_door(verdict) if isinstance(verdict, Withheld) else verdict

    def _dressed(self, line: Line, item: DraftItem) -> Line:
        return dressed(self._house, line, is_quoted=is_quoted(line, item.place))

    def _at_the_door(self, withheld: Withheld) -> Withheld:
        """The same with what the door has against its words too: who asks for the evidence is
        shown the words of withheld lines, unless it has something."""
        told = {reason.message for reason in withheld.reasons}
        found = self._door.objections(withheld.text)
        reasons = (*withheld.reasons, *(each for each in found if each.message not in told))
        return replace(withheld, reasons=reasons)

    def _verdict(self, item: DraftItem) -> Verdict | None:
        content = item.content
        if isinstance(content, DraftUnknown):
            return self._gap(content)
        if isinstance(content, DraftDifference):
            return self._difference(content)
        bearing = self._bearing(content.evidence)
        is_unborne = bool(content.evidence) and not bearing
        if is_unborne or (isinstance(content, DraftQuote) and self._obstacle(content.quotation)):
            return self._unborne(item, content)
        borne = content.model_copy(update={"evidence": bearing})
        verdict = self._verifier.verdict(DraftItem(item.section, borne))
        if not isinstance(verdict, Line):
            return verdict
        own = () if is_quoted(verdict, item.place) else (verdict.text,)
        written = " ".join((*own, *_may_be_reworded(verdict)))
        found = [*self._objections(verdict), *objections(self._house, written)]
        doubts = tuple(each for each in found if each.grade == "doubt")
        if len(doubts) < len(found):
            decisive = tuple(each for each in found if each not in doubts)
            return Withheld(item.place, verdict.text, decisive, tuple(content.evidence))
        return replace(verdict, doubts=(*verdict.doubts, *doubts))

    def _difference(self, content: DraftDifference) -> Verdict:
        """The difference with those of its sides that may be shown."""
        told = [(side, self._verdict(DraftItem("key_points", side))) for side in content.sides]
        standing = [
            side.model_copy(update={"evidence": self._bearing(side.evidence)})
            for side, verdict in told
            if isinstance(verdict, Line)
        ]
        left = content.model_copy(update={"sides": standing})
        verdict = self._verifier.verdict(DraftItem("differences", left))
        if isinstance(verdict, Withheld):
            reasons = [r for _, each in told if isinstance(each, Withheld) for r in each.reasons]
            return replace(verdict, reasons=tuple(reasons) or verdict.reasons)
        if not isinstance(verdict, Line):
            return verdict
        found = [*self._door.objections(content.about, verdict.evidence)]
        if beginnings(rest := besides_the_matter(content.about), self._source_language(verdict)):
            found += self._own_words(verdict, rest)
        found += objections(self._house, content.about)
        if found:
            references = DraftItem("differences", content).references
            return Withheld("differences", content.about, tuple(found), references)
        return verdict

    def _gap(self, gap: DraftUnknown) -> Unknown | None:
        stands = is_a_gap(gap.text, self._documents, self._language)
        refused = self._door.objections(gap.text) or [*objections(self._house, gap.text)]
        text = spelt(self._house, gap.text)
        return Unknown(gap.kind, text) if stands and not refused else None

    def _bearing(self, evidence: Sequence[str]) -> list[str]:
        return [each for each in evidence if self._obstacle(each) is None]

    def _obstacle(self, text: str) -> Unfit | None:
        reference = self._library.find(text)
        if reference is None:
            return None
        return why_not(self._library[reference.label], reference.number)

    def _unborne(self, item: DraftItem, content: DraftLine | DraftQuote | DraftCaution) -> Withheld:
        text = content.quotation if isinstance(content, DraftQuote) else content.text
        references = [text] if isinstance(content, DraftQuote) else []
        found = {each: self._obstacle(each) for each in (*references, *content.evidence)}
        reasons = [
            Reason("references", _WHY_NOT[why].format(each.strip(" []")))
            for each, why in found.items()
            if why
        ]
        return Withheld(item.place, text, tuple(reasons), tuple(content.evidence))

    def _objections(self, line: Line) -> Iterator[Reason]:
        for passage in line.evidence:
            if obstacle := self._obstacle(passage.reference):
                yield Reason("references", _WHY_NOT[obstacle].format(passage.reference))
        for words in (line.text, *details(line)):
            yield from self._door.objections(words, line.evidence)
        if not line.is_source_wording:
            yield from self._own_words(line, " ".join((line.text, *_may_be_reworded(line))))
        if isinstance(line, Quote) and line.translation:
            yield from self._own_words(line, line.translation)
        if self._language in (None, self._source_language(line)):
            yield from self._details_are_copied(line)

    def _source_language(self, line: Line) -> str | None:
        return self._library[line.evidence[0].document].language

    def _details_are_copied(self, line: Line) -> Iterator[Reason]:
        """A speaker and what is told word for word have the passages' words, every one of them;
        an action may be put in others, which takes a judge."""
        language, loose = self._source_language(line), _may_be_reworded(line)
        texts = [passage.text for passage in line.evidence]
        known = {word for text in texts for word in beginnings(text, language)}
        for words in details(line):
            own = beginnings(words, language)
            is_copied = any(words in text for text in texts) or (own and known.issuperset(own))
            if not (is_copied or self._is_fuller_name(words, texts)):
                is_said = any(states(each, word) for word in own for each in self._documents)
                is_actor = isinstance(line, Commitment) and words == line.actor
                may_be = words in loose or (is_said and (is_actor or _names_nobody(words)))
                may_be = may_be and bool(own) and not may_be_ordered(own, self._documents)
                grade: Grade = "doubt" if may_be else "proof"
                yield Reason("words", f"“{words}” is not in its passages.", grade)

    def _is_fuller_name(self, words: str, texts: Sequence[str]) -> bool:
        """Whether a document names so in full whom ``texts`` name by the last word alone."""
        last = words.rsplit(maxsplit=1)[-1]
        is_there = any(re.search(rf"(?<!\w){re.escape(last)}(?!\w)", text) for text in texts)
        return last[:1].isupper() and is_there and any(words in d.text for d in self._documents)

    def _own_words(self, line: Line, text: str) -> Iterator[Reason]:
        """What only the writer's own words can be reproached with."""
        source = self._source_language(line)
        language = self._language or source
        if speaks_to_machine(text):
            yield Reason("output", "It is addressed to AI tools.")
        if is_left_in(source, text, language):
            yield Reason("output", "It is not in the requested language.")
        if language == source and not self._may_say_how_it_is_told(line):
            yield from grounding(text, self._documents, language)

    def _may_say_how_it_is_told(self, line: Line) -> bool:
        """Whether a line may have words that no source has ("unconfirmed", "the death toll"): a
        caution and the name of a matter may, unless a source speaks to machines."""
        may = isinstance(line, Caution | Difference)
        return may and not any(map(spoken_to_machines, self._documents))


def _misplaced(item: DraftItem) -> Withheld:
    wrong = Reason("output", "It does not fit the form of its section.")
    return Withheld(item.place, item.text, (wrong,), item.references)


def details(line: Line) -> Iterator[str]:
    """Every text of ``line`` that is shown beside its own."""
    shown: list[str | None] = [line.speaker]
    match line:
        case Quote():
            shown += [line.role, line.translation]
        case Commitment():
            shown += [line.actor, line.action, line.deadline, line.condition]
        case Event():
            shown.append(line.when)
        case Figure():
            shown += [line.figure, line.unit]
    yield from (words for words in shown if words)


def _names_nobody(words: str) -> bool:
    """Whether ``words`` have no name: "An unnamed source"."""
    return not any(word[0].isupper() for word in words.split()[1:])


def _may_be_reworded(line: Line) -> tuple[str, ...]:
    """What a writer may put in words of its own beside the text of ``line``."""
    if not isinstance(line, Commitment):
        return ()
    told = (line.action, line.deadline, line.condition)
    return tuple(words for words in told if words)
