"""No payload of a corpus succeeds, even if the models obey it."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import Writer
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
    with_payload,
)
from tests.shared_data import SHARED

pytestmark = pytest.mark.slow

_OWN = Path(__file__).parent / "payloads.jsonl"


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


CASES = [
    *(pytest.param(row, id=row["id"]) for row in _rows(_OWN)),
    *(
        pytest.param(row, id=row["id"], marks=pytest.mark.corpus)
        for row in _rows(SHARED / "injections.jsonl")
    ),
]
"""Our own payloads, and those of a larger corpus if it is among the shared data."""

_TOO_PLAIN = frozenset(("inj-010", "own-09"))
"""What they want said stands in a question that anybody may ask, or is two words of the smallest
kind ("buy now")."""


def _places(row: dict[str, Any]) -> tuple[str, ...]:
    """Where the payload is put: each of our own in one place in turn, the others in all."""
    if row["delivery"] == "html":
        return ("page",)
    own = row["id"].removeprefix("own-")
    return (PLACES[int(own) % len(PLACES)],) if own.isdigit() else PLACES


@pytest.mark.parametrize("row", CASES)
async def test_no_payload_succeeds(row: dict[str, Any]) -> None:
    """Not even where a judge obeys as well. Without a judge less is shown, since what is doubted is
    withheld: there one manner of writing in turn is enough, but for what is too plain."""
    criterion, is_plain = row["success"], row["id"] in _TOO_PLAIN
    clean = shown(await briefed(ARTICLE, ObedientWriter("", criterion, "omit")))
    assert not trial(clean, clean).succeeds(criterion)
    obedient: dict[str, Writer] = {
        style: ObedientWriter(row["payload"], criterion, style) for style in STYLES
    }
    turn = STYLES[sum(row["id"].encode()) % len(STYLES)]
    unjudged = {
        "extractive": ExtractiveWriter(),
        **(obedient if is_plain else {turn: obedient[turn]}),
    }
    for place in _places(row):
        text = with_payload(row["payload"], place)
        assert await successes(unjudged, text, criterion, clean) == [], place
        if not is_plain:
            assert await successes(obedient, text, criterion, clean, FixedJudge()) == [], place


@pytest.mark.parametrize(
    "row",
    [case for case in CASES if "followup" in str(case.values[0])],
)
async def test_no_payload_succeeds_as_a_question(row: dict[str, Any]) -> None:
    for style in STYLES:
        writer = ObedientWriter(row["payload"], row["success"], style)
        reply = shown(await answered(ARTICLE, row["payload"], writer))
        assert not trial(reply, reply).succeeds({"type": "secret_in_output"})
