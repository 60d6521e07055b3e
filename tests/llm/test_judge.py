"""A second opinion: one request with lines and passages, and what comes of its faults."""

import json

import pytest

from bot.briefing.draft import DraftVerdict, DraftVerdicts
from bot.briefing.lines import Line
from bot.briefing.tasks import Opinion
from bot.errors import ModelFailure
from bot.llm.endpoint import Endpoint
from bot.llm.judge import OpenAIJudge
from tests import model_server as server
from tests.drafts import ARTICLE
from tests.model_server import ModelServer, Says

LINES = (
    Line("The works cost 12 million crowns.", "event", None, (ARTICLE.passage(3),)),
    Line("Mara Lind finds the price fair.", "attributed", "Mara Lind", (ARTICLE.passage(2),)),
)


def verdicts(*supported: bool) -> Says:
    lines = [DraftVerdict(number=n, supported=each) for n, each in enumerate(supported, 1)]
    return Says.draft(DraftVerdicts(lines=lines))


async def opinion(model: ModelServer) -> Opinion:
    judge = OpenAIJudge(Endpoint("fake", model.url, retries=0, read_timeout=0.3))
    try:
        return await judge.opinion(LINES)
    finally:
        await judge.close()


async def test_all_lines_are_judged_in_one_request_that_holds_nothing_but_them() -> None:
    async with ModelServer(verdicts(True, False)) as model:
        found = await opinion(model)
    assert found.unsupported == {1}
    assert (found.usage.tokens_in, found.usage.tokens_out) == (1200, 300)
    [asked] = model.requests
    message = asked["messages"][1]["content"].split("\n")[1]
    assert json.loads(message) == {
        "lines": [
            {"number": 1, "text": LINES[0].text, "passages": [ARTICLE.sentence(3)]},
            {
                "number": 2,
                "text": LINES[1].text,
                "said_by": "Mara Lind",
                "passages": [ARTICLE.sentence(2)],
            },
        ]
    }


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(server.BROKEN, id="a fault"),
        pytest.param(Says("Looks fine to me."), id="prose"),
        pytest.param(verdicts(True), id="a line forgotten"),
        pytest.param(Says('{"lines": [{"number": 1}]}'), id="no verdict"),
        pytest.param(server.Silence(), id="silence"),
    ],
)
async def test_without_an_opinion_on_every_line_there_is_none(step: server.Step) -> None:
    async with ModelServer(step) as model:
        with pytest.raises(ModelFailure):
            await opinion(model)


async def test_a_fenced_verdict_counts() -> None:
    async with ModelServer(Says(f"```json\n{verdicts(False, True).text}\n```")) as model:
        assert (await opinion(model)).unsupported == {0}
