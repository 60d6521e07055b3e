"""Health and metrics of both processes, while mentions are answered."""

import asyncio
import json
import re
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bot.models.endpoint import Endpoint
from sandbox.slack import Fault
from tests.e2e.articles import ASKED, BRIEFING
from tests.e2e.processes import two_free_ports
from tests.e2e.readout import SECONDS, Readout, started_with_model
from tests.model_server import BAD_KEY, ModelServer, Says

pytestmark = pytest.mark.asyncio(loop_scope="module")

MODEL = "metered-1"
Figures = dict[str, float]


class MeteredBot:
    """A bot and what it serves at its two ports."""

    def __init__(self, readout: Readout, model: ModelServer, port: int) -> None:
        self.readout = readout
        self.model = model
        self.working, self.listening = port, port + 1

    @staticmethod
    async def at(port: int, path: str) -> tuple[int, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            return answer.status, await answer.text()

    async def figures(self, port: int) -> Figures:
        _, text = await self.at(port, "/metrics")
        found = re.findall(r"^(readout_.+) (\S+)$", text, re.MULTILINE)
        return {name: float(value) for name, value in found}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MeteredBot]:
    port, folder = two_free_ports(), tmp_path_factory.mktemp("metrics")
    async with ModelServer(Says.draft(BRIEFING)) as model:
        endpoint = Endpoint(MODEL, model.url, price_input=1.0, price_output=2.0)
        settings = {"READOUT_METRICS_PORT": port}
        async with started_with_model(folder, endpoint, settings=settings) as readout:
            yield MeteredBot(readout, model, port)


def changes(before: Figures, after: Figures) -> Figures:
    """The metrics that changed, and by how much."""
    growth = {name: value - before.get(name, 0.0) for name, value in after.items()}
    return {name: by for name, by in growth.items() if by}


async def test_both_processes_are_alive_and_ready(bot: MeteredBot) -> None:
    for port in (bot.working, bot.listening):
        assert (await bot.at(port, "/healthz"))[0] == 200
    assert await bot.at(bot.listening, "/readyz") == (200, '{"slack": true, "database": true}')
    verdicts = '{"database": true, "queue": true, "listening": true}'
    assert await bot.at(bot.working, "/readyz") == (200, verdicts)


async def test_a_briefing_is_counted_from_its_mention_to_its_reply(bot: MeteredBot) -> None:
    heard, done = await bot.figures(bot.listening), await bot.figures(bot.working)
    await bot.readout.ask(ASKED)
    heard = changes(heard, await bot.figures(bot.listening))
    done = changes(done, await bot.figures(bot.working))

    assert heard['readout_mentions_total{outcome="new"}'] == 1
    assert heard['readout_mentions_total{outcome="again"}'] == 1, "it comes as two events"
    assert heard["readout_acknowledge_seconds_count"] >= 2
    assert heard["readout_first_sign_seconds_count"] == 1
    assert done['readout_replies_total{kind="briefing"}'] == 1
    assert done["readout_reply_seconds_count"] == 1
    assert done['readout_step_seconds_count{step="write"}'] == 1
    assert done["readout_queue_wait_seconds_count"] == 1
    assert 0 <= done["readout_queue_wait_seconds_sum"] <= done["readout_reply_seconds_sum"]
    assert done['readout_job_seconds_count{outcome="done"}'] == 1
    asked = f'kind="briefing",model="{MODEL}"'
    assert done[f'readout_model_requests_total{{{asked},outcome="ok"}}'] == 1
    judged = f'kind="judge",model="{MODEL}"'
    requests = 1 + done[f'readout_model_requests_total{{{judged},outcome="ok"}}']
    assert requests > 1
    assert done[f'readout_model_tokens_total{{direction="in",model="{MODEL}"}}'] == 1200 * requests
    cost = requests * (1200 * 1.0 + 300 * 2.0) / 1_000_000
    assert done[f'readout_model_cost_usd_total{{model="{MODEL}"}}'] == pytest.approx(cost)


async def test_failures_are_counted_by_kind(bot: MeteredBot) -> None:
    before = await bot.figures(bot.working)
    bot.model.play(BAD_KEY)
    bot.readout.slack.fail("chat.postMessage", Fault(error="invalid_blocks"))
    bot.readout.slack.fail("chat.update", Fault(error="invalid_blocks"))
    await bot.readout.ask(f"{ASKED}\nThe clerk took a copy.", "other")
    figures = changes(before, await bot.figures(bot.working))

    assert figures['readout_model_faults_total{reason="HTTP 401"}'] == 1
    asked = f'kind="briefing",model="{MODEL}"'
    assert figures[f'readout_model_requests_total{{{asked},outcome="failed"}}'] == 1
    refused = [name for name in figures if name.startswith("readout_slack_refusals_total")]
    assert (
        'readout_slack_refusals_total{code="invalid_blocks",method="chat.postMessage"}' in refused
    )


async def test_nobody_is_named_in_the_metrics(bot: MeteredBot) -> None:
    slack = bot.readout.slack
    named = [slack.person("Ana").id, "C0000", "Ana", "desk", "clerk", slack.bot_token]
    for port in (bot.working, bot.listening):
        _, text = await bot.at(port, "/metrics")
        assert [each for each in named if each in text] == []


async def test_without_a_connection_to_slack_readout_is_not_ready(bot: MeteredBot) -> None:
    slack = bot.readout.slack
    slack.fail("apps.connections.open", Fault(error="internal_error"), times=99)
    await slack.sockets.cut()
    async with asyncio.timeout(SECONDS):
        while (await bot.at(bot.listening, "/readyz"))[0] != 503:
            await asyncio.sleep(0.02)
    assert json.loads((await bot.at(bot.listening, "/readyz"))[1])["slack"] is False
    assert json.loads((await bot.at(bot.working, "/readyz"))[1])["listening"] is False
