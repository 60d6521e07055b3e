"""Honest lines whose numbers take reckoning, in five languages: written before the rules were.

Shares, rates, spans of years, margins, ages, hours, decades, centuries: what code can't compare by
value is for the judge.
"""

from pathlib import Path

import pytest

from bot.briefing.checks.all import findings, proofs
from tests.statements import about

_ROWS = [
    tuple(map(str.strip, line.split(" | ")))
    for line in (Path(__file__).parent / "reckoned.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "line", "passage"), _ROWS, ids=[row[1] for row in _ROWS])
def test_a_number_that_takes_reckoning_is_never_ruled_out(
    language: str, line: str, passage: str
) -> None:
    assert proofs(findings(about(line, passage, language))) == ()
