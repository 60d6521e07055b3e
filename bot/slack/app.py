"""How is the bot connected to Slack: its client, its Bolt app, and the two ways to be reached?

One HTTP session serves all calls: without it the client opens a new connection for each. The
session is made inside the running loop, and carries the timeout, since the client's own is not
applied to a session given to it. Calls are sent again only where Slack said that it had not
taken them (429): a post whose answer was lost may well have been posted.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.ports import Exporter
from bot.slack.calling import method_of
from bot.slack.durable import Durable
from bot.slack.listeners import listen
from bot.slack.quiet_logs import quiet
from bot.slack.signatures import refuse_unsigned

EVENTS_PATH = "/slack/events"
HEALTH_PATH = "/healthz"
_CALL_SECONDS = 30.0


IsConnected = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Connection:
    """Where Slack is, and who we are there. ``api_url`` ends in ``/api/``."""

    api_url: str
    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None


@asynccontextmanager
async def slack_client(connection: Connection) -> AsyncIterator[AsyncWebClient]:
    """The client for every call, open until the block ends."""
    timeout = aiohttp.ClientTimeout(total=_CALL_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield AsyncWebClient(
            token=connection.bot_token,
            base_url=connection.api_url,
            session=session,
            retry_handlers=[_CountedRateLimit(max_retry_count=2)],
            logger=quiet("bot.slack.client"),
        )


def build_app(
    client: AsyncWebClient, connection: Connection, durable: Durable, exporter: Exporter
) -> AsyncApp:
    """The Bolt app, listening; it is reached once one of the two below runs."""
    app = AsyncApp(
        name="readout",
        client=client,
        signing_secret=connection.signing_secret,
        logger=quiet("bot.slack.bolt"),
        attaching_conversation_kwargs_enabled=False,
    )
    listen(app, durable, exporter)
    return app


@asynccontextmanager
async def run_socket_mode(app: AsyncApp, connection: Connection) -> AsyncIterator[IsConnected]:
    """Be reached through a connection that we open, until the block ends; whether it stands."""
    handler = AsyncSocketModeHandler(app, connection.app_token, web_client=app.client)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield handler.client.is_connected
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def run_http(app: AsyncApp, port: int, host: str | None = None) -> AsyncIterator[int]:
    """Be reached by signed requests at /slack/events, until the block ends; the port.

    ``host`` None stands for every interface of the machine.
    """
    runner = web.AppRunner(_web_application(app), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


class _CountedRateLimit(AsyncRateLimitErrorRetryHandler):
    """Waits as Slack asks, and counts that it had to."""

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        metrics.SLACK_REFUSALS.labels(method_of(request.url), "ratelimited").inc()
        await super().prepare_for_next_attempt_async(
            state=state, request=request, response=response, error=error
        )


def _web_application(app: AsyncApp) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def healthy(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    application = web.Application(middlewares=[refuse_unsigned])
    application.router.add_post(EVENTS_PATH, take)
    application.router.add_get(HEALTH_PATH, healthy)
    return application
