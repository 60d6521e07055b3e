"""What people of other organisations get in a shared channel, and guests in theirs: a briefing of
what they post, and nothing that others have asked elsewhere."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.articles import ASKED, RAIL, WORKS, page
from tests.e2e.house import House, shown, started
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

OURS = ("water works", "Ansel", "Mara Lind")
"""Words of what was briefed in a channel of ours alone."""
PRIVATE = "This is not a public web address that can be read."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[House]:
    site.gives("/intranet", page(WORKS))
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with started(tmp_path_factory.mktemp("guests"), settings=allowed) as house:
        assert (await house.ask(ASKED, "ours")).messages
        house.slack.channel("shared")
        yield house


@pytest.fixture
def guest(house: House) -> str:
    """Somebody of another organisation, by id."""
    return house.slack.person("Gil", team="T0OTHER").id


def here(house: House) -> str:
    """The channel that the organisations share, by id."""
    return house.slack.channel("shared").id


async def test_they_get_a_briefing_of_what_they_post(house: House, guest: str) -> None:
    reply = await house.ask(f"@readout\n{RAIL}", here(house), person=guest)
    assert "reopen the northern rail line" in reply.text.replace("\n", " ")
    assert of_ours(reply.text) == []


async def test_they_are_answered_from_the_sources_of_the_thread_alone(
    house: House, guest: str
) -> None:
    asked = await house.ask(f"@readout\n{RAIL}", here(house), person=guest)
    reply = await house.ask(
        "@readout Who is the mayor of Brook?",
        here(house),
        person=guest,
        thread_ts=asked.to,
    )
    assert reply.messages
    assert of_ours(reply.text) == []


async def test_a_link_into_another_channel_shows_them_nothing(house: House, guest: str) -> None:
    ours = next(each for each in house.slack.state.messages(house.slack.channel("ours").id))
    link = house.slack.permalink(ours.ts)
    reply = await house.ask(f"@readout {link}", here(house), person=guest)
    assert "I only read messages from the channel I’m asked in." in reply.text
    assert of_ours(reply.text) == []


async def test_their_home_shows_nothing_of_ours(house: House, guest: str) -> None:
    house.slack.open_home(guest)
    home = await house.slack.wait_for(lambda: house.slack.home(guest))
    assert of_ours(str(home.content)) == []


async def test_a_guest_of_our_own_finds_nothing_of_channels_they_are_not_in(house: House) -> None:
    house.slack.say("Guest", "shared", "hello")
    house.slack.open_home("Guest")
    home = await house.slack.wait_for(lambda: house.slack.home("Guest"))
    assert of_ours(str(home.content)) == []


async def test_what_they_link_is_read_from_the_public_web_alone(
    house: House, site: Site, guest: str
) -> None:
    reply = await house.ask(f"@readout {site.url('/intranet')}", here(house), person=guest)
    assert PRIVATE in reply.text


async def test_so_is_what_they_link_and_one_of_us_has_read(
    house: House, site: Site, guest: str
) -> None:
    root = house.slack.say(guest, here(house), f"see {site.url('/intranet')}")
    above = await house.ask("@readout", "shared", person="Ana", thread_ts=root)
    assert PRIVATE in above.text

    house.slack.shortcut("Ana", root, "brief_message")
    await house.settled()
    assert PRIVATE in shown(house.said(root).messages[-1])
    assert of_ours(house.said(root).text) == []


def of_ours(text: str) -> list[str]:
    return [each for each in OURS if each in text]
