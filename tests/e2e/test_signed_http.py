"""The same over signed HTTP requests."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio

from bot.service.request_handler import help_text
from tests.e2e.articles import ASKED, WORKS, page
from tests.e2e.house import House, shown, started
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."


@dataclass(frozen=True)
class Reached:
    """A bot that is reached at ``url``."""

    house: House
    url: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[Reached]:
    site.gives("/works", page(WORKS))
    port = free_port()
    settings = {
        "READOUT_SLACK_MODE": "http",
        "READOUT_HTTP_PORT": port,
        "READOUT_FETCH_ALLOW": site.host,
    }
    async with started(tmp_path_factory.mktemp("http"), settings=settings) as house:
        url = f"http://127.0.0.1:{port}"
        assert await house.slack.use_http(f"{url}/slack/events"), "the challenge is answered"
        yield Reached(house, url)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


async def test_a_mention_that_comes_three_times_is_answered_once(bot: Reached) -> None:
    ts = bot.house.slack.say("Ana", "desk", ASKED)
    bot.house.slack.deliver_again(ts)
    bot.house.slack.deliver_again(ts)
    reply = await bot.house.reply(ts)
    assert len(reply.messages) == 1
    assert AGREED in reply.text


async def test_a_follow_up_and_evidence(bot: Reached) -> None:
    briefing = await bot.house.ask(ASKED, "follow")
    answer = await bot.house.ask("What did the works cost?", "follow", thread_ts=briefing.to)
    assert "“The works cost 12 million crowns.”" in answer.text
    bot.house.slack.click("Ana", answer.ts, "Evidence")
    view = await bot.house.slack.wait_for(lambda: bot.house.slack.modal("Ana"))
    assert "The works cost 12 million crowns." in str(view.content)


async def test_a_direct_message(bot: Reached) -> None:
    assert AGREED in (await bot.house.ask(WORKS, "dm")).text


async def test_a_command(bot: Reached, site: Site) -> None:
    bot.house.slack.command("Ana", "cmd", f"/brief {site.url('/works')}")
    await bot.house.settled()
    _, briefing = bot.house.slack.state.messages(bot.house.slack.channel("cmd").id)
    assert AGREED in shown(briefing)
    bot.house.slack.command("Ana", "cmd", "/brief help")
    await bot.house.settled()
    *_, told = bot.house.slack.state.messages(bot.house.slack.channel("cmd").id)
    assert shown(told) == help_text(has_model=False)


async def test_the_shortcut(bot: Reached) -> None:
    ts = bot.house.slack.say("Ben", "shortcut", WORKS)
    bot.house.slack.shortcut("Ana", ts, "brief_message")
    assert AGREED in (await bot.house.reply(ts)).text


async def test_a_request_without_slack_s_signature_is_refused(bot: Reached) -> None:
    before = len(bot.house.slack.calls)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{bot.url}/slack/events", json={"type": "event_callback"}) as answer,
    ):
        assert answer.status == 401
    assert len(bot.house.slack.calls) == before


async def test_it_says_that_it_is_well(bot: Reached) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/healthz") as answer:
        assert answer.status == 200
