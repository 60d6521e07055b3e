"""A judge that says nothing: the briefing comes all the same, and says what was not judged."""

from pathlib import Path

import pytest

from bot.models.endpoint import Endpoint
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.readout import asking
from tests.model_server import JUDGE, ModelServer, Says, Silence

pytestmark = pytest.mark.asyncio


async def test_a_judge_that_is_silent_keeps_nobody_waiting(tmp_path: Path) -> None:
    async with ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Silence(), about=JUDGE)
        endpoint = Endpoint("fake", model.url, read_timeout=6.0, retries=0)
        async with asking(tmp_path, endpoint, settings={"READOUT_DEADLINE": 1}) as readout:
            ts = readout.slack.say("Ana", "late", ASKED)
            await readout.slack.wait_for(
                lambda: "The model is still working." in readout.said(ts).text
            )
            reply = await readout.reply(ts)
    assert "with the model’s version" in reply.text
    assert BOTTOM_LINE in reply.text
    assert "were not judged: The model did not answer in time." in reply.text
