"""A model that only says what a strong one once answered about the sample article.

It speaks OpenAI's dialect on a port of this machine, so that all the rest is real: the requests,
the judge, the checks and what is shown. It answers the very same words alone, except for random
codes and for what was asked earlier in the thread, at which length: the questions it knows stand
by themselves.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from types import TracebackType
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
"""What can be asked of it about the sample article: those that its briefings suggest as well."""
ANSWERED, NOT_ANSWERED, *_ = QUESTIONS
"""What `readout demo` asks: the article answers the first, not the second."""

# What is drawn at random for each request, as the request itself tells it.
_CODE = re.compile(
    r"The (?:code of this request|mark of these instructions) is (\w+)|^<lines (\w+)>"
)
_TOLD_ON = re.compile(r'"day":"[-0-9]+"')
_ASKED = "What the person asked, as JSON:\n"
_NOT_RECORDED = {"error": {"message": "This is not recorded.", "code": "not_recorded"}}
_CHARACTERS, _PAUSE = 40, 0.01  # lines come one by one, and nobody waits long


def text_of(name: str) -> str:
    """What is in the sample file ``name``."""
    return files("sandbox").joinpath("samples", name).read_text("utf-8").strip()


def sample() -> str:
    """The sample article."""
    return text_of("demo-article.txt")


def second_day() -> str:
    """An article about the same story, some days later."""
    return text_of("second-day.txt")


def sample_answers() -> dict[str, str]:
    """What is recorded about the sample articles: the answers as JSON, by the `key_of` requests."""
    recorded = json.loads(text_of("recorded.json"))
    return {key: json.dumps(each["answer"]) for key, each in recorded.items()}


def key_of(messages: Sequence[str]) -> str:
    """The same for all requests in the same words."""
    return hashlib.sha256("\0".join(map(plain, messages)).encode()).hexdigest()[:12]


def plain(message: str) -> str:
    """``message`` without random codes and the days of earlier briefings; a question without those
    before it, and at one length."""
    message = _TOLD_ON.sub('"day":""', message)
    for code in {code for found in _CODE.findall(message) for code in found if code}:
        message = message.replace(code, "CODE")
    sources, told, asked = message.rpartition(_ASKED)
    if not told:
        return message
    kept = {name: value for name, value in json.loads(asked).items() if name != "earlier"}
    if "question" in kept:
        kept["wishes"] = {**kept.get("wishes", {}), "length": "standard"}
    return f"{sources}{told}{json.dumps(kept, ensure_ascii=False)}"


def settings_for(url: str) -> dict[str, str]:
    """What to set so that the recorded model at ``url`` writes and judges, by the settings' names,
    whatever else the operator has set."""
    models = ("OPENAI_MODEL", "READOUT_FALLBACK_MODEL", "READOUT_SECOND_OPINION_MODEL")
    return {
        "READOUT_ENGINE": "openai",
        "READOUT_SECOND_OPINION": "on",
        "OPENAI_BASE_URL": url,
        "OPENAI_API_KEY": "none",
        **dict.fromkeys(models, MODEL),
    }


class LoopbackModel:
    """Speaks OpenAI's dialect at ``url``, on a free port, while it is entered."""

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

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """The answer to a request for one."""
        raise NotImplementedError

    async def models(self, _: web.Request) -> web.Response:
        """The names of the models that are here."""
        raise web.HTTPNotFound


class RecordedModel(LoopbackModel):
    """Says ``answers``, JSON by the `key_of` requests; any other request is refused with the code
    not_recorded."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers

    def answer(self, asked: Mapping[str, Any]) -> str | None:
        """What is said to the body of a request; None where nothing is recorded."""
        return self.answers.get(key_of([each["content"] for each in asked["messages"]]))

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
