"""A model that reads less than was thought, and one that is asked where the first one fails."""

from pathlib import Path

import pytest

from bot.models.endpoint import Endpoint
from tests import model_server as server
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.readout import asking
from tests.model_server import ModelServer, Says, Status, Step

GOOD = Says.draft(BRIEFING)
AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."
VLLM = "This model's maximum context length is 6000 tokens, and your request has 99000 input tokens"


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(server.too_long_for_openai(6_000), id="openai"),
        pytest.param(server.too_long_for_llama(6_000), id="llama.cpp"),
        pytest.param(Status(400, {"message": VLLM, "type": "BadRequestError"}), id="vllm"),
        pytest.param(Status(413, {"message": "SECRET"}), id="a proxy"),
    ],
)
async def test_a_prompt_over_the_window_is_shortened_and_asked_again(
    tmp_path: Path, refusal: Status
) -> None:
    async with (
        ModelServer(refusal, GOOD) as model,
        asking(tmp_path, Endpoint("fake", model.url)) as readout,
    ):
        reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert "AI-written" in reply.text


async def test_a_window_that_holds_nothing_ends_in_sentences_of_the_source(tmp_path: Path) -> None:
    async with (
        ModelServer(server.too_long_for_llama(512)) as model,
        asking(tmp_path, Endpoint("fake", model.url)) as readout,
    ):
        reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert AGREED in reply.text
    assert "Not even one sentence fits what the model can read." in reply.text
    assert "SECRET" not in reply.text


@pytest.mark.parametrize(
    "step",
    [server.RATE_LIMIT, server.QUOTA, server.BROKEN, Says(""), server.UNKNOWN_MODEL],
    ids=["rate-limit", "quota", "error-500", "nothing", "unknown-model"],
)
async def test_where_the_first_model_fails_the_second_one_writes(
    tmp_path: Path, step: Step
) -> None:
    async with ModelServer(step) as first, ModelServer(GOOD) as second:
        models = Endpoint("first", first.url, retries=0), Endpoint("second", second.url)
        async with asking(tmp_path, *models) as readout:
            reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert "AI-written, checked against the source · second" in reply.text


async def test_where_both_models_fail_the_second_one_s_reason_is_told(tmp_path: Path) -> None:
    async with ModelServer(server.BROKEN) as first, ModelServer(server.QUOTA) as second:
        models = Endpoint("first", first.url, retries=0), Endpoint("second", second.url)
        async with asking(tmp_path, *models) as readout:
            reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert AGREED in reply.text
    assert "The account at the model's provider has no credit left." in reply.text
    assert "Quoted from the source, no model" in reply.text
