"""Scores how well the checks tell supported claims from unsupported ones."""

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
from bot.cli.claims import Claim, check_claim
from evals.cases import cases


@dataclass(frozen=True)
class Outcome:
    """The result for one labelled ``claim``: the checks that found a proof, and those that found a
    doubt."""

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


def check_labelled(kind: str, claim: Claim, *, is_supported: bool) -> Outcome:
    """Run the checks on a labelled ``claim``."""
    checked = check_claim(claim)
    found: dict[Grade, set[str]] = {"proof": set(), "doubt": set()}
    for reason in checked.reasons:
        found[reason.grade].add(reason.check)
    proofs, doubts = frozenset(found["proof"]), frozenset(found["doubt"])
    return Outcome(kind, checked.group, is_supported, proofs, doubts, claim.claim)


@cache
def own_outcomes() -> tuple[Outcome, ...]:
    """The results for our own claims, in the order of `cases`."""
    return tuple(check_labelled(c.kind, c.claim, is_supported=c.is_supported) for c in cases())


class Count(NamedTuple):
    """The numbers of wrong and of honest lines."""

    wrong: int
    honest: int


_Findings = Callable[[Outcome], frozenset[str]]

STOPPED_BY: Mapping[str, _Findings] = {
    "proofs": attrgetter("proofs"),
    "without_judge": attrgetter("failed"),
}
"""What stops a line: only a proof, or, without a judge, also a doubt."""
_GRADES: Mapping[Grade, _Findings] = {
    "proof": attrgetter("proofs"),
    "doubt": attrgetter("doubts"),
}


def count_labels(outcomes: Iterable[Outcome]) -> Count:
    """How many of ``outcomes`` are of wrong lines, and how many of honest ones."""
    labels = [each.is_supported for each in outcomes]
    return Count(labels.count(False), labels.count(True))


def by_group(outcomes: Iterable[Outcome]) -> dict[Group, list[Outcome]]:
    """``outcomes`` by group, in the order of `PROOFS`."""
    groups: dict[Group, list[Outcome]] = {group: [] for group in PROOFS}
    for outcome in outcomes:
        groups[outcome.group].append(outcome)
    return {group: found for group, found in groups.items() if found}


def by_check(outcomes: Sequence[Outcome]) -> list[tuple[str, Grade, Count]]:
    """What each check with findings stops, sorted by name; a check with findings of both grades
    comes twice."""
    found = [
        (name, grade, count_labels(each for each in outcomes if name in findings(each)))
        for grade, findings in _GRADES.items()
        for name in sorted({name for outcome in outcomes for name in findings(outcome)})
    ]
    return sorted(found, key=lambda each: each[0])


# Whether a check deserves to count as a proof is measured: it may refuse at most one honest line
# in two hundred of its group of languages, and has to catch some wrong ones.

MOST_REFUSED = 0.005
"""The share of a group's honest lines that a proof may refuse."""
LEAST_CAUGHT = 10
"""The number of wrong lines that it has to catch, in all groups together."""

_NOT_SAMPLED = "references"
"""No claim refers to a sentence that doesn't exist, so only the tests cover this check."""


def weak_proofs(outcomes: Iterable[Outcome]) -> list[str]:
    """A sentence for each check whose findings count as proofs but should be doubts."""
    caught = dict.fromkeys(sorted(set().union(*PROOFS.values()) - {_NOT_SAMPLED}), 0)
    faults = []
    for group, found in by_group(outcomes).items():
        honest = count_labels(found).honest
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


# Floors keep figures that were once reached from falling unnoticed. A floor is a share of claims:
# of wrong ones that are caught, or of honest ones that pass.

# With fewer claims, one more or less means nothing.
_FEWEST = 10
_STEPS = 10_000


