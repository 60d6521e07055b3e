"""How well do the checks tell supported claims from unsupported ones?"""

import json
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import attrgetter, itemgetter

from bot.briefing.checks.all import PROOFS
from bot.briefing.checks.statement import Group
from bot.briefing.lines import Grade
from bot.cli.claims import Claim, check
from evals.cases import cases


@dataclass(frozen=True)
class Outcome:
    """What was said of one labelled ``claim``: the checks that found a proof and those that found
    a doubt."""

    kind: str
    group: Group
    is_supported: bool
    proofs: frozenset[str]
    doubts: frozenset[str]
    claim: str = ""

    @property
    def failed(self) -> frozenset[str]:
        """The checks that found anything."""
        return self.proofs | self.doubts


def outcome(kind: str, claim: Claim, *, is_supported: bool) -> Outcome:
    """What the checks say of a ``claim`` of that kind."""
    checked = check(claim)
    found: dict[Grade, set[str]] = {"proof": set(), "doubt": set()}
    for reason in checked.reasons:
        found[reason.grade].add(reason.check)
    proofs, doubts = frozenset(found["proof"]), frozenset(found["doubt"])
    return Outcome(kind, checked.group, is_supported, proofs, doubts, claim.claim)


@dataclass(frozen=True)
class Stopped:
    """How many wrong lines were ``caught``, and how many honest ones ``refused``."""

    caught: int
    refused: int


@dataclass(frozen=True)
class Score:
    """What was stopped of ``wrong`` and ``honest`` lines by ``proofs`` alone, and with doubts, as
    ``without_judge``."""

    wrong: int
    honest: int
    proofs: Stopped
    without_judge: Stopped


@dataclass(frozen=True)
class Part:
    """What the findings of one grade of one check do in a group."""

    check: str
    grade: Grade
    stopped: Stopped


def score(outcomes: Collection[Outcome]) -> Score:
    """How all checks together do."""
    honest = sum(each.is_supported for each in outcomes)
    proved = _stopped(each for each in outcomes if each.proofs)
    return Score(
        len(outcomes) - honest, honest, proved, _stopped(each for each in outcomes if each.failed)
    )


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
        Part(name, grade, _stopped(each for each in outcomes if name in checks(each)))
        for grade, checks in graded.items()
        for name in sorted({name for outcome in outcomes for name in checks(outcome)})
    ]
    return sorted(found, key=attrgetter("check"))


def _stopped(outcomes: Iterable[Outcome]) -> Stopped:
    labels = [outcome.is_supported for outcome in outcomes]
    return Stopped(caught=labels.count(False), refused=labels.count(True))


@cache
def own_outcomes() -> tuple[Outcome, ...]:
    """What they say of each claim of our own, in the order of `cases`."""
    return tuple(outcome(c.kind, c.claim, is_supported=c.is_supported) for c in cases())


# Does every check that counts as a proof deserve it?
#
# A grade is earned by measurement: a proof refuses at most one honest line in two hundred of its
# group of languages, and catches wrong ones at all.

MOST_REFUSED = 0.005
"""The share of a group's honest lines that a proof may refuse."""
LEAST_CAUGHT = 10
"""The wrong lines that it has to catch, in all groups together."""

_NOT_SAMPLED = "references"
"""No set of claims points at a sentence that does not exist; a table of cases holds this check."""


def unearned(outcomes: Iterable[Outcome]) -> list[str]:
    """A sentence for every check whose findings are proofs and should be doubts."""
    return list(_unearned(list(outcomes)))


def _unearned(outcomes: list[Outcome]) -> Iterator[str]:
    caught: dict[str, int] = dict.fromkeys(
        sorted(set().union(*PROOFS.values()) - {_NOT_SAMPLED}), 0
    )
    for group, found in grouped(outcomes).items():
        honest = sum(outcome.is_supported for outcome in found)
        for part in parts(found):
            name, refused = part.check, part.stopped.refused
            if part.grade == "proof" and name in caught:
                caught[name] += part.stopped.caught
            if part.grade == "proof" and refused > MOST_REFUSED * honest:
                yield f"{name} ({group}) is not a proof: it refuses {refused} of {honest} lines."
    for name, count in caught.items():
        if count < LEAST_CAUGHT:
            yield f"{name} is not a proof: it catches {count} wrong lines."


# How good must the checks be at least? Figures once reached are pinned and never fall unnoticed.
#
# A floor is a share of claims: of the wrong ones that are caught, or of the honest ones that pass.

# Of fewer claims one more or less says nothing.
_FEWEST = 10
_STEPS = 10_000


