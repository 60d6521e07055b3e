"""`readout eval --claims`: runs the checks on claims that others made and labelled."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

from bot.cli.claims import Claim
from bot.cli.output import read_lines
from bot.service.errors import UsageError
from evals.scores import ClaimSet, check_labelled


class LabelledClaim(Claim):
    """One row: a claim with its label, and in ``type`` what is wrong with it."""

    label: Literal["supported", "unsupported"]
    article: str | None = None
    type: str | None = None

    @property
    def half(self) -> int:
        """0 or 1, the same for all claims about one article."""
        return int(sha256((self.article or self.source).encode()).hexdigest(), 16) % 2


def check_sets(folder: Path, half: int | None = None) -> Iterator[ClaimSet]:
    """Check each file of ``folder`` as a set of claims, one after the other; only those of one
    ``half`` of the articles if it is given.

    Raises:
        UsageError: there is no such folder, or a row isn't a labelled claim.
    """
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise UsageError(f"There are no claims (*.jsonl) in {folder}. Check the path.")
    for path in paths:
        rows = [row for row in _rows(path) if half in {None, row.half}]
        yield ClaimSet(
            path.stem,
            [
                check_labelled(row.type or row.label, row, is_supported=row.label == "supported")
                for row in rows
            ],
        )


def _rows(path: Path) -> list[LabelledClaim]:
    try:
        return [
            LabelledClaim.model_validate_json(row) for row in read_lines(str(path)) if row.strip()
        ]
    except ValueError as error:
        raise UsageError(f"{path} has a row that isn't a labelled claim.") from error
