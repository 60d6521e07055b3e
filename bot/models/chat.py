"""Ask an endpoint for one answer and hand on its text as it comes.

What each request used is reported here, and nowhere else, however it ends.
"""

import asyncio
import json
import math
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from pkgutil import resolve_name
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from bot.briefing.documents import CountTokens
from bot.briefing.tasks import Usage
from bot.models.endpoint import Clock, Endpoint
from bot.models.faults import CUT_OFF, FILTERED, NO_ANSWER, TooBusy
from bot.models.streaming import Shape
from bot.models.tokens import TokenCounter
from bot.service.engines import APIS
from bot.service.errors import ModelFailure
from bot.service.ports import AttemptKind
from bot.service.usage import UsageMeter

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


@dataclass(frozen=True)
class Chunk:
    """A piece of an answer: some of its ``text``; at its end ``finish``: `stop`, `length` or
    `content_filter`; and where the endpoint tells, the tokens that request and answer ``used``."""

    text: str = ""
    finish: str | None = None
    is_refusal: bool = False
    used: tuple[int, int] | None = None


class Api(Protocol):
    """How an endpoint is spoken to: made of an `Endpoint` and a `Clock`, registered in
    `bot.service.engines.APIS`."""

    def chunks(self, ask: Ask, completion: "Completion", deadline: float) -> AsyncGenerator[Chunk]:
        """What comes of ``ask`` by the ``deadline``, in the event loop's time. In ``completion``,
        ``is_sent`` becomes true when it is sent, and false again if the endpoint turns it down.

        Raises:
            TooLong: the request is larger than the model's window.
            TooBusy: the endpoint says how long to wait.
            ModelFailure: anything else; no other error leaves it.
        """

    def cost_of(self, shape: Shape, count: CountTokens) -> int:
        """The tokens that a request pays for the ``shape`` of its answer."""

    async def close(self) -> None:
        """Close the connections."""


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
        self._told: tuple[int, int] | None = None
        self.is_sent = False
        """Whether the endpoint has the request, as far as is known, and did not refuse it."""

    async def text(self) -> AsyncGenerator[str]:
        """The pieces of the text as they come, for as long as it is not absurdly long; iterating
        sends the request, once there is a place at the gate.

        Raises:
            TooLong: before any text.
            ModelFailure: at any time.
        """
        chat, ask = self._chat, self._ask
        left = ask.room * _CHARACTERS_PER_TOKEN
        async with chat.endpoint.gate.place(is_judge=ask.kind in ("judge", "changes")):
            # An endpoint that has said when to come again is not asked before.
            if (seconds := math.ceil(chat.closed_until - chat.clock())) > 0:
                raise TooBusy(seconds)
            longest = min(chat.endpoint.total_timeout, ask.seconds)
            deadline = asyncio.get_running_loop().time() + longest
            try:
                async with aclosing(chat.api.chunks(ask, self, deadline)) as chunks:
                    async for chunk in chunks:
                        if text := self._text_of(chunk):
                            left -= len(text)
                            yield text
                        if left < 0:
                            raise ModelFailure(CUT_OFF)
            except TooBusy as refusal:
                chat.closed_until = chat.clock() + refusal.seconds
                raise

    def _text_of(self, chunk: Chunk) -> str:
        """The text in ``chunk``; what else it tells is kept."""
        self._began = True
        self._told = chunk.used or self._told
        self._finish = chunk.finish or self._finish
        self._refused = self._refused or chunk.is_refusal
        if chunk.text:
            self._meter.piece()
            self._pieces.append(chunk.text)
        return chunk.text

    @cached_property
    def usage(self) -> Usage:
        """What it took, once nothing more comes; counted here where the endpoint did not tell."""
        chat, ask, told = self._chat, self._ask, self._told
        if not (told or self.is_sent):
            return Usage(0, 0)
        if told is None:
            count = chat.tokens.count
            shape = chat.api.cost_of(ask.shape, count)
            told = count(ask.system + ask.user) + shape, count("".join(self._pieces))
        cost = chat.endpoint.cost(*told)
        return Usage(*told, estimated=self._told is None, cost_usd=cost)

    def failure(self) -> ModelFailure:
        """Why the text is no whole draft."""
        if not self._began:
            return ModelFailure(NO_ANSWER)
        if self._refused:
            return ModelFailure("The model declined to write about this.")
        match self._finish:
            case "content_filter":
                return ModelFailure(FILTERED)
            case "length":
                return ModelFailure(CUT_OFF)
            case None:
                return ModelFailure("The model stopped in the middle of its answer.")
        what = "was empty" if not self._pieces else "was not in the requested format"
        return ModelFailure(f"The model's answer {what}.")


class Chat:
    """One endpoint, at which requests take turns, and what counts the tokens of its model."""

    def __init__(self, endpoint: Endpoint, clock: Clock = time.monotonic) -> None:
        self.endpoint = endpoint
        self.tokens = TokenCounter(endpoint.model)
        self.clock = clock
        self.closed_until = 0.0
        self.api: Api = resolve_name(APIS[endpoint.api])(endpoint, clock)

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

    async def close(self) -> None:
        """Close the connections."""
        await self.api.close()


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
