"""A source of thirty thousand words is briefed whole without a model, and cut for a small one."""

from pathlib import Path

from bot.llm.endpoint import Endpoint
from bot.llm.writer import OpenAIWriter
from bot.local import LocalFile
from tests.e2e.articles import BOTTOM_LINE, BRIEFING, WORKS
from tests.e2e.house import started
from tests.model_server import ModelServer, Says

_DAY = (
    "On day {day} the workers of the {nth} shift laid {day} metres of pipe along the railway, "
    "and the town of Brook paid them on the evening of the same day."
)
LONG = "\n".join([WORKS, *(_DAY.format(day=day, nth=f"{day}th") for day in range(2, 1000))])
AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."
WORDS = f"{len(LONG.split()):,}"


async def test_thirty_thousand_pasted_words_are_briefed_whole_without_a_model(
    tmp_path: Path,
) -> None:
    async with started(tmp_path) as house:
        reply = await house.ask(f"@readout\n{LONG}")
        assert AGREED in reply.text
        assert f"· {WORDS} words ·" in reply.text
        assert {each.outcome for each in house.slack.calls} == {"ok"}


async def test_a_source_over_the_model_s_budget_is_cut_and_says_so(tmp_path: Path) -> None:
    async with ModelServer(Says.draft(BRIEFING)) as model:
        writer = OpenAIWriter(Endpoint("fake", model.url, window=16_000))
        async with started(tmp_path, writer=writer) as house:
            file = LocalFile("long.txt", "text/plain", LONG.encode(), snippet=True)
            reply = await house.ask("@readout", files=[file])
            assert BOTTOM_LINE in reply.text
            assert f"of {WORDS} words were read: the rest did not fit." in reply.text
            assert len(str(model.requests[0]["messages"])) < 16_000 * 5
        await writer.close()
