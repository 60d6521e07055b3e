"""Several sources in one mention, and one that comes later, in a Slack on localhost."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.briefing.groups import group
from tests.e2e.articles import WORKS, page
from tests.e2e.readout import Readout, started
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

_OF_THEIR_OWN = {
    "A": """\
The harbour of Velm was built by a guild of fishermen, who paid for the first stones themselves.
Every summer thousands of visitors come to look at the cliffs and at the birds that breed there.""",
    "B": """\
Listeners called in all night, and a baker in the old town opened his shop for those who waited.
Amateurs with radios had followed the distress call from the lighthouse and wrote it down.""",
    "C": """\
Insurers expect a long dispute, since the charts of the strait were drawn before the last quake.
A committee of the parliament had asked for new buoys in spring, and money was short.""",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def readout(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[Readout]:
    for document in group("ferry").documents:
        article = f"{document.text}\n{_OF_THEIR_OWN[document.label]}"
        site.gives(f"/ferry/{document.label}", page(article))
    for number in range(22):
        site.gives(f"/many/{number}", page(_of_its_own(number)))
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with started(tmp_path_factory.mktemp("several"), settings=allowed) as readout:
        yield readout


async def test_three_sources_are_one_briefing_and_one_that_is_gone_is_named(
    readout: Readout, site: Site
) -> None:
    links = " ".join(site.url(f"/{path}") for path in ("ferry/A", "gone", "ferry/B", "ferry/C"))
    reply = await readout.ask(f"@readout {links}", "three")
    assert "Where the sources differ: Fourteen / 11\n" in reply.text
    assert "in 2 of 3 sources" in reply.text
    assert f"{site.url('/gone')}: The site says there is no such page." in reply.text
    assert [f"\n{label} · " in f"\n{reply.text}" for label in "ABCD"] == [True, True, True, False]


async def test_one_that_comes_later_joins_them(readout: Readout, site: Site) -> None:
    first = await readout.ask(f"@readout {site.url('/ferry/A')}", "later")
    joined = await readout.ask(f"and this one? {site.url('/ferry/B')}", "later", thread_ts=first.to)
    assert "Compared with source A from earlier in this thread." in joined.text
    assert "Where the sources differ: Fourteen / 11" in joined.text
    answer = await readout.ask(
        "@readout How many passengers were injured?", "later", thread_ts=first.to
    )
    assert "Fourteen passengers" in answer.text
    assert "11 passengers" in answer.text


async def test_of_twenty_two_sources_twenty_are_read(readout: Readout, site: Site) -> None:
    links = "\n".join(site.url(f"/many/{number}") for number in range(22))
    reply = await readout.ask(f"@readout {links}", "many")
    assert "T · Town 19" in reply.text
    assert "U · " not in reply.text
    for number in (20, 21):
        assert f"{site.url(f'/many/{number}')}: Only 20 sources can be read together" in reply.text


def _of_its_own(number: int) -> str:
    title, *lines = WORKS.splitlines()
    return "\n".join([f"Town {number} and its water: {title}", *lines])