def pinned() -> dict[str, float]:
    """The floors that hold, by what they are about ("english/proofs/caught")."""
    text = (files("evals") / "floors.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def below(found: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """A sentence for every figure that was measured and lies below its floor."""
    return [
        f"{name} is {found[name]:.4f} and was {floor:.4f}."
        for name, floor in floors.items()
        if found.get(name, floor) < floor
    ]


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """What may be pinned of our own claims, rounded down: by group, by proofs alone and with
    doubts."""
    return {
        figure: share
        for group, found in grouped(outcomes).items()
        for figure, share in _shares(group, score(found))
    }


def _shares(group: str, reached: Score) -> Iterator[tuple[str, float]]:
    ways = {"proofs": reached.proofs, "without_judge": reached.without_judge}
    for way, stopped in ways.items():
        if reached.wrong >= _FEWEST:
            yield f"{group}/{way}/caught", _down(stopped.caught / reached.wrong)
        if reached.honest >= _FEWEST:
            yield f"{group}/{way}/passed", _down(1 - stopped.refused / reached.honest)


def _down(share: float) -> float:
    return math.floor(share * _STEPS) / _STEPS


@dataclass(frozen=True)
class Measured:
    """A set of claims and what was said of each."""

    name: str
    outcomes: Sequence[Outcome]


def tables(measured: Measured) -> str:
    """The scores of one set as Markdown."""
    groups = grouped(measured.outcomes)
    told = [f"## {measured.name}", _groups(groups), _checks(groups), _kinds(groups)]
    return "\n\n".join(filter(None, told)) + "\n"


def mistakes(measured: Measured) -> str:
    """The claims of one set that the checks were wrong about without a judge, a line each."""
    wrong = [each for each in measured.outcomes if bool(each.failed) == each.is_supported]
    told = [
        f"- {each.kind} ({each.group}): {each.claim}{_failed(each)}"
        for each in sorted(wrong, key=lambda each: (each.is_supported, each.kind))
    ]
    return "\n".join([f"## {measured.name}: mistakes", "", *told]) + "\n"


def _failed(outcome: Outcome) -> str:
    found = [*sorted(outcome.proofs), *(f"{name}?" for name in sorted(outcome.doubts))]
    return f" [{', '.join(found)}]" if found else ""


def _groups(groups: dict[Group, list[Outcome]]) -> str:
    heads = ("group", "wrong", "proofs", "and doubts", "honest", "proofs", "and doubts")
    scores = ((group, score(outcomes)) for group, outcomes in groups.items())
    return _table(heads, (_group_row(group, each) for group, each in scores))


def _group_row(group: str, reached: Score) -> Iterator[str]:
    ways = (reached.proofs, reached.without_judge)
    yield from (group, str(reached.wrong))
    yield from (_share(each.caught, reached.wrong) for each in ways)
    yield str(reached.honest)
    yield from (_share(each.refused, reached.honest) for each in ways)


def _checks(groups: dict[Group, list[Outcome]]) -> str:
    heads = ("check", "group", "grade", "caught", "refused", "of honest")
    rows: list[tuple[str, ...]] = [
        (part.check, group, *_check_row(part, sum(each.is_supported for each in outcomes)))
        for group, outcomes in groups.items()
        for part in parts(outcomes)
    ]
    rows.sort(key=itemgetter(0))
    return _table(heads, rows)


def _check_row(part: Part, honest: int) -> tuple[str, ...]:
    caught, refused = part.stopped.caught, part.stopped.refused
    share = f"{refused / honest:.1%}" if honest else ""
    return (part.grade, str(caught), str(refused), share)


def _kinds(groups: dict[Group, list[Outcome]]) -> str:
    """By kind and group: stopped by proofs, by proofs and doubts, and how many there are."""
    cells: dict[tuple[bool, str], dict[Group, str]] = {}
    named = attrgetter("is_supported", "kind")
    for group, outcomes in groups.items():
        for name, found in groupby(sorted(outcomes, key=named), named):
            alike = list(found)
            proved = sum(bool(each.proofs) for each in alike)
            failed = sum(bool(each.failed) for each in alike)
            cells.setdefault(name, {})[group] = f"{proved}, {failed} of {len(alike)}"
    rows = (
        (f"{kind} (honest)" if is_supported else kind, *(of.get(group, "") for group in groups))
        for (is_supported, kind), of in sorted(cells.items())
    )
    return _table(("stopped by proofs, and doubts", *groups), rows)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else ""


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    told = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in told) if len(told) > 2 else ""
