"""Somebody corrects the lines of a briefing before it goes out, in the page of `readout play`.

Each test is a step and begins where the one before it ended; a new step is a new test.
"""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.operations.settings import Settings
from sandbox.playground import CHANNEL_WITHOUT_BOT
from tests.play.conftest import Visit, playground_visit, visit

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.slow,
]

TRUE = "Kestria and Ambria agree to reopen line if inspectors clear bridge"
FALSE = "The union warned that 2,500 drivers would stay away."
HEADLINE, KEY_POINT = 0, 2
"""The places of two lines in the evidence, where none is dropped."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(browser: Browser, pytestconfig: pytest.Config) -> AsyncIterator[Visit]:
    async with playground_visit(browser, pytestconfig, Settings()) as visitor:
        yield visitor


async def beginning(walk: Visit, button: str, place: int = 0) -> str:
    """How the line begins that has the button at that place among those of the name."""
    found = walk.modal.get_by_role("button", name=f"{button}: ").nth(place)
    label = await found.get_attribute("aria-label") or ""
    return label.partition(": ")[2][:40]


async def press(walk: Visit, button: str, line: str) -> None:
    """Press a button under the line in the evidence that begins so."""
    await walk.modal.get_by_role("button", name=f"{button}: {line}").click()


async def rewrite(walk: Visit, line: str, text: str, picture: str) -> None:
    """Replace the line that begins with ``line`` by ``text``."""
    await press(walk, "Rewrite", line)
    box = walk.modal.get_by_role("textbox", name="Your version")
    await expect(box).to_have_value(re.compile(f"^{re.escape(line)}"))
    await box.fill(text)
    await walk.picture(picture)
    await walk.modal.get_by_role("button", name="Rewrite", exact=True).click()
    await expect(walk.modal.get_by_role("heading", name="Evidence")).to_be_visible()


async def test_a_line_that_is_dropped_leaves_the_message(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Mention it with a sample article").click()
    await walk.channel.get_by_role("textbox").press("Enter")
    await walk.channel.get_by_role("button", name="1 reply").click()
    await walk.reply.get_by_role("button", name="Evidence").click()
    await expect(walk.modal.get_by_role("heading", name="Evidence")).to_be_visible()
    await walk.picture("correct-1-evidence")
    line = await beginning(walk, "Drop", KEY_POINT)
    await press(walk, "Drop", line)

    await expect(walk.modal).to_contain_text("(dropped)")
    await expect(walk.reply).not_to_contain_text(line)
    await walk.modal.get_by_role("button", name=f"Restore: {line}").scroll_into_view_if_needed()
    await walk.picture("correct-2-dropped")


async def test_a_restored_line_is_back(walk: Visit) -> None:
    line = await beginning(walk, "Restore")
    await press(walk, "Restore", line)

    await expect(walk.reply).to_contain_text(line)
    await expect(walk.modal).not_to_contain_text("(dropped)")


async def test_a_line_that_is_rewritten_says_by_whom(walk: Visit) -> None:
    line = await beginning(walk, "Drop", HEADLINE)
    await rewrite(walk, line, TRUE, "correct-3-rewriting")

    await expect(walk.reply).to_contain_text(TRUE)
    await expect(walk.reply).to_contain_text("edited by Ana")
    await expect(walk.reply).not_to_contain_text(line)
    await walk.picture("correct-4-rewritten")


async def test_the_author_decides_about_an_unverified_version(walk: Visit) -> None:
    line = await beginning(walk, "Drop", KEY_POINT)
    await rewrite(walk, line, FALSE, "correct-5-rewriting")
    keep = walk.modal.get_by_role("button", name="Keep mine anyway")
    await keep.scroll_into_view_if_needed()
    await expect(walk.modal).to_contain_text("Your version (not verified)")
    await expect(walk.reply).to_contain_text(line)
    await expect(walk.reply).not_to_contain_text("2,500")
    await walk.picture("correct-6-two-versions")

    await keep.click()
    await expect(walk.reply).to_contain_text(FALSE)
    await expect(walk.reply).to_contain_text("not verified")
    await walk.picture("correct-7-decided")
    await walk.page.keyboard.press("Escape")
    await walk.picture("correct-8-corrected")


async def test_sharing_to_a_channel_without_readout_waits_for_the_invitation(walk: Visit) -> None:
    assert walk.page.context.browser is not None
    ben = await visit(walk.page.context.browser, walk.slack)
    await ben.page.get_by_label("Who you are").select_option("Ben")
    await ben.page.get_by_role("link", name=CHANNEL_WITHOUT_BOT).click()

    await walk.choose("Share")
    await walk.picture("share-1-choosing")
    await walk.modal.get_by_label("Share to").select_option(f"#{CHANNEL_WITHOUT_BOT}")
    await walk.modal.get_by_role("button", name="Next").click()
    share = walk.modal.get_by_role("button", name="Share", exact=True)
    await walk.picture("share-2-confirming")
    await share.click()
    await expect(walk.modal).to_contain_text("Invite me to")
    await expect(walk.modal).to_contain_text(f"Share the whole briefing in #{CHANNEL_WITHOUT_BOT}?")
    await walk.picture("share-3-not-there")

    await ben.say("/invite @Readout ", ben.channel)
    await expect(ben.channel.get_by_text("not in this channel")).to_be_hidden()
    await ben.page.close()
    await share.click()
    await expect(share).to_be_hidden()
    await walk.picture("share-4-told")
    await walk.page.keyboard.press("Escape")


async def test_what_is_shared_keeps_the_marks_of_the_edited_lines(walk: Visit) -> None:
    await walk.page.get_by_role("link", name=CHANNEL_WITHOUT_BOT).click()
    await expect(walk.channel).to_contain_text("shared a briefing")
    await walk.channel.get_by_role("button", name="1 reply").click()

    await expect(walk.reply).to_contain_text(TRUE)
    await expect(walk.reply).to_contain_text(FALSE)
    await expect(walk.reply).to_contain_text("not verified")
    await walk.picture("share-5-shared")
    await walk.page.go_back()
    await walk.page.go_back()


async def test_export_has_the_text_to_copy_and_a_way_to_edit_first(walk: Visit) -> None:
    await walk.choose("Export")
    await expect(walk.modal).to_contain_text("The files are in the thread")
    await expect(walk.modal.locator("pre")).to_contain_text(TRUE)
    await walk.picture("export-1-text")
    await walk.modal.get_by_role("button", name="Edit lines").click()
    await expect(walk.modal.get_by_role("heading", name="Evidence")).to_be_visible()
    await press(walk, "Restore", FALSE)
    await expect(walk.replies.first).not_to_contain_text("2,500")

    await walk.page.keyboard.press("Escape")
    await expect(walk.modal.get_by_role("heading", name="Export")).to_be_visible()
    await walk.page.keyboard.press("Escape")
    await expect(walk.reply.get_by_role("link", name=re.compile(r"\.docx"))).to_be_visible()
    await walk.picture("export-2-files")


async def test_the_rewritten_line_survives_a_restart(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Restart Readout").click()
    await expect(walk.page.get_by_text("on the same database")).to_be_visible()
    await walk.replies.first.get_by_role("button", name="Evidence").click()

    await expect(walk.modal).to_contain_text(TRUE)
    await expect(walk.modal).to_contain_text("edited by Ana")
    await walk.page.keyboard.press("Escape")
