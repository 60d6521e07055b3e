"""Ask an endpoint for one answer and hand on its text as it comes."""

import asyncio
import json
import math
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Literal, TypeVar

import httpx2
import openai
from openai.types.chat import (
    ChatCompletionChunk,
    ChatCompletionStreamOptionsParam,
    completion_create_params,
)
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.briefing.documents import Count
from bot.briefing.tasks import Usage
from bot.models import faults
from bot.models.endpoint import Clock, Endpoint, Learnt
from bot.models.faults import TooBusy
from bot.models.streaming import Shape
from bot.service.errors import ModelFailure
from bot.service.ports import AttemptKind
from bot.service.usage import UsageMeter

# The JSON schema of a draft, in the subset that strict endpoints share.
#
# All fields required, null instead of optional, no further keys, no references: what OpenAI's
# strict mode, llama.cpp, vLLM and Ollama accept alike. Descriptions are left out: the prompt says
# what a field means.

Json = dict[str, Any]


@cache
def portable(shape: type[BaseModel]) -> Json:
    """The JSON schema of ``shape`` with its definitions written out in place; not to be changed."""
    schema = shape.model_json_schema()
    return _object(schema, schema.get("$defs", {}))


def _object(node: Json, definitions: Json) -> Json:
    if reference := node.get("$ref"):
        return _object(definitions[reference.removeprefix("#/$defs/")], definitions)
    plain = {
        key: _value(key, value, definitions)
        for key, value in node.items()
        if key not in ("title", "description", "$defs", "default")
    }
    fields = plain.get("properties")
    return {**plain, "required": list(fields)} if isinstance(fields, dict) else plain


def _value(key: str, value: object, definitions: Json) -> object:
    if key == "properties" and isinstance(value, dict):
        return {name: _object(part, definitions) for name, part in value.items()}
    if isinstance(value, dict):
        return _object(value, definitions)
    if key == "anyOf" and isinstance(value, list):
        return [_object(part, definitions) for part in value]
    return value


# Which request formats does an endpoint accept?
#
# Endpoints differ: strict JSON schemas, JSON, or neither. The richest is tried first, and what an
# endpoint refused isn't sent to it again for a while.

_STATUS_OF_REFUSED_FORMS = (400, 422, 501)
_WORDS_FOR_FORMS = ("response_format", "json_schema", "json_object", "schema", "grammar")


@dataclass(frozen=True)
class Dialect:
    """What is sent beyond the messages."""

    temperature: bool
    newer_limit: bool
    usage: bool = True
    form: Literal["json_schema", "json_object", "prose"] = "json_schema"

    def response_format(
        self, shape: Shape
    ) -> completion_create_params.ResponseFormat | openai.Omit:
        """The form of the answer that is asked for; without one, the prompt asks alone."""
        match self.form:
            case "json_schema":
                return {
                    "type": "json_schema",
                    "json_schema": {
                        "name": shape.__name__,
                        "strict": True,
                        "schema": portable(shape),
                    },
                }
            case "json_object":
                return {"type": "json_object"}
        return openai.omit

    def without(self, error: openai.APIStatusError) -> "Dialect | None":
        """The dialect that leaves out what ``error`` complains about; None if it is not that."""
        complaint = faults.said_by(error).lower()
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


# Ask an endpoint for one answer and hand on its text as it comes.
#
# What each request used is reported here, and nowhere else, however it ends.

_Chunks = openai.AsyncStream[ChatCompletionChunk]
_USAGE: ChatCompletionStreamOptionsParam = {"include_usage": True}
# Servers of open models default to 0.8. At 0 small models repeat themselves without end.
_TEMPERATURE = 0.3
# A token of JSON is longer only where a server ignores the limit it was given.
_CHARACTERS_PER_TOKEN = 8