def load_floors() -> dict[str, float]:
    """The floors, by the names of their figures ("english/proofs/caught")."""
    text = (files("evals") / "floors.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def regressions(found: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """A sentence for each figure that is below its floor."""
    return [
        f"{name} is {found[name]:.4f} and was {floor:.4f}."
        for name, floor in floors.items()
        if found.get(name, floor) < floor
    ]


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The figures for floors, rounded down: by group, with proofs alone and with doubts."""
    found = {}
    for group, those in by_group(outcomes).items():
        whole = count_labels(those)
        for way, findings in STOPPED_BY.items():
            stopped = count_labels(filter(findings, those))
            if whole.wrong >= _FEWEST:
                found[f"{group}/{way}/caught"] = _down(stopped.wrong / whole.wrong)
            if whole.honest >= _FEWEST:
                found[f"{group}/{way}/passed"] = _down(1 - stopped.honest / whole.honest)
    return found


def _down(share: float) -> float:
    return math.floor(share * _STEPS) / _STEPS


@dataclass(frozen=True)
class ClaimSet:
    """The results for a set of claims."""

    name: str
    outcomes: Sequence[Outcome]


_Groups = Mapping[Group, Sequence[Outcome]]


def tables(claim_set: ClaimSet) -> str:
    """The scores of one set as Markdown."""
    groups = by_group(claim_set.outcomes)
    parts = [f"## {claim_set.name}", _groups(groups), _checks(groups), _kinds(groups)]
    return "\n\n".join(filter(None, parts)) + "\n"


def mistakes(claim_set: ClaimSet) -> str:
    """The claims that the checks alone got wrong, one on a line."""
    wrong = [each for each in claim_set.outcomes if bool(each.failed) == each.is_supported]
    parts = [
        f"- {each.kind} ({each.group}): {each.claim}{_failed(each)}"
        for each in sorted(wrong, key=lambda each: (each.is_supported, each.kind))
    ]
    return "\n".join([f"## {claim_set.name}: mistakes", "", *parts]) + "\n"


def _failed(outcome: Outcome) -> str:
    found = [*sorted(outcome.proofs), *(f"{name}?" for name in sorted(outcome.doubts))]
    return f" [{', '.join(found)}]" if found else ""


def _groups(groups: _Groups) -> str:
    heads = ("group", "wrong", "proofs", "and doubts", "honest", "proofs", "and doubts")
    rows = []
    for group, found in groups.items():
        whole = count_labels(found)
        stopped = [count_labels(filter(findings, found)) for findings in STOPPED_BY.values()]
        caught = (_share(each.wrong, whole.wrong) for each in stopped)
        refused = (_share(each.honest, whole.honest) for each in stopped)
        rows.append((group, str(whole.wrong), *caught, str(whole.honest), *refused))
    return _table(heads, rows)


def _checks(groups: _Groups) -> str:
    heads = ("check", "group", "grade", "caught", "refused", "of honest")
    rows: list[tuple[str, ...]] = []
    for group, found in groups.items():
        honest = count_labels(found).honest
        for name, grade, (caught, refused) in by_check(found):
            share = f"{refused / honest:.1%}" if honest else ""
            rows.append((name, group, grade, str(caught), str(refused), share))
    rows.sort(key=lambda row: row[0])
    return _table(heads, rows)


def _kinds(groups: _Groups) -> str:
    """By kind and group: how many are stopped by proofs, by proofs and doubts, and their number."""
    rows = []
    for is_supported, kind in sorted(
        {_label_and_kind(each) for found in groups.values() for each in found}
    ):
        alike = (
            [each for each in found if _label_and_kind(each) == (is_supported, kind)]
            for found in groups.values()
        )
        rows.append((f"{kind} (honest)" if is_supported else kind, *map(_stopped, alike)))
    return _table(("stopped by proofs, and doubts", *groups), rows)


def _label_and_kind(outcome: Outcome) -> tuple[bool, str]:
    return outcome.is_supported, outcome.kind


def _stopped(outcomes: Sequence[Outcome]) -> str:
    stopped = (sum(map(bool, map(findings, outcomes))) for findings in STOPPED_BY.values())
    return f"{', '.join(map(str, stopped))} of {len(outcomes)}" if outcomes else ""


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else ""


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    parts = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in parts) if len(parts) > 2 else ""
