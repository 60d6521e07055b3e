"""Does a line cite passages that exist, and that may support it?

A sentence that addresses a machine isn't evidence, whoever cites it.
"""

from bot.briefing.bearing import why_not
from bot.briefing.checks.statement import Statement
from bot.briefing.documents import Document, Passage
from bot.briefing.lines import Reason


def references(statement: Statement) -> list[Reason]:
    """One reason for every reference that leads nowhere or to what speaks to a machine, or for
    having none."""
    if not statement.references:
        return [Reason("references", "It cites no passage.")]
    missing = [
        f"There is no passage “{reference.strip()}”."
        for reference in statement.references
        if statement.library.find(reference) is None
    ]
    spoken = [
        f"{passage.reference} is addressed to AI tools."
        for passage in statement.passages
        if _speaks_to_machine(statement.library[passage.document], passage)
    ]
    return [Reason("references", fault) for fault in (*missing, *spoken)]


def _speaks_to_machine(document: Document, passage: Passage) -> bool:
    """Whether ``passage`` is of such a sentence; never where it is more than one sentence."""
    number = document.number_at(passage.start)
    is_of_one = any(passage.end <= span.end for span in document.sentences[number - 1 : number])
    return is_of_one and why_not(document, number) == "machine"
