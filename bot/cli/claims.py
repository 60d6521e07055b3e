"""`readout check`: checks claims from elsewhere against their sources."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from pydantic import BaseModel, Field, ValidationError, field_validator

from bot.briefing.checks.all import findings, proofs
from bot.briefing.checks.statement import Group, Statement
from bot.briefing.documents import Document, Library, Passage, Reference, Span
from bot.briefing.draft import Voice
from bot.briefing.lines import CheckName, Line, Reason
from bot.briefing.numbering import numbered
from bot.briefing.publication import with_publication_day
from bot.briefing.rendering import Report
from bot.briefing.terms import terms
from bot.service.errors import ModelFailure
from bot.service.ports import Judge
from bot.sources.languages import language_of

_AT_ANY_WIDTH: frozenset[CheckName] = frozenset({"numbers", "dates", "names", "quotations"})
"""The checks that decide when the evidence is the whole source; the others only advise."""

_FOUND_SHARE = 0.5  # of a claim's content words, for a sentence to be likely evidence
_FOUND_AT_MOST = 3

_LINES_OF_A_REQUEST = 4
_REQUESTS_AT_ONCE = 8


class Claim(BaseModel):
    """One row. ``evidence`` are spans of ``source`` in code points; ``language`` is the ISO 639-1
    code of ``claim``, by default that of the source. Other keys are ignored."""

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
class CheckedClaim:
    """The result for a claim. ``advice`` are reasons that don't decide: those of most checks if the
    claim has no evidence, and doubts if ``judge``, a model, has judged it. ``line`` is the claim as
    a judge gets it, None if no judge has to decide."""

    claim: Claim
    group: Group
    reasons: tuple[Reason, ...]
    advice: tuple[Reason, ...]
    evidence: tuple[Span, ...]
    document: Document
    line: Line | None = None
    judge: str | None = None

    @property
    def is_supported(self) -> bool:
        """Whether no reason decides against it."""
        return not self.reasons

    def with_judgement(self, model: str, problem: str | None) -> "CheckedClaim":
        """The same result after ``model`` found that ``problem``, or None."""
        found = (Reason("judge", problem, "judge"),) if problem else ()
        return replace(self, reasons=found, advice=self.reasons, judge=model)


@dataclass(frozen=True)
class MalformedRow:
    """A row that isn't a claim, and why."""

    id: str | int | None
    error: str


Verdict = CheckedClaim | MalformedRow


def check_rows(rows: Iterable[str]) -> Iterator[Verdict]:
    """Check each row of JSON, in order; empty rows are skipped."""
    return (_check_row(row) for row in rows if row.strip())


def check_claim(claim: Claim) -> CheckedClaim:
    """Check ``claim``, whose evidence must lie within its source."""
    document = _document(claim.source, claim.language, claim.published)
    if claim.evidence is None:
        whole = Passage("A", 0, len(document.text), document.text, "the source")
        statement = _statement(claim, document, (whole,))
        found = _reasons(statement)
        decisive = tuple(reason for reason in found if reason.check in _AT_ANY_WIDTH)
        advice = tuple(r for r in found if r.check not in {*_AT_ANY_WIDTH, "references"})
        where = _likely_evidence(claim, document)
        return CheckedClaim(claim, statement.group, decisive, advice, where, document)
    spans = tuple(Span(*pair) for pair in claim.evidence)
    statement = _statement(claim, document, tuple(_passage(document, span) for span in spans))
    found = _reasons(statement)
    line = None if proofs(found) else _line(claim, statement, found)
    return CheckedClaim(claim, statement.group, found, (), spans, document, line)


async def judge_claims(
    verdicts: Sequence[Verdict], judge: Judge
) -> tuple[list[Verdict], str | None]:
    """The verdicts after ``judge`` decided what no proof decides, and a sentence about the claims
    that it didn't judge, if any, for which the checks alone decide."""
    places = asyncio.Semaphore(_REQUESTS_AT_ONCE)
    decided, failures = list(verdicts), list[str]()

    async def decide(batch: Sequence[tuple[int, CheckedClaim]]) -> None:
        lines = [each.line for _, each in batch if each.line]
        async with places:
            try:
                problems = (await judge.judge(lines, [batch[0][1].document])).problems
            except ModelFailure as failure:
                failures.append(failure.message)
                return
        for place, (number, each) in enumerate(batch):
            if place in problems:
                decided[number] = each.with_judgement(judge.model, problems[place])

    await asyncio.gather(*map(decide, _batches(verdicts)))
    return decided, _unjudged_note(decided, failures)


