"""From a mention to a search, once with the keyboard alone on a wide screen in the
dark, and once with the mouse on a phone in the light.

Each test is a step and begins where the one before it ended; a new step is a new test.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.operations.settings import Settings
from bot.slack.interactions import NOT_YOURS
from sandbox.playground import CHANNEL_WITHOUT_BOT
from sandbox.recorded import ANSWERED, MODEL
from tests.play.conftest import PHONE, WIDE, Visit, playground_visit

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.slow,
]

TRUE = "Kestria, Ambria agree to reopen line to freight if bridge cleared"
DROPPED = "The rails on the Ambrian side"
HEADLINE = "Kestria, Ambria agree freight"
PLAYED_BACK = "only plays back"
_THEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
_FOCUSED = "it => it === document.activeElement"


@dataclass(frozen=True)
class Walk:
    """Somebody at the page who uses the keyboard alone, or the mouse."""

    visit: Visit
    has_mouse: bool

    @property
    def thread(self) -> Locator:
        return self.visit.thread

    @property
    def modal(self) -> Locator:
        return self.visit.modal

    @property
    def briefing(self) -> Locator:
        """The first reply of Readout in the thread."""
        return self.visit.replies.first

    async def press(self, target: Locator) -> None:
        await expect(target).to_be_visible()
        if self.has_mouse:
            await target.click()
        else:
            await self.visit.reach(target)
            await self.visit.page.keyboard.press("Enter")

    async def choose(self, entry: str) -> None:
        """Choose an entry of the menu under the briefing."""
        await self.press(self.briefing.get_by_role("button", name="More actions"))
        item = self.briefing.get_by_role("menuitem", name=entry)
        if self.has_mouse:
            await item.click()
            return
        while not await item.evaluate(_FOCUSED):
            await self.visit.page.keyboard.press("ArrowDown")
        await self.visit.page.keyboard.press("Enter")

    async def pick(self, field: Locator, label: str) -> None:
        """Choose among the options of ``field``."""
        if self.has_mouse:
            await field.select_option(label)
        else:
            await self.visit.reach(field)
            await self.visit.page.keyboard.type(label)

    async def write(self, field: Locator, text: str) -> None:
        if self.has_mouse:
            await field.click()
        else:
            await self.visit.reach(field)
        await self.visit.page.keyboard.press("Control+a")
        await self.visit.page.keyboard.type(text)

    async def leave(self) -> None:
        """Close what is on top; the keyboard is where it was before."""
        if self.has_mouse:
            await self.modal.get_by_role("button", name="Close").first.click()
        else:
            await self.visit.page.keyboard.press("Escape")
        await expect(self.modal).to_be_hidden()

    async def show_places(self) -> None:
        """On a phone the channels are behind a button."""
        ways = self.visit.page.get_by_role("button", name="Channels")
        if self.has_mouse:
            if await self.thread.is_visible():
                await self.press(self.thread.get_by_role("button", name="Close the thread"))
            await ways.click()

    async def is_kept(self, target: Locator) -> None:
        """The focus is there, if there is a keyboard that it matters to."""
        if not self.has_mouse:
            await expect(target).to_be_focused()

    async def picture(self, name: str) -> None:
        """Photograph the page in both themes, as far as pictures are wanted."""
        folder, page = self.visit.pictures, self.visit.page
        if folder is None:
            return
        who = "phone" if self.has_mouse else "keyboard"
        for scheme in _THEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.screenshot(path=folder / f"end-{name}-{who}-{scheme}.png")


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=[False, True], ids=["keyboard", "mouse-on-a-phone"]
)
async def walk(
    request: pytest.FixtureRequest, browser: Browser, pytestconfig: pytest.Config
) -> AsyncIterator[Walk]:
    has_mouse: bool = request.param
    async with playground_visit(browser, pytestconfig, Settings()) as seen:
        width, height = PHONE if has_mouse else WIDE
        await seen.page.set_viewport_size({"width": width, "height": height})
        await seen.page.emulate_media(color_scheme="light" if has_mouse else "dark")
        yield Walk(seen, has_mouse)


async def test_a_mention_is_briefed(walk: Walk) -> None:
    page = walk.visit.page
    await walk.press(page.get_by_role("button", name="Mention it with a sample article"))
    await expect(walk.visit.channel.get_by_role("textbox")).to_be_focused()
    await page.keyboard.press("Enter")
    await walk.press(walk.visit.channel.get_by_role("button", name="1 reply"))

    await expect(walk.briefing).to_contain_text(f"judged by {MODEL}")
    await expect(walk.briefing.get_by_text("Pasted text")).to_be_in_viewport()
    await walk.picture("01-briefing")


async def test_a_line_is_dropped_in_the_evidence(walk: Walk) -> None:
    await walk.press(walk.briefing.get_by_role("button", name="Evidence"))
    drop = walk.modal.get_by_role("button", name=f"Drop: {DROPPED}")
    await walk.press(drop)

    await expect(walk.briefing).not_to_contain_text(DROPPED)
    restore = walk.modal.get_by_role("button", name=f"Restore: {DROPPED}")
    await walk.is_kept(restore)
    await walk.picture("02-dropped")


async def test_a_line_is_rewritten(walk: Walk) -> None:
    await walk.press(walk.modal.get_by_role("button", name=f"Rewrite: {HEADLINE}"))
    box = walk.modal.get_by_role("textbox", name="Your version")
    await expect(box).to_be_focused()
    await walk.write(box, TRUE)
    await walk.picture("03-rewriting")
    await walk.press(walk.modal.get_by_role("button", name="Rewrite", exact=True))

    await expect(walk.briefing).to_contain_text("edited by Ana")
    await walk.is_kept(walk.modal.get_by_role("button", name=f"Rewrite: {TRUE[:20]}"))
    await walk.leave()
    await walk.is_kept(walk.briefing.get_by_role("button", name="Evidence"))
    await walk.picture("03-rewritten")


async def test_a_question_is_answered(walk: Walk) -> None:
    await walk.write(walk.thread.get_by_role("textbox"), ANSWERED)
    await walk.visit.page.keyboard.press("Enter")

    await expect(walk.visit.reply).to_contain_text("48 million")
    await walk.picture("04-answer")


async def test_a_suggested_question_is_known(walk: Walk) -> None:
    await walk.press(walk.briefing.get_by_role("button", name="What did Petra Oswin say?"))

    await expect(walk.visit.replies).to_have_count(3)
    await expect(walk.visit.reply).to_contain_text("against being the first to find out")
    await expect(walk.visit.reply).not_to_contain_text(PLAYED_BACK)


async def test_the_model_writes_the_full_briefing(walk: Walk) -> None:
    await walk.press(walk.briefing.get_by_role("button", name="Full briefing"))

    await expect(walk.visit.replies).to_have_count(4)
    await expect(walk.visit.reply).to_contain_text("3,200 wagons")
    await expect(walk.visit.reply).not_to_contain_text(PLAYED_BACK)
    await walk.picture("05-full")


async def test_the_model_writes_a_shorter_one(walk: Walk) -> None:
    await walk.choose("Shorter")

    await expect(walk.visit.replies).to_have_count(5)
    await expect(walk.visit.reply).to_contain_text("The deal names 1 June")
    await expect(walk.visit.reply).not_to_contain_text(PLAYED_BACK)
    await walk.picture("06-shorter")


async def test_it_is_translated(walk: Walk) -> None:
    await walk.choose("Translate")
    await walk.pick(walk.modal.get_by_label("Write the briefing in"), "French")
    await walk.picture("07-translating")
    await walk.press(walk.modal.get_by_role("button", name="Translate"))

    await expect(walk.visit.replies).to_have_count(6)
    await expect(walk.visit.reply).to_contain_text("Points essentiels")
    await expect(walk.visit.reply).not_to_contain_text(PLAYED_BACK)
    await walk.is_kept(walk.briefing.get_by_role("button", name="More actions"))
    await walk.picture("07-translated")


async def test_it_is_shared_where_readout_has_to_be_invited_first(walk: Walk) -> None:
    await walk.choose("Share")
    await walk.pick(walk.modal.get_by_label("Share to"), f"#{CHANNEL_WITHOUT_BOT}")
    await walk.press(walk.modal.get_by_role("button", name="Next"))
    share = walk.modal.get_by_role("button", name="Share", exact=True)
    await walk.press(share)
    await expect(walk.modal).to_contain_text("Invite me to")
    await walk.picture("08-not-there")

    slack = walk.visit.slack
    slack.invite_bot(slack.channel(CHANNEL_WITHOUT_BOT).id)
    await walk.press(share)
    await expect(walk.modal).to_contain_text("Shared in")
    await walk.leave()
    await walk.is_kept(walk.briefing.get_by_role("button", name="More actions"))


async def test_it_is_exported(walk: Walk) -> None:
    await walk.choose("Export")
    await expect(walk.modal).to_contain_text("The files are in the thread")
    await walk.picture("09-exported")
    await walk.leave()

    await expect(walk.visit.reply.get_by_role("link", name=re.compile(r"\.docx"))).to_be_visible()


async def test_somebody_else_is_told_that_they_cannot_delete_it(walk: Walk) -> None:
    before = await walk.visit.replies.count()
    await be(walk, "Ben")
    await walk.choose("Delete")

    await expect(walk.modal).to_contain_text(NOT_YOURS.format(deed="delete it"))
    await walk.picture("10-not-yours")
    await walk.leave()
    await be(walk, "Ana")
    await expect(walk.visit.replies).to_have_count(before)


async def test_after_a_restart_it_still_knows_the_thread(walk: Walk) -> None:
    address = walk.visit.page.url
    await walk.show_places()
    await walk.press(walk.visit.page.get_by_role("button", name="Restart Readout"))
    await expect(walk.visit.page.get_by_text("on the same database")).to_be_visible()
    await walk.visit.page.goto(address)

    await walk.press(walk.briefing.get_by_role("button", name="Evidence"))
    await expect(walk.modal).to_contain_text("edited by Ana")
    await walk.leave()


async def test_it_is_found_on_the_home_tab(walk: Walk) -> None:
    page = walk.visit.page
    await walk.show_places()
    await walk.press(page.get_by_role("link", name="Readout"))
    if walk.has_mouse:
        await page.get_by_role("tab", name="Home").click()
    else:
        await walk.visit.reach(page.get_by_role("tab", name="Messages"))
        await page.keyboard.press("ArrowRight")
    home = page.get_by_role("tabpanel")
    field = home.get_by_role("textbox")
    for words, found in (("zeppelin", 0), ("sarn", 2)):  # in its thread, and where it was shared
        await walk.write(field, words)
        await page.keyboard.press("Enter")
        await expect(home.get_by_role("link", name=TRUE)).to_have_count(found)
    await expect(field).to_be_focused()
    await walk.picture("11-found")
    await walk.press(home.get_by_role("link", name=TRUE).last)
    await expect(walk.visit.channel.locator(".target")).to_be_visible()


async def be(walk: Walk, name: str) -> None:
    """Go on as somebody else, in the same thread."""
    address = walk.visit.page.url
    await walk.show_places()
    who = walk.visit.page.get_by_label("Who you are")
    await walk.pick(who, name)
    await expect(who).to_have_value(name)
    if walk.has_mouse:
        await walk.visit.page.goto(address)
