"""The server of the simulated Slack on localhost, and who may use it."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox.slack.delivery import Delivery, HttpEvents
from sandbox.slack.methods import WebApi
from sandbox.slack.page import InstalledApp, Page
from sandbox.slack.people import People, use_response_url
from sandbox.slack.state import DEFAULT_TEAM, Fault, JsonObject, Rules

# Pages of other web sites in the same browser can send requests to 127.0.0.1, and under a domain
# that resolves to it (DNS rebinding) could read the answers too. Browsers say who is asking, in
# ``Host``, ``Origin`` and ``Sec-Fetch-Site``; programs omit the last two.

_HERE = ("127.0.0.1", "localhost")


@web.middleware
async def only_from_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse requests from pages of other sites, and under other names than this machine's."""
    if request.host.rpartition(":")[0] not in _HERE and request.host not in _HERE:
        raise web.HTTPForbidden(text="This server answers only at 127.0.0.1 and localhost.")
    origin = request.headers.get("Origin")
    is_foreign = origin is not None and origin != f"http://{request.host}"
    if is_foreign or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise web.HTTPForbidden(text="Requests from other sites are not allowed.")
    return await handler(request)


class LocalSlack(People):
    """A running Slack with its addresses and tokens.

    The methods of ``People`` act as a person, those here as the platform.
    """

    def __init__(self, url: str, rules: Rules) -> None:
        super().__init__(url, rules)
        self.api_url = f"{url}api/"
        self.bot_token = self.app.bot_token
        self.app_token = self.app.app_token
        self.signing_secret = self.app.signing_secret
        self.bot_user_id = self.app.bot_user_id
        self._http: HttpEvents | None = None

    @staticmethod
    @asynccontextmanager
    async def running(
        rules: Rules | None = None, port: int = 0, installed: InstalledApp | None = None
    ) -> AsyncIterator["LocalSlack"]:
        """Serve on loopback until the block ends; port 0 takes any free one. The page shows the
        ``installed`` app."""
        with socket.create_server(("127.0.0.1", port)) as listening:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            slack = LocalSlack(url, rules or Rules())
            runner = web.AppRunner(
                _application(slack, installed or InstalledApp()), shutdown_timeout=0.1
            )
            await runner.setup()
            await web.SockSite(runner, listening).start()
            try:
                yield slack
            finally:
                await slack.close()
                await runner.cleanup()

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything that was sent to the app, oldest first."""
        return self.outbox.deliveries

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next ``times`` calls of the method fail in this way."""
        self.faults.add(method, fault, times)

    def send_event(self, event: JsonObject, team: str = DEFAULT_TEAM) -> Delivery:
        """Send the app an event of any kind, such as ``{"type": "team_join"}``."""
        return self.events.send(team, event)

    async def use_http(self, request_url: str) -> bool:
        """Send everything to this URL from now on; returns whether it answered the challenge."""
        carrier = HttpEvents(self.app, self.rules, request_url)
        if self._http:
            await self._http.close()
        self._http = self.outbox.carrier = carrier
        return await carrier.verify_url()

    async def close(self) -> None:
        await self.outbox.close()
        await self.sockets.cut()
        if self._http:
            await self._http.close()


def _application(slack: LocalSlack, installed: InstalledApp) -> web.Application:
    application = web.Application(client_max_size=64 * 1024**2, middlewares=[only_from_here])
    Page(slack, installed).add_routes(application.router)
    api = WebApi(slack)
    application.router.add_route("*", "/api/{method}", api.serve)
    application.router.add_get("/files-pri/{file}/{rest:.*}", api.serve_file)
    application.router.add_post("/upload/{file}", api.take_upload)
    application.router.add_get("/socket", slack.sockets.serve)

    async def serve_response(request: web.Request) -> web.Response:
        key = request.match_info["key"]
        outcome = use_response_url(slack, key, await request.json())
        return web.Response(text=outcome, status=200 if outcome == "ok" else 404)

    application.router.add_post("/response/{key}", serve_response)
    return application
