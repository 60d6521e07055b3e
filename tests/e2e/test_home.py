"""The Home tab: search, defaults and forgetting."""

import json

import pytest

from sandbox.slack.state import View
from tests.e2e.articles import ASKED, RAIL
from tests.e2e.readout import Readout
from tests.slacks import entries
from tests.texts import text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORKS, RAIL_TITLE = "Two towns agree to share one water works", "Ministers agree to reopen"


async def home(readout: Readout, person: str, words: str, without: str = "…") -> View:
    """That person's Home tab, once it contains ``words`` and not ``without``."""

    def shown() -> View | None:
        view = readout.slack.home(person)
        text = json.dumps(view.content, ensure_ascii=False) if view else ""
        return view if words in text and without not in text else None

    return await readout.slack.wait_for(shown)


async def test_earlier_briefings_are_found_by_their_words(readout: Readout) -> None:
    await readout.ask(ASKED, "towns")
    await readout.ask(f"@readout\n{RAIL}", "rails")
    readout.slack.open_home("Ana")
    view = await home(readout, "Ana", WORKS)
    assert RAIL_TITLE in json.dumps(view.content, ensure_ascii=False)
    readout.slack.click_in_view(view, "search.v1", choice="WATER mayors")
    await home(readout, "Ana", WORKS, without=RAIL_TITLE)


async def test_others_find_briefings_in_their_channels(readout: Readout) -> None:
    await readout.ask(ASKED, "shared")
    readout.slack.say("Ben", "shared", "hello")
    readout.slack.open_home("Ben")
    view = await home(readout, "Ben", WORKS)
    assert RAIL_TITLE not in json.dumps(view.content, ensure_ascii=False)
    readout.slack.open_home("Cleo")
    await home(readout, "Cleo", "No briefings yet.")


async def test_a_default_length_is_used(readout: Readout) -> None:
    readout.slack.open_home("Dan")
    view = await home(readout, "Dan", "What I can do")
    readout.slack.click_in_view(view, "default_length.v1", choice="short")
    await readout.settled()
    reply = await readout.ask(ASKED, "short", person="Dan")
    assert "shorter" not in entries(readout.slack, reply.ts)


async def test_a_requested_or_default_style_decides_what_comes_first(readout: Readout) -> None:
    readout.slack.open_home("Fay")
    view = await home(readout, "Fay", "What I can do")
    readout.slack.click_in_view(view, "default_style.v1", choice="minister")
    await readout.settled()
    text = text_of("demo")
    liked = await readout.ask(f"@readout\n{text}", "liked", person="Fay")
    said = await readout.ask(f"@readout in the newsroom style\n{text}", "said", person="Fay")

    def first(text: str) -> str:
        return min(("Key points", "In their words", "Next steps"), key=text.index)

    assert [first(each.text) for each in (liked, said)] == ["Next steps", "In their words"]


async def test_a_forgotten_person_finds_nothing(readout: Readout) -> None:
    await readout.ask(ASKED, "forgotten", person="Eve")
    readout.slack.open_home("Eve")
    view = await home(readout, "Eve", WORKS)
    readout.slack.click_in_view(view, "forget_me.v1")
    await home(readout, "Eve", "are deleted", without=WORKS)
    assert readout.rows("mentions", readout.slack.channel("forgotten").id) == 0
    assert readout.rows("findings", readout.slack.channel("forgotten").id) == 0
