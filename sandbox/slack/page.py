"""The page on which people use this Slack in a browser."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.slack.people import People
from sandbox.slack.state import (
    ZONE,
    Channel,
    JsonObject,
    LocalFile,
    Message,
    Person,
    View,
)

# What a person sees is sent to the page as records. Each has a permanent key and a ``kind``. A
# message has the exact JSON of the Web API, a modal the exact view that the app opened.


def records(slack: People, person: Person) -> dict[str, JsonObject]:
    """All records that ``person`` may see: no direct messages, modals or notes of others."""
    mine = [each for each in slack.state.channels.values() if _is_shown(each, person)]
    found: dict[str, JsonObject] = {"slack": _slack(slack, person)}
    found |= {each.id: _person(each) for each in slack.state.people.values()}
    for channel in mine:
        found[channel.id] = _channel(channel)
        for message in slack.state.messages(channel.id):
            if message.seen_by in ("", person.id):
                found[f"{channel.id} {message.ts}"] = _message(slack, message)
    found |= dict(_notes(slack, {each.id for each in mine}))
    return found | dict(_views(slack, person))


def _slack(slack: People, person: Person) -> JsonObject:
    return {
        "kind": "slack",
        "me": person.id,
        "bot": {"id": slack.app.bot_user_id, "name": slack.app.bot_name},
        "connected": slack.sockets.connections > 0,
        "ahead": slack.state.ahead,
        "zone": ZONE,
    }


def _is_shown(channel: Channel, person: Person) -> bool:
    if channel.team != person.team:
        return False
    return channel.kind == "channel" or person.id in channel.members


def _person(person: Person) -> JsonObject:
    return {"kind": "person", "id": person.id, "name": person.name, "bot": bool(person.bot_id)}


def _channel(channel: Channel) -> JsonObject:
    return {
        "kind": "channel",
        "id": channel.id,
        "name": channel.name,
        "type": channel.kind,
        "has_bot": channel.has_bot,
    }


def _message(slack: People, message: Message) -> JsonObject:
    shape = slack.shapes.message(message)
    lifetime = slack.rules.stream_seconds
    return {
        "kind": "message",
        "channel": message.channel,
        "root": message.root,
        "by_app": message.by_app,
        "seen_by": message.seen_by,
        "streaming": bool(message.stream and message.stream.is_open(lifetime)),
        "message": shape,
    }


def _notes(slack: People, channels: set[str]) -> Iterator[tuple[str, JsonObject]]:
    """What the app has set for threads: a status, a title, a session, prompts."""
    state = slack.state
    noted: dict[str, dict[tuple[str, str], JsonObject]] = {
        "status": {place: asdict(each) for place, each in state.statuses.items()},
        "title": {place: {"text": each} for place, each in state.titles.items()},
        "session": {place: asdict(each) for place, each in state.sessions.items()},
        "prompts": {place: {"prompts": each} for place, each in state.prompts.items()},
    }
    for kind, notes in noted.items():
        for (channel, root), note in notes.items():
            if channel in channels:
                place = {"kind": kind, "channel": channel, "root": root}
                yield f"{kind} {channel} {root}", place | note


def _views(slack: People, person: Person) -> Iterator[tuple[str, JsonObject]]:
    for place, view in enumerate(slack.state.views.values()):
        if view.person == person.id and view.open:
            yield view.id, _view(view, place)


def _view(view: View, place: int) -> JsonObject:
    return {
        "kind": "view",
        "id": view.id,
        "place": place,
        "view": view.content,
        "errors": view.errors,
    }


# The page is built from the folder ``page`` next to the package (``make page``). It receives
# records, and calls methods of the Slack for what its user does. Nothing is loaded from elsewhere,
# and nothing that an app or a person wrote is treated as HTML.

FOLDER = Path(__file__).with_name("page")
"""The output of ``make page``."""

_INDEX = "index.html"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ACTIONS = frozenset({
    "click", "click_in_view", "command", "delete", "dismiss", "edit", "invite_bot", "open_home",
    "permalink", "say", "shortcut", "stop", "submit",
})  # fmt: skip
_NOT_BACK = "Readout did not restart. See the terminal."
_PAUSE = 0.03  # between two events: what changes together is sent together
_HEARTBEAT = 15.0  # seconds between two heartbeats when nothing changes


@dataclass(frozen=True)
class InstalledApp:
    """The app that people use on the page: its commands, shortcuts and prompts, the modes that it
    can run in, and ``restart``, which starts it in one of them and returns whether it is connected.
    ``about`` has texts to try it with; ``news`` returns body and content type of the page or feed
    with that name, below that address, at that time."""

    commands: list[JsonObject] = field(default_factory=list)
    shortcuts: list[JsonObject] = field(default_factory=list)
    prompts: list[JsonObject] = field(default_factory=list)
    about: JsonObject = field(default_factory=dict)
    modes: list[JsonObject] = field(default_factory=list)
    mode: str = ""
    restart: Callable[[str], Awaitable[bool]] | None = None
    news: Callable[[str, str, float], tuple[str, str] | None] | None = None


def is_built() -> bool:
    return (FOLDER / _INDEX).is_file()


class Page:
    """The page of one Slack with the ``installed`` app."""

    def __init__(self, slack: People, installed: InstalledApp) -> None:
        self._slack = slack
        self._installed = installed
        self._mode = installed.mode

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve the page at ``/`` and at the permalinks of messages."""
        router.add_get("/", self._index)
        router.add_get("/archives/{rest:.*}", self._index)
        router.add_get("/page/changes", self._changes)
        router.add_get("/page/file/{file}", self._file)
        router.add_post("/control/{action}", self._act)
        router.add_post("/page/restart", self._restart)
        router.add_get("/news/{name}", self._news)
        router.add_get("/page/{name}", self._asset)

    async def _index(self, request: web.Request) -> web.FileResponse:
        """The page; requests under another name are redirected to the one in its links."""
        if f"http://{request.host}/" != self._slack.url:
            raise web.HTTPFound(self._slack.url.rstrip("/") + request.path_qs)
        return _built_file(_INDEX)

    async def _asset(self, request: web.Request) -> web.FileResponse:
        return _built_file(request.match_info["name"])

    async def _act(self, request: web.Request) -> web.Response:
        """Call the method of the Slack for an action, and answer with the text that it returns;
        if it fails, with status 400 and a sentence."""
        name, args = request.match_info["action"], await request.json()
        try:
            result = self._perform(name, args)
        except (LookupError, TypeError, ValueError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        words = result if isinstance(result, str) else None
        return web.json_response({"ok": True, "result": words})

    def _perform(self, name: str, args: JsonObject) -> object:
        if name not in _ACTIONS:
            raise LookupError(f"there is no action {name!r}")
        if "view_id" in args:
            args["view"] = self._slack.state.views[args.pop("view_id")]
        if "files" in args:
            args["files"] = [
                LocalFile(**{**each, "content": base64.b64decode(each["content"])})
                for each in args["files"]
            ]
        return getattr(self._slack, name)(**args)

    async def _restart(self, request: web.Request) -> web.Response:
        """Restart the app, in the requested ``mode`` if any, and set the clock ``forward`` if
        requested."""
        if self._installed.restart is None:
            raise web.HTTPNotFound(text="There is nothing here to restart.")
        options = await request.json()
        mode = options.get("mode", self._mode)
        known = {each["name"] for each in self._installed.modes if not each["refused"]}
        if mode not in {self._mode, *known}:
            raise web.HTTPBadRequest(text=f"It can't run in mode {mode!r}.")
        if forward := _FORWARD.get(options.get("forward")):
            now = self._slack.state.now()
            self._slack.state.ahead += forward(now) - now
        listens = await self._installed.restart(mode)
        self._mode = mode
        self._slack.state.touch()
        return web.json_response({"ok": listens, "error": _NOT_BACK})

    async def _news(self, request: web.Request) -> web.Response:
        name, address = request.match_info["name"], f"{self._slack.url}news/"
        found = self._installed.news and self._installed.news(
            name, address, self._slack.state.now()
        )
        if found is None:
            raise web.HTTPNotFound(text="This is not in the papers.")
        return web.Response(text=found[0], content_type=found[1], headers=_HEADERS)

    async def _file(self, request: web.Request) -> web.Response:
        """A file, always as a download, so that it is never shown as part of this site."""
        file = self._slack.state.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        answer = web.Response(body=file.content, content_type="application/octet-stream")
        answer.headers.update(_HEADERS)
        answer.headers["Content-Disposition"] = f'attachment; filename="{_plain(file.name)}"'
        return answer

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: all records first, then those that changed."""
        person, channel = self._slack.find(request.query["person"])
        channel.members.add(person.id)
        answer = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await answer.prepare(request)
        with suppress(ConnectionResetError):  # the page was closed
            await self._send_changes(person, answer)
        return answer

    async def _send_changes(self, person: Person, answer: web.StreamResponse) -> None:
        sent: dict[str, str] | None = None
        while True:
            version = self._slack.state.version
            now = {
                key: json.dumps(each)
                for key, each in (self._app() | records(self._slack, person)).items()
            }
            await answer.write(_event(sent, now))
            sent = now
            await asyncio.sleep(_PAUSE)
            await self._wait_for_change(version, answer)

    def _app(self) -> dict[str, JsonObject]:
        installed = self._installed
        return {
            "app": {
                "kind": "app",
                "commands": installed.commands,
                "shortcuts": installed.shortcuts,
                "prompts": installed.prompts,
                "about": installed.about,
                "modes": installed.modes,
                "mode": self._mode,
                "restarts": installed.restart is not None,
            }
        }

    async def _wait_for_change(self, version: int, answer: web.StreamResponse) -> None:
        state = self._slack.state
        while state.version == version:
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    await state.wait_for_change()
            except TimeoutError:
                await answer.write(b":\n\n")


def _in_an_hour(now: float) -> float:
    return now + 3_600


def _next_morning(now: float) -> float:
    here = datetime.fromtimestamp(now, ZoneInfo(ZONE))
    nine = here.replace(hour=9, minute=0, second=0, microsecond=0)
    return (nine if here < nine else nine + timedelta(days=1)).timestamp()


_FORWARD = {"hour": _in_an_hour, "morning": _next_morning}
"""The times to which the clock can be set, by name."""


def _built_file(name: str) -> web.FileResponse:
    path = FOLDER / name
    if path.parent != FOLDER or not path.is_file():
        raise web.HTTPNotFound(text="The page has not been built, or has no such file.")
    return web.FileResponse(path, headers=_HEADERS)


def _event(sent: Mapping[str, str] | None, now: Mapping[str, str]) -> bytes:
    """The event with the records that changed since ``sent``; all of them if that is None."""
    before = sent or {}
    changed = (f"{json.dumps(key)}:{text}" for key, text in now.items() if before.get(key) != text)
    gone = json.dumps([key for key in before if key not in now])
    fresh = json.dumps(sent is None)
    return f'data: {{"fresh":{fresh},"gone":{gone},"changed":{{{",".join(changed)}}}}}\n\n'.encode()


def _plain(name: str) -> str:
    return "".join(each for each in name if each.isprintable() and each not in '"\\') or "file"
