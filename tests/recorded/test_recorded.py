"""What readers are shown of what a strong model answered, through the real requests and checks."""

import json
import re
from collections.abc import Awaitable, Callable

import pytest

from bot.briefing.lines import Answer, Briefing, Line
from tests.recorded.cases import CASES, Case
from tests.recorded.replay import Replay, complaint, edited, recording

BY_NAME = {case.name: case for case in CASES}
Replayed = Callable[[str], Awaitable[Briefing | Answer]]
_LACKS = re.compile(r"\bnot (?:say|stated|mention|specif|given)|\bun(?:clear|known)\b")


@pytest.fixture
def replayed(pytestconfig: pytest.Config) -> Replayed:
    """What comes of a case with what is recorded for it."""

    async def outcome(name: str) -> Briefing | Answer:
        case, recorded = BY_NAME[name], recording(BY_NAME[name])
        answers = {key: json.dumps(each.answer) for key, each in recorded.items()}
        async with Replay(case, answers) as model:
            outcome = await case.play(model.url)
        if told := complaint(case, model):
            if edited(recorded) and not pytestconfig.getoption("--fresh"):
                pytest.skip(told)
            pytest.fail(told, pytrace=False)
        return outcome

    return outcome


def lines_of(outcome: Briefing | Answer) -> list[Line]:
    return list(outcome.lines() if isinstance(outcome, Briefing) else outcome.lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_every_line_shown_has_its_passages_and_was_judged(
    case: Case, replayed: Replayed
) -> None:
    outcome = await replayed(case.name)
    lines, receipt = lines_of(outcome), outcome.receipt
    to_judge = [line for line in lines if line.needs_judgement]
    for line in lines:
        assert line.evidence
        assert [case.document.text[each.start : each.end] for each in line.evidence] == [
            each.text for each in line.evidence
        ]
        assert not line.doubts
        assert not _LACKS.search(line.text)
    assert all(line.judge == "recorded" for line in to_judge)
    assert (receipt.engine, receipt.model) == ("openai", "recorded")
    assert (receipt.judged, receipt.unjudged) == (len(to_judge), 0)
    assert (receipt.lines, receipt.withheld) == (len(lines), len(outcome.withheld))
