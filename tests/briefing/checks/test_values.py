"""Lines in many languages and notations: "+" before a supported line, "-" before one with a number,
a day or a name that its passage doesn't have.

`values.txt` was written before the rules, and a third of it was not looked at meanwhile. Each
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
from tests.statements import document, statement

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
def test_what_a_passage_contains_passes_in_any_notation(row: _Row) -> None:
    assert [reason.message for check in _CHECKS.values() for reason in check(row.said)] == []


@pytest.mark.parametrize(
    "row",
    [r for r in _rows() if not r.is_true and r.check != "names"],
    ids=lambda r: r.said.text,
)
def test_a_wrong_number_or_day_is_found(row: _Row) -> None:
    assert _CHECKS[row.check](row.said) != []


def test_most_wrong_names_are_found() -> None:
    wrong = [row for row in _rows() if not row.is_true and row.check == "names"]
    assert sum(bool(names(row.said)) for row in wrong) >= 0.7 * len(wrong)


# A number or a time of a translated line is found in its passage as that language writes it.


def _missing(line: str, passage: str, languages: str) -> int:
    own, other = languages.split()
    said = statement(line, document(passage, language=other), language=own, is_translation=True)
    return len([*numbers(said), *dates(said)])


@pytest.mark.parametrize(
    ("languages", "line", "passage"),
    [
        ("fr ru", "25 personnes sont mortes.", "Погибли двадцать пять человек."),
        ("fr ru", "Vingt-cinq personnes sont mortes.", "Погибли 25 человек."),
        ("en fr", "93 people left.", "Quatre-vingt-treize personnes sont parties."),
        ("en fr", "Seventy-two people left.", "Soixante-douze personnes sont parties."),
        ("fr hy", "35 personnes sont parties.", "Երեսունհինգ մարդ գնաց։"),
        ("fr hy", "La vente a rapporté 48,5 millions de drams.", "Վաճառքը բերեց 48.5 մլն դրամ։"),
        ("en ar", "25 people left.", "غادر خمسة وعشرون شخصا."),
        ("en ar", "Two billion dirhams were paid.", "دفع ملياري درهم."),
        ("en ar", "12 percent left.", "غادر ١٢ في المئة."),
        ("en de", "35 people left.", "Fünfunddreißig Menschen gingen."),
        ("en es", "42 people left.", "Se fueron cuarenta y dos personas."),
        ("fr ru", "Le Premier ministre est parti.", "Премьер-министр уехал."),
        ("fr ru", "Il est parti le 3 mai 2027.", "Он уехал 3 мая 2027 года."),
        ("en ar", "She left in January.", "غادرت في كانون الثاني."),
        ("fr hy", "Elle est partie samedi.", "Նա գնաց շաբաթ օրը։"),
        ("fr hy", "Anahit partira en septembre.", "Անահիտ Մելիքյանը սեպտեմբերին կմեկնի։"),
    ],
)  # fmt: skip
def test_the_same_number_or_day_in_another_language_passes(
    languages: str, line: str, passage: str
) -> None:
    assert not _missing(line, passage, languages)


@pytest.mark.parametrize(
    ("languages", "line", "passage"),
    [
        ("fr ru", "26 personnes sont mortes.", "Погибли двадцать пять человек."),
        ("en fr", "83 people left.", "Quatre-vingt-treize personnes sont parties."),
        ("fr hy", "53 personnes sont parties.", "Երեսունհինգ մարդ գնաց։"),
        ("en ar", "52 people left.", "غادر خمسة وعشرون شخصا."),
        ("en de", "53 people left.", "Fünfunddreißig Menschen gingen."),
        ("en ar", "She left in February.", "غادرت في كانون الثاني."),
        ("fr hy", "Elle est partie vendredi.", "Նա գնաց շաբաթ օրը։"),
    ],
)
def test_a_different_number_or_day_in_another_language_fails(
    languages: str, line: str, passage: str
) -> None:
    assert _missing(line, passage, languages) == 1
