"""How well do the checks tell supported claims from unsupported ones?"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import NamedTuple

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


@cache
def own_outcomes() -> tuple[Outcome, ...]:
    """What they say of each claim of our own, in the order of `cases`."""
    return tuple(outcome(c.kind, c.claim, is_supported=c.is_supported) for c in cases())


class Count(NamedTuple):
    """How many lines there are of either kind."""

    wrong: int
    honest: int


_Findings = Callable[[Outcome], frozenset[str]]

WAYS: Mapping[str, _Findings] = {
    "proofs": attrgetter("proofs"),
    "without_judge": attrgetter("failed"),
}
"""What stops a line: a proof alone, or without a judge a doubt too."""
_GRADES: Mapping[Grade, _Findings] = {
    "proof": attrgetter("proofs"),
    "doubt": attrgetter("doubts"),
}


def counted(outcomes: Iterable[Outcome]) -> Count:
    """How many of ``outcomes`` are of wrong lines, and how many of honest ones."""
    labels = [each.is_supported for each in outcomes]
    return Count(labels.count(False), labels.count(True))


def grouped(outcomes: Iterable[Outcome]) -> dict[Group, list[Outcome]]:
    """``outcomes`` by their group, in the order in which groups are told."""
    groups: dict[Group, list[Outcome]] = {group: [] for group in PROOFS}
    for outcome in outcomes:
        groups[outcome.group].append(outcome)
    return {group: found for group, found in groups.items() if found}


def by_check(outcomes: Sequence[Outcome]) -> list[tuple[str, Grade, Count]]:
    """What each check stops that found anything, by its name; one whose findings are of both
    grades comes twice."""
    found = [
        (name, grade, counted(each for each in outcomes if name in findings(each)))
        for grade, findings in _GRADES.items()
        for name in sorted({name for outcome in outcomes for name in findings(outcome)})
    ]
    return sorted(found, key=lambda each: each[0])


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
    caught = dict.fromkeys(sorted(set().union(*PROOFS.values()) - {_NOT_SAMPLED}), 0)
    faults = []
    for group, found in grouped(outcomes).items():
        honest = counted(found).honest
        for name, grade, stopped in by_check(found):
            if grade == "proof" and name in caught:
                caught[name] += stopped.wrong
            if grade == "proof" and stopped.honest > MOST_REFUSED * honest:
                refused = f"{stopped.honest} of {honest}"
                faults.append(f"{name} ({group}) is not a proof: it refuses {refused} lines.")
    few = ((name, count) for name, count in caught.items() if count < LEAST_CAUGHT)
    return faults + [
        f"{name} is not a proof: it catches {count} wrong lines." for name, count in few
    ]


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
    found = {}
    for group, those in grouped(outcomes).items():
        whole = counted(those)
        for way, findings in WAYS.items():
            stopped = counted(filter(findings, those))
            if whole.wrong >= _FEWEST:
                found[f"{group}/{way}/caught"] = _down(stopped.wrong / whole.wrong)
            if whole.honest >= _FEWEST:
                found[f"{group}/{way}/passed"] = _down(1 - stopped.honest / whole.honest)
    return found


def _down(share: float) -> float:
    return math.floor(share * _STEPS) / _STEPS


@dataclass(frozen=True)
class Measured:
    """A set of claims and what was said of each."""

    name: str
    outcomes: Sequence[Outcome]


_Groups = Mapping[Group, Sequence[Outcome]]


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


def _groups(groups: _Groups) -> str:
    heads = ("group", "wrong", "proofs", "and doubts", "honest", "proofs", "and doubts")
    rows = []
    for group, found in groups.items():
        whole = counted(found)
        stopped = [counted(filter(findings, found)) for findings in WAYS.values()]
        caught = (_share(each.wrong, whole.wrong) for each in stopped)
        refused = (_share(each.honest, whole.honest) for each in stopped)
        rows.append((group, str(whole.wrong), *caught, str(whole.honest), *refused))
    return _table(heads, rows)


def _checks(groups: _Groups) -> str:
    heads = ("check", "group", "grade", "caught", "refused", "of honest")
    rows: list[tuple[str, ...]] = []
    for group, found in groups.items():
        honest = counted(found).honest
        for name, grade, (caught, refused) in by_check(found):
            share = f"{refused / honest:.1%}" if honest else ""
            rows.append((name, group, grade, str(caught), str(refused), share))
    rows.sort(key=lambda row: row[0])
    return _table(heads, rows)


def _kinds(groups: _Groups) -> str:
    """By kind and group: stopped by proofs, by proofs and doubts, and how many there are."""
    rows = []
    for is_supported, kind in sorted({_kind(each) for found in groups.values() for each in found}):
        alike = (
            [each for each in found if _kind(each) == (is_supported, kind)]
            for found in groups.values()
        )
        rows.append((f"{kind} (honest)" if is_supported else kind, *map(_stopped, alike)))
    return _table(("stopped by proofs, and doubts", *groups), rows)


def _kind(outcome: Outcome) -> tuple[bool, str]:
    return outcome.is_supported, outcome.kind


def _stopped(outcomes: Sequence[Outcome]) -> str:
    stopped = (sum(map(bool, map(findings, outcomes))) for findings in WAYS.values())
    return f"{', '.join(map(str, stopped))} of {len(outcomes)}" if outcomes else ""


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else ""


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    told = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in told) if len(told) > 2 else ""
