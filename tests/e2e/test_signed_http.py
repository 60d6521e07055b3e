"""The bot over signed HTTP requests instead of a socket."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio

from bot.service.request_handler import help_text
from tests.e2e.articles import ASKED, WORKS, page
from tests.e2e.readout import Readout, shown, started
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."


@dataclass(frozen=True)
class HttpBot:
    """A bot and its address."""

    readout: Readout
    url: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[HttpBot]:
    site.gives("/works", page(WORKS))
    port = free_port()
    settings = {
        "READOUT_SLACK_MODE": "http",
        "READOUT_HTTP_PORT": port,
        "READOUT_FETCH_ALLOW": site.host,
    }
    async with started(tmp_path_factory.mktemp("http"), settings=settings) as readout:
        url = f"http://127.0.0.1:{port}"
        assert await readout.slack.use_http(f"{url}/slack/events"), "the challenge is answered"
        yield HttpBot(readout, url)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


async def test_a_mention_delivered_three_times_over_http_is_answered_once(bot: HttpBot) -> None:
    ts = bot.readout.slack.say("Ana", "desk", ASKED)
    bot.readout.slack.deliver_again(ts)
    bot.readout.slack.deliver_again(ts)
    reply = await bot.readout.reply(ts)
    assert len(reply.messages) == 1
    assert AGREED in reply.text


async def test_a_follow_up_and_its_evidence_work_over_http(bot: HttpBot) -> None:
    briefing = await bot.readout.ask(ASKED, "follow")
    answer = await bot.readout.ask("What did the works cost?", "follow", thread_ts=briefing.to)
    assert "“The works cost 12 million crowns.”" in answer.text
    bot.readout.slack.click("Ana", answer.ts, "Evidence")
    view = await bot.readout.slack.wait_for(lambda: bot.readout.slack.modal("Ana"))
    assert "The works cost 12 million crowns." in str(view.content)


async def test_a_direct_message_is_answered_over_http(bot: HttpBot) -> None:
    assert AGREED in (await bot.readout.ask(WORKS, "dm")).text


async def test_commands_are_answered_over_http(bot: HttpBot, site: Site) -> None:
    bot.readout.slack.command("Ana", "cmd", f"/brief {site.url('/works')}")
    await bot.readout.settled()
    _, briefing = bot.readout.slack.state.messages(bot.readout.slack.channel("cmd").id)
    assert AGREED in shown(briefing)
    bot.readout.slack.command("Ana", "cmd", "/brief help")
    await bot.readout.settled()
    *_, answer = bot.readout.slack.state.messages(bot.readout.slack.channel("cmd").id)
    assert shown(answer) == help_text(has_model=False)


async def test_the_shortcut_works_over_http(bot: HttpBot) -> None:
    ts = bot.readout.slack.say("Ben", "shortcut", WORKS)
    bot.readout.slack.shortcut("Ana", ts, "brief_message")
    assert AGREED in (await bot.readout.reply(ts)).text


async def test_a_request_without_slack_s_signature_is_refused(bot: HttpBot) -> None:
    before = len(bot.readout.slack.calls)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{bot.url}/slack/events", json={"type": "event_callback"}) as answer,
    ):
        assert answer.status == 401
    assert len(bot.readout.slack.calls) == before


async def test_the_http_health_check_answers(bot: HttpBot) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/healthz") as answer:
        assert answer.status == 200
