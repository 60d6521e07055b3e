"""The second day's briefing of a story."""

import json
from pathlib import Path

from bot.briefing.draft import DraftChange, DraftChanges
from bot.models.endpoint import Endpoint
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING, NEXT, NEXT_DAY
from tests.e2e.readout import started_with_model
from tests.model_server import CHANGES, ModelServer, Says

NEW = DraftChanges(
    changes=[
        DraftChange(
            kind="changed", now=["A2"], then=[2, 5], before="by 1 March", after="by 1 April",
            text="Ansel and Brook will share the water works by 1 April instead of 1 March.",
        ),
        DraftChange(
            kind="changed", now=["A4"], then=[6], before="12 million", after="51 million",
            text="The works cost 51 million crowns instead of 12 million.",
        ),
    ],
    known=[],
)  # fmt: skip


async def test_the_second_day_opens_with_what_has_changed_in_its_channel(tmp_path: Path) -> None:
    async with (
        ModelServer(Says.draft(BRIEFING), Says.draft(NEXT)) as model,
        started_with_model(tmp_path, Endpoint("fake", model.url)) as readout,
    ):
        model.play(Says.draft(NEW), about=CHANGES)
        first = await readout.ask(ASKED, "desk")
        second = await readout.ask(f"@readout\n{NEXT_DAY}", "desk")
        elsewhere = await readout.ask(f"@readout\n{NEXT_DAY}", "other")
    assert "Since" not in first.text
    assert second.text.startswith("Since ")
    assert "Changed: by 1 March → by 1 April. Ansel and Brook will share" in second.text
    assert "51 million" not in second.text
    assert f"p{first.ts.replace('.', '')}?thread_ts=" in json.dumps(second.messages[0].blocks)
    assert "Since" not in elsewhere.text
    assert "Briefed here before" not in elsewhere.text
    [asked] = model.compared
    earlier = json.loads(asked["messages"][1]["content"].rpartition("as JSON:\n")[2])["earlier"]
    assert [each["number"] for each in earlier] == list(range(1, len(earlier) + 1))
    assert earlier[1]["text"] == BOTTOM_LINE
