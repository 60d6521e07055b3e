"""The checks, what they find together, and what each finding counts as."""

from collections.abc import Mapping
from dataclasses import replace

from bot.briefing.checks.attribution import attribution
from bot.briefing.checks.conditions import conditions
from bot.briefing.checks.dates import dates
from bot.briefing.checks.direction import direction
from bot.briefing.checks.hedges import hedges
from bot.briefing.checks.names import names
from bot.briefing.checks.negation import negation
from bot.briefing.checks.numbers import numbers
from bot.briefing.checks.overstatement import overstatement
from bot.briefing.checks.quotations import quotations
from bot.briefing.checks.references import references
from bot.briefing.checks.statement import Check, Group, Statement
from bot.briefing.checks.words import words
from bot.briefing.lines import CheckName, Reason

CHECKS: tuple[Check, ...] = (
    references,
    words,
    quotations,
    numbers,
    dates,
    names,
    negation,
    hedges,
    conditions,
    direction,
    attribution,
    overstatement,
)
"""What is asked of a statement, in the order in which the reasons are told."""

_EVERYWHERE: frozenset[CheckName] = frozenset(("references", "words", "quotations", "conditions"))
PROOFS: Mapping[Group, frozenset[CheckName]] = {
    "english": _EVERYWHERE | {"numbers", "dates", "names"},
    "listed": _EVERYWHERE | {"numbers", "dates", "names"},
    "unlisted": _EVERYWHERE | {"numbers", "dates", "names"},
    "translated": _EVERYWHERE | {"numbers", "dates"},
}
"""The checks whose finding is a proof; that of any other is a doubt. `readout eval` measures what
each refuses of a group's honest lines (at most one in two hundred) and how many wrong ones it
catches (at least ten)."""

_BY_VALUE: Mapping[CheckName, Check] = {
    "quotations": quotations,
    "numbers": numbers,
    "dates": dates,
    "names": names,
}


def findings(statement: Statement) -> tuple[Reason, ...]:
    """Everything that the checks have against ``statement``, proofs and doubts.

    Words that point at nothing fail for that alone. The words of a passage itself always stand.
    """
    is_copied = any(passage.text == statement.text for passage in statement.passages)
    checks = CHECKS if statement.passages and not is_copied else (references,)
    return tuple(_graded(reason, statement) for check in checks for reason in check(statement))


def proofs(found: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Those of the reasons that decide."""
    return tuple(reason for reason in found if reason.grade == "proof")


def values_of(statement: Statement) -> tuple[CheckName, ...]:
    """Which of quotations, numbers, dates and names ``statement`` has that a proof compares: those
    that would be missing if its passages were empty."""
    nowhere = tuple(replace(each, start=0, end=0, text="") for each in statement.passages[:1])
    emptied = replace(statement, passages=nowhere)
    compared = _BY_VALUE.items() if nowhere else ()
    is_proof = PROOFS[statement.group]
    return tuple(name for name, check in compared if name in is_proof and check(emptied))


def _graded(reason: Reason, statement: Statement) -> Reason:
    is_proof = reason.grade == "proof" and reason.check in PROOFS[statement.group]
    return reason if is_proof else replace(reason, grade="doubt")
