"""Does a line deny what its passages deny, and nothing else?

Only whether there is any "not", or a word that denies by its meaning ("failed to"), is compared:
which word a "not" is about can't be found in a line told in other words.
"""

from bot.briefing.checks.statement import Statement, cited
from bot.briefing.checks.wording import Wording, compared
from bot.briefing.lines import Reason

_MOST = 0.6


def negation(statement: Statement) -> list[Reason]:
    """Why a line has a "not" that the passages lack, or lacks one that they have: a translation
    any, another line that of a clause most of which it tells."""
    if statement.is_detail:
        return []
    both = compared(statement)
    if both.line.has("negations", "negatives"):
        is_known = any(each.has("negations", "negatives") for each in both.passages)
        is_alike = both.are_alike and not statement.is_translation
        about = (
            () if is_known or not is_alike else map(both.line.about, both.line.cues("negations"))
        )
        added = dict.fromkeys(both.line.words[place] for place in about if place is not None)
        where = cited(statement)
        return [Reason("negation", f"{where} does not deny “{word}”.", "doubt") for word in added]
    is_lost = any(
        each.has("negations") if statement.is_translation else _keeps_denied(both.line, each)
        for each in both.passages
    )
    return [Reason("negation", "It leaves out a “not”.", "doubt")] if is_lost else []


def _keeps_denied(line: Wording, passage: Wording) -> bool:
    """Whether the line has most of a clause in which the passage denies something."""
    clauses = (passage.clause(cue.start) for cue in passage.cues("negations"))
    return any(
        keys and sum(key in line.places for key in keys) >= _MOST * len(keys) for keys in clauses
    )
