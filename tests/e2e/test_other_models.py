"""Small windows, fallback models, silent judges, and reused briefings."""

from pathlib import Path

from bot.models.endpoint import Endpoint
from tests import model_server as server
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.readout import started_with_model
from tests.model_server import JUDGE, ModelServer, Says, Silence

GOOD = Says.draft(BRIEFING)
AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."
MADE_EARLIER = "Reused from an earlier request with the same sources and wishes"


async def test_a_prompt_over_the_window_is_shortened_and_asked_again(tmp_path: Path) -> None:
    async with (
        ModelServer(server.too_long_for_openai(6_000), GOOD) as model,
        started_with_model(tmp_path, Endpoint("fake", model.url)) as readout,
    ):
        reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert "AI-written" in reply.text


async def test_a_window_too_small_for_anything_gives_source_sentences(tmp_path: Path) -> None:
    async with (
        ModelServer(server.too_long_for_llama(512)) as model,
        started_with_model(tmp_path, Endpoint("fake", model.url)) as readout,
    ):
        reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert AGREED in reply.text
    assert "Not even one sentence fits what the model can read." in reply.text
    assert "SECRET" not in reply.text


async def test_if_the_first_model_fails_the_second_writes(tmp_path: Path) -> None:
    async with ModelServer(server.RATE_LIMIT) as first, ModelServer(GOOD) as second:
        models = Endpoint("first", first.url, retries=0), Endpoint("second", second.url)
        async with started_with_model(tmp_path, *models) as readout:
            reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert BOTTOM_LINE in reply.text
    assert "AI-written, checked against the source · second" in reply.text


async def test_if_both_models_fail_the_second_one_s_reason_is_given(tmp_path: Path) -> None:
    async with ModelServer(server.BROKEN) as first, ModelServer(server.QUOTA) as second:
        models = Endpoint("first", first.url, retries=0), Endpoint("second", second.url)
        async with started_with_model(tmp_path, *models) as readout:
            reply = await readout.ask(ASKED)
    assert len(reply.messages) == 1
    assert AGREED in reply.text
    assert "The account at the model's provider has no credit left." in reply.text
    assert "Quoted from the source, no model" in reply.text


async def test_a_silent_judge_does_not_delay_the_first_reply(tmp_path: Path) -> None:
    async with ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Silence(), about=JUDGE)
        endpoint = Endpoint("fake", model.url, read_timeout=6.0, retries=0)
        async with started_with_model(
            tmp_path, endpoint, settings={"READOUT_DEADLINE": 1}
        ) as readout:
            ts = readout.slack.say("Ana", "late", ASKED)
            await readout.slack.wait_for(
                lambda: "The model is still working." in readout.said(ts).text
            )
            reply = await readout.reply(ts)
    assert "with the model’s version" in reply.text
    assert BOTTOM_LINE in reply.text
    assert "were not judged: The model did not answer in time." in reply.text


async def test_a_briefing_of_pasted_text_is_reused_only_in_its_channel(tmp_path: Path) -> None:
    async with (
        ModelServer(Says.draft(BRIEFING)) as model,
        started_with_model(tmp_path, Endpoint("fake", model.url)) as readout,
    ):
        first = await readout.ask(ASKED, "one")
        again = await readout.ask(ASKED, "one", person="Ben")
        asked_so_far = len(model.requests)
        elsewhere = await readout.ask(ASKED, "other")
    assert all(BOTTOM_LINE in each.text for each in (first, again, elsewhere))
    assert [MADE_EARLIER in each.text for each in (first, again, elsewhere)] == [False, True, False]
    assert (asked_so_far, len(model.requests)) == (1, 2)
