"""Are claims that somebody else wrote supported by their sources? (`readout check`)"""

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
"""The checks that decide against a whole source; the others advise."""

_FOUND_SHARE = 0.5  # of a claim's content words, for a sentence to be where they were found
_FOUND_AT_MOST = 3

_LINES_OF_A_REQUEST = 4
_REQUESTS_AT_ONCE = 8


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
class Checked:
    """What is said of a claim. ``advice`` are reasons that do not decide: those of most checks
    where there is no evidence, and doubts where ``judge``, a model, has judged. ``line`` is the
    claim as a judge is given it, None where it is not for a judge to decide."""

    claim: Claim
    group: Group
    reasons: tuple[Reason, ...]
    advice: tuple[Reason, ...]
    evidence: tuple[Span, ...]
    document: Document
    line: Line | None = None
    judge: str | None = None

    @property
    def supported(self) -> bool:
        """Whether nothing decides against it."""
        return not self.reasons

    def judged(self, model: str, problem: str | None) -> "Checked":
        """The same once ``model`` has found that ``problem``, or none."""
        found = (Reason("judge", problem, "judge"),) if problem else ()
        return replace(self, reasons=found, advice=self.reasons, judge=model)


@dataclass(frozen=True)
class Malformed:
    """A row that is no claim, and why."""

    id: str | int | None
    error: str


Verdict = Checked | Malformed


def checked(rows: Iterable[str]) -> Iterator[Verdict]:
    """What the checks say of each row of JSON, in the same order; empty rows are none."""
    return (_checked_row(row) for row in rows if row.strip())


def check(claim: Claim) -> Checked:
    """What the checks say of ``claim``, whose evidence lies within its source."""
    document = _document(claim.source, claim.language, claim.published)
    if claim.evidence is None:
        whole = Passage("A", 0, len(document.text), document.text, "the source")
        said = _statement(claim, document, (whole,))
        found = _reasons(said)
        decisive = tuple(reason for reason in found if reason.check in _AT_ANY_WIDTH)
        advice = tuple(r for r in found if r.check not in {*_AT_ANY_WIDTH, "references"})
        where = _where_found(claim, document)
        return Checked(claim, said.group, decisive, advice, where, document)
    spans = tuple(Span(*pair) for pair in claim.evidence)
    said = _statement(claim, document, tuple(_passage(document, span) for span in spans))
    found = _reasons(said)
    line = None if proofs(found) else _line(claim, said, found)
    return Checked(claim, said.group, found, (), spans, document, line)


async def judged(verdicts: Sequence[Verdict], judge: Judge) -> tuple[list[Verdict], str | None]:
    """The verdicts once ``judge`` has decided what no proof decides, and a sentence on the claims
    that it did not judge, if there are any: of these the checks decide, as without it."""
    places = asyncio.Semaphore(_REQUESTS_AT_ONCE)
    decided, failures = list(verdicts), list[str]()

    async def decide(batch: Sequence[tuple[int, Checked]]) -> None:
        lines = [each.line for _, each in batch if each.line]
        async with places:
            try:
                problems = (await judge.judge(lines, [batch[0][1].document])).problems
            except ModelFailure as failure:
                failures.append(failure.message)
                return
        for place, (number, each) in enumerate(batch):
            if place in problems:
                decided[number] = each.judged(judge.model, problems[place])

    await asyncio.gather(*map(decide, _batches(verdicts)))
    return decided, _unjudged(decided, failures)


def verdict_json(verdict: Verdict) -> Report:
    """The verdict as other programs read it."""
    if isinstance(verdict, Malformed):
        return {"id": verdict.id, "error": verdict.error}
    return {
        "id": verdict.claim.id,
        "supported": verdict.supported,
        "reasons": [
            *(asdict(reason) for reason in verdict.reasons),
            *(asdict(reason) | {"advisory": True} for reason in verdict.advice),
        ],
        "evidence": [list(span) for span in verdict.evidence],
        "judge": verdict.judge,
    }


def _batches(verdicts: Sequence[Verdict]) -> Iterator[list[tuple[int, Checked]]]:
    """What a judge is asked in one request: a few claims of one source, with their places."""
    sources: dict[tuple[str, str | None], list[tuple[int, Checked]]] = {}
    for number, each in enumerate(verdicts):
        if isinstance(each, Checked) and each.line:
            sources.setdefault((each.claim.source, each.claim.published), []).append((number, each))
    for claims in sources.values():
        for at in range(0, len(claims), _LINES_OF_A_REQUEST):
            yield claims[at : at + _LINES_OF_A_REQUEST]


def _unjudged(verdicts: Sequence[Verdict], failures: Sequence[str]) -> str | None:
    claims = [each for each in verdicts if isinstance(each, Checked)]
    left = sum(each.line is not None and each.judge is None for each in claims)
    bare = sum(each.claim.evidence is None for each in claims)
    told = [f"Not judged, so only the checks decided: {left}."] if left else []
    told += failures[:1]
    told += [f"Not judged because they have no evidence: {bare}."] if bare else []
    return " ".join(told) or None


def _checked_row(row: str) -> Verdict:
    try:
        claim = Claim.model_validate_json(row)
    except ValidationError as error:
        return Malformed(_id(row), _what_is_wrong(error))
    length = len(claim.source)
    if any(not 0 <= start < end <= length for start, end in claim.evidence or []):
        return Malformed(claim.id, f"Evidence must lie within the {length} characters of source.")
    return check(claim)


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
    """The source of a claim in ``language``, which is taken for its own where nothing tells it."""
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


def _reasons(said: Statement) -> tuple[Reason, ...]:
    if said.speaker is None:
        return findings(said)
    speaker = replace(said, text=said.speaker, speaker=None, is_detail=True)
    return (*findings(said), *findings(speaker))


def _line(claim: Claim, said: Statement, doubts: tuple[Reason, ...]) -> Line | None:
    """What a judge has to decide; None where a claim is a passage, word for word."""
    is_copied = any(passage.text == said.text for passage in said.passages)
    if not said.passages or (is_copied and said.speaker is None):
        return None
    voice = claim.voice or ("attributed" if said.speaker else "event")
    return Line(said.text, voice, said.speaker, said.passages, doubts=doubts)


def _language(claim: Claim, document: Document) -> str | None:
    return claim.language or document.language


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
