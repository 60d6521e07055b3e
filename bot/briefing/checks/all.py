"""Which checks there are, and the reasons that they give together."""

from bot.briefing.checks.attribution import attribution
from bot.briefing.checks.conditions import conditions
from bot.briefing.checks.copying import copying
from bot.briefing.checks.dates import dates
from bot.briefing.checks.direction import direction
from bot.briefing.checks.hedges import hedges
from bot.briefing.checks.names import names
from bot.briefing.checks.negation import negation
from bot.briefing.checks.numbers import numbers
from bot.briefing.checks.quotations import quotations
from bot.briefing.checks.references import references
from bot.briefing.checks.statement import Check, Statement
from bot.briefing.checks.words import words
from bot.briefing.lines import Reason

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
    copying,
)
"""What is asked of a statement, in the order in which the reasons are told."""


def reasons(statement: Statement) -> tuple[Reason, ...]:
    """Every reason why ``statement`` does not stand; none where it does.

    Words that point at nothing fail for that alone. The words of a passage itself always stand.
    """
    is_copied = any(passage.text == statement.text for passage in statement.passages)
    checks = CHECKS if statement.passages and not is_copied else (references,)
    return tuple(reason for check in checks for reason in check(statement))
