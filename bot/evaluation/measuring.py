"""What do the checks say of our own claims?"""

from functools import cache

from bot.briefing.checks.all import findings
from bot.briefing.checks.statement import Statement
from bot.briefing.documents import Library
from bot.evaluation.cases import Case, cases
from bot.evaluation.scores import Outcome


@cache
def own_outcomes() -> tuple[Outcome, ...]:
    """What they say of each, in the order of `cases`."""
    return tuple(_outcome(case) for case in cases())


def statement(case: Case) -> Statement:
    """What the checks are given of a claim."""
    document = case.article.document
    passages = tuple(document.passage(number) for number in case.numbers)
    return Statement(
        case.change.text,
        tuple(passage.reference for passage in passages),
        passages,
        Library((document,)),
        case.article.language,
        voice=case.change.voice,
        speaker=case.change.speaker,
    )


def _outcome(case: Case) -> Outcome:
    failed = frozenset(reason.check for reason in findings(statement(case)))
    return Outcome(case.kind, case.article.language, case.is_supported, failed, case.change.text)
