"""The Bolt app, and the two ways in which it receives what Slack sends."""

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.service import metrics
from bot.service.intake import Intake
from bot.service.ports import Exporter, HomeMemory
from bot.slack.access import Access
from bot.slack.actions import Actions
from bot.slack.client import CALL_SECONDS, Connection, RateLimitedClient, quiet_logger, try_call
from bot.slack.event_inbox import EventInbox
from bot.slack.evidence import EvidenceListeners
from bot.slack.home import HomeTab
from bot.slack.interactions import FAULT, on_submit
from bot.slack.listeners import Commands, MentionListeners
from bot.slack.payloads import JsonObject
from bot.slack.reminders import ReminderListeners
from bot.slack.settings import DigestListeners, SettingsListeners
from bot.slack.sharing import Exports
from bot.slack.stories import STORY_COMMAND, StoryListeners

# Does a request carry a signature at all?
#
# Only Bolt can say whether it is Slack's. But a timestamp that is no number, or a signature that is
# no hexadecimal, raises in slack_sdk and becomes a 500 with a traceback; here it is a 401.

_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)

EVENTS_PATH = "/slack/events"
HEALTH_PATH = "/healthz"
SHORTCUT = "brief_message"
_ANYTHING = re.compile(r".*", re.DOTALL)
_ANSWERED = ("block_actions", "message_action")

_log = logging.getLogger(__name__)

IsConnected = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class SlackApp:
    bolt: AsyncApp
    events: EventInbox


def build_app(
    client: RateLimitedClient,
    connection: Connection,
    intake: Intake,
    exporter: Exporter,
    memory: HomeMemory,
) -> SlackApp:
    """The app with all its listeners. `run_socket_mode` or `run_http` connects it to Slack."""

    async def arrive(
        context: AsyncBoltContext, body: JsonObject, next_: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        # Bolt makes a client for each request, which would know nothing of the others' calls.
        context["client"] = client
        if body.get("type") != "event_callback":
            await next_()
            return None
        if not _is_our_message(body, context.user_id):
            with metrics.ACKNOWLEDGED.time():
                await events.keep(body)
        return BoltResponse(status=200)

    app = AsyncApp(
        name="readout",
        client=client,
        signing_secret=connection.signing_secret,
        before_authorize=arrive,
        logger=quiet_logger("bot.slack.bolt"),
        attaching_conversation_kwargs_enabled=False,
    )
    access, exports = Access(memory.rules, memory.channels), Exports(exporter)
    home = HomeTab(memory, intake, client)
    settings = SettingsListeners(access, memory)
    digests = DigestListeners(access, memory)
    reminding = ReminderListeners(access, intake, memory, exports)
    stories = StoryListeners(access, intake, memory, exports)
    actions = Actions(access, intake, memory, reminding, stories)
    for each in (home, settings, digests, reminding, stories, actions, EvidenceListeners(intake)):
        each.listen(app)
    commands: Commands = (
        (re.compile("settings", re.IGNORECASE), settings.open),
        (re.compile("digest", re.IGNORECASE), digests.open),
        (re.compile("due", re.IGNORECASE), reminding.open),
        (STORY_COMMAND, stories.search),
    )
    mentions = MentionListeners(intake, access, memory, home, client, commands)
    app.command(_ANYTHING)(on_submit(mentions.command))
    app.message_shortcut(SHORTCUT)(on_submit(mentions.shortcut))
    # The first listener that matches is called, so these get what is left.
    app.action(_ANYTHING)(_unknown)
    app.shortcut(_ANYTHING)(_unknown)
    app.view(_ANYTHING)(_unknown)
    app.error(_failed)
    events = EventInbox(intake.inbox, mentions.event)
    return SlackApp(app, events)


async def _failed(error: Exception, body: JsonObject, respond: AsyncRespond) -> None:
    """Log a fault of ours. Slack itself reports a failed command or modal, but somebody who pressed
    a button under a message would hear nothing."""
    _log.error("a listener failed", exc_info=error)
    if body.get("type") in _ANSWERED and body.get("response_url"):
        await try_call(respond(FAULT, response_type="ephemeral", replace_original=False))


async def _unknown(ack: AsyncAck) -> None:
    """A button of a version that is gone, or something that is not ours."""
    await ack()


def _is_our_message(body: JsonObject, person: str | None) -> bool:
    """Whether we said it ourselves: several messages for each reply, which ask nothing of us."""
    event, to_whom = body.get("event"), body.get("authorizations") or ()
    is_message = isinstance(event, dict) and event.get("type") == "message"
    return is_message and person in [each.get("user_id") for each in to_whom if each.get("is_bot")]


@asynccontextmanager
async def run_socket_mode(app: SlackApp, connection: Connection) -> AsyncIterator[IsConnected]:
    """Receive events through a connection that we open, until the block ends. Yields a function
    that says whether we are connected."""
    bolt = app.bolt
    handler = AsyncSocketModeHandler(bolt, connection.app_token, web_client=bolt.client)
    await _address_each_try(handler.client)
    async with app.events.handling():
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
            yield handler.client.is_connected
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]


async def _address_each_try(client: SocketModeClient) -> None:
    """Have ``client`` ask for a new address after each try, and end a try in time. An address works
    only once: with the one of a failed try it would never connect again."""

    async def is_used(*_: object) -> None:
        client.wss_uri = None

    tries = aiohttp.TraceConfig()
    tries.on_request_start.append(is_used)
    await client.aiohttp_client_session.close()
    client.aiohttp_client_session = aiohttp.ClientSession(
        trace_configs=[tries], timeout=aiohttp.ClientTimeout(total=CALL_SECONDS)
    )


@asynccontextmanager
async def run_http(app: SlackApp, port: int, host: str | None = None) -> AsyncIterator[int]:
    """Receive events as signed requests at /slack/events, until the block ends. Yields the port.

    ``host`` None stands for every interface of the machine.
    """
    runner = web.AppRunner(_web_application(app.bolt), access_log=None)
    await runner.setup()
    async with app.events.handling():
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
            yield int(runner.addresses[0][1])
        finally:
            await runner.cleanup()


def _web_application(app: AsyncApp) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            return web.json_response({"error": "invalid request"}, status=401)
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def healthy(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    application = web.Application()
    application.router.add_post(EVENTS_PATH, take)
    application.router.add_get(HEALTH_PATH, healthy)
    return application
