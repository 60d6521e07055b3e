"""Counts and shares, with "unsupported" as the positive class."""

import pytest

from bot.evaluation.scores import Outcome, Score, parts, score

OUTCOMES = [
    Outcome("a", "en", is_supported=False, failed=frozenset({"names", "numbers"})),
    Outcome("a", "en", is_supported=False, failed=frozenset({"names"})),
    Outcome("b", "en", is_supported=False, failed=frozenset()),
    Outcome("b", "en", is_supported=False, failed=frozenset({"numbers"})),
    Outcome("ok", "en", is_supported=True, failed=frozenset({"numbers"})),
    Outcome("ok", "en", is_supported=True, failed=frozenset()),
]


def test_shares_are_of_what_their_names_say() -> None:
    reached = score(OUTCOMES)

    assert reached == Score(bad=4, caught=3, good=2, alarms=1)
    assert (reached.recall, reached.passed, reached.precision) == (0.75, 0.5, 0.75)
    assert reached.balanced_accuracy == pytest.approx(0.625)


def test_a_share_of_nothing_is_none() -> None:
    reached = score(OUTCOMES[:4])

    assert (reached.passed, reached.balanced_accuracy) == (None, None)
    assert score([]).precision is None


def test_a_check_switched_off_takes_with_it_what_it_alone_found() -> None:
    numbers = parts(OUTCOMES)["numbers"]

    assert (numbers.only_caught, numbers.only_alarms) == (1, 1)
    assert numbers.without == Score(bad=4, caught=2, good=2, alarms=0)
    assert numbers.score == Score(bad=4, caught=2, good=2, alarms=1)
