"""Several sources in one mention, and sources added later."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.briefing.groups import group
from tests.e2e.articles import RAIL, WORKS, page
from tests.e2e.readout import Readout, Reply, shown, started
from tests.sources import samples
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

_EXTRA_TEXT = {
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
        article = f"{document.text}\n{_EXTRA_TEXT[document.label]}"
        site.gives(f"/ferry/{document.label}", page(article))
    for number in range(22):
        site.gives(f"/many/{number}", page(_numbered_article(number)))
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with started(tmp_path_factory.mktemp("several"), settings=allowed) as readout:
        yield readout


async def test_three_sources_make_one_briefing_and_a_missing_one_is_named(
    readout: Readout, site: Site
) -> None:
    links = " ".join(site.url(f"/{path}") for path in ("ferry/A", "gone", "ferry/B", "ferry/C"))
    reply = await readout.ask(f"@readout {links}", "three")
    assert "Where the sources differ: Fourteen / 11\n" in reply.text
    assert f"{site.url('/gone')}: The site says there is no such page." in reply.text
    assert [f"\n{label} · " in f"\n{reply.text}" for label in "ABCD"] == [True, True, True, False]


async def test_a_source_that_comes_later_joins_the_briefing(readout: Readout, site: Site) -> None:
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


def _numbered_article(number: int) -> str:
    title, *lines = WORKS.splitlines()
    return "\n".join([f"Town {number} and its water: {title}", *lines])


# Two unreadable pages: each is named, and their pasted texts make a briefing.


async def refused(readout: Readout, site: Site, channel: str) -> tuple[Reply, str, str]:
    """The reply to two links to login pages, and the short names of the two."""
    urls = [site.gives(f"/{name}-{channel}", samples.LOGIN.encode()) for name in ("a", "b")]
    reply = await readout.ask(f"@readout {urls[0]} {urls[1]}", channel)
    for url in urls:
        assert f"{url}: The page asks you to log in" in reply.text
    first, second = (url.removeprefix("http://") for url in urls)
    return reply, first, second


async def paste(readout: Readout, reply: Reply, name: str, text: str) -> str:
    """Paste a text for the page of that name; returns the bot's next message."""
    readout.slack.click("Ana", reply.ts, f"Paste the text: {name}")
    box = await readout.slack.wait_for(lambda: readout.slack.modal("Ana"))
    assert box.content["blocks"][0]["label"]["text"] == f"The text of {name}"
    said = len(readout.said(reply.to).messages)
    readout.slack.submit(box, {"text": text})
    await readout.slack.wait_for(lambda: len(readout.said(reply.to).messages) > said)
    await readout.settled()
    return shown(readout.said(reply.to).messages[-1])


async def test_two_texts_pasted_one_after_the_other_make_a_briefing_of_both(
    readout: Readout, site: Site
) -> None:
    reply, first, second = await refused(readout, site, "boxes")
    assert reply.buttons == [f"Paste the text: {first}", f"Paste the text: {second}", "Delete"]
    one = await paste(readout, reply, first, WORKS)
    assert f"{first} (pasted text, " in one
    assert f"{second}: The page asks you to log in" in one
    assert "Paste the text" in readout.said(reply.to).buttons

    both = await paste(readout, reply, second, RAIL)
    assert f"A · Two towns agree to share one water works · {first} (pasted text, " in both
    assert f"B · Ministers agree to reopen the northern rail line · {second} (pasted text" in both
    assert "log in" not in both


async def test_two_texts_sent_as_replies_make_a_briefing_of_both_and_a_third_is_ignored(
    readout: Readout, site: Site
) -> None:
    reply, _, second = await refused(readout, site, "replies")
    one = await readout.ask(WORKS, "replies", thread_ts=reply.to)
    assert "Pasted text, " in one.text
    assert f"{second}: The page asks you to log in" in one.text
    both = await readout.ask(RAIL, "replies", thread_ts=reply.to)
    assert "A · Two towns agree to share one water works · Pasted text" in both.text
    assert "B · Ministers agree to reopen the northern rail line · Pasted text" in both.text
    assert "log in" not in both.text

    third = await readout.ask(f"A word more.\n{WORKS}", "replies", thread_ts=reply.to)
    assert third.messages == []


async def test_a_pasted_page_is_not_called_unread_in_later_answers(
    readout: Readout, site: Site
) -> None:
    reply, first, second = await refused(readout, site, "asked")
    await paste(readout, reply, first, WORKS)
    await paste(readout, reply, second, RAIL)
    answer = await readout.ask("What did the works cost?", "asked", thread_ts=reply.to)
    assert "12 million crowns" in answer.text
    assert "log in" not in answer.text


async def test_a_pasted_text_is_read_after_a_length_request_that_changed_nothing(
    readout: Readout, site: Site
) -> None:
    url = site.gives("/a-length", samples.LOGIN.encode())
    reply = await readout.ask(f"@readout {url}\n{RAIL}", "length")
    readout.slack.click("Ana", reply.ts, "Full briefing")
    texts = await readout.slack.wait_for(lambda: readout.ephemeral_texts("Ana", "length"))
    assert "the same lines again" in texts[0]
    pasted = await readout.ask(WORKS, "length", thread_ts=reply.to)
    assert "(pasted text, " in pasted.text
    assert "log in" not in pasted.text
