"""Sources of thirty thousand words, read in parts by a small model."""

import re
from pathlib import Path

import pytest

from bot.models.endpoint import Endpoint
from sandbox.slack import LocalFile
from tests.e2e.articles import BOTTOM_LINE, BRIEFING, WORKS
from tests.e2e.readout import started, started_with_model
from tests.model_server import BROKEN, ModelServer, Says

pytestmark = pytest.mark.slow

_DAY = (
    "On day {day} the workers of the {nth} shift laid {day} metres of pipe along the railway, "
    "and the town of Brook paid them on the evening of the same day."
)
LONG = "\n".join([WORKS, *(_DAY.format(day=day, nth=f"{day}th") for day in range(2, 1000))])
AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."
CHOOSE = "You read one part of a long source"
WORDS = f"{len(LONG.split()):,}"


async def test_thirty_thousand_pasted_words_are_briefed_whole_without_a_model(
    tmp_path: Path,
) -> None:
    async with started(tmp_path) as readout:
        reply = await readout.ask(f"@readout\n{LONG}")
        assert AGREED in reply.text
        assert f", {WORDS} words\n" in reply.text
        assert {each.outcome for each in readout.slack.calls} == {"ok"}


async def test_a_source_over_the_model_s_budget_is_read_in_parts(tmp_path: Path) -> None:
    async with ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Says('{"sentences": [1, 2, 3, 4, 5]}'), about=CHOOSE)
        small = Endpoint("fake", model.url, window=16_000)
        async with started_with_model(tmp_path, small) as readout:
            file = LocalFile("long.txt", "text/plain", LONG.encode(), snippet=True)
            reply = await readout.ask("@readout", files=[file])
    assert BOTTOM_LINE in reply.text
    assert f", {WORDS} words\n" in reply.text
    *parts, last = [str(each["messages"]) for each in model.requests]
    assert len(parts) == 3
    assert all(any(f"On day {day} " in part for part in parts) for day in range(2, 1000))
    assert all(CHOOSE in part and len(part) < 16_000 * 5 for part in parts)
    assert re.search(r"\[A[6-9]\d\d\] On day ", last)
    assert len(last) < 16_000 * 5


async def test_a_part_that_the_model_could_not_read_is_named(tmp_path: Path) -> None:
    async with ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Says('{"sentences": [1, 2, 3, 4, 5]}'), about=CHOOSE)
        model.play(BROKEN, about="On day 500 ")
        small = Endpoint("fake", model.url, window=16_000, retries=0)
        async with started_with_model(tmp_path, small) as readout:
            file = LocalFile("long.txt", "text/plain", LONG.encode(), snippet=True)
            reply = await readout.ask("@readout", files=[file])
    assert BOTTOM_LINE in reply.text
    assert f"of {WORDS} words of source A were read; the model failed on the rest." in reply.text


async def test_without_the_model_a_book_is_briefed_whole(tmp_path: Path) -> None:
    async with ModelServer(BROKEN) as model:
        small = Endpoint("fake", model.url, window=16_000, retries=0)
        async with started_with_model(tmp_path, small) as readout:
            file = LocalFile("long.txt", "text/plain", LONG.encode(), snippet=True)
            reply = await readout.ask("@readout", files=[file])
    assert AGREED in reply.text
    assert f", {WORDS} words\n" in reply.text
    assert "The model's endpoint failed (HTTP 500)." in reply.text
