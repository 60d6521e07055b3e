"""What do the checks say about our own claims?"""

from functools import cache

from bot.briefing.checks.all import findings
from bot.briefing.checks.statement import Statement
from bot.briefing.documents import Library
from bot.evaluation.cases import Case, cases
from bot.evaluation.scores import Outcome, found_by


@cache
def own_outcomes() -> tuple[Outcome, ...]:
    """What they say of each, in the order of `cases`."""
    return tuple(map(_outcome, cases()))


def _statement(case: Case) -> Statement:
    """What the checks are given of a claim."""
    document = case.article.document
    passages = tuple(document.passage(number) for number in case.numbers)
    return Statement(
        case.change.text,
        tuple(passage.reference for passage in passages),
        passages,
        Library((document,)),
        case.language,
        is_translation=case.language != document.language,
    )


def _outcome(case: Case) -> Outcome:
    said = _statement(case)
    found = findings(said)
    return Outcome(
        case.kind,
        said.group,
        case.is_supported,
        found_by(found, "proof"),
        found_by(found, "doubt"),
        claim=case.change.text,
    )
