"""The schemas of drafts use only what every endpoint accepts, whatever an endpoint adds to an
answer does not end it, and an answer takes no more memory than its text."""

import tracemalloc
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest

from bot.briefing.draft import DraftBriefing, DraftRepair
from bot.briefing.tasks import Usage
from bot.models.chat import Chat, Chunk, Completion, ModelRequest, whole_answer
from bot.models.endpoint import Endpoint
from bot.models.openai_api import OpenAI, portable
from bot.service.errors import ModelFailure
from tests.model_server import Chunks, Json, ModelServer

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
    """Sends a hundred thousand chunks that say nothing, as a model does that only thinks."""

    async def chunks(
        self, request: ModelRequest, completion: Completion, deadline: float
    ) -> AsyncGenerator[Chunk]:
        for _ in range(100_000):
            yield Chunk()
        yield Chunk(finish="stop")


async def test_chunks_that_say_nothing_are_not_kept() -> None:
    chat = Chat(Endpoint("fake"))
    chat.api = WordlessApi(chat.endpoint, chat.clock)
    request = ModelRequest("judge", "", "", DraftRepair, room=100)
    tracemalloc.start()
    try:
        with pytest.raises(ModelFailure, match="empty"):
            await whole_answer(chat, request, DraftRepair)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def choice(finish: str | None = None, **delta: object) -> Json:
    """A chunk as OpenAI sends it."""
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


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
    usage = {"usage": {"prompt_tokens": 900, "completion_tokens": 7}}
    chunks = choice(content=text[:9]), chunk, choice(content=text[9:]), choice("stop"), usage, chunk
    async with ModelServer(Chunks(chunks)) as model:
        chat = Chat(Endpoint("fake", model.url, retries=0))
        given = await whole_answer(chat, REQUEST, DraftRepair)
        await chat.close()
    assert given == (NO_REPAIR, Usage(900, 7))
