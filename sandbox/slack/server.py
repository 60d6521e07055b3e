"""How is a Slack on localhost started, found and driven?"""

import asyncio
import base64
import dataclasses
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox.slack.calls import Workspace
from sandbox.slack.delivery import Events, Grants, Outbox, Shapes, SocketMode
from sandbox.slack.methods import WebApi, bearer, take_upload
from sandbox.slack.page import Operations, Page, Tried
from sandbox.slack.people import answer_later, transcript
from sandbox.slack.state import (
    Credentials,
    Fault,
    JsonObject,
    LocalFile,
    Rules,
    State,
    StoredFile,
    download,
)

# Who may talk to a server that is meant only for this machine?
#
# A page of some web site runs in the same browser: it can send requests to 127.0.0.1, and with a
# name of its own that leads there (DNS rebinding) it could read the answers as well. Browsers say
# who is asking, in ``Host``, ``Origin`` and ``Sec-Fetch-Site``; programs omit the last two.

_HERE = ("127.0.0.1", "localhost")


@web.middleware
async def only_from_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse what another site's page, or another name than this machine's, asks for."""
    if request.host.rpartition(":")[0] not in _HERE and request.host not in _HERE:
        raise web.HTTPForbidden(text="This server answers only at 127.0.0.1 and localhost.")
    origin = request.headers.get("Origin")
    is_foreign = origin is not None and origin != f"http://{request.host}"
    if is_foreign or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise web.HTTPForbidden(text="Requests from other sites are not allowed.")
    return await handler(request)


# How does another process drive this Slack and look into it?
#
# ``POST /control/<action>`` with the arguments of the Python method of that name as JSON; ``GET
# /control/<view>``. Answers are JSON, errors are status 400 with a sentence.

LONGEST_WAIT = 60.0
# The methods of the Slack whose arguments are words and numbers.
_AS_THEY_ARE = frozenset(
    {
        *("channel", "click", "command", "delete", "deliver_again", "edit", "end_stream"),
        *("global_shortcut",),
        *("invite_bot", "open_home", "other_bot", "permalink", "person", "remove_bot", "replies"),
        *("shortcut", "status", "stop", "unfurl", "home", "modal"),
    }
)


class Control:
    """The control address of one Slack."""

    def __init__(self, slack: Operations) -> None:
        self._slack = slack
        self._actions: dict[str, Callable[[JsonObject], object]] = {
            "say": self._say,
            "fail": self._fail,
            "submit": self._submit,
            "click_in_view": self._click_in_view,
            "dismiss": self._dismiss,
        }
        self._waiting: dict[str, Callable[[JsonObject], Awaitable[object]]] = {
            "use_http": lambda args: slack.use_http(**args),
            "disconnect": lambda args: slack.sockets.disconnect(**args),
            "cut": lambda _: slack.sockets.cut(),
            "changes": self._changes,
        }

    async def act(self, request: web.Request) -> web.Response:
        """Run one action and answer with what its method returns."""
        name = request.match_info["action"]
        args = await request.json() if request.can_read_body else {}
        try:
            return web.json_response({"ok": True, "result": plain(await self._run(name, args))})
        except (LookupError, TypeError, ValueError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)

    async def look(self, request: web.Request) -> web.Response:
        """Show calls, answers, deliveries, the whole state, or one thread as text."""
        match request.match_info["view"]:
            case "calls":
                return web.json_response(plain(self._slack.calls))
            case "answers":
                return web.json_response(plain(self._slack.answers))
            case "deliveries":
                return web.json_response(plain(self._slack.deliveries))
            case "state":
                return web.json_response(plain(self._slack.state.everything()))
            case "transcript":
                message = self._slack.written(request.query["ts"])
                return web.Response(text=transcript(self._slack, message.channel, message.root))
        raise web.HTTPNotFound

    async def _run(self, name: str, args: JsonObject) -> object:
        if name in self._waiting:
            return await self._waiting[name](args)
        if name in self._actions:
            return self._actions[name](args)
        if name in _AS_THEY_ARE:
            return getattr(self._slack, name)(**args)
        raise LookupError(f"there is no action {name!r}")

    def _say(self, args: JsonObject) -> str:
        files = [
            LocalFile(**{**each, "content": base64.b64decode(each["content"])})
            for each in args.pop("files", [])
        ]
        return self._slack.say(**args, files=files)

    def _fail(self, args: JsonObject) -> None:
        method, times = args.pop("method"), args.pop("times", 1)
        self._slack.fail(method, Fault(**args), times)

    def _submit(self, args: JsonObject) -> object:
        return self._slack.submit(self._slack.state.views[args["view_id"]], args["entered"])

    def _click_in_view(self, args: JsonObject) -> object:
        view = self._slack.state.views[args.pop("view_id")]
        return self._slack.click_in_view(view, **args)

    def _dismiss(self, args: JsonObject) -> object:
        return self._slack.dismiss(self._slack.state.views[args["view_id"]])

    async def _changes(self, args: JsonObject) -> int:
        """The number of the newest change, as soon as it is greater than ``after``."""
        state = self._slack.state
        try:
            async with asyncio.timeout(min(args.get("seconds", LONGEST_WAIT), LONGEST_WAIT)):
                while state.version <= args["after"]:
                    await state.changed()
        except TimeoutError:
            pass
        return state.version


def plain(value: object) -> object:
    """The value as JSON can hold it: records as objects, sets as lists, files without bytes."""
    if isinstance(value, StoredFile):
        return {"id": value.id, "name": value.name, "mimetype": value.mimetype}
    if dataclasses.is_dataclass(value):
        names = [each.name for each in dataclasses.fields(value)]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {_key(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value


def _key(key: object) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


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
