"""Ask an endpoint for one answer and hand on its text as it comes.

Endpoints differ in what they take: strict JSON schemas, JSON, or neither. The richest form is
tried first, and what an endpoint refused is not sent to it again.
"""

import asyncio
import math
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal

import httpx2
import openai
from openai.types.chat import (
    ChatCompletionChunk,
    ChatCompletionStreamOptionsParam,
    completion_create_params,
)
from pydantic import BaseModel, ConfigDict

from bot.errors import ModelFailure
from bot.llm import faults
from bot.llm.endpoint import Endpoint
from bot.llm.faults import TooBusy
from bot.llm.schema import portable
from bot.llm.streaming import Shape

_Chunks = openai.AsyncStream[ChatCompletionChunk]
_USAGE: ChatCompletionStreamOptionsParam = {"include_usage": True}
# Servers of open models default to 0.8. At 0 small models repeat themselves without end.
_TEMPERATURE = 0.3
_STATUS_OF_REFUSED_FORMS = (400, 422, 501)


@dataclass(frozen=True)
class Ask:
    """One request: our instructions, the message with the sources, the shape of the answer.

    ``room`` is the most tokens that the answer may have.
    """

    system: str
    user: str
    shape: Shape
    room: int


class Answer:
    """One answer, whose text is to be iterated once. What else is known fills in meanwhile."""

    def __init__(self, chunks: AsyncGenerator["_Chunk"]) -> None:
        self._chunks = chunks
        self._refused = False
        self._is_empty = True
        self._finish: str | None = None
        self.began = False
        """Whether the endpoint took the request."""
        self.usage: TokenUse | None = None

    async def text(self) -> AsyncGenerator[str]:
        """The pieces of the text as they come."""
        async with aclosing(self._chunks) as chunks:
            async for chunk in chunks:
                self.began = True
                self.usage = chunk.usage or self.usage
                for choice in chunk.choices[:1]:
                    self._finish = choice.finish_reason or self._finish
                    self._refused = self._refused or bool(choice.delta.refusal)
                    self._is_empty = self._is_empty and not choice.delta.content
                    yield choice.delta.content or ""

    def failure(self) -> ModelFailure:
        """Why the text is no whole draft."""
        if not self.began:
            return faults.no_answer()
        if self._refused:
            return ModelFailure("The model declined to write about this.")
        match self._finish:
            case "content_filter":
                return faults.filtered()
            case "length":
                return faults.cut_off()
            case None:
                return ModelFailure("The model broke off in the middle of its answer.")
        what = "was empty" if self._is_empty else "did not have the form that was asked for"
        return ModelFailure(f"The model's answer {what}.")


class Chat:
    """One endpoint, and what it is known to refuse."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._dialect = _Dialect(temperature=not endpoint.is_openai, newer_limit=endpoint.is_openai)
        self._closed_until = 0.0
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key or "none",  # openai insists on one, local servers do not
            max_retries=endpoint.retries,
            timeout=httpx2.Timeout(
                endpoint.read_timeout, connect=endpoint.connect_timeout, write=30.0, pool=10.0
            ),
        )

    def answer(self, ask: Ask) -> Answer:
        """The answer to ``ask``; iterating its text sends the request.

        Raises:
            TooLong: from iterating, before any text.
            ModelFailure: from iterating, at any time.
        """
        return Answer(self._chunks(ask))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _chunks(self, ask: Ask) -> AsyncGenerator["_Chunk"]:
        async with self.endpoint.gate.place(), aclosing(self._sent(ask)) as chunks:
            self._refuse_while_closed()
            try:
                async for chunk in chunks:
                    yield chunk
            except TooBusy as refusal:
                self._closed_until = time.monotonic() + refusal.seconds
                raise

    def _refuse_while_closed(self) -> None:
        """The endpoint has said when to come again; until then it is not asked."""
        seconds = math.ceil(self._closed_until - time.monotonic())
        if seconds > 0:
            raise TooBusy(seconds)

    async def _sent(self, ask: Ask) -> AsyncGenerator["_Chunk"]:
        deadline = asyncio.get_running_loop().time() + self.endpoint.total_timeout
        with faults.translated(self.endpoint):
            async with asyncio.timeout_at(deadline):
                stream = await self._open(ask)
            async with stream:
                while True:
                    async with asyncio.timeout_at(deadline):
                        chunk = await anext(stream, None)
                    if chunk is None:
                        return
                    yield _Chunk.model_validate(chunk, from_attributes=True)

    async def _open(self, ask: Ask) -> _Chunks:
        while True:
            dialect = self._dialect
            try:
                return await self._send(ask, dialect)
            except openai.APIStatusError as error:
                simpler = dialect.without(error)
                if simpler is None:
                    raise
                self._dialect = simpler

    async def _send(self, ask: Ask, dialect: "_Dialect") -> _Chunks:
        room, omit = ask.room, openai.omit
        return await self._client.chat.completions.create(
            model=self.endpoint.model,
            messages=[
                {"role": "system", "content": ask.system},
                {"role": "user", "content": ask.user},
            ],
            stream=True,
            stream_options=_USAGE if dialect.usage else omit,
            response_format=dialect.response_format(ask.shape),
            temperature=_TEMPERATURE if dialect.temperature else omit,
            max_completion_tokens=room if dialect.newer_limit else omit,
            max_tokens=omit if dialect.newer_limit else room,
        )


@dataclass(frozen=True)
class _Dialect:
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

    def without(self, error: openai.APIStatusError) -> "_Dialect | None":
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


_WORDS_FOR_FORMS = ("response_format", "json_schema", "json_object", "schema", "grammar")


class TokenUse(BaseModel):
    """The tokens that an endpoint says it used."""

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
    usage: TokenUse | None = None
