"""The schemas of drafts use only what every endpoint accepts, and an answer takes no more memory
than its text."""

import tracemalloc
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest

from bot.briefing.draft import DraftBriefing, DraftRepair
from bot.models.chat import Chat, Chunk, Completion, ModelRequest, whole_answer
from bot.models.endpoint import Endpoint
from bot.models.openai_api import OpenAI, portable
from bot.service.errors import ModelFailure


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
