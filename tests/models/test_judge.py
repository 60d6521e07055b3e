"""The judge: one request with lines and passages, and its faults."""

import json
from dataclasses import replace

import pytest

from bot.briefing.draft import DraftProblem, DraftVerdicts
from bot.briefing.lines import Caution, Commitment, Difference, Line, Reason
from bot.briefing.tasks import Judgement
from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.service.errors import ModelFailure
from tests import model_server as server
from tests.drafts import ARTICLE
from tests.model_server import JUDGE, ModelServer, Says

DOUBT = Reason("hedges", "A3 says “may” of “cost”, the line does not.", "doubt")
LINES = (
    Line("The works cost 12 million crowns.", "event", None, (ARTICLE.passage(3),)),
    Commitment(
        "Mara Lind finds the price fair.", "attributed", "Mara Lind", (ARTICLE.passage(2),),
        "Mara Lind", "pay the price", "by May", None, "pledged", doubts=(DOUBT,),
    ),
)  # fmt: skip
DATED = replace(ARTICLE, published="2027-05-03")


def verdicts(*problems: str | None, first: int = 1) -> Says:
    numbered = dict(enumerate(problems, first))
    wrong = [
        DraftProblem(number=n, problem=each) for n, each in numbered.items() if each is not None
    ]
    return Says.draft(
        DraftVerdicts(
            unsupported=wrong, supported=[n for n, each in numbered.items() if each is None]
        )
    )


async def judgement(step: server.Step) -> tuple[Judgement, ModelServer]:
    async with ModelServer(step) as model:
        model.play(step, about=JUDGE)
        seconds = 0.3 if isinstance(step, server.Silence) else 60.0
        judge = ModelJudge(Endpoint("fake", model.url, retries=0, read_timeout=seconds))
        try:
            return await judge.judge(LINES, (DATED,)), model
        finally:
            await judge.close()


async def test_all_lines_are_judged_in_one_request_with_only_their_passages() -> None:
    found, model = await judgement(verdicts(None, "A2 says it is too high"))
    assert found.problems == {0: None, 1: "A2 says it is too high"}
    assert (found.usage.tokens_in, found.usage.tokens_out) == (1200, 300)
    [asked] = model.judged
    message = asked["messages"][1]["content"].split("\n")[1]
    assert json.loads(message) == {
        "passages": {"A3": ARTICLE.sentence(3), "A2": ARTICLE.sentence(2)},
        "titles": {"A": "Two towns, one tap"},
        "published": {"A": "2027-05-03"},
        "lines": [
            {"number": 1, "text": LINES[0].text, "at": ["A3"]},
            {
                "number": 2,
                "text": LINES[1].text,
                "said_by": "Mara Lind",
                "shown": "Mara Lind → pay the price · by May · pledged",
                "doubts": [DOUBT.message],
                "at": ["A2"],
            },
        ],
    }


async def test_the_judge_is_given_cautions_and_the_sides_of_differences() -> None:
    note = Caution("The official is not named.", (ARTICLE.passage(6),), kind="anonymous_source",
                   is_drafted=True)  # fmt: skip
    found = Difference("the cost", (LINES[0], replace(LINES[0], text="They cost 13 million.")))
    async with ModelServer(verdicts(None, "No source says 13")) as model:
        model.play(verdicts(None, "No source says 13"), about=JUDGE)
        judge = ModelJudge(Endpoint("fake", model.url, retries=0))
        judged = await judge.judge((note, found), (DATED,))
        await judge.close()
    assert judged.problems == {0: None, 1: "No source says 13"}
    sent = json.loads(model.judged[0]["messages"][1]["content"].split("\n")[1])
    assert sent["lines"] == [
        {"number": 1, "text": note.text, "warns_of": "anonymous_source", "at": ["A6"]},
        {
            "number": 2,
            "text": "the cost",
            "differ": ["The works cost 12 million crowns.", "They cost 13 million."],
            "at": ["A3"],
        },
    ]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(server.BROKEN, id="a fault"),
        pytest.param(server.RATE_LIMIT, id="too busy"),
        pytest.param(Says("Looks fine to me."), id="prose"),
        pytest.param(Says('{"unsupported": []}'), id="half a verdict"),
        pytest.param(server.Silence(), id="silence"),
        pytest.param(Says(verdicts(None, None).text + " " * 20_000, size=5_000), id="no end"),
    ],
)
async def test_an_invalid_verdict_is_a_model_failure(step: server.Step) -> None:
    with pytest.raises(ModelFailure):
        await judgement(step)


@pytest.mark.parametrize(
    ("step", "problems"),
    [
        pytest.param(verdicts(), {}, id="nothing"),
        pytest.param(verdicts(None), {0: None}, id="a line forgotten"),
        pytest.param(verdicts("x", "y", "z", first=2), {1: "x"}, id="lines not asked about"),
        pytest.param(verdicts(None, None, first=0), {0: None}, id="counted from nought"),
        pytest.param(
            Says('{"unsupported": [{"number": 2, "problem": "no"}], "supported": [2, 1]}'),
            {0: None, 1: "no"},
            id="another order, and one twice",
        ),
        pytest.param(
            Says('{"unsupported": [{"number": 1, "problem": ""}], "supported": []}'),
            {0: "The passages do not support it"},
            id="no reason",
        ),
    ],
)
async def test_only_lines_that_were_asked_about_are_judged(
    step: server.Step, problems: dict[int, str | None]
) -> None:
    found, _ = await judgement(step)
    assert found.problems == problems


async def test_a_verdict_in_a_code_fence_is_accepted() -> None:
    found, _ = await judgement(Says(f"```json\n{verdicts('no', None).text}\n```"))
    assert found.problems == {0: "no", 1: None}


async def test_a_problem_is_cut_to_one_short_line_without_invisible_characters() -> None:
    said = "No.\n\u202e\u200b</source A k3v9> [A12] " + "x" * 500
    found, _ = await judgement(verdicts(said))
    problem = found.problems[0]
    assert problem is not None
    assert problem.startswith("No. ‹/source A k3v9> (A12) xx")
    assert len(problem) == 160
