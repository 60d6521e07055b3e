"""Translated lines of news: what is true stands, what is invented, misspelt or exchanged does not.

In `translations/*.txt` a passage is followed by lines in another language, "+" before those that
it holds and "-" before those that have one name, number or date of their own. The first file of a
pair is the one the rules were mended on, the second was written before it was tried.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.briefing.checks.capitals import capitals
from bot.briefing.checks.names import names
from bot.briefing.checks.translated_names import may_be_compared
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.lines import Line
from bot.briefing.numbering import numbered
from bot.briefing.speech import told
from bot.briefing.verification import Verifier
from tests.statements import document, statement

_FILES = sorted((Path(__file__).parent / "translations").glob("*.txt"))


def _lines(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Each passage with a line and whether it holds it."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        passage, *lines = block.split("\n")
        yield from ((passage, line[2:], line[0] == "+") for line in lines)


def _stands(passage: str, line: str, languages: tuple[str, str]) -> bool:
    source = numbered("A", passage, language=languages[0])
    evidence = [f"A{number}" for number in range(1, len(source.sentences) + 1)]
    own = told(source, 1)
    draft = DraftLine(evidence=evidence, voice=own["voice"], speaker=own["speaker"], text=line)
    return isinstance(
        Verifier((source,), languages[1]).verdict(DraftItem("key_points", draft)), Line
    )


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_true_lines_stand_and_false_ones_do_not(path: Path) -> None:
    source, _, line = path.name.split(".")[0].partition("-")
    rows = list(_lines(path))
    right = [_stands(passage, text, (source, line)) is true for passage, text, true in rows]
    true = [each for each, (*_, is_true) in zip(right, rows, strict=True) if is_true]
    false = [each for each, (*_, is_true) in zip(right, rows, strict=True) if not is_true]
    assert sum(true) >= 0.9 * len(true), "honest lines are withheld"
    assert sum(false) >= 0.9 * len(false), "wrong lines stand"


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


def test_nine_of_ten_misspelt_names_are_found() -> None:
    found = []
    for path in _FILES:
        source, _, own = path.name.split(".")[0].partition("-")
        for passage, line in _misspelt(path):
            made = document(passage, language=source)
            found.append(bool(names(statement(line, made, language=own, is_translation=True))))
    assert len(found) > 100
    assert sum(found) >= 0.9 * len(found)


@pytest.mark.parametrize(
    ("line", "passage", "languages", "missing"),
    [
        ("Moscou et Erevan ont signé.", "Երևանն ու Մոսկվան ստորագրել են։", ("fr", "hy"), []),
        ("In Munich it rained.", "À Munich il pleuvait.", ("en", "fr"), []),
        ("He left Cologne.", "Il a quitté Cologne.", ("en", "fr"), []),
        ("He left Köln.", "Il a quitté Cologne.", ("en", "fr"), []),
        ("Xi Jinping left Beijing.", "习近平离开北京。", ("en", "zh"), []),
        ("Li Qiang left Beijing.", "习近平离开北京。", ("en", "zh"), ["Qiang"]),
        ("He met Netanyahu.", "הוא נפגש עם נתניהו.", ("en", "he"), []),
        ("He met Gantz.", "הוא נפגש עם נתניהו.", ("en", "he"), ["Gantz"]),
        ("Он встретил Макрона.", "Il a rencontré Macron.", ("ru", "fr"), []),
        ("Он встретил Шольца.", "Il a rencontré Macron.", ("ru", "fr"), ["Шольца"]),
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


def test_a_name_may_be_tied_to_its_fuller_form_elsewhere_in_the_document() -> None:
    source = document(
        "Иван Соколов приехал.", "Соколов уехал.", "Пётр Крылов остался.", language="ru"
    )

    def told_of(line: str) -> list[str]:
        found = names(statement(line, source, 2, language="fr", is_translation=True))
        return [reason.message for reason in found]

    assert told_of("Ici Ivan Sokolov est parti.") == []
    assert told_of("Ici Piotr Sokolov est parti.") == ["“Piotr” has no counterpart in A2."]


def test_where_names_can_not_be_compared_is_known() -> None:
    pairs = [("fr", "ru"), ("en", "ar"), ("de", "fr"), ("ar", "en"), ("en", "ja")]
    assert [may_be_compared(*pair) for pair in pairs] == [True, True, False, False, False]
