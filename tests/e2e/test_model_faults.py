"""Whatever the model does, a mention gets one reply: a whole briefing, or an extracted one with the
reason. All cases run at the same time."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.models.endpoint import Endpoint
from tests import model_server as server
from tests.drafts import line
from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.readout import Readout, Reply, started_with_model
from tests.model_server import Breaks, ModelServer, Page, Says, Silence, Status, Step, cut

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = Says.draft(BRIEFING)
HALF = GOOD.text[: len(GOOD.text) // 2]
FENCED = Says(f"Here you are:\n```json\n{GOOD.text}\n```\n")
LIE = line("A4", "The works cost 13 million crowns.")
WITH_A_LIE = BRIEFING.model_copy(update={"figures": [], "key_points": [LIE, *BRIEFING.key_points]})
OF_THE_SOURCE = "agreed on Friday to share the water works by 1 March, if both councils consent."

BUSY = "rate-limit"

# The model's fault, and what the reply says about it.
FAULTS: Mapping[str, tuple[Step, str]] = {
    "refusal": (Says("I'm sorry.", refusal=True), "declined to write"),
    "truncation": (cut(GOOD, 0.5), "too long and was cut off"),
    "truncation-at-once": (cut(GOOD, 0.01), "too long and was cut off"),
    "invalid-json": (Says(HALF + "}"), "was not in the requested format"),
    "other-json": (Says('{"headline": 3}'), "was not in the requested format"),
    "prose": (Says("Here is my SECRET view."), "was not in the requested format"),
    "nothing": (Says(""), "The model's answer was empty."),
    BUSY: (server.RATE_LIMIT, "overloaded"),
    "quota": (server.QUOTA, "no credit left"),
    "error-500": (server.BROKEN, "failed (HTTP 500)"),
    "error-503": (Status(503, {"message": "SECRET"}), "failed (HTTP 503)"),
    "bad-key": (server.BAD_KEY, "refused the API key"),
    "unknown-model": (server.UNKNOWN_MODEL, "has no model"),
    "filter": (server.FILTERED, "content filter"),
    "filter-in-the-middle": (Says(HALF, finish="content_filter"), "content filter"),
    "silence": (Silence(), "did not answer in time"),
    "silence-in-the-middle": (Silence(text=HALF), "did not answer in time"),
    "cut-stream": (Breaks(HALF), "the connection dropped"),
    "cut-stream-at-once": (Breaks(), "the connection dropped"),
    "no-end": (Says(HALF, finish=None), "stopped in the middle"),
    "error-event": (Breaks(HALF, server.ERROR_EVENT), "reported an error"),
    "garbage-event": (Breaks(HALF, server.GARBAGE_EVENT), "isn't an answer"),
    "web-page": (Page(), "sent something that isn't an answer"),
}

# The model's steps, and the parameters that its endpoint rejects.
RECOVERABLE: Mapping[str, tuple[tuple[Step, ...], tuple[str, ...]]] = {
    "no-fault": ((GOOD,), ()),
    "rate-limit-for-a-moment": ((server.RATE_LIMIT_FOR_A_MOMENT, GOOD), ()),
    "one-error-500": ((server.BROKEN, GOOD), ()),
    "fenced-json": ((FENCED,), ()),
    "no-usage": ((Says(GOOD.text, usage=None),), ()),
    "no-stream-options": ((GOOD,), ("stream_options",)),
    "no-temperature": ((GOOD,), ("temperature",)),
    "no-json-schema": ((GOOD,), ("json_schema",)),
    "no-json-mode": ((FENCED,), ("json_schema", "json_object")),
}

# The model's fault when asked a question, and what the answer says about it.
ANSWER_FAULTS: Mapping[str, tuple[Step, str]] = {
    "refused-answer": (Says("No.", refusal=True), "declined to write"),
    "truncated-answer": (Says('{"lines": [{"evid', finish="length"), "cut off"),
    "answer-without-quota": (server.QUOTA, "no credit left"),
    "silent-answer": (Silence(), "did not answer in time"),
    "cut-answer": (Breaks('{"lines": ['), "the connection dropped"),
    "prose-answer": (Says("It is SECRET."), "was not in the requested format"),
}


@dataclass(frozen=True)
class BotWithModel:
    """A bot that writes with a model."""

    readout: Readout
    model: ModelServer

    def mention(self, case: str, *script: Step, rejects: tuple[str, ...] = ()) -> str:
        """Ask for a briefing for which the model follows that script."""
        marker = f"Our reporter wrote about {case}."
        self.model.play(*script, rejects=rejects, about=marker)
        return self.readout.slack.say("Ana", case, f"{ASKED}\n{marker}")

    def follow_up(self, case: str, root: str, question: str, step: Step) -> str:
        self.model.play(step, about=question)
        return self.readout.slack.say("Ana", case, question, thread_ts=root)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotWithModel]:
    async with ModelServer(GOOD) as model:
        endpoint = Endpoint(
            "fake", model.url, "sk-SECRET", read_timeout=16, total_timeout=120, retries=1
        )
        async with started_with_model(tmp_path_factory.mktemp("faults"), endpoint) as readout:
            yield BotWithModel(readout, model)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replies(bot: BotWithModel) -> dict[str, Reply]:
    """The replies, by case: one mention for each row of the tables."""
    asked = {case: bot.mention(case, fault[0]) for case, fault in FAULTS.items() if case != BUSY}
    for case, (script, rejects) in RECOVERABLE.items():
        asked[case] = bot.mention(case, *script, rejects=rejects)
    asked["lie"] = bot.mention("lie", Says.draft(WITH_A_LIE))
    asked["truth"] = bot.mention("truth", GOOD)
    roots = {case: bot.mention(case, GOOD) for case in ANSWER_FAULTS}
    await bot.readout.settled()
    for case, (step, _) in ANSWER_FAULTS.items():
        question = f"Who will pay the rest of the cost, asks {case}?"
        asked[case] = bot.follow_up(case, roots[case], question, step)
    question, answer = "What does Brook pay for this?", Says.draft(ANSWER)
    asked["answer"] = bot.follow_up("truth", asked["truth"], question, answer)
    await bot.readout.settled()
    # Nothing is sent to a busy endpoint for a while, so this comes last.
    asked[BUSY] = bot.mention(BUSY, FAULTS[BUSY][0])
    await bot.readout.settled()
    return {case: bot.readout.said(ts) for case, ts in asked.items()}


@pytest.mark.parametrize("case", FAULTS)
async def test_a_model_fault_gives_one_briefing_that_says_why(
    replies: dict[str, Reply], case: str
) -> None:
    reply = replies[case]
    assert len(reply.messages) == 1
    assert FAULTS[case][1] in reply.text
    assert BOTTOM_LINE in reply.text or OF_THE_SOURCE in reply.text
    assert "Key points" in reply.text
    assert "Full briefing" in reply.buttons


@pytest.mark.parametrize("case", RECOVERABLE)
async def test_a_recoverable_fault_gives_one_whole_briefing_by_the_model(
    replies: dict[str, Reply], case: str
) -> None:
    reply = replies[case]
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert "“It is a fair price,” — Mara Lind, mayor of Brook" in reply.text
    assert "AI-written" in reply.text
    assert OF_THE_SOURCE not in reply.text


@pytest.mark.parametrize("case", ANSWER_FAULTS)
async def test_a_model_fault_in_an_answer_is_replaced_by_source_passages(
    replies: dict[str, Reply], case: str
) -> None:
    reply = replies[case]
    assert len(reply.messages) == 1
    assert "Brook will pay a third of the cost, and Ansel the rest." in reply.text
    assert ANSWER_FAULTS[case][1] in reply.text
    assert "Quoted from the source, no model" in reply.text


async def test_a_line_not_supported_by_its_passage_is_withheld(
    replies: dict[str, Reply],
) -> None:
    assert "13 million" not in replies["lie"].text
    assert "1 withheld" in replies["lie"].text


async def test_a_model_s_answer_has_its_passage(replies: dict[str, Reply]) -> None:
    assert "Brook will pay a third of the cost. A5" in replies["answer"].text


@pytest.mark.usefixtures("replies")
async def test_no_error_text_of_an_endpoint_and_no_key_is_sent_to_slack(bot: BotWithModel) -> None:
    assert "SECRET" not in str([call.args for call in bot.readout.slack.calls])


@pytest.mark.usefixtures("replies")
async def test_no_thread_is_left_with_a_status(bot: BotWithModel) -> None:
    assert bot.readout.slack.state.statuses == {}
