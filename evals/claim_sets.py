"""What do the checks say about claims that others made and labelled? (`readout eval --claims`)"""

from ast import literal_eval
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator

from bot.briefing.draft import Voice
from bot.cli.claims import Claim
from bot.cli.output import rows_of
from bot.service.errors import UsageError
from evals.scores import Measured, Outcome, outcome


def _listed(written: object) -> object:
    """A list that may have been written as Python writes it."""
    return literal_eval(written) if isinstance(written, str) else written


class Labelled(BaseModel):
    """One row. Its passages are ``evidence``, or the one from ``start`` to ``end``, or there are
    none. Its ``source`` may stand in another row of the folder with the same ``source_id``."""

    claim: str
    label: Literal["supported", "unsupported", "questionable"]
    source_id: str | None = None
    source: str | None = None
    article: str | None = None
    evidence: list[tuple[int, int]] | str | None = None
    start: int | None = None
    end: int | None = None
    language: str = "en"
    voice: Voice | None = None
    speaker: str | None = None
    type: str | None = None
    error_types: Annotated[list[str], BeforeValidator(_listed)] = []

    @property
    def spans(self) -> list[tuple[int, int]] | None:
        """Where its passages lie in the source."""
        if isinstance(self.evidence, list):
            return self.evidence
        return None if self.start is None or self.end is None else [(self.start, self.end)]

    @property
    def kind(self) -> str:
        """What is wrong with it, or what was done to it."""
        return self.type or next(iter(self.error_types), self.label)

    @property
    def half(self) -> int:
        """0 or 1, the same for all claims about one article."""
        article = self.article or self.source_id or self.source or ""
        return int(sha256(article.encode()).hexdigest(), 16) % 2


def measured_sets(folder: Path, half: int | None = None) -> Iterator[Measured]:
    """What the checks say of every file of ``folder``, one set after the other; of the articles of
    one ``half`` alone where it is given.

    Raises:
        UsageError: there is no such folder, or a row is none.
    """
    found = {path.stem: _rows(path) for path in sorted(folder.glob("*.jsonl"))}
    if not found:
        raise UsageError(f"There are no claims (*.jsonl) in {folder}. Check the path.")
    sources = {row.source_id: row.source for told in found.values() for row in told if row.source}
    for name, labelled in found.items():
        told = [
            row.model_copy(update={"source": row.source or sources.get(row.source_id)})
            for row in labelled
            if row.label != "questionable" and half in {None, row.half}
        ]
        yield Measured(name, [_outcome(row) for row in told if row.source])


def _rows(path: Path) -> list[Labelled]:
    try:
        return [Labelled.model_validate_json(row) for row in rows_of(str(path)) if row.strip()]
    except ValueError as error:
        raise UsageError(f"{path} has a row that isn't a labelled claim.") from error


def _outcome(row: Labelled) -> Outcome:
    claim = Claim(
        source=row.source or "",
        claim=row.claim,
        evidence=row.spans,
        voice=row.voice,
        speaker=row.speaker,
        language=row.language,
    )
    return outcome(row.kind, claim, is_supported=row.label == "supported")
