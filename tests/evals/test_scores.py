"""Counts by grade, group and check."""

from bot.briefing.checks.statement import Group
from evals.scores import Count, Outcome, by_check, by_group, count_labels, figures, weak_proofs


def outcome(
    *proofs: str,
    honest: bool = False,
    doubts: tuple[str, ...] = (),
    group: Group = "english",
) -> Outcome:
    return Outcome("k", group, honest, frozenset(proofs), frozenset(doubts))


OUTCOMES = [
    outcome("numbers", doubts=("hedges",)),
    outcome("numbers"),
    outcome(doubts=("hedges",)),
    outcome(),
    outcome("numbers", honest=True),
    outcome(honest=True, doubts=("hedges",)),
    outcome(honest=True),
]


def test_proofs_count_alone_and_with_doubts() -> None:
    assert count_labels(OUTCOMES) == Count(wrong=4, honest=3)
    assert figures(OUTCOMES * 4) == {
        "english/proofs/caught": 0.5,
        "english/proofs/passed": 0.6666,
        "english/without_judge/caught": 0.75,
        "english/without_judge/passed": 0.3333,
    }


def test_the_findings_of_a_check_count_by_their_grade() -> None:
    outcomes = [*OUTCOMES, outcome(doubts=("numbers",))]

    assert by_check(outcomes) == [
        ("hedges", "doubt", Count(2, 1)),
        ("numbers", "proof", Count(2, 1)),
        ("numbers", "doubt", Count(1, 0)),
    ]


def test_groups_are_listed_in_their_order() -> None:
    found = by_group([outcome(group="translated"), outcome(), outcome(group="translated")])

    assert [(group, len(outcomes)) for group, outcomes in found.items()] == [
        ("english", 1),
        ("translated", 2),
    ]


def test_a_proof_that_refuses_honest_lines_is_weak() -> None:
    enough = [outcome("numbers", "names", "dates", "quotations", "conditions", "words")] * 10
    honest = [outcome(honest=True)] * 199

    assert weak_proofs([*enough, *honest, outcome("numbers", honest=True)]) == []
    assert weak_proofs([*enough, *honest, *[outcome("numbers", honest=True)] * 2]) == [
        "numbers (english) is not a proof: it refuses 2 of 201 lines."
    ]


def test_a_doubt_may_refuse_and_a_proof_that_catches_nothing_is_weak() -> None:
    found = weak_proofs([outcome(honest=True, doubts=("hedges",)), *[outcome("dates")] * 10])

    assert "names is not a proof: it catches 0 wrong lines." in found
    assert not any("hedges" in told or "dates" in told for told in found)
