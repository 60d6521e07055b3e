"""Sends a request to a model and yields the text of its answer as it arrives.

What each request used is reported here, and nowhere else, however it ends.
"""

import asyncio
import json
import math
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pkgutil import resolve_name
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from bot.briefing.documents import CountTokens
from bot.briefing.tasks import Usage
from bot.models.endpoint import Clock, Endpoint
from bot.models.faults import CUT_OFF, FILTERED, NO_ANSWER, TooBusy
from bot.models.streaming import Shape
from bot.models.tokens import TokenCounter
from bot.service import usage
from bot.service.engines import APIS
from bot.service.errors import ModelFailure
from bot.service.ports import Attempt, AttemptKind

# A token of JSON is longer only where a server ignores the limit it was given.
_CHARACTERS_PER_TOKEN = 8


@dataclass(frozen=True)
class ModelRequest:
    """One request to a model: its kind, our instructions (``system``), the message with the sources
    (``user``), and the shape of the answer, which may have ``room`` tokens. It is given up after
    ``seconds``, or earlier if the endpoint's own limit is lower."""

    kind: AttemptKind
    system: str
    user: str
    shape: Shape
    room: int
    seconds: float = math.inf


@dataclass(frozen=True)
class Chunk:
    """A piece of an answer: some of its ``text``; in the last one why it ended (``finish``: `stop`,
    `length` or `content_filter`); the tokens that request and answer ``used`` so far, if the
    endpoint says so; and what the model ``thought`` before its answer, which is billed too."""

    text: str = ""
    finish: str | None = None
    is_refusal: bool = False
    used: tuple[int, int] | None = None
    thought: str = field(default="", compare=False)


class Api(Protocol):
    """An adapter for one kind of endpoint. It is built from an `Endpoint` and a `Clock`, and
    registered in `bot.service.engines.APIS`."""

    def chunks(
        self, request: ModelRequest, completion: "Completion", deadline: float
    ) -> AsyncGenerator[Chunk]:
        """Send ``request`` and yield the answer until the ``deadline``, in the event loop's time.
        In ``completion``, ``is_sent`` becomes true when it is sent, and false again if the endpoint
        rejects it.

        Raises:
            TooLong: the request is larger than the model's window.
            TooBusy: the endpoint says how long to wait.
            ModelFailure: anything else; no other error leaves it.
        """

    def cost_of(self, shape: Shape, count: CountTokens) -> int:
        """The tokens that the ``shape`` of the answer adds to a request."""

    async def close(self) -> None:
        """Close the connections."""


