"""What do the checks say of claims that others made and labelled? (`readout eval --claims`)"""

from ast import literal_eval
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator

from bot.commands.claims import Claim, Judged, judged
from bot.commands.sources import rows_of
from bot.errors import UsageError
from bot.evaluation.report import Measured
from bot.evaluation.scores import Outcome


def _listed(written: object) -> object:
    """A list that may have been written as Python writes it."""
    return literal_eval(written) if isinstance(written, str) else written


class Labelled(BaseModel):
    """One row. ``start`` and ``end`` of its passage are None where it has none; its ``source``
    may stand in another row of the folder with the same ``source_id``."""

    claim: str
    source_id: str
    label: Literal["supported", "unsupported", "questionable"]
    source: str | None = None
    start: int | None = None
    end: int | None = None
    error_types: Annotated[list[str], BeforeValidator(_listed)] = []


def measured_sets(folder: Path) -> Iterator[Measured]:
    """What the checks say of every file of ``folder``, one set after the other. Where a file has
    no passages there are two sets: of what decides against a whole source, and of all checks.

    Raises:
        UsageError: there is no such folder, or a row is none.
    """
    files = {path.stem: _rows(path) for path in sorted(folder.glob("*.jsonl"))}
    if not files:
        raise UsageError(f"There are no claims (*.jsonl) in {folder}. Check the path.")
    sources = {row.source_id: row.source for rows in files.values() for row in rows if row.source}
    for name, rows in files.items():
        told = [row for row in rows if row.label != "questionable" and row.source_id in sources]
        claims = (_claim(row, sources[row.source_id]).model_dump_json() for row in told)
        pairs = zip(told, judged(claims), strict=True)
        verdicts = [(row, verdict) for row, verdict in pairs if isinstance(verdict, Judged)]
        yield Measured(name, [_outcome(row, verdict) for row, verdict in verdicts])
        if any(verdict.advice for _, verdict in verdicts):
            advised = [_outcome(row, verdict, has_advice=True) for row, verdict in verdicts]
            yield Measured(f"{name}+advice", advised)


def _rows(path: Path) -> list[Labelled]:
    try:
        return [Labelled.model_validate_json(row) for row in rows_of(str(path)) if row.strip()]
    except ValueError as error:
        raise UsageError(f"{path} holds a row that is no labelled claim.") from error


def _claim(row: Labelled, source: str) -> Claim:
    evidence = None if row.start is None or row.end is None else [(row.start, row.end)]
    return Claim(source=source, claim=row.claim, evidence=evidence, language="en")


def _outcome(row: Labelled, verdict: Judged, *, has_advice: bool = False) -> Outcome:
    found = (*verdict.reasons, *verdict.advice) if has_advice else verdict.reasons
    kind = row.error_types[0] if row.error_types else row.label
    failed = frozenset(reason.check for reason in found)
    return Outcome(kind, "en", row.label == "supported", failed, row.claim)
