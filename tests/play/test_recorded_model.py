"""The page with the recorded model, switched on and off, and how much room its briefing takes.

Each test is a step and begins where the one before it ended; a new step is a new test.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.operations.settings import Settings
from sandbox.recorded import ANSWERED, MODEL, NOT_ANSWERED
from tests.play.conftest import PHONE, WIDE, Visit, playground_visit

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.slow,
]

KNOWS_NO_MORE = "The recorded model only plays back answers"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(browser: Browser, pytestconfig: pytest.Config) -> AsyncIterator[Visit]:
    async with playground_visit(browser, pytestconfig, Settings()) as visitor:
        yield visitor


async def test_the_sample_shows_the_request_first(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Mention it with a sample article").click()

    box = walk.channel.get_by_role("textbox")
    await expect(box).to_be_focused()
    await expect(box).to_have_js_property("scrollTop", 0)
    await expect(box).to_have_js_property("selectionStart", len("@readout brief this"))
    await walk.picture("model-1-begun")


async def test_the_recorded_model_writes_the_briefing(walk: Visit) -> None:
    await walk.channel.get_by_role("textbox").press("Enter")
    await walk.channel.get_by_role("button", name="1 reply").click()

    await expect(walk.reply).to_contain_text(f"judged by {MODEL}")
    await expect(walk.reply.get_by_role("heading", name="Key points")).to_be_visible()
    title = await walk.reply.get_by_text("Kestria, Ambria agree freight").bounding_box()
    source = await walk.reply.get_by_text("Pasted text, 718 words").bounding_box()
    assert title is not None
    assert source is not None
    assert title["y"] + title["height"] <= source["y"] + 1, "each on a line of its own"
    await walk.picture("model-2-briefing")


@pytest.mark.parametrize(
    ("size", "screens"),
    [(WIDE, 1.0), (PHONE, 1.5)],
    ids=["a-wide-screen", "a-phone"],
)
async def test_the_briefing_takes_little_room(
    walk: Visit, size: tuple[int, int], screens: float
) -> None:
    width, height = size
    await walk.page.set_viewport_size({"width": width, "height": height})
    shown = await walk.reply.bounding_box()
    await walk.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    assert shown is not None
    if walk.pictures:
        told = f"{shown['height'] / height:.2f} of a screen of {width} x {height}\n"
        (walk.pictures / f"model-2-briefing-{width}.txt").write_text(told, encoding="utf-8")
    assert shown["height"] <= height * screens


async def test_known_questions_are_offered_and_answered(walk: Visit) -> None:
    for question, answer in ((ANSWERED, "48 million"), (NOT_ANSWERED, "The sources do not say.")):
        await walk.thread.get_by_role("button", name=question).click()
        await walk.thread.get_by_role("textbox").press("Enter")
        await expect(walk.reply).to_contain_text(answer)
        await expect(walk.reply).to_contain_text(MODEL)
        await expect(walk.thread.get_by_role("button", name=question)).to_be_hidden()
    await walk.picture("model-3-answers")


async def test_to_any_other_question_it_says_what_it_knows(walk: Visit) -> None:
    await walk.say("Who is the mayor of Port Hallin?", walk.thread)

    await expect(walk.reply).to_contain_text(KNOWS_NO_MORE)


async def test_a_model_that_is_not_configured_says_what_to_set(walk: Visit) -> None:
    switch = walk.page.get_by_label("Writes with")
    await expect(switch).to_have_value("recorded")
    await expect(switch.get_by_role("option", name="Your model")).to_be_disabled()
    await expect(walk.page.get_by_text("To use your own model, set OPENAI_MODEL")).to_be_visible()


async def test_without_a_model_the_same_thread_continues(walk: Visit) -> None:
    await walk.page.get_by_label("Writes with").select_option("No model")
    await expect(walk.page.get_by_text("on the same database")).to_be_visible()

    await walk.say(ANSWERED, walk.thread)
    await expect(walk.reply).to_contain_text("This comes closest")
    await walk.page.reload()
    await expect(walk.page.get_by_label("Writes with")).to_have_value("extractive")


async def test_the_keyboard_alone_leads_from_a_mention_to_its_evidence_and_back(
    walk: Visit,
) -> None:
    keyboard = walk.page.keyboard
    await walk.reach(walk.page.get_by_role("link", name="city-desk"))
    await keyboard.press("Enter")
    await walk.reach(walk.channel.get_by_role("button", name="Mention it with a sample article"))
    await keyboard.press("Enter")
    await expect(walk.channel.get_by_role("textbox")).to_be_focused()
    await keyboard.press("Enter")

    opener = walk.channel.get_by_role("button", name="1 reply")
    await expect(opener).to_be_visible()
    await walk.reach(opener)
    await keyboard.press("Enter")
    await expect(walk.thread.get_by_role("textbox")).to_be_focused()
    evidence = walk.reply.get_by_role("button", name="Evidence")
    await walk.reach(evidence)
    await keyboard.press("Enter")
    await expect(walk.modal).to_contain_text("A3")
    await keyboard.press("Escape")
    await expect(evidence).to_be_focused()

    menu = walk.reply.get_by_role("button", name="More actions")
    await walk.reach(menu)
    await keyboard.press("Enter")
    await keyboard.press("End")
    await expect(walk.reply.get_by_role("menuitem").last).to_be_focused()
    await keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await keyboard.press("Escape")
    await expect(walk.thread).to_be_hidden()
    await expect(opener).to_be_focused()
