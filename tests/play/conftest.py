"""A person at the page of a Slack on localhost, in a headless Chromium."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    async_playwright,
    expect,
)

from bot.operations.settings import Settings
from sandbox.playground import running_playground
from sandbox.slack import LocalSlack
from sandbox.slack.page import is_built
from tests.payloads import complaints

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = (1280, 800), (390, 844)
_MOST_TABS = 200
SECONDS = 90.0
"""The longest that anything here may take: a limit against hanging, not an expectation."""
expect.set_options(timeout=SECONDS * 1000)


@dataclass(frozen=True)
class Visit:
    """Somebody at the page; ``faults`` is what the browser complained of or loaded elsewhere."""

    slack: LocalSlack
    page: Page
    pictures: Path | None
    faults: list[str] = field(default_factory=list)

    @property
    def channel(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("region", name="Thread")

    @property
    def replies(self) -> Locator:
        """What Readout said in the thread."""
        return self.thread.get_by_role("article", name=re.compile("^Readout"))

    @property
    def reply(self) -> Locator:
        """What Readout said last in the thread."""
        return self.replies.last

    @property
    def modal(self) -> Locator:
        return self.page.get_by_role("dialog")

    async def say(self, text: str, place: Locator) -> None:
        """Write ``text`` there, and send it as people do."""
        box = place.get_by_role("textbox")
        await box.fill(text)
        await box.press("Enter")

    async def reach(self, target: Locator) -> None:
        """Move the focus there with the Tab key alone."""
        for _ in range(_MOST_TABS):
            if await target.evaluate("it => it === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
        pytest.fail(f"no Tab leads to {target}")

    async def choose(self, entry: str) -> None:
        """Choose an entry of the menu under the first briefing of the thread."""
        briefing = self.replies.first
        await briefing.get_by_role("button", name="More actions").click()
        await briefing.get_by_role("menuitem", name=entry).click()

    async def picture(self, name: str) -> None:
        """Photograph the page, wide and as on a phone, dark and light, if pictures are wanted."""
        if self.pictures is None:
            return
        for size, (width, height) in {"phone": PHONE, "wide": WIDE}.items():
            await self.page.set_viewport_size({"width": width, "height": height})
            for theme in ("dark", "light"):
                await self.page.emulate_media(color_scheme=theme)
                await self.page.screenshot(path=self.pictures / f"{name}-{size}-{theme}.png")

    def listen(self) -> None:
        """Record errors, and requests to any other server."""

        def record_error(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.faults.append(message.text)

        def record_request(request: Request) -> None:
            if not request.url.startswith((self.slack.url, "data:")):
                self.faults.append(f"asked for {request.url}")

        self.page.on("console", record_error)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", record_request)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("There is no Chromium on this machine.")
    if not is_built():
        pytest.skip("The page is not built: make page, which needs Node.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def visit(browser: Browser, slack: LocalSlack, pictures: str | None = None) -> Visit:
    """A person who has just opened the page of ``slack``."""
    page = await browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    page.set_default_timeout(SECONDS * 1000)
    visit = Visit(slack, page, Path(pictures) if pictures else None)
    visit.listen()
    await page.goto(slack.url)
    return visit


@asynccontextmanager
async def playground_visit(
    browser: Browser, config: pytest.Config, settings: Settings
) -> AsyncIterator[Visit]:
    """A person using `readout play` with these settings. At the end, checks that nothing failed,
    nothing was loaded from elsewhere, and Slack had no complaints."""
    async with running_playground(0, settings) as slack:
        visitor = await visit(browser, slack, config.getoption("pictures"))
        yield visitor
        assert visitor.faults == []
        await visitor.page.close()
        assert complaints(slack) == []
