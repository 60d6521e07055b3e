"""The writer against a real server with a real model, which is tiny and writes nonsense."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmarks import tiny_model
from bot.briefing.documents import whole_excerpts
from bot.briefing.requests import Wishes
from bot.briefing.tasks import AnswerTask
from bot.models.endpoint import Endpoint
from bot.models.writer import ModelWriter
from tests.drafts import QUESTION, Written, document

pytestmark = [
    pytest.mark.tiny_model,
    pytest.mark.skipif(
        not tiny_model.is_installed(),
        reason="no tiny model here: python -m benchmarks.tiny_model install",
    ),
]

CUT_OFF = "The model's answer grew too long and was cut off."


async def answered(endpoint: Endpoint, task: AnswerTask) -> Written:
    writer = ModelWriter(replace(endpoint, read_timeout=300))
    written = await Written().of(writer.write(task))
    await writer.close()
    return written


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with tiny_model.serving(window=4_096) as url:
        yield url


async def test_a_real_server_keeps_to_the_format_and_reports_usage(url: str) -> None:
    written = await answered(Endpoint(tiny_model.MODEL, url, max_output=100), QUESTION)
    assert written.failure in {None, CUT_OFF}
    assert written.usage is not None
    assert not written.usage.estimated
    assert written.usage.tokens_in > 1_000


async def test_a_real_server_reports_its_window_and_the_text_is_shortened(url: str) -> None:
    long = document(*(f"Sentence {n} of a long article says little." for n in range(2_000)))
    task = AnswerTask(whole_excerpts((long,)), "Who agreed?", Wishes())
    written = await answered(Endpoint(tiny_model.MODEL, url, max_output=10), task)
    assert written.failure in {None, CUT_OFF}
    assert written.usage is not None
    assert written.usage.shown is not None
    assert 0 < len(written.usage.shown[0].numbers) < 100
    assert 1_000 < written.usage.tokens_in < 4_096
