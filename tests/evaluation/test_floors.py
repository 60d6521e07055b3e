"""What the checks once reached they reach still, and a floor falls only on request."""

import json

import pytest

from bot.errors import UsageError
from bot.evaluation.cases import digest
from bot.evaluation.floors import Floors, figures, pinned
from bot.evaluation.measuring import own_outcomes
from bot.evaluation.scores import Outcome

KNOWN = Floors("d", {"own/caught": 0.9, "own/passed": 0.5, "others/caught": 0.7})


def outcomes(caught: int, bad: int) -> list[Outcome]:
    return [
        Outcome(
            "month", "en", is_supported=False, failed=frozenset({"dates"} if i < caught else ())
        )
        for i in range(bad)
    ]


def test_the_checks_are_as_good_as_they_were() -> None:
    assert pinned().digest == digest(), "Other claims than before: readout eval --update"
    assert pinned().below(figures("own", own_outcomes())) == []


def test_floors_are_pinned_for_the_whole_every_language_and_every_kind() -> None:
    assert figures("own", outcomes(19, 20)) == {
        "own/caught": 0.95,
        "own/en/caught": 0.95,
        "own/en/month/caught": 0.95,
    }


def test_a_share_of_few_is_not_pinned() -> None:
    assert figures("own", outcomes(3, 9)) == {}


def test_a_figure_below_its_floor_is_told() -> None:
    assert KNOWN.below({"own/caught": 0.8}) == ["own/caught is 0.8000 and was 0.9000."]


@pytest.mark.parametrize("reached", [0.9, 0.95])
def test_a_floor_rises_and_what_was_not_measured_stays(reached: float) -> None:
    raised = KNOWN.raised({"own/caught": reached, "own/passed": 0.5}, "new", allow_regression=False)

    assert raised == Floors("new", {"others/caught": 0.7, "own/caught": reached, "own/passed": 0.5})


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
