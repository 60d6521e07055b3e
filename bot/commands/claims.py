"""Do claims that somebody else wrote stand in their sources? (`readout check`)"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel, Field, ValidationError, field_validator

from bot.briefing.checks.all import findings
from bot.briefing.checks.statement import Statement
from bot.briefing.documents import Document, Library, Passage, Reference, Span
from bot.briefing.draft import Voice
from bot.briefing.lines import CheckName, Reason
from bot.briefing.numbering import numbered
from bot.briefing.report import Report
from bot.briefing.terms import terms
from bot.sources.languages import language_of

_AT_ANY_WIDTH: frozenset[CheckName] = frozenset({"numbers", "dates", "names", "quotations"})
"""The checks that decide against a whole source; the others advise."""

_FOUND_SHARE = 0.5  # of a claim's content words, for a sentence to be where they were found
_FOUND_AT_MOST = 3


class Claim(BaseModel):
    """One row. ``evidence`` are spans of ``source`` in code points; ``language`` is the ISO 639-1
    code of ``claim``, by default that of the source. Keys of others are ignored."""

    source: str = Field(min_length=1)
    claim: str = Field(min_length=1)
    id: str | int | None = None
    evidence: list[tuple[int, int]] | None = None
    voice: Voice | None = None
    speaker: str | None = None
    published: str | None = None
    language: str | None = None

    @field_validator("language")
    @classmethod
    def _without_region(cls, code: str | None) -> str | None:
        return code and code.lower().replace("_", "-").partition("-")[0]


class _Numbered(BaseModel):
    id: str | int | None = None


@dataclass(frozen=True)
class Judged:
    """What the checks say of a claim. ``advice`` are reasons that do not decide."""

    claim: Claim
    reasons: tuple[Reason, ...]
    advice: tuple[Reason, ...]
    evidence: tuple[Span, ...]

    @property
    def supported(self) -> bool:
        """Whether nothing decides against it."""
        return not self.reasons


@dataclass(frozen=True)
class Malformed:
    """A row that is no claim, and why."""

    id: str | int | None
    error: str


def judged(rows: Iterable[str]) -> Iterator[Judged | Malformed]:
    """What is said of each row of JSON, in the same order; empty rows are none."""
    return (_judged_row(row) for row in rows if row.strip())


def verdict_json(verdict: Judged | Malformed) -> Report:
    """The verdict as other programs read it."""
    if isinstance(verdict, Malformed):
        return {"id": verdict.id, "error": verdict.error}
    decisive = [{"check": each.check, "message": each.message} for each in verdict.reasons]
    advice = [
        {"check": each.check, "message": each.message, "advisory": True} for each in verdict.advice
    ]
    return {
        "id": verdict.claim.id,
        "supported": verdict.supported,
        "reasons": [*decisive, *advice],
        "evidence": [list(span) for span in verdict.evidence],
    }


def _judged_row(row: str) -> Judged | Malformed:
    try:
        claim = Claim.model_validate_json(row)
    except ValidationError as error:
        return Malformed(_id(row), _what_is_wrong(error))
    length = len(claim.source)
    if any(not 0 <= start < end <= length for start, end in claim.evidence or []):
        return Malformed(claim.id, f"Evidence must lie within the {length} characters of source.")
    return _judged(claim)


def _id(row: str) -> str | int | None:
    try:
        return _Numbered.model_validate_json(row).id
    except ValidationError:
        return None


def _what_is_wrong(error: ValidationError) -> str:
    keys = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors() if fault["loc"])
    if not keys:
        return "The row is not a JSON object."
    return f"The row has no usable {', '.join(keys)}."


def _judged(claim: Claim) -> Judged:
    language = language_of(claim.source) or claim.language
    document = numbered("A", claim.source, language=language, published=claim.published)
    if claim.evidence is None:
        found = _reasons(claim, document, (_whole(document),))
        decisive = tuple(reason for reason in found if reason.check in _AT_ANY_WIDTH)
        advice = tuple(r for r in found if r.check not in {*_AT_ANY_WIDTH, "references"})
        return Judged(claim, decisive, advice, _where_found(claim, document))
    spans = tuple(Span(*pair) for pair in claim.evidence)
    passages = tuple(_passage(document, span) for span in spans)
    return Judged(claim, _reasons(claim, document, passages), (), spans)


def _reasons(claim: Claim, document: Document, passages: tuple[Passage, ...]) -> tuple[Reason, ...]:
    references = tuple(passage.reference for passage in passages)
    said = Statement(
        claim.claim,
        references,
        passages,
        Library((document,)),
        _language(claim, document),
        is_translation=_language(claim, document) != document.language,
        voice=claim.voice,
        speaker=claim.speaker,
    )
    if claim.speaker is None:
        return findings(said)
    speaker = replace(said, text=claim.speaker, voice=None, speaker=None, is_detail=True)
    return (*findings(said), *findings(speaker))


def _language(claim: Claim, document: Document) -> str | None:
    return claim.language or document.language


def _whole(document: Document) -> Passage:
    return Passage("A", 0, len(document.text), document.text, "the source")


def _passage(document: Document, span: Span) -> Passage:
    return document.cut(span, Reference("A", document.number_at(span.start)))


def _where_found(claim: Claim, document: Document) -> tuple[Span, ...]:
    """The sentences that hold most of the claim's content words, in their order."""
    wanted = set(terms(claim.claim, _language(claim, document)))
    shares = {
        span: len(wanted & set(terms(document.text[slice(*span)], document.language)))
        for span in document.sentences
    }
    near = [span for span, held in shares.items() if wanted and held >= _FOUND_SHARE * len(wanted)]
    return tuple(sorted(sorted(near, key=lambda span: -shares[span])[:_FOUND_AT_MOST]))
