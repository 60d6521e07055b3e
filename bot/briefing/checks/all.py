"""Which checks there are, and the reasons that they give together."""

from bot.briefing.checks.names import names
from bot.briefing.checks.numbers import numbers
from bot.briefing.checks.quotations import quotations
from bot.briefing.checks.references import references
from bot.briefing.checks.statement import Check, Statement
from bot.briefing.checks.words import words
from bot.briefing.lines import Reason

CHECKS: tuple[Check, ...] = (words, quotations, numbers, names)
"""What is asked of words that have a passage, in the order in which reasons are told."""


def reasons(statement: Statement) -> tuple[Reason, ...]:
    """Every reason why ``statement`` does not stand; none where it does.

    Words that point at nothing fail for that alone. The words of a passage itself always stand.
    """
    astray = references(statement)
    if not statement.passages or any(p.text == statement.text for p in statement.passages):
        return tuple(astray)
    return (*astray, *(reason for check in CHECKS for reason in check(statement)))
