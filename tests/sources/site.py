"""A site on loopback whose answers each test writes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import Any

from aiohttp import web

from bot.sources.fetching import Fetcher
from bot.sources.parser_processes import ParserProcesses

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class InProcessParsers(ParserProcesses):
    """Does all work in this process."""

    async def run(self, _source: str, work: str, *arguments: Any) -> Any:
        return resolve_name(work)(*arguments)


@dataclass
class Site:
    """Answers by path; remembers the requests."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[web.Request] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def fetcher(self) -> Fetcher:
        return Fetcher(frozenset({self.host}))

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def gives(self, path: str, body: bytes, content_type: str = "text/html") -> str:
        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=body, headers={"Content-Type": content_type})

        return self.answer(path, answer)

    def answer(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.url(path)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        answer = self.answers.get(request.path)
        return await answer(request) if answer else web.Response(status=404)


@asynccontextmanager
async def listening() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.respond)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()
