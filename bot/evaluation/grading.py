"""Does every check that counts as a proof deserve it?

A grade is earned by measurement: a proof refuses at most one honest line in two hundred of its
group of languages, and catches wrong ones at all.
"""

from collections.abc import Iterable, Iterator

from bot.briefing.checks.all import PROOFS
from bot.evaluation.scores import Outcome, grouped, parts

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
