"""The adapter for OpenAI-compatible endpoints: what is sent to them, and what comes back."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import httpx2
import openai
from pydantic import BaseModel

from bot.briefing.documents import CountTokens
from bot.models import faults
from bot.models.chat import Chunk, Completion, ModelRequest
from bot.models.endpoint import Clock, Endpoint, Learnt
from bot.models.streaming import Shape

# The JSON schema of a draft, in the subset that strict endpoints share.
#
# All fields required, null instead of optional, no further keys, no references: what OpenAI's
# strict mode, llama.cpp, vLLM and Ollama accept alike. Descriptions are left out: the prompt says
# what a field means.

Json = dict[str, Any]
_LEFT_OUT = ("title", "description", "$defs", "default")


@cache
def portable(shape: type[BaseModel]) -> Json:
    """The JSON schema of ``shape`` with its definitions written out in place; not to be changed."""
    schema = shape.model_json_schema()
    written: Json = _written_out(schema, schema.get("$defs", {}))
    return written


def _written_out(node: Any, definitions: Json) -> Any:  # noqa: ANN401 - any part of a schema
    match node:
        case {"$ref": str(reference)}:
            return _written_out(definitions[reference.removeprefix("#/$defs/")], definitions)
        case {"properties": dict(fields)}:
            plain = {name: _written_out(field, definitions) for name, field in fields.items()}
            rest = _written_out({**node, "properties": None}, definitions)
            return {**rest, "properties": plain, "required": list(fields)}
        case dict():
            return {k: _written_out(v, definitions) for k, v in node.items() if k not in _LEFT_OUT}
        case list():
            return [_written_out(each, definitions) for each in node]
    return node


# Which request formats does an endpoint accept?
#
# Endpoints differ: strict JSON schemas, JSON, or neither. The richest is tried first, and what an
# endpoint refused isn't sent to it again for a while.

# Servers of open models default to 0.8. At 0 small models repeat themselves without end.
_TEMPERATURE = 0.3
_STATUS_OF_REFUSED_FORMS = (400, 422, 501)
_WORDS_FOR_FORMS = ("response_format", "json_schema", "json_object", "schema", "grammar")


@dataclass(frozen=True)
class Dialect:
    """Which optional parameters of a request are sent."""

    temperature: bool
    newer_limit: bool
    usage: bool = True
    form: Literal["json_schema", "json_object", "prose"] = "json_schema"

    def parameters(self, request: ModelRequest) -> Json:
        """What is sent with ``request`` beyond its messages. In the form "prose" only the prompt
        asks for JSON."""
        sent: Json = {"max_completion_tokens" if self.newer_limit else "max_tokens": request.room}
        if self.usage:
            sent["stream_options"] = {"include_usage": True}
        if self.temperature:
            sent["temperature"] = _TEMPERATURE
        if self.form == "json_schema":
            schema = {
                "name": request.shape.__name__,
                "strict": True,
                "schema": portable(request.shape),
            }
            sent["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.form == "json_object":
            sent["response_format"] = {"type": "json_object"}
        return sent

    def without(self, error: openai.APIStatusError) -> "Dialect | None":
        """The dialect that leaves out what ``error`` complains about; None if it is not that."""
        complaint = faults.error_text(error).lower()
        if error.status_code not in _STATUS_OF_REFUSED_FORMS:
            return None
        if self.usage and "stream_options" in complaint:
            return replace(self, usage=False)
        if self.temperature and "temperature" in complaint:
            return replace(self, temperature=False)
        if not self.newer_limit and "use 'max_completion_tokens'" in complaint:
            return replace(self, newer_limit=True)
        if self.form == "prose" or not any(word in complaint for word in _WORDS_FOR_FORMS):
            return None
        return replace(self, form="json_object" if self.form == "json_schema" else "prose")


# One request, and the pieces of its answer.
#
# As plain JSON: openai's own classes, for a schema on its way out and for each piece on its way in,
# would be built again for every request and every piece.

_Chunks = openai.AsyncStream[object]


class _HttpClient(openai.DefaultAsyncHttpxClient):
    """Raises openai's own error for a silent endpoint, which openai's client does not retry: the
    endpoint is at work on the request, and would be paid for it again."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:  # noqa: ANN401 - httpx2's own
        try:
            return await super().send(request, **options)
        except httpx2.ReadTimeout as error:
            raise openai.APITimeoutError(request) from error


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted: the same for every endpoint, and slow to load."""
    return httpx2.create_ssl_context()


class OpenAI:
    """Implements `bot.models.chat.Api`; knows what its endpoint refused."""

    def __init__(self, endpoint: Endpoint, clock: Clock = time.monotonic) -> None:
        self.endpoint = endpoint
        richest = Dialect(temperature=not endpoint.is_openai, newer_limit=endpoint.is_openai)
        self._dialect = Learnt("what the model's endpoint takes", richest, clock)
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key or "none",  # openai insists on one, local servers do not
            max_retries=endpoint.retries,
            http_client=_HttpClient(verify=_trusted()),
            timeout=httpx2.Timeout(
                endpoint.read_timeout, connect=endpoint.connect_timeout, write=30.0, pool=10.0
            ),
        )

    def cost_of(self, shape: Shape, count: CountTokens) -> int:
        if not self.endpoint.is_openai:  # llama.cpp, vLLM and Ollama make a grammar of it
            return 0
        return count(json.dumps(portable(shape)))

    async def close(self) -> None:
        await self._client.close()

    async def chunks(
        self, request: ModelRequest, completion: Completion, deadline: float
    ) -> AsyncGenerator[Chunk]:
        with faults.translate_errors(self.endpoint):
            completion.is_sent = True
            try:
                async with asyncio.timeout_at(deadline):
                    stream = await self._send(request)
            except (openai.APIStatusError, openai.APIConnectionError) as error:
                completion.is_sent = isinstance(error.__cause__, httpx2.ReadTimeout)
                raise
            async with stream:
                while True:
                    async with asyncio.timeout_at(deadline):
                        chunk = await anext(stream, None)
                    if chunk is None:
                        return
                    yield _Chunk.model_validate(chunk).plain

    async def _send(self, request: ModelRequest) -> _Chunks:
        """The stream of the answer, in the richest dialect that the endpoint accepts."""
        known = dialect = self._dialect.value
        while True:
            try:
                body = {
                    "model": self.endpoint.model,
                    "messages": [
                        {"role": "system", "content": request.system},
                        {"role": "user", "content": request.user},
                    ],
                    "stream": True,
                    **dialect.parameters(request),
                }
                stream = await self._client.post(
                    "/chat/completions", cast_to=object, body=body, stream=True, stream_cls=_Chunks
                )
            except openai.APIStatusError as error:
                simpler = dialect.without(error)
                if simpler is None:
                    raise
                dialect = simpler
            else:
                if dialect != known:  # only what helped is learnt from a refusal
                    self._dialect.learn(dialect)
                return stream


class _TokenUse(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    @property
    def both(self) -> tuple[int, int] | None:
        if not self.prompt_tokens or self.completion_tokens is None:  # 0: not counted yet
            return None
        return self.prompt_tokens, self.completion_tokens


class _Delta(BaseModel):
    content: str | None = None
    reasoning_content: object = None
    reasoning: object = None  # the newer name at vLLM
    refusal: str | None = None


class _Choice(BaseModel):
    delta: _Delta | None = None  # missing where Azure only annotates what its filter has checked
    finish_reason: str | None = None


class _Chunk(BaseModel):
    choices: list[_Choice] | None = None
    usage: _TokenUse | None = None

    @property
    def plain(self) -> Chunk:
        used = self.usage.both if self.usage else None
        if not self.choices:
            return Chunk(used=used)
        first = self.choices[0]
        delta = first.delta or _Delta()
        thought = delta.reasoning_content or delta.reasoning
        return Chunk(
            delta.content or "",
            first.finish_reason,
            is_refusal=bool(delta.refusal),
            used=used,
            thought=thought if isinstance(thought, str) else "",
        )
