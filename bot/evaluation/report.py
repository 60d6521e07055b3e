"""How the scores are told: as JSON for other programs, as tables for people."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.evaluation.scores import Outcome, Part, Score, grouped, parts, score


@dataclass(frozen=True)
class Measured:
    """A set of claims and what the checks said of each."""

    name: str
    outcomes: Sequence[Outcome]


def measured_json(measured: Measured) -> dict[str, Any]:
    """The scores of one set: of all checks, and by language, kind and check."""
    outcomes = measured.outcomes
    return {
        "all": _score_json(score(outcomes)),
        "languages": _grouped_json(grouped(outcomes, lambda each: each.language)),
        "kinds": {
            language: _grouped_json(grouped(spoken, lambda each: each.kind))
            for language, spoken in grouped(outcomes, lambda each: each.language).items()
        },
        "checks": {name: _part_json(part) for name, part in parts(outcomes).items()},
    }


def tables(measured: Measured, *, has_ablation: bool) -> str:
    """The scores of one set as Markdown."""
    told = [f"## {measured.name}", _languages(measured.outcomes), _kinds(measured.outcomes)]
    told.append(_checks(measured.outcomes))
    if has_ablation:
        told.append(_ablation(measured.outcomes))
    return "\n\n".join(filter(None, told)) + "\n"


def mistakes(measured: Measured) -> str:
    """The claims of one set that the checks were wrong about, a line each."""
    wrong = sorted((each for each in measured.outcomes if each.is_wrong), key=_bad_first)
    told = (f"- {each.kind} ({each.language}): {each.claim}{_failed(each)}" for each in wrong)
    return "\n".join([f"## {measured.name}: mistakes", "", *told]) + "\n"


def _failed(outcome: Outcome) -> str:
    return f" [{', '.join(sorted(outcome.failed))}]" if outcome.failed else ""


def _score_json(reached: Score) -> dict[str, Any]:
    return {
        **asdict(reached),
        "precision": reached.precision,
        "recall": reached.recall,
        "balanced_accuracy": reached.balanced_accuracy,
    }


def _grouped_json(groups: dict[str, list[Outcome]]) -> dict[str, Any]:
    return {name: _score_json(score(outcomes)) for name, outcomes in groups.items()}


def _part_json(part: Part) -> dict[str, Any]:
    return {
        **_score_json(part.score),
        "only_caught": part.only_caught,
        "only_alarms": part.only_alarms,
        "balanced_accuracy_without": part.without.balanced_accuracy,
    }


def _languages(outcomes: Sequence[Outcome]) -> str:
    groups = grouped(sorted(outcomes, key=lambda each: each.language), lambda each: each.language)
    rows = [(name, score(spoken)) for name, spoken in groups.items()]
    if len(rows) > 1:
        rows.append(("all", score(outcomes)))
    heads = ("language", "bad", "caught", "good", "alarms", "precision", "recall", "balanced")
    return _table(heads, ((name, *_counts(each), *_shares(each)) for name, each in rows))


def _kinds(outcomes: Sequence[Outcome]) -> str:
    """Stopped of all, by kind of claim and by language."""
    kinds = grouped(sorted(outcomes, key=_bad_first), lambda each: each.kind)
    languages = sorted({each.language for each in outcomes})
    rows = ((kind, *(_stopped(of, code) for code in languages)) for kind, of in kinds.items())
    return _table(("stopped", *languages), rows)


def _checks(outcomes: Sequence[Outcome]) -> str:
    rows = (
        (name, *_counts(part.score), *_shares(part.score)) for name, part in parts(outcomes).items()
    )
    heads = ("check alone", "bad", "caught", "good", "alarms", "precision", "recall", "balanced")
    return _table(heads, rows)


def _ablation(outcomes: Sequence[Outcome]) -> str:
    whole = score(outcomes)
    rows = [
        (name, str(part.only_caught), str(part.only_alarms), _share(part.without.balanced_accuracy))
        for name, part in parts(outcomes).items()
    ]
    rows.append(("none", "0", "0", _share(whole.balanced_accuracy)))
    return _table(("without", "no longer caught", "alarms gone", "balanced"), rows)


def _bad_first(outcome: Outcome) -> tuple[bool, str]:
    return outcome.is_supported, outcome.kind


def _stopped(outcomes: Sequence[Outcome], language: str) -> str:
    spoken = [each for each in outcomes if each.language == language]
    return f"{sum(each.is_stopped for each in spoken)}/{len(spoken)}" if spoken else ""


def _counts(reached: Score) -> Sequence[str]:
    return [str(count) for count in asdict(reached).values()]


def _shares(reached: Score) -> Sequence[str]:
    shares = (reached.precision, reached.recall, reached.balanced_accuracy)
    return [_share(share) for share in shares]


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.3f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    told = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in told) if len(told) > 2 else ""
