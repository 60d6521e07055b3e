"""Translated lines of news: what is true stands, what is invented, misspelt or exchanged does not.

In `translations/*.txt` a passage is followed by lines in another language, "+" before those that
it holds and "-" before those that have one name, number or date of their own. The first file of a
pair is the one the rules were mended on, the second was written before it was tried.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.briefing.checks.capitals import capitals
from bot.briefing.checks.dates import dates
from bot.briefing.checks.names import names
from bot.briefing.checks.numbers import numbers
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.translated_names import may_be_compared
from bot.briefing.numbering import numbered
from tests.statements import document, statement

_FILES = sorted((Path(__file__).parent / "translations").glob("*.txt"))


def _lines(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Each passage with a line and whether it holds it."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        passage, *lines = block.split("\n")
        yield from ((passage, line[2:], line[0] == "+") for line in lines)


def _found(path: Path, *, is_true: bool) -> list[bool]:
    """For each line that is true or not, whether a number, a date or a name of it is missing."""
    source, _, own = path.name.split(".")[0].partition("-")
    rows = [(passage, line) for passage, line, true in _lines(path) if true is is_true]
    about = (_about(passage, line, (source, own)) for passage, line in rows)
    return [any(check(said) for check in (numbers, dates, names)) for said in about]


def _about(passage: str, line: str, languages: tuple[str, str]) -> Statement:
    source, own = languages
    made = numbered("A", passage, language=source)
    references = range(1, len(made.sentences) + 1)
    return statement(line, made, *references, language=own, is_translation=source != own)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_a_true_line_stands(path: Path) -> None:
    assert not any(_found(path, is_true=True))


def test_most_wrong_lines_are_found() -> None:
    """All with another figure or day, and names as far as code can tell them from other words."""
    found = [each for path in _FILES for each in _found(path, is_true=False)]
    assert sum(found) >= 0.5 * len(found)


def _misspelt(path: Path) -> Iterator[tuple[str, str]]:
    """Each passage with its true lines, the third consonant of one name exchanged in each."""
    for passage, line, is_true in _lines(path):
        for word in (word for run in capitals(line).runs for word in run if is_true):
            letters = [n for n, letter in enumerate(word.text[1:], 1) if letter in "bdfglmnprstv"]
            if word.text in line and len(letters) > 2 and not word.is_opening:
                at = letters[1]
                other = {"m": "b", "b": "m", "r": "f", "f": "r"}.get(word.text[at], "m")
                wrong = word.text[:at] + other + word.text[at + 1 :]
                yield passage, line.replace(word.text, wrong, 1)


def test_most_misspelt_names_are_found_where_capitals_show_them() -> None:
    found = [
        bool(names(_about(passage, line, (path.name[:2], path.name[3:5]))))
        for path in _FILES
        if path.name[:2] in ("hy", "ru")
        for passage, line in _misspelt(path)
    ]
    assert len(found) > 60
    assert sum(found) >= 0.85 * len(found)


@pytest.mark.parametrize(
    ("line", "passage", "languages", "missing"),
    [
        ("Moscou et Erevan ont signé.", "Երևանն ու Մոսկվան ստորագրել են։", ("fr", "hy"), []),
        ("In Munich it rained.", "À Munich il pleuvait.", ("en", "fr"), []),
        ("He left Cologne.", "Il a quitté Cologne.", ("en", "fr"), []),
        ("He left Köln.", "Il a quitté Cologne.", ("en", "fr"), []),
        ("Xi Jinping left Beijing.", "习近平离开北京。", ("en", "zh"), []),
        ("Li Qiang left Beijing.", "习近平离开北京。", ("en", "zh"), []),
        ("He met Netanyahu.", "הוא נפגש עם נתניהו.", ("en", "he"), []),
        ("Он встретил Макрона.", "Il a rencontré Macron.", ("ru", "fr"), []),
        ("Он встретил Макрена.", "Il a rencontré Macron.", ("ru", "fr"), []),
        ("Он встретил Макрода.", "Il a rencontré Macron.", ("ru", "fr"), ["Макрода"]),
        ("He left Lisbon.", "Il a quitté Cologne.", ("en", "fr"), ["Lisbon"]),
        ("The Danish envoy spoke.", "L'envoyé norvégien a parlé.", ("en", "fr"), ["Danish"]),
        ("France's Council of State ruled.", "Le Conseil d'État a tranché.", ("en", "fr"), []),
        ("Er traf Frau Lang in Berlin.", "Il a rencontré Mme Petit.", ("de", "fr"), []),
        ("Abe left Tokyo.", "安倍氏は東京を去った。", ("en", "ja"), []),
    ],
)
def test_names_are_compared_as_far_as_scripts_allow(
    line: str, passage: str, languages: tuple[str, str], missing: list[str]
) -> None:
    made = document(passage, language=languages[1])
    found = names(statement(line, made, language=languages[0], is_translation=True))
    assert [reason.message.split("”")[0][1:] for reason in found] == missing


def test_a_name_may_stand_elsewhere_in_the_document() -> None:
    source = document("Лисабон ждёт.", "Он уехал.", language="ru")
    line = statement("He left Lisbon.", source, 2, language="en", is_translation=True)

    assert names(line) == []


def test_where_names_can_not_be_compared_is_known() -> None:
    pairs = [("fr", "ru"), ("en", "ar"), ("de", "fr"), ("ar", "en"), ("en", "ja")]
    assert [may_be_compared(*pair) for pair in pairs] == [True, True, False, False, False]
