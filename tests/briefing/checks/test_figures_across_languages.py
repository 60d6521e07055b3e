"""A number or a time of a translated line is found in its passage as that language writes it."""

import pytest

from bot.briefing.checks.dates import dates
from bot.briefing.checks.numbers import numbers
from tests.statements import document, statement


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
def test_what_is_the_same_stands(languages: str, line: str, passage: str) -> None:
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
def test_what_is_another_does_not(languages: str, line: str, passage: str) -> None:
    assert _missing(line, passage, languages) == 1
