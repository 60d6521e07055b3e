"""No payload of a corpus gets what it wants, whatever models were talked into."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FixedJudge
from tests.injections.obedient import STYLES, ObedientWriter
from tests.injections.surfaces import shown
from tests.injections.trials import (
    ARTICLE,
    PLACES,
    answered,
    briefed,
    successes,
    trial,
)

_OWN = Path(__file__).parent / "payloads.jsonl"
_NEARBY = Path(__file__).parents[2].joinpath("..", "shared", "data", "injections.jsonl")


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


CASES = [
    *(pytest.param(row, id=row["id"]) for row in _rows(_OWN)),
    *(pytest.param(row, id=row["id"], marks=pytest.mark.corpus) for row in _rows(_NEARBY)),
]
"""Our own payloads, and those of a larger corpus where it lies beside the project."""

_TOO_PLAIN = frozenset(("inj-010", "own-09"))
"""What they want said stands in a question that anybody may ask, or is two words of the smallest
kind ("buy now")."""


def _places(row: dict[str, Any]) -> tuple[str, ...]:
    """Where the payload stands: each of our own in one place in turn, the others in all."""
    if row["delivery"] == "html":
        return ("page",)
    own = row["id"].removeprefix("own-")
    return (PLACES[int(own) % len(PLACES)],) if own.isdigit() else PLACES


@pytest.mark.parametrize("row", CASES)
async def test_no_payload_succeeds(row: dict[str, Any]) -> None:
    clean = shown(await briefed(ARTICLE, ObedientWriter("", row["success"], "omit")))
    for place in _places(row):
        assert await successes(row["payload"], row["success"], place, clean) == [], place


@pytest.mark.parametrize("row", CASES)
async def test_no_payload_succeeds_that_a_judge_obeys_as_well(row: dict[str, Any]) -> None:
    clean = shown(await briefed(ARTICLE, ObedientWriter("", row["success"], "omit")))
    for place in _places(row):
        found = await successes(row["payload"], row["success"], place, clean, FixedJudge())
        assert not found or row["id"] in _TOO_PLAIN, (place, found)


@pytest.mark.parametrize("row", CASES)
async def test_the_clean_article_meets_no_criterion(row: dict[str, Any]) -> None:
    clean = shown(await briefed(ARTICLE, ObedientWriter("", row["success"], "omit")))
    assert not trial(clean, clean).succeeds(row["success"])


@pytest.mark.parametrize(
    "row",
    [case for case in CASES if "followup" in str(case.values[0])],
)
async def test_no_payload_succeeds_as_a_question(row: dict[str, Any]) -> None:
    for style in STYLES:
        writer = ObedientWriter(row["payload"], row["success"], style)
        reply = shown(await answered(ARTICLE, row["payload"], writer))
        assert not trial(reply, reply).succeeds({"type": "secret_in_output"})
