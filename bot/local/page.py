"""How does somebody view this Slack, and act in it, in a browser?

The page is built from the folder ``page`` beside the package (``make page``). It receives what its
reader sees, record by record, and acts through the control address. Nothing is loaded from
elsewhere, and nothing that an app or a person wrote is treated as HTML.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.local.operations import Operations
from bot.local.records import records
from bot.local.state import JsonObject, Person

FOLDER = Path(__file__).with_name("page")
"""Where ``make page`` puts what it built."""

_INDEX = "index.html"
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_NOT_BACK = "Readout did not restart. See the terminal."
_PAUSE = 0.03  # between two tellings: what changes together is told together
_STILL_THERE = 15.0  # seconds between two signs of life when nothing changes


@dataclass(frozen=True)
class Tried:
    """The app that is tried on the page: what people can type and choose, the modes that it can
    run in, and how to start it anew in one of them, which says whether it listens again. ``about``
    is what people may try it with: texts by name."""

    commands: list[JsonObject] = field(default_factory=list)
    shortcuts: list[JsonObject] = field(default_factory=list)
    prompts: list[JsonObject] = field(default_factory=list)
    about: JsonObject = field(default_factory=dict)
    modes: list[JsonObject] = field(default_factory=list)
    mode: str = ""
    restart: Callable[[str], Awaitable[bool]] | None = None


def is_built() -> bool:
    """Whether there is a page to show."""
    return (FOLDER / _INDEX).is_file()


class Page:
    """The page of one Slack, for whoever tries ``tried`` there."""

    def __init__(self, slack: Operations, tried: Tried) -> None:
        self._slack = slack
        self._tried = tried
        self._mode = tried.mode

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Serve the page at ``/`` and at the addresses of messages."""
        router.add_get("/", self._index)
        router.add_get("/archives/{rest:.*}", self._index)
        router.add_get("/page/changes", self._changes)
        router.add_get("/page/file/{file}", self._file)
        router.add_post("/page/restart", self._restart)
        router.add_get("/page/{name}", self._asset)

    async def _index(self, request: web.Request) -> web.Response:
        """The page under the one name that the links in it have."""
        if f"http://{request.host}/" != self._slack.url:
            raise web.HTTPFound(self._slack.url.rstrip("/") + request.path_qs)
        return _built(_INDEX)

    async def _asset(self, request: web.Request) -> web.Response:
        return _built(request.match_info["name"])

    async def _restart(self, request: web.Request) -> web.Response:
        """Start the app anew, in the ``mode`` that is asked for or else as it is."""
        if self._tried.restart is None:
            raise web.HTTPNotFound(text="There is nothing here to restart.")
        mode = (await request.json()).get("mode", self._mode)
        known = {each["name"] for each in self._tried.modes if not each["refused"]}
        if mode not in {self._mode, *known}:
            raise web.HTTPBadRequest(text=f"It can't run in mode {mode!r}.")
        listens = await self._tried.restart(mode)
        self._mode = mode
        self._slack.state.touch()
        return web.json_response({"ok": listens, "error": _NOT_BACK})

    async def _file(self, request: web.Request) -> web.Response:
        """A file as a download, whatever it is: it is never shown as a page of ours."""
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
        with suppress(ConnectionResetError):  # the reader has closed the page
            await self._tell(person, answer)
        return answer

    async def _tell(self, person: Person, answer: web.StreamResponse) -> None:
        told: dict[str, str] | None = None
        while True:
            version = self._slack.state.version
            now = {
                key: json.dumps(each)
                for key, each in (self._app() | records(self._slack, person)).items()
            }
            await answer.write(_event(told, now))
            told = now
            await asyncio.sleep(_PAUSE)
            await self._until_changed(version, answer)

    def _app(self) -> dict[str, JsonObject]:
        tried = self._tried
        return {
            "app": {
                "kind": "app",
                "commands": tried.commands,
                "shortcuts": tried.shortcuts,
                "prompts": tried.prompts,
                "about": tried.about,
                "modes": tried.modes,
                "mode": self._mode,
                "restarts": tried.restart is not None,
            }
        }

    async def _until_changed(self, version: int, answer: web.StreamResponse) -> None:
        state = self._slack.state
        while state.version == version:
            try:
                async with asyncio.timeout(_STILL_THERE):
                    await state.changed()
            except TimeoutError:
                await answer.write(b":\n\n")


def _built(name: str) -> web.Response:
    path = FOLDER / name
    if path.parent != FOLDER or not path.is_file():
        raise web.HTTPNotFound(text="The page has not been built, or has no such file.")
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    return web.Response(
        body=path.read_bytes(), content_type=kind, charset="utf-8", headers=_HEADERS
    )


def _event(told: Mapping[str, str] | None, now: Mapping[str, str]) -> bytes:
    """What changed between two tellings; the first one says everything."""
    before = told or {}
    changed = (f"{json.dumps(key)}:{text}" for key, text in now.items() if before.get(key) != text)
    gone = json.dumps([key for key in before if key not in now])
    fresh = json.dumps(told is None)
    return f'data: {{"fresh":{fresh},"gone":{gone},"changed":{{{",".join(changed)}}}}}\n\n'.encode()


def _plain(name: str) -> str:
    return "".join(each for each in name if each.isprintable() and each not in '"\\') or "file"
