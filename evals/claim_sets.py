"""What do the checks say about claims that others made and labelled? (`readout eval --claims`)"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

from bot.cli.claims import Claim
from bot.cli.output import rows_of
from bot.service.errors import UsageError
from evals.scores import Measured, outcome


class Labelled(Claim):
    """One row: a claim, the right answer, and what is wrong with it."""

    label: Literal["supported", "unsupported"]
    article: str | None = None
    type: str | None = None

    @property
    def half(self) -> int:
        """0 or 1, the same for all claims about one article."""
        return int(sha256((self.article or self.source).encode()).hexdigest(), 16) % 2


def measured_sets(folder: Path, half: int | None = None) -> Iterator[Measured]:
    """What the checks say of every file of ``folder``, one set after the other; of the articles of
    one ``half`` alone where it is given.

    Raises:
        UsageError: there is no such folder, or a row is none.
    """
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise UsageError(f"There are no claims (*.jsonl) in {folder}. Check the path.")
    for path in paths:
        rows = [row for row in _rows(path) if half in {None, row.half}]
        yield Measured(
            path.stem,
            [
                outcome(row.type or row.label, row, is_supported=row.label == "supported")
                for row in rows
            ],
        )


def _rows(path: Path) -> list[Labelled]:
    try:
        return [Labelled.model_validate_json(row) for row in rows_of(str(path)) if row.strip()]
    except ValueError as error:
        raise UsageError(f"{path} has a row that isn't a labelled claim.") from error
