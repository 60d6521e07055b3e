"""How does another process drive this Slack and look into it?

``POST /control/<action>`` with the arguments of the Python method of that name as JSON;
``GET /control/<view>``. Answers are JSON, errors are status 400 with a sentence.
"""

import asyncio
import base64
import dataclasses
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.local.faults import Fault
from bot.local.files import LocalFile
from bot.local.operations import Operations
from bot.local.state import JsonObject, StoredFile
from bot.local.transcript import transcript

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