class Completion:
    """The answer to one request. Its ``text`` can be iterated once; the rest is known after that.

    Iterating waits for a place at the endpoint, sends the request, and yields the text as it
    arrives. It raises `TooLong` before any text, and `ModelFailure` at any time, also if the text
    is absurdly long.
    """

    def __init__(self, chat: "Chat", request: ModelRequest) -> None:
        self.text = self._receive()
        self.is_sent = False
        """Whether the endpoint got the request, as far as is known, and did not reject it."""
        self._chat = chat
        self._request = request
        self._created = time.monotonic()
        self._first_text: float | None = None
        self._chunks: list[Chunk] = []
        self._thoughts = StringIO()

    async def _receive(self) -> AsyncGenerator[str]:
        chat, request = self._chat, self._request
        left = most = request.room * _CHARACTERS_PER_TOKEN
        async with chat.endpoint.scheduler.place(is_judge=request.kind in ("judge", "changes")):
            # An endpoint that has said when to come again is not asked before.
            if (seconds := math.ceil(chat.closed_until - chat.clock())) > 0:
                raise TooBusy(seconds)
            longest = min(chat.endpoint.total_timeout, request.seconds)
            deadline = asyncio.get_running_loop().time() + longest
            try:
                async with aclosing(chat.api.chunks(request, self, deadline)) as chunks:
                    async for chunk in chunks:
                        if self._thoughts.tell() < most:
                            self._thoughts.write(chunk.thought)
                        # Of those that say nothing only the first is kept: they may never end.
                        if chunk != Chunk() or not self._chunks:
                            self._chunks.append(chunk)
                        if chunk.text:
                            self._first_text = self._first_text or time.monotonic()
                            left -= len(chunk.text)
                            yield chunk.text
                        if left < 0:
                            raise ModelFailure(CUT_OFF)
            except TooBusy as refusal:
                chat.closed_until = chat.clock() + refusal.seconds
                raise

    @cached_property
    def usage(self) -> Usage:
        """The usage, once nothing more comes; counted here if the endpoint did not say, or the
        answer was cut off and it spoke too early."""
        chat, request = self._chat, self._request
        reported = [chunk.used for chunk in self._chunks if chunk.used]
        if not (reported or self.is_sent):
            return Usage(0, 0)
        is_final = bool(reported) and any(chunk.finish for chunk in self._chunks)
        if is_final:
            used = reported[-1]
        else:
            count = chat.tokens.count
            shape = chat.api.cost_of(request.shape, count)
            written = self._thoughts.getvalue() + "".join(chunk.text for chunk in self._chunks)
            used = count(request.system + request.user) + shape, count(written)
            if reported:
                used = reported[-1][0], max(reported[-1][1], used[1])
        return Usage(*used, estimated=not is_final, cost_usd=chat.endpoint.cost(*used))

    def attempt(self, *, failed: bool) -> Attempt:
        """What is reported of the request, once nothing more comes."""
        first = None if self._first_text is None else self._first_text - self._created
        seconds = time.monotonic() - self._created
        kind, model = self._request.kind, self._chat.endpoint.model
        return Attempt(kind, model, self.usage, seconds, first, failed)

    def failure(self) -> ModelFailure:
        """Why the text is not a complete answer."""
        if not self._chunks:
            return ModelFailure(NO_ANSWER)
        if any(chunk.is_refusal for chunk in self._chunks):
            return ModelFailure("The model declined to write about this.")
        match [chunk.finish for chunk in self._chunks if chunk.finish]:
            case [*_, "content_filter"]:
                return ModelFailure(FILTERED)
            case [*_, "length"]:
                return ModelFailure(CUT_OFF)
            case []:
                return ModelFailure("The model stopped in the middle of its answer.")
        has_text = any(chunk.text for chunk in self._chunks)
        what = "was not in the requested format" if has_text else "was empty"
        return ModelFailure(f"The model's answer {what}.")


class Chat:
    """A client of one endpoint, where requests take turns. It also counts the tokens of texts."""

    def __init__(self, endpoint: Endpoint, clock: Clock = time.monotonic) -> None:
        self.endpoint = endpoint
        self.tokens = TokenCounter(endpoint.model)
        self.clock = clock
        self.closed_until = 0.0
        self.api: Api = resolve_name(APIS[endpoint.api])(endpoint, clock)

    @asynccontextmanager
    async def completion(self, request: ModelRequest) -> AsyncGenerator[Completion]:
        """The answer to ``request``. At the end of the block its usage is reported: as failed if
        the block raises a `ModelFailure`, but not if it is cancelled."""
        completion, failed = Completion(self, request), False
        try:
            async with aclosing(completion.text):
                yield completion
        except ModelFailure:
            failed = True
            raise
        finally:
            if completion.is_sent or failed:
                await usage.report(completion.attempt(failed=failed))

    async def close(self) -> None:
        """Close the connections."""
        await self.api.close()


Given = TypeVar("Given", bound=BaseModel)


async def whole_answer(
    chat: Chat, request: ModelRequest, shape: type[Given]
) -> tuple[Given, Usage]:
    """The answer to ``request`` and its usage.

    Raises:
        ModelFailure: there is no answer, or it doesn't have that ``shape``.
        TooLong: the request was too long for the endpoint.
    """
    async with chat.completion(request) as completion:
        text = "".join([piece async for piece in completion.text])
        given = _parsed(text, shape)
        if given is None:
            raise completion.failure()
    return given, completion.usage


def _parsed(text: str, shape: type[Given]) -> Given | None:
    """The JSON object in ``text``, whatever stands around it; None if there is none."""
    start = text.find("{", text.rfind("</think>") + 1)
    try:
        whole, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
        return shape.model_validate(whole)
    except (ValueError, RecursionError, ValidationError):
        return None
