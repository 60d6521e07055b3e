"""A scripted model on loopback: real HTTP in OpenAI's dialect.

    async with ModelServer(Says.draft(briefing)) as server:
        Endpoint(model="fake", base_url=server.url)

Each request takes the next step of the script; the last step is repeated. ``requests`` records
them, and ``broken_off`` counts the answers that the client abandoned. Requests with a parameter
that the server ``rejects`` are answered with 400 and take no step.

A judge's request takes no step unless a script is about `JUDGE`: every line is supported but those
with the words in ``refuses``. ``judged`` records these requests. Likewise a change finder's request
gets no changes unless a script is about `CHANGES`; ``compared`` records these.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Self

from aiohttp import web
from pydantic import BaseModel

from sandbox.recorded import LoopbackModel

Json = dict[str, Any]


@dataclass(frozen=True)
class Says:
    """An answer, streamed ``size`` characters at a time with ``pause`` seconds in between."""

    text: str
    size: int = 9
    pause: float = 0.0
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (1200, 300)
    refusal: bool = False

    @classmethod
    def draft(cls, draft: BaseModel) -> Self:
        """A complete answer with that draft."""
        return cls(draft.model_dump_json())


@dataclass(frozen=True)
class Breaks:
    """A stream of ``text`` that then sends ``event`` instead of an end (None: the connection is
    cut)."""

    text: str = ""
    event: str | None = None


@dataclass(frozen=True)
class Chunks:
    """A stream of these chunks, just as they are."""

    chunks: tuple[Json, ...]


@dataclass(frozen=True)
class Status:
    """An HTTP status with an error in its body."""

    status: int
    error: Json = field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Silence:
    """No answer for ``seconds``, after ``text`` if there is any."""

    seconds: float = 30.0
    text: str = ""


@dataclass(frozen=True)
class Drips:
    """An answer that comes one byte every ``pause`` seconds."""

    text: str
    pause: float = 1.0


@dataclass(frozen=True)
class Page:
    """A web page instead of an answer."""

    html: str = "<html>Welcome to the proxy</html>"


Step = Says | Breaks | Chunks | Status | Silence | Drips | Page

JUDGE = "You check lines of a news briefing"
"""Words that only a judge's request contains."""
CHANGES = "You tell them what today's sources change"
"""Words that only a change finder's request contains."""
NOTHING_NEW = '{"changes": [], "known": []}'

ERROR_EVENT = json.dumps({"error": {"message": "SECRET inside", "code": "server_error"}})
GARBAGE_EVENT = "{no json"
FOREIGN_EVENT = json.dumps({"choices": "x"})
QUOTA = Status(429, {"message": "SECRET plan", "code": "insufficient_quota"})
RATE_LIMIT = Status(429, {"message": "SECRET limit"}, (("Retry-After", "300"),))
RATE_LIMIT_FOR_A_MOMENT = Status(429, {"message": "SECRET limit"}, (("Retry-After", "0"),))
BAD_KEY = Status(401, {"message": "Incorrect API key SECRET", "code": "invalid_api_key"})
FORBIDDEN = Status(403, {"message": "SECRET"})
UNKNOWN_MODEL = Status(404, {"message": "SECRET", "code": "model_not_found"})
BROKEN = Status(500, {"message": "SECRET trace"})
FILTERED = Status(400, {"message": "SECRET", "code": "content_filter"})


def too_long_for_openai(window: int = 8192) -> Status:
    """What OpenAI and vLLM answer to a prompt over their window."""
    message = f"This model's maximum context length is {window} tokens. SECRET"
    return Status(400, {"message": message, "code": "context_length_exceeded"})


def too_long_for_llama(window: int = 8192) -> Status:
    """What llama.cpp answers to a prompt over its window."""
    message = "the request exceeds the available context size, try increasing it"
    kind = {"type": "exceed_context_size_error", "n_prompt_tokens": 99_000, "n_ctx": window}
    return Status(400, {"message": message, "code": 400, **kind})


