"""Quoted words are the source's own quotation, letter for letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.quotations import quotations
from tests.statements import about, document, statement

PASSAGE = (
    "“We did not approve the merger, and – after 20 days – we will not pay $3.5 million for a "
    "non-binding vote,” said Lind, who called it “a [sad] day”."
)


def messages(line: str, passage: str = PASSAGE) -> list[str]:
    return [reason.message for reason in quotations(about(line, passage))]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Lind said “we will not pay $3.5 million”.", id="verbatim"),
        pytest.param('Lind said "we will not pay $3.5 million."', id="full-stop-inside"),
        pytest.param("Lind: “Did not approve the merger”", id="capital-at-its-start"),
        pytest.param("Lind said „we did not approve the merger“.", id="other-marks"),
        pytest.param("Lind said 'after 20 days - we will not pay'.", id="other-dashes"),
        pytest.param("Lind said “We did not approve … a non-binding vote”.", id="ellipsis"),
        pytest.param("Lind said “We did not approve [...] we will not pay”.", id="in-brackets"),
        pytest.param("Lind said “We did not approve [the] merger”.", id="word-in-brackets"),
        pytest.param("Lind said “[w]e did not approve the merger”.", id="letter-in-brackets"),
        pytest.param("Lind spoke of “a [sad] day”.", id="brackets-of-the-source"),
        pytest.param("Lind: “vote,” said Lind”", id="narration-between"),
        pytest.param("Lind said that she would not pay.", id="none"),
        pytest.param("Lind’s board didn’t approve the councils’ plan.", id="apostrophes"),
    ],
)  # fmt: skip
def test_a_quotation_of_the_source_passes(line: str) -> None:
    assert messages(line) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("Lind: “We did now approve the merger”", "We did now approve the merger",
                     id="one-letter-changed"),
        pytest.param("Lind: “we will pay $3.5 million”", "we will pay $3.5 million",
                     id="word-dropped"),
        pytest.param("Lind: “prove the merger”", "prove the merger", id="word-cut"),
        pytest.param("Lind: “pay $3”", "pay $3", id="figure-cut"),
        pytest.param("Lind: “3.5 million”", "3.5 million", id="sign-cut"),
        pytest.param("Lind: “a binding vote”", "a binding vote", id="prefix-cut"),
        pytest.param("Lind, “who called it”, left.", "who called it", id="narration"),
        pytest.param("Lind: “we will not pay … We did not approve”",
                     "we will not pay … We did not approve", id="pieces-out-of-order"),
        pytest.param("Lind: “We did not approve … with joy”", "We did not approve … with joy",
                     id="one-piece-invented"),
        pytest.param("Lind: “We did not approve [her] merger”", "We did not approve [her] merger",
                     id="invented-in-brackets"),
    ],
)  # fmt: skip
def test_words_that_are_not_a_quotation_of_the_source_fail(line: str, words: str) -> None:
    assert messages(line) == [f"“{words}” is not a quotation in A1."]


def test_a_quotation_from_another_passage_fails() -> None:
    source = document("“It is fair,” said Lind.", "“It is a disgrace,” said Oru.")

    assert quotations(statement("Lind said “It is a disgrace”.", source, 2)) == []
    assert quotations(statement("Lind said “It is a disgrace”.", source, 1)) != []


def test_a_quotation_may_be_from_any_of_the_passages() -> None:
    source = document("“It is fair,” said Lind.", "Nothing.", "“It is a disgrace,” said Oru.")
    line = "Lind said “It is fair”, Oru “a disgrace”, both “nothing”."

    found = quotations(statement(line, source, 1, 3))

    assert [reason.message for reason in found] == ["“nothing” is not a quotation in A1 or A3."]


WORDS = st.lists(
    st.sampled_from(["we", "don’t", "pay", "3.5", "%", "-", "£5", "non-binding", "it’s", "Brook"]),
    min_size=1,
)


@given(before=WORDS, quoted=WORDS, after=WORDS)
def test_every_run_of_words_of_a_quotation_passes(
    before: list[str], quoted: list[str], after: list[str]
) -> None:
    passage = f"“x {' '.join(before)} so x {' '.join(quoted)} x {' '.join(after)} x”, he said."

    assert messages(f"He said “x {' '.join(quoted)} x”.", passage) == []


@given(quoted=WORDS)
def test_narration_never_passes_as_a_quotation(quoted: list[str]) -> None:
    said = " ".join(quoted)

    assert messages(f"He said “went {said} y”.", f"He went {said} y, “he said”.") != []


@pytest.mark.parametrize(
    ("word", "grades"), [("disproportionnée", ["doubt"]), ("scandaleuse", ["proof"])]
)
def test_a_single_quoted_word_may_be_inflected(word: str, grades: list[str]) -> None:
    passage = "Le maire juge le mouvement « disproportionné »."
    found = quotations(about(f"Le maire trouve la grève « {word} ».", passage, "fr"))

    assert [reason.grade for reason in found] == grades
