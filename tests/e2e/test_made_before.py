"""What was briefed before is not briefed again, and what few may read stays where it was."""

from pathlib import Path

from bot.models.endpoint import Endpoint
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.readout import asking
from tests.model_server import ModelServer, Says

MADE_EARLIER = "Reused from an earlier request with the same sources and wishes"


async def test_pasted_text_is_briefed_once_in_each_channel(tmp_path: Path) -> None:
    async with (
        ModelServer(Says.draft(BRIEFING)) as model,
        asking(tmp_path, Endpoint("fake", model.url)) as readout,
    ):
        first = await readout.ask(ASKED, "one")
        again = await readout.ask(ASKED, "one", person="Ben")
        asked_so_far = len(model.requests)
        elsewhere = await readout.ask(ASKED, "other")
    assert all(BOTTOM_LINE in each.text for each in (first, again, elsewhere))
    assert [MADE_EARLIER in each.text for each in (first, again, elsewhere)] == [False, True, False]
    assert (asked_so_far, len(model.requests)) == (1, 2)