class ModelServer(LoopbackModel):
    """Follows its script while it is entered."""

    def __init__(self, *script: Step, rejects: tuple[str, ...] = ()) -> None:
        self._scripts = {"": _Script(script, rejects)}
        self._may_end = asyncio.Event()
        self._may_end.set()
        self.requests: list[Json] = []
        self.judged: list[Json] = []
        self.compared: list[Json] = []
        self.refuses: str | None = None
        self.broken_off = 0
        self.headers: list[dict[str, str]] = []

    def play(self, *script: Step, rejects: tuple[str, ...] = (), about: str = "") -> None:
        """From now on follow this script for requests whose messages contain the words
        ``about``."""
        self._scripts.pop(about, None)
        self._scripts[about] = _Script(script, rejects)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Finish no answer that has pauses while the block runs."""
        self._may_end.clear()
        try:
            yield
        finally:
            self._may_end.set()

    async def until_broken_off(self, count: int) -> None:
        """Return once so many answers were abandoned by the client."""
        async with asyncio.timeout(60):
            while self.broken_off < count:
                await asyncio.sleep(0.02)

    def _script_for(self, asked: Json) -> "_Script":
        """The newest script whose words the request contains."""
        said = json.dumps(asked["messages"], ensure_ascii=False)
        return next(self._scripts[words] for words in reversed(self._scripts) if words in said)

    def _said_unless_scripted(self, asked: Json) -> Says | None:
        """The answer to a judge's or change finder's request without a script of its own. Records
        each request."""
        system, message = (asked["messages"][place]["content"] for place in (0, -1))
        if JUDGE in system:
            self.judged.append(asked)
            if JUDGE not in self._scripts:
                return Says(judgement(message, self.refuses), size=400)
        elif CHANGES in system:
            self.compared.append(asked)
            return None if CHANGES in self._scripts else Says(NOTHING_NEW)
        else:
            self.requests.append(asked)
        return None

    async def models(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "fake", "object": "model"}]})

    async def complete(self, request: web.Request) -> web.StreamResponse:
        asked: Json = await request.json()
        if said := self._said_unless_scripted(asked):
            return await stream(request, said, asked, self._may_end)
        self.headers.append(dict(request.headers))
        script = self._script_for(asked)
        if refused := next((word for word in script.rejects if word in _extras(asked)), None):
            advice = "Use 'max_completion_tokens' instead." if refused == "max_tokens" else ""
            return _error(Status(400, {"message": f"'{refused}' is not supported. {advice}"}))
        step = script.next_step()
        match step:
            case Status():
                return _error(step)
            case Page():
                return web.Response(text=step.html, content_type="text/html")
            case Silence(text=""):
                await asyncio.sleep(step.seconds)
                return web.Response()
        try:
            return await stream(request, step, asked, self._may_end)
        except ConnectionResetError:
            self.broken_off += 1
            raise


@dataclass
class _Script:
    steps: tuple[Step, ...]
    rejects: tuple[str, ...]
    taken: int = 0

    def next_step(self) -> Step:
        step = self.steps[min(self.taken, len(self.steps) - 1)]
        self.taken += 1
        return step


def judgement(message: str, refused: str | None = None) -> str:
    """A judge's answer to ``message`` that rejects only lines with the ``refused`` words."""
    lines = json.loads(message.split("\n")[1])["lines"]
    wrong = [each["number"] for each in lines if refused and refused in each["text"]]
    verdicts = {
        "unsupported": [{"number": number, "problem": "No passage says so"} for number in wrong],
        "supported": [each["number"] for each in lines if each["number"] not in wrong],
    }
    return json.dumps(verdicts)


def _extras(asked: Json) -> str:
    """The request's parameters without its messages, as text."""
    return json.dumps({name: value for name, value in asked.items() if name != "messages"})


def _error(step: Status) -> web.Response:
    return web.json_response({"error": step.error}, status=step.status, headers=dict(step.headers))


async def stream(
    request: web.Request, step: Step, asked: Json, may_end: asyncio.Event | None = None
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    match step:
        case Says():
            await _say(response, step, asked, may_end)
        case Breaks(event=None):
            await _say_words(response, Says(step.text))
            if request.transport:
                request.transport.abort()
        case Breaks():
            await _say_words(response, Says(step.text))
            await _send(response, step.event)
        case Chunks():
            await _send(response, *map(json.dumps, step.chunks))
        case Silence():
            await _say_words(response, Says(step.text))
            await asyncio.sleep(step.seconds)
        case Drips():
            await _drip(response, step)
    return response


async def _drip(response: web.StreamResponse, step: Drips) -> None:
    for byte in f"data: {_chunk({'content': step.text})}\n\n".encode():
        await response.write(bytes([byte]))
        await asyncio.sleep(step.pause)


async def _say(
    response: web.StreamResponse, step: Says, asked: Json, may_end: asyncio.Event | None = None
) -> None:
    await _say_words(response, step)
    while may_end and step.pause and not may_end.is_set():
        await response.write(b": still writing\n\n")
        await asyncio.sleep(step.pause)
    if step.finish:
        await _send(response, _chunk({}, step.finish))
    if step.usage and asked.get("stream_options"):
        counts = dict(zip(("prompt_tokens", "completion_tokens"), step.usage, strict=True))
        usage = {**counts, "total_tokens": sum(step.usage)}
        await _send(response, json.dumps({**json.loads(_chunk({})), "choices": [], "usage": usage}))
    await _send(response, "[DONE]")


async def _say_words(response: web.StreamResponse, step: Says) -> None:
    place = "refusal" if step.refusal else "content"
    await _send(response, _chunk({"role": "assistant"}))
    for at in range(0, len(step.text), step.size):
        await _send(response, _chunk({place: step.text[at : at + step.size]}))
        await asyncio.sleep(step.pause)


async def _send(response: web.StreamResponse, *data: str | None) -> None:
    await response.write("".join(f"data: {each}\n\n" for each in data).encode())


def _chunk(delta: Json, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    kind = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
    return json.dumps({**kind, "choices": [choice]})


def cut(says: Says, share: float) -> Says:
    """The answer cut off at a length limit."""
    return replace(says, text=says.text[: int(len(says.text) * share)], finish="length")
