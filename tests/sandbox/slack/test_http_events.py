"""The real Bolt app, behind its aiohttp adapter, accepts signed requests only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import unused_port

from sandbox.slack import LocalSlack, Rules
from tests.sandbox.slack.conftest import Heard, Start, bolt_app

QUICK = Rules(ack_seconds=60.0, retry_delays=(0.0, 0.0))


@asynccontextmanager
async def serving(application: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    port = unused_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        await runner.cleanup()


def application(heard: Heard) -> web.Application:
    made: web.Application = heard.app.web_app("/slack/events")
    return made


async def test_bolt_verifies_the_signature_and_receives_events(start: Start) -> None:
    slack = await start(QUICK)
    heard = bolt_app(slack)
    async with serving(application(heard)) as url:
        assert await slack.use_http(url)
        ts = slack.say("ana", "#news", "@readout hello")
        await slack.wait_for(lambda: slack.replies(ts))
    assert sorted(heard.kinds()) == ["app_mention", "message"]


async def test_with_a_wrong_secret_nothing_is_received(start: Start) -> None:
    slack = await start(QUICK)
    slack.signing_secret = "another"
    heard = bolt_app(slack)
    async with serving(application(heard)) as url:
        assert not await slack.use_http(url)
        slack.say("ana", "#news", "hello")
        await slack.wait_for(lambda: slack.deliveries[0].given_up)
    assert heard.events == []
    assert slack.deliveries[0].attempts == 3


async def test_a_retry_says_its_number_and_reason(start: Start) -> None:
    slack = await start(QUICK)
    seen: list[tuple[str | None, str | None]] = []

    async def fail(request: web.Request) -> web.Response:
        headers = request.headers
        seen.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        return web.Response(status=500)

    failing = web.Application()
    failing.router.add_post("/slack/events", fail)
    async with serving(failing) as url:
        await slack.use_http(url)
        seen.clear()
        slack.say("ana", "#news", "hello")
        await slack.wait_for(lambda: slack.deliveries[0].given_up)
    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_a_command_is_sent_as_a_form(start: Start) -> None:
    slack = await start(QUICK)
    heard = bolt_app(slack)

    @heard.app.command("/brief")
    async def brief(ack, body) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        await ack(f"reading {body['text']}")

    async with serving(application(heard)) as url:
        await slack.use_http(url)
        slack.command("ana", "#news", "/brief https://example.org/?a=1&b=2")
        channel = slack.channel("#news").id
        answer = (await slack.wait_for(lambda: slack.state.messages(channel)))[0]
    assert answer.text == "reading https://example.org/?a=1&b=2"
    assert answer.seen_by == slack.person("ana").id


async def test_an_address_without_a_server_is_a_failed_delivery(start: Start) -> None:
    slack: LocalSlack = await start(QUICK)
    await slack.use_http(f"http://127.0.0.1:{unused_port()}/")
    slack.say("ana", "#news", "hello")
    await slack.wait_for(lambda: slack.deliveries[0].given_up)
    assert slack.deliveries[0].acked_at == 0