@dataclass(frozen=True)
class Ask:
    """One request: what for, our instructions, the message with the sources, the shape of the
    answer. ``room`` is the most tokens that the answer may have; after ``seconds`` it is given up,
    where that is less than the endpoint may take anyway."""

    kind: AttemptKind
    system: str
    user: str
    shape: Shape
    room: int
    seconds: float = math.inf


class Completion:
    """One answer, whose text is to be iterated once. What else is known fills in meanwhile."""

    def __init__(self, chat: "Chat", ask: Ask, meter: UsageMeter) -> None:
        self._chat = chat
        self._ask = ask
        self._meter = meter
        self._pieces: list[str] = []
        self._began = False
        self._refused = False
        self._finish: str | None = None
        self._told: _TokenUse | None = None
        self.is_sent = False
        """Whether the endpoint has the request, as far as is known, and did not refuse it."""

    async def text(self) -> AsyncGenerator[str]:
        """The pieces of the text as they come, for as long as it is not absurdly long; iterating
        sends the request, once there is a place at the gate.

        Raises:
            TooLong: before any text.
            ModelFailure: at any time.
        """
        left = self._ask.room * _CHARACTERS_PER_TOKEN
        async with self._chat.place(self._ask):
            deadline = asyncio.get_running_loop().time() + self._chat.seconds_for(self._ask)
            self.is_sent = True
            try:
                async with asyncio.timeout_at(deadline):
                    stream = await self._chat.send(self._ask)
            except (openai.APIStatusError, openai.APIConnectionError) as error:
                self.is_sent = isinstance(error, openai.APITimeoutError)
                raise
            async with stream:
                while left >= 0:
                    async with asyncio.timeout_at(deadline):
                        chunk = await anext(stream, None)
                    if chunk is None:
                        return
                    if text := self._text_of(_Chunk.model_validate(chunk, from_attributes=True)):
                        left -= len(text)
                        yield text
                raise faults.cut_off()

    def _text_of(self, chunk: "_Chunk") -> str:
        """The text in ``chunk``; what else it tells is kept."""
        self._began = True
        self._told = chunk.usage or self._told
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        self._finish = choice.finish_reason or self._finish
        self._refused = self._refused or bool(choice.delta.refusal)
        if text := choice.delta.content or "":
            self._meter.piece()
            self._pieces.append(text)
        return text

    @cached_property
    def usage(self) -> Usage:
        """What it took, once nothing more comes; counted here where the endpoint did not tell."""
        if self._told:
            return self._chat.used(self._told.prompt_tokens, self._told.completion_tokens)
        if not self.is_sent:
            return Usage(0, 0)
        return self._chat.counted(self._ask, "".join(self._pieces))

    def failure(self) -> ModelFailure:
        """Why the text is no whole draft."""
        if not self._began:
            return faults.no_answer()
        if self._refused:
            return ModelFailure("The model declined to write about this.")
        match self._finish:
            case "content_filter":
                return faults.filtered()
            case "length":
                return faults.cut_off()
            case None:
                return ModelFailure("The model stopped in the middle of its answer.")
        what = "was empty" if not self._pieces else "was not in the requested format"
        return ModelFailure(f"The model's answer {what}.")


