"""What the passages deny the line denies, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.meaning import negation
from tests.statements import about


def messages(line: str, passage: str, language: str = "en") -> list[str]:
    return [reason.message for reason in negation(about(line, passage, language))]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(
            "The council did not approve the bridge.",
            "The council has not approved the bridge.",
            id="same",
        ),
        pytest.param(
            "They didn’t pay for the bridge.", "They did not pay for the bridge.", id="contracted"
        ),
        pytest.param(
            "The minister did not answer questions.",
            "The minister declined to answer questions.",
            id="negative-verb",
        ),
        pytest.param(
            "The minister refused to sign the accord.",
            "The minister did not sign the accord.",
            id="negative-verb-in-the-line",
        ),
        pytest.param(
            "Inspectors did not find cracks.", "Inspectors found no cracks.", id="no-and-not"
        ),
        pytest.param(
            "Ambria cannot send wagons.", "Ambria is unable to send any wagons.", id="unable"
        ),
        pytest.param(
            "The line will carry freight and passengers.",
            "The line will not only carry freight but passengers too.",
            id="not-only",
        ),
        pytest.param(
            "The works cost 3 million at most.",
            "The works cost no more than 3 million.",
            id="no-more-than",
        ),
        pytest.param(
            "Lorn reopened the station.",
            "Lorn reopened the station in May. Maske has not spoken of the border.",
            id="another-clause-denies",
        ),
        pytest.param(
            "The unions are not against the line.",
            "“We are not against the line,” the unions said.",
            id="both-deny",
        ),
    ],
)
def test_a_line_that_denies_the_same_passes(line: str, passage: str) -> None:
    assert messages(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage", "message"),
    [
        pytest.param(
            "The council did not approve the bridge.",
            "The council approved the bridge.",
            "A1 does not deny “approve”.",
            id="added",
        ),
        pytest.param(
            "The council approved the bridge.",
            "The council never approved the bridge.",
            "It leaves out a “not”.",
            id="lost",
        ),
        pytest.param(
            "Inspectors found cracks in the bridge.",
            "Inspectors found no cracks in the bridge.",
            "It leaves out a “not”.",
            id="no-lost",
        ),
        pytest.param(
            "The council hasn't approved the bridge.",
            "The council has approved the bridge.",
            "A1 does not deny “approved”.",
            id="contracted-added",
        ),
        pytest.param(
            "The ministers left without shaking hands.",
            "The ministers left, shaking hands.",
            "A1 does not deny “shaking”.",
            id="without",
        ),
    ],
)
def test_an_added_or_lost_negation_fails(line: str, passage: str, message: str) -> None:
    assert messages(line, passage) == [message]


@pytest.mark.parametrize(
    ("language", "denied", "affirmed"),
    [
        ("de", "Der Rat hat die Brücke nicht gebilligt.", "Der Rat hat die Brücke gebilligt."),
        ("fr", "Le conseil n’a pas approuvé le pont.", "Le conseil a approuvé le pont."),
        ("es", "El consejo no aprobó el puente.", "El consejo aprobó el puente."),
        ("ru", "Совет не одобрил строительство моста.", "Совет одобрил строительство моста."),
        ("hy", "Խորհուրդը չի հաստատել կամրջի նախագիծը։", "Խորհուրդը հաստատել է կամրջի նախագիծը։"),
        ("hy", "Խորհուրդը չհաստատեց կամրջի նախագիծը։", "Խորհուրդը հաստատեց կամրջի նախագիծը։"),
        ("ar", "لم يوافق المجلس على بناء الجسر", "يوافق المجلس على بناء الجسر"),
    ],
)
def test_negations_are_recognised_in_many_languages(
    language: str, denied: str, affirmed: str
) -> None:
    assert messages(denied, affirmed, language) != []
    assert messages(affirmed, denied, language) != []
    assert messages(denied, denied, language) == []


def test_a_language_without_a_list_is_not_checked() -> None:
    assert messages("Il consiglio non ha approvato.", "Il consiglio ha approvato.", "it") == []


WORDS = st.lists(
    st.sampled_from(
        ["the", "council", "not", "no", "approved", "bridge", ",", "may", "if", "fell"]
    ),
    min_size=1,
    max_size=20,
).map(" ".join)


@given(text=WORDS)
def test_a_text_keeps_its_own_negations(text: str) -> None:
    assert messages(text, text) == []


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(
            "Lorn leaves the league if Maske does not pay.",
            "Lorn leaves the league unless Maske pays.",
            id="if-not-for-unless",
        ),
        pytest.param(
            "Divers will turn back if they cannot reach the wreck.",
            "Divers try to reach the wreck. If they do not succeed, they turn back.",
            id="if-not-for-another-if-not",
        ),
        pytest.param(
            "Weir said that the firm had sent no barges to the harbour.",
            "Weir denied a report in the Courier that the firm had sent barges there.",
            id="denied-that",
        ),
        pytest.param(
            "The 80 passengers got away without serious injury.",
            "None of the 80 passengers was seriously injured.",
            id="without-for-none",
        ),
        pytest.param(
            "None of the nine divers was kept in hospital.",
            "Nine divers were examined and none was kept in hospital.",
            id="none-of-those",
        ),
        pytest.param(
            "Entry is allowed only after an inspection.",
            "Nobody is allowed in unless there has been an inspection.",
            id="only-for-nobody-unless",
        ),
        pytest.param(
            "Brandt paid nothing and denies the charge.",
            "Brandt did not pay. Brandt denies the charge.",
            id="nothing-behind-its-verb",
        ),
    ],
)
def test_another_way_to_deny_the_same_passes(line: str, passage: str) -> None:
    assert messages(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(
            "Lorn leaves the league unless Maske does not pay.",
            "Lorn leaves the league unless Maske pays.",
            id="a-not-behind-the-unless-itself",
        ),
        pytest.param(
            "Entry is allowed unless there has been an inspection.",
            "Entry is not allowed unless there has been an inspection.",
            id="unless-alone-is-no-only",
        ),
        pytest.param(
            "The harbour is open if the wind does not turn.",
            "The harbour is open if the wind does turn.",
            id="an-if-that-denied-nothing",
        ),
        pytest.param(
            "Most of the passengers were seriously injured.",
            "None of the passengers were seriously injured.",
            id="none-is-lost",
        ),
    ],
)
def test_what_only_resembles_another_way_to_deny_fails(line: str, passage: str) -> None:
    assert messages(line, passage) != []


def test_outside_english_a_negation_that_moves_to_another_word_is_not_reported() -> None:
    passage = "Une erreur « ne peut être exclue » dans deux des calculs."

    assert messages("Il n’exclut pas une erreur dans deux des calculs.", passage, "fr") == []
    assert messages("Une erreur peut être exclue dans deux des calculs.", passage, "fr")
