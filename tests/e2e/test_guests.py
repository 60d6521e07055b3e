"""People of other organisations in a shared channel, and guests: they get briefings of what they
post, and nothing that others asked for elsewhere."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.articles import ASKED, RAIL, WORKS, page
from tests.e2e.readout import Readout, shown, started
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

OURS = ("water works", "Ansel", "Mara Lind")
"""Words of what was briefed in a channel of ours alone."""
PRIVATE = "This is not a public web address that can be read."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def readout(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[Readout]:
    site.gives("/intranet", page(WORKS))
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with started(tmp_path_factory.mktemp("guests"), settings=allowed) as readout:
        assert (await readout.ask(ASKED, "ours")).messages
        readout.slack.channel("shared")
        yield readout


@pytest.fixture
def guest(readout: Readout) -> str:
    """The id of somebody of another organisation."""
    return readout.slack.person("Gil", team="T0OTHER").id


def shared_channel(readout: Readout) -> str:
    """The id of the shared channel."""
    return readout.slack.channel("shared").id


async def test_an_external_guest_gets_a_briefing_of_what_they_post(
    readout: Readout, guest: str
) -> None:
    reply = await readout.ask(f"@readout\n{RAIL}", shared_channel(readout), person=guest)
    assert "reopen the northern rail line" in reply.text.replace("\n", " ")
    assert our_words_in(reply.text) == []


async def test_an_external_guest_is_answered_only_from_the_thread_s_sources(
    readout: Readout, guest: str
) -> None:
    asked = await readout.ask(f"@readout\n{RAIL}", shared_channel(readout), person=guest)
    reply = await readout.ask(
        "@readout Who is the mayor of Brook?",
        shared_channel(readout),
        person=guest,
        thread_ts=asked.to,
    )
    assert reply.messages
    assert our_words_in(reply.text) == []


async def test_a_link_into_another_channel_shows_an_external_guest_nothing(
    readout: Readout, guest: str
) -> None:
    ours = next(each for each in readout.slack.state.messages(readout.slack.channel("ours").id))
    link = readout.slack.permalink(ours.ts)
    reply = await readout.ask(f"@readout {link}", shared_channel(readout), person=guest)
    assert "I only read messages from the channel I’m asked in." in reply.text
    assert our_words_in(reply.text) == []


async def test_an_external_guest_s_home_shows_nothing_of_ours(readout: Readout, guest: str) -> None:
    readout.slack.open_home(guest)
    home = await readout.slack.wait_for(lambda: readout.slack.home(guest))
    assert our_words_in(str(home.content)) == []


async def test_an_internal_guest_finds_nothing_from_other_channels(
    readout: Readout,
) -> None:
    readout.slack.say("Guest", "shared", "hello")
    readout.slack.open_home("Guest")
    home = await readout.slack.wait_for(lambda: readout.slack.home("Guest"))
    assert our_words_in(str(home.content)) == []


async def test_an_external_guest_s_links_are_read_only_from_the_public_web(
    readout: Readout, site: Site, guest: str
) -> None:
    reply = await readout.ask(
        f"@readout {site.url('/intranet')}", shared_channel(readout), person=guest
    )
    assert PRIVATE in reply.text


async def test_an_external_guest_s_links_stay_public_when_one_of_us_asks(
    readout: Readout, site: Site, guest: str
) -> None:
    root = readout.slack.say(guest, shared_channel(readout), f"see {site.url('/intranet')}")
    above = await readout.ask("@readout", "shared", person="Ana", thread_ts=root)
    assert PRIVATE in above.text

    readout.slack.shortcut("Ana", root, "brief_message")
    await readout.settled()
    assert PRIVATE in shown(readout.said(root).messages[-1])
    assert our_words_in(readout.said(root).text) == []


def our_words_in(text: str) -> list[str]:
    return [each for each in OURS if each in text]
