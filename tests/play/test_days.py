"""The story so far, from one morning to the next: what is new, and a digest.

Each test is a step and begins where the one before it ended; a new step is a new test.
"""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.operations.settings import Settings
from sandbox.news import PROMISING
from tests.play.conftest import Visit, playground_visit

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.slow,
]

PLEDGED = "lay the inspectors’ report before parliament"
LATER = "Hallin line to reopen a month late"
LEADING = "Ambria will not pay more for the Sarn bridge"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(browser: Browser, pytestconfig: pytest.Config) -> AsyncIterator[Visit]:
    async with playground_visit(browser, pytestconfig, Settings()) as visitor:
        yield visitor


def clock(walk: Visit) -> Locator:
    return walk.page.get_by_role("group", name="Clock")


def digest(walk: Visit) -> Locator:
    """The stories of the digest."""
    return walk.channel.get_by_role("article").filter(has=walk.page.get_by_text("Mute this story"))


def asked(walk: Visit) -> Locator:
    """Where somebody had an article of the Courier briefed."""
    return walk.channel.get_by_role("article").filter(has_text=PROMISING)


def reminder(walk: Visit) -> Locator:
    """What says what is due."""
    return walk.channel.get_by_role("article").filter(has_text="Due on")


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


async def test_the_channel_will_be_reminded_of_what_an_article_promises(walk: Visit) -> None:
    await walk.say(f"@readout {walk.slack.url}news/{PROMISING}", walk.channel)
    await asked(walk).get_by_role("button", name="1 reply").click()
    await walk.reply.get_by_role("button", name="Remind").click()

    await expect(walk.thread).to_contain_text("will be reminded on 10 April")
    await walk.picture("days-2-remind")
    await walk.page.get_by_role("button", name="Close the thread").click()


async def test_the_digest_comes_the_next_morning_and_names_its_sources(walk: Visit) -> None:
    await next_morning(walk, "Friday")

    await expect(digest(walk)).to_contain_text("Lorrimar Courier")
    await expect(digest(walk)).to_contain_text("Kestrian Post")
    await walk.picture("days-3-digest")


async def test_what_is_due_that_day_comes_with_it(walk: Visit) -> None:
    await expect(reminder(walk)).to_contain_text(PLEDGED)
    await reminder(walk).scroll_into_view_if_needed()
    await walk.picture("days-3-reminder")


async def test_a_commitment_marked_as_missed_shows_by_whom(walk: Visit) -> None:
    await reminder(walk).get_by_role("button", name="Missed").click()

    await expect(reminder(walk)).to_contain_text("marked missed by")
    await walk.picture("days-3-missed")


async def test_what_is_due_is_listed(walk: Visit) -> None:
    await walk.say("/brief due", walk.channel)

    await expect(walk.channel).to_contain_text("Marked lately")
    await walk.picture("days-3-due")


async def test_a_whole_story_is_briefed_in_its_thread(walk: Visit) -> None:
    await digest(walk).get_by_role("button", name="Brief this story").click()
    await digest(walk).get_by_role("button", name="1 reply").click()

    await expect(walk.reply).to_contain_text("Briefed here before: 9 April, 8 April")
    await expect(walk.reply).to_contain_text("(10 April)")
    await expect(walk.reply.get_by_role("button", name="Evidence")).to_be_visible()
    await walk.picture("days-4-whole")


async def test_the_story_is_shown_from_its_first_day(walk: Visit) -> None:
    await walk.say("/brief story Hallin", walk.channel)

    await expect(walk.modal.get_by_role("heading", name="Story")).to_be_visible()
    await expect(walk.modal).to_contain_text("Export")
    await walk.picture("days-4-story")
    await walk.page.keyboard.press("Escape")


async def test_a_wrong_line_is_corrected_wherever_it_was_shown(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Close the thread").click()
    await asked(walk).get_by_role("button", name="1 reply").click()
    await walk.replies.first.get_by_role("button", name="Evidence").click()
    wrong = walk.modal.get_by_role("button", name="This is wrong").nth(1)
    await wrong.scroll_into_view_if_needed()
    await walk.picture("days-5-evidence")
    await wrong.click()
    await walk.picture("days-5-sure")
    await walk.page.get_by_role("button", name="Mark as wrong").click()
    await expect(walk.modal).to_contain_text("corrected on 10 April")
    await walk.picture("days-5-marked")
    await walk.page.keyboard.press("Escape")

    await expect(walk.reply).to_contain_text("marked this line as wrong")
    await walk.reply.scroll_into_view_if_needed()
    await walk.picture("days-5-corrected")
    await walk.replies.first.scroll_into_view_if_needed()
    await walk.picture("days-5-corrected-above")


async def test_a_muted_story_is_not_reported_again(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Close the thread").click()
    await digest(walk).get_by_role("button", name="Mute this story").click()
    await expect(walk.channel).to_contain_text("won’t mention that story again")
    await walk.picture("days-6-muted")
    await next_morning(walk, "Saturday")

    await expect(walk.channel).to_contain_text("Nothing new")
    await walk.picture("days-7-nothing-new")


async def test_the_digest_is_deleted_on_the_home_tab(walk: Visit) -> None:
    await walk.page.get_by_role("link", name="Readout").click()
    await walk.page.get_by_role("tab", name="Home").click()
    home = walk.page.get_by_role("tabpanel")
    await expect(home).to_contain_text("2 feeds")
    await expect(home).to_contain_text("Monday, ")
    await expect(home.get_by_role("link", name=LEADING)).to_be_visible()
    await walk.picture("days-8-home")
    await home.get_by_role("button", name="Delete", exact=True).click()
    await walk.modal.get_by_role("button", name="Delete").click()

    await expect(home).not_to_contain_text("2 feeds")
