"""The scores, as JSON for other programs and as tables for people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from operator import itemgetter
from typing import Any

from bot.briefing.checks.statement import Group
from bot.evaluation.scores import WAYS, Outcome, Part, Score, grouped, parts, score


@dataclass(frozen=True)
class Measured:
    """A set of claims and what was said of each."""

    name: str
    outcomes: Sequence[Outcome]


def measured_json(measured: Measured) -> dict[str, Any]:
    """The scores of one set by group: of all checks together, of each check, of each kind of
    claim."""
    return {
        group: {
            **_score_json(score(outcomes)),
            "checks": [asdict(part) for part in parts(outcomes)],
            "kinds": {
                "honest" if is_supported else "wrong": {
                    kind: _score_json(score(alike)) for kind, alike in kinds.items()
                }
                for is_supported, kinds in _by_kind(outcomes).items()
            },
        }
        for group, outcomes in grouped(measured.outcomes).items()
    }


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


def _score_json(reached: Score) -> dict[str, Any]:
    ways = {name: asdict(stopped) for name, stopped in reached.ways.items()}
    return {"wrong": reached.wrong, "honest": reached.honest, **dict.fromkeys(WAYS), **ways}


_TITLES = {
    "proofs": "proofs",
    "without_judge": "and doubts",
    "judge": "judge",
    "with_judge": "proofs and judge",
}


def _groups(groups: dict[Group, list[Outcome]]) -> str:
    scores = {group: score(outcomes) for group, outcomes in groups.items()}
    ways = [name for name in WAYS if any(name in each.ways for each in scores.values())]
    titles = [_TITLES[name] for name in ways]
    heads = ["group", "wrong", *titles, "honest", *titles]
    return _table(heads, (_group_row(group, each, ways) for group, each in scores.items()))


def _group_row(group: str, reached: Score, ways: Sequence[str]) -> Iterator[str]:
    found = [reached.ways.get(name) for name in ways]
    yield from (group, str(reached.wrong))
    yield from (_share(each.caught, reached.wrong) if each else "" for each in found)
    yield str(reached.honest)
    yield from (_share(each.refused, reached.honest) if each else "" for each in found)


def _checks(groups: dict[Group, list[Outcome]]) -> str:
    heads = ("check", "group", "grade", "caught", "only it", "refused", "of honest", "only it")
    rows: list[tuple[str, ...]] = [
        (part.check, group, *_check_row(part, sum(each.is_supported for each in outcomes)))
        for group, outcomes in groups.items()
        for part in parts(outcomes)
    ]
    rows.sort(key=itemgetter(0))
    return _table(heads, rows)


def _check_row(part: Part, honest: int) -> tuple[str, ...]:
    stopped, only = part.stopped, part.only
    counts = (stopped.caught, only.caught, stopped.refused)
    share = f"{stopped.refused / honest:.1%}" if honest else ""
    return (part.grade, *map(str, counts), share, str(only.refused))


def _kinds(groups: dict[Group, list[Outcome]]) -> str:
    """By kind and group: stopped by proofs, by proofs and doubts, and how many there are."""
    cells: dict[tuple[bool, str], dict[Group, str]] = {}
    for group, outcomes in groups.items():
        for is_supported, kinds in _by_kind(outcomes).items():
            for kind, alike in kinds.items():
                proved = sum(bool(each.proofs) for each in alike)
                failed = sum(bool(each.failed) for each in alike)
                told = f"{proved}, {failed} of {len(alike)}"
                cells.setdefault((is_supported, kind), {})[group] = told
    rows = (
        (f"{kind} (honest)" if is_supported else kind, *(of.get(group, "") for group in groups))
        for (is_supported, kind), of in sorted(cells.items())
    )
    return _table(("stopped by proofs, and doubts", *groups), rows)


def _by_kind(outcomes: Iterable[Outcome]) -> dict[bool, dict[str, list[Outcome]]]:
    found: dict[bool, dict[str, list[Outcome]]] = {False: {}, True: {}}
    for outcome in outcomes:
        found[outcome.is_supported].setdefault(outcome.kind, []).append(outcome)
    return found


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else ""


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    told = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in told) if len(told) > 2 else ""
