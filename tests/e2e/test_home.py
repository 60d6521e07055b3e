"""The Home tab of a bot that really runs: find again, like it otherwise, be forgotten."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from sandbox.slack.state import View
from tests.e2e.articles import ASKED, RAIL
from tests.e2e.house import House, started
from tests.slacks import entries
from tests.texts import text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORKS, RAILS = "Two towns agree to share one water works", "Ministers agree to reopen"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with started(tmp_path_factory.mktemp("home")) as house:
        yield house


async def home(house: House, person: str, words: str, without: str = "…") -> View:
    """That person's Home tab, as soon as it says ``words`` and no more ``without``."""

    def shown() -> View | None:
        view = house.slack.home(person)
        text = json.dumps(view.content, ensure_ascii=False) if view else ""
        return view if words in text and without not in text else None

    return await house.slack.wait_for(shown)


async def test_what_one_asked_for_is_found_by_its_words(house: House) -> None:
    await house.ask(ASKED, "towns")
    await house.ask(f"@readout\n{RAIL}", "rails")
    house.slack.open_home("Ana")
    view = await home(house, "Ana", WORKS)
    assert RAILS in json.dumps(view.content, ensure_ascii=False)
    house.slack.click_in_view(view, "search.v1", choice="WATER mayors")
    await home(house, "Ana", WORKS, without=RAILS)


async def test_another_finds_what_stands_in_a_channel_of_theirs(house: House) -> None:
    await house.ask(ASKED, "shared")
    house.slack.say("Ben", "shared", "hello")
    house.slack.open_home("Ben")
    view = await home(house, "Ben", WORKS)
    assert RAILS not in json.dumps(view.content, ensure_ascii=False)
    house.slack.open_home("Cleo")
    await home(house, "Cleo", "No briefings yet.")


async def test_a_default_length_is_used(house: House) -> None:
    house.slack.open_home("Dan")
    view = await home(house, "Dan", "What I can do")
    house.slack.click_in_view(view, "default_length.v1", choice="short")
    await house.settled()
    reply = await house.ask(ASKED, "short", person="Dan")
    assert "shorter" not in entries(house.slack, reply.ts)


async def test_a_style_said_or_liked_decides_what_stands_first(house: House) -> None:
    house.slack.open_home("Fay")
    view = await home(house, "Fay", "What I can do")
    house.slack.click_in_view(view, "default_style.v1", choice="minister")
    await house.settled()
    text = text_of("demo")
    liked = await house.ask(f"@readout\n{text}", "liked", person="Fay")
    said = await house.ask(f"@readout in the newsroom style\n{text}", "said", person="Fay")

    def first(text: str) -> str:
        return min(("Key points", "In their words", "Next steps"), key=text.index)

    assert [first(each.text) for each in (liked, said)] == ["Next steps", "In their words"]


async def test_an_admin_sees_where_it_is_asked_and_others_do_not(house: House) -> None:
    await house.ask(ASKED, "counted")
    house.slack.person("Gil").is_admin = True
    house.slack.open_home("Gil")
    view = await home(house, "Gil", "This month (for admins)")
    shown = json.dumps(view.content, ensure_ascii=False)
    assert f'"channel_id": "{house.slack.channel("counted").id}"' in shown
    assert "No model was used." in shown
    house.slack.open_home("Ana")
    assert "for admins" not in json.dumps((await home(house, "Ana", "What I can do")).content)


async def test_who_is_forgotten_finds_nothing(house: House) -> None:
    await house.ask(ASKED, "forgotten", person="Eve")
    house.slack.open_home("Eve")
    view = await home(house, "Eve", WORKS)
    house.slack.click_in_view(view, "forget_me.v1")
    await home(house, "Eve", "are deleted", without=WORKS)
    assert house.rows("mentions", house.slack.channel("forgotten").id) == 0
    assert house.rows("findings", house.slack.channel("forgotten").id) == 0
