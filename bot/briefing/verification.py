"""Whether a drafted line is supported by its passages, decided line by line as the draft arrives.

What comes out is either a line with passages cut from the sources, or a withheld line with its
reasons. Only what passes here is shown; quotations and every field of a statement are checked too,
and the words of a quotation are never the writer's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.briefing.checks.all import findings, proofs, values_of
from bot.briefing.checks.attribution import is_pronoun, own_speaker
from bot.briefing.checks.statement import Statement
from bot.briefing.clipping import clip_of, clipped_quotation
from bot.briefing.days_meant import with_days
from bot.briefing.documents import Document, Library, Passage, Reference, Span
from bot.briefing.door import is_copied
from bot.briefing.draft import (
    DraftCaution,
    DraftCommitment,
    DraftDifference,
    DraftEvent,
    DraftFigure,
    DraftItem,
    DraftLine,
    DraftQuote,
    DraftUnknown,
    Place,
)
from bot.briefing.lines import (
    Caution,
    CheckName,
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
from bot.briefing.speech import told
from bot.briefing.words import LONGEST_QUOTATION

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")

Verdict = Line | Withheld | Unknown


class Verifier:
    """Checks the lines of one briefing or answer against the documents it was written from.

    ``language`` is the one the writer was asked to write in; None means that of the source.
    """

    def __init__(self, documents: tuple[Document, ...], language: str | None = None) -> None:
        self._library = Library(documents)
        self._language = language

    def verdict(self, item: DraftItem) -> Verdict:
        """The line that ``item`` is, or why it is withheld."""
        content = item.content
        if isinstance(content, DraftUnknown):
            return Unknown(content.kind, content.text)
        match content:
            case DraftQuote():
                return self._quote(content)
            case DraftDifference():
                return self._difference(content)
            case DraftCaution():
                return self._caution(content)
        return self._stated(content, item.place)

    def _stated(self, content: DraftLine, section: Place) -> Line | Withheld:
        said = self._statement(content.text, content.evidence)
        content = self._with_its_voice(content, said)
        speaker = content.speaker if content.voice == "attributed" else None
        found = findings(replace(said, voice=content.voice, speaker=speaker))
        if section == "headline":  # it has no room for a condition; the bottom line has
            found = tuple(_doubted(each) if each.check == "conditions" else each for each in found)
        found = (*found, *self._detail_reasons(content, said))
        if decisive := proofs(found):
            return Withheld(section, content.text, decisive, tuple(content.evidence))
        line = with_days(self._line(content), self._library, said.language)
        return replace(line, doubts=found)

    def _caution(self, content: DraftCaution) -> Caution | Withheld:
        """A note of caution. It may quote the source's own words, not only those of others."""
        passages = self._passages(content.evidence)
        own = _QUOTED.sub(lambda found: _unquoted(found, passages), content.text)
        as_line = DraftLine(evidence=content.evidence, voice="outlet", speaker=None, text=own)
        noted = self._stated(as_line, "cautions")
        if isinstance(noted, Withheld):
            return replace(noted, text=content.text)
        text = content.text if noted.text == own else noted.text
        return Caution(
            text, noted.evidence, kind=content.kind, is_drafted=True, doubts=noted.doubts
        )

    def _difference(self, content: DraftDifference) -> Difference | Withheld:
        """Both sides and more, as far as they stand; what is left of fewer says nothing."""
        verdicts = [self._stated(side, "differences") for side in content.sides]
        sides = [each for each in verdicts if isinstance(each, Line)]
        sources = {passage.document for side in sides for passage in side.evidence}
        references = tuple(each for side in content.sides for each in side.evidence)
        if len(sides) > 1 and len(sources) > 1:
            # "Deaths" has a capital because it stands first, and is no name.
            about = f"{content.about[:1].lower()}{content.about[1:]}"
            claimed = self._stands([("words", about)], references, self._passages(references))
            if claimed:
                return Withheld("differences", content.about, tuple(claimed), references)
            doubts = tuple(doubt for side in sides for doubt in side.doubts)
            return Difference(content.about, tuple(sides), doubts=doubts)
        reasons = [r for each in verdicts if isinstance(each, Withheld) for r in each.reasons]
        alone = Reason("references", "A difference needs two sources.")
        return Withheld("differences", content.about, tuple(reasons) or (alone,), references)

    def compared(self, line: Line) -> tuple[CheckName, ...]:
        """Which of the proofs by value had something of ``line`` to compare."""
        said = self._statement(line.text, [passage.reference for passage in line.evidence])
        return values_of(said)

    def _line(self, content: DraftLine) -> Line:
        passages = self._passages(content.evidence)
        told_by_source = self._as_the_source_tells_it(content, passages)
        line = told_by_source or Line(content.text, content.voice, content.speaker, passages)
        common = (line.text, line.voice, line.speaker, line.evidence)
        match content:
            case DraftCommitment(actor=actor, action=action, status=status):
                return Commitment(
                    *common, actor, action, content.deadline, content.condition, status
                )
            case DraftEvent(when=when):
                return Event(*common, when)
            case DraftFigure(figure=figure, unit=unit):
                return Figure(*common, figure, unit)
        return line

    def _as_the_source_tells_it(
        self, content: DraftLine, passages: tuple[Passage, ...]
    ) -> Line | None:
        """The line with the source's own voice, where its text is a sentence of the source or what
        of it may stand alone, or copies so much of one that it is shown as that quotation."""
        for passage in passages:
            document = self._library[passage.document]
            number = document.number_at(passage.start)
            part = clip_of(document, number, content.text)
            if part or is_copied(content.text, passage):
                own = told(document, number, part)
                others = self._passages([*own["evidence"], *content.evidence])
                shown = document.cut(part, Reference(document.label, number)) if part else passage
                evidence = (shown, *(each for each in others if each != passage))
                return Line(own["text"], own["voice"], own["speaker"], evidence)
        return None

    def _quote(self, content: DraftQuote) -> Quote | Withheld:
        reference = self._library.find(content.quotation)
        references = (content.quotation, *content.evidence)
        if reference is None or reference.quotation is None:
            wrong = Reason(
                "references", f"“{content.quotation}” is not a quotation in the sources."
            )
            return Withheld("quotes", content.quotation, (wrong,), references)
        words = self._clipped(reference)
        # The sentence that the quotation begins in may name the speaker without being pointed at.
        sentence = self._library[reference.label].passage(reference.number)
        holders = self._passages(content.evidence) or (sentence,)
        details: list[tuple[CheckName, str | None]] = [
            ("attribution", content.speaker),
            ("attribution", content.role),
        ]
        found = self._stands(details, references, holders)
        if found:
            return Withheld("quotes", words.text, tuple(found), references)
        return Quote(
            words.text,
            "attributed",
            content.speaker,
            (words, *holders),
            content.role,
            self._translation(content, words),
        )

    def _clipped(self, reference: Reference) -> Passage:
        """A quotation, or its first sentences where all of it is too long to be read at once."""
        whole = self._library.passage(reference)
        document = self._library[reference.label]
        span = clipped_quotation(document, Span(whole.start, whole.end), LONGEST_QUOTATION)
        return document.cut(span, reference) if span else whole

    def _translation(self, content: DraftQuote, words: Passage) -> str | None:
        """The translation of a quotation, as far as it stands: without one it is still told."""
        if not content.translation or self._language in (
            None,
            self._library[words.document].language,
        ):
            return None
        whole = self._library.find(content.quotation)
        if whole is None or self._library.passage(whole) != words:  # it is of all the words
            return None
        said = self._statement(content.translation, [content.quotation], is_detail=True)
        return None if proofs(findings(said)) else content.translation

    def _with_its_voice(self, content: DraftLine, said: Statement) -> DraftLine:
        """The line as somebody's, where it is called an event and says itself who says so."""
        speaker = own_speaker(said) if content.voice == "event" else ""
        if not speaker or is_pronoun(speaker):
            return content
        return content.model_copy(update={"voice": "attributed", "speaker": speaker})

    def _detail_reasons(self, content: DraftLine, said: Statement) -> list[Reason]:
        """Why the other words of a statement do not stand: they are copied, so they must be
        found as they are; in a translation, by value. A deadline may be in other words, which
        takes a judge."""
        details = list(_details(content))
        grade: Grade = "doubt" if isinstance(content, DraftCommitment) else "proof"
        return self._stands(details, said.references, said.passages, grade)

    def _stands(
        self,
        details: Sequence[tuple[CheckName, str | None]],
        references: tuple[str, ...],
        passages: tuple[Passage, ...],
        grade_of_other_words: Grade = "proof",
    ) -> list[Reason]:
        missing: list[Reason] = []
        for check, words in details:
            if words is None or _is_copied(words, passages):
                continue
            said = self._statement(words, list(references), is_detail=True)
            failed = proofs(findings(said))
            missing += failed
            if check in ("dates", "numbers") and not (failed or said.is_translation):
                message = f"“{words}” is not in the passage word for word."
                missing.append(Reason(check, message, grade_of_other_words))
        return missing

    def _statement(self, text: str, references: list[str], *, is_detail: bool = False) -> Statement:
        passages = self._passages(references)
        languages = {self._library[passage.document].language for passage in passages}
        return Statement(
            text,
            tuple(references),
            passages,
            self._library,
            language=self._language or next(iter(languages), None),
            is_translation=bool(self._language and languages - {self._language, None}),
            is_detail=is_detail,
        )

    def _passages(self, references: Iterable[str]) -> tuple[Passage, ...]:
        found = (self._library.find(text) for text in references)
        passages = (self._library.passage(reference) for reference in found if reference)
        return tuple({(each.document, each.start, each.end): each for each in passages}.values())


def _doubted(reason: Reason) -> Reason:
    return replace(reason, grade="doubt")


def _unquoted(quoted: re.Match[str], passages: Sequence[Passage]) -> str:
    """Words without their quotation marks, where a passage has them; a capital may be ours."""
    words = quoted[1]
    is_there = any(words.casefold() in passage.text.casefold() for passage in passages)
    return words if is_there else quoted[0]


def _details(content: DraftLine) -> Iterator[tuple[CheckName, str | None]]:
    if content.voice == "attributed":
        yield "attribution", content.speaker
    match content:
        case DraftCommitment():
            yield from (("attribution", content.actor), ("words", content.action))
            yield from (("dates", content.deadline), ("words", content.condition))
        case DraftEvent():
            yield "dates", content.when
        case DraftFigure():
            yield from (("numbers", content.figure), ("numbers", content.unit))


def _is_copied(words: str, passages: Sequence[Passage]) -> bool:
    # No word is cut; a sign may stand at a figure ("90%").
    before, after = r"(?<!\w)" * words[:1].isalnum(), r"(?!\w)" * words[-1:].isalnum()
    whole = re.compile(f"{before}{re.escape(words)}{after}")
    return any(whole.search(passage.text) for passage in passages)
