"""The schemas of drafts use only what every endpoint accepts, whatever an endpoint adds to an
answer does not end it, an answer takes no more memory than its text, and what is billed is what the
endpoint worked on."""

import socket
import tracemalloc
from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from bot.briefing.draft import DraftBriefing, DraftRepair
from bot.briefing.tasks import Usage
from bot.models.chat import Chat, Chunk, Completion, ModelRequest, whole_answer
from bot.models.endpoint import Endpoint
from bot.models.openai_api import OpenAI, portable
from bot.service.errors import ModelFailure
from tests.model_server import Chunks, Json, ModelServer, Says, Silence

NO_REPAIR = DraftRepair(lines=[], commitments=[], quotes=[])
REQUEST = ModelRequest("repair", "Repair these.", "A line.", DraftRepair, room=100)


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for value in node.values():
            yield from _objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from _objects(value)


def test_every_field_is_required_even_one_that_an_older_draft_may_lack() -> None:
    for shape in (DraftBriefing, DraftRepair):
        found = list(_objects(portable(shape)))
        assert all(list(each["properties"]) == each["required"] for each in found)
        assert all("default" not in part for each in found for part in each["properties"].values())
    assert any("translation" in each["properties"] for each in _objects(portable(DraftBriefing)))


class WordlessApi(OpenAI):
    """Sends a hundred thousand chunks without text, as a model does that only thinks."""

    async def chunks(
        self, request: ModelRequest, completion: Completion, deadline: float
    ) -> AsyncGenerator[Chunk]:
        for _ in range(100_000):
            yield Chunk(thought=".")
        yield Chunk(finish="stop")


class EndlessApi(OpenAI):
    """Thinks for 20 MB, as a model in a loop does at a server that ignores the limit."""

    async def chunks(
        self, request: ModelRequest, completion: Completion, deadline: float
    ) -> AsyncGenerator[Chunk]:
        for _ in range(2_000):
            yield Chunk(thought="and so on " * 1_000)
        raise ModelFailure("The model did not answer in time.")


@pytest.mark.parametrize(("api", "failure"), [(WordlessApi, "empty"), (EndlessApi, "in time")])
async def test_no_more_is_kept_than_an_answer_takes(api: type[OpenAI], failure: str) -> None:
    chat = Chat(Endpoint("fake"))
    chat.api = api(chat.endpoint, chat.clock)
    request = ModelRequest("judge", "", "", DraftRepair, room=100)
    tracemalloc.start()
    try:
        with pytest.raises(ModelFailure, match=failure):
            await whole_answer(chat, request, DraftRepair)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def choice(finish: str | None = None, **delta: object) -> Json:
    """A chunk as OpenAI sends it."""
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def used(read: int, written: int) -> Json:
    return {"usage": {"prompt_tokens": read, "completion_tokens": written}}


@pytest.mark.parametrize(
    "chunk",
    [
        pytest.param(
            {"choices": [{"finish_reason": None, "content_filter_offsets": {"end_offset": 9}}]},
            id="azure-filter",
        ),
        pytest.param({"choices": [{"delta": None, "finish_reason": None}]}, id="delta-null"),
        pytest.param({"choices": None}, id="choices-null"),
        pytest.param({"type": "ping"}, id="ping"),
        pytest.param({"choices": [], "usage": {}}, id="usage-empty"),
        pytest.param({"usage": {"prompt_tokens": 9, "completion_tokens": None}}, id="usage-null"),
    ],
)
async def test_a_chunk_without_text_does_not_end_the_answer(chunk: Json) -> None:
    text = NO_REPAIR.model_dump_json()
    chunks = choice(content=text[:9]), chunk, choice(content=text[9:]), choice("stop")
    async with ModelServer(Chunks((*chunks, used(900, 7), chunk))) as model:
        chat = Chat(Endpoint("fake", model.url, retries=0))
        given = await whole_answer(chat, REQUEST, DraftRepair)
        await chat.close()
    assert given == (NO_REPAIR, Usage(900, 7))


WORDS = choice(content="word " * 40)


async def failed(endpoint: Endpoint) -> Usage:
    """The usage of a request that fails."""
    chat = Chat(endpoint)
    with pytest.raises(ModelFailure):
        async with chat.completion(REQUEST) as completion:
            raise completion.failure() if [_ async for _ in completion.text] else ModelFailure("")
    await chat.close()
    return completion.usage


@pytest.mark.parametrize(
    ("chunks", "tokens_in", "tokens_out"),
    [
        pytest.param((WORDS,), 6, 48, id="nothing"),
        pytest.param((used(0, 0), {**WORDS, **used(0, 0)}), 6, 48, id="zeros"),
        pytest.param((used(900, 0), WORDS), 900, 48, id="the-prompt-first"),
        pytest.param((used(900, 70), WORDS), 900, 70, id="more-than-is-seen"),
        pytest.param((choice(reasoning_content="word " * 40),), 6, 48, id="reasoning_content"),
        pytest.param((choice(reasoning="word " * 40),), 6, 48, id="reasoning"),
        pytest.param((choice(reasoning={"effort": "low"}), WORDS), 6, 48, id="another-reasoning"),
    ],
)
async def test_the_usage_of_an_answer_that_was_cut_off_is_counted_whatever_was_reported_before(
    chunks: tuple[Json, ...], tokens_in: int, tokens_out: int
) -> None:
    async with ModelServer(Chunks(chunks)) as model:
        usage = await failed(Endpoint("fake", model.url, retries=0))
    assert usage == Usage(tokens_in, tokens_out, estimated=True)


async def test_a_silent_endpoint_is_asked_and_billed_once() -> None:
    async with ModelServer(Silence()) as model:
        usage = await failed(Endpoint("fake", model.url, read_timeout=0.2))
    assert len(model.requests) == 1
    assert usage == Usage(6, 0, estimated=True)


async def test_a_connection_that_never_came_about_is_not_billed() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        for _ in range(4):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/v1"
        usage = await failed(Endpoint("fake", url, connect_timeout=0.2, retries=1))
    assert usage == Usage(0, 0)


async def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ModelServer(Says.draft(NO_REPAIR)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        chat = Chat(Endpoint("fake", "http://model.example/v1", retries=0))
        given, _ = await whole_answer(chat, REQUEST, DraftRepair)
        await chat.close()
    assert given == NO_REPAIR
    assert proxy.headers[0]["Host"] == "model.example"