class Chat:
    """One endpoint, and what it is known to refuse. ``count`` counts the tokens of a text."""

    def __init__(self, endpoint: Endpoint, count: Count, clock: Clock = time.monotonic) -> None:
        self.endpoint = endpoint
        self._count = count
        self._clock = clock
        richest = Dialect(temperature=not endpoint.is_openai, newer_limit=endpoint.is_openai)
        self._dialect = Learnt("what the model's endpoint takes", richest, clock)
        self._closed_until = 0.0
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key or "none",  # openai insists on one, local servers do not
            max_retries=endpoint.retries,
            timeout=httpx2.Timeout(
                endpoint.read_timeout, connect=endpoint.connect_timeout, write=30.0, pool=10.0
            ),
        )

    @asynccontextmanager
    async def completion(self, ask: Ask) -> AsyncGenerator[Completion]:
        """The answer to ``ask``; at the end of the block it is told what it took. It has failed
        where the block ends with a `ModelFailure`; where that was cut off, it has not."""
        meter, failed = UsageMeter(ask.kind, self.endpoint.model), False
        completion = Completion(self, ask, meter)
        try:
            yield completion
        except ModelFailure:
            failed = True
            raise
        finally:
            if completion.is_sent or failed:
                await meter.end(completion.usage, failed=failed)

    def used(self, tokens_in: int, tokens_out: int, *, estimated: bool = False) -> Usage:
        """So many tokens with what they cost."""
        cost = self.endpoint.cost(tokens_in, tokens_out)
        return Usage(tokens_in, tokens_out, estimated=estimated, cost_usd=cost)

    def counted(self, ask: Ask, text: str) -> Usage:
        """What ``ask`` and the ``text`` of its answer cost, as far as we can tell."""
        tokens_in = self._count(ask.system + ask.user) + self.cost_of(ask.shape, self._count)
        return self.used(tokens_in, self._count(text), estimated=True)

    def cost_of(self, shape: Shape, count: Count) -> int:
        """The tokens that a request pays for the ``shape`` of its answer."""
        if not self.endpoint.is_openai:  # llama.cpp, vLLM and Ollama make a grammar of it
            return 0
        return count(json.dumps(portable(shape)))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    @asynccontextmanager
    async def place(self, ask: Ask) -> AsyncGenerator[None]:
        """A place at the gate until the block ends. What fails there becomes a `ModelFailure`, and
        an endpoint that has said when to come again is not asked before."""
        async with self.endpoint.gate.place(is_judge=ask.kind == "judge"):
            seconds = math.ceil(self._closed_until - self._clock())
            if seconds > 0:
                raise TooBusy(seconds)
            try:
                with faults.translated(self.endpoint):
                    yield
            except TooBusy as refusal:
                self._closed_until = self._clock() + refusal.seconds
                raise

    def seconds_for(self, ask: Ask) -> float:
        """How long ``ask`` may take."""
        return min(self.endpoint.total_timeout, ask.seconds)

    async def send(self, ask: Ask) -> _Chunks:
        """The stream of the answer, in the richest dialect that the endpoint takes."""
        known = dialect = self._dialect.value
        while True:
            try:
                stream = await self._client.chat.completions.create(
                    model=self.endpoint.model,
                    messages=[
                        {"role": "system", "content": ask.system},
                        {"role": "user", "content": ask.user},
                    ],
                    stream=True,
                    stream_options=_USAGE if dialect.usage else openai.omit,
                    response_format=dialect.response_format(ask.shape),
                    temperature=_TEMPERATURE if dialect.temperature else openai.omit,
                    max_completion_tokens=ask.room if dialect.newer_limit else openai.omit,
                    max_tokens=openai.omit if dialect.newer_limit else ask.room,
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
    prompt_tokens: int
    completion_tokens: int


class _Delta(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    delta: _Delta
    finish_reason: str | None = None


class _Chunk(BaseModel):
    choices: list[_Choice]
    usage: _TokenUse | None = None


Given = TypeVar("Given", bound=BaseModel)


async def whole_answer(chat: Chat, ask: Ask, shape: type[Given]) -> tuple[Given, Usage]:
    """The answer to ``ask`` and what it took.

    Raises:
        ModelFailure: it is none of that ``shape``, or none came.
        TooLong: the endpoint did not take so long a request.
    """
    async with chat.completion(ask) as completion:
        async with aclosing(completion.text()) as pieces:
            text = "".join([piece async for piece in pieces])
        given = _parsed(text, shape)
        if given is None:
            raise completion.failure()
    return given, completion.usage


def _parsed(text: str, shape: type[Given]) -> Given | None:
    """What stands in ``text``, whatever stands around it; None where there is nothing."""
    start = text.find("{", text.rfind("</think>") + 1)
    try:
        whole, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
        return shape.model_validate(whole)
    except (ValueError, RecursionError, ValidationError):
        return None