def verdict_json(verdict: Verdict) -> Report:
    """The verdict as JSON for other programs."""
    if isinstance(verdict, MalformedRow):
        return {"id": verdict.id, "error": verdict.error}
    return {
        "id": verdict.claim.id,
        "supported": verdict.is_supported,
        "reasons": [
            *(asdict(reason) for reason in verdict.reasons),
            *(asdict(reason) | {"advisory": True} for reason in verdict.advice),
        ],
        "evidence": [list(span) for span in verdict.evidence],
        "judge": verdict.judge,
    }


def _batches(verdicts: Sequence[Verdict]) -> Iterator[list[tuple[int, CheckedClaim]]]:
    """The claims for each request to a judge: a few of one source, with their indexes."""
    sources: dict[tuple[str, str | None], list[tuple[int, CheckedClaim]]] = {}
    for number, each in enumerate(verdicts):
        if isinstance(each, CheckedClaim) and each.line:
            sources.setdefault((each.claim.source, each.claim.published), []).append((number, each))
    for claims in sources.values():
        for at in range(0, len(claims), _LINES_OF_A_REQUEST):
            yield claims[at : at + _LINES_OF_A_REQUEST]


def _unjudged_note(verdicts: Sequence[Verdict], failures: Sequence[str]) -> str | None:
    claims = [each for each in verdicts if isinstance(each, CheckedClaim)]
    left = sum(each.line is not None and each.judge is None for each in claims)
    bare = sum(each.claim.evidence is None for each in claims)
    sentences = [f"Not judged, so only the checks decided: {left}."] if left else []
    sentences += failures[:1]
    sentences += [f"Not judged because they have no evidence: {bare}."] if bare else []
    return " ".join(sentences) or None


def _check_row(row: str) -> Verdict:
    try:
        claim = Claim.model_validate_json(row)
    except ValidationError as error:
        return MalformedRow(_id(row), _what_is_wrong(error))
    length = len(claim.source)
    if any(not 0 <= start < end <= length for start, end in claim.evidence or []):
        return MalformedRow(
            claim.id, f"Evidence must lie within the {length} characters of source."
        )
    return check_claim(claim)


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


@lru_cache(maxsize=16)
def _document(source: str, language: str | None, published: str | None) -> Document:
    """The source as a document; if its language can't be detected, it is that of the claim."""
    known = language_of(source) or language
    return with_publication_day(numbered("A", source, language=known, published=published))


def _statement(claim: Claim, document: Document, passages: tuple[Passage, ...]) -> Statement:
    return Statement(
        claim.claim,
        tuple(passage.reference for passage in passages),
        passages,
        Library((document,)),
        _language(claim, document),
        is_translation=_language(claim, document) != document.language,
        speaker=claim.speaker,
    )


def _reasons(statement: Statement) -> tuple[Reason, ...]:
    if statement.speaker is None:
        return findings(statement)
    speaker = replace(statement, text=statement.speaker, speaker=None, is_detail=True)
    return (*findings(statement), *findings(speaker))


def _line(claim: Claim, statement: Statement, doubts: tuple[Reason, ...]) -> Line | None:
    """The line for a judge; None if the claim copies a passage."""
    is_copied = any(passage.text == statement.text for passage in statement.passages)
    if not statement.passages or (is_copied and statement.speaker is None):
        return None
    voice = claim.voice or ("attributed" if statement.speaker else "event")
    return Line(statement.text, voice, statement.speaker, statement.passages, doubts=doubts)


def _language(claim: Claim, document: Document) -> str | None:
    return claim.language or document.language


def _passage(document: Document, span: Span) -> Passage:
    return document.cut(span, Reference("A", document.number_at(span.start)))


def _likely_evidence(claim: Claim, document: Document) -> tuple[Span, ...]:
    """The sentences with most of the claim's content words, in order."""
    wanted = set(terms(claim.claim, _language(claim, document)))
    shares = {
        span: len(wanted & set(terms(document.text[slice(*span)], document.language)))
        for span in document.sentences
    }
    near = [span for span, held in shares.items() if wanted and held >= _FOUND_SHARE * len(wanted)]
    return tuple(sorted(sorted(near, key=lambda span: -shares[span])[:_FOUND_AT_MOST]))
