"""Two pages that can't be read: each is named, and their texts make the briefing after all."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.articles import RAIL, WORKS
from tests.e2e.house import House, Reply, shown, started
from tests.sources import samples
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[House]:
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with started(tmp_path_factory.mktemp("two"), settings=allowed) as house:
        yield house


async def refused(house: House, site: Site, channel: str) -> tuple[Reply, str, str]:
    """The reply to two links that lead to a login, and what the two are called for short."""
    urls = [site.gives(f"/{name}-{channel}", samples.LOGIN.encode()) for name in ("a", "b")]
    reply = await house.ask(f"@readout {urls[0]} {urls[1]}", channel)
    for url in urls:
        assert f"{url}: The page asks you to log in" in reply.text
    first, second = (url.removeprefix("http://") for url in urls)
    return reply, first, second


async def paste(house: House, reply: Reply, name: str, text: str) -> str:
    """Paste the text of the page of that name under the reply; what is said then."""
    house.slack.click("Ana", reply.ts, f"Paste the text: {name}")
    box = await house.slack.wait_for(lambda: house.slack.modal("Ana"))
    assert box.content["blocks"][0]["label"]["text"] == f"The text of {name}"
    said = len(house.said(reply.to).messages)
    house.slack.submit(box, {"text": text})
    await house.slack.wait_for(lambda: len(house.said(reply.to).messages) > said)
    await house.settled()
    return shown(house.said(reply.to).messages[-1])


async def test_both_pasted_one_after_the_other_make_a_briefing_of_both(
    house: House, site: Site
) -> None:
    reply, first, second = await refused(house, site, "boxes")
    assert reply.buttons == [f"Paste the text: {first}", f"Paste the text: {second}", "Delete"]
    one = await paste(house, reply, first, WORKS)
    assert f"{first} (pasted text, " in one
    assert f"{second}: The page asks you to log in" in one
    assert "Paste the text" in house.said(reply.to).buttons

    both = await paste(house, reply, second, RAIL)
    assert f"A · Two towns agree to share one water works · {first} (pasted text, " in both
    assert f"B · Ministers agree to reopen the northern rail line · {second} (pasted text" in both
    assert "log in" not in both


async def test_both_texts_as_replies_make_a_briefing_of_both_and_a_third_is_not_for_us(
    house: House, site: Site
) -> None:
    reply, _, second = await refused(house, site, "replies")
    one = await house.ask(WORKS, "replies", thread_ts=reply.to)
    assert "Pasted text, " in one.text
    assert f"{second}: The page asks you to log in" in one.text
    both = await house.ask(RAIL, "replies", thread_ts=reply.to)
    assert "A · Two towns agree to share one water works · Pasted text" in both.text
    assert "B · Ministers agree to reopen the northern rail line · Pasted text" in both.text
    assert "log in" not in both.text

    third = await house.ask(f"A word more.\n{WORKS}", "replies", thread_ts=reply.to)
    assert third.messages == []


async def test_what_was_pasted_is_not_called_unread_in_what_is_asked_then(
    house: House, site: Site
) -> None:
    reply, first, second = await refused(house, site, "asked")
    await paste(house, reply, first, WORKS)
    await paste(house, reply, second, RAIL)
    answer = await house.ask("What did the works cost?", "asked", thread_ts=reply.to)
    assert "12 million crowns" in answer.text
    assert "log in" not in answer.text


async def test_a_text_is_read_after_a_length_that_changes_nothing_was_asked_for(
    house: House, site: Site
) -> None:
    url = site.gives("/a-length", samples.LOGIN.encode())
    reply = await house.ask(f"@readout {url}\n{RAIL}", "length")
    house.slack.click("Ana", reply.ts, "Full briefing")
    there = house.slack.channel("length").id
    messages = house.slack.state.messages
    told = await house.slack.wait_for(lambda: [m for m in messages(there) if m.seen_by])
    assert "the same lines again" in shown(told[0])
    pasted = await house.ask(WORKS, "length", thread_ts=reply.to)
    assert "(pasted text, " in pasted.text
    assert "log in" not in pasted.text
