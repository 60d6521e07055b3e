"""The schemas of drafts use only what every endpoint accepts."""

from collections.abc import Iterator
from typing import Any

from bot.briefing.draft import DraftBriefing, DraftRepair
from bot.models.openai_api import portable


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
