"""Does a line point at passages that exist?"""

from bot.briefing.checks.statement import Statement
from bot.briefing.lines import Reason


def references(statement: Statement) -> list[Reason]:
    """One reason for every reference that leads nowhere, or for having none."""
    if not statement.references:
        return [Reason("references", "It points at no passage.")]
    return [
        Reason("references", f"There is no passage “{reference.strip()}”.")
        for reference in statement.references
        if statement.library.find(reference) is None
    ]
