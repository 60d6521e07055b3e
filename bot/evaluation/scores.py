"""How well do the checks tell what is supported from what is not?

The positive class is "unsupported", everywhere.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What the checks said of one ``claim``: ``failed`` are those that found something."""

    kind: str
    language: str
    is_supported: bool
    failed: frozenset[str]
    claim: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether a bad claim passed, or a good one did not."""
        return self.is_stopped == self.is_supported

    @property
    def is_stopped(self) -> bool:
        """Whether any check failed."""
        return bool(self.failed)


@dataclass(frozen=True)
class Score:
    """``caught`` of ``bad`` claims, with ``alarms`` on ``good`` ones. A share of nothing is
    None."""

    bad: int
    caught: int
    good: int
    alarms: int

    @property
    def recall(self) -> float | None:
        """The share of the bad that was caught."""
        return _share(self.caught, self.bad)

    @property
    def passed(self) -> float | None:
        """The share of the good that was let pass."""
        return _share(self.good - self.alarms, self.good)

    @property
    def precision(self) -> float | None:
        """The share of what was stopped that is bad."""
        return _share(self.caught, self.caught + self.alarms)

    @property
    def balanced_accuracy(self) -> float | None:
        """The mean of `recall` and `passed`."""
        if self.recall is None or self.passed is None:
            return None
        return (self.recall + self.passed) / 2


@dataclass(frozen=True)
class Part:
    """What one check does alone: ``only_caught`` and ``only_alarms`` would go if it went."""

    score: Score
    only_caught: int
    only_alarms: int
    without: Score


def score(outcomes: Iterable[Outcome]) -> Score:
    """The score of all checks together."""
    return _score((each.is_supported, each.is_stopped) for each in outcomes)


def grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    """``outcomes`` by what ``key`` says of them, in order of appearance."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return groups


def parts(outcomes: Sequence[Outcome]) -> dict[str, Part]:
    """What each check does, by its name."""
    names = sorted({name for outcome in outcomes for name in outcome.failed})
    return {name: _part(outcomes, name) for name in names}


def _part(outcomes: Sequence[Outcome], name: str) -> Part:
    alone = [outcome for outcome in outcomes if outcome.failed == {name}]
    return Part(
        _score((each.is_supported, name in each.failed) for each in outcomes),
        only_caught=sum(not each.is_supported for each in alone),
        only_alarms=sum(each.is_supported for each in alone),
        without=_score((each.is_supported, bool(each.failed - {name})) for each in outcomes),
    )


def _score(pairs: Iterable[tuple[bool, bool]]) -> Score:
    rows = list(pairs)
    bad = [stopped for supported, stopped in rows if not supported]
    good = [stopped for supported, stopped in rows if supported]
    return Score(len(bad), sum(bad), len(good), sum(good))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
