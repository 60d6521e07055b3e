"""The story so far, from one morning to the next: what is new, and a digest.

Each test is a step and begins where the one before it ended; a new step is a new test.
"""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.operations.settings import Settings
from sandbox.playground import playing
from tests.payloads import complaints
from tests.play.conftest import SECONDS, Visit, visit

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.slow,
]
expect.set_options(timeout=SECONDS * 1000)

LATER = "Hallin line to reopen a month late"
LEADING = "Ambria will not pay more for the Sarn bridge"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(browser: Browser, pytestconfig: pytest.Config) -> AsyncIterator[Visit]:
    async with playing(0, Settings()) as slack:
        yield await visit(browser, slack, pytestconfig.getoption("pictures"))
        assert complaints(slack) == []


def clock(walk: Visit) -> Locator:
    return walk.page.get_by_role("group", name="Clock")


def digest(walk: Visit) -> Locator:
    """What the digest told last."""
    return walk.channel.get_by_role("article").filter(has=walk.page.get_by_text("Mute this story"))


async def next_morning(walk: Visit, day: str) -> None:
    await clock(walk).get_by_role("button", name="Next 9:00").click()
    await expect(clock(walk)).to_contain_text(day)
    await expect(walk.page.get_by_text("on the same database").last).to_be_visible()


async def test_the_first_day_begins_with_an_article_in_the_paper(walk: Visit) -> None:
    await expect(clock(walk)).to_contain_text("Wednesday")
    await walk.picture("days-0-begun")
    await walk.page.get_by_role("button", name="Mention it with a sample article").click()
    await walk.channel.get_by_role("textbox").press("Enter")
    await walk.channel.get_by_role("button", name="1 reply").click()

    await expect(walk.reply).to_contain_text("by 1 June")
    await expect(walk.reply.get_by_role("button", name="Evidence")).to_be_visible()


async def test_the_next_morning_a_briefing_says_what_is_new_since(walk: Visit) -> None:
    await next_morning(walk, "Thursday")
    later = walk.channel.get_by_role("article", name=re.compile("^Ben")).filter(has_text=LATER)
    await later.hover()
    await later.get_by_role("button", name="Brief this message").click()
    await later.get_by_role("button", name="1 reply").click()

    await expect(walk.reply).to_contain_text("Since 8 April")
    await expect(walk.reply).to_contain_text("by 1 June → 1 July")
    await expect(walk.reply.get_by_role("button", name="Evidence")).to_be_visible()
    await walk.picture("days-1-since")


async def test_a_digest_of_two_feeds_is_set_up(walk: Visit) -> None:
    await walk.page.get_by_label("Writes with").select_option("No model")
    await expect(walk.page.get_by_text("on the same database").last).to_be_visible()
    await walk.page.get_by_role("button", name="Close the thread").click()
    feeds = await walk.channel.locator(".welcome pre").inner_text()
    await walk.say("/brief digest", walk.channel)
    await walk.modal.get_by_label("Feeds").fill(feeds)
    await walk.modal.get_by_label("Saturday").check()
    await walk.picture("days-2-digest-modal")
    await walk.modal.get_by_role("button", name="Save").click()

    await expect(walk.channel).to_contain_text("set up a digest: what is new in 2 feeds")


async def test_it_comes_the_next_morning_with_who_reports_what(walk: Visit) -> None:
    await next_morning(walk, "Friday")

    await expect(digest(walk)).to_contain_text("Lorrimar Courier")
    await expect(digest(walk)).to_contain_text("Kestrian Post")
    await walk.picture("days-3-digest")


async def test_a_story_is_briefed_whole_in_its_thread(walk: Visit) -> None:
    await digest(walk).get_by_role("button", name="Brief this story").click()
    await digest(walk).get_by_role("button", name="1 reply").click()

    await expect(walk.reply).to_contain_text("Briefed here before: 9 April, 8 April")
    await expect(walk.reply).to_contain_text("(10 April)")
    await expect(walk.reply.get_by_role("button", name="Evidence")).to_be_visible()
    await walk.picture("days-4-whole")


async def test_of_a_story_that_is_muted_nothing_more_is_told(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Close the thread").click()
    await digest(walk).get_by_role("button", name="Mute this story").click()
    await expect(walk.channel).to_contain_text("won’t mention that story again")
    await walk.picture("days-5-muted")
    await next_morning(walk, "Saturday")

    await expect(walk.channel).to_contain_text("Nothing new")
    await walk.picture("days-6-nothing-new")


async def test_the_digest_is_deleted_at_home(walk: Visit) -> None:
    await walk.page.get_by_role("link", name="Readout").click()
    await walk.page.get_by_role("tab", name="Home").click()
    home = walk.page.get_by_role("tabpanel")
    await expect(home).to_contain_text("2 feeds")
    await expect(home).to_contain_text("Monday, ")
    await expect(home.get_by_role("link", name=LEADING)).to_be_visible()
    await walk.picture("days-7-home")
    await home.get_by_role("button", name="Delete", exact=True).click()

    await expect(home).not_to_contain_text("2 feeds")


async def test_nothing_was_loaded_from_elsewhere_and_nothing_failed(walk: Visit) -> None:
    assert walk.faults == []
