"""Draw the README's pictures: the page of `readout play`, and a briefing in it with the recorded
model and one without a model.

    make picture

What is drawn are the very payloads that the real bot sends. Needs Node and a Chromium.
"""

import asyncio
import re
import shutil
import sys
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright

from bot.operations.settings import Settings
from sandbox.playground import running_playground
from sandbox.recorded import ANSWERED

DOCS = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WINDOW = ViewportSize(width=1140, height=790)
ONE_COLUMN = ViewportSize(width=752, height=1600)


def main() -> None:
    """Draw the pictures, or say what is missing."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("Drawing the pictures needs Chromium: apt-get install chromium")
    asyncio.run(_draw(browser))


async def _draw(browser: str) -> None:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--hide-scrollbars"]
        )
        for settings, name in (
            (Settings(), "briefing"),
            (Settings(engine="extractive"), "briefing-no-model"),
        ):
            async with running_playground(0, settings) as slack:
                page = await chromium.new_page(
                    viewport=WINDOW, color_scheme="light", locale="en-GB"
                )
                await page.goto(slack.url)
                await _brief(page)
                if name == "briefing":
                    await page.screenshot(path=DOCS / "play.png")
                await page.set_viewport_size(ONE_COLUMN)
                replies = page.get_by_role("article", name=re.compile("^Readout"))
                await replies.first.screenshot(path=DOCS / f"{name}.png")
        await chromium.close()


async def _brief(page: Page) -> None:
    await page.get_by_role("button", name="Mention it with a sample article").click()
    await page.get_by_role("main").get_by_role("textbox").press("Enter")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("region", name="Thread")
    await thread.get_by_role("textbox").fill(ANSWERED)
    await page.mouse.move(0, 0)
    await thread.get_by_role("button", name="Evidence").wait_for()


if __name__ == "__main__":
    main()
