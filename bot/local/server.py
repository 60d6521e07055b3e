"""How is a Slack on localhost started, and where is it found?"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.local.answers import answer_later
from bot.local.api import WebApi, bearer
from bot.local.api_files import take_upload
from bot.local.control import Control
from bot.local.delivery import Outbox
from bot.local.events import Events, Grants
from bot.local.files import download
from bot.local.guard import only_from_here
from bot.local.operations import Operations
from bot.local.page import Page, Tried
from bot.local.rules import Credentials, Rules
from bot.local.shapes import Shapes
from bot.local.socket_mode import SocketMode
from bot.local.state import State
from bot.local.workspace import Workspace


class LocalSlack(Operations):
    """A running Slack: its addresses and tokens, what people do in it, and what went on.

    The methods of ``People`` and ``Interactions`` act as a person, those of ``Operations`` on
    the platform.
    """

    @staticmethod
    @asynccontextmanager
    async def running(
        rules: Rules | None = None, port: int = 0, tried: Tried | None = None
    ) -> AsyncIterator["LocalSlack"]:
        """Serve on loopback until the block ends; port 0 takes any free one. The page is for
        people who try the app that ``tried`` tells of."""
        with socket.create_server(("127.0.0.1", port)) as listening:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            slack = _new_slack(url, rules or Rules())
            runner = web.AppRunner(_application(slack, tried or Tried()), shutdown_timeout=0.1)
            await runner.setup()
            await web.SockSite(runner, listening).start()
            try:
                yield slack
            finally:
                await slack.close()
                await runner.cleanup()


def _new_slack(url: str, rules: Rules) -> LocalSlack:
    app, state = Credentials(), State()
    sockets = SocketMode(app, rules, state.touch)
    outbox = Outbox(sockets, rules, state.touch)
    shapes = Shapes(state, app, url)
    events = Events(state, shapes, outbox, Grants(app, rules))
    return LocalSlack(Workspace(url, rules, app, state, shapes, outbox, events), sockets)


def _application(slack: LocalSlack, tried: Tried) -> web.Application:
    application = web.Application(client_max_size=64 * 1024**2, middlewares=[only_from_here])
    Page(slack, tried).add_to(application.router)
    api = WebApi(slack.workspace, slack.sockets)
    application.router.add_route("*", "/api/{method}", api.serve)
    application.router.add_get("/socket", slack.sockets.serve)
    control = Control(slack)
    application.router.add_post("/control/{action}", control.act)
    application.router.add_get("/control/{view}", control.look)

    async def serve_file(request: web.Request) -> web.Response:
        token_is_good = bearer(request) == slack.bot_token
        allowed = token_is_good and "files:read" in slack.workspace.rules.scopes
        return download(slack.state.files.get(request.match_info["file"]), allowed=allowed)

    async def take_file(request: web.Request) -> web.Response:
        taken = take_upload(slack.state, request.match_info["file"], await request.read())
        return web.Response(text="OK" if taken else "wrong size", status=200 if taken else 400)

    async def serve_response(request: web.Request) -> web.Response:
        key = request.match_info["key"]
        outcome = answer_later(slack.workspace, key, await request.json())
        return web.Response(text=outcome, status=200 if outcome == "ok" else 404)

    application.router.add_get("/files-pri/{file}/{rest:.*}", serve_file)
    application.router.add_post("/upload/{file}", take_file)
    application.router.add_post("/response/{key}", serve_response)
    return application
