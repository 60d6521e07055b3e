"""A model that plays back what a strong one once answered about the sample articles.

It serves OpenAI's API on a port of this machine, so that everything else is real: the requests, the
judge, the checks. It only answers requests with the recorded words, apart from random codes,
earlier questions in the thread and the length.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Self

from aiohttp import web

MODEL = "recorded model"
QUESTIONS = (
    "How much will the repairs to the bridge cost?",
    "How much will a ticket for the passenger trains cost?",
    "What did Petra Oswin say?",
    "What did Doran Maske say?",
    "What will Ilva Terren do?",
)
"""The recorded questions about the sample article, including those that its briefings suggest."""
ANSWERED, NOT_ANSWERED, *_ = QUESTIONS
"""The questions of `readout demo`: the article answers the first, not the second."""

# Random codes in each request.
_CODE = re.compile(
    r"The (?:code of this request|mark of these instructions) is (\w+)|^<lines (\w+)>"
)
_DAY = re.compile(r'"day":"[-0-9]+"')
_BEFORE_QUESTION = "What the person asked, as JSON:\n"
_NOT_RECORDED = {"error": {"message": "This is not recorded.", "code": "not_recorded"}}
_CHARACTERS, _PAUSE = 40, 0.01  # slow enough to stream lines one by one


def sample_text(name: str) -> str:
    """The text of the sample file ``name``."""
    return files("sandbox").joinpath("samples", name).read_text("utf-8").strip()


def sample_article() -> str:
    return sample_text("demo-article.txt")


def later_article() -> str:
    """An article about the same story, some days later."""
    return sample_text("second-day.txt")


def recorded_answers() -> dict[str, str]:
    """The recorded answers about the sample articles, as JSON, by `request_key`."""
    recorded = json.loads(sample_text("recorded.json"))
    return {key: json.dumps(each["answer"]) for key, each in recorded.items()}


def request_key(messages: Sequence[str]) -> str:
    """A key that is the same for all requests with the same words."""
    return hashlib.sha256("\0".join(map(without_variable_parts, messages)).encode()).hexdigest()[
        :12
    ]


def without_variable_parts(message: str) -> str:
    """``message`` without random codes, days of earlier briefings and earlier questions; the length
    of an answer is always "standard"."""
    message = _DAY.sub('"day":""', message)
    for code in {code for found in _CODE.findall(message) for code in found if code}:
        message = message.replace(code, "CODE")
    sources, separator, question = message.rpartition(_BEFORE_QUESTION)
    if not separator:
        return message
    kept = {name: value for name, value in json.loads(question).items() if name != "earlier"}
    if "question" in kept:
        kept["wishes"] = {**kept.get("wishes", {}), "length": "standard"}
    return f"{sources}{separator}{json.dumps(kept, ensure_ascii=False)}"


def model_settings(url: str) -> dict[str, str]:
    """The environment variables for the recorded model at ``url`` as writer and judge, which
    override the operator's."""
    models = ("OPENAI_MODEL", "READOUT_FALLBACK_MODEL", "READOUT_SECOND_OPINION_MODEL")
    return {
        "READOUT_ENGINE": "openai",
        "READOUT_SECOND_OPINION": "on",
        "OPENAI_BASE_URL": url,
        "OPENAI_API_KEY": "none",
        **dict.fromkeys(models, MODEL),
    }


class LoopbackModel:
    """A server of OpenAI's API at ``url``, on a free port, as a context manager."""

    url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_post("/v1/chat/completions", self.complete)
        app.router.add_get("/v1/models", self.models)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def complete(self, request: web.Request) -> web.StreamResponse:
        raise NotImplementedError

    async def models(self, _: web.Request) -> web.Response:
        raise web.HTTPNotFound


class RecordedModel(LoopbackModel):
    """Plays back ``answers``, JSON by `request_key`; other requests are refused with the code
    not_recorded."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers

    def answer(self, body: Mapping[str, Any]) -> str | None:
        """The answer to a request with that body; None if none is recorded."""
        return self.answers.get(request_key([each["content"] for each in body["messages"]]))

    async def complete(self, request: web.Request) -> web.StreamResponse:
        answer = self.answer(await request.json())
        if answer is None:
            return web.json_response(_NOT_RECORDED, status=403)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for chunk in _chunks(answer):
            await response.write(f"data: {chunk}\n\n".encode())
            await asyncio.sleep(_PAUSE)
        return response


def _chunks(answer: str) -> Iterator[str]:
    for at in range(0, len(answer), _CHARACTERS):
        yield _chunk({"content": answer[at : at + _CHARACTERS]}, None)
    yield _chunk({}, "stop")
    yield "[DONE]"


def _chunk(delta: dict[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    kind = {"id": "recorded", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
    return json.dumps({**kind, "choices": [choice]})
