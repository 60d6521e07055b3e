"""The checks are no worse than the figures recorded for them."""

from evals.claim_sets import check_sets
from evals.scores import Outcome, figures, load_floors, own_outcomes, regressions, weak_proofs
from tests.shared_data import shared


def outcomes(caught: int, wrong: int) -> list[Outcome]:
    found = [frozenset({"dates"}) if i < caught else frozenset[str]() for i in range(wrong)]
    return [
        Outcome("month", "english", is_supported=False, proofs=proofs, doubts=frozenset())
        for proofs in found
    ]


def test_the_checks_are_as_good_as_they_were() -> None:
    assert regressions(figures(own_outcomes()), load_floors()) == []


def test_every_proof_earns_its_grade_on_our_own_claims() -> None:
    assert weak_proofs(own_outcomes()) == []


def test_every_proof_earns_its_grade_on_the_claims_of_others_too() -> None:
    others = [outcome for each in check_sets(shared("recorded")) for outcome in each.outcomes]

    assert others
    assert weak_proofs([*own_outcomes(), *others]) == []


def test_a_share_of_few_is_not_pinned() -> None:
    assert figures(outcomes(3, 9)) == {}


def test_a_figure_below_its_floor_is_reported() -> None:
    assert regressions(
        {"own/caught": 0.8, "own/passed": 0.6}, {"own/caught": 0.9, "own/passed": 0.5}
    ) == ["own/caught is 0.8000 and was 0.9000."]
