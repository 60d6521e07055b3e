"""What the passages leave open the line leaves open, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.meaning import hedges
from tests.statements import about


def messages(line: str, passage: str, language: str = "en") -> list[str]:
    return [reason.message for reason in hedges(about(line, passage, language))]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(
            "The bridge may close in winter.", "The bridge might close in winter.", id="modal"
        ),
        pytest.param(
            "Ambria reportedly sold the rails.",
            "The rails were allegedly sold by Ambria.",
            id="adverb-elsewhere",
        ),
        pytest.param(
            "The railway hopes to order wagons.",
            "The railway plans to order wagons.",
            id="plans-and-hopes",
        ),
        pytest.param("The ministers met in May.", "The ministers met in May.", id="may-is-a-month"),
        pytest.param(
            "He appeared in court on charges of theft.",
            "He appeared in court on charges of theft.",
            id="appeared-in-court",
        ),
        pytest.param(
            "Maske will send wagons to the border.",
            "Maske agreed to send wagons to the border.",
            id="undertaken-and-to-come",
        ),
        pytest.param(
            "Inspectors could not find the cracks.",
            "Inspectors could not find the cracks.",
            id="could-not",
        ),
        pytest.param(
            "Oru says the bridge might close.",
            "Oru said the bridge would close.",
            id="added-where-somebody-speaks",
        ),
    ],
)
def test_a_line_with_the_same_hedge_passes(line: str, passage: str) -> None:
    assert messages(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage", "message"),
    [
        pytest.param(
            "The bridge will close in winter.",
            "The bridge could close in winter.",
            "A1 says “could” of “close”, the line does not.",
            id="modal-lost",
        ),
        pytest.param(
            "The rails were sold for scrap.",
            "The rails were reportedly sold for scrap.",
            "A1 says “reportedly” of “sold”, the line does not.",
            id="adverb-lost",
        ),
        pytest.param(
            "The railway will order 40 wagons.",
            "The railway plans to order 40 wagons.",
            "A1 says “plans to” of “order”, the line does not.",
            id="plan-lost",
        ),
        pytest.param(
            "Police arrested the thief and his partners on Monday.",
            "Police arrested the alleged thief and his partners on Monday.",
            "A1 says “alleged” of “thief”, the line does not.",
            id="alleged-lost",
        ),
        pytest.param(
            "Ambria has reopened the line to freight.",
            "Ambria agreed to reopen the line to freight.",
            "A1 says “agreed to” of “reopened”, the line does not.",
            id="undertaken-and-done",
        ),
    ],
)
def test_a_lost_hedge_fails(line: str, passage: str, message: str) -> None:
    assert messages(line, passage) == [message]


@pytest.mark.parametrize(
    ("language", "open_", "certain"),
    [
        (
            "de",
            "Die Brücke könnte im Winter schließen.",
            "Die Brücke schließen im Winter.",
        ),
        ("fr", "Le pont pourrait fermer cet hiver.", "Le pont va fermer cet hiver."),
        ("es", "El puente podría cerrar este invierno.", "El puente va a cerrar este invierno."),
        ("ru", "Мост возможно закроют этой зимой.", "Мост закроют этой зимой."),
        ("hy", "Կամուրջը հավանաբար կփակվի ձմռանը։", "Կամուրջը կփակվի ձմռանը։"),
        ("ar", "ربما يغلق الجسر هذا الشتاء", "يغلق الجسر هذا الشتاء"),
    ],
)
def test_hedges_are_recognised_in_many_languages(language: str, open_: str, certain: str) -> None:
    assert messages(certain, open_, language) != []
    assert messages(open_, open_, language) == []


WORDS = st.lists(
    st.sampled_from(
        ["the", "may", "reportedly", "alleged", "plans to", "agreed to", "bridge", "."]
    ),
    min_size=1,
    max_size=20,
).map(" ".join)


@given(text=WORDS)
def test_a_text_keeps_its_own_hedges(text: str) -> None:
    assert messages(text, text) == []


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("Voles are able to swim.", "Voles could still swim.", id="could-of-ability"),
        pytest.param("Lorn wanted a cut in rates.", "Lorn wanted to cut rates.", id="as-a-noun"),
        pytest.param("Lorn preferred a cut in rates.", "Lorn wanted to cut rates.", id="preferred"),
    ],
)
def test_a_hedge_in_other_words_is_kept(line: str, passage: str) -> None:
    assert messages(line, passage) == []


def test_an_ability_is_not_a_hedge() -> None:
    assert messages("Voles swim in the lake.", "Voles are able to swim in the lake.") == []


def test_a_hedge_that_ends_its_clause_is_kept_wherever_the_line_has_it() -> None:
    passage = "Lorn has planted 640 trees, more than it had planned."
    assert messages("Lorn has planted 640 trees, more than the town had planned.", passage) == []
