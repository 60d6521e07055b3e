"""How a reason names the passages that a line cites."""

from bot.briefing.checks.statement import Statement


def cited(statement: Statement) -> str:
    """The sentences cited, as in "A4", "A4 or A7", "A4, A7 or B1"."""
    names = list(dict.fromkeys(passage.reference for passage in statement.passages))
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
