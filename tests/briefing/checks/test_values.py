"""Lines in many languages and notations: "+" before what its passage holds, "-" before what has a
number, a day or a name of its own.

`values.txt` was written before the rules were, and a third of it was not looked at meanwhile. Each
row names the check, the language of the line and of the passage, and perhaps a day of publication.
"""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.briefing.checks.dates import dates
from bot.briefing.checks.names import names
from bot.briefing.checks.numbers import numbers
from bot.briefing.checks.statement import Check, Statement
from bot.briefing.numbering import numbered
from tests.statements import statement

_CHECKS: dict[str, Check] = {"numbers": numbers, "dates": dates, "names": names}


class _Row(NamedTuple):
    is_true: bool
    check: str
    said: Statement


def _rows() -> list[_Row]:
    text = (Path(__file__).parent / "values.txt").read_text(encoding="utf-8")
    return [_row(*map(str.strip, line.split(" | "))) for line in text.splitlines()]


def _row(head: str, line: str, passage: str, published: str | None = None) -> _Row:
    sign, check, own, other = head.split()
    source = replace(numbered("A", passage, language=other), published=published)
    references = range(1, len(source.sentences) + 1)
    said = statement(line, source, *references, language=own, is_translation=own != other)
    return _Row(sign == "+", check, said)


@pytest.mark.parametrize("row", [r for r in _rows() if r.is_true], ids=lambda r: r.said.text)
def test_what_a_passage_holds_in_any_notation_stands(row: _Row) -> None:
    assert [reason.message for check in _CHECKS.values() for reason in check(row.said)] == []


@pytest.mark.parametrize(
    "row",
    [r for r in _rows() if not r.is_true and r.check != "names"],
    ids=lambda r: r.said.text,
)
def test_another_number_and_another_day_is_found(row: _Row) -> None:
    assert _CHECKS[row.check](row.said) != []


def test_most_other_names_are_found() -> None:
    wrong = [row for row in _rows() if not row.is_true and row.check == "names"]
    assert sum(bool(names(row.said)) for row in wrong) >= 0.7 * len(wrong)
