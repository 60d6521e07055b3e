"""A proxy between a worker and Slack and the model, which records each call.

Its watcher gets each call at three moments, and may kill the worker there: then a call that arrived
isn't passed on, and one that was carried out isn't answered.
"""

import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

Moment: TypeAlias = Literal["before", "during", "after"]
"""The call has arrived; it was carried out, or is being answered; it was answered."""

MODEL = "model"
_PASSED_ON = ("Authorization", "Content-Type", "User-Agent")
_PASSED_BACK = ("Content-Type", "Retry-After", "x-oauth-scopes")
_PART = re.compile(rb"part (\d+)\\n")


@dataclass(eq=False)
class Call:
    """One call of a worker: ``name`` is a method of Slack or "model", ``number`` that of its
    article, ``body`` a hash of what was sent; times are in monotonic seconds, 0 for not yet."""

    worker: int
    name: str
    number: int | None
    thread: str
    body: int
    came: float
    answered: float = 0.0


Watcher = Callable[[Call, Moment], bool]
"""Gets a call; returns whether it killed the worker at that moment."""


class RecordingProxy:
    """A proxy to Slack and to a model for one worker."""

    def __init__(self, worker: int, upstream: dict[str, str], watcher: Watcher) -> None:
        self._worker = worker
        self._upstream = upstream
        self._watcher = watcher
        self.calls: list[Call] = []
        self.url = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator["RecordingProxy"]:
        """Forward calls until the block ends."""
        application = web.Application(client_max_size=64 * 1024**2)
        application.router.add_route("*", "/{place}/{rest:.*}", self._forward)
        runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        async with aiohttp.ClientSession(auto_decompress=False) as self._session:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield self
            finally:
                await runner.cleanup()

    async def _forward(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        call = _call(self._worker, request, body)
        self.calls.append(call)
        if self._watcher(call, "before"):
            return _cut_off(request)
        upstream = self._upstream[request.match_info["place"]]
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        async with self._session.request(
            request.method, upstream + request.path_qs, data=body, headers=headers
        ) as answer:
            response = await self._forward_answer(request, answer, call)
        call.answered = time.monotonic()
        self._watcher(call, "after")
        return response

    async def _forward_answer(
        self, request: web.Request, answer: aiohttp.ClientResponse, call: Call
    ) -> web.StreamResponse:
        headers = {name: answer.headers[name] for name in _PASSED_BACK if name in answer.headers}
        response = web.StreamResponse(status=answer.status, headers=headers)
        content = b"" if call.name == MODEL else await answer.read()
        if self._watcher(call, "during"):
            return _cut_off(request)
        try:
            await response.prepare(request)
            await response.write(content)
            async for piece in answer.content.iter_any():
                await response.write(piece)
            await response.write_eof()
        except ConnectionError:
            pass  # the worker is gone
        return response


def _cut_off(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


def _call(worker: int, request: web.Request, body: bytes) -> Call:
    came, name = time.monotonic(), request.path.rpartition("/")[2]
    if request.path.startswith("/v1/"):
        part = _PART.search(body)
        return Call(worker, MODEL, int(part[1]) if part else None, "", hash(body), came)
    arguments = _arguments(request, body)
    return Call(
        worker,
        name,
        None,
        arguments.get("thread_ts") or arguments.get("ts") or "",
        hash(body),
        came,
    )


def _arguments(request: web.Request, body: bytes) -> dict[str, str]:
    if request.content_type == "application/json":
        return dict(json.loads(body or b"{}"))
    return {**request.query, **dict(parse_qsl(body.decode()))}
