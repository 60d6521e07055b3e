"""A line is a sentence, and of its passages' words."""

from dataclasses import replace

import pytest

from bot.briefing.checks.words import words
from tests.statements import about

PASSAGE = "The ministers agreed to expedite their negotiations and to meet again in Ansel."
SHORT = "It is too short to state something."
FOREIGN = "Most of its words are not in A1."


def messages(line: str, passage: str = PASSAGE, language: str = "en") -> list[str]:
    return [reason.message for reason in words(about(line, passage, language))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Ministers agreed to negotiate faster.", [], id="paraphrase"),
        pytest.param("Ministers negotiated agreements expeditiously.", [], id="all-endings"),
        pytest.param("They agreed to a meeting in Ansel.", [], id="other-endings"),
        pytest.param("The two will do it again.", [], id="hardly-a-content-word"),
        pytest.param("Ministers met again", [SHORT], id="three-words"),
        pytest.param("—", [SHORT], id="no-word"),
        pytest.param("Farmers protested against cheap grain imports.", [FOREIGN], id="foreign"),
        pytest.param("Ministers ignored angry farmers’ protests.", [FOREIGN], id="mostly"),
    ],
)  # fmt: skip
def test_most_words_of_a_sentence_are_its_passages(line: str, expected: list[str]) -> None:
    assert messages(line) == expected


@pytest.mark.parametrize(
    ("line", "passage", "language", "expected"),
    [
        pytest.param("日本は合意した。", "日本は韓国と合意した。", "ja", [], id="japanese"),
        pytest.param("合意", "日本は韓国と合意した。", "ja", [SHORT], id="japanese-short"),
        pytest.param("農民は輸入に反対。", "日本は韓国と合意した。", "ja", [FOREIGN],
                     id="japanese-foreign"),
        pytest.param("Министры договорились о встрече.", "Министры вчера договорились встретиться.",
                     "ru", [], id="russian"),
        pytest.param("Նախարարները պայմանավորվեցին նորից հանդիպել։",
                     "Նախարարները պայմանավորվեցին հանդիպել մայիսին։", "hy", [], id="armenian"),
    ],
)  # fmt: skip
def test_other_scripts_are_read_too(
    line: str, passage: str, language: str, expected: list[str]
) -> None:
    assert messages(line, passage, language) == expected


def test_words_of_a_translation_are_not_compared() -> None:
    line = replace(about("Les ministres se reverront bientôt.", PASSAGE), is_translation=True)

    assert words(line) == []


def test_a_detail_is_no_sentence() -> None:
    assert words(replace(about("mayor of Brook", PASSAGE), is_detail=True)) == []


def test_a_word_with_un_is_that_of_the_passage() -> None:
    passage = "About 88% of those who fell ill had not been vaccinated."
    assert messages("Most of the patients, about 88%, were unvaccinated.", passage) == []
