"""A page that is rewritten after it was briefed and shared."""

import json
from pathlib import Path

from bot.briefing.draft import DraftChange, DraftChanges
from bot.models.endpoint import Endpoint
from sandbox.slack.state import View
from tests.e2e.articles import BRIEFING, NEXT, NEXT_DAY, WORKS, page
from tests.e2e.readout import Readout, reply_to, shown, started_with_model
from tests.model_server import CHANGES, ModelServer, Says
from tests.sources.site import listening

NEW = "Ansel and Brook will share the water works by 1 April instead of 1 March."
CHANGE = DraftChange(
    kind="changed", now=["A2"], then=[5], before="by 1 March", after="by 1 April", text=NEW
)
TOLD = "“The mayors agreed to share the works by 1 March, if both councils consent.”"


async def story(readout: Readout) -> View:
    readout.slack.command("Ben", "desk", "/brief story water works")

    def found() -> View | None:
        view = readout.slack.modal("Ben")
        return view if view and "Briefings in this timeline" in str(view.content) else None

    return await readout.slack.wait_for(found)


async def test_a_rewritten_page_corrects_earlier_briefings_of_it(tmp_path: Path) -> None:
    async with (
        listening() as site,
        ModelServer(Says.draft(BRIEFING), Says.draft(NEXT)) as model,
        started_with_model(
            tmp_path, Endpoint("fake", model.url), settings={"READOUT_FETCH_ALLOW": site.host}
        ) as readout,
    ):
        model.play(Says.draft(DraftChanges(changes=[CHANGE], known=[])), about=CHANGES)
        url = site.gives("/works", page(WORKS))
        first = await readout.ask(f"@readout {url}", "desk")
        await readout.share("Ben", first.ts, "board")
        site.gives("/works", page(NEXT_DAY))
        second = await readout.ask(f"@readout {url}", "desk")
        assert second.text.startswith("Since ")

        first_thread = readout.said(first.to)
        (root,) = [
            m
            for m in readout.slack.state.messages(readout.slack.channel("board").id)
            if m.by_app and m.root == m.ts
        ]
        for reply in (first_thread, reply_to(readout.slack, root.ts)):
            briefing, correction = reply.messages[-2:]
            assert "Corrected on " in shown(briefing)
            assert "by 1 March, if both councils consent. (corrected on " in shown(briefing)
            assert f"now says otherwise. Before: {TOLD}" in correction.text
        assert f"Now: {NEW}" in first_thread.messages[-1].text
        assert "Corrected on" not in readout.said(second.to).text

        view = json.dumps((await story(readout)).content, ensure_ascii=False)
        assert "Briefings in this timeline: 2" in view
        assert "Brook will pay a third of the cost." in view
        assert "15 million" in view
