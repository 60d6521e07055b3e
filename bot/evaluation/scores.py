"""How well do the checks tell supported claims from unsupported ones?"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bot.briefing.checks.all import PROOFS
from bot.briefing.checks.statement import Group
from bot.briefing.lines import Grade, Reason


@dataclass(frozen=True)
class Outcome:
    """What was said of one labelled ``claim``: the checks that found a proof and those that found
    a doubt, and whether a judge found it supported (None where no judgement is recorded)."""

    kind: str
    group: Group
    is_supported: bool
    proofs: frozenset[str]
    doubts: frozenset[str]
    judge: bool | None = None
    claim: str = ""

    @property
    def failed(self) -> frozenset[str]:
        """The checks that found anything."""
        return self.proofs | self.doubts


def found_by(reasons: Iterable[Reason], grade: Grade) -> frozenset[str]:
    """The checks with a reason of that grade."""
    return frozenset(reason.check for reason in reasons if reason.grade == grade)


@dataclass(frozen=True)
class Stopped:
    """How many wrong lines were ``caught``, and how many honest ones ``refused``."""

    caught: int
    refused: int


WAYS: Mapping[str, Callable[[Outcome], bool]] = {
    "proofs": lambda each: bool(each.proofs),
    "without_judge": lambda each: bool(each.failed),
    "judge": lambda each: each.judge is False,
    "with_judge": lambda each: bool(each.proofs) or each.judge is False,
}
"""By what a line may be stopped: proofs alone; proofs and doubts, as where no judge can be had; the
recorded judge alone; proofs and that judge, as in a briefing."""
_OF_A_JUDGE = frozenset(("judge", "with_judge"))


@dataclass(frozen=True)
class Score:
    """What was stopped of ``wrong`` and ``honest`` lines, by the names of `WAYS`; those with a
    judge only where all lines have a judgement."""

    wrong: int
    honest: int
    ways: Mapping[str, Stopped]


@dataclass(frozen=True)
class Part:
    """What the findings of one grade of one check do in a group. ``only`` counts the lines that
    nothing else was found in."""

    check: str
    grade: Grade
    stopped: Stopped
    only: Stopped


def score(outcomes: Collection[Outcome]) -> Score:
    """How all checks together do."""
    is_judged = bool(outcomes) and all(each.judge is not None for each in outcomes)
    honest = sum(each.is_supported for each in outcomes)
    ways = {
        name: _stopped(filter(stops, outcomes))
        for name, stops in WAYS.items()
        if is_judged or name not in _OF_A_JUDGE
    }
    return Score(len(outcomes) - honest, honest, ways)


def grouped(outcomes: Iterable[Outcome]) -> dict[Group, list[Outcome]]:
    """``outcomes`` by their group, in the order in which groups are told."""
    groups: dict[Group, list[Outcome]] = {group: [] for group in PROOFS}
    for outcome in outcomes:
        groups[outcome.group].append(outcome)
    return {group: found for group, found in groups.items() if found}


def parts(outcomes: Sequence[Outcome]) -> list[Part]:
    """What each check does that found anything, by the check's name; one whose findings are of both
    grades has two."""
    graded: dict[Grade, Callable[[Outcome], frozenset[str]]] = {
        "proof": attrgetter("proofs"),
        "doubt": attrgetter("doubts"),
    }
    found = [
        _part(name, grade, [each for each in outcomes if name in checks(each)])
        for grade, checks in graded.items()
        for name in sorted({name for outcome in outcomes for name in checks(outcome)})
    ]
    return sorted(found, key=attrgetter("check"))


def _part(name: str, grade: Grade, found: Sequence[Outcome]) -> Part:
    alone = (each for each in found if len(each.proofs) + len(each.doubts) == 1)
    return Part(name, grade, _stopped(found), _stopped(alone))


def _stopped(outcomes: Iterable[Outcome]) -> Stopped:
    labels = [outcome.is_supported for outcome in outcomes]
    return Stopped(caught=labels.count(False), refused=labels.count(True))
