"""All checks, their findings on a statement, and what each finding counts as."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.briefing.checks.dates import dates
from bot.briefing.checks.meaning import (
    attribution,
    conditions,
    direction,
    hedges,
    negation,
    overstatement,
)
from bot.briefing.checks.names import names
from bot.briefing.checks.numbers import numbers
from bot.briefing.checks.quotations import quotations
from bot.briefing.checks.statement import Check, Group, Statement
from bot.briefing.documents import Document, Passage
from bot.briefing.lines import CheckName, Reason
from bot.briefing.machine_speech import unfit_reason
from bot.briefing.text import UNSPACED


def references(statement: Statement) -> list[Reason]:
    """One reason for every reference that leads nowhere or to a sentence that addresses a machine,
    or for having none."""
    if not statement.references:
        return [Reason("references", "It cites no passage.")]
    missing = [
        f"There is no passage “{reference.strip()}”."
        for reference in statement.references
        if statement.library.find(reference) is None
    ]
    unfit = [
        f"{passage.reference} is addressed to AI tools."
        for passage in statement.passages
        if _addresses_machine(statement.library[passage.document], passage)
    ]
    return [Reason("references", fault) for fault in (*missing, *unfit)]


def _addresses_machine(document: Document, passage: Passage) -> bool:
    """Whether ``passage`` is part of a sentence that addresses a machine; never if it is longer."""
    number = document.number_at(passage.start)
    is_of_one = any(passage.end <= span.end for span in document.sentences[number - 1 : number])
    return is_of_one and unfit_reason(document, number) == "machine"


_FEWEST_WORDS = 4

# A character of a script without spaces counts as a word.
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def words(statement: Statement) -> list[Reason]:
    """A reason if ``statement`` is not a sentence ("A1", as small models answer)."""
    if len(_WORD.findall(statement.text)) >= _FEWEST_WORDS:
        return []
    return [Reason("words", "It is too short to state anything.")]


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
"""The checks of a statement, in the order of their reasons."""

_EVERYWHERE: frozenset[CheckName] = frozenset(("references", "words", "quotations", "conditions"))
PROOFS: Mapping[Group, frozenset[CheckName]] = {
    "english": _EVERYWHERE | {"numbers", "dates", "names"},
    "listed": _EVERYWHERE | {"numbers", "dates", "names"},
    "unlisted": _EVERYWHERE | {"numbers", "dates", "names"},
    "translated": _EVERYWHERE | {"numbers", "dates"},
}
"""The checks whose findings are proofs; those of others are doubts. `readout eval` measures what
each refuses of a group's honest lines (at most one in two hundred) and how many wrong ones it
catches (at least ten)."""

_BY_VALUE: tuple[Check, ...] = (quotations, numbers, dates, names)
"""The checks of a detail, which is not a sentence."""


def findings(statement: Statement) -> tuple[Reason, ...]:
    """Everything that the checks have against ``statement``, proofs and doubts.

    If it has no passages or is copied from one, only its references are checked.
    """
    is_copied = any(passage.text == statement.text for passage in statement.passages)
    checks: Sequence[Check] = (references,)
    if statement.passages and not is_copied:
        checks = (references, *_BY_VALUE) if statement.is_detail else CHECKS
    return tuple(_graded(reason, statement) for check in checks for reason in check(statement))


def proofs(found: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The proofs among the reasons ``found``."""
    return tuple(reason for reason in found if reason.grade == "proof")


def compared_values(statement: Statement) -> tuple[CheckName, ...]:
    """The checks by value that had something of ``statement`` to compare and are proofs: those that
    would fail if its passages were empty."""
    nowhere = tuple(replace(each, start=0, end=0, text="") for each in statement.passages[:1])
    emptied = replace(statement, passages=nowhere)
    missing = (reason.check for check in _BY_VALUE if nowhere for reason in check(emptied))
    return tuple(dict.fromkeys(name for name in missing if name in PROOFS[statement.group]))


def _graded(reason: Reason, statement: Statement) -> Reason:
    is_proof = reason.grade == "proof" and reason.check in PROOFS[statement.group]
    return reason if is_proof else replace(reason, grade="doubt")
