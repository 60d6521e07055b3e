"""What the checks once reached they reach still, and a floor falls only on request."""

import json
import os
from pathlib import Path

import pytest

from bot.service.errors import UsageError
from evals.cases import digest
from evals.claim_sets import measured_sets
from evals.scores import Floors, Outcome, figures, own_outcomes, pinned, unearned

SHARED = Path(os.environ.get("READOUT_SHARED") or Path(__file__).parents[3] / "shared")
RECORDED = SHARED / "data" / "recorded"
KNOWN = Floors("d", {"own/caught": 0.9, "own/passed": 0.5})


def outcomes(caught: int, wrong: int) -> list[Outcome]:
    found = [frozenset({"dates"}) if i < caught else frozenset[str]() for i in range(wrong)]
    return [
        Outcome("month", "english", is_supported=False, proofs=proofs, doubts=frozenset())
        for proofs in found
    ]


def test_the_checks_are_as_good_as_they_were() -> None:
    assert pinned().digest == digest(), "Other claims than before: readout eval --update"
    assert pinned().below(figures(own_outcomes())) == []


def test_every_proof_earns_its_grade_on_our_own_claims() -> None:
    assert unearned(own_outcomes()) == []


def test_every_proof_earns_its_grade_on_the_claims_of_others_too() -> None:
    """On one half of the articles: the other is for measuring what nobody has looked at."""
    if not RECORDED.is_dir():
        pytest.skip("there are no claims of others beside the project")
    others = [outcome for each in measured_sets(RECORDED, half=0) for outcome in each.outcomes]

    assert unearned([*own_outcomes(), *others]) == []


def test_floors_are_pinned_for_every_group() -> None:
    assert figures(outcomes(19, 20)) == {
        "english/proofs/caught": 0.95,
        "english/without_judge/caught": 0.95,
    }


def test_a_share_of_few_is_not_pinned() -> None:
    assert figures(outcomes(3, 9)) == {}


def test_a_figure_below_its_floor_is_told() -> None:
    assert KNOWN.below({"own/caught": 0.8}) == ["own/caught is 0.8000 and was 0.9000."]


@pytest.mark.parametrize("reached", [0.9, 0.95])
def test_a_floor_rises(reached: float) -> None:
    raised = KNOWN.raised({"own/caught": reached, "own/passed": 0.5}, "new", allow_regression=False)

    assert raised == Floors("new", {"own/caught": reached, "own/passed": 0.5})


def test_a_floor_does_not_fall_unasked() -> None:
    with pytest.raises(
        UsageError, match=r"own/caught is 0\.8000 and was 0\.9000\..*--allow-regression"
    ):
        KNOWN.raised({"own/caught": 0.8}, "d", allow_regression=False)


def test_a_floor_falls_when_asked() -> None:
    lowered = KNOWN.raised({"own/caught": 0.8}, "d", allow_regression=True)

    assert lowered.floors["own/caught"] == 0.8


def test_floors_are_read_as_they_were_written() -> None:
    assert Floors(**json.loads(KNOWN.written())) == KNOWN
