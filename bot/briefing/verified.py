"""How was a line verified: which parts were compared, and which model judged it?

In the few words that fit next to a line, or once if it is the same for all.
"""

from collections.abc import Sequence

from bot.briefing.catalogue import Catalogue
from bot.briefing.harmless import harmless
from bot.briefing.lines import Answer, Briefing, CheckName, Line, Reason, Receipt
from bot.briefing.verification import Verifier

_OF_JUDGES: tuple[CheckName, ...] = ("judge", "second_opinion")


def verified(
    outcome: Briefing | Answer, lines: Sequence[Line], fixed: Catalogue
) -> tuple[list[str], list[str]]:
    """What is so of all ``lines`` of a reply, as sentences, and what is so of each besides."""
    verifier = Verifier(outcome.documents, outcome.language)
    proved = [_proved(line, verifier, fixed) for line in lines]
    at_the_top: list[str] = []
    if len(lines) > 1 and len(set(proved)) == 1 and proved[0]:
        at_the_top.append(fixed.every_line.format(how=proved[0]))
        proved = [""] * len(lines)
    judges = _judges(outcome, lines)
    if len(judges) == 1:
        (judge,) = judges
        how = fixed.judged_by.format(model=judge) if judge else fixed.not_judged
        at_the_top.append(fixed.own_lines.format(how=how))
    judged = [_judged(line, fixed) if len(judges) > 1 else "" for line in lines]
    each = ("; ".join(filter(None, told)) for told in zip(proved, judged, strict=True))
    return at_the_top, list(each)


def is_left_out(line: Line, receipt: Receipt) -> bool:
    """Whether nobody judged ``line``, while others of a model were judged."""
    is_open = line.needs_judgement and line.judge is None and not line.is_edited
    return receipt.engine == "openai" and bool(receipt.judged) and is_open


def objections(reasons: Sequence[Reason], fixed: Catalogue) -> str:
    """What is against a line: a check's proof, the judge's words, or what nobody decided."""
    judged, doubts, proofs = list[Reason](), list[Reason](), list[Reason]()
    for each in reasons:
        is_doubt = each.grade == "doubt"
        (judged if each.check in _OF_JUDGES else doubts if is_doubt else proofs).append(each)
    told = [fixed.refused_by_check.format(why=_named(proofs, fixed))] if proofs else []
    said = (fixed.quote(harmless(each.message)) for each in judged)
    told += [fixed.refused_by_judge.format(why=each) for each in said]
    told += [fixed.in_doubt.format(why=_named(doubts, fixed))] if doubts else []
    return "\n".join(told)


def _proved(line: Line, verifier: Verifier, fixed: Catalogue) -> str:
    if not line.is_verified:
        return ""
    if line.is_source_wording:
        return fixed.word_for_word
    names = [fixed.checks.get(check, check) for check in verifier.compared(line)]
    return fixed.compared.format(checks=fixed.listed(names)) if names else ""


def _judges(outcome: Briefing | Answer, lines: Sequence[Line]) -> set[str | None]:
    """Who judged the lines that a model wrote, with None for a line that nobody judged. Of a reply
    of an early version that is not known."""
    receipt = outcome.receipt
    if receipt.engine != "openai" or not (receipt.judged or receipt.unjudged):
        return set()
    return {line.judge for line in lines if line.needs_judgement and not line.is_edited}


def _judged(line: Line, fixed: Catalogue) -> str:
    """Who judged ``line``, where that is not the same for all that a model wrote."""
    if not line.needs_judgement or (line.is_edited and line.judge is None):
        return ""
    return fixed.judged_by.format(model=line.judge) if line.judge else fixed.not_judged


def _named(reasons: Sequence[Reason], fixed: Catalogue) -> str:
    """The reasons, which are in English; in another language the names of the checks."""
    if fixed.checks:
        return ", ".join(dict.fromkeys(fixed.checks[each.check] for each in reasons))
    return " ".join(harmless(each.message) for each in reasons)
